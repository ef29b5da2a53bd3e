package discuss

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"standfirst"
	"standfirst/internal/markup"
	"standfirst/internal/store"
)

// Posting is a comment as somebody sends it. Who is signed in needs neither name nor
// address.
type Posting struct {
	Story  standfirst.StoryID
	Parent standfirst.CommentID // zero for the story itself
	Name   string
	Email  string
	Text   string
	Notify bool // a mail for each answer

	Reader standfirst.ReaderID // signed in; zero for a guest
	Staff  standfirst.Staff    // signed in; zero for readers

	Address string // of the network, without a port
	Agent   string
	Trap    string    // a field that people do not see
	Opened  time.Time // no earlier than the form was made; zero if that is unknown
}

// Posted is what became of it.
type Posted struct {
	Comment standfirst.Comment
	Key     string // with which the writer comes back to it
	Again   bool   // it had been taken before
	Dropped bool   // it is bulk spam, and nothing was kept
}

// sameWithin is for how long the same words by the same writer in the same place are one
// comment.
const sameWithin = 10 * time.Minute

// Post takes a comment. It is on disk when Post returns, and readers see it from then on
// unless its state is held. The same story, parent, writer and text within ten minutes are
// one comment, however often it is sent.
//
// It returns an Invalid error that says what to change; a Forbidden one where the story
// takes no comments; a NotFound one for a story or parent that readers do not see; and a
// TooMany one, a *PaceError; an Unauthenticated one for a reader who was erased meanwhile.
func (t *Talk) Post(ctx context.Context, p Posting) (Posted, error) {
	p.clean()
	if err := p.validate(); err != nil {
		return Posted{}, err
	}
	rendered, err := markup.RenderComment(p.Text)
	if err != nil {
		return Posted{}, err
	}
	if strings.TrimSpace(rendered.Plain) == "" {
		return Posted{}, standfirst.Errorf(standfirst.Invalid, "the comment is empty")
	}
	now := t.now()
	seen, err := t.look(ctx, &p, rendered, now)
	if err != nil {
		return Posted{}, err
	}
	if seen.again != 0 {
		return t.again(ctx, seen.again)
	}
	counted := p.limits()
	if err := t.count(now, counted); err != nil {
		return Posted{}, err
	}
	ruling := judge(p, seen, rendered, now)
	if t.asksOutside(p, seen, ruling) {
		seen.verdict = t.askOutside(ctx, p, seen, now)
		ruling = judge(p, seen, rendered, now)
	}
	if ruling.drop {
		err := t.update(ctx, "count a comment", func(tx *store.Tx) error { return t.countShared(tx, now, counted) })
		if err != nil {
			return Posted{}, err
		}
		t.log.Info("bulk spam was dropped", "story", p.Story, "address", p.Address)
		return Posted{Dropped: true}, nil
	}
	c := p.comment(seen, string(rendered.HTML), ruling, now)
	return t.keep(ctx, p, c, counted, now)
}

// limits returns how much may come from where the comment comes; no limit for staff.
func (p *Posting) limits() []limit {
	if p.Staff.ID != 0 {
		return nil
	}
	return limits("comment", p.Address)
}

// clean brings what was typed into the form in which it is kept.
func (p *Posting) clean() {
	p.Text = strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(strings.ToValidUTF8(p.Text, "\uFFFD"), "\r\n", "\n"), "\r", "\n"))
	p.Name = markup.CleanName(p.Name)
	p.Email = standfirst.CleanEmail(p.Email)
	p.Agent = strings.ToValidUTF8(p.Agent[:min(len(p.Agent), standfirst.MaxCommentAgent)], "")
	if p.Staff.ID != 0 {
		p.Name, p.Email, p.Reader = p.Staff.Name, "", 0
	}
}

// guest reports whether the writer is not signed in.
func (p *Posting) guest() bool { return p.Staff.ID == 0 && p.Reader == 0 }

func (p *Posting) validate() error {
	if err := p.validateText(); err != nil {
		return err
	}
	switch {
	case p.guest() && p.Name == "":
		return standfirst.Errorf(standfirst.Invalid, "a name is needed; it is shown with the comment")
	case len(p.Name) > standfirst.MaxCommentName:
		return standfirst.Errorf(standfirst.Invalid, "the name is too long; %d characters are the most", standfirst.MaxCommentName)
	case p.guest():
		return standfirst.ValidateEmail(p.Email)
	}
	return nil
}

// validateText returns an Invalid error unless the words can stand.
func (p *Posting) validateText() error {
	switch {
	case p.Text == "":
		return standfirst.Errorf(standfirst.Invalid, "the comment is empty")
	case len(p.Text) > standfirst.MaxCommentLength:
		return standfirst.Errorf(standfirst.Invalid, "the comment is %d characters too long; %d is the most", excess(p.Text), standfirst.MaxCommentLength)
	}
	return nil
}

