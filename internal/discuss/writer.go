package discuss

import (
	"context"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/discuss/akismet"
	"standfirst/internal/markup"
	"standfirst/internal/store"
)

// Own is a comment as its writer sees it.
type Own struct {
	Comment  standfirst.Comment
	Story    standfirst.Story
	Until    time.Time // until when its words can be changed; zero for no longer
	Objected bool      // the writer objects to the decision, and waits for an answer
	Reports  []standfirst.Report

	settings standfirst.Discussion
}

// CanDelete reports whether there is anything left to take back.
func (o Own) CanDelete() bool {
	return o.Comment.State == standfirst.CommentApproved || o.Comment.State == standfirst.CommentHeld
}

// CanObject reports whether there is a decision to object to.
func (o Own) CanObject() bool {
	return !o.Objected && (o.Comment.State == standfirst.CommentRejected || o.Comment.State == standfirst.CommentSpam)
}

// ownReports bounds how many reports of a comment are looked through for objections.
const ownReports = 50

// Own returns the comment to whom has its key. It returns a NotFound error for any other.
func (t *Talk) Own(ctx context.Context, id standfirst.CommentID, key string) (own Own, err error) {
	if err := t.signed(ctx, "comment", int64(id), key); err != nil {
		return Own{}, err
	}
	now := t.now()
	err = t.store.View(ctx, func(tx *store.ReadTx) error {
		own, err = readOwn(tx, id, now)
		return err
	})
	return own, err
}

func readOwn(tx *store.ReadTx, id standfirst.CommentID, now time.Time) (own Own, err error) {
	if own.Comment, err = tx.Comment(id); err != nil {
		return own, err
	}
	if own.Story, err = tx.Story(own.Comment.Story); err != nil {
		return own, err
	}
	if own.settings, err = Settings(tx, own.Story); err != nil {
		return own, err
	}
	if until := own.Comment.CreatedAt.Add(time.Duration(own.settings.EditMinutes) * time.Minute); own.CanDelete() && now.Before(until) {
		own.Until = until
	}
	reports, err := tx.ReportsOf(id, ownReports)
	for _, r := range reports {
		if r.Kind != standfirst.ReportObjection {
			continue
		}
		own.Reports = append(own.Reports, r)
		own.Objected = own.Objected || r.ResolvedAt.IsZero()
	}
	return own, err
}

// Edit changes the words of a comment for whom has its key, while that is possible. The
// rules look at it again; what a moderator had approved waits for one again. It returns an
// Invalid error that says what to change and a Forbidden one when it is too late.
func (t *Talk) Edit(ctx context.Context, id standfirst.CommentID, key, words string) (Own, error) {
	own, err := t.Own(ctx, id, key)
	if err != nil {
		return Own{}, err
	}
	p := Posting{
		Story: own.Comment.Story, Parent: own.Comment.Parent, Name: own.Comment.Name, Text: words, Reader: own.Comment.Reader,
		Address: own.Comment.Address, Agent: own.Comment.Agent,
	}
	p.clean()
	switch {
	case own.Until.IsZero():
		return Own{}, standfirst.Errorf(standfirst.Forbidden, "it is too late to change this comment")
	case p.Text == own.Comment.Text:
		return own, nil
	}
	if err := p.validateText(); err != nil {
		return Own{}, err
	}
	rendered, err := markup.RenderComment(p.Text)
	if err != nil {
		return Own{}, err
	}
	now := t.now()
	verdict, err := t.askOfEdit(ctx, own, p, now)
	if err != nil {
		return Own{}, err
	}
	err = t.update(ctx, "edit comment "+id.String(), func(tx *store.Tx) error {
		if own, err = readOwn(&tx.ReadTx, id, now); err != nil {
			return err
		}
		if own.Until.IsZero() {
			return standfirst.Errorf(standfirst.Conflict, "a moderator decided about this comment meanwhile")
		}
		if err := t.editIn(tx, own.Comment, p, rendered, verdict, now); err != nil {
			return err
		}
		own, err = readOwn(&tx.ReadTx, id, now)
		return err
	})
	return own, err
}

