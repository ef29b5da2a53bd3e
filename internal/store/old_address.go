package store

import "standfirst"

// OldAddress returns what the address that is no longer in use answers. The path
// begins with a slash and includes the query, if there was one.
func (tx *ReadTx) OldAddress(path string) (standfirst.OldAddress, error) {
	a, err := one(tx, scanOldAddress, "OldAddress", path)
	return a, missing(err, "nothing was ever at %q", path)
}

func scanOldAddress(row scanner) (a standfirst.OldAddress, err error) {
	err = row.Scan(&a.Path, textInto(&a.Target))
	return a, err
}

// PutOldAddress stores what the address answers from now on, over what it
// answered before.
func (tx *Tx) PutOldAddress(a standfirst.OldAddress) error {
	_, err := tx.exec("PutOldAddress", a.Path, toText(a.Target))
	return err
}

// DeleteOldAddress forgets the address; it is no error if it was not known.
func (tx *Tx) DeleteOldAddress(path string) error {
	_, err := tx.exec("DeleteOldAddress", path)
	return err
}

// RetargetOldAddresses makes every address that led to the one path lead to the
// other, so that redirects never form chains, and answer 410 if there is no other.
func (tx *Tx) RetargetOldAddresses(from, to string) error {
	_, err := tx.exec("RetargetOldAddresses", toText(to), from)
	return err
}
