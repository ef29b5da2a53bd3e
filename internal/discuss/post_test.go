package discuss_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/spam"
	"standfirst/internal/store"
)

func TestFirstCommentIsHeld(t *testing.T) {
	onEach(t, func(r *room) {
		p := r.posting("Ana", "Is the **third** line insured?", 0)
		posted, err := r.Post(t.Context(), p)
		r.must(err)
		if c := posted.Comment; c.State != standfirst.CommentHeld || c.Rule != standfirst.RuleFirst || posted.Key == "" {
			t.Fatalf("posted %+v", posted)
		}
		r.want("the thread", "", r.thread(standfirst.OldestFirst, 10))
		r.want("the queue", "Ana:first", r.waiting())

		own, err := r.Own(t.Context(), posted.Comment.ID, posted.Key)
		r.must(err)
		r.want("the HTML", "<p>Is the <strong>third</strong> line insured?</p>\n", own.Comment.HTML)
		_, err = r.Own(t.Context(), posted.Comment.ID, posted.Key+"x")
		r.wantKind(err, standfirst.NotFound)

		r.decide(standfirst.CommentApproved, "", posted.Comment.ID)
		r.want("the thread", "Ana", r.thread(standfirst.OldestFirst, 10))
		r.want("the queue", "", r.waiting())
		if second := r.post("Ana", "And by whom?", posted.Comment.ID); second.State != standfirst.CommentApproved {
			t.Errorf("the second comment is %s by rule %q", second.State, second.Rule)
		}
		r.want("the thread", "Ana >Ana", r.thread(standfirst.OldestFirst, 10))
	})
}

func TestARetryIsOneComment(t *testing.T) {
	onEach(t, func(r *room) {
		r.mode(standfirst.ModeOpen)
		p := r.posting("Ana", "Who pays for the repair ship?", 0)
		var group sync.WaitGroup
		ids := make([]standfirst.CommentID, 5)
		for i := range ids {
			group.Go(func() {
				posted, err := r.Post(t.Context(), p)
				if err != nil {
					t.Error(err)
				}
				ids[i] = posted.Comment.ID
			})
		}
		group.Wait()
		if n := r.count(); n != 1 {
			t.Errorf("there are %d comments after five tries, answered by %v", n, ids)
		}
		again, err := r.Post(t.Context(), p)
		r.must(err)
		if !again.Again || again.Key == "" {
			t.Errorf("a retry was taken as new: %+v", again)
		}
		other := p
		other.Name, other.Address = "Ben", "192.0.2.1"
		posted, err := r.Post(t.Context(), other)
		r.must(err)
		if posted.Again {
			t.Error("the same words of another writer are taken for a retry")
		}
		r.now = r.now.Add(11 * time.Minute)
		posted, err = r.Post(t.Context(), p)
		r.must(err)
		if posted.Again {
			t.Error("the same words eleven minutes later are taken for a retry")
		}
	})
}

// TestTakenBackAndPostedAgain holds that who takes a comment back can post the same again.
func TestTakenBackAndPostedAgain(t *testing.T) {
	onEach(t, func(r *room) {
		r.mode(standfirst.ModeOpen)
		p := r.posting("Ana", "Who pays for the repair ship?", 0)
		posted, err := r.Post(t.Context(), p)
		r.must(err)
		r.must(r.Report(t.Context(), discuss.Complaint{Comment: posted.Comment.ID, Reason: standfirst.ReasonFalse, Address: "192.0.2.1"}))
		r.must(r.Delete(t.Context(), posted.Comment.ID, posted.Key))
		if c := r.comment(posted.Comment.ID); c.Text+c.HTML != "" {
			t.Errorf("of a comment that was taken back there is %+v", c)
		}
		r.want("the queue", "", r.waiting())
		again, err := r.Post(t.Context(), p)
		r.must(err)
		if again.Again || again.Comment.ID == posted.Comment.ID {
			t.Error("the same comment cannot be posted again after it was taken back")
		}
	})
}

