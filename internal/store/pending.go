package store

import (
	"math"
	"time"

	"standfirst"
)

// Pending is the revision of a published story that is prepared with the wording of a
// figure that changed. A story has one, the newest.
type Pending struct {
	Story    standfirst.StoryID
	Revision standfirst.RevisionID
	Version  standfirst.ClaimVersionID // the version that caused it; zero if none did
	MadeAt   time.Time
}

// PendingPosition is a place in the list of pending revisions from the newest to the
// oldest. The list continues with what comes strictly after it. The zero
// PendingPosition is before the newest.
type PendingPosition struct {
	MadeAt time.Time
	Story  standfirst.StoryID
}

// Pending returns what is prepared for the story.
func (tx *ReadTx) Pending(id standfirst.StoryID) (Pending, error) {
	p, err := one(tx, scanPending, "Pending", int64(id))
	return p, missing(err, "nothing is prepared for the story %d", id)
}

// Pendings returns up to limit of what is prepared after the position, newest first.
func (tx *ReadTx) Pendings(after PendingPosition, limit int) ([]Pending, error) {
	at := int64(math.MaxInt64)
	if after.Story != 0 {
		at = after.MadeAt.UnixMicro()
	}
	return all(tx, scanPending, "Pendings", at, belowID(after.Story), int64(limit))
}

func scanPending(row scanner) (p Pending, err error) {
	err = row.Scan(&p.Story, &p.Revision, numberInto(&p.Version), (*instant)(&p.MadeAt))
	return p, err
}

// SetPending stores what is prepared for the story, over anything that was. A zero
// time becomes now.
func (tx *Tx) SetPending(p Pending) error {
	_, err := tx.exec("PutPending", int64(p.Story), int64(p.Revision), toNumber(p.Version), toMicros(tx.orNow(p.MadeAt)))
	return err
}

// DropPending forgets what is prepared for the story; it is no error if nothing is.
func (tx *Tx) DropPending(id standfirst.StoryID) error {
	_, err := tx.exec("DeletePending", int64(id))
	return err
}
