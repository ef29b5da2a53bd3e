package site

import (
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/newsroom"
)

// TestAnEmbargoedDraftShowsNowhere holds that a draft with new figures, new parties and
// new sources, and a superseding figure that is held back, change no byte at any kind of
// address.
func TestAnEmbargoedDraftShowsNowhere(t *testing.T) {
	p := newPaper(t)
	paths := []string{
		"/", "/section/deals", "/topic/freight", "/author/imogen-adeyemi", "/2026/03/04/", "/archive", "/about", "/corrections",
		"/corrections/correction", "/deals", "/deals?kind=primary-round", "/deal/halcyon-compute-round", "/claim/1", "/claim/2", "/claim/5",
		"/company/northwind-freight", "/company/halcyon-compute", "/company/kestrel-capital", p.round.Path(), p.lead.Path(),
	}
	before := make(map[string]string)
	for _, path := range paths {
		a := get(p.site, path)
		if a.Code != 200 {
			t.Errorf("%s answers %d", path, a.Code)
		}
		before[path] = a.text
	}
	proposals := roundProposals(t)
	more, err := standfirst.ParseQuantity("about $130 billion")
	p.must(err)
	proposals.Claims[1].Value.Quantity = &more // in conflict with what is held
	proposals.Claims[0].Attribution = &standfirst.Attribution{Kind: standfirst.OtherOutlet, Outlet: "The Sound Dispatch", Words: "The Sound Dispatch reported"}
	proposals.Deals[0].Stage = standfirst.Signed
	proposals.Deals[0].Parties = append(proposals.Deals[0].Parties, proposals.Deals[0].Parties[0])
	proposals.Deals[0].Parties[2].Role = standfirst.Seller
	proposals.Responses[0].Kind = standfirst.ResponseConfirmed
	p.draft(standfirst.Content{Headline: "Under embargo", Body: roundBody, Section: "Deals"}, func(d *newsroom.Draft) {
		d.Figures, d.Day = proposals, standfirst.DayOf(p.now, time.UTC)
	})
	figures := ledger.New(p.store, ledger.Options{Clock: func() time.Time { return p.now }})
	less, err := standfirst.ParseQuantity("$5 billion")
	p.must(err)
	_, err = figures.Supersede(t.Context(), standfirst.Command(), p.claimOf(p.round, "up to $6 billion"), ledger.Supersession{
		Value: standfirst.Value{Quantity: &less}, Cause: standfirst.SupersededByEvent, Hold: true,
	})
	p.must(err)
	p.cache.Clear()
	for _, path := range paths {
		if got := get(p.site, path).text; got != before[path] {
			t.Errorf("%s changed from\n%s\nto\n%s", path, before[path], got)
		}
	}
}
