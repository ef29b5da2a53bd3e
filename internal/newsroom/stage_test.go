package newsroom_test

import (
	"slices"
	"testing"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/record"
	"standfirst/internal/store"
)

// deal returns the deal as it is stored.
func (d *desk) deal(id standfirst.DealID) (deal standfirst.Deal) {
	d.Helper()
	d.view(func(tx *store.ReadTx) (err error) { deal, err = tx.Deal(id); return err })
	return deal
}

// noticesOf returns what readers of the story are told.
func (d *desk) noticesOf(id standfirst.StoryID) (texts []string) {
	d.Helper()
	d.view(func(tx *store.ReadTx) error {
		notices, err := tx.NoticesOfStory(id)
		for _, n := range notices {
			texts = append(texts, string(n.Class)+": "+n.Text)
		}
		return err
	})
	return texts
}

// An end of a deal is told on the stories that cite a figure of it; a step on its way is
// told by its page alone.
func TestStageOfADeal(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		figures := ledger.New(d.store, ledger.Options{Clock: d.now})
		story := d.fileRound("Northwind in talks")
		bystander := d.create("A pier")
		d.publish(bystander.ID)
		var claim standfirst.Claim
		d.view(func(tx *store.ReadTx) (err error) { claim, err = tx.Claim(d.cited(story.ID)[0].Claim); return err })
		deal := claim.Subject.Deal
		set := func(s ledger.StageChange) error {
			if s.Evidence == "" {
				s.Evidence = standfirst.ReportedNamed
			}
			return figures.SetStage(d.Context(), editor, deal, s)
		}
		must := func(err error) {
			d.Helper()
			if err != nil {
				d.Fatal(err)
			}
		}
		must(set(ledger.StageChange{Stage: standfirst.Talks, AsOf: marchDay, Source: &standfirst.Attribution{Kind: standfirst.Spokesperson, Words: "a spokesperson"}}))
		must(set(ledger.StageChange{Stage: standfirst.AdvancedTalks, AsOf: marchDay}))
		if told := d.noticesOf(story.ID); len(told) != 0 {
			d.Errorf("a step is told: %q", told)
		}
		for name, test := range map[string]struct {
			change ledger.StageChange
			want   standfirst.ErrorKind
		}{
			"again":        {ledger.StageChange{Stage: standfirst.AdvancedTalks, AsOf: marchDay}, standfirst.Conflict},
			"before":       {ledger.StageChange{Stage: standfirst.Agreed, AsOf: marchDay.AddDays(-1)}, standfirst.Invalid},
			"no stage":     {ledger.StageChange{Stage: "announced"}, standfirst.Invalid},
			"no evidence":  {ledger.StageChange{Stage: standfirst.Agreed, Evidence: "seen"}, standfirst.Invalid},
			"not a party":  {ledger.StageChange{Stage: standfirst.Agreed, Party: 999}, standfirst.Invalid},
			"no such mode": {ledger.StageChange{Stage: standfirst.Agreed, Modality: "certain"}, standfirst.Invalid},
		} {
			if err := set(test.change); standfirst.KindOf(err) != test.want {
				d.Errorf("%s: %v", name, err)
			}
		}
		if err := figures.SetStage(d.Context(), reporter, deal, ledger.StageChange{Stage: standfirst.Agreed, Evidence: standfirst.Documented}); standfirst.KindOf(err) != standfirst.Forbidden {
			d.Errorf("a reporter sets it: %v", err)
		}
		// Where it is expected to be, it does not stand.
		must(set(ledger.StageChange{Stage: standfirst.Closed, AsOf: marchDay.AddDays(60), Modality: standfirst.Prospective}))
		if err := set(ledger.StageChange{Stage: standfirst.Closed, AsOf: marchDay.AddDays(60)}); standfirst.KindOf(err) != standfirst.Invalid {
			d.Errorf("a day ahead: %v", err)
		}
		// What is held back ends nothing for readers.
		must(set(ledger.StageChange{Stage: standfirst.Collapsed, AsOf: marchDay, Hold: true}))
		view := func() (v ledger.DealView) {
			d.Helper()
			d.view(func(tx *store.ReadTx) (err error) { v, err = ledger.ViewDeal(tx, d.deal(deal)); return err })
			return v
		}
		if v := view(); v.Stage != standfirst.AdvancedTalks || len(v.Stages) != 3 || len(v.Conflicts) != 0 {
			d.Errorf("readers see %s of %d", v.Stage, len(v.Stages))
		}
		d.takeTouched()
		var stage standfirst.Claim
		d.view(func(tx *store.ReadTx) (err error) {
			stage, err = tx.ClaimByKey(standfirst.Subject{Deal: deal}, standfirst.Stage, standfirst.Dimensions{})
			return err
		})
		must(figures.Release(d.Context(), editor, stage.ID))
		v := view()
		if v.Stage != standfirst.Collapsed {
			d.Errorf("readers see %s", v.Stage)
		}
		for _, s := range v.Stages {
			if held := s.Ended == standfirst.Current; held != (s.Value.Stage == standfirst.Collapsed) {
				d.Errorf("%s is %q", s.Value.Stage, s.Ended)
			}
		}
		if told := d.noticesOf(story.ID); !slices.Equal(told, []string{"update: “Halcyon Compute round” has collapsed."}) {
			d.Errorf("the end is told as %q", told)
		}
		if told := d.noticesOf(bystander.ID); len(told) != 0 {
			d.Errorf("another story tells %q", told)
		}
		touched := d.takeTouched()
		for _, tag := range []standfirst.Tag{standfirst.StoryTag(story.ID), standfirst.DealTag(deal), standfirst.DealsTag, standfirst.ClaimTag(stage.ID)} {
			if !slices.Contains(touched, string(tag)) {
				d.Errorf("%s is not touched", tag)
			}
		}
		if _, err := record.Audit(d.Context(), d.store.Reader(), func(problem string) { d.Error(problem) }); err != nil {
			d.Fatal(err)
		}
	})
}

