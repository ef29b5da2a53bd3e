package store

import (
	"math"
	"time"

	"standfirst"
)

// Comment returns the comment with the identifier, whatever its state.
func (tx *ReadTx) Comment(id standfirst.CommentID) (standfirst.Comment, error) {
	c, err := one(tx, scanComment, "Comment", int64(id))
	return c, missing(err, "there is no comment %d", id)
}

// Comments returns those of the comments that there are, by number.
func (tx *ReadTx) Comments(ids []standfirst.CommentID) ([]standfirst.Comment, error) {
	return all(tx, scanComment, "CommentsIn", toList(ids))
}

// CommentsByState returns the last limit comments in the state before the one given, or
// before none for zero, the newest first.
func (tx *ReadTx) CommentsByState(state standfirst.CommentState, before standfirst.CommentID, limit int) ([]standfirst.Comment, error) {
	return all(tx, scanComment, "CommentsByState", string(state), beforeID(before), int64(limit))
}

// CommentsByReader returns the last limit comments of the writer before the one given, or
// before none for zero, the newest first.
func (tx *ReadTx) CommentsByReader(reader standfirst.ReaderID, before standfirst.CommentID, limit int) ([]standfirst.Comment, error) {
	return all(tx, scanComment, "CommentsByReader", int64(reader), beforeID(before), int64(limit))
}

// OriginsOf returns from which addresses the writer's last limit comments came, the newest
// first; "" for one that readers do not see, or whose address is not kept any more.
func (tx *ReadTx) OriginsOf(reader standfirst.ReaderID, limit int) ([]string, error) {
	return all(tx, scanText, "OriginsOf", int64(reader), int64(limit))
}

func beforeID[T ~int64](id T) int64 {
	if id == 0 {
		return math.MaxInt64
	}
	return int64(id)
}

// QueuedComments returns the next limit comments that wait for a moderator, or for an
// editor, after the one that has waited since the time, the longest waiting first.
func (tx *ReadTx) QueuedComments(escalated bool, since time.Time, after standfirst.CommentID, limit int) ([]standfirst.Comment, error) {
	from := int64(0)
	if !since.IsZero() {
		from = since.UnixMicro()
	}
	return all(tx, scanComment, "QueuedComments", toFlag(escalated), from, int64(after), int64(limit))
}

// CountQueued returns how many comments wait for a moderator, or for an editor, up to limit.
func (tx *ReadTx) CountQueued(escalated bool, limit int) (int, error) {
	found, err := all(tx, scanID[standfirst.CommentID], "QueuedIDs", toFlag(escalated), int64(limit))
	return len(found), err
}

// Thread returns the next limit comments under the story that readers see, stubs included,
// after the position, with what a page shows of them.
func (tx *ReadTx) Thread(story standfirst.StoryID, order standfirst.CommentOrder, after standfirst.CommentPosition, limit int) ([]standfirst.Comment, error) {
	if order != standfirst.NewestFirst {
		return all(tx, scanShown, "ThreadOldestFirst", int64(story), int64(after.Root), int64(after.Branch), int64(after.ID), int64(limit))
	}
	below := beforeID(after.Root)
	var rest []standfirst.Comment
	if after.Root != 0 {
		var err error
		rest, err = all(tx, scanShown, "ThreadRest", int64(story), int64(after.Root), int64(after.Branch), int64(after.ID), int64(limit))
		if err != nil || len(rest) == limit {
			return rest, err
		}
	}
	next, err := all(tx, scanShown, "ThreadNewestFirst", int64(story), below, int64(limit-len(rest)))
	return append(rest, next...), err
}

// ChangedComments returns the first limit comments under the story of which readers saw
// something new at the time or later, in that order. Some of them may no longer be shown.
func (tx *ReadTx) ChangedComments(story standfirst.StoryID, since time.Time, limit int) ([]standfirst.Comment, error) {
	return all(tx, scanShown, "ChangedComments", int64(story), since.UnixMicro(), int64(limit))
}

// LastChangedComments returns up to limit comments under the story of which readers saw
// something new, the last changed first. Some of them may no longer be shown.
func (tx *ReadTx) LastChangedComments(story standfirst.StoryID, limit int) ([]standfirst.Comment, error) {
	return all(tx, scanShown, "LastChangedComments", int64(story), int64(limit))
}

