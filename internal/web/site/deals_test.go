package site

import (
	"fmt"
	"math/big"
	"net/http"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// TestDealsAreAllListed walks every page of lists of deals and holds that each deal that
// belongs there is on exactly one, whatever the filter and the order.
func TestDealsAreAllListed(t *testing.T) {
	h := newHouse(t)
	const deals = 2*dealsLength + 3
	h.must(h.store.Update(t.Context(), func(tx *store.Tx) error {
		target, err := tx.InsertEntity(standfirst.Entity{Kind: standfirst.Company, Name: "Halcyon Compute", ReleasedAt: h.now})
		if err != nil {
			return err
		}
		for i := range deals {
			d := standfirst.Deal{Kind: standfirst.Debt, Title: fmt.Sprintf("Deal %d", i), Target: target, ReleasedAt: h.now}
			if d.ID, err = tx.InsertDeal(d); err != nil {
				return err
			}
			l := store.DealListing{Deal: d, Stage: standfirst.Talks, UpdatedAt: h.now.Add(time.Duration(i/4) * time.Minute)}
			if i%2 == 0 {
				l.Size = &standfirst.Quantity{Point: big.NewRat(int64(i%7+1), 1), Unit: "USD"}
			}
			if err := tx.SetDealListing(l); err != nil {
				return err
			}
		}
		return nil
	}))
	for path, want := range map[string]int{
		"/deals": deals, "/deals?kind=debt&stage=talks": deals, "/deals?kind=debt&order=USD": (deals + 1) / 2, "/deals?order=EUR": 0,
	} {
		seen := make(map[string]bool)
		pages := 0
		for at := path; at != ""; pages++ {
			a := get(h.site, at)
			if a.Code != http.StatusOK || pages > 9 {
				t.Fatalf("%s: %d", at, a.Code)
			}
			for _, link := range a.all("tbody th > a") {
				if name := textOf(link); seen[name] {
					t.Errorf("%s shows %s again", at, name)
				} else {
					seen[name] = true
				}
			}
			if canonical := attrOf(a.all("link[rel=canonical]")[0], "href"); canonical != baseURL+at {
				t.Errorf("%s says that it is %s", at, canonical)
			}
			if first := a.all(".turn a:not([rel])"); (len(first) == 1) != (at != path) || len(first) == 1 && attrOf(first[0], "href") != path {
				t.Errorf("%s does not lead back to %s", at, path)
			}
			at = ""
			if next := a.all("a[rel=next]"); len(next) > 0 {
				at = attrOf(next[0], "href")
			}
		}
		if len(seen) != want || pages != max(1, (want+dealsLength-1)/dealsLength) {
			t.Errorf("%s: %d deals on %d pages", path, len(seen), pages)
		}
	}
	for path, code := range map[string]int{
		"/deals?after=999": 404, "/deals?after=x": 404, "/deals?after=01": 404, "/deals?after=-1": 404,
		"/deals?order=USD&after=2": 404, "/deals?order=USD&after=1": 200, "/deals?kind=nonsense": 200,
	} {
		if a := get(h.site, path); a.Code != code {
			t.Errorf("%s answers %d, want %d", path, a.Code, code)
		}
	}
	if a := get(h.site, "/deals?after=9&stage=talks&kind=debt&utm_source=x"); !strings.HasSuffix(attrOf(a.all("link[rel=canonical]")[0], "href"), "/deals?kind=debt&stage=talks&after=9") {
		t.Error("the parameters are not put in order")
	}
}
