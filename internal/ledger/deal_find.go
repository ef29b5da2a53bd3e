package ledger

import (
	"context"
	"fmt"

	"standfirst"
	"standfirst/internal/store"
)

// DealSearch says which deals are looked for. An empty field admits every deal.
type DealSearch struct {
	Kind  standfirst.DealKind
	Stage standfirst.DealStage
	Open  bool // only those of which more is to come
	// Words must each begin a word of the title; case does not matter.
	Words  string
	Before standfirst.DealID // where the list goes on; zero for its beginning
}

// ListedDeal is a deal in a list for the staff.
type ListedDeal struct {
	standfirst.Deal
	Target standfirst.Entity
	Stage  standfirst.DealStage // empty if nobody has said
}

// FoundDeals are the deals that a search finds, the newest first.
type FoundDeals struct {
	Deals   []ListedDeal
	Next    standfirst.DealID // continues the search as Before; zero at its end
	Bounded bool              // the search stopped after [SearchWindow] deals
}

// FindDeals returns up to limit deals that fit the search, whether readers see them or not.
func (l *Ledger) FindDeals(ctx context.Context, actor standfirst.Actor, s DealSearch, limit int) (FoundDeals, error) {
	if err := actor.Require(standfirst.RecordClaim); err != nil {
		return FoundDeals{}, err
	}
	var found FoundDeals
	err := l.store.View(ctx, func(tx *store.ReadTx) (err error) {
		if found, err = s.find(tx, limit); err != nil {
			return err
		}
		return found.targets(tx)
	})
	if err != nil {
		return found, fmt.Errorf("ledger: find deals: %w", err)
	}
	return found, nil
}

func (s DealSearch) find(tx *store.ReadTx, limit int) (FoundDeals, error) {
	var found FoundDeals
	words := searchWords(s.Words)
	step := searchStep
	if s == (DealSearch{Before: s.Before}) {
		step = limit + 1 // all of them fit
	}
	before := s.Before
	for looked := 0; ; {
		deals, err := tx.NewestDeals(before, step)
		if err != nil {
			return found, err
		}
		stages, err := stagesOf(tx, deals)
		if err != nil {
			return found, err
		}
		for _, d := range deals {
			if len(found.Deals) == limit {
				found.Next = found.Deals[limit-1].ID
				return found, nil
			}
			before = d.ID
			looked++
			if stage := stages[d.ID]; s.fits(d, stage, words) {
				found.Deals = append(found.Deals, ListedDeal{Deal: d, Stage: stage})
			}
		}
		if len(deals) < step {
			return found, nil
		}
		if looked >= SearchWindow {
			found.Next, found.Bounded = before, true
			return found, nil
		}
	}
}

func (s DealSearch) fits(d standfirst.Deal, stage standfirst.DealStage, words []string) bool {
	return (s.Kind == "" || s.Kind == d.Kind) && (s.Stage == "" || s.Stage == stage) && !(s.Open && stage.Over()) && beginWords(words, searchWords(d.Title))
}

// stagesOf returns where each of the deals as a whole stands, as the desk knows it.
func stagesOf(tx *store.ReadTx, deals []standfirst.Deal) (map[standfirst.DealID]standfirst.DealStage, error) {
	subjects := make([]standfirst.Subject, len(deals))
	for i, d := range deals {
		subjects[i].Deal = d.ID
	}
	claims, err := tx.PlainClaims(subjects, standfirst.Stage)
	if err != nil {
		return nil, err
	}
	held, err := tx.HeldVersions(idsOf(claims), store.ForDesk)
	if err != nil {
		return nil, err
	}
	of := make(map[standfirst.ClaimID]standfirst.DealID)
	for _, c := range claims {
		of[c.ID] = c.Subject.Deal
	}
	stages := make(map[standfirst.DealID]standfirst.DealStage)
	for start := 0; start < len(held); {
		end := start
		for end < len(held) && held[end].Claim == held[start].Claim {
			end++
		}
		stages[of[held[start].Claim]] = StandsAt(held[start:end])
		start = end
	}
	return stages, nil
}

// targets fills in what the deals are about.
func (f *FoundDeals) targets(tx *store.ReadTx) error {
	var ids []standfirst.EntityID
	for _, d := range f.Deals {
		ids = append(ids, d.Deal.Target)
	}
	entities, err := tx.EntitiesByID(ids)
	byID := make(map[standfirst.EntityID]standfirst.Entity, len(entities))
	for _, e := range entities {
		byID[e.ID] = e
	}
	for i, d := range f.Deals {
		f.Deals[i].Target = byID[d.Deal.Target]
	}
	return err
}
