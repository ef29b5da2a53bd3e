package site

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"standfirst"
	"standfirst/internal/feed/feedtest"
	"standfirst/internal/store"
)

// item is what the tests look at of a story as ninjs.
type item struct {
	URI, PubStatus, RepresentationType, EdNote, By, Version string
	Headlines, Bodies, Descriptions                         []struct{ Value string }
	Organisations                                           []struct {
		Name    string
		Symbols []struct{ Exchange, Symbol string }
	}
	Associations []struct{ URI, By string }
}

func (h *house) ninjs(path string) (i item, text string) {
	h.t.Helper()
	w := get(h.site, path+ninjsBelow)
	if w.Code != http.StatusOK {
		h.t.Fatalf("%s is answered with %d", path+ninjsBelow, w.Code)
	}
	feedtest.Ninjs(h.t, w.Body.Bytes())
	h.must(json.Unmarshal(w.Body.Bytes(), &i))
	return i, w.Body.String()
}

// TestNinjs holds what other newsrooms get of stories of every state.
func TestNinjs(t *testing.T) {
	p := newPaper(t)
	lead, _ := p.ninjs(p.lead.Path())
	if lead.PubStatus != "usable" || lead.RepresentationType != "full" || lead.Version != "2" || len(lead.Bodies) != 1 || !strings.Contains(lead.By, "; ") {
		t.Errorf("%+v", lead)
	}
	if len(lead.Associations) != 1 || lead.Associations[0].By != "Jo Maas" || !strings.HasPrefix(lead.URI, "tag:ledger.example,2026-03-05:story/") {
		t.Errorf("the picture of %s: %+v", lead.URI, lead.Associations)
	}
	if !strings.Contains(lead.EdNote, "Update, 5 Mar 2026") {
		t.Errorf("the note is %q", lead.EdNote)
	}
	round, _ := p.ninjs(p.round.Path())
	wantContains(t, round.EdNote, "Correction, ", "we misheard")
	wantContains(t, round.Bodies[0].Value, "<s>$120 billion</s></a> now $110 billion", "https://ledger.example/")
	ticker, _ := standfirst.ParseTicker("NYSE: TLF")
	p.must(p.store.Update(t.Context(), func(tx *store.Tx) error {
		_, err := tx.InsertEntity(standfirst.Entity{Kind: standfirst.Company, Name: "Tallis Foods", Tickers: []standfirst.Ticker{ticker}, ReleasedAt: p.now})
		return err
	}))
	symbols := 0
	named, _ := p.ninjs(p.publish(standfirst.Content{Headline: "Tallis, again", Body: "Tallis Foods (NYSE: TLF) is at it again."}).Path())
	for _, o := range named.Organisations {
		for _, s := range o.Symbols {
			symbols++
			if s.Exchange != "XNYS" && s.Exchange != "XLON" || s.Symbol == "" {
				t.Errorf("%s has the symbol %+v", o.Name, s)
			}
		}
	}
	if symbols == 0 {
		t.Errorf("no symbols in %+v", named.Organisations)
	}
	retracted, text := p.ninjs(p.retracted.Path())
	if retracted.PubStatus != "canceled" || len(retracted.Bodies) != 0 || strings.Contains(text, "Osaka") || !strings.HasPrefix(retracted.EdNote, "The works have not been sold.") {
		t.Errorf("retracted: %s", text)
	}
	members, text := p.ninjs(p.members.Path())
	if members.RepresentationType != "partial" || len(members.Bodies) != 0 || len(members.Descriptions) != 1 {
		t.Errorf("for members: %s", text)
	}
	for path, want := range map[string]int{
		p.gone.Path() + ninjsBelow: http.StatusGone, "/2026/03/03/none.ninjs.json": http.StatusNotFound, "/about.ninjs.json": http.StatusNotFound,
		"/2026/03/03/kestrel-capital-closes-its-fourth-fund-at-4-1bn.ninjs.json": http.StatusMovedPermanently,
	} {
		if got := get(p.site, path).Code; got != want {
			t.Errorf("%s is answered with %d, not %d", path, got, want)
		}
	}
	if page := get(p.site, p.lead.Path()); !strings.Contains(page.text, p.lead.Path()+ninjsBelow) {
		t.Error("the page does not name it")
	}
}
