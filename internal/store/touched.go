package store

import (
	"slices"
	"strings"
	"time"

	"standfirst"
)

// Touch says that what the tags name has changed. Before Update returns, whoever
// asked with [Store.OnTouch] is told; other processes are told within a second.
func (tx *Tx) Touch(tags ...standfirst.Tag) {
	for _, tag := range tags {
		if !slices.Contains(tx.tags, tag) {
			tx.tags = append(tx.tags, tag)
		}
	}
}

// PruneTouched deletes the rows of tags touched before the time. Every watcher has
// read them long ago.
func (tx *Tx) PruneTouched(before time.Time) error {
	_, err := tx.exec("PruneTouched", before.UnixMicro())
	return err
}

// insertTouched writes the one row that tells other processes what this
// transaction touched and whether it left them work.
func (tx *Tx) insertTouched() error {
	tags := make([]string, len(tx.tags))
	for i, tag := range tx.tags {
		tags[i] = string(tag)
	}
	_, err := tx.exec("InsertTouched", tx.store.origin, strings.Join(tags, "\n"), toFlag(tx.jobs), toMicros(tx.Now()))
	return err
}

// touchedRow is a row as other processes read it.
type touchedRow struct {
	id     int64
	origin string
	tags   []standfirst.Tag
	jobs   bool
}

func scanTouched(row scanner) (t touchedRow, err error) {
	var tags string
	err = row.Scan(&t.id, &t.origin, &tags, (*flag)(&t.jobs))
	for tag := range strings.SplitSeq(tags, "\n") {
		if tag != "" {
			t.tags = append(t.tags, standfirst.Tag(tag))
		}
	}
	return t, err
}

// Now returns the time by the store's clock.
func (tx *Tx) Now() time.Time { return tx.store.clock() }

// orNow returns the time, or now if it is zero.
func (tx *Tx) orNow(t time.Time) time.Time {
	if t.IsZero() {
		return tx.Now()
	}
	return t
}
