package site

import (
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

// TestNamesLeadToPages holds that mentions and tickers are links to pages that readers
// may see, plain words to others, and that a page changes when that does.
func TestNamesLeadToPages(t *testing.T) {
	h := newHouse(t)
	ticker, _ := standfirst.ParseTicker("NYSE: NWF")
	var person standfirst.EntityID
	h.must(h.store.Update(t.Context(), func(tx *store.Tx) (err error) {
		if person, err = tx.InsertEntity(standfirst.Entity{Kind: standfirst.Person, Name: "Odile Brandt", ReleasedAt: h.now}); err != nil {
			return err
		}
		_, err = tx.InsertEntity(standfirst.Entity{Kind: standfirst.Place, Name: "Antwerp", ReleasedAt: h.now})
		return err
	}))
	story := h.publish(standfirst.Content{Headline: "Names", Body: "[Northwind](entity:northwind-freight) (NYSE: NWF; LSE: NWF), led by " +
		"[Odile Brandt](entity:odile-brandt), looks at [Antwerp](entity:antwerp) and [nowhere](entity:nowhere)."})
	links := func() string {
		var all []string
		for _, a := range get(h.site, story.Path()).all(".body a") {
			all = append(all, textOf(a)+" "+attrOf(a, "href"))
		}
		return strings.Join(all, ", ")
	}
	want := func(when, want string) {
		t.Helper()
		if got := links(); got != want {
			t.Errorf("%s: %s, want %s", when, got, want)
		}
	}
	want("at first", "Antwerp /place/antwerp")
	h.must(h.ledger().SetPublicFigure(t.Context(), standfirst.Command(), person, true))
	want("of a public figure", "Odile Brandt /person/odile-brandt, Antwerp /place/antwerp")
	h.must(h.ledger().SetPublicFigure(t.Context(), standfirst.Command(), person, false))
	want("of a figure no more", "Antwerp /place/antwerp")

	proposals := roundProposals(t)
	proposals.Entities[1].Tickers = []standfirst.Ticker{ticker}
	draft := h.draft(standfirst.Content{Headline: "A round", Body: roundBody}, func(d *newsroom.Draft) {
		d.Figures, d.Day = proposals, standfirst.DayOf(h.now, time.UTC)
	})
	h.cache.Clear()
	want("of a draft", "Antwerp /place/antwerp")
	_, err := h.news.Publish(t.Context(), standfirst.Command(), draft.ID, newsroom.PublishOptions{Change: standfirst.Change{Class: standfirst.Update}})
	h.must(err)
	want("when it is released", "Northwind /company/northwind-freight, NYSE: NWF /company/northwind-freight, Antwerp /place/antwerp")

	group, err := h.ledger().CreateEntity(t.Context(), standfirst.Command(), ledger.EntityDraft{Kind: standfirst.Company, Name: "Northwind Group"})
	h.must(err)
	var freight standfirst.Entity
	h.must(h.store.View(t.Context(), func(tx *store.ReadTx) (err error) {
		freight, err = tx.EntityAt(standfirst.Company, "northwind-freight")
		return err
	}))
	h.must(h.ledger().Merge(t.Context(), standfirst.Command(), freight.ID, group))
	want("once it is merged", "Northwind /company/northwind-group, NYSE: NWF /company/northwind-group, Antwerp /place/antwerp")
	for _, below := range []string{"", "/feed.atom"} {
		if r := get(h.site, "/company/northwind-freight"+below); r.Code != 301 || r.Header().Get("Location") != "/company/northwind-group"+below {
			t.Errorf("its address answers %d to %q", r.Code, r.Header().Get("Location"))
		}
	}
}
