package store

import (
	"time"
)

// ChangedPath is an address that search engines are to be told of.
type ChangedPath struct {
	Path string
	At   time.Time
}

// PutIndexNow notes that what is at the path has changed.
func (tx *Tx) PutIndexNow(path string) error {
	_, err := tx.exec("PutIndexNow", path, toMicros(tx.Now()))
	return err
}

// IndexNow returns up to limit paths that have changed.
func (tx *ReadTx) IndexNow(limit int) ([]ChangedPath, error) {
	return all(tx, func(row scanner) (c ChangedPath, err error) {
		err = row.Scan(&c.Path, (*instant)(&c.At))
		return c, err
	}, "IndexNow", int64(limit))
}

// DeleteIndexNow forgets the paths that were told of, but for those that have changed since.
func (tx *Tx) DeleteIndexNow(told []ChangedPath) error {
	for _, c := range told {
		if _, err := tx.exec("DeleteIndexNow", c.Path, toMicros(c.At)); err != nil {
			return err
		}
	}
	return nil
}

// ClearIndexNow forgets every path.
func (tx *Tx) ClearIndexNow() error {
	_, err := tx.exec("ClearIndexNow")
	return err
}
