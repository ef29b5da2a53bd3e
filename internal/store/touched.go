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
	if tx.known == nil {
		tx.known = make(map[standfirst.Tag]bool)
	}
	for _, tag := range tags {
		if !tx.known[tag] {
			tx.known[tag] = true
			tx.tags = append(tx.tags, tag)
		}
	}
}

// TouchPages says that the pages with the tags are to be made anew, and no more than that: what
// is derived of the things that the tags name, such as the index of the search, stays as it is.
// It is for what very much names, where a job touches the things themselves bit by bit.
func (tx *Tx) TouchPages(tags ...standfirst.Tag) { tx.pages = append(tx.pages, tags...) }

// touched returns all tags whose pages are to be made anew.
func (tx *Tx) touched() []standfirst.Tag {
	all := slices.Clone(tx.tags)
	for _, tag := range tx.pages {
		if !tx.known[tag] {
			all = append(all, tag)
		}
	}
	return all
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
	touched := tx.touched()
	tags := make([]string, len(touched))
	for i, tag := range touched {
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
