package ledger

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"standfirst"
	"standfirst/internal/store"
)

// EntitySearch says which entities are looked for.
type EntitySearch struct {
	Kind standfirst.EntityKind
	// Words must each begin a word of one of its names, or a ticker; case does not matter.
	Words string
	After standfirst.Slug // where the list goes on; empty for its beginning
}

// FoundEntities are the entities that a search finds, in the order of their addresses.
type FoundEntities struct {
	Entities []standfirst.Entity
	Next     standfirst.Slug // continues the search as After; empty at its end
	// Bounded says that the search stopped after [SearchWindow] of them: there may be more
	// that fit, from Next on.
	Bounded bool
}

const (
	// SearchWindow is how many rows one search looks at, at the most.
	SearchWindow = 2000
	searchStep   = 200
)

// FindEntities returns up to limit entities that fit the search.
func (l *Ledger) FindEntities(ctx context.Context, actor standfirst.Actor, s EntitySearch, limit int) (FoundEntities, error) {
	if err := actor.Require(standfirst.RecordClaim); err != nil {
		return FoundEntities{}, err
	}
	if !s.Kind.Valid() {
		return FoundEntities{}, standfirst.Errorf(standfirst.NotFound, "there is no list of the kind %q", s.Kind)
	}
	var found FoundEntities
	err := l.store.View(ctx, func(tx *store.ReadTx) (err error) {
		found, err = s.find(tx, limit)
		return err
	})
	if err != nil {
		return found, fmt.Errorf("ledger: find a %s: %w", s.Kind, err)
	}
	return found, nil
}

func (s EntitySearch) find(tx *store.ReadTx, limit int) (FoundEntities, error) {
	var found FoundEntities
	words := searchWords(s.Words)
	step := searchStep
	if len(words) == 0 {
		step = limit + 1 // all of them fit
	}
	after := s.After
	for looked := 0; ; {
		entities, err := tx.Entities(s.Kind, after, step, store.ForDesk)
		if err != nil {
			return found, err
		}
		for _, e := range entities {
			if len(found.Entities) == limit {
				found.Next = found.Entities[limit-1].Slug
				return found, nil
			}
			after = e.Slug
			looked++
			if beginWords(words, entityWords(e)) {
				found.Entities = append(found.Entities, e)
			}
		}
		if len(entities) < step {
			return found, nil
		}
		if looked >= SearchWindow {
			found.Next, found.Bounded = after, true
			return found, nil
		}
	}
}

// searchWords returns the words of a text as they are compared.
func searchWords(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune(" \u00a0-–—“”‘’\"'(),.:;/&", r) })
}

// entityWords returns the words of all names of the entity, and its tickers.
func entityWords(e standfirst.Entity) []string {
	words := searchWords(e.Name)
	for _, alias := range e.Aliases {
		words = append(words, searchWords(alias)...)
	}
	for _, t := range e.Tickers {
		words = append(words, searchWords(t.Symbol)...)
		for _, code := range t.Exchange.Codes {
			words = append(words, searchWords(code)...)
		}
	}
	return words
}

// beginWords reports whether each of the words begins one of the others.
func beginWords(words, of []string) bool {
	for _, w := range words {
		if !slices.ContainsFunc(of, func(o string) bool { return strings.HasPrefix(o, w) }) {
			return false
		}
	}
	return true
}

