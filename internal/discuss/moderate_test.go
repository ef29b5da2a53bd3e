package discuss_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/store"
)

func (r *room) commenter(email string) (c standfirst.Commenter) {
	r.t.Helper()
	r.view(func(tx *store.ReadTx) (err error) { c, err = tx.CommenterByEmail(email); return err })
	return c
}

func TestWhoMayModerate(t *testing.T) {
	onEach(t, func(r *room) {
		c := r.post("Ana", "A first word.", 0)
		for name, actor := range map[string]standfirst.Actor{
			"nobody":     {},
			"a reader":   {Kind: standfirst.ActorReader, ID: 1, Role: standfirst.Reader},
			"a reporter": {Kind: standfirst.ActorStaff, ID: 1, Role: standfirst.Reporter},
		} {
			ctx := t.Context()
			for what, err := range map[string]error{
				"decide":   second(r.Decide(ctx, actor, []standfirst.CommentID{c.ID}, discuss.Decision{State: standfirst.CommentApproved})),
				"queue":    second(r.Queue(ctx, actor, false, discuss.QueuePosition{}, 1)),
				"look":     second(r.Look(ctx, actor, c.ID)),
				"undo":     second(r.Undo(ctx, actor, "x")),
				"claim":    second(r.Claim(ctx, actor, []standfirst.CommentID{c.ID})),
				"release":  r.Release(ctx, actor),
				"escalate": r.Escalate(ctx, actor, c.ID, true),
				"answer":   r.Answer(ctx, actor, 1, "done"),
				"legal":    second(r.LegalReports(ctx, actor, standfirst.Report{}, 1)),
				"history":  second(r.History(ctx, actor, c.Reader, 0, 1)),
				"trail":    second(r.Decisions(ctx, actor, 0, 1)),
				"list":     second(r.List(ctx, actor, standfirst.CommentHeld, 0, 1)),
				"ban":      second(r.Talk.Ban(ctx, actor, standfirst.Ban{})),
				"lift":     r.Lift(ctx, actor, 1),
				"bans":     second(r.Bans(ctx, actor, 0, 1)),
				"export":   second(r.Export(ctx, actor, "ana@readers.example")),
				"erase":    r.Erase(ctx, actor, c.ID),
				"person":   second(r.ErasePerson(ctx, actor, "ana@readers.example")),
				"settings": r.SetSettings(ctx, actor, standfirst.PublicationScope, standfirst.Discussion{}, ""),
				"hold":     r.HoldNow(ctx, actor, standfirst.PublicationScope, true),
			} {
				if err == nil || standfirst.KindOf(err) != standfirst.Forbidden && standfirst.KindOf(err) != standfirst.Unauthenticated {
					t.Errorf("%s may %s: %v", name, what, err)
				}
			}
		}
		r.wantKind(r.SetSettings(t.Context(), r.moderator, standfirst.PublicationScope, standfirst.Discussion{}, ""), standfirst.Forbidden)
	})
}

func second[T any](_ T, err error) error { return err }

func TestUndoLeavesLaterDecisions(t *testing.T) {
	onEach(t, func(r *room) {
		c := r.post("Ana", "A first word.", 0)
		first := r.decide(standfirst.CommentRejected, standfirst.ReasonOffTopic, c.ID)
		second := r.decide(standfirst.CommentRejected, standfirst.ReasonAbuse, c.ID)
		_, err := r.Undo(t.Context(), r.moderator, first.Batch)
		r.wantKind(err, standfirst.NotFound)
		r.want("the reason", string(standfirst.ReasonAbuse), string(r.comment(c.ID).Reason))
		for _, undo := range []struct {
			batch string
			state standfirst.CommentState
		}{{second.Batch, standfirst.CommentRejected}, {first.Batch, standfirst.CommentHeld}} {
			_, err = r.Undo(t.Context(), r.moderator, undo.batch)
			r.must(err)
			r.want("the state", string(undo.state), string(r.comment(c.ID).State))
		}
	})
}

