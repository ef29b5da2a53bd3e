package site

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/feed"
	"standfirst/internal/ledger"
	"standfirst/internal/store"
)

func TestFiguresForPrograms(t *testing.T) {
	p := newPaper(t)
	var all, deal feed.Figures
	p.must(json.Unmarshal([]byte(p.document("/ledger.json")), &all))
	p.must(json.Unmarshal([]byte(p.document("/deal/halcyon-compute-round.json")), &deal))
	if deal.Deal == nil || deal.Deal.Kind != "primary-round" || len(deal.Deal.Parties) != 2 || len(deal.Rows) == 0 || len(all.Rows) <= len(deal.Rows) || all.Next != "" {
		t.Fatalf("%+v\n%+v", deal, all)
	}
	text := p.document("/deal/halcyon-compute-round.json")
	wantContains(t, text, `"max":6000000000`, `"unit":"USD"`, `"state":"corrected"`, `"words":"three people briefed on the discussions"`, `"recorded":"2026-03-04"`)
	for _, own := range []string{"anonymous", "proximity", "T14:", "least", "recorded_by"} {
		if strings.Contains(text, own) {
			t.Errorf("%q is the desk's own: %s", own, text)
		}
	}
	rows, err := csv.NewReader(strings.NewReader(p.document("/ledger.csv"))).ReadAll()
	if err != nil || len(rows) != len(all.Rows)+1 {
		t.Errorf("%d rows of %d figures: %v", len(rows), len(all.Rows), err)
	}
	if got := p.document("/ledger.json?after=1"); strings.Count(got, `"claim":`) != len(all.Rows)-1 {
		t.Errorf("after the first: %s", got)
	}
	figures := ledger.New(p.store, ledger.Options{Clock: func() time.Time { return p.now }})
	var erased []standfirst.ClaimVersion
	p.must(p.store.View(t.Context(), func(tx *store.ReadTx) (err error) {
		erased, err = tx.Versions(p.claimOf(p.round, "up to $3 billion"), store.ForReaders)
		return err
	}))
	p.must(figures.Erase(t.Context(), standfirst.Command(), erased[0].ID))
	if got := p.document("/ledger.json"); strings.Contains(got, "3000000000") || !strings.Contains(got, `"state":"withheld"`) {
		t.Errorf("after an erasure: %s", got)
	}
	if _, ok := p.things(p.round.Path())["NewsArticle"]; !ok || strings.Contains(p.document(p.round.Path()), "3000000000") {
		t.Error("search engines are told what was erased")
	}
	for _, path := range []string{"/ledger.json?after=x", "/ledger.json?after=01", "/ledger.xml", "/deal/none.json", "/deal/a.b.json"} {
		if w := get(p.site, path); w.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", path, w.Code)
		}
	}
}
