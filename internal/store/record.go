package store

import (
	"time"

	"standfirst"
)

// The record is kept as rows: an entry a leaf of its tree, with the hashes that the
// leaf completes. What they mean is internal/record's to know.

// RecordHead is where the record stands.
type RecordHead struct {
	Size int64  // how many entries there are
	Edge string // the hashes of the right edge of the tree, as internal/record writes them
	// Backfilled says that everything which was published before there was a record
	// has its entries.
	Backfilled bool
}

// RecordEntry is one entry of the record.
type RecordEntry struct {
	Position int64  // from 0
	Subject  string // what it is about, such as "story:12"
	Kind     string
	Number   int    // of the version that it is about; zero for none
	Body     string // canonical JSON: what is hashed
	Hashes   string // of the subtrees that it completes, from the leaf up
	Parts    string // salts and digests of what it is about, as JSON; empty for none
}

// RecordEpoch is a stretch of the record's life under one origin.
type RecordEpoch struct {
	Number  int // from 1
	Origin  string
	BeganAt time.Time
	// What was signed last under the origin before, of an epoch that begins because
	// signing could not go on.
	OldOrigin string
	OldSize   int64
	OldRoot   string // base64
}

// RecordKey is a public key under which checkpoints were signed.
type RecordKey struct {
	Number  int    // from 1; the highest is in use
	Public  string // base64 of the 32 bytes
	AddedAt time.Time
}

// RecordCheckpoint is a signed head of the record.
type RecordCheckpoint struct {
	Epoch    int
	Size     int64
	Note     string // as served
	SignedAt time.Time
}

// RecordHead returns where the record stands. Before the first entry it is zero.
func (tx *ReadTx) RecordHead() (RecordHead, error) {
	h, err := one(tx, func(row scanner) (h RecordHead, err error) {
		err = row.Scan(&h.Size, &h.Edge, (*flag)(&h.Backfilled))
		return h, err
	}, "RecordHead")
	if err == errNoRow {
		return RecordHead{}, nil
	}
	return h, err
}

// MoveRecordHead moves the head from the size to another. It returns a Conflict error if
// it is not there any more.
func (tx *Tx) MoveRecordHead(from int64, to RecordHead) error {
	if from == 0 {
		if _, err := tx.exec("InsertRecordHead", toFlag(to.Backfilled)); err != nil {
			return err
		}
	}
	moved, err := tx.exec("MoveRecordHead", to.Size, to.Edge, from)
	if err == nil && moved == 0 {
		return standfirst.Errorf(standfirst.Conflict, "the record is not at entry %d any more", from)
	}
	return err
}

// SetRecordBackfilled notes that everything which was published before there was a
// record has its entries.
func (tx *Tx) SetRecordBackfilled() error {
	if _, err := tx.exec("InsertRecordHead", toFlag(true)); err != nil {
		return err
	}
	_, err := tx.exec("SetRecordBackfilled")
	return err
}

// InsertRecordEntry stores an entry at its position.
func (tx *Tx) InsertRecordEntry(e RecordEntry) error {
	_, err := tx.exec("InsertRecordEntry", e.Position, e.Subject, e.Kind, int64(e.Number), e.Body, e.Hashes, toText(e.Parts))
	return err
}

// SetRecordParts replaces the salts and digests of what an entry is about.
func (tx *Tx) SetRecordParts(position int64, parts string) error {
	changed, err := tx.exec("SetRecordParts", toText(parts), position)
	if err == nil && changed == 0 {
		err = errNoRow
	}
	return missing(err, "the record has no entry %d", position)
}

// LastRecordEntry returns the position of the newest entry about the subject, and -1 if
// there is none.
func (tx *ReadTx) LastRecordEntry(subject string) (int64, error) {
	return orNowhere(one(tx, scanID[int64], "LastRecordEntry", subject))
}

// LastRecordEntryBut returns the position of the last entry about the subject that is not of
// the kind, and -1 if there is none.
func (tx *ReadTx) LastRecordEntryBut(subject, kind string) (int64, error) {
	return orNowhere(one(tx, scanID[int64], "LastRecordEntryBut", subject, kind))
}

