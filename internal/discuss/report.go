package discuss

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/markup"
	"standfirst/internal/store"
)

// answerWithin is until when a legal complaint or an objection is to be answered. The
// Digital Services Act asks for an answer in time and without undue delay (Regulation (EU)
// 2022/2065, articles 16 and 20) and names no number of days; a week is what national laws
// asked for before it.
const answerWithin = 7 * 24 * time.Hour

// Complaint is what somebody says against a comment.
type Complaint struct {
	Comment standfirst.CommentID
	Reason  standfirst.Reason
	Legal   bool   // it is said to be against the law
	Text    string // needed for a legal one: what law, and why
	Name    string // needed for a legal one
	Email   string // the same: where to answer
	Address string
}

// Report takes a complaint. The comment goes to the moderators; a legal complaint keeps it
// as it stood. One that came from the same address before is not counted again. It returns
// an Invalid error that says what is missing, and a NotFound one for a comment that readers
// do not see.
func (t *Talk) Report(ctx context.Context, c Complaint) error {
	c.Text = strings.TrimSpace(strings.ToValidUTF8(c.Text, "\uFFFD"))
	c.Name, c.Email = markup.CleanName(c.Name), standfirst.CleanEmail(c.Email)
	if err := c.validate(); err != nil {
		return err
	}
	now := t.now()
	limits := limits("report", c.Address)
	if err := t.count(now, limits); err != nil {
		return err
	}
	return t.update(ctx, "report comment "+c.Comment.String(), func(tx *store.Tx) error {
		if err := t.countShared(tx, now, limits); err != nil {
			return err
		}
		comment, err := tx.Comment(c.Comment)
		if err != nil {
			return err
		}
		story, err := tx.Story(comment.Story)
		if err != nil {
			return err
		}
		if comment.State != standfirst.CommentApproved || !Talks(story) {
			return standfirst.Errorf(standfirst.NotFound, "this comment is no longer there")
		}
		r := standfirst.Report{
			Comment: c.Comment, Kind: standfirst.ReportReader, Reason: c.Reason, Text: c.Text, Name: c.Name, Email: c.Email,
			Address: c.Address, Evidence: evidence(comment, c.Legal), CreatedAt: now,
		}
		if c.Legal {
			r.Kind, r.DueAt = standfirst.ReportLegal, now.Add(answerWithin)
		}
		open, err := tx.OpenReports([]standfirst.CommentID{c.Comment})
		if err != nil {
			return err
		}
		for _, known := range open {
			if known.Kind == r.Kind && known.Address == r.Address && r.Kind == standfirst.ReportReader {
				return nil
			}
		}
		if _, err := tx.InsertReport(r); err != nil {
			return err
		}
		return tx.QueueComment(c.Comment, standfirst.RuleReported, now)
	})
}

func (c Complaint) validate() error {
	switch {
	case !c.Reason.Valid():
		return standfirst.Errorf(standfirst.Invalid, "choose what is wrong with the comment")
	case len(c.Text) > standfirst.MaxReportLength:
		return standfirst.Errorf(standfirst.Invalid, "what you say has %d bytes, %d at most", len(c.Text), standfirst.MaxReportLength)
	case len(c.Name) > standfirst.MaxName:
		return standfirst.Errorf(standfirst.Invalid, "the name is too long")
	case c.Reason == standfirst.ReasonUnlawful && !c.Legal:
		return standfirst.Errorf(standfirst.Invalid, "what is against the law is a legal complaint: say which words are against which law, and give your name and e-mail address, so that we can answer you; or choose another reason")
	case !c.Legal && c.Email == "":
		return nil
	case c.Legal && c.Text == "":
		return standfirst.Errorf(standfirst.Invalid, "say which words are against which law, and why")
	case c.Legal && c.Name == "":
		return standfirst.Errorf(standfirst.Invalid, "a legal complaint needs your name")
	}
	return standfirst.ValidateEmail(c.Email)
}

func validReport(text string) error {
	switch {
	case text == "":
		return standfirst.Errorf(standfirst.Invalid, "say why you do not agree")
	case len(text) > standfirst.MaxReportLength:
		return standfirst.Errorf(standfirst.Invalid, "what you say has %d bytes, %d at most", len(text), standfirst.MaxReportLength)
	}
	return nil
}