// editIn stores the new words and holds the comment if they must be looked at.
func (t *Talk) editIn(tx *store.Tx, c standfirst.Comment, p Posting, rendered markup.RenderedComment, verdict akismet.Verdict, now time.Time) error {
	story, err := tx.Story(c.Story)
	if err != nil {
		return err
	}
	s := sight{verdict: verdict}
	if s.settings, err = Settings(&tx.ReadTx, story); err != nil {
		return err
	}
	pub, err := tx.Publication()
	if err != nil {
		return err
	}
	s.zone = pub.Location()
	if c.Reader != 0 {
		if s.writer, err = tx.Commenter(c.Reader); err != nil {
			return err
		}
		p.Email = s.writer.Email
	}
	place, err := t.place(&tx.ReadTx, c.Story, now, notRemembered)
	if err == nil {
		s.list = place.list
	} else if kind := standfirst.KindOf(err); kind != standfirst.Forbidden && kind != standfirst.NotFound {
		return err
	}
	learnt, err := tx.SpamCounts([]string{totalFeature})
	if err != nil {
		return err
	}
	if s.score, err = t.filter.score(&tx.ReadTx, p.message(rendered), learnt[totalFeature], notRemembered); err != nil {
		return err
	}
	if c.Staff != 0 {
		p.Staff.ID = c.Staff
	}
	if s.bans, err = tx.BansOn(banned(&p), now); err != nil {
		return err
	}
	r := judge(p, s, rendered, now)
	decided := !c.DecidedAt.IsZero()
	edited := c
	edited.Text, edited.HTML, edited.Score, edited.EditedAt = p.Text, string(rendered.HTML), s.score, now
	edited.Fingerprint, edited.Words = p.fingerprint(), ""
	if len(rendered.Plain) >= repeatsFrom {
		edited.Words = digest(rendered.Plain)
	}
	if c.State == standfirst.CommentApproved {
		edited.ChangedAt = now
		tx.Touch(standfirst.CommentsTag(c.Story))
	}
	if err := tx.EditComment(edited); err != nil || c.State != standfirst.CommentApproved || c.Staff != 0 {
		return err
	}
	if !decided && r.state == standfirst.CommentApproved {
		return nil
	}
	edited.Text = c.Text // the filter takes back what it learnt of the words that were decided about
	edited.Rule = r.rule
	if decided || edited.Rule == "" {
		edited.Rule = standfirst.RuleEdited
	}
	return t.become(tx, edited, Decision{State: standfirst.CommentHeld}, now)
}

// Delete takes a comment back for whom has its key. Its words are gone; where answers to it
// are shown, a stub stays, and a legal complaint keeps what it is about. It returns a Conflict error if there is nothing left to take back.
func (t *Talk) Delete(ctx context.Context, id standfirst.CommentID, key string) error {
	if err := t.signed(ctx, "comment", int64(id), key); err != nil {
		return err
	}
	seed, err := t.seed(ctx)
	if err != nil {
		return err
	}
	now := t.now()
	return t.update(ctx, "delete comment "+id.String(), func(tx *store.Tx) error {
		own, err := readOwn(&tx.ReadTx, id, now)
		if err != nil {
			return err
		}
		if !own.CanDelete() {
			return standfirst.Errorf(standfirst.Conflict, "this comment was taken away already")
		}
		if err := t.become(tx, own.Comment, Decision{State: standfirst.CommentDeleted}, now); err != nil {
			return err
		}
		actor := standfirst.Actor{Kind: standfirst.ActorReader, Role: standfirst.Reader}
		if err := t.resolveReports(tx, seed, actor, own.Comment, standfirst.CommentDeleted, now); err != nil {
			return err
		}
		if err := tx.ForgetWords(id); err != nil {
			return err
		}
		return tx.Audit(standfirst.AuditEntry{At: now, Actor: actor, Action: "comment.delete", Object: commentObject(id)})
	})
}

// Object lets the writer of a comment that was taken away object to the decision. The
// comment waits for a moderator again.
func (t *Talk) Object(ctx context.Context, id standfirst.CommentID, key, text string) error {
	if err := t.signed(ctx, "comment", int64(id), key); err != nil {
		return err
	}
	text = strings.TrimSpace(strings.ToValidUTF8(text, "\uFFFD"))
	if err := validReport(text); err != nil {
		return err
	}
	now := t.now()
	return t.update(ctx, "object about comment "+id.String(), func(tx *store.Tx) error {
		own, err := readOwn(&tx.ReadTx, id, now)
		if err != nil {
			return err
		}
		if !own.CanObject() {
			return standfirst.Errorf(standfirst.Conflict, "there is no decision to object to, or your objection is with us already")
		}
		if _, err := tx.InsertReport(standfirst.Report{
			Comment: id, Kind: standfirst.ReportObjection, Text: text, Evidence: evidence(own.Comment, false), CreatedAt: now, DueAt: now.Add(answerWithin),
		}); err != nil {
			return err
		}
		if err := tx.SetTold(id, rejection(own.Comment)); err != nil { // they know of the decision
			return err
		}
		return tx.QueueComment(id, standfirst.RuleObjection, now)
	})
}