// orNowhere returns the position that was found, and -1 for none.
func orNowhere(position int64, err error) (int64, error) {
	if err == errNoRow {
		return -1, nil
	}
	return position, err
}

// RecordEntry returns the entry at the position.
func (tx *ReadTx) RecordEntry(position int64) (RecordEntry, error) {
	e, err := one(tx, scanRecordEntry, "RecordEntry", position)
	return e, missing(err, "the record has no entry %d", position)
}

// RecordEntriesFrom returns up to limit entries from the position on, in their order.
func (tx *ReadTx) RecordEntriesFrom(position int64, limit int) ([]RecordEntry, error) {
	return all(tx, scanRecordEntry, "RecordEntriesFrom", position, int64(limit))
}

// RecordEntriesBefore returns up to limit entries before the position, the newest first.
func (tx *ReadTx) RecordEntriesBefore(position int64, limit int) ([]RecordEntry, error) {
	return all(tx, scanRecordEntry, "RecordEntriesBefore", position, int64(limit))
}

// RecordEntriesAbout returns up to limit entries about the subject after the position,
// in their order; it begins with after = -1.
func (tx *ReadTx) RecordEntriesAbout(subject string, after int64, limit int) ([]RecordEntry, error) {
	return all(tx, scanRecordEntry, "RecordEntriesAbout", subject, after, int64(limit))
}

// RecordEntryOf returns the entry of the kind and number about the subject.
func (tx *ReadTx) RecordEntryOf(subject, kind string, number int) (RecordEntry, error) {
	e, err := one(tx, scanRecordEntry, "RecordEntryOf", subject, kind, int64(number))
	return e, missing(err, "the record has no entry of the kind %s for version %d of %s", kind, number, subject)
}

// RecordEntriesOf returns the entries of the kind about the subjects, in their order.
func (tx *ReadTx) RecordEntriesOf(subjects []string, kind string) ([]RecordEntry, error) {
	if len(subjects) == 0 {
		return nil, nil
	}
	return all(tx, scanRecordEntry, "RecordEntriesOf", toList(subjects), kind)
}

func scanRecordEntry(row scanner) (e RecordEntry, err error) {
	err = row.Scan(&e.Position, &e.Subject, &e.Kind, &e.Number, &e.Body, &e.Hashes, textInto(&e.Parts))
	return e, err
}

// RecordHashes returns the hashes that the entries at the positions complete.
func (tx *ReadTx) RecordHashes(positions []int64) (map[int64]string, error) {
	found := make(map[int64]string, len(positions))
	err := tx.each(func(row scanner) error {
		var position int64
		var hashes string
		err := row.Scan(&position, &hashes)
		found[position] = hashes
		return err
	}, "RecordHashes", toList(positions))
	return found, err
}

// RecordBodies returns what the entries from one position up to another say, in their
// order. It may be fewer than asked for.
func (tx *ReadTx) RecordBodies(from, to int64) ([]string, error) {
	return all(tx, func(row scanner) (body string, err error) {
		var position int64
		err = row.Scan(&position, &body)
		return body, err
	}, "RecordBodies", from, to)
}

// RecordEpochs returns every epoch by number.
func (tx *ReadTx) RecordEpochs() ([]RecordEpoch, error) {
	return all(tx, func(row scanner) (e RecordEpoch, err error) {
		err = row.Scan(&e.Number, &e.Origin, (*instant)(&e.BeganAt), &e.OldOrigin, &e.OldSize, &e.OldRoot)
		return e, err
	}, "RecordEpochs")
}

// InsertRecordEpoch stores an epoch. It returns a Conflict error if there is one of the
// number or origin.
func (tx *Tx) InsertRecordEpoch(e RecordEpoch) error {
	made, err := tx.exec("InsertRecordEpoch", int64(e.Number), e.Origin, toMicros(tx.orNow(e.BeganAt)), e.OldOrigin, e.OldSize, e.OldRoot)
	if err == nil && made == 0 {
		err = errNoRow
	}
	return taken(err, "the record has an epoch %d, or one named %s, already", e.Number, e.Origin)
}

