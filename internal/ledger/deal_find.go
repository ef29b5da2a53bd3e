package ledger

import (
	"context"
	"fmt"
	"strings"

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

// DealCalled returns the deal that somebody means by the words: its address, its title as
// addresses have it, or its number. A deal may be called 2030, so a number counts where none is
// called so, and one with a # always. It returns an Invalid error where there is none.
func DealCalled(tx *store.ReadTx, words string) (standfirst.Deal, error) {
	words = standfirst.OneLine(words)
	number, marked := calledNumber(words)
	if !marked {
		if d, found, err := dealNamed(tx, words); found || err != nil {
			return d, err
		}
	}
	if number != 0 {
		if d, err := tx.Deal(standfirst.DealID(number)); !isNotFound(err) {
			return d, err
		}
	}
	return standfirst.Deal{}, standfirst.Errorf(standfirst.Invalid, "no deal is called “%s”; give its title or its address", words)
}

// dealNamed returns the deal that is meant by words which may mean anything else as well: its
// address, its title, or the word deal with its number.
func dealNamed(tx *store.ReadTx, words string) (d standfirst.Deal, found bool, err error) {
	rest, numbered := strings.CutPrefix(strings.ToLower(words), "deal ")
	number, marked := calledNumber(rest)
	if marked && !numbered {
		return d, false, nil
	}
	if !marked {
		slug := standfirst.Slug(strings.TrimPrefix(strings.TrimPrefix(words, "/"), "deal/"))
		if slug.Validate() != nil {
			slug = standfirst.Slugify(words)
		}
		d, err = tx.DealAt(slug)
	}
	if numbered && number != 0 && (marked || isNotFound(err)) {
		d, err = tx.Deal(standfirst.DealID(number))
	}
	if isNotFound(err) {
		return standfirst.Deal{}, false, nil
	}
	return d, err == nil, err
}

// SubjectCalled returns the deal, or else the entity, that somebody means by the words, see
// [EntityCalled]. A deal is meant by its number only with the word before it: deal 12.
func SubjectCalled(tx *store.ReadTx, words string) (standfirst.Subject, error) {
	words = standfirst.OneLine(words)
	d, found, err := dealNamed(tx, words)
	if found || err != nil {
		return standfirst.Subject{Deal: d.ID}, err
	}
	e, err := EntityCalled(tx, words)
	return standfirst.Subject{Entity: e.ID}, err
}