// evidence returns the comment as it stands, as JSON: what was typed, what was shown, by
// whom and when; and from where for a legal complaint alone, which is kept until it is
// answered. Other reports outlive the time for which addresses are kept.
func evidence(c standfirst.Comment, legal bool) string {
	kept := map[string]any{
		"comment": c.ID, "name": c.Name, "text": c.Text, "html": c.HTML, "state": c.State, "createdAt": c.CreatedAt, "editedAt": c.EditedAt,
	}
	if legal {
		kept["address"] = c.Address
	}
	b, err := json.Marshal(kept)
	if err != nil {
		panic("discuss: evidence: " + err.Error()) // texts and times always marshal
	}
	return string(b)
}

// Answer answers a report: what was done is told to who asked, where they left an address.
func (t *Talk) Answer(ctx context.Context, actor standfirst.Actor, id standfirst.ReportID, outcome string) error {
	if err := actor.Require(standfirst.ModerateComments); err != nil {
		return err
	}
	if outcome = strings.TrimSpace(outcome); outcome == "" || len(outcome) > standfirst.MaxReasonLength {
		return standfirst.Errorf(standfirst.Invalid, "say in at most %d bytes what was done", standfirst.MaxReasonLength)
	}
	seed, err := t.seed(ctx)
	if err != nil {
		return err
	}
	now := t.now()
	return t.update(ctx, "answer a report", func(tx *store.Tx) error {
		r, err := tx.Report(id)
		if err != nil {
			return err
		}
		if r.Kind == standfirst.ReportObjection {
			if err := notToOneself(&tx.ReadTx, actor, r.Comment); err != nil {
				return err
			}
		}
		if open, err := tx.ResolveReport(id, now, actor.String(), outcome); err != nil {
			return err
		} else if !open {
			return standfirst.Errorf(standfirst.Conflict, "this report was answered already")
		}
		c, err := tx.Comment(r.Comment)
		if err != nil {
			return err
		}
		if err := t.tellReporter(tx, seed, c, r, reportLetter{Outcome: outcome}, standfirst.Mail{}, now); err != nil {
			return err
		}
		if c.State == standfirst.CommentErased { // the evidence was kept for the answer alone
			if err := tx.EraseReports(c.ID); err != nil {
				return err
			}
		}
		if err := t.leaveQueue(tx, r.Comment); err != nil {
			return err
		}
		return tx.Audit(standfirst.AuditEntry{At: now, Actor: actor, Action: "report.answer", Object: commentObject(r.Comment), Detail: string(r.Kind)})
	})
}

// notToOneself returns a Forbidden error if the last decision about the comment that stands
// was the actor's, so that somebody else is to look at an objection to it; unless there is
// nobody else who may.
func notToOneself(tx *store.ReadTx, actor standfirst.Actor, id standfirst.CommentID) error {
	staff := staffOf(actor)
	if staff == 0 {
		return nil
	}
	decisions, err := tx.Decisions(id, decisionsBack)
	if err != nil {
		return err
	}
	for _, d := range decisions {
		if !d.UndoneAt.IsZero() {
			continue
		}
		if d.Staff != staff {
			return nil
		}
		others, err := tx.HasOtherIn(standfirst.RolesThat(standfirst.ModerateComments), staff)
		if err == nil && others {
			err = standfirst.Errorf(standfirst.Forbidden, "the writer of comment %s objects to a decision of yours: a colleague decides about that", id)
		}
		return err
	}
	return nil
}

// leaveQueue takes the comment out of the queue if nothing about it waits any more.
func (t *Talk) leaveQueue(tx *store.Tx, id standfirst.CommentID) error {
	open, err := tx.OpenReports([]standfirst.CommentID{id})
	if err != nil || len(open) > 0 {
		return err
	}
	c, err := tx.Comment(id)
	if err != nil || c.State == standfirst.CommentHeld {
		return err
	}
	return tx.UnqueueComment(id)
}

// LegalReports returns the reports that must be answered by a time, the most urgent first,
// after the one given; the zero report is before the first.
func (t *Talk) LegalReports(ctx context.Context, actor standfirst.Actor, after standfirst.Report, limit int) (list []standfirst.Report, err error) {
	if err := actor.Require(standfirst.ModerateComments); err != nil {
		return nil, err
	}
	err = t.store.View(ctx, func(tx *store.ReadTx) error {
		list, err = tx.DueReports(after.DueAt, after.ID, limit)
		return err
	})
	return list, err
}
