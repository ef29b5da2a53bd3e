package ledger

import (
	"fmt"
	"testing"

	"standfirst"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

// quantity parses the words of a figure.
func quantity(t testing.TB, words string) *standfirst.Quantity {
	t.Helper()
	q, err := standfirst.ParseQuantity(words)
	if err != nil {
		t.Fatal(err)
	}
	return &q
}

// TestConflictsCostTheSame holds that a page of conflicts reads its deals together: two
// valuations that the money of the round may explain, and a stake that no money explains.
func TestConflictsCostTheSame(t *testing.T) {
	p := newPlanner(t, storetest.Open(t))
	add := func(n int) {
		p.must(p.store.Update(t.Context(), func(tx *store.Tx) error {
			deal, err := tx.InsertDeal(standfirst.Deal{Kind: standfirst.PrimaryRound, Title: fmt.Sprintf("Round %d", n), Target: p.shown, CreatedAt: p.now})
			if err != nil {
				return err
			}
			hold := func(property standfirst.Property, party standfirst.EntityID, basis standfirst.Basis, words ...string) {
				claim, err := tx.InsertClaim(standfirst.Claim{Subject: standfirst.Subject{Deal: deal}, Property: property, Dimensions: standfirst.Dimensions{Party: party}})
				p.must(err)
				for _, w := range words {
					_, err = tx.InsertVersion(standfirst.ClaimVersion{Claim: claim, Value: standfirst.Value{Quantity: quantity(t, w), Basis: basis}})
					p.must(err)
				}
			}
			hold(standfirst.AmountRaised, 0, "", "$1 billion")
			if n%2 == 0 {
				hold(standfirst.Valuation, 0, standfirst.PostMoney, "$10 billion", "$12 billion")
				return nil
			}
			hold(standfirst.Valuation, 0, standfirst.PostMoney, "$10 billion")
			hold(standfirst.Stake, p.hidden, "", "40%")
			hold(standfirst.Commitment, p.hidden, "", "$1 billion")
			return nil
		}))
	}
	cost := func(deals int) (n int) {
		p.must(p.store.View(t.Context(), func(tx *store.ReadTx) error {
			before := tx.Statements()
			found, err := findConflicts(tx, 0, 50)
			n = tx.Statements() - before
			if len(found.Conflicts) != deals {
				t.Errorf("%d deals have %d conflicts: %+v", deals, len(found.Conflicts), found.Conflicts)
			}
			for _, c := range found.Conflicts {
				if c.Title == "" || (c.Contradiction == nil) != (c.Claim.Property == standfirst.Valuation) {
					t.Errorf("found %+v", c)
				}
			}
			return err
		}))
		return n
	}
	add(1)
	add(2)
	two := cost(2)
	for n := 3; n <= 8; n++ {
		add(n)
	}
	if eight := cost(8); eight != two {
		t.Errorf("two deals cost %d statements, eight %d", two, eight)
	}
}
