package store

import "standfirst"

// Menu returns the items of the menu in their order, and none for one that nobody arranged.
func (tx *ReadTx) Menu(name standfirst.MenuName) ([]standfirst.MenuItem, error) {
	return all(tx, func(row scanner) (m standfirst.MenuItem, err error) {
		err = row.Scan(numberInto(&m.Section), numberInto(&m.Page), &m.Label, &m.Address)
		return m, err
	}, "Menu", string(name))
}

// SetMenu stores the items of the menu over those that it had.
func (tx *Tx) SetMenu(name standfirst.MenuName, items []standfirst.MenuItem) error {
	if _, err := tx.exec("DeleteMenu", string(name)); err != nil {
		return err
	}
	for i, m := range items {
		if _, err := tx.exec("InsertMenuItem", string(name), int64(i), toNumber(m.Section), toNumber(m.Page), m.Label, m.Address); err != nil {
			return err
		}
	}
	return nil
}