// TestUndoOnlyUnlearns holds that undoing teaches nothing that no moderator decided.
func TestUndoOnlyUnlearns(t *testing.T) {
	onEach(t, func(r *room) {
		r.mode(standfirst.ModeOpen)
		const words = "Harbour dues fell again."
		learnt := func() (c standfirst.SpamCounts) {
			r.view(func(tx *store.ReadTx) error {
				counts, err := tx.SpamCounts([]string{""})
				c = counts[""]
				return err
			})
			return c
		}
		c := r.post("Ana", words, 0)
		decided := r.decide(standfirst.CommentSpam, "", c.ID)
		if got := learnt(); got != (standfirst.SpamCounts{Spam: 1}) {
			t.Errorf("of spam the filter keeps %+v", got)
		}
		_, err := r.Undo(t.Context(), r.moderator, decided.Batch)
		r.must(err)
		if got := learnt(); got != (standfirst.SpamCounts{}) {
			t.Errorf("after the undoing the filter keeps %+v", got)
		}
		if c = r.comment(c.ID); c.State != standfirst.CommentApproved || !c.DecidedAt.IsZero() {
			t.Errorf("after the undoing the comment is %s, decided at %s", c.State, c.DecidedAt)
		}

		// What a moderator had approved is learnt again.
		r.decide(standfirst.CommentApproved, "", c.ID)
		decided = r.decide(standfirst.CommentSpam, "", c.ID)
		_, err = r.Undo(t.Context(), r.moderator, decided.Batch)
		r.must(err)
		if got := learnt(); got != (standfirst.SpamCounts{Ham: 1}) {
			t.Errorf("after the undoing the filter keeps %+v", got)
		}
	})
}

func TestWhatIsChangedIsNotDecidedAbout(t *testing.T) {
	onEach(t, func(r *room) {
		posted, err := r.Post(t.Context(), r.posting("Ana", "A fair question.", 0))
		r.must(err)
		id := posted.Comment.ID
		r.now = r.now.Add(time.Minute)
		seen := r.now
		r.now = r.now.Add(time.Minute)
		_, err = r.Edit(t.Context(), id, posted.Key, "Something that no moderator read.")
		r.must(err)
		approve := func(seen time.Time) discuss.Decided {
			decided, err := r.Decide(t.Context(), r.moderator, []standfirst.CommentID{id}, discuss.Decision{State: standfirst.CommentApproved, Seen: seen})
			r.must(err)
			return decided
		}
		if d := approve(seen); d.Changed != 0 || len(d.Missing) != 1 {
			t.Errorf("words that nobody read are decided about: %+v", d)
		}
		r.want("the queue", "Ana:first", r.waiting())
		if d := approve(r.now.Add(time.Minute)); d.Changed != 1 || len(d.Missing) != 0 {
			t.Errorf("words that were read are not decided about: %+v", d)
		}
	})
}

func TestRepeatOffendersWait(t *testing.T) {
	onEach(t, func(r *room) {
		r.mode(standfirst.ModeOpen)
		var ids []standfirst.CommentID
		for i := range 3 {
			ids = append(ids, r.post("Troll", strings.Repeat("bah ", i+1), 0).ID)
		}
		decided := r.decide(standfirst.CommentRejected, standfirst.ReasonAbuse, ids...)
		if w := r.commenter("troll@readers.example"); w.Rejected != 3 || w.Approved != 0 {
			t.Errorf("the writer has %d rejected and %d approved", w.Rejected, w.Approved)
		}
		if c := r.post("Troll", "And another.", 0); c.Rule != standfirst.RuleOffender {
			t.Errorf("the next comment is %s by rule %q", c.State, c.Rule)
		}
		_, err := r.Undo(t.Context(), r.moderator, decided.Batch)
		r.must(err)
		if w := r.commenter("troll@readers.example"); w.Rejected != 0 || w.Approved != 3 {
			t.Errorf("after the undoing the writer has %d rejected and %d approved", w.Rejected, w.Approved)
		}
	})
}