// EntityCalled returns the entity that somebody means by the words, at the desk and at the
// command line: its address, a ticker, one of its names, its slug, or its number. A company may
// be called 37, so a number counts where nothing is called so, and one with a # always. It
// returns an Invalid error that says so where nothing, or more than one thing, is called so.
func EntityCalled(tx *store.ReadTx, words string) (standfirst.Entity, error) {
	words = standfirst.OneLine(words)
	if words == "" {
		return standfirst.Entity{}, standfirst.Errorf(standfirst.Invalid, "say which company, organisation, person or place")
	}
	number, marked := calledNumber(words)
	if marked {
		return numberedEntity(tx, number, words)
	}
	if e, found, err := entityAddressed(tx, words); found || err != nil {
		return e, err
	}
	for _, look := range []func(*store.ReadTx, string) ([]standfirst.Entity, error){entitiesNamed, entitiesAtSlug} {
		named, err := look(tx, words)
		switch {
		case err != nil:
			return standfirst.Entity{}, err
		case len(named) == 1:
			return named[0], nil
		case len(named) > 1:
			var paths []string
			for _, e := range named {
				paths = append(paths, string(e.Kind)+"/"+string(e.Slug))
			}
			return standfirst.Entity{}, standfirst.Errorf(standfirst.Invalid, "%d are called “%s”; name one of them as %s", len(named), words, strings.Join(paths, " or "))
		}
	}
	return numberedEntity(tx, number, words)
}

// calledNumber returns the number that the words are, and whether they say so with a #; zero
// if they are none.
func calledNumber(words string) (n int64, marked bool) {
	digits, marked := strings.CutPrefix(words, "#")
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n < 1 || strings.HasPrefix(digits, "+") {
		return 0, false
	}
	return n, marked
}

// numberedEntity returns the entity with the number, zero for none.
func numberedEntity(tx *store.ReadTx, number int64, words string) (standfirst.Entity, error) {
	if number != 0 {
		e, err := stayed(tx)(tx.Entity(standfirst.EntityID(number)))
		if !isNotFound(err) {
			return e, err
		}
	}
	return standfirst.Entity{}, standfirst.Errorf(standfirst.Invalid, "nothing is called “%s”; add it under Companies first", words)
}

// entitiesNamed returns the entities that have the name.
func entitiesNamed(tx *store.ReadTx, words string) ([]standfirst.Entity, error) {
	return tx.EntitiesByKeys([]string{standfirst.EntityKey(words)})
}

// entitiesAtSlug returns the entities whose address ends in the words.
func entitiesAtSlug(tx *store.ReadTx, words string) ([]standfirst.Entity, error) {
	var all []standfirst.Entity
	if !isSlug(words) {
		return all, nil
	}
	for _, kind := range standfirst.EntityKinds() {
		e, err := stayed(tx)(tx.EntityAt(kind, standfirst.Slug(words)))
		switch {
		case isNotFound(err):
		case err != nil:
			return nil, err
		case !slices.ContainsFunc(all, func(k standfirst.Entity) bool { return k.ID == e.ID }):
			all = append(all, e)
		}
	}
	return all, nil
}

// isSlug reports whether the words can be the end of an address.
func isSlug(words string) bool { return standfirst.Slug(words).Validate() == nil }

// stayed leads from an entity that was merged into another to that.
func stayed(tx *store.ReadTx) func(standfirst.Entity, error) (standfirst.Entity, error) {
	return func(e standfirst.Entity, err error) (standfirst.Entity, error) {
		if err == nil && e.MergedInto != 0 {
			return tx.Entity(e.MergedInto)
		}
		return e, err
	}
}

// entityAddressed looks for the entity by its address or a ticker.
func entityAddressed(tx *store.ReadTx, words string) (e standfirst.Entity, found bool, err error) {
	kind, slug, addressed := strings.Cut(strings.TrimPrefix(words, "/"), "/")
	ticker, listed := standfirst.ParseTicker(words)
	switch {
	case addressed && standfirst.EntityKind(kind).Valid() && isSlug(slug):
		e, err = stayed(tx)(tx.EntityAt(standfirst.EntityKind(kind), standfirst.Slug(slug)))
	case listed:
		e, err = stayed(tx)(tx.EntityByTicker(ticker.Exchange.MIC, ticker.Symbol))
	default:
		return e, false, nil
	}
	if isNotFound(err) {
		return e, false, nil
	}
	return e, err == nil, err
}