// CommentBefore returns which comment stands before the position in the thread of the
// story, oldest first, and zero where it is the first.
func (tx *ReadTx) CommentBefore(story standfirst.StoryID, p standfirst.CommentPosition) (standfirst.CommentID, error) {
	id, err := one(tx, scanID[standfirst.CommentID], "CommentBefore", int64(story), int64(p.Root), int64(p.Branch), int64(p.ID))
	if err == errNoRow {
		return 0, nil
	}
	return id, err
}

// CommentCount returns how many comments readers see under the story, stubs not counted.
func (tx *ReadTx) CommentCount(story standfirst.StoryID) (int, error) {
	n, err := one(tx, scanID[int64], "CommentCount", int64(story))
	if err == errNoRow {
		return 0, nil
	}
	return int(n), err
}

// CommentByFingerprint returns the comment with the fingerprint that was made after the
// time, and false if there is none.
func (tx *ReadTx) CommentByFingerprint(fingerprint string, since time.Time) (standfirst.CommentID, bool, error) {
	id, err := one(tx, scanID[standfirst.CommentID], "CommentByFingerprint", fingerprint, toMicros(since))
	if err == errNoRow {
		return 0, false, nil
	}
	return id, err == nil, err
}

func scanComment(row scanner) (c standfirst.Comment, err error) {
	err = row.Scan(&c.ID, &c.Story, numberInto(&c.Parent), &c.Root, &c.Branch, &c.Level, textInto(&c.ParentName),
		numberInto(&c.Reader), numberInto(&c.Staff), &c.Name, &c.Text, &c.HTML, &c.State, &c.Rule, &c.Detail, &c.Reason, &c.Note,
		(*flag)(&c.Shown), &c.Replies, (*flag)(&c.Notify), &c.Score, &c.Address, &c.Agent, &c.Fingerprint, &c.Words,
		(*instant)(&c.CreatedAt), (*instant)(&c.EditedAt), (*instant)(&c.ChangedAt), (*instant)(&c.DecidedAt), (*instant)(&c.QueuedAt),
		(*flag)(&c.Escalated), numberInto(&c.ClaimedBy), (*instant)(&c.ClaimedAt))
	return c, err
}

// scanShown scans what readers see of a comment.
func scanShown(row scanner) (c standfirst.Comment, err error) {
	c.Shown = true
	err = row.Scan(&c.ID, &c.Story, numberInto(&c.Parent), &c.Root, &c.Branch, &c.Level, textInto(&c.ParentName),
		numberInto(&c.Staff), &c.Name, &c.HTML, &c.State, &c.Reason, &c.Replies,
		(*instant)(&c.CreatedAt), (*instant)(&c.EditedAt), (*instant)(&c.ChangedAt))
	return c, err
}

// InsertComment stores a new comment and gives it its place in the thread below parent,
// which is zero for none, unless there is one with its fingerprint that was made after the
// time: then it reports false. It returns the comment with its identifier, place and level.
// Who shows it also counts it: see [Tx.CountComments] and [Tx.AddReplies].
func (tx *Tx) InsertComment(c standfirst.Comment, parent standfirst.Comment, since time.Time) (_ standfirst.Comment, fresh bool, err error) {
	c.Parent, c.Root, c.Branch = parent.ID, parent.Root, parent.Branch
	c.Level = min(parent.Level+1, standfirst.MaxCommentLevels)
	branch := int64(c.Branch)
	if parent.Level == 1 {
		branch = -1 // its own
	}
	c.ID, err = one(&tx.ReadTx, scanID[standfirst.CommentID], "InsertComment",
		int64(c.Story), toNumber(c.Parent), int64(c.Root), branch, int64(c.Level), toNumber(c.Reader), toNumber(c.Staff), c.Name, c.Text, c.HTML,
		string(c.State), string(c.Rule), c.Detail, toFlag(c.Shown), toFlag(c.Notify), int64(c.Score), c.Address, c.Agent, c.Fingerprint, c.Words,
		toMicros(c.CreatedAt), toMicros(c.ChangedAt), toMicros(c.QueuedAt), c.Fingerprint, toMicros(since))
	switch {
	case err == errNoRow:
		return c, false, nil
	case err != nil:
		return c, false, err
	}
	tx.posted = append(tx.posted, c.ID)
	tx.holds(c)
	switch parent.Level {
	case 0:
		c.Root = c.ID
	case 1:
		c.Branch = c.ID
	}
	return c, true, nil
}