func TestDealsByHand(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		figures := ledger.New(d.store, ledger.Options{Clock: d.now})
		must := func(err error) {
			d.Helper()
			if err != nil {
				d.Fatal(err)
			}
		}
		for _, name := range []string{"Tallis Foods", "Quay Capital"} {
			_, err := figures.CreateEntity(d.Context(), editor, ledger.EntityDraft{Kind: standfirst.Company, Name: name})
			must(err)
		}
		id, err := figures.CreateDeal(d.Context(), editor, ledger.DealDraft{Kind: standfirst.PrimaryRound, Target: "Tallis Foods"})
		must(err)
		if deal := d.deal(id); deal.Title != "Tallis Foods round" || !deal.ReleasedAt.IsZero() {
			d.Errorf("stored: %+v", deal)
		}
		for _, draft := range []ledger.DealDraft{{Kind: standfirst.Debt, Target: "Nobody"}, {Kind: "loan", Target: "Tallis Foods"}} {
			if _, err := figures.CreateDeal(d.Context(), editor, draft); standfirst.KindOf(err) != standfirst.Invalid {
				d.Errorf("%+v: %v", draft, err)
			}
		}
		must(figures.AddParty(d.Context(), editor, id, "Quay Capital", standfirst.Investor))
		if err := figures.AddParty(d.Context(), editor, id, "Quay Capital", standfirst.Investor); standfirst.KindOf(err) != standfirst.Conflict {
			d.Errorf("a party twice: %v", err)
		}
		quay := d.entity("Quay Capital").ID
		must(figures.SetStage(d.Context(), editor, id, ledger.StageChange{Party: quay, Stage: standfirst.Talks, Evidence: standfirst.Rumoured}))
		if err := figures.RemoveParty(d.Context(), editor, id, quay, standfirst.Investor); standfirst.KindOf(err) != standfirst.Conflict {
			d.Errorf("a party of which a stage is held is removed: %v", err)
		}
		must(figures.AddParty(d.Context(), editor, id, "Quay Capital", standfirst.Lead))
		must(figures.RemoveParty(d.Context(), editor, id, quay, standfirst.Investor))
		must(figures.ChangeDeal(d.Context(), editor, id, standfirst.Convertible, "Tallis convertible", ""))
		deal := d.deal(id)
		if deal.Title != "Tallis convertible" || deal.Slug != "tallis-foods-round" || !slices.Equal(deal.Parties, []standfirst.DealParty{{Entity: quay, Role: standfirst.Lead}}) {
			d.Errorf("stored: %+v", deal)
		}
		must(figures.SetStage(d.Context(), editor, id, ledger.StageChange{Stage: standfirst.Closed, Evidence: standfirst.Documented}))
		for name, test := range map[string]struct {
			search ledger.DealSearch
			want   int
		}{
			"all": {ledger.DealSearch{}, 1}, "open": {ledger.DealSearch{Open: true}, 0}, "closed": {ledger.DealSearch{Stage: standfirst.Closed}, 1},
			"words": {ledger.DealSearch{Words: "conv"}, 1}, "another kind": {ledger.DealSearch{Kind: standfirst.Merger}, 0},
		} {
			found, err := figures.FindDeals(d.Context(), reporter, test.search, 5)
			if err != nil || len(found.Deals) != test.want || found.Next != 0 {
				d.Errorf("%s: %+v, %v", name, found, err)
			}
		}
		if _, err := figures.FindDeals(d.Context(), moderator, ledger.DealSearch{}, 5); standfirst.KindOf(err) != standfirst.Forbidden {
			d.Errorf("a moderator looks: %v", err)
		}
	})
}
