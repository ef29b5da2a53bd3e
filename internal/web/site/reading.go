package site

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"standfirst"
	"standfirst/internal/store"
	"standfirst/ui"
)

// view is a page before it is rendered: everything is read.
type view struct {
	template string
	data     any
	tags     []standfirst.Tag
	until    time.Time // when the clock alone changes it; zero for never
	status   int       // HTTP status code; zero means 200
	links    string    // value of the header Link; empty for none
	frames   []string  // hosts from which the page may show something; nil for none

	// finish does what takes time and needs no store, such as rendering Markdown.
	// It runs after the transaction is over. It may be nil.
	finish func() error

	// write is set for what is no page of a template, in place of it. It runs after the
	// transaction is over.
	write func() (contentType string, body []byte, err error)
}

// reading is one look at the store, from which all of a page is gathered.
type reading struct {
	tx      *store.ReadTx
	ui      *ui.Pages
	words   ui.Catalogue
	pub     standfirst.Publication
	loc     *time.Location
	now     time.Time
	talks   bool // comments are taken here
	follows bool // open pages are told what happens
	// figuresFor says who is shown the figures of a text: readers, but in a preview.
	figuresFor store.Audience
	baseURL    string // of links that others are told; empty if nobody said it

	// shareURL is baseURL, or where this process listens.
	shareURL string

	tags   []standfirst.Tag
	until  time.Time // when the clock alone changes the page; zero for never
	around *layout   // what is around the page, once it is gathered
	sheets *sheets   // which style sheets the page needs besides
	frames []string  // hosts of which the text embeds something, and may
}

// tag adds tags of what the page shows, each once.
func (rd *reading) tag(tags ...standfirst.Tag) {
add:
	for _, tag := range tags {
		for _, known := range rd.tags {
			if known == tag {
				continue add
			}
		}
		rd.tags = append(rd.tags, tag)
	}
}

// changesAt says that the clock changes the page at the time, if that is still to come.
func (rd *reading) changesAt(at time.Time) {
	if at.After(rd.now) && (rd.until.IsZero() || at.Before(rd.until)) {
		rd.until = at
	}
}

// absolute returns the address with scheme and host, and "" if the base address
// is not known.
func (rd *reading) absolute(path string) string {
	if rd.baseURL == "" {
		return ""
	}
	return rd.baseURL + path
}

// load gathers the page at the address in one look at the store. Where there is no
// page, it looks for an old address.
func (s *Site) load(ctx context.Context, at address) (*view, error) {
	var v *view
	var around *layout
	err := s.store.View(ctx, func(tx *store.ReadTx) error {
		rd, err := s.read(tx)
		if err != nil {
			return err
		}
		v, err = at.kind.load(rd, at)
		if err == nil {
			v.tags, v.until, v.frames, around = rd.tags, rd.until, rd.frames, rd.around
			return nil
		}
		if standfirst.KindOf(err) != standfirst.NotFound {
			return err
		}
		// Pages about the versions of a story move with it, and feeds with their pages.
		above, below := at.split()
		old, failure := oldAddress(tx, above)
		if target, ok := movedTo(old); ok {
			old = &moved{target + below}
		}
		switch {
		case failure != nil:
			return failure
		case old != nil:
			return old
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("site: load %s: %w", at.key, err)
	}
	if around != nil {
		s.lastLayout.Store(around)
	}
	return v, nil
}

// read begins a look at the store.
func (s *Site) read(tx *store.ReadTx) (*reading, error) {
	pub, err := tx.Publication()
	if err != nil {
		return nil, err
	}
	rd := &reading{
		tx: tx, ui: s.ui, words: s.ui.Strings, pub: pub, loc: pub.Location(), now: s.clock(), talks: s.talk != nil, follows: s.live != nil,
		baseURL: cmp.Or(s.baseURL, pub.BaseURL), shareURL: cmp.Or(s.baseURL, pub.BaseURL, s.here),
		sheets: &sheets{},
	}
	rd.tag(standfirst.SiteTag)
	return rd, nil
}