// SetCommentState stores where the comment stands: its state, rule, reason, note, and the
// times of the decision, of the last change that readers see and since when it waits. Nobody
// has claimed it any more; while it waits, it stays escalated if it was.
func (tx *Tx) SetCommentState(c standfirst.Comment) error {
	tx.commented(c.ID)
	tx.holds(c)
	_, err := tx.exec("SetCommentState", string(c.State), string(c.Rule), string(c.Reason), c.Note,
		toMicros(c.DecidedAt), toMicros(c.ChangedAt), toMicros(c.QueuedAt), toFlag(!c.QueuedAt.IsZero()), int64(c.ID))
	return err
}

// SetCommentShown stores whether the comment has a place in the thread.
func (tx *Tx) SetCommentShown(id standfirst.CommentID, shown bool) error {
	tx.commented(id)
	_, err := tx.exec("SetCommentShown", toFlag(shown), int64(id))
	return err
}

// AddReplies changes how many answers to the comment are shown.
func (tx *Tx) AddReplies(id standfirst.CommentID, n int) error {
	_, err := tx.exec("AddReplies", int64(n), int64(id))
	return err
}

// CountComments changes how many comments readers see under the story.
func (tx *Tx) CountComments(story standfirst.StoryID, n int) error {
	_, err := tx.exec("CountComments", int64(story), int64(n))
	return err
}

// SetCommentChanged stores when readers last saw something new of the comment.
func (tx *Tx) SetCommentChanged(id standfirst.CommentID, at time.Time) error {
	_, err := tx.exec("TouchComment", toMicros(at), int64(id))
	return err
}

// EditComment stores the words of a comment that its writer changed.
func (tx *Tx) EditComment(c standfirst.Comment) error {
	tx.commented(c.ID)
	_, err := tx.exec("EditComment", c.Text, c.HTML, toMicros(c.EditedAt), toMicros(c.ChangedAt), c.Fingerprint, c.Words, int64(c.Score), int64(c.ID))
	return err
}

// QueueComment lets the comment wait for a moderator from the time on, if it does not yet.
func (tx *Tx) QueueComment(id standfirst.CommentID, rule standfirst.Rule, at time.Time) error {
	_, err := tx.exec("QueueComment", toMicros(at), string(rule), int64(id))
	return err
}

// UnqueueComment takes the comment out of the queue.
func (tx *Tx) UnqueueComment(id standfirst.CommentID) error {
	_, err := tx.exec("UnqueueComment", int64(id))
	return err
}

// EscalateComment hands the comment to an editor, or back to the moderators.
func (tx *Tx) EscalateComment(id standfirst.CommentID, escalated bool) error {
	_, err := tx.exec("EscalateComment", toFlag(escalated), int64(id))
	return err
}

// ClaimComment gives a waiting comment to the moderator, unless another has claimed it at
// the earliest time that counts or later. It reports whether it is theirs.
func (tx *Tx) ClaimComment(id standfirst.CommentID, by standfirst.UserID, now, earliest time.Time) (bool, error) {
	n, err := tx.exec("ClaimComment", int64(by), toMicros(now), int64(id), toMicros(earliest))
	return n > 0, err
}

// ReleaseComments gives back whatever the moderator has claimed.
func (tx *Tx) ReleaseComments(by standfirst.UserID) error {
	_, err := tx.exec("ReleaseComments", int64(by))
	return err
}

// EraseComment removes the words of the comment, who wrote it and from where.
func (tx *Tx) EraseComment(id standfirst.CommentID) error {
	tx.commented(id)
	_, err := tx.exec("EraseComment", int64(id))
	return err
}

// ForgetWords removes the words of a comment that its writer took back. The same words may
// then be posted anew.
func (tx *Tx) ForgetWords(id standfirst.CommentID) error {
	tx.commented(id)
	_, err := tx.exec("ForgetWords", int64(id))
	return err
}

// ForgetOrigins removes from where up to limit comments came that were made before the
// time, and returns from how many.
func (tx *Tx) ForgetOrigins(before time.Time, limit int) (int, error) {
	n, err := tx.exec("ForgetOrigins", toMicros(before), int64(limit))
	return int(n), err
}

// SetNotify stores whether the writer of the comment wants a mail for each answer.
func (tx *Tx) SetNotify(id standfirst.CommentID, wanted bool) error {
	_, err := tx.exec("SetNotify", toFlag(wanted), int64(id))
	return err
}