// TestApprovedWritersAreNotHeldByScore holds that the filter alone never holds a writer
// whose comments were approved.
func TestApprovedWritersAreNotHeldByScore(t *testing.T) {
	onEach(t, func(r *room) {
		r.mode(standfirst.ModeOpen)
		advert := "Cheap replica watches and handbags, worldwide shipping, visit watchesforyou.example today, order number "
		for i := range 40 {
			spam := r.post("Seller "+string(rune('A'+i%26)), advert+strings.Repeat("I", i+1), 0)
			ham := r.post("Reader "+string(rune('A'+i%26)), "The filing has the cash at the end of quarter "+strings.Repeat("V", i+1)+", not of the year.", 0)
			r.decide(standfirst.CommentSpam, "", spam.ID)
			r.decide(standfirst.CommentApproved, "", ham.ID)
		}
		if c := r.post("Newcomer", advert+"one", 0); c.Rule != standfirst.RuleScore {
			t.Errorf("an advertisement of a newcomer is %s by rule %q with score %d", c.State, c.Rule, c.Score)
		}
		regular := r.post("Regular", "Which quarter does the filing mean by the cash at the end?", 0)
		r.decide(standfirst.CommentApproved, "", regular.ID)
		if c := r.post("Regular", advert+"two", 0); c.State != standfirst.CommentApproved {
			t.Errorf("an advertisement of an approved writer is %s by rule %q with score %d", c.State, c.Rule, c.Score)
		}
	})
}

func TestQueue(t *testing.T) {
	onEach(t, func(r *room) {
		a, b := r.post("Ana", "A first word.", 0), r.post("Ben", "Another first word.", 0)
		other := r.moderator
		r.update(func(tx *store.Tx) (err error) {
			other.ID, err = tx.InsertStaff(standfirst.Staff{Email: "two@harbour.example", Name: "Lev Sander", Role: standfirst.Moderator})
			return err
		})
		own, err := r.Claim(t.Context(), r.moderator, []standfirst.CommentID{a.ID})
		r.must(err)
		theirs, err := r.Claim(t.Context(), other, []standfirst.CommentID{a.ID, b.ID})
		r.must(err)
		if len(own) != 1 || len(theirs) != 1 || theirs[0] != b.ID {
			t.Errorf("claimed are %v and %v", own, theirs)
		}
		w, err := r.Look(t.Context(), other, a.ID)
		r.must(err)
		r.want("who looks at it", "Mara Quist", w.ClaimedBy)
		r.want("the headline", r.story.Headline, w.Headline)
		r.now = r.now.Add(6 * time.Minute)
		theirs, err = r.Claim(t.Context(), other, []standfirst.CommentID{a.ID})
		r.must(err)
		if len(theirs) != 1 {
			t.Error("a claim lasts longer than five minutes")
		}
		r.must(r.Release(t.Context(), other))

		r.must(r.Escalate(t.Context(), r.moderator, a.ID, true))
		r.want("the queue", "Ben:first", r.waiting())
		_, err = r.Queue(t.Context(), r.moderator, true, discuss.QueuePosition{}, 10)
		r.wantKind(err, standfirst.Forbidden)
		list, err := r.Queue(t.Context(), standfirst.Actor{Kind: standfirst.ActorStaff, ID: 99, Role: standfirst.Editor}, true, discuss.QueuePosition{}, 10)
		r.must(err)
		if len(list) != 1 || list[0].Comment.ID != a.ID {
			t.Errorf("escalated are %v", list)
		}
		page, err := r.Queue(t.Context(), r.moderator, false, discuss.QueuePosition{Since: b.QueuedAt, ID: b.ID}, 10)
		r.must(err)
		if len(page) != 0 {
			t.Errorf("after the last there is %v", page)
		}
	})
}