// excess returns about how many characters of the text are too many.
func excess(text string) int {
	return max(1, utf8.RuneCountInString(text[standfirst.MaxCommentLength:]))
}

// comment returns the comment as it is kept.
func (p *Posting) comment(seen sight, html string, r ruling, now time.Time) standfirst.Comment {
	c := standfirst.Comment{
		Story: p.Story, Parent: p.Parent, Reader: seen.writer.ID, Staff: p.Staff.ID, Name: p.Name, Text: p.Text, HTML: html,
		State: r.state, Rule: r.rule, Detail: r.detail, Notify: p.Notify, Score: r.score, Address: p.Address, Agent: p.Agent,
		Fingerprint: seen.fingerprint, Words: seen.words, CreatedAt: now,
	}
	if r.state == standfirst.CommentApproved {
		c.Shown, c.ChangedAt = true, now
	} else {
		c.QueuedAt = now
	}
	return c
}

// keep stores the comment, unless the same was stored meanwhile.
func (t *Talk) keep(ctx context.Context, p Posting, c standfirst.Comment, counted []limit, now time.Time) (Posted, error) {
	kept, again := c, standfirst.CommentID(0)
	err := t.update(ctx, "take a comment", func(tx *store.Tx) error {
		kept, again = c, 0
		err := t.countShared(tx, now, counted)
		if err != nil {
			return err
		}
		var parent standfirst.Comment
		if c.Parent != 0 {
			if parent, err = parentOf(&tx.ReadTx, c.Story, c.Parent); err != nil {
				return err
			}
		}
		if kept.Reader, err = seeWriter(tx, p, c, now); err != nil {
			return err
		}
		var fresh bool
		if kept, fresh, err = tx.InsertComment(kept, parent, now.Add(-sameWithin)); err != nil {
			return err
		}
		if !fresh { // taken since we looked, perhaps in this very commit
			if again, _, err = tx.CommentByFingerprint(c.Fingerprint, now.Add(-sameWithin)); err != nil {
				return err
			}
			return tx.CountDecisions(kept.Reader, -approvedOf(c), 0)
		}
		if !kept.Shown {
			return nil
		}
		if parent.ID != 0 {
			if err := tx.AddReplies(parent.ID, 1); err != nil {
				return err
			}
			if err := awaitNotice(tx, kept, parent, now); err != nil {
				return err
			}
		}
		tx.Touch(standfirst.CommentsTag(c.Story))
		return tx.CountComments(c.Story, 1)
	})
	if err != nil {
		return Posted{}, err
	}
	if again != 0 {
		return t.again(ctx, again)
	}
	key, err := t.Key(ctx, kept.ID)
	return Posted{Comment: kept, Key: key}, err
}

// seeWriter notes that the writer was here, and returns who it is: nobody for staff, and
// for a guest who gives the address of a reader who signs in.
func seeWriter(tx *store.Tx, p Posting, c standfirst.Comment, now time.Time) (standfirst.ReaderID, error) {
	approved := approvedOf(c)
	switch {
	case p.Staff.ID != 0:
		return 0, nil
	case p.Reader != 0:
		if _, err := signedIn(&tx.ReadTx, p.Reader); err != nil || approved == 0 {
			return p.Reader, err
		}
		return p.Reader, tx.CountDecisions(p.Reader, approved, 0)
	}
	return tx.SeeCommenter(p.Email, p.Name, now, approved)
}

// signedIn returns the reader. It returns an Unauthenticated error for one who was erased or
// forgotten since they were found to be signed in.
func signedIn(tx *store.ReadTx, id standfirst.ReaderID) (standfirst.Commenter, error) {
	reader, err := tx.Commenter(id)
	if err == nil && reader.Email == "" {
		err = standfirst.Errorf(standfirst.Unauthenticated, "you are signed out")
	}
	return reader, err
}

// approvedOf returns how many approved comments the comment is: one, or none.
func approvedOf(c standfirst.Comment) int {
	approved, _ := standing(c.State)
	return approved
}

// again returns the comment that had been taken before.
func (t *Talk) again(ctx context.Context, id standfirst.CommentID) (Posted, error) {
	posted := Posted{Again: true}
	err := t.store.View(ctx, func(tx *store.ReadTx) (err error) {
		posted.Comment, err = tx.Comment(id)
		return err
	})
	if err != nil {
		return Posted{}, err
	}
	posted.Key, err = t.Key(ctx, id)
	return posted, err
}

// parentOf returns the comment that is answered, which readers must see.
func parentOf(tx *store.ReadTx, story standfirst.StoryID, id standfirst.CommentID) (standfirst.Comment, error) {
	parent, err := tx.Comment(id)
	if err == nil && (parent.Story != story || parent.State != standfirst.CommentApproved) {
		err = standfirst.Errorf(standfirst.NotFound, "the comment that this answers is no longer there; you can still post it under the story")
	}
	return parent, err
}
