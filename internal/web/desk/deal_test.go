package desk

import (
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/store"
)

// TestDeals adds a deal, its parties and where it stands, and records answers, by forms
// alone.
func TestDeals(t *testing.T) {
	r := newStoryRoom(t)
	page := r.ask(standfirst.Reporter, dealsPath, nil).Body.String()
	has(t, page, "No deals yet.")
	lacks(t, page, "/desk/deals/new")
	for _, name := range []string{"Tallis Foods", "Quay Capital", "Northwind Freight"} {
		r.sent(companiesPath+"/new", filled("kind", "company", "name", name))
	}
	w := r.ask(standfirst.Editor, dealsPath+"/new", filled("kind", "acquisition", "target", "Tallis", "title", "Talks"))
	if w.Code != http.StatusUnprocessableEntity {
		t.Errorf("nobody's deal answers %d", w.Code)
	}
	has(t, w.Body.String(), "Nothing is called “Tallis”", `value="Tallis"`, `value="Talks"`, `value="acquisition" selected`)
	page = r.sent(dealsPath+"/new", filled("kind", "acquisition", "target", "Tallis Foods"))
	has(t, page, "Added.", "Readers do not see this deal yet.", "Nobody is recorded as a party.", ">Tallis Foods</a>", "Nothing is recorded yet.")
	var deal standfirst.Deal
	r.must(r.store.View(t.Context(), func(tx *store.ReadTx) error {
		deals, err := tx.NewestDeals(0, 1)
		deal = deals[0]
		return err
	}))
	path := dealPath(deal.ID)

	has(t, r.sent(path+"/parties", filled("party", "Quay Capital", "role", "acquirer")), "The party is added.", "acquirer")
	w = r.ask(standfirst.Editor, path+"/parties", filled("party", "Nobody", "role", "lead"))
	has(t, w.Body.String(), "Nothing is called “Nobody”", `value="Nobody"`, `value="lead" selected`)

	quay := r.called("Quay Capital").ID.String()
	form := filled("stage", "talks", "evidence", "reported-named", "source", "a spokesperson for Tallis", "as-of", "the fifth")
	w = r.ask(standfirst.Editor, path+"/stage", form)
	has(t, w.Body.String(), "is no day", `value="talks" selected`, `value="reported-named" selected`, `value="a spokesperson for Tallis"`)
	form.Set("as-of", "2026-03-01")
	w = r.ask(standfirst.Editor, path+"/stage", form)
	has(t, w.Body.String(), "Say what kind of source")
	form.Set("source-kind", "spokesperson")
	page = r.sent(path+"/stage", form)
	has(t, page, "Recorded.", "In talks", "as of 1 March 2026", "a spokesperson for Tallis", "not seen by readers yet", `name="because"`)
	form.Set("who", quay)
	form.Set("stage", "agreed")
	form.Set("hold", "1")
	has(t, r.sent(path+"/stage", form), "Readers do not see it yet.", "Stage, Quay Capital")
	w = r.ask(standfirst.Editor, path+"/parties/remove", filled("entity", quay, "role", "acquirer"))
	if w.Code != http.StatusConflict {
		t.Errorf("a party whose stage is held is removed: %d", w.Code)
	}

	page = r.sent(path+"/answer", filled("answer", "declined to comment", "answer-who", quay, "answer-day", "2026-03-02"))
	has(t, page, "The answer is recorded.", "<b>Quay Capital</b> declined to comment", "2 March 2026")
	w = r.ask(standfirst.Reporter, path+"/answer", filled("answer", "laughed", "answer-who", quay, "answer-words", "Ha."))
	if w.Code != http.StatusUnprocessableEntity {
		t.Errorf("no answer answers %d", w.Code)
	}
	has(t, w.Body.String(), "is no response", ">\nHa.</textarea>", `maxlength="2000"`)
	for words, change := range map[string]url.Values{
		"neither the subject nor a party": filled("answer-who", r.called("Northwind Freight").ID.String()),
		"2001 characters; 2000":           filled("answer-words", strings.Repeat("ü", 2001)),
	} {
		form := filled("answer", "denied", "answer-who", quay)
		maps.Copy(form, change)
		w := r.ask(standfirst.Reporter, path+"/answer", form)
		if w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%q answers %d", words, w.Code)
		}
		has(t, w.Body.String(), words)
	}
	r.sent(path+"/answer", filled("answer", "denied", "answer-who", quay, "answer-words", strings.Repeat("ü", 2000)))

	page = r.sent(path, filled("kind", "merger", "title", "Tallis and Quay merger"))
	has(t, page, "Saved.", "<h1>Tallis and Quay merger</h1>", "Merger")
	for query, found := range map[string]bool{"": true, "?stage=open": true, "?stage=closed": false, "?kind=merger&q=quay": true, "?kind=debt": false} {
		if page := r.ask(standfirst.Reporter, dealsPath+query, nil).Body.String(); strings.Contains(page, "Tallis and Quay merger") != found {
			t.Errorf("%s lists it: %v", query, !found)
		}
	}
	for path, want := range map[string]int{dealsPath + "?stage=x": 404, dealsPath + "?before=0": 404, dealPrefix + "x": 404, dealPrefix + "999": 404} {
		if w := r.ask(standfirst.Reporter, path, nil); w.Code != want {
			t.Errorf("%s answers %d", path, w.Code)
		}
	}
	if w := r.ask(standfirst.Moderator, path, nil); w.Code != http.StatusForbidden {
		t.Errorf("a moderator gets %d", w.Code)
	}
	lacks(t, r.ask(standfirst.Reporter, path, nil).Body.String(), "/stage\"", "/parties")
}

// TestFigureAnswer records on the page of a figure what its party said.
func TestFigureAnswer(t *testing.T) {
	r := newStoryRoom(t)
	r.sent(r.path+"/figures/accept", r.form("figure", "30 up to $6 billion"))
	claim := r.work().Content.Citations[0].Claim
	figures := ledger.New(r.store, ledger.Options{Clock: r.clock})
	r.must(figures.Release(t.Context(), r.actor(standfirst.Editor), claim))
	r.sent(companiesPath+"/new", filled("kind", "company", "name", "Tallis Foods"))
	page := r.ask(standfirst.Editor, figurePath(claim), nil).Body.String()
	has(t, page, "Halcyon Compute round</a>", "No answer is recorded.", ">Northwind Freight</option>", ">Halcyon Compute</option>")
	form := url.Values{"answer": {"denied"}, "answer-who": {r.called("Northwind Freight").ID.String()}, "answer-words": {"It is not so."}}
	page = r.sent(figurePath(claim)+"/answer", form)
	has(t, page, "The answer is recorded.", "<b>Northwind Freight</b> denied it: <q>It is not so.</q>")
	r.must(r.store.View(t.Context(), func(tx *store.ReadTx) error {
		v, err := ledger.ViewClaim(tx, claim)
		if len(v.Answers) != 1 {
			t.Errorf("readers see %+v", v.Answers)
		}
		return err
	}))
	form.Set("answer-who", r.called("Tallis Foods").ID.String())
	w := r.ask(standfirst.Editor, figurePath(claim)+"/answer", form)
	if w.Code != http.StatusUnprocessableEntity {
		t.Errorf("an answer of whom it is not about answers %d", w.Code)
	}
	has(t, w.Body.String(), "neither the subject nor a party")
	form.Del("answer-who")
	if w := r.ask(standfirst.Editor, figurePath(claim)+"/answer", form); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("an answer of nobody answers %d", w.Code)
	}
}