func TestReports(t *testing.T) {
	onEach(t, func(r *room) {
		r.mode(standfirst.ModeOpen)
		c := r.post("Ana", "They all cheat.", 0)
		complaint := discuss.Complaint{Comment: c.ID, Reason: standfirst.ReasonFalse, Address: "192.0.2.1"}
		r.must(r.Report(t.Context(), complaint))
		r.must(r.Report(t.Context(), complaint)) // counted once
		legal := discuss.Complaint{Comment: c.ID, Reason: standfirst.ReasonUnlawful, Legal: true, Text: "Libel.", Name: "Counsel", Email: "law@skerry.example", Address: "192.0.2.2"}
		r.must(r.Report(t.Context(), legal))
		r.want("the queue", "Ana:reported", r.waiting())
		w, err := r.Look(t.Context(), r.moderator, c.ID)
		r.must(err)
		if len(w.Reports) != 2 {
			t.Fatalf("there are %d reports, want 2", len(w.Reports))
		}
		due, err := r.LegalReports(t.Context(), r.moderator, standfirst.Report{}, 10)
		r.must(err)
		if len(due) != 1 || due[0].DueAt.Sub(r.now) != 7*24*time.Hour || !strings.Contains(due[0].Evidence, "They all cheat.") {
			t.Fatalf("due are %+v", due)
		}
		r.decide(standfirst.CommentRejected, standfirst.ReasonFalse, c.ID)
		w, err = r.Look(t.Context(), r.moderator, c.ID)
		r.must(err)
		if len(w.Reports) != 1 || w.Reports[0].Kind != standfirst.ReportLegal {
			t.Errorf("after the decision there wait %+v", w.Reports)
		}
		r.must(r.Erase(t.Context(), r.moderator, c.ID))
		due, err = r.LegalReports(t.Context(), r.moderator, standfirst.Report{}, 10)
		r.must(err)
		if len(due) != 1 || !strings.Contains(due[0].Evidence, "They all cheat.") {
			t.Error("the evidence of a legal complaint went with the comment")
		}
		r.must(r.Answer(t.Context(), r.moderator, due[0].ID, "It was removed."))
		r.wantKind(r.Answer(t.Context(), r.moderator, due[0].ID, "Again."), standfirst.Conflict)
		r.wantKind(r.Report(t.Context(), discuss.Complaint{Comment: c.ID, Reason: standfirst.ReasonFalse, Address: "192.0.2.9"}), standfirst.NotFound)
	})
}

func TestObjection(t *testing.T) {
	onEach(t, func(r *room) {
		r.mode(standfirst.ModeOpen)
		posted, err := r.Post(t.Context(), r.posting("Ana", "They all cheat.", 0))
		r.must(err)
		id, key := posted.Comment.ID, posted.Key
		r.wantKind(r.Object(t.Context(), id, key, "Why?"), standfirst.Conflict)
		r.decide(standfirst.CommentRejected, standfirst.ReasonFalse, id)
		r.wantKind(r.Object(t.Context(), id, "wrong", "Why?"), standfirst.NotFound)
		r.must(r.Object(t.Context(), id, key, "It stands in the judgment of May."))
		r.wantKind(r.Object(t.Context(), id, key, "Again."), standfirst.Conflict)
		r.want("the queue", "Ana:objection", r.waiting())
		r.decide(standfirst.CommentApproved, "", id)
		r.want("the thread", "Ana", r.thread(standfirst.OldestFirst, 10))
		own, err := r.Own(t.Context(), id, key)
		r.must(err)
		if own.Objected || len(own.Reports) != 1 || own.Reports[0].Outcome != string(standfirst.CommentApproved) {
			t.Errorf("the writer sees %+v", own)
		}
	})
}

// TestNobodyJudgesTheirOwnDecision holds that an objection goes to a colleague of whoever
// decided, where there is one.
func TestNobodyJudgesTheirOwnDecision(t *testing.T) {
	onEach(t, func(r *room) {
		r.mode(standfirst.ModeOpen)
		posted, err := r.Post(t.Context(), r.posting("Ana", "They all cheat.", 0))
		r.must(err)
		other := r.post("Ben", "Who says so?", 0)
		id := posted.Comment.ID
		r.decide(standfirst.CommentRejected, standfirst.ReasonFalse, id)
		r.must(r.Object(t.Context(), id, posted.Key, "It stands in the judgment of May."))
		staff := func(name string, role standfirst.Role) (actor standfirst.Actor) {
			r.update(func(tx *store.Tx) error {
				id, err := tx.InsertStaff(standfirst.Staff{Email: name + "@harbour.example", Name: name, Role: role})
				actor = standfirst.Actor{Kind: standfirst.ActorStaff, ID: id, Name: name, Role: role}
				return err
			})
			return actor
		}
		staff("rune", standfirst.Reporter) // who may not decide
		approve := func(actor standfirst.Actor) (discuss.Decided, error) {
			return r.Decide(t.Context(), actor, []standfirst.CommentID{other.ID, id}, discuss.Decision{State: standfirst.CommentApproved})
		}
		colleague := staff("lev", standfirst.Editor)
		_, err = approve(r.moderator)
		r.wantKind(err, standfirst.Forbidden)
		due, err := r.DueReports(t.Context(), r.moderator, standfirst.Report{}, 10)
		r.must(err)
		r.wantKind(r.Answer(t.Context(), r.moderator, due[0].Report.ID, "It is false."), standfirst.Forbidden)
		r.want("the queue", "Ana:objection", r.waiting())
		if !r.comment(other.ID).DecidedAt.IsZero() {
			t.Error("a decision that was refused was taken in part")
		}
		r.update(func(tx *store.Tx) error { return tx.SetStaffRevoked(colleague.ID, r.now) })
		r.must(r.Answer(t.Context(), r.moderator, due[0].Report.ID, "Nobody else is here, and it is false."))
		r.must(r.Object(t.Context(), id, posted.Key, "I object again."))
		r.update(func(tx *store.Tx) error { return tx.SetStaffRevoked(colleague.ID, time.Time{}) })
		_, err = approve(colleague)
		r.must(err)
		r.want("the queue", "", r.waiting())
	})
}

