package store

import "standfirst"

// EditLock returns who has the story open for writing, whether the lock has run out or
// not. It returns the zero EditLock if nobody has.
func (tx *ReadTx) EditLock(id standfirst.StoryID) (standfirst.EditLock, error) {
	l, err := one(tx, scanEditLock, "EditLock", int64(id))
	if err == errNoRow {
		return standfirst.EditLock{}, nil
	}
	return l, err
}

func scanEditLock(row scanner) (l standfirst.EditLock, err error) {
	err = row.Scan(&l.Story, &l.Holder, &l.Name, (*instant)(&l.Since), (*instant)(&l.RenewedAt))
	return l, err
}

// TakeEditLock stores the lock, renewed at its time of renewal. It reports false, and
// changes nothing, while another holder has one that has not run out by then.
func (tx *Tx) TakeEditLock(l standfirst.EditLock) (taken bool, err error) {
	return tx.takeEditLock(l, l.RenewedAt.Add(-standfirst.EditLockLifetime).UnixMicro())
}

// SeizeEditLock stores the lock, whoever has one.
func (tx *Tx) SeizeEditLock(l standfirst.EditLock) error {
	_, err := tx.takeEditLock(l, l.RenewedAt.UnixMicro())
	return err
}

// takeEditLock stores the lock over one that was renewed at or before the time.
func (tx *Tx) takeEditLock(l standfirst.EditLock, over int64) (bool, error) {
	changed, err := tx.exec("TakeEditLock", int64(l.Story), l.Holder, l.Name, toMicros(l.RenewedAt), over)
	return changed > 0, err
}

// DropEditLock gives up the lock of the holder; it is no error if they have none.
func (tx *Tx) DropEditLock(id standfirst.StoryID, holder string) error {
	_, err := tx.exec("DeleteEditLock", int64(id), holder)
	return err
}