func TestWhatIsRefused(t *testing.T) {
	onEach(t, func(r *room) {
		r.mode(standfirst.ModeOpen)
		r.update(func(tx *store.Tx) error {
			_, err := tx.InsertEntity(standfirst.Entity{Kind: standfirst.Company, Slug: "skerry-cable", Name: "Skerry Cable"})
			return err
		})
		for name, test := range map[string]struct {
			change func(*discuss.Posting)
			kind   standfirst.ErrorKind
		}{
			"no text":            {func(p *discuss.Posting) { p.Text = " \n" }, standfirst.Invalid},
			"nothing to see":     {func(p *discuss.Posting) { p.Text = "\u200b\u200b" }, standfirst.Invalid},
			"too long":           {func(p *discuss.Posting) { p.Text = strings.Repeat("a", standfirst.MaxCommentLength+1) }, standfirst.Invalid},
			"no name":            {func(p *discuss.Posting) { p.Name = "\u202e" }, standfirst.Invalid},
			"no address":         {func(p *discuss.Posting) { p.Email = "" }, standfirst.Invalid},
			"an odd address":     {func(p *discuss.Posting) { p.Email = "ana at readers" }, standfirst.Invalid},
			"a colleague's name": {func(p *discuss.Posting) { p.Name = "mara  QUIST" }, standfirst.Invalid},
			"a company's name":   {func(p *discuss.Posting) { p.Name = "Skerry cable" }, standfirst.Invalid},
			"no such story":      {func(p *discuss.Posting) { p.Story += 1000 }, standfirst.NotFound},
			"no such parent":     {func(p *discuss.Posting) { p.Parent = 1000 }, standfirst.NotFound},
		} {
			p := r.posting("Ana", "A fair question.", 0)
			test.change(&p)
			_, err := r.Post(t.Context(), p)
			if err == nil || standfirst.KindOf(err) != test.kind {
				t.Errorf("%s: got %v, want an error of kind %s", name, err, test.kind)
			}
		}
		r.mode(standfirst.ModeClosed)
		_, err := r.Post(t.Context(), r.posting("Ana", "Too late?", 0))
		r.wantKind(err, standfirst.Forbidden)
		r.must(r.SetSettings(t.Context(), standfirst.Command(), standfirst.PublicationScope, standfirst.Discussion{Mode: standfirst.ModeOpen, ClosesAfter: 2}, ""))
		r.now = r.now.Add(49 * time.Hour)
		_, err = r.Post(t.Context(), r.posting("Ana", "Too late?", 0))
		r.wantKind(err, standfirst.Forbidden)
	})
}

func TestWhatIsHeld(t *testing.T) {
	onEach(t, func(r *room) {
		settings := standfirst.Discussion{Mode: standfirst.ModeOpen, Exact: []string{"numpty"}, Loose: []string{"casino"}}
		r.must(r.SetSettings(t.Context(), standfirst.Command(), standfirst.PublicationScope, settings, ""))
		_, err := r.Talk.Ban(t.Context(), r.moderator, standfirst.Ban{Kind: standfirst.BanNetwork, Value: "203.0.113.0/24", ExpiresAt: r.now.Add(time.Hour)})
		r.must(err)
		long := "The same long question about who insures the third line, word by word."
		r.post("Zoe", long, 0)
		for name, test := range map[string]struct {
			change func(*discuss.Posting)
			rule   standfirst.Rule
		}{
			"nothing":         {func(*discuss.Posting) {}, ""},
			"a word":          {func(p *discuss.Posting) { p.Text = "What a numpty." }, standfirst.RuleWord},
			"a word within":   {func(p *discuss.Posting) { p.Text = "Numptyhood is no word." }, ""},
			"a disguised one": {func(p *discuss.Posting) { p.Text = "Best c.a.s.1.n.o around." }, standfirst.RuleWord},
			"links":           {func(p *discuss.Posting) { p.Text = "https://a.example https://b.example https://c.example" }, standfirst.RuleLinks},
			"a repeat":        {func(p *discuss.Posting) { p.Text = long }, standfirst.RuleRepeat},
			"too fast":        {func(p *discuss.Posting) { p.Opened = r.now.Add(-time.Second) }, standfirst.RuleFast},
			"a trap":          {func(p *discuss.Posting) { p.Trap = "https://shop.example" }, standfirst.RuleTrap},
			"a ban":           {func(p *discuss.Posting) { p.Address = "203.0.113.9" }, standfirst.RuleBanned},
			"promotion":       {func(p *discuss.Posting) { p.Text = "Buy Skerry shares now, they go to the moon." }, standfirst.RulePromotion},
		} {
			p := r.posting("Reader "+name, "A question: "+name+"?", 0)
			test.change(&p)
			posted, err := r.Post(t.Context(), p)
			r.must(err)
			if posted.Comment.Rule != test.rule || (test.rule == "") != (posted.Comment.State == standfirst.CommentApproved) {
				t.Errorf("%s: %s by rule %q, want %q", name, posted.Comment.State, posted.Comment.Rule, test.rule)
			}
		}
		r.must(r.HoldNow(t.Context(), r.moderator, standfirst.StoryScope(r.story.ID), true))
		if c := r.post("Yan", "Held by the button?", 0); c.Rule != standfirst.RuleEverything {
			t.Errorf("with everything held, a comment is %s by rule %q", c.State, c.Rule)
		}
		r.must(r.HoldNow(t.Context(), r.moderator, standfirst.StoryScope(r.story.ID), false))
		r.must(r.SetSettings(t.Context(), r.moderator, standfirst.StoryScope(r.story.ID), standfirst.Discussion{Opens: "10:00", Closes: "18:00"}, ""))
		if c := r.post("Xan", "Held by the hour?", 0); c.Rule != standfirst.RuleHours {
			t.Errorf("at nine, a comment is %s by rule %q", c.State, c.Rule)
		}
	})
}