func TestEdit(t *testing.T) {
	onEach(t, func(r *room) {
		posted, err := r.Post(t.Context(), r.posting("Ana", "A typo heer.", 0))
		r.must(err)
		id, key := posted.Comment.ID, posted.Key
		_, err = r.Edit(t.Context(), id, key, "A typo here.") // while it waits
		r.must(err)
		r.decide(standfirst.CommentApproved, "", id)
		own, err := r.Edit(t.Context(), id, key, "Something else altogether.")
		r.must(err)
		if own.Comment.State != standfirst.CommentHeld || own.Comment.Rule != standfirst.RuleEdited {
			t.Errorf("what a moderator approved is %s by rule %q after an edit", own.Comment.State, own.Comment.Rule)
		}
		if w := r.commenter("ana@readers.example"); w.Approved != 0 {
			t.Errorf("the writer has %d approved comments", w.Approved)
		}
		r.now = r.now.Add(16 * time.Minute)
		_, err = r.Edit(t.Context(), id, key, "Too late.")
		r.wantKind(err, standfirst.Forbidden)

		r.mode(standfirst.ModeOpen)
		posted, err = r.Post(t.Context(), r.posting("Ben", "Fine.", 0))
		r.must(err)
		own, err = r.Edit(t.Context(), posted.Comment.ID, posted.Key, "Buy Skerry shares now, they go to the moon.")
		r.must(err)
		if own.Comment.Rule != standfirst.RulePromotion {
			t.Errorf("promotion that came by an edit is %s by rule %q", own.Comment.State, own.Comment.Rule)
		}
	})
}

func TestBans(t *testing.T) {
	onEach(t, func(r *room) {
		r.mode(standfirst.ModeOpen)
		until := r.now.Add(time.Hour)
		for _, bad := range []standfirst.Ban{
			{Kind: "colour", Value: "blue", ExpiresAt: until}, {Kind: standfirst.BanEmail, Value: "x", ExpiresAt: until},
			{Kind: standfirst.BanNetwork, Value: "10.0.0.0/9", ExpiresAt: until}, {Kind: standfirst.BanNetwork, Value: "0.0.0.0/0", ExpiresAt: until},
			{Kind: standfirst.BanAddress, Value: "here", ExpiresAt: until}, {Kind: standfirst.BanName, Value: "Ana", ExpiresAt: r.now},
			{Kind: standfirst.BanName, Value: "Ana", ExpiresAt: r.now.AddDate(2, 0, 0)},
		} {
			_, err := r.Talk.Ban(t.Context(), r.moderator, bad)
			r.wantKind(err, standfirst.Invalid)
		}
		ban, err := r.Talk.Ban(t.Context(), r.moderator, standfirst.Ban{Kind: standfirst.BanEmail, Value: "Ana@Readers.example", ExpiresAt: until})
		r.must(err)
		if c := r.post("Ana", "May I?", 0); c.Rule != standfirst.RuleBanned {
			t.Errorf("a comment under a ban is %s by rule %q", c.State, c.Rule)
		}
		r.must(r.Lift(t.Context(), r.moderator, ban.ID))
		if c := r.post("Ana", "And now?", 0); c.State != standfirst.CommentApproved {
			t.Errorf("after the ban a comment is %s by rule %q", c.State, c.Rule)
		}
		_, err = r.Talk.Ban(t.Context(), r.moderator, standfirst.Ban{Kind: standfirst.BanName, Value: "BEN", ExpiresAt: until})
		r.must(err)
		if c := r.post("Ben", "May I?", 0); c.Rule != standfirst.RuleBanned {
			t.Errorf("a comment of a banned name is %s by rule %q", c.State, c.Rule)
		}
		r.now = until
		if c := r.post("Ben", "It is over?", 0); c.State != standfirst.CommentApproved {
			t.Errorf("when the ban is over a comment is %s by rule %q", c.State, c.Rule)
		}
	})
}