// RecordKeys returns every key by number.
func (tx *ReadTx) RecordKeys() ([]RecordKey, error) {
	return all(tx, func(row scanner) (k RecordKey, err error) {
		err = row.Scan(&k.Number, &k.Public, (*instant)(&k.AddedAt))
		return k, err
	}, "RecordKeys")
}

// InsertRecordKey stores a key. It returns a Conflict error if there is one of the number.
func (tx *Tx) InsertRecordKey(k RecordKey) error {
	made, err := tx.exec("InsertRecordKey", int64(k.Number), k.Public, toMicros(tx.orNow(k.AddedAt)))
	if err == nil && made == 0 {
		err = errNoRow
	}
	return taken(err, "the record has a key %d already", k.Number)
}

// LastRecordCheckpoint returns the newest checkpoint, and a NotFound error if there is none.
func (tx *ReadTx) LastRecordCheckpoint() (RecordCheckpoint, error) {
	c, err := one(tx, scanRecordCheckpoint, "LastRecordCheckpoint")
	return c, missing(err, "the record is not signed yet")
}

// RecordCheckpoints returns up to limit checkpoints after the one of the epoch and size,
// in their order.
func (tx *ReadTx) RecordCheckpoints(epoch int, size int64, limit int) ([]RecordCheckpoint, error) {
	return all(tx, scanRecordCheckpoint, "RecordCheckpoints", int64(epoch), size, int64(limit))
}

func scanRecordCheckpoint(row scanner) (c RecordCheckpoint, err error) {
	err = row.Scan(&c.Epoch, &c.Size, &c.Note, (*instant)(&c.SignedAt))
	return c, err
}

// InsertRecordCheckpoint stores a checkpoint, unless there is one of the size.
func (tx *Tx) InsertRecordCheckpoint(c RecordCheckpoint) error {
	_, err := tx.exec("InsertRecordCheckpoint", int64(c.Epoch), c.Size, c.Note, toMicros(tx.orNow(c.SignedAt)))
	return err
}

// TakeRecordLease makes the holder the one node that signs, until the time, unless
// another one is at now. It reports whether the holder has the lease.
func (tx *Tx) TakeRecordLease(holder string, now, until time.Time) (bool, error) {
	if _, err := tx.exec("InsertRecordLease"); err != nil {
		return false, err
	}
	taken, err := tx.exec("TakeRecordLease", holder, until.UnixMicro(), now.UnixMicro())
	return taken > 0, err
}

// DropRecordLease gives the holder's lease back, if it has it.
func (tx *Tx) DropRecordLease(holder string) error {
	_, err := tx.exec("DropRecordLease", holder)
	return err
}

// UnrecordedRevisions returns up to limit published revisions after the given one that
// have no entry on the record.
func (tx *ReadTx) UnrecordedRevisions(after standfirst.RevisionID, limit int) ([]standfirst.RevisionID, error) {
	return all(tx, scanID[standfirst.RevisionID], "UnrecordedRevisions", int64(after), int64(limit))
}

// UnrecordedVersions returns up to limit released claim versions after the given one
// that have no entry on the record.
func (tx *ReadTx) UnrecordedVersions(after standfirst.ClaimVersionID, limit int) ([]standfirst.ClaimVersionID, error) {
	return all(tx, scanID[standfirst.ClaimVersionID], "UnrecordedVersions", int64(after), int64(limit))
}

// UnrecordedNotices returns up to limit notices after the given one that have no entry
// on the record.
func (tx *ReadTx) UnrecordedNotices(after standfirst.NoticeID, limit int) ([]standfirst.NoticeID, error) {
	return all(tx, scanID[standfirst.NoticeID], "UnrecordedNotices", int64(after), int64(limit))
}

// UnrecordedWithdrawals returns up to limit stories after the given one that were taken
// away from readers without an entry that says so.
func (tx *ReadTx) UnrecordedWithdrawals(after standfirst.StoryID, limit int) ([]standfirst.StoryID, error) {
	return all(tx, scanID[standfirst.StoryID], "UnrecordedWithdrawals", int64(after), int64(limit))
}
