package discuss

import (
	"context"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// tellAfter is how long a decision stands before anybody is told of it by mail, so that one
// that is undone at once is never told.
const tellAfter = 10 * time.Minute

// tellLater sees to it that the writer is told what became of the comment, if a moderator
// did not let it stand now, or had not before.
func tellLater(tx *store.Tx, was standfirst.Comment, became standfirst.CommentState, now time.Time) error {
	if was.Reader == 0 || was.State != standfirst.CommentRejected && became != standfirst.CommentRejected {
		return nil
	}
	return enqueueAbout(tx, standfirst.JobTellWriter, was.ID, now.Add(tellAfter))
}

// rejection names the decision by which the comment does not stand; empty for one that does,
// and for spam, about which nobody is written to.
func rejection(c standfirst.Comment) string {
	if c.State != standfirst.CommentRejected {
		return ""
	}
	return string(c.Reason) + " " + digest(c.Note)
}

// statementLetter is the mail with the reasons of a decision, or that it is no more.
type statementLetter struct {
	letterhead
	WasShown   bool
	Text       string
	Reason     word
	Note       string
	HouseRules string
	Held       string // by which rule it was held without a person; may be empty
}

// TellJob tells the writer of a comment why it does not stand, or that it does again, unless
// they were told. It is the handler of [standfirst.JobTellWriter].
func (t *Talk) TellJob(ctx context.Context, job standfirst.Job) error {
	return t.about(ctx, job, "tell the outcome", func(tx *store.Tx, id standfirst.CommentID, seed []byte, now time.Time) error {
		c, err := tx.Comment(id)
		if err != nil {
			return err
		}
		told, err := tx.Told(id)
		is := rejection(c)
		if err != nil || is == told || is == "" && c.State != standfirst.CommentApproved {
			return err
		}
		head, ok, err := t.letterhead(&tx.ReadTx, seed, c)
		if err != nil || !ok || head.writer.Email == "" {
			return err
		}
		if wait, err := guestWaits(tx, head.writer, now); err != nil {
			return err
		} else if wait > 0 {
			return enqueueAbout(tx, standfirst.JobTellWriter, id, now.Add(wait))
		}
		if err := tx.SetTold(id, is); err != nil {
			return err
		}
		l := statementLetter{letterhead: head, WasShown: !c.ChangedAt.IsZero(), Text: c.Text, Reason: word(c.Reason), Note: c.Note}
		kind := "reversed"
		if is != "" {
			kind = "statement"
			if err := l.explain(&tx.ReadTx); err != nil {
				return err
			}
		}
		return enqueueLetter(tx, kind, l, standfirst.Mail{To: head.writer.Email, ToName: c.Name}, now)
	})
}

// explain adds the rules of the house, and the rule that held the comment.
func (l *statementLetter) explain(tx *store.ReadTx) error {
	settings, err := PublicationSettings(tx)
	if err != nil {
		return err
	}
	l.HouseRules = settings.HouseRules
	l.Held, err = letterWord(letterWords(), "held."+string(l.comment.Rule))
	return err
}

// reportLetter is the mail that answers a report or an objection.
type reportLetter struct {
	letterhead
	Objection bool
	Said      string
	Reason    word
	Outcome   string // in the words of who answers; empty where a decision is the answer
	Stays     bool
}

// tellReporter enqueues the answer to who reported the comment or objected, where they left
// an address. The letter's own fields are filled in; who objected is told of a comment that
// stands again by another mail.
func (t *Talk) tellReporter(tx *store.Tx, seed []byte, c standfirst.Comment, r standfirst.Report, l reportLetter, m standfirst.Mail, at time.Time) error {
	l.Objection = r.Kind == standfirst.ReportObjection
	if l.Objection && (l.Stays || c.Reader == 0) || !l.Objection && r.Email == "" {
		return nil
	}
	head, ok, err := t.letterhead(&tx.ReadTx, seed, c)
	if err != nil || !ok {
		return err
	}
	m.To, m.ToName = r.Email, r.Name
	if l.Objection {
		m.To, m.ToName = head.writer.Email, c.Name
	} else {
		head.Own = ""
	}
	if m.To == "" {
		return nil
	}
	l.letterhead, l.Said, l.Reason = head, r.Text, word(r.Reason)
	return enqueueLetter(tx, "report", l, m, at)
}

// reportMailKey is that of the mail by which a decision answers the report.
func reportMailKey(id standfirst.ReportID) string { return "report:" + id.String() }

// untellReporters takes back the mails about a decision that is undone, those that have not
// gone out. It must come before the reports are open again.
func untellReporters(tx *store.Tx, d standfirst.CommentDecision) error {
	reports, err := tx.AnsweredReports(d.Comment, d.At)
	if err != nil {
		return err
	}
	for _, id := range reports {
		if err := tx.CancelJob("mail:" + reportMailKey(id)); err != nil {
			return err
		}
	}
	return nil
}