func TestExportAndErasure(t *testing.T) {
	onEach(t, func(r *room) {
		r.mode(standfirst.ModeOpen)
		a := r.post("Ana", "My secret plan.", 0)
		r.post("Ben", "Which plan?", a.ID)
		r.post("Ana", "Another plan.", 0)
		person, err := r.Export(t.Context(), r.moderator, "ANA@readers.example")
		r.must(err)
		b, err := json.Marshal(person)
		r.must(err)
		for _, want := range []string{"ana@readers.example", "My secret plan.", "Another plan."} {
			if !strings.Contains(string(b), want) {
				t.Errorf("the export lacks %q: %s", want, b)
			}
		}
		n, err := r.ErasePerson(t.Context(), r.moderator, "ana@readers.example")
		r.must(err)
		if n != 2 {
			t.Errorf("%d comments were erased, want 2", n)
		}
		r.want("the thread", "- >Ben", r.thread(standfirst.OldestFirst, 10))
		if c := r.comment(a.ID); c.Text+c.HTML+c.Name+c.Address+c.Agent != "" || c.Reader != 0 {
			t.Errorf("of an erased comment there is left %+v", c)
		}
		_, err = r.Export(t.Context(), r.moderator, "ana@readers.example")
		r.wantKind(err, standfirst.NotFound)
	})
}

func TestAddressesAreForgotten(t *testing.T) {
	onEach(t, func(r *room) {
		r.mode(standfirst.ModeOpen)
		old := r.post("Ana", "Long ago.", 0)
		r.now = r.now.AddDate(0, 0, 60)
		fresh := r.post("Ben", "Lately.", 0)
		r.now = r.now.AddDate(0, 0, 31)
		r.must(r.PruneJob(t.Context(), standfirst.Job{}))
		if c := r.comment(old.ID); c.Address != "" || c.Fingerprint != "" || c.Text == "" {
			t.Errorf("after 91 days there is %+v", c)
		}
		if c := r.comment(fresh.ID); c.Address == "" {
			t.Error("after 31 days the address is gone")
		}
		err := r.store.View(t.Context(), func(tx *store.ReadTx) error { _, err := tx.CommenterByEmail("ana@readers.example"); return err })
		r.wantKind(err, standfirst.NotFound)
		if w := r.commenter("ben@readers.example"); w.Name != "Ben" {
			t.Errorf("the later writer is %+v", w)
		}
	})
}

// TestUndoKeepsTheWait holds that a comment whose decision is undone waits since it came, and
// one that was reported since it was reported.
func TestUndoKeepsTheWait(t *testing.T) {
	onEach(t, func(r *room) {
		c := r.comment(r.post("Ana", "A first word.", 0).ID)
		came := c.QueuedAt
		r.now = r.now.Add(3 * time.Hour)
		decided := r.decide(standfirst.CommentApproved, "", c.ID)
		if got := r.comment(c.ID).QueuedAt; !got.IsZero() {
			t.Errorf("an approved comment waits since %s", got)
		}
		r.now = r.now.Add(time.Hour)
		_, err := r.Undo(t.Context(), r.moderator, decided.Batch)
		r.must(err)
		if got := r.comment(c.ID).QueuedAt; came.IsZero() || !got.Equal(came) {
			t.Errorf("after the undoing the comment waits since %s, want %s", got, came)
		}
	})
}
