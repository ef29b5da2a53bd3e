package discuss

import (
	"context"
	"crypto/rand"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// Decision is what a moderator decides about comments.
type Decision struct {
	State  standfirst.CommentState // approved, rejected or spam
	Reason standfirst.Reason       // needed where it is rejected
	Note   string                  // for the writers; may be empty

	// Seen is when the words were read that are decided about: comments that were changed
	// since are left out. Zero decides about them as they stand.
	Seen time.Time

	// waits is since when the comment waited before a decision that is undone; zero if it did
	// not wait.
	waits time.Time

	// undecided is for a state that no moderator had decided about, and that comes back by
	// an undoing.
	undecided bool
}

// seenOverlap is how long before it was read a change counts as made since: it may not have
// been committed yet, and clocks of nodes differ.
const seenOverlap = 10 * time.Second

// outdated reports whether the words of the comment are others than those decided about.
func (d Decision) outdated(c standfirst.Comment) bool {
	return !d.Seen.IsZero() && c.EditedAt.After(d.Seen.Add(-seenOverlap))
}

func (d Decision) validate() error {
	switch {
	case d.State != standfirst.CommentApproved && d.State != standfirst.CommentRejected && d.State != standfirst.CommentSpam:
		return standfirst.Errorf(standfirst.Invalid, "a comment cannot be made %q; approve it, reject it or call it spam", d.State)
	case d.State == standfirst.CommentRejected && !d.Reason.Valid():
		return standfirst.Errorf(standfirst.Invalid, "say why: the writer is told the reason")
	case len(d.Note) > standfirst.MaxReasonLength:
		return standfirst.Errorf(standfirst.Invalid, "the note has %d bytes, %d at most", len(d.Note), standfirst.MaxReasonLength)
	}
	return nil
}

// MaxBatch is how many comments are decided about at once.
const MaxBatch = 200

// Decided is what became of a decision.
type Decided struct {
	Batch   string // undoes it; empty if nothing changed
	Changed int
	Missing []standfirst.CommentID // there are no such comments, or their words are gone or others
}

// Decide decides about comments, all or none. One that is as decided already stays so, and
// leaves the queue. Open reports are answered by it. It returns a Forbidden error for an
// objection to the actor's own decision, if there is anybody else who may decide.
func (t *Talk) Decide(ctx context.Context, actor standfirst.Actor, ids []standfirst.CommentID, d Decision) (Decided, error) {
	if err := actor.Require(standfirst.ModerateComments); err != nil {
		return Decided{}, err
	}
	if d.State == standfirst.CommentSpam {
		d.Reason = standfirst.ReasonSpam
	}
	if d.State == standfirst.CommentApproved {
		d.Reason, d.Note = "", ""
	}
	if err := d.validate(); err != nil {
		return Decided{}, err
	}
	if len(ids) > MaxBatch {
		return Decided{}, standfirst.Errorf(standfirst.Invalid, "there are %d comments, %d at most at once", len(ids), MaxBatch)
	}
	seed, err := t.seed(ctx)
	if err != nil {
		return Decided{}, err
	}
	now, batch := t.now(), rand.Text()
	var out Decided
	err = t.update(ctx, "decide about comments", func(tx *store.Tx) error {
		out = Decided{Batch: batch}
		comments, err := tx.Comments(ids)
		if err != nil {
			return err
		}
		out.Missing = missingOf(ids, comments)
		for _, c := range comments {
			if c.State == standfirst.CommentErased || c.State == standfirst.CommentDeleted || d.outdated(c) {
				out.Missing = append(out.Missing, c.ID)
				continue
			}
			changed, err := t.decide(tx, seed, actor, c, d, batch, now)
			if err != nil {
				return err
			}
			if changed {
				out.Changed++
			}
		}
		if out.Changed == 0 {
			out.Batch = ""
		}
		return nil
	})
	return out, err
}

func missingOf(ids []standfirst.CommentID, found []standfirst.Comment) (missing []standfirst.CommentID) {
	known := make(map[standfirst.CommentID]bool, len(found))
	for _, c := range found {
		known[c.ID] = true
	}
	for _, id := range ids {
		if !known[id] {
			missing = append(missing, id)
		}
	}
	return missing
}

// decide applies the decision to one comment.
func (t *Talk) decide(tx *store.Tx, seed []byte, actor standfirst.Actor, c standfirst.Comment, d Decision, batch string, now time.Time) (changed bool, err error) {
	if err := t.resolveReports(tx, seed, actor, c, d.State, now); err != nil {
		return false, err
	}
	if c.State == d.State && c.Reason == d.Reason && c.Note == d.Note && !c.DecidedAt.IsZero() {
		return false, tx.UnqueueComment(c.ID)
	}
	decision := standfirst.CommentDecision{
		Batch: batch, Comment: c.ID, At: now, Staff: staffOf(actor), Actor: actor.String(),
		Was: c.State, WasRule: c.Rule, WasReason: c.Reason, WasNote: c.Note, WasQueuedAt: c.QueuedAt,
		Became: d.State, Reason: d.Reason, Note: d.Note,
	}
	if _, err := tx.InsertDecision(decision); err != nil {
		return false, err
	}
	if err := t.become(tx, c, d, now); err != nil {
		return false, err
	}
	return true, tx.Audit(standfirst.AuditEntry{At: now, Actor: actor, Action: "comment." + string(d.State), Object: commentObject(c.ID), Detail: string(d.Reason)})
}

// become brings the comment into the state and everything that depends on it: its place in
// the thread, the count, what is known of its writer, and the filter.
func (t *Talk) become(tx *store.Tx, c standfirst.Comment, d Decision, now time.Time) error {
	next := c
	next.State, next.Reason, next.Note, next.DecidedAt, next.QueuedAt = d.State, d.Reason, d.Note, now, d.waits
	was, is := c.State == standfirst.CommentApproved, d.State == standfirst.CommentApproved
	if was || is {
		next.ChangedAt = now
		tx.Touch(standfirst.CommentsTag(c.Story))
	}
	if d.State == standfirst.CommentHeld && d.waits.IsZero() {
		next.QueuedAt = now
	}
	if d.State == standfirst.CommentHeld || d.undecided {
		next.DecidedAt = time.Time{}
	}
	if err := tx.SetCommentState(next); err != nil {
		return err
	}
	email, err := t.countDecision(tx, c, d.State)
	if err != nil {
		return err
	}
	taught := d.State
	if d.undecided {
		taught = ""
	}
	if err := learn(tx, c, email, !c.DecidedAt.IsZero(), taught); err != nil {
		return err
	}
	if err := tellLater(tx, c, d.State, now); err != nil {
		return err
	}
	if err := tellOutsideLater(tx, c, d.State, now); err != nil {
		return err
	}
	switch {
	case is && !was:
		return appear(tx, c, now)
	case was && !is:
		return hide(tx, c, now)
	}
	return nil
}

// appear shows a comment, and sees to it that whoever it answers is told.
func appear(tx *store.Tx, c standfirst.Comment, now time.Time) error {
	if err := show(tx, c, now); err != nil || c.Parent == 0 {
		return err
	}
	above, err := tx.Comment(c.Parent)
	if err != nil {
		return err
	}
	return awaitNotice(tx, c, above, now)
}

// countDecision changes what is known of the writer, and returns their address.
func (t *Talk) countDecision(tx *store.Tx, c standfirst.Comment, next standfirst.CommentState) (email string, err error) {
	if c.Reader == 0 {
		return "", nil
	}
	wasApproved, wasRejected := standing(c.State)
	isApproved, isRejected := standing(next)
	if err := tx.CountDecisions(c.Reader, isApproved-wasApproved, isRejected-wasRejected); err != nil {
		return "", err
	}
	writer, err := tx.Commenter(c.Reader)
	return writer.Email, err
}

func standing(s standfirst.CommentState) (approved, rejected int) {
	switch s {
	case standfirst.CommentApproved:
		return 1, 0
	case standfirst.CommentRejected, standfirst.CommentSpam:
		return 0, 1
	}
	return 0, 0
}

func staffOf(actor standfirst.Actor) standfirst.UserID {
	if actor.Kind == standfirst.ActorStaff {
		return actor.ID
	}
	return 0
}

// Undo takes back the decisions of the batch that still stand and that nobody decided over
// since. It returns a NotFound error if there is none.
func (t *Talk) Undo(ctx context.Context, actor standfirst.Actor, batch string) (undone int, err error) {
	if err := actor.Require(standfirst.ModerateComments); err != nil {
		return 0, err
	}
	now := t.now()
	err = t.update(ctx, "undo a decision", func(tx *store.Tx) error {
		undone = 0
		decisions, err := tx.DecisionsOfBatch(batch)
		if err != nil {
			return err
		}
		for _, d := range decisions {
			c, err := tx.Comment(d.Comment)
			if err != nil {
				return err
			}
			last, err := lastStanding(&tx.ReadTx, d.Comment)
			if err != nil {
				return err
			}
			if c.State != d.Became || last != d.ID {
				continue
			}
			if fresh, err := tx.UndoDecision(d.ID, now); err != nil || !fresh {
				return err
			}
			if err := untellReporters(tx, d); err != nil {
				return err
			}
			before, err := lastStanding(&tx.ReadTx, d.Comment)
			if err != nil {
				return err
			}
			c.Rule = d.WasRule
			if err := t.become(tx, c, Decision{State: d.Was, Reason: d.WasReason, Note: d.WasNote, waits: d.WasQueuedAt, undecided: before == 0}, now); err != nil {
				return err
			}
			if err := reopen(tx, d, now); err != nil {
				return err
			}
			if err := tx.Audit(standfirst.AuditEntry{At: now, Actor: actor, Action: "comment.undo", Object: commentObject(c.ID), Detail: string(d.Became)}); err != nil {
				return err
			}
			undone++
		}
		if undone == 0 {
			return standfirst.Errorf(standfirst.NotFound, "there is nothing to undo any more: it was undone, or somebody decided again since")
		}
		return nil
	})
	return undone, err
}

// decisionsBack is how many decisions about a comment are looked through for one that stands.
const decisionsBack = 20

// lastStanding returns the last decision about the comment that was not undone; zero for none.
func lastStanding(tx *store.ReadTx, id standfirst.CommentID) (standfirst.DecisionID, error) {
	decisions, err := tx.Decisions(id, decisionsBack)
	for _, d := range decisions {
		if d.UndoneAt.IsZero() {
			return d.ID, nil
		}
	}
	return 0, err
}

// reopen takes back that the decision answered reports: the comment waits again for who
// answers them.
func reopen(tx *store.Tx, d standfirst.CommentDecision, now time.Time) error {
	open, err := tx.ReopenReports(d.Comment, d.At)
	if err != nil || !open {
		return err
	}
	return tx.QueueComment(d.Comment, standfirst.RuleReported, now)
}

// resolveReports answers what is reported of the comment by a decision about it, but for
// legal complaints, which are answered one by one.
func (t *Talk) resolveReports(tx *store.Tx, seed []byte, actor standfirst.Actor, c standfirst.Comment, state standfirst.CommentState, now time.Time) error {
	open, err := tx.OpenReports([]standfirst.CommentID{c.ID})
	if err != nil {
		return err
	}
	for _, r := range open {
		if r.Kind == standfirst.ReportLegal {
			continue
		}
		if r.Kind == standfirst.ReportObjection {
			if err := notToOneself(&tx.ReadTx, actor, c.ID); err != nil {
				return err
			}
		}
		if _, err := tx.ResolveReport(r.ID, now, actor.String(), string(state)); err != nil {
			return err
		}
		l := reportLetter{Stays: state == standfirst.CommentApproved}
		if err := t.tellReporter(tx, seed, c, r, l, standfirst.Mail{Key: reportMailKey(r.ID)}, now.Add(tellAfter)); err != nil {
			return err
		}
	}
	return nil
}
