package desk

import (
	"net/http"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/store"
)

// TestLedgerLists finds conflicts, what runs out and what readers do not see, and settles
// each by a form.
func TestLedgerLists(t *testing.T) {
	r := newStoryRoom(t)
	for list, nothing := range map[string]string{"": "No figures are in conflict.", "?list=expiring": "Nothing runs out", "?list=unreleased": "Readers see everything"} {
		has(t, r.ask(standfirst.Reporter, ledgerPath+list, nil).Body.String(), nothing, `href="/desk/tasks"`, `aria-current="page">Ledger</a>`)
	}
	r.sent(r.path+"/figures/accept", r.form("figure", "100 about $96 billion"))
	claim := r.work().Content.Citations[0].Claim
	page := r.ask(standfirst.Reporter, ledgerPath+"?list=unreleased", nil).Body.String()
	has(t, page, "Valuation in “Halcyon Compute round”", "about $96 billion", `Not seen by readers <span class="count">3</span>`)
	lacks(t, page, "/release")
	has(t, r.ask(standfirst.Editor, ledgerPath+"?list=unreleased", nil).Body.String(), `action="`+figurePath(claim)+`/release"`)

	// A second account of it, that cannot hold beside the first.
	r.must(r.store.Update(t.Context(), func(tx *store.Tx) error {
		q, err := standfirst.ParseQuantity("$70 billion")
		if err != nil {
			return err
		}
		_, err = tx.InsertVersion(standfirst.ClaimVersion{
			Claim: claim, Value: standfirst.Value{Quantity: &q}, Modality: standfirst.Actual, Evidence: standfirst.Rumoured, Words: "$70 billion",
			RecordedAt: r.clock(), RecordedBy: "staff:7",
		})
		return err
	}))
	page = r.ask(standfirst.Reporter, ledgerPath, nil).Body.String()
	has(t, page, "Valuation in “Halcyon Compute round”", "about $96 billion", "$70 billion", figurePath(claim)+"#supersede", `Conflicts <span class="count">1</span>`)

	lacks(t, r.ask(standfirst.Editor, ledgerPath+"?list=expiring&days=30", nil).Body.String(), "$70 billion")
	page = r.ask(standfirst.Editor, ledgerPath+"?list=expiring&days=365", nil).Body.String()
	has(t, page, "$70 billion", "Runs out", "Running out soon</h2>", "/heard", "/withdraw", `Running out <span class="count">4</span>`)
	var version standfirst.ClaimVersionID
	r.must(r.store.View(t.Context(), func(tx *store.ReadTx) error {
		versions, err := tx.Versions(claim, store.ForDesk)
		version = versions[1].ID
		return err
	}))
	// Of a figure whose time is over nobody says that its end is to come.
	lacks(t, page, "Overdue")
	r.must(r.store.Update(t.Context(), func(tx *store.Tx) error {
		q, err := standfirst.ParseQuantity("$60 billion")
		if err != nil {
			return err
		}
		_, err = tx.InsertVersion(standfirst.ClaimVersion{
			Claim: claim, Value: standfirst.Value{Quantity: &q}, Modality: standfirst.Actual, Evidence: standfirst.Rumoured, Words: "$60 billion",
			RecordedAt: r.clock().AddDate(-2, 0, 0), RecordedBy: "staff:7",
		})
		return err
	}))
	overdue := r.ask(standfirst.Editor, ledgerPath+"?list=expiring", nil).Body.String()
	has(t, overdue, "Overdue</h2>", "$60 billion", "Ran out <time", "they end within the hour")
	lacks(t, overdue, "Runs out <time", "Running out soon")
	r.must(ledger.New(r.store, ledger.Options{Clock: r.clock}).ExpireJob(t.Context(), standfirst.Job{}))
	lacks(t, r.ask(standfirst.Editor, ledgerPath+"?list=expiring", nil).Body.String(), "Overdue", "$60 billion")
	// At the moment in which it was recorded there is nothing new to hear.
	w := r.ask(standfirst.Reporter, figurePath(claim)+"/heard", filled("version", version.String()))
	if w.Code != http.StatusConflict {
		t.Errorf("heard again at once answers %d", w.Code)
	}
	later := ledger.New(r.store, ledger.Options{Clock: func() time.Time { return r.clock().Add(90 * 24 * time.Hour) }})
	expiring := func() int {
		t.Helper()
		found, err := later.Expiring(t.Context(), r.actor(standfirst.Reporter), 14*24*time.Hour, store.Expiry{}, 9)
		r.must(err)
		return len(found)
	}
	if got := expiring(); got != 4 {
		t.Errorf("%d figures run out", got)
	}
	r.must(later.HeardAgain(t.Context(), r.actor(standfirst.Reporter), claim, version))
	if got := expiring(); got != 3 {
		t.Errorf("%d figures run out when one was heard of again", got)
	}
	if w := r.ask(standfirst.Reporter, figurePath(claim)+"/heard", filled("version", "999")); w.Code != http.StatusNotFound {
		t.Errorf("no version answers %d", w.Code)
	}
	figures := ledger.New(r.store, ledger.Options{Clock: r.clock})
	if _, err := figures.Retract(t.Context(), r.actor(standfirst.Editor), claim, version, "Nobody said so.", false); err != nil {
		t.Fatal(err)
	}
	has(t, r.ask(standfirst.Reporter, ledgerPath, nil).Body.String(), "No figures are in conflict.")
	for query, want := range map[string]int{"?list=all": 404, "?list=expiring&days=0": 404, "?list=unreleased&after=x": 404, "?after=-1": 404, "?list=expiring&after=x": 404} {
		if w := r.ask(standfirst.Reporter, ledgerPath+query, nil); w.Code != want {
			t.Errorf("%s answers %d", query, w.Code)
		}
	}
	if w := r.ask(standfirst.Moderator, ledgerPath, nil); w.Code != http.StatusForbidden {
		t.Errorf("a moderator gets %d", w.Code)
	}
}

