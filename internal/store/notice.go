package store

import (
	"math"
	"time"

	"standfirst"
)

// NoticePosition is a place in a list of notices from the newest to the oldest. A list
// continues with what comes strictly after it. The zero NoticePosition is before the
// newest.
type NoticePosition struct {
	At time.Time
	ID standfirst.NoticeID
}

// keyset returns the arguments of a list query: what it lists, if it lists only a
// part, the position it goes on after, and how many rows it may return.
func (p NoticePosition) keyset(of any, limit int) []any {
	var args []any
	if of != nil {
		args = append(args, of)
	}
	at := int64(math.MaxInt64)
	if p.ID != 0 {
		at = p.At.UnixMicro()
	}
	return append(args, at, belowID(p.ID), int64(limit))
}

// Notice returns the notice with the identifier.
func (tx *ReadTx) Notice(id standfirst.NoticeID) (standfirst.Notice, error) {
	notices, err := tx.notices("Notice", int64(id))
	if err == nil && len(notices) == 0 {
		err = errNoRow
	}
	if err != nil {
		return standfirst.Notice{}, missing(err, "there is no notice %d", id)
	}
	return notices[0], nil
}

// Notices returns up to limit notices of the class, or of every class if it is empty,
// after the position, newest first.
func (tx *ReadTx) Notices(class standfirst.ChangeClass, after NoticePosition, limit int) ([]standfirst.Notice, error) {
	if class == "" {
		return tx.notices("Notices", after.keyset(nil, limit)...)
	}
	return tx.notices("NoticesOfClass", after.keyset(string(class), limit)...)
}

// NoticesOf returns up to limit notices of claims about the deal or entity after the
// position, newest first.
func (tx *ReadTx) NoticesOf(s standfirst.Subject, after NoticePosition, limit int) ([]standfirst.Notice, error) {
	return tx.notices("NoticesOf", after.keyset(subjectKey(s), limit)...)
}

// NoticesOfStory returns every notice that the story shows, newest first.
func (tx *ReadTx) NoticesOfStory(id standfirst.StoryID) ([]standfirst.Notice, error) {
	return tx.notices("NoticesOfStory", int64(id))
}

// NoticesOfClaim returns every notice of the claim, newest first.
func (tx *ReadTx) NoticesOfClaim(id standfirst.ClaimID) ([]standfirst.Notice, error) {
	return tx.notices("NoticesOfClaim", int64(id))
}

// notices returns the notices of the query with the stories that show them.
func (tx *ReadTx) notices(name string, args ...any) ([]standfirst.Notice, error) {
	notices, err := all(tx, scanNotice, name, args...)
	if err != nil || len(notices) == 0 {
		return nil, err
	}
	ids := make([]standfirst.NoticeID, len(notices))
	at := make(map[standfirst.NoticeID]int, len(notices))
	for i, n := range notices {
		ids[i], at[n.ID] = n.ID, i
	}
	rows, err := all(tx, scanNoticeStory, "NoticeStories", toList(ids))
	for _, row := range rows {
		n := &notices[at[row.notice]]
		n.Stories = append(n.Stories, row.story)
	}
	return notices, err
}

func scanNotice(row scanner) (n standfirst.Notice, err error) {
	err = row.Scan(&n.ID, &n.Class, &n.Text, (*instant)(&n.At), numberInto(&n.Claim), numberInto(&n.Version), (*flag)(&n.Erased))
	return n, err
}

// noticeStory is a story that shows a notice.
type noticeStory struct {
	notice standfirst.NoticeID
	story  standfirst.StoryID
}

func scanNoticeStory(row scanner) (r noticeStory, err error) {
	err = row.Scan(&r.notice, &r.story)
	return r, err
}

// InsertNotice stores a new notice and which stories show it. A zero time becomes now.
func (tx *Tx) InsertNotice(n standfirst.Notice) (standfirst.NoticeID, error) {
	id, err := one(&tx.ReadTx, scanID[standfirst.NoticeID], "InsertNotice", string(n.Class), n.Text, toMicros(tx.orNow(n.At)),
		toNumber(n.Claim), toNumber(n.Version))
	if err != nil {
		return 0, err
	}
	for _, story := range n.Stories {
		if _, err := tx.exec("InsertNoticeStory", int64(id), int64(story)); err != nil {
			return 0, err
		}
	}
	return id, nil
}

// EraseNotice removes the text of the notice, which stays as a stub.
func (tx *Tx) EraseNotice(id standfirst.NoticeID) error {
	changed, err := tx.exec("EraseNotice", int64(id))
	if err == nil && changed == 0 {
		err = errNoRow
	}
	return missing(err, "there is no notice %d", id)
}
