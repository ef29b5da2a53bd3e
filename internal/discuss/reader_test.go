package discuss_test

import (
	"testing"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/store"
)

// confirmed returns a reader whose address is confirmed.
func (r *room) confirmed(email, name string) (id standfirst.ReaderID) {
	r.t.Helper()
	r.update(func(tx *store.Tx) (err error) { id, err = tx.ConfirmCommenter(email, name, r.now); return err })
	return id
}

func TestReadersOwn(t *testing.T) {
	onEach(t, func(r *room) {
		r.mode(standfirst.ModeOpen)
		guest := r.post("Ana", "Written before the address was confirmed.", 0)
		ana := r.confirmed("ana@readers.example", "Ana Quill")
		p := r.posting("", "Written by Ana.", 0)
		p.Reader, p.Email = ana, ""
		posted, err := r.Post(t.Context(), p)
		r.must(err)
		r.want("the name", "Ana Quill", posted.Comment.Name)
		r.post("Ben", "An answer.", posted.Comment.ID)

		mine, err := r.Mine(t.Context(), ana, 0, 10)
		r.must(err)
		if len(mine) != 2 || mine[0].Comment.ID != posted.Comment.ID || mine[0].Key != posted.Key || mine[1].Comment.ID != guest.ID {
			t.Fatalf("the reader's comments are %+v", mine)
		}
		r.want("the headline", r.story.Headline, mine[0].Headline)
		if mine, err = r.Mine(t.Context(), ana, posted.Comment.ID, 10); err != nil || len(mine) != 1 {
			t.Errorf("before the last there are %d comments (%v)", len(mine), err)
		}

		for _, name := range []string{"", "\u202e", "mara QUIST"} {
			r.wantKind(r.Rename(t.Context(), ana, name), standfirst.Invalid)
		}
		r.must(r.Rename(t.Context(), ana, "  Ana   Q. "))
		person, err := r.ExportOwn(t.Context(), ana)
		r.must(err)
		r.want("the name of the reader", "Ana Q.", person.Reader.Name)
		r.want("the name of a comment", "Ana Quill", person.Comments[0].Name)

		erased, err := r.EraseOwn(t.Context(), ana)
		r.must(err)
		if erased != 2 {
			t.Errorf("%d comments were erased", erased)
		}
		r.want("the thread", "- >Ben", r.thread(standfirst.OldestFirst, 10))
		p.Text = "Sent while everything was deleted."
		_, err = r.Post(t.Context(), p)
		r.wantKind(err, standfirst.Unauthenticated)
		if c := r.comment(posted.Comment.ID); c.Text != "" || c.Name != "" || c.Reader != 0 || c.State != standfirst.CommentErased {
			t.Errorf("an erased comment is %+v", c)
		}
		r.view(func(tx *store.ReadTx) error {
			_, err := tx.CommenterByEmail("ana@readers.example")
			r.wantKind(err, standfirst.NotFound)
			return nil
		})
	})
}

func TestAGuestWithAReadersAddress(t *testing.T) {
	onEach(t, func(r *room) {
		r.mode(standfirst.ModeOpen)
		ana := r.confirmed("ana@readers.example", "Ana")
		c := r.post("Ana", "It is me, honestly.", 0)
		r.want("the rule", string(standfirst.RuleUnproven), string(c.Rule))
		if mine, err := r.Mine(t.Context(), ana, 0, 10); err != nil || len(mine) != 0 {
			t.Errorf("the reader has %d comments (%v)", len(mine), err)
		}
		// What becomes of it is not told to an address that may not be the writer's.
		r.decide(standfirst.CommentRejected, standfirst.ReasonOther, c.ID)
		r.now = r.now.AddDate(0, 0, 1)
		if mails := r.work(); len(mails) != 0 {
			t.Errorf("mails go out: %+v", mails)
		}
	})
}

func TestNobodyWritesInAReadersNameByAnotherRule(t *testing.T) {
	onEach(t, func(r *room) {
		r.mode(standfirst.ModeOpen)
		ana := r.confirmed("ana@readers.example", "Ana")
		_, err := r.Ban(t.Context(), r.moderator, standfirst.Ban{Kind: standfirst.BanName, Value: "Eve", ExpiresAt: r.now.AddDate(0, 0, 7)})
		r.must(err)
		trapped, banned := r.posting("Mallory", "Caught by the field that nobody sees.", 0), r.posting("Eve", "Held because of a ban.", 0)
		trapped.Email, trapped.Trap, banned.Email = "ana@readers.example", "x", "ana@readers.example"
		for want, p := range map[standfirst.Rule]discuss.Posting{standfirst.RuleTrap: trapped, standfirst.RuleBanned: banned} {
			posted, err := r.Post(t.Context(), p)
			r.must(err)
			r.want("the rule", string(want), string(posted.Comment.Rule))
			r.decide(standfirst.CommentRejected, standfirst.ReasonOther, posted.Comment.ID)
		}
		person, err := r.ExportOwn(t.Context(), ana)
		r.must(err)
		if reader := person.Reader; reader.Name != "Ana" || reader.Rejected != 0 || len(person.Comments) != 0 {
			t.Errorf("what others wrote is kept of the reader: %+v", person)
		}
	})
}
