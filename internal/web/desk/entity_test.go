package desk

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/store"
)

// filled returns the form with the fields.
func filled(fields ...string) url.Values {
	f := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		f.Set(fields[i], fields[i+1])
	}
	return f
}

// called returns the entity of the name.
func (r *storyRoom) called(name string) (e standfirst.Entity) {
	r.t.Helper()
	r.must(r.store.View(r.t.Context(), func(tx *store.ReadTx) (err error) {
		e, err = ledger.EntityCalled(tx, name)
		return err
	}))
	return e
}

// TestCompanies adds, finds, changes and merges companies by forms alone.
func TestCompanies(t *testing.T) {
	r := newStoryRoom(t)
	has(t, r.ask(standfirst.Reporter, companiesPath, nil).Body.String(), "None yet.", `href="/desk/companies?kind=person"`)
	lacks(t, r.ask(standfirst.Reporter, companiesPath, nil).Body.String(), "/desk/companies/new")
	r.sent(r.path+"/figures/accept", r.form("figure", "30 up to $6 billion"))
	page := r.ask(standfirst.Editor, companiesPath, nil).Body.String()
	has(t, page, ">Halcyon Compute</a>", ">Northwind Freight</a>", "not seen by readers yet", "/desk/companies/new?kind=company")

	form := filled("kind", "company", "name", "Northwind Shipping", "aliases", "NWS\nThe ferries", "tickers", "NYSE: NWS", "lei", "short")
	w := r.ask(standfirst.Editor, companiesPath+"/new", form)
	if w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a wrong LEI answers %d", w.Code)
	}
	has(t, w.Body.String(), "is no LEI", `value="Northwind Shipping"`, "NWS\nThe ferries</textarea>", ">\nNYSE: NWS</textarea>", `value="short"`)
	form.Set("lei", "")
	page = r.sent(companiesPath+"/new", form)
	has(t, page, "Added.", "<h1>Northwind Shipping</h1>", "Readers do not see it before")
	w = r.ask(standfirst.Editor, companiesPath+"/new", filled("kind", "company", "name", "Northwind Shipping"))
	if w.Code != http.StatusConflict {
		t.Errorf("the name again answers %d", w.Code)
	}
	has(t, w.Body.String(), "already a company of the name", `name="another"`)

	page = r.ask(standfirst.Reporter, companiesPath+"?q=north+ferr", nil).Body.String()
	has(t, page, ">Northwind Shipping</a>", "NYSE: NWS")
	lacks(t, page, "Northwind Freight")
	has(t, r.ask(standfirst.Reporter, companiesPath+"?q=nothing", nil).Body.String(), "Nothing is called so.", "Show all of them")
	for path, want := range map[string]int{
		companiesPath + "?kind=ship": http.StatusNotFound, companiesPath + "?after=No": http.StatusNotFound, entityPrefix + "0": http.StatusNotFound, entityPrefix + "999": http.StatusNotFound,
	} {
		if w := r.ask(standfirst.Reporter, path, nil); w.Code != want {
			t.Errorf("%s answers %d", path, w.Code)
		}
	}
	if w := r.ask(standfirst.Moderator, companiesPath, nil); w.Code != http.StatusForbidden {
		t.Errorf("a moderator gets %d", w.Code)
	}

	shipping, freight := r.called("Northwind Shipping"), r.called("Northwind Freight")
	page = r.sent(entityPath(shipping.ID), filled("name", "Northwind Shipping plc", "aliases", "", "tickers", "NYSE: NWS, LSE: NWS"))
	has(t, page, "Saved.", "<h1>Northwind Shipping plc</h1>", "NYSE: NWS\nLSE: NWS")
	w = r.ask(standfirst.Editor, entityPath(shipping.ID), filled("name", "Northwind Lines", "seen", string(shipping.Fingerprint())))
	if w.Code != http.StatusConflict {
		t.Errorf("a change of what has changed answers %d", w.Code)
	}
	lacks(t, w.Body.String(), `name="another"`)
	has(t, w.Body.String(), "Somebody changed Northwind Shipping plc meanwhile", `value="Northwind Lines"`, "<h1>Northwind Shipping plc</h1>")
	page = r.ask(standfirst.Reporter, entityPath(freight.ID), nil).Body.String()
	has(t, page, "Halcyon Compute round", "investor")
	lacks(t, page, "<form method=\"post\" action=\"/desk/entity", "See what would move")

	merge := entityPath(freight.ID) + "/merge"
	page = r.ask(standfirst.Editor, merge+"?into=Northwind+Shipping", nil).Body.String()
	has(t, page, "Merge Northwind Freight into Northwind Shipping plc", "Commitment of Northwind Freight in “Halcyon Compute round”", "Halcyon Compute round</a>, investor", "Names that move",
		"Its names become other names of Northwind Shipping plc.", "2 figures, 1 deal, 0 stories")
	for into, want := range map[string]string{"": "Say which", "Nobody": "nothing is called", "Northwind Freight": "into itself", "Halcyon Compute": "Both are sides of"} {
		if page := r.ask(standfirst.Editor, merge+"?into="+url.QueryEscape(into), nil).Body.String(); !strings.Contains(strings.ToLower(page), strings.ToLower(want)) {
			t.Errorf("into %q does not say %q", into, want)
		}
	}
	if w := r.ask(standfirst.Editor, merge, filled("into", r.called("Halcyon Compute").ID.String())); w.Code != http.StatusConflict {
		t.Errorf("two sides of one deal are merged: %d", w.Code)
	}
	page = r.sent(merge, filled("into", shipping.ID.String()))
	has(t, page, "They are one now.", "Northwind Freight", "Halcyon Compute round")
	page = r.ask(standfirst.Editor, entityPath(freight.ID), nil).Body.String()
	has(t, page, "It was merged into", `<a href="`+entityPath(shipping.ID)+`">Northwind Shipping plc</a>`)
	lacks(t, page, "<form method=\"post\" action=\"/desk/entity")
}
