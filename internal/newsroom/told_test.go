package newsroom_test

import (
	"slices"
	"testing"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/store"
	"standfirst/internal/webhook"
)

// Webhooks are told of figures and stages once readers see them, and of nothing that the desk
// keeps back.
func TestFiguresAreTold(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		must := func(err error) {
			d.Helper()
			if err != nil {
				d.Fatal(err)
			}
		}
		boss := standfirst.Actor{Kind: standfirst.ActorStaff, ID: 1, Role: standfirst.Administrator}
		hooks := webhook.New(d.store, webhook.Options{Clock: d.now})
		hook, err := hooks.Add(d.Context(), boss, "https://told.example", standfirst.WebhookEvents())
		must(err)
		told := func() (events []string) {
			d.Helper()
			_, log, err := hooks.Log(d.Context(), boss, hook.ID, 0, 1000)
			must(err)
			for _, e := range log {
				events = append(events, string(e.Event)+" "+string(e.Data))
			}
			slices.Reverse(events)
			return events
		}
		story := d.fileRound("Northwind in talks")
		first := told()
		count := func(events []string, prefix string) (n int) {
			for _, e := range events {
				if len(e) > len(prefix) && e[:len(prefix)] == prefix {
					n++
				}
			}
			return n
		}
		if count(first, "story.published ") != 1 || count(first, "claim.changed ") != len(d.cited(story.ID)) {
			d.Errorf("%d figures are cited, told of %q", len(d.cited(story.ID)), first)
		}
		var claim standfirst.Claim
		d.view(func(tx *store.ReadTx) (err error) { claim, err = tx.Claim(d.cited(story.ID)[0].Claim); return err })
		figures := ledger.New(d.store, ledger.Options{Clock: d.now})
		set := func(stage standfirst.DealStage, hold bool) {
			d.Helper()
			must(figures.SetStage(d.Context(), editor, claim.Subject.Deal, ledger.StageChange{
				Stage: stage, AsOf: marchDay, Hold: hold, Evidence: standfirst.ReportedNamed,
				Source: &standfirst.Attribution{Kind: standfirst.Spokesperson, Words: "a spokesperson"},
			}))
		}
		set(standfirst.Talks, false)
		after := told()[len(first):]
		if count(after, "claim.changed ") != 1 || count(after, `deal.stage_changed {"id":`+claim.Subject.Deal.String()+`,"address":"/deal/`) != 1 {
			d.Errorf("a stage is told as %q", after)
		}
		before := len(told())
		set(standfirst.AdvancedTalks, true)
		if all := told(); len(all) != before {
			d.Errorf("what is held back is told: %q", all[before:])
		}
		var stage standfirst.Claim
		d.view(func(tx *store.ReadTx) (err error) {
			stage, err = tx.ClaimByKey(standfirst.Subject{Deal: claim.Subject.Deal}, standfirst.Stage, standfirst.Dimensions{})
			return err
		})
		must(figures.Release(d.Context(), editor, stage.ID))
		if all := told()[before:]; count(all, "deal.stage_changed ") != 1 {
			d.Errorf("a release is told as %q", all)
		}
	})
}
