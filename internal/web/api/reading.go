package api

import (
	"cmp"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// reading is one look at the store, as readers see it.
type reading struct {
	tx   *store.ReadTx
	pub  standfirst.Publication
	loc  *time.Location
	base string // of addresses; may be empty
}

// read looks at the store as readers do. What they do not see is not told from what there is
// not: that a deal has an address would tell of it.
func (p *program) read(look func(*reading) error) error {
	err := p.Store.View(p.r.Context(), func(tx *store.ReadTx) error {
		pub, err := tx.Publication()
		if err != nil {
			return err
		}
		return look(&reading{tx: tx, pub: pub, loc: pub.Location(), base: cmp.Or(p.BaseURL, pub.BaseURL, p.ServedAt)})
	})
	if standfirst.KindOf(err) == standfirst.NotFound {
		return errNotFound
	}
	return err
}

// outside returns the address as others know it.
func (rd *reading) outside(path string) string {
	if path == "" {
		return ""
	}
	return rd.base + path
}

// day returns the day of the time where the publication is: times at which something was
// recorded are told no closer.
func (rd *reading) day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return standfirst.DayOf(t, rd.loc).String()
}

// named is something with a page.
type named struct {
	Name string `json:"name" doc:"What it is called." example:"Deals"`
	Slug string `json:"slug,omitempty" doc:"The end of its address; absent where it has no page." example:"deals"`
	URL  string `json:"url,omitempty" format:"uri-reference" doc:"Its page; absent where it has none." example:"https://harbourledger.example/section/deals"`
}

var (
	errNotFound = standfirst.Errorf(standfirst.NotFound, "there is no such thing here that readers see")
	errGone     = standfirst.Errorf(standfirst.Gone, "this story was taken down")
)
