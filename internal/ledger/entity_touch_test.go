package ledger

import (
	"fmt"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

// TestTouchEntity holds that a rename makes every page with the name anew at once, and touches
// figures and stories in steps that do not grow with the archive.
func TestTouchEntity(t *testing.T) {
	for name, open := range map[string]func(*testing.T) *store.Store{
		"SQLite":   func(t *testing.T) *store.Store { return storetest.Open(t) },
		"Postgres": func(t *testing.T) *store.Store { return storetest.Postgres(t) },
	} {
		t.Run(name, func(t *testing.T) { testTouchEntity(newPlanner(t, open(t))) })
	}
}

func testTouchEntity(p *planner) {
	const figures, stories = 120, 230
	p.must(p.store.Update(p.Context(), func(tx *store.Tx) error {
		deal, err := tx.InsertDeal(standfirst.Deal{Kind: standfirst.Merger, Title: "A merger", Target: p.hidden, CreatedAt: p.now})
		if err != nil {
			return err
		}
		var claims []standfirst.ClaimID
		for n := range figures {
			c := standfirst.Claim{Subject: standfirst.Subject{Entity: p.shown}, Property: standfirst.Revenue, Dimensions: standfirst.Dimensions{Period: fmt.Sprint(n)}}
			if n == 0 { // of it as a party
				c = standfirst.Claim{Subject: standfirst.Subject{Deal: deal}, Property: standfirst.Stake, Dimensions: standfirst.Dimensions{Party: p.shown}}
			}
			id, err := tx.InsertClaim(c)
			if err != nil {
				return err
			}
			claims = append(claims, id)
		}
		for n := range stories {
			id, err := tx.InsertStory(standfirst.Story{Kind: standfirst.KindStory, State: standfirst.Draft, Slug: "results"}, standfirst.Content{Headline: "Results"})
			if err != nil {
				return err
			}
			if err := tx.SetCiting(id, p.now, []standfirst.ClaimID{claims[n%figures], claims[(n+1)%figures]}); err != nil {
				return err
			}
		}
		return nil
	}))
	var changed [][]standfirst.Tag // of what is derived, by transaction
	p.store.BeforeCommit(p, func(_ *store.Tx, c store.Changes) error {
		var tags []standfirst.Tag
		for _, tag := range c.Tags {
			if noun, _, ok := tag.Of(); ok && (noun == "story" || noun == "claim") {
				tags = append(tags, tag)
			}
		}
		if len(tags) > 0 {
			changed = append(changed, tags)
		}
		return nil
	})
	clear(p.touched)
	p.must(p.ledger.ChangeEntity(p.Context(), eventEditor, p.shown, EntityDraft{Kind: standfirst.Company, Name: "Tallis Kitchens"}))
	for id := standfirst.ClaimID(1); id <= figures; id++ {
		if !p.touched[standfirst.ClaimTag(id)] {
			p.Fatalf("pages with figure %s are not made anew at once", id)
		}
	}
	for id := standfirst.StoryID(1); id <= stories; id++ {
		if !p.touched[standfirst.StoryTag(id)] {
			p.Fatalf("pages with story %s are not made anew at once", id)
		}
	}
	for range 20 {
		var waiting []standfirst.Job
		p.must(p.store.Update(p.Context(), func(tx *store.Tx) (err error) {
			later := time.Now().AddDate(1, 0, 0) // by the clock of the store
			waiting, err = tx.LeaseJobsOf(standfirst.JobTouchEntity, later, later.Add(time.Hour), "test", 1)
			return err
		}))
		if len(waiting) == 0 {
			break
		}
		p.must(p.ledger.TouchEntityJob(p.Context(), waiting[0]))
		p.must(p.store.Update(p.Context(), func(tx *store.Tx) error { return tx.FinishJob(waiting[0].ID) }))
	}
	all := make(map[standfirst.Tag]bool)
	for _, tags := range changed {
		if len(tags) > 2*touchedAtOnce {
			p.Errorf("one transaction touches %d things", len(tags))
		}
		for _, tag := range tags {
			all[tag] = true
		}
	}
	if len(changed) < 3 || len(all) != figures+stories {
		p.Errorf("%d transactions touch %d of %d figures and stories", len(changed), len(all), figures+stories)
	}
}
