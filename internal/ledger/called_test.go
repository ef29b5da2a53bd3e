package ledger

import (
	"testing"

	"standfirst"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

// TestCalled holds that a name is stronger than the number of something else, and a number with
// a # than any name.
func TestCalled(t *testing.T) {
	p := newPlanner(t, storetest.Open(t)) // entities 1 and 2
	var deal, numbered standfirst.DealID
	var two, other, gone standfirst.EntityID
	p.must(p.store.Update(t.Context(), func(tx *store.Tx) (err error) {
		if two, err = tx.InsertEntity(standfirst.Entity{Kind: standfirst.Company, Name: "2"}); err != nil {
			return err
		}
		if other, err = tx.InsertEntity(standfirst.Entity{Kind: standfirst.Place, Name: "Tallis Harbour"}); err != nil {
			return err
		}
		if gone, err = tx.InsertEntity(standfirst.Entity{Kind: standfirst.Company, Name: "Tallis Foods Works"}); err != nil {
			return err
		}
		if _, err = tx.MergeEntities(gone, p.shown); err != nil {
			return err
		}
		if deal, err = tx.InsertDeal(standfirst.Deal{Kind: standfirst.Merger, Title: "Tallis merger", Target: p.shown, CreatedAt: p.now}); err != nil {
			return err
		}
		numbered, err = tx.InsertDeal(standfirst.Deal{Kind: standfirst.Merger, Title: "1", Target: p.shown, CreatedAt: p.now})
		if err != nil {
			return err
		}
		_, err = tx.InsertDeal(standfirst.Deal{Kind: standfirst.Merger, Title: "Deal 1", Target: p.shown, CreatedAt: p.now})
		return err
	}))
	if p.shown != 1 || p.hidden != 2 || two != 3 || deal != 1 || numbered != 2 {
		t.Fatalf("the numbers are %d, %d, %d, %d and %d", p.shown, p.hidden, two, deal, numbered)
	}
	p.must(p.store.View(t.Context(), func(tx *store.ReadTx) error {
		for words, want := range map[string]standfirst.EntityID{
			"2": two, "#2": p.hidden, " # 2": 0, "#3": two, "1": p.shown, "#1": p.shown, "4": other, "#99": 0, "99": 0, "+1": 0, "#+1": 0, "-1": 0, "0": 0, "#0": 0,
			"Tallis Foods": p.shown, "tallis-foods": p.shown, "company/tallis-foods": p.shown, "/place/tallis-harbour": other, "tallis-harbour": other,
			"tallis-foods-works": p.shown, "#5": p.shown, "5": p.shown, "nowhere": 0, "company/2": two,
		} {
			e, err := EntityCalled(tx, words)
			if e.ID != want || (want == 0) != (standfirst.KindOf(err) == standfirst.Invalid && err != nil) {
				t.Errorf("the entity called %q is %d, %v, want %d", words, e.ID, err, want)
			}
		}
		for words, want := range map[string]standfirst.DealID{
			"1": numbered, "#1": deal, "2": numbered, "#2": numbered, "Tallis merger": deal, "/deal/tallis-merger": deal, "deal/1": numbered, "deal 1": 3, "deal #1": deal,
			"deal 2": numbered, "9": 0, "#9": 0, "nowhere": 0, "": 0,
		} {
			d, err := DealCalled(tx, words)
			if d.ID != want || (want == 0) != (standfirst.KindOf(err) == standfirst.Invalid && err != nil) {
				t.Errorf("the deal called %q is %d, %v, want %d", words, d.ID, err, want)
			}
		}
		for words, want := range map[string]standfirst.Subject{
			"tallis-merger": {Deal: deal}, "deal #1": {Deal: deal}, "#1": {Entity: p.shown}, "1": {Deal: numbered}, "2": {Entity: two}, "deal 2": {Deal: numbered},
			"Tallis Foods": {Entity: p.shown}, "nowhere": {},
		} {
			if s, err := SubjectCalled(tx, words); s != want || (err == nil) == (want == standfirst.Subject{}) {
				t.Errorf("what is called %q is %+v, %v, want %+v", words, s, err, want)
			}
		}
		return nil
	}))
}
