package ledger

import (
	"context"
	"fmt"

	"standfirst"
	"standfirst/internal/copydesk"
	"standfirst/internal/store"
)

// maxNames bounds how many names of a text are looked up.
const maxNames = 400

// Known returns what the newsroom knows of what the proposals name: the entities of
// those names, their deals, and what is held about both. It reads the database only
// once for each kind.
func (l *Ledger) Known(ctx context.Context, p copydesk.Proposals) (copydesk.Known, error) {
	var known copydesk.Known
	err := l.store.View(ctx, func(tx *store.ReadTx) (err error) {
		known, err = knownTo(tx, p)
		return err
	})
	if err != nil {
		return known, fmt.Errorf("ledger: what is known: %w", err)
	}
	return known, nil
}

func knownTo(tx *store.ReadTx, p copydesk.Proposals) (copydesk.Known, error) {
	var known copydesk.Known
	seen := make(map[standfirst.EntityID]bool)
	add := func(entities ...standfirst.Entity) {
		for _, e := range entities {
			if !seen[e.ID] {
				seen[e.ID] = true
				known.Entities = append(known.Entities, e)
			}
		}
	}
	var keys []string
	for _, e := range p.Entities {
		for _, name := range append([]string{e.Name}, e.Aliases...) {
			if key := standfirst.EntityKey(name); key != "" && len(keys) < maxNames {
				keys = append(keys, key)
			}
		}
		for _, t := range e.Tickers {
			listed, err := tx.EntityByTicker(t.Exchange.MIC, t.Symbol)
			if err == nil {
				add(listed)
			} else if !isNotFound(err) {
				return known, err
			}
		}
	}
	named, err := tx.EntitiesByKeys(keys)
	if err != nil {
		return known, err
	}
	add(named...)
	var ids []standfirst.EntityID
	var subjects []standfirst.Subject
	for _, e := range known.Entities {
		ids = append(ids, e.ID)
		subjects = append(subjects, standfirst.Subject{Entity: e.ID})
	}
	if known.Deals, err = tx.DealsOfTargets(ids); err != nil {
		return known, err
	}
	for _, d := range known.Deals {
		subjects = append(subjects, standfirst.Subject{Deal: d.ID})
	}
	for _, s := range subjects {
		claims, err := tx.ClaimsOf(s, store.ForDesk)
		if err != nil {
			return known, err
		}
		versions, err := tx.VersionsOf(s, store.ForDesk)
		if err != nil {
			return known, err
		}
		known.Claims = append(known.Claims, claims...)
		known.Versions = append(known.Versions, current(versions)...)
	}
	return known, nil
}

// Propose reads a story's text and returns what the copy desk would record of it, held
// against what the newsroom knows. It reads the text without the database first, for
// the names in it.
func (l *Ledger) Propose(ctx context.Context, c standfirst.Content, on standfirst.Day) (copydesk.Proposals, error) {
	prose := copydesk.ReadStory(c.Headline, c.Standfirst, c.Body, on)
	alone := copydesk.Propose(prose, copydesk.Known{})
	known, err := l.Known(ctx, alone)
	if err != nil || len(known.Entities) == 0 {
		return alone, err
	}
	return copydesk.Propose(prose, known), nil
}
