package site

import (
	"slices"

	"standfirst"
	"standfirst/internal/markup"
)

// named is where the pages are of what a text names.
type named struct {
	entities map[string]string // by slug
	tickers  map[standfirst.Tag]string
	shown    []standfirst.Entity // those that have a page
}

// named looks up, in one query, which of the entities and companies that the text names
// have a page for readers. The page is tagged with the names too, for one that gets a
// page later.
func (rd *reading) named(text markup.Named) (named, error) {
	var n named
	if len(text.Entities) == 0 && len(text.Tickers) == 0 {
		return n, nil
	}
	n = named{entities: make(map[string]string), tickers: make(map[standfirst.Tag]string)}
	for _, slug := range text.Entities {
		rd.tag(standfirst.MentionTag(slug))
	}
	for _, t := range text.Tickers {
		rd.tag(standfirst.TickerTag(t))
	}
	found, err := rd.tx.EntitiesNamed(text.Entities, text.Tickers)
	if err != nil {
		return n, err
	}
	merged, err := rd.merged(found)
	if err != nil {
		return n, err
	}
	for _, kind := range standfirst.EntityKinds() { // where a slug is that of several, a company comes first
		for _, e := range found {
			if e.Kind == kind {
				rd.name(&n, text, e, merged)
			}
		}
	}
	return n, nil
}

// merged returns what became of those of the entities that were merged into others.
func (rd *reading) merged(found []standfirst.Entity) (map[standfirst.EntityID]standfirst.Entity, error) {
	var ids []standfirst.EntityID
	for _, e := range found {
		if e.MergedInto != 0 {
			ids = append(ids, e.MergedInto)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	kept, err := rd.tx.EntitiesByID(ids)
	byID := make(map[standfirst.EntityID]standfirst.Entity, len(kept))
	for _, k := range kept {
		byID[k.ID] = k
	}
	return byID, err
}

// name notes where the page of the entity is, under each of the names that the text has
// for it. The page of one that was merged is that of what it became.
func (rd *reading) name(n *named, text markup.Named, e standfirst.Entity, merged map[standfirst.EntityID]standfirst.Entity) {
	known := slices.Contains(text.Entities, e.Slug)
	path := ""
	shown := e
	if kept, ok := merged[e.MergedInto]; ok {
		shown = kept
	}
	if shown.HasPage() {
		path = shown.Path()
	}
	if known && n.entities[string(e.Slug)] == "" {
		n.entities[string(e.Slug)] = path
	}
	for _, t := range e.Tickers {
		if slices.ContainsFunc(text.Tickers, t.Same) {
			known = true
			n.tickers[standfirst.TickerTag(t)] = path
		}
	}
	if known {
		rd.tag(standfirst.EntityTag(e.ID))
		rd.tag(standfirst.EntityTag(shown.ID))
		if path != "" && !slices.ContainsFunc(n.shown, func(o standfirst.Entity) bool { return o.ID == shown.ID }) {
			n.shown = append(n.shown, shown)
		}
	}
}

func (n named) entity(slug string) string { return n.entities[slug] }

func (n named) ticker(t standfirst.Ticker) string { return n.tickers[standfirst.TickerTag(t)] }