func TestPace(t *testing.T) {
	onEach(t, func(r *room) {
		r.mode(standfirst.ModeOpen)
		p := r.posting("Ana", "", 0)
		for i := range 6 {
			p.Text = strings.Repeat("word ", i+1)
			_, err := r.Post(t.Context(), p)
			r.must(err)
		}
		p.Text = "one more"
		_, err := r.Post(t.Context(), p)
		r.wantKind(err, standfirst.TooMany)
		r.now = r.now.Add(61 * time.Second)
		_, err = r.Post(t.Context(), p)
		r.must(err)
	})
}

func TestBulkSpamIsDropped(t *testing.T) {
	onEach(t, func(r *room) {
		for i := range 6 {
			p := r.posting("Reader", "The very same long advertisement, sent again and again by a machine.", 0)
			p.Trap = "x"
			posted, err := r.Post(t.Context(), p)
			r.must(err)
			if posted.Dropped != (i >= 5) {
				t.Errorf("copy %d: dropped %v", i, posted.Dropped)
			}
			r.now = r.now.Add(11 * time.Minute)
		}
	})
}

func TestAnEditTakesBackWhatWasLearnt(t *testing.T) {
	onEach(t, func(r *room) {
		const before, after = "Harbour dues fell again.", "Lighthouse keepers disagree."
		posted, err := r.Post(t.Context(), r.posting("Ana", before, 0))
		r.must(err)
		r.decide(standfirst.CommentApproved, "", posted.Comment.ID)
		_, err = r.Edit(t.Context(), posted.Comment.ID, posted.Key, after)
		r.must(err)
		r.view(func(tx *store.ReadTx) error {
			features := spam.Features(spam.Message{Name: "Ana", Email: "ana@readers.example", Text: before + " " + after})
			counts, err := tx.SpamCounts(features)
			for feature, c := range counts {
				if c != (standfirst.SpamCounts{}) {
					t.Errorf("of %q the filter keeps %+v", feature, c)
				}
			}
			return err
		})
	})
}

// TestApprovalsAreOfANetwork holds that who types the e-mail address of a guest is not taken
// for that guest: approvals count where the address is confirmed, or from the same network.
func TestApprovalsAreOfANetwork(t *testing.T) {
	onEach(t, func(r *room) {
		from := func(address, text string) standfirst.Comment {
			t.Helper()
			p := r.posting("Ana", text, 0)
			p.Address = address
			posted, err := r.Post(t.Context(), p)
			r.must(err)
			return posted.Comment
		}
		first := from("192.0.2.7", "Is the third line insured?")
		r.want("the rule of a first comment", string(standfirst.RuleFirst), string(first.Rule))
		r.decide(standfirst.CommentApproved, "", first.ID)
		for address, want := range map[string]standfirst.Rule{
			"192.0.2.7": "", "192.0.2.200": "", "192.0.3.7": standfirst.RuleElsewhere, "2001:db8::1": standfirst.RuleElsewhere, "": standfirst.RuleElsewhere,
		} {
			if c := from(address, "And by whom, asks "+address+"?"); c.Rule != want {
				t.Errorf("from %q the comment is %s by rule %q, want %q", address, c.State, c.Rule, want)
			}
		}

		// Once one from there is approved, the next does not wait.
		moved := from("2001:db8:0:1::9", "I write from the ship.")
		r.decide(standfirst.CommentApproved, "", moved.ID)
		if c := from("2001:db8:0:2::1", "Still from the ship."); c.State != standfirst.CommentApproved {
			t.Errorf("from a network from which one was approved the next is held by rule %q", c.Rule)
		}

		// Who signs in is known wherever they are.
		p := r.posting("Ana", "From a train.", 0)
		p.Address, p.Reader = "198.51.100.1", r.confirmed("ana@readers.example", "Ana")
		posted, err := r.Post(t.Context(), p)
		r.must(err)
		if posted.Comment.State != standfirst.CommentApproved {
			t.Errorf("a reader who signs in is held by rule %q", posted.Comment.Rule)
		}
	})
}
