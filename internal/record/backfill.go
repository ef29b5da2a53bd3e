package record

import (
	"context"

	"standfirst"
	"standfirst/internal/store"
)

// backfillBatch is how many entries are made in one transaction.
const backfillBatch = 100

// backfill puts on the record what was published before the newsroom kept one: claims
// and notices, then revisions, in the order in which they were stored, and then that a
// story was taken away. Each says that it came later.
func (s *Signer) backfill(ctx context.Context) error {
	if err := backfillOf(ctx, s, (*store.ReadTx).UnrecordedVersions, oldVersion); err != nil {
		return wrap("take up figures", err)
	}
	if err := backfillOf(ctx, s, (*store.ReadTx).UnrecordedNotices, oldNotice); err != nil {
		return wrap("take up notices", err)
	}
	if err := backfillOf(ctx, s, (*store.ReadTx).UnrecordedRevisions, oldRevision); err != nil {
		return wrap("take up revisions", err)
	}
	if err := backfillOf(ctx, s, (*store.ReadTx).UnrecordedWithdrawals, s.oldWithdrawal); err != nil {
		return wrap("take up withdrawals", err)
	}
	return wrap("take up what was published", s.store.Update(ctx, (*store.Tx).SetRecordBackfilled))
}

// backfillOf makes the entries of one kind.
func backfillOf[ID ~int64](ctx context.Context, s *Signer, find func(*store.ReadTx, ID, int) ([]ID, error), entry func(*store.Tx, ID) (Entry, error)) error {
	for after, more := ID(0), true; more; {
		next := after
		err := s.store.Update(ctx, func(tx *store.Tx) error {
			ids, err := find(&tx.ReadTx, after, backfillBatch)
			if err != nil {
				return err
			}
			for _, id := range ids {
				e, err := entry(tx, id)
				if err != nil {
					return err
				}
				e.Backfilled = true
				Append(tx, e)
				next = id
			}
			more = len(ids) == backfillBatch
			return nil
		})
		after = next
		if err != nil {
			return err
		}
	}
	return nil
}

func oldVersion(tx *store.Tx, id standfirst.ClaimVersionID) (Entry, error) {
	v, err := tx.Version(id, store.ForDesk)
	if err != nil {
		return Entry{}, err
	}
	c, err := tx.Claim(v.Claim)
	if err != nil {
		return Entry{}, err
	}
	recorded, err := asRecorded(&tx.ReadTx, v)
	e := Claims(v.ReleasedAt, recorded(c, v), v)[0]
	if v.Erased {
		e.Salted = nil
	}
	return e, err
}

func oldNotice(tx *store.Tx, id standfirst.NoticeID) (Entry, error) {
	n, err := tx.Notice(id)
	if err != nil {
		return Entry{}, err
	}
	e, err := Notice(&tx.ReadTx, n)
	if n.Erased {
		e.Salted = nil
	}
	return e, err
}

func oldRevision(tx *store.Tx, id standfirst.RevisionID) (Entry, error) {
	r, err := tx.Revision(id)
	if err != nil {
		return Entry{}, err
	}
	if r.Content.Citations, err = tx.Citations(id); err != nil {
		return Entry{}, err
	}
	story, err := tx.Story(r.StoryID)
	return Revision(story, r), err
}

func (s *Signer) oldWithdrawal(tx *store.Tx, id standfirst.StoryID) (Entry, error) {
	story, err := tx.Story(id)
	return Withdrawn(story, s.now()), err
}
