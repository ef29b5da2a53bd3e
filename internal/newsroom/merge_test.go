package newsroom_test

import (
	"slices"
	"testing"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/record"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

// entity returns the entity of the name.
func (d *desk) entity(name string) (e standfirst.Entity) {
	d.Helper()
	d.view(func(tx *store.ReadTx) (err error) {
		e, err = ledger.EntityCalled(tx, name)
		return err
	})
	return e
}

// Two entities become one: what differs between them stands beside each other as a
// conflict, the address leads on, and the record of what was published stays true.
func TestMergeEntities(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		figures := ledger.New(d.store, ledger.Options{Clock: d.now})
		story := d.fileRound("Northwind in talks")
		cited := d.cited(story.ID)
		other, err := figures.CreateEntity(d.Context(), editor, ledger.EntityDraft{Kind: standfirst.Company, Name: "Northwind Shipping"})
		if err != nil {
			d.Fatal(err)
		}
		gone := d.entity("Northwind Freight")
		// What the other is said to put in, of which readers know as well.
		rival := standfirst.Claim{Property: standfirst.Commitment, Dimensions: standfirst.Dimensions{Party: other}}
		err = d.store.Update(d.Context(), func(tx *store.Tx) error {
			claim, err := tx.Claim(cited[0].Claim)
			if err != nil {
				return err
			}
			rival.Subject = claim.Subject
			if rival.ID, err = tx.InsertClaim(rival); err != nil {
				return err
			}
			_, err = tx.InsertVersion(standfirst.ClaimVersion{
				Claim: rival.ID, Value: standfirst.Value{Quantity: quantity(d, "$9 billion")}, Modality: standfirst.Actual, Evidence: standfirst.ReportedNamed, RecordedBy: "staff:7",
			})
			return err
		})
		if err != nil {
			d.Fatal(err)
		}
		if err := figures.Release(d.Context(), editor, rival.ID); err != nil {
			d.Fatal(err)
		}
		plan, err := figures.PlanMerge(d.Context(), editor, gone.ID, other)
		if err != nil || len(plan.Conflicts) != 1 || len(plan.Deals) != 1 || !plan.Moves || plan.Clash != "" {
			d.Fatalf("the plan is %+v, %v", plan, err)
		}
		if err := figures.Merge(d.Context(), reporter, gone.ID, other); standfirst.KindOf(err) != standfirst.Forbidden {
			d.Errorf("a reporter merges: %v", err)
		}
		d.takeTouched()
		if err := figures.Merge(d.Context(), editor, gone.ID, other); err != nil {
			d.Fatal(err)
		}
		touched := d.takeTouched()
		for _, tag := range []standfirst.Tag{
			standfirst.EntityTag(gone.ID), standfirst.EntityTag(other), standfirst.MentionTag(gone.Slug), standfirst.StoryTag(story.ID),
			standfirst.ClaimTag(cited[0].Claim), standfirst.ClaimTag(rival.ID), standfirst.DealTag(rival.Subject.Deal),
		} {
			if !slices.Contains(touched, string(tag)) {
				d.Errorf("%s is not touched", tag)
			}
		}
		d.view(func(tx *store.ReadTx) error {
			old, err := tx.OldAddress(gone.Path())
			if err != nil || old.Target != standfirst.EntityPath(standfirst.Company, "northwind-shipping") {
				d.Errorf("the address leads to %+v, %v", old, err)
			}
			deal, err := tx.Deal(rival.Subject.Deal)
			if err != nil {
				return err
			}
			view, err := ledger.ViewDeal(tx, deal)
			if err != nil || len(view.Conflicts) != 1 || len(view.Parties) != 1 || len(view.Parties[0].Commitment.Held) != 2 {
				d.Errorf("the deal shows %+v, %v", view, err)
			}
			shown, err := ledger.StoryFigures(tx, cited, store.ForReaders)
			if err != nil || shown[0].Standing != ledger.InDispute {
				d.Errorf("the story shows %+v, %v", shown, err)
			}
			for _, id := range []standfirst.ClaimID{cited[0].Claim, rival.ID} {
				if v, err := ledger.ViewClaim(tx, id); err != nil || !v.Conflict {
					d.Errorf("figure %s: %+v, %v", id, v, err)
				}
			}
			return nil
		})
		conflicts, err := figures.FindConflicts(d.Context(), reporter, 0, 1)
		if err != nil || len(conflicts.Conflicts) != 1 || conflicts.Next != 0 || conflicts.Conflicts[0].First.Claim == conflicts.Conflicts[0].Second.Claim {
			d.Errorf("the conflicts are %+v, %v", conflicts, err)
		}
		if _, err := record.Audit(d.Context(), d.store.Reader(), func(problem string) { d.Error(problem) }); err != nil {
			d.Fatal(err)
		}
	})
}