// TestBasis says of a valuation whether it is pre-money or post-money; in a share sale nobody
// is asked.
func TestBasis(t *testing.T) {
	r := newStoryRoom(t)
	r.sent(r.path+"/figures/accept", r.form("figure", "100 about $96 billion"))
	claim := r.work().Content.Citations[0].Claim
	path := figurePath(claim)
	has(t, r.see(standfirst.Editor, path), `name="basis"`, ">Pre-money</option>", ">Post-money</option>", ">Nobody has said</option>", "post-money is that and the new money")
	form := filled("value", "about $90 billion", "because", string(supersessionCauses[0]), "basis", "often")
	if w := r.ask(standfirst.Editor, path+"/supersede", form); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a basis that there is not answers %d: %s", w.Code, w.Body)
	}
	form.Set("basis", string(standfirst.PostMoney))
	r.sent(path+"/supersede", form)
	var deal standfirst.DealID
	r.must(r.store.View(t.Context(), func(tx *store.ReadTx) error {
		c, err := tx.Claim(claim)
		if err != nil {
			return err
		}
		deal = c.Subject.Deal
		versions, err := tx.Versions(claim, store.ForDesk)
		if err == nil && versions[len(versions)-1].Value.Basis != standfirst.PostMoney {
			t.Errorf("it is recorded as %q", versions[len(versions)-1].Value.Basis)
		}
		return err
	}))
	r.sent(dealPath(deal), filled("kind", string(standfirst.Secondary), "title", "Halcyon share sale"))
	lacks(t, r.see(standfirst.Editor, path), `name="basis"`)
}

// TestFiguresThatDoNotAgree holds that a stake which the money cannot buy is a conflict.
func TestFiguresThatDoNotAgree(t *testing.T) {
	r := newStoryRoom(t)
	r.sent(r.path+"/figures/accept", r.form("figure", "100 about $96 billion"))
	r.sent(r.path+"/figures/accept", r.form("figure", "40 up to $6 billion"))
	var deal standfirst.DealID
	r.must(r.store.Update(t.Context(), func(tx *store.Tx) error {
		claim, err := tx.Claim(r.work().Content.Citations[0].Claim)
		if err != nil {
			return err
		}
		q, err := standfirst.ParseQuantity("20%")
		if err != nil {
			return err
		}
		deal = claim.Subject.Deal
		stake, err := tx.InsertClaim(standfirst.Claim{
			Subject: claim.Subject, Property: standfirst.Stake, Dimensions: standfirst.Dimensions{Party: r.called("Northwind Freight").ID},
		})
		if err != nil {
			return err
		}
		_, err = tx.InsertVersion(standfirst.ClaimVersion{
			Claim: stake, Value: standfirst.Value{Quantity: &q}, Modality: standfirst.Actual, Evidence: standfirst.Rumoured, Words: "20%",
			RecordedAt: r.clock(), RecordedBy: "staff:7",
		})
		return err
	}))
	page := r.ask(standfirst.Reporter, ledgerPath, nil).Body.String()
	has(t, page, `Conflicts <span class="count">1</span>`, "Stake of Northwind Freight in “Halcyon Compute round”", "By our arithmetic the money buys at most about 6.25%",
		"Commitment, Northwind Freight: <a", "Valuation: <a")
	has(t, r.ask(standfirst.Reporter, dealPath(deal), nil).Body.String(), "conflict")
}
