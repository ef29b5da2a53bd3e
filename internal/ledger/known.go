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

// known returns what the newsroom knows of what the prose names: the entities of those
// names and tickers, the deals of which they are the target, and what is held about both.
func known(tx *store.ReadTx, p copydesk.Prose) (copydesk.Known, error) {
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
	for _, t := range p.Tickers {
		listed, err := tx.EntityByTicker(t.Ticker.Exchange.MIC, t.Ticker.Symbol)
		if err == nil {
			add(listed)
		} else if !isNotFound(err) {
			return known, err
		}
	}
	var keys []string
	for _, name := range copydesk.Names(p) {
		if key := standfirst.EntityKey(name); key != "" && len(keys) < maxNames {
			keys = append(keys, key)
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
		about, err := readSubject(tx, s, store.ForDesk)
		if err != nil {
			return known, err
		}
		known.Claims = append(known.Claims, about.claims...)
		for _, c := range about.claims {
			known.Versions = append(known.Versions, current(about.versions[c.ID])...)
		}
	}
	return known, nil
}

// Propose reads a story's text and returns what the copy desk would record of it, held
// against what the newsroom knows.
func (l *Ledger) Propose(ctx context.Context, c standfirst.Content, on standfirst.Day) (copydesk.Proposals, error) {
	prose := copydesk.ReadStory(c.Headline, c.Standfirst, c.Body, on)
	var knows copydesk.Known
	err := l.store.View(ctx, func(tx *store.ReadTx) (err error) {
		knows, err = known(tx, prose)
		return err
	})
	if err != nil {
		return copydesk.Proposals{}, fmt.Errorf("ledger: look up what a text names: %w", err)
	}
	return copydesk.Propose(prose, knows), nil
}