func TestEntityDrafts(t *testing.T) {
	d := newDesk(t, storetest.Open(t))
	figures := ledger.New(d.store, ledger.Options{Clock: d.now})
	create := func(e ledger.EntityDraft) error {
		_, err := figures.CreateEntity(d.Context(), editor, e)
		return err
	}
	if err := create(ledger.EntityDraft{Kind: standfirst.Company, Name: " Tallis  Foods plc ", Tickers: []string{"NYSE: TLF", ""}, LEI: "5493001KJTIIGC8Y1R12", QID: "q42"}); err != nil {
		t.Fatal(err)
	}
	e := d.entity("NYSE: TLF")
	if e.Name != "Tallis Foods plc" || e.QID != "Q42" || len(e.Tickers) != 1 {
		t.Errorf("stored: %+v", e)
	}
	for name, test := range map[string]struct {
		draft ledger.EntityDraft
		want  standfirst.ErrorKind
	}{
		"again":            {ledger.EntityDraft{Kind: standfirst.Company, Name: "Tallis Foods"}, standfirst.Conflict},
		"another":          {ledger.EntityDraft{Kind: standfirst.Company, Name: "Tallis Foods", Another: true}, 0},
		"a place":          {ledger.EntityDraft{Kind: standfirst.Place, Name: "Tallis Foods"}, 0},
		"no name":          {ledger.EntityDraft{Kind: standfirst.Company, Name: " . "}, standfirst.Invalid},
		"no kind":          {ledger.EntityDraft{Name: "Quay"}, standfirst.Invalid},
		"no exchange":      {ledger.EntityDraft{Kind: standfirst.Company, Name: "Quay", Tickers: []string{"QUAY"}}, standfirst.Invalid},
		"taken":            {ledger.EntityDraft{Kind: standfirst.Company, Name: "Quay", Tickers: []string{"NYSE: TLF"}}, standfirst.Conflict},
		"a place's ticker": {ledger.EntityDraft{Kind: standfirst.Place, Name: "Quay", Tickers: []string{"NYSE: QUAY"}}, standfirst.Invalid},
		"a wrong LEI":      {ledger.EntityDraft{Kind: standfirst.Company, Name: "Quay", LEI: "5493001KJTIIGC8Y1R13"}, standfirst.Invalid},
		"a wrong QID":      {ledger.EntityDraft{Kind: standfirst.Company, Name: "Quay", QID: "42"}, standfirst.Invalid},
	} {
		err := create(test.draft)
		if test.want == 0 && err != nil || test.want != 0 && standfirst.KindOf(err) != test.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	// A name that several have is not guessed at.
	d.view(func(tx *store.ReadTx) error {
		if _, err := ledger.EntityCalled(tx, "Tallis Foods"); standfirst.KindOf(err) != standfirst.Invalid {
			t.Errorf("three are called so: %v", err)
		}
		e, err := ledger.EntityCalled(tx, "place/tallis-foods")
		if err != nil || e.Kind != standfirst.Place {
			t.Errorf("%+v, %v", e, err)
		}
		return nil
	})
	found, err := figures.FindEntities(d.Context(), reporter, ledger.EntitySearch{Kind: standfirst.Company, Words: "food tl"}, 9)
	if err != nil || len(found.Entities) != 1 {
		t.Errorf("found %+v, %v", found, err)
	}
	if _, err := figures.FindEntities(d.Context(), moderator, ledger.EntitySearch{Kind: standfirst.Company}, 9); standfirst.KindOf(err) != standfirst.Forbidden {
		t.Errorf("a moderator looks: %v", err)
	}
}
