package storetest

import (
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// talkedStory stores a story under which there can be comments.
func talkedStory(t *testing.T, s *store.Store) (id standfirst.StoryID) {
	t.Helper()
	update(t, s, func(tx *store.Tx) (err error) {
		id, err = tx.InsertStory(standfirst.Story{Kind: standfirst.KindStory, State: standfirst.Draft, Access: standfirst.AccessPublic, Slug: "a-story"}, standfirst.Content{Headline: "A story"})
		return err
	})
	return id
}

// comment stores a comment that readers see, unless the change says otherwise.
func comment(t *testing.T, s *store.Store, c standfirst.Comment, parent standfirst.Comment) standfirst.Comment {
	t.Helper()
	if c.State == "" {
		c.State, c.Shown, c.ChangedAt = standfirst.CommentApproved, true, noon
	}
	if c.CreatedAt.IsZero() {
		c.CreatedAt = noon
	}
	update(t, s, func(tx *store.Tx) error {
		kept, fresh, err := tx.InsertComment(c, parent, noon.Add(-time.Hour))
		if err == nil && !fresh {
			t.Errorf("%+v was there already", c)
		}
		c = kept
		return err
	})
	return c
}

func testComments(t *testing.T, s *store.Store) {
	story := talkedStory(t, s)
	reader := standfirst.ReaderID(0)
	update(t, s, func(tx *store.Tx) (err error) {
		reader, err = tx.SeeCommenter("ana@readers.example", "Ana", noon, 1)
		return err
	})
	whole := standfirst.Comment{
		Story: story, Reader: reader, Name: "Ana", Text: "*Why?*", HTML: "<p><em>Why?</em></p>\n", State: standfirst.CommentHeld,
		Rule: standfirst.RuleWord, Detail: "why", Notify: true, Score: 512, Address: "192.0.2.7", Agent: "A browser", Fingerprint: "f1", Words: "w1",
		CreatedAt: noon, QueuedAt: noon,
	}
	whole = comment(t, s, whole, standfirst.Comment{})
	got := read(t, s, func(tx *store.ReadTx) (standfirst.Comment, error) { return tx.Comment(whole.ID) })
	wantSame(t, whole, got, nil)
	if whole.Root != whole.ID || whole.Branch != 0 || whole.Level != 1 {
		t.Errorf("a comment without a parent stands at %+v on level %d", whole.Position(), whole.Level)
	}
	wantKind(t, s.View(t.Context(), func(tx *store.ReadTx) error { _, err := tx.Comment(whole.ID + 1); return err }), standfirst.NotFound)

	// The same is not taken twice, within the time that counts.
	for _, test := range []struct {
		since time.Time
		fresh bool
	}{{noon.Add(-time.Second), false}, {noon, true}} {
		update(t, s, func(tx *store.Tx) error {
			_, fresh, err := tx.InsertComment(whole, standfirst.Comment{}, test.since)
			if fresh != test.fresh {
				t.Errorf("since %v the same comment is new: %v", test.since, fresh)
			}
			return err
		})
	}
	found, ok := standfirst.CommentID(0), false
	view(t, s, func(tx *store.ReadTx) (err error) {
		found, ok, err = tx.CommentByFingerprint("f1", noon.Add(-time.Second))
		return err
	})
	if !ok || found == 0 {
		t.Errorf("by its fingerprint there is found %d, %v", found, ok)
	}

	decided := whole
	decided.State, decided.Rule, decided.Reason, decided.Note = standfirst.CommentApproved, "", "", ""
	decided.DecidedAt, decided.ChangedAt, decided.QueuedAt = noon.Add(time.Minute), noon.Add(time.Minute), time.Time{}
	decided.Shown, decided.Replies, decided.Notify = true, 2, false
	decided.Text, decided.HTML, decided.EditedAt, decided.Fingerprint, decided.Words, decided.Score = "So?", "<p>So?</p>\n", noon.Add(2*time.Minute), "f2", "w2", 3
	update(t, s, func(tx *store.Tx) error {
		for _, err := range []error{
			tx.SetCommentState(decided), tx.SetCommentShown(whole.ID, true), tx.AddReplies(whole.ID, 3), tx.AddReplies(whole.ID, -1),
			tx.EditComment(decided), tx.SetNotify(whole.ID, false), tx.CountComments(story, 2), tx.CountComments(story, -1),
		} {
			if err != nil {
				return err
			}
		}
		return nil
	})
	got = read(t, s, func(tx *store.ReadTx) (standfirst.Comment, error) { return tx.Comment(whole.ID) })
	wantSame(t, decided, got, nil)
	if n := read(t, s, func(tx *store.ReadTx) (int, error) { return tx.CommentCount(story) }); n != 1 {
		t.Errorf("%d comments are counted, want 1", n)
	}
	if n := read(t, s, func(tx *store.ReadTx) (int, error) { return tx.CommentCount(story + 1) }); n != 0 {
		t.Errorf("%d comments are counted under no story", n)
	}
	mine := read(t, s, func(tx *store.ReadTx) ([]standfirst.Comment, error) { return tx.CommentsByReader(reader, 0, 10) })
	if len(mine) != 2 || mine[0].ID < mine[1].ID {
		t.Errorf("the reader's comments are %+v", mine)
	}
	origins := read(t, s, func(tx *store.ReadTx) ([]string, error) { return tx.OriginsOf(reader, 10) })
	for i, c := range mine {
		want := ""
		if c.State == standfirst.CommentApproved {
			want = c.Address
		}
		if len(origins) != len(mine) || origins[i] != want {
			t.Errorf("the reader's comments came from %q, want %q at %d", origins, want, i)
		}
	}
	update(t, s, func(tx *store.Tx) error { return tx.EraseComment(whole.ID) })
	got = read(t, s, func(tx *store.ReadTx) (standfirst.Comment, error) { return tx.Comment(whole.ID) })
	if got.Name+got.Text+got.HTML+got.Address+got.Agent+got.Fingerprint+got.Words != "" || got.Reader != 0 {
		t.Errorf("of an erased comment there is left %+v", got)
	}
}

func testThread(t *testing.T, s *store.Store) {
	story := talkedStory(t, s)
	said := func(name string, parent standfirst.Comment) standfirst.Comment {
		return comment(t, s, standfirst.Comment{Story: story, Name: name, HTML: name}, parent)
	}
	a := said("a", standfirst.Comment{})
	b := said("b", standfirst.Comment{})
	a1 := said("a1", a)
	said("a2", a)
	deep := said("a1x", said("a1y", a1))
	said("b1", b)
	hidden := comment(t, s, standfirst.Comment{Story: story, Name: "hidden", State: standfirst.CommentHeld, QueuedAt: noon}, standfirst.Comment{})
	names := func(order standfirst.CommentOrder, page int) (out string) {
		after := standfirst.CommentPosition{}
		for {
			list := read(t, s, func(tx *store.ReadTx) ([]standfirst.Comment, error) { return tx.Thread(story, order, after, page) })
			for _, c := range list {
				out += " " + c.Name
				after = c.Position()
			}
			if len(list) < page {
				return out
			}
		}
	}
	for _, page := range []int{1, 2, 7, 50} {
		wantSame(t, " a a1 a1y a1x a2 b b1", names(standfirst.OldestFirst, page), nil)
		wantSame(t, " b b1 a a1 a1y a1x a2", names(standfirst.NewestFirst, page), nil)
	}
	if deep.Level != 3 || deep.Branch != a1.ID || deep.Root != a.ID {
		t.Errorf("a deep answer stands at %+v on level %d", deep.Position(), deep.Level)
	}
	list := read(t, s, func(tx *store.ReadTx) ([]standfirst.Comment, error) {
		return tx.Thread(story, standfirst.OldestFirst, a1.Position(), 1)
	})
	if list[0].ParentName != "a1" {
		t.Errorf("an answer says that it answers %q", list[0].ParentName)
	}
	changed := read(t, s, func(tx *store.ReadTx) ([]standfirst.Comment, error) { return tx.ChangedComments(story, noon, 3) })
	if len(changed) != 3 || changed[0].ID != a.ID {
		t.Errorf("changed are %+v", changed)
	}
	update(t, s, func(tx *store.Tx) error { return tx.SetCommentChanged(a.ID, noon.Add(time.Hour)) })
	changed = read(t, s, func(tx *store.ReadTx) ([]standfirst.Comment, error) {
		return tx.ChangedComments(story, noon.Add(time.Minute), 3)
	})
	if len(changed) != 1 || changed[0].ID != a.ID {
		t.Errorf("changed later are %+v", changed)
	}
	changed = read(t, s, func(tx *store.ReadTx) ([]standfirst.Comment, error) { return tx.LastChangedComments(story, 2) })
	if len(changed) != 2 || changed[0].ID != a.ID || changed[1].ID <= a.ID {
		t.Errorf("changed last are %+v", changed)
	}
	held := read(t, s, func(tx *store.ReadTx) ([]standfirst.Comment, error) {
		return tx.CommentsByState(standfirst.CommentHeld, 0, 10)
	})
	if len(held) != 1 || held[0].ID != hidden.ID {
		t.Errorf("held are %+v", held)
	}
}

func testQueue(t *testing.T, s *store.Store) {
	story, jane := talkedStory(t, s), hire(t, s, "jane@ledger.example", standfirst.Moderator)
	adam := hire(t, s, "adam@ledger.example", standfirst.Moderator)
	var ids []standfirst.CommentID
	for i := range 3 {
		c := standfirst.Comment{Story: story, Name: "r", State: standfirst.CommentHeld, QueuedAt: noon.Add(time.Duration(i/2) * time.Minute)}
		ids = append(ids, comment(t, s, c, standfirst.Comment{}).ID)
	}
	queue := func(escalated bool, since time.Time, after standfirst.CommentID) (found []standfirst.CommentID) {
		for _, c := range read(t, s, func(tx *store.ReadTx) ([]standfirst.Comment, error) {
			return tx.QueuedComments(escalated, since, after, 10)
		}) {
			found = append(found, c.ID)
		}
		return found
	}
	wantSame(t, ids, queue(false, time.Time{}, 0), nil)
	wantSame(t, ids[1:], queue(false, noon, ids[0]), nil)
	claim := func(by standfirst.UserID, now time.Time) (ok bool) {
		update(t, s, func(tx *store.Tx) (err error) {
			ok, err = tx.ClaimComment(ids[0], by, now, now.Add(-time.Minute))
			return err
		})
		return ok
	}
	for _, test := range []struct {
		by  standfirst.UserID
		now time.Time
		own bool
	}{{jane, noon, true}, {jane, noon, true}, {adam, noon, false}, {adam, noon.Add(2 * time.Minute), true}} {
		if got := claim(test.by, test.now); got != test.own {
			t.Errorf("%d claims at %v: %v", test.by, test.now, got)
		}
	}
	update(t, s, func(tx *store.Tx) error {
		if err := tx.ReleaseComments(adam); err != nil {
			return err
		}
		if err := tx.EscalateComment(ids[1], true); err != nil {
			return err
		}
		if err := tx.UnqueueComment(ids[2]); err != nil {
			return err
		}
		return tx.QueueComment(ids[2], standfirst.RuleReported, noon.Add(time.Hour))
	})
	wantSame(t, []standfirst.CommentID{ids[0], ids[2]}, queue(false, time.Time{}, 0), nil)
	wantSame(t, ids[1:2], queue(true, time.Time{}, 0), nil)
	c := read(t, s, func(tx *store.ReadTx) (standfirst.Comment, error) { return tx.Comment(ids[0]) })
	if c.ClaimedBy != 0 || !c.ClaimedAt.IsZero() {
		t.Errorf("a released comment is claimed: %+v", c)
	}
	if c := read(t, s, func(tx *store.ReadTx) (standfirst.Comment, error) { return tx.Comment(ids[2]) }); c.Rule != standfirst.RuleReported {
		t.Errorf("a reported comment waits by rule %q", c.Rule)
	}
}

func testDecisions(t *testing.T, s *store.Store) {
	story, jane := talkedStory(t, s), hire(t, s, "jane@ledger.example", standfirst.Moderator)
	c := comment(t, s, standfirst.Comment{Story: story, Name: "r"}, standfirst.Comment{})
	d := standfirst.CommentDecision{
		Batch: "b", Comment: c.ID, At: noon, Staff: jane, Actor: "staff:1", Was: standfirst.CommentHeld, WasRule: standfirst.RuleFirst, WasReason: standfirst.ReasonFalse,
		WasNote: "n", Became: standfirst.CommentRejected, Reason: standfirst.ReasonAbuse, Note: "note",
	}
	update(t, s, func(tx *store.Tx) (err error) { d.ID, err = tx.InsertDecision(d); return err })
	for name, query := range map[string]func(*store.ReadTx) ([]standfirst.CommentDecision, error){
		"of the comment": func(tx *store.ReadTx) ([]standfirst.CommentDecision, error) { return tx.Decisions(c.ID, 5) },
		"of the batch":   func(tx *store.ReadTx) ([]standfirst.CommentDecision, error) { return tx.DecisionsOfBatch("b") },
		"the last":       func(tx *store.ReadTx) ([]standfirst.CommentDecision, error) { return tx.LastDecisions(0, 5) },
	} {
		t.Run(name, func(t *testing.T) { wantSame(t, []standfirst.CommentDecision{d}, read(t, s, query), nil) })
	}
	undo := func() (ok bool) {
		update(t, s, func(tx *store.Tx) (err error) { ok, err = tx.UndoDecision(d.ID, noon); return err })
		return ok
	}
	if !undo() || undo() {
		t.Error("a decision is not undone once")
	}
	update(t, s, func(tx *store.Tx) error { return tx.EraseDecisions(c.ID) })
	d.UndoneAt, d.Note, d.WasNote = noon, "", ""
	wantSame(t, []standfirst.CommentDecision{d}, read(t, s, func(tx *store.ReadTx) ([]standfirst.CommentDecision, error) { return tx.Decisions(c.ID, 5) }), nil)
}

func testReports(t *testing.T, s *store.Store) {
	story := talkedStory(t, s)
	c := comment(t, s, standfirst.Comment{Story: story, Name: "r"}, standfirst.Comment{})
	first := standfirst.Report{Comment: c.ID, Kind: standfirst.ReportReader, Reason: standfirst.ReasonAbuse, Text: "t", Address: "192.0.2.1", Evidence: "{}", CreatedAt: noon}
	legal := standfirst.Report{Comment: c.ID, Kind: standfirst.ReportLegal, Reason: standfirst.ReasonUnlawful, Text: "l", Name: "n", Email: "e@law.example", Evidence: "{}", CreatedAt: noon, DueAt: noon.Add(time.Hour)}
	update(t, s, func(tx *store.Tx) (err error) {
		if first.ID, err = tx.InsertReport(first); err != nil {
			return err
		}
		legal.ID, err = tx.InsertReport(legal)
		return err
	})
	open := func() []standfirst.Report {
		return read(t, s, func(tx *store.ReadTx) ([]standfirst.Report, error) {
			return tx.OpenReports([]standfirst.CommentID{c.ID})
		})
	}
	wantSame(t, []standfirst.Report{first, legal}, open(), nil)
	wantSame(t, []standfirst.Report{legal, first}, read(t, s, func(tx *store.ReadTx) ([]standfirst.Report, error) { return tx.ReportsOf(c.ID, 5) }), nil)
	wantSame(t, []standfirst.Report{legal}, read(t, s, func(tx *store.ReadTx) ([]standfirst.Report, error) { return tx.DueReports(time.Time{}, 0, 5) }), nil)
	wantSame(t, []standfirst.Report(nil), read(t, s, func(tx *store.ReadTx) ([]standfirst.Report, error) { return tx.DueReports(legal.DueAt, legal.ID, 5) }), nil)
	resolve := func() (ok bool) {
		update(t, s, func(tx *store.Tx) (err error) {
			ok, err = tx.ResolveReport(first.ID, noon, "staff:1", "done")
			return err
		})
		return ok
	}
	if !resolve() || resolve() {
		t.Error("a report is not answered once")
	}
	wantSame(t, []standfirst.Report{legal}, open(), nil)
	update(t, s, func(tx *store.Tx) error { return tx.EraseReports(c.ID) })
	got := read(t, s, func(tx *store.ReadTx) (standfirst.Report, error) { return tx.Report(first.ID) })
	if got.Text+got.Address+got.Evidence != "" || got.Outcome != "done" {
		t.Errorf("of an erased report there is left %+v", got)
	}
	wantSame(t, legal, read(t, s, func(tx *store.ReadTx) (standfirst.Report, error) { return tx.Report(legal.ID) }), nil)
}

func testBans(t *testing.T, s *store.Store) {
	b := standfirst.Ban{Kind: standfirst.BanEmail, Value: "ana@readers.example", Reason: "r", CreatedAt: noon, CreatedBy: "command", ExpiresAt: noon.Add(time.Hour)}
	update(t, s, func(tx *store.Tx) (err error) { b.ID, err = tx.InsertBan(b); return err })
	on := func(at time.Time) []standfirst.Ban {
		return read(t, s, func(tx *store.ReadTx) ([]standfirst.Ban, error) { return tx.BansOn([]string{"x", b.Value}, at) })
	}
	wantSame(t, []standfirst.Ban{b}, on(noon), nil)
	wantSame(t, []standfirst.Ban(nil), on(b.ExpiresAt), nil)
	wantSame(t, []standfirst.Ban{b}, read(t, s, func(tx *store.ReadTx) ([]standfirst.Ban, error) { return tx.Bans(noon, 0, 5) }), nil)
	update(t, s, func(tx *store.Tx) error { return tx.EndBan(b.ID, noon.Add(time.Minute)) })
	wantSame(t, []standfirst.Ban(nil), on(noon.Add(time.Minute)), nil)
	wantKind(t, s.View(t.Context(), func(tx *store.ReadTx) error { _, err := tx.Ban(b.ID + 1); return err }), standfirst.NotFound)
}

func testCommenters(t *testing.T, s *store.Store) {
	see := func(name string, at time.Time, approved int) (id standfirst.ReaderID) {
		update(t, s, func(tx *store.Tx) (err error) {
			id, err = tx.SeeCommenter("ana@readers.example", name, at, approved)
			return err
		})
		return id
	}
	id := see("Ana", noon, 1)
	if again := see("Anna", noon.Add(time.Hour), 1); again != id {
		t.Errorf("one address is two readers, %d and %d", id, again)
	}
	update(t, s, func(tx *store.Tx) error { return tx.CountDecisions(id, -1, 2) })
	want := standfirst.Commenter{ID: id, Email: "ana@readers.example", Name: "Anna", CreatedAt: noon, SeenAt: noon.Add(time.Hour), Approved: 1, Rejected: 2}
	wantSame(t, want, read(t, s, func(tx *store.ReadTx) (standfirst.Commenter, error) { return tx.Commenter(id) }), nil)
	wantSame(t, want, read(t, s, func(tx *store.ReadTx) (standfirst.Commenter, error) { return tx.CommenterByEmail(want.Email) }), nil)

	forget := func(guests, readers time.Time) (n int) {
		update(t, s, func(tx *store.Tx) (err error) { n, err = tx.ForgetGuests(guests, readers, 5); return err })
		return n
	}
	update(t, s, func(tx *store.Tx) error {
		again, err := tx.ConfirmCommenter("ana@readers.example", "Else", noon.Add(2*time.Hour))
		if again != id {
			t.Errorf("a confirmed address is another reader, %d and %d", again, id)
		}
		return err
	})
	if guest := see("Eve", noon.Add(2*time.Hour), 1); guest != 0 {
		t.Errorf("a guest who gives the address of a reader is reader %d", guest)
	}
	if n := forget(noon.Add(3*time.Hour), noon); n != 0 {
		t.Error("a reader who signs in is forgotten like a guest")
	}
	if n := forget(noon, noon.Add(3*time.Hour)); n != 1 {
		t.Error("a reader who was long gone is not forgotten")
	}
	wantKind(t, s.View(t.Context(), func(tx *store.ReadTx) error { _, err := tx.CommenterByEmail(want.Email); return err }), standfirst.NotFound)
	if c := read(t, s, func(tx *store.ReadTx) (standfirst.Commenter, error) { return tx.Commenter(id) }); c.Name != "Else" {
		t.Errorf("a reader without an address is %+v", c)
	}
	update(t, s, func(tx *store.Tx) error { return tx.EraseCommenter(id) })
	if c := read(t, s, func(tx *store.ReadTx) (standfirst.Commenter, error) { return tx.Commenter(id) }); c.Name != "" || !c.ConfirmedAt.IsZero() {
		t.Errorf("an erased reader is %+v", c)
	}
}

func testDiscussions(t *testing.T, s *store.Store) {
	d := standfirst.Discussion{Mode: standfirst.ModeAll, Exact: []string{"word"}, KeepDays: 30}
	update(t, s, func(tx *store.Tx) error {
		if err := tx.PutDiscussion(standfirst.PublicationScope, standfirst.Discussion{}); err != nil {
			return err
		}
		return tx.PutDiscussion(standfirst.PublicationScope, d)
	})
	got := read(t, s, func(tx *store.ReadTx) (map[standfirst.DiscussionScope]standfirst.Discussion, error) {
		return tx.Discussions(standfirst.PublicationScope, standfirst.StoryScope(7))
	})
	wantSame(t, map[standfirst.DiscussionScope]standfirst.Discussion{standfirst.PublicationScope: d}, got, nil)

	update(t, s, func(tx *store.Tx) error {
		if err := tx.LearnFeatures([]string{"", "w:sale"}, 2, 1); err != nil {
			return err
		}
		return tx.LearnFeatures([]string{"w:sale"}, -1, 0)
	})
	counts := read(t, s, func(tx *store.ReadTx) (map[string]standfirst.SpamCounts, error) {
		return tx.SpamCounts([]string{"", "w:sale", "w:no"})
	})
	wantSame(t, map[string]standfirst.SpamCounts{"": {Spam: 2, Ham: 1}, "w:sale": {Spam: 1, Ham: 1}}, counts, nil)

	var first, second string
	update(t, s, func(tx *store.Tx) (err error) {
		if first, err = tx.KeepSecret("talk", "one"); err != nil {
			return err
		}
		second, err = tx.KeepSecret("talk", "two")
		return err
	})
	if first != "one" || second != "one" {
		t.Errorf("the secret was %q and then %q", first, second)
	}
}

func testSighting(t *testing.T, s *store.Store) {
	story := talkedStory(t, s)
	hire(t, s, "jane@ledger.example", standfirst.Moderator)
	makeEntity(t, s, standfirst.Company, "Skerry Cable")
	q := store.SightingQuery{Fingerprint: "f", SameSince: noon.Add(-time.Hour), Words: "w", WordsSince: noon.Add(-time.Hour), MaxRepeats: 2, Name: "Ana", Now: noon}
	sight := func() store.Sighting {
		return read(t, s, func(tx *store.ReadTx) (store.Sighting, error) { return tx.Sighting(q) })
	}
	wantSame(t, store.Sighting{}, sight(), nil)
	c := comment(t, s, standfirst.Comment{Story: story, Name: "r", Fingerprint: "f", Words: "w"}, standfirst.Comment{})
	for _, other := range []string{"g", "h"} {
		comment(t, s, standfirst.Comment{Story: story, Name: "r", Fingerprint: other, Words: "w"}, standfirst.Comment{})
	}
	update(t, s, func(tx *store.Tx) error {
		if err := tx.LearnFeatures([]string{""}, 3, 4); err != nil {
			return err
		}
		_, err := tx.InsertBan(standfirst.Ban{Kind: standfirst.BanName, Value: "x", CreatedAt: noon, ExpiresAt: noon.Add(time.Hour)})
		return err
	})
	wantSame(t, store.Sighting{Again: c.ID, Repeats: 2, Bans: true, Learnt: standfirst.SpamCounts{Spam: 3, Ham: 4}}, sight(), nil)
	var ana standfirst.ReaderID
	update(t, s, func(tx *store.Tx) (err error) {
		ana, err = tx.SeeCommenter("ana@readers.example", "Ana", noon, 1)
		return err
	})
	for i := range 3 {
		comment(t, s, standfirst.Comment{Story: story, Reader: ana, Name: "Ana", CreatedAt: noon.Add(time.Duration(i) * time.Minute)}, standfirst.Comment{})
	}
	q.Email, q.RecentSince, q.MaxRecent = "ana@readers.example", noon, 5
	if got := sight(); got.Writer.ID != ana || got.Writer.Approved != 1 || !got.Writer.SeenAt.Equal(noon) || got.Recent != 2 {
		t.Errorf("the writer is seen as %+v with %d comments", got.Writer, got.Recent)
	}
	q.MaxRecent = 1
	if got := sight(); got.Recent != 1 {
		t.Errorf("of the last comment there is seen %d", got.Recent)
	}
	q.Name = "JANE  roe"
	if got := sight(); !got.Staff || got.Entity {
		t.Errorf("a colleague's name is seen as %+v", got)
	}
	q.Name = "skerry cable"
	if got := sight(); got.Staff || !got.Entity {
		t.Errorf("a company's name is seen as %+v", got)
	}
	update(t, s, func(tx *store.Tx) error {
		n, err := tx.ForgetOrigins(noon.Add(time.Second), 2)
		if n != 2 {
			t.Errorf("the origins of %d comments were forgotten, want 2", n)
		}
		return err
	})
	q.Words, q.Fingerprint = "", ""
	if got := sight(); got.Again != 0 || got.Repeats != 0 {
		t.Errorf("what was forgotten is found as %+v", got)
	}
}
