package search

import (
	"slices"
	"strings"

	"standfirst"
	"standfirst/internal/store"
)

// mostKnown bounds the names of a company that are looked for. What texts link and print, its
// addresses and tickers, comes before its other names.
const mostKnown = 120

// know returns the clauses with what their names stand for now: sections are renamed, and
// companies renamed, merged and listed anew, long after the stories about them were indexed.
func (f *finder) know(clauses []clause) ([]clause, error) {
	for i, c := range clauses {
		var err error
		switch c.op {
		case inSection:
			clauses[i].known, err = f.section(c.text)
		case ofCompany:
			clauses[i].known, err = f.company(c.text)
		case ofTicker:
			clauses[i].known, err = f.ticker(c.text)
		}
		if err != nil {
			return nil, err
		}
	}
	return clauses, nil
}

// sectionMark is what a story in the section is marked with.
func sectionMark(id standfirst.SectionID) string { return markSection + id.String() }

// section returns the term for the section that has the name or the address, or had it. A
// section that there is not has number 0, in which nothing stands.
func (f *finder) section(text string) ([]store.SearchTerm, error) {
	s, err := f.sectionCalled(text)
	if err != nil && !isNotFound(err) {
		return nil, err
	}
	return []store.SearchTerm{{Words: []string{sectionMark(s.ID)}}}, nil
}

func (f *finder) sectionCalled(text string) (standfirst.Section, error) {
	s, err := f.tx.SectionByName(standfirst.OneLine(text))
	if !isNotFound(err) {
		return s, err
	}
	slug := standfirst.Slugify(text)
	if s, err = f.tx.SectionBySlug(slug); !isNotFound(err) {
		return s, err
	}
	old, err := f.tx.OldAddress(standfirst.SectionPath(slug))
	if err == nil && old.Target != "" {
		return f.tx.SectionBySlug(standfirst.Slug(strings.TrimPrefix(old.Target, standfirst.SectionPath(""))))
	}
	if err != nil && !isNotFound(err) {
		return s, err
	}
	all, err := f.tx.Sections()
	if err != nil {
		return s, err
	}
	flat := f.analysis.flat(text)
	for _, s := range all {
		if f.analysis.flat(s.Name) == flat {
			return s, nil
		}
	}
	return standfirst.Section{}, standfirst.Errorf(standfirst.NotFound, "there is no section called %q", text)
}

// company returns the terms for all names and tickers of the entities called so, and nil if
// there is none that readers know.
func (f *finder) company(text string) ([]store.SearchTerm, error) {
	byKey, err := f.tx.EntitiesByKeys([]string{standfirst.EntityKey(text)})
	if err != nil {
		return nil, err
	}
	bySlug, err := f.tx.EntitiesNamed([]standfirst.Slug{standfirst.Slugify(text)}, nil)
	if err != nil {
		return nil, err
	}
	return f.named(append(byKey, bySlug...))
}

// ticker returns the terms for the ticker and for the entities that are listed under it; a
// symbol without its exchange is one of any.
func (f *finder) ticker(text string) ([]store.SearchTerm, error) {
	text = strings.ToUpper(text)
	var tickers []standfirst.Ticker
	mark := f.analysis.flat(text)
	if t, ok := standfirst.ParseTicker(text); ok {
		tickers, mark = []standfirst.Ticker{t}, f.analysis.flat(t.Exchange.MIC+t.Symbol)
	} else {
		for _, e := range standfirst.Exchanges() {
			tickers = append(tickers, standfirst.Ticker{Exchange: e, Symbol: text})
		}
	}
	entities, err := f.tx.EntitiesNamed(nil, tickers)
	if err != nil {
		return nil, err
	}
	terms, err := f.named(entities)
	if err == nil && terms != nil {
		terms = append(terms, store.SearchTerm{Words: []string{markTicker + mark}})
	}
	return terms, err
}

// named returns the terms for all names and tickers of the entities, or of those into which
// they were merged.
func (f *finder) named(entities []standfirst.Entity) ([]store.SearchTerm, error) {
	var merged []standfirst.EntityID
	for _, e := range entities {
		if e.MergedInto != 0 {
			merged = append(merged, e.MergedInto)
		}
	}
	if len(merged) > 0 {
		kept, err := f.tx.EntitiesByID(merged)
		if err != nil {
			return nil, err
		}
		entities = append(slices.Clone(entities), kept...)
	}
	var words []string
	add := func(letter, value string) {
		if flat := f.analysis.flat(value); flat != "" && len(words) < mostKnown && !slices.Contains(words, letter+flat) {
			words = append(words, letter+flat)
		}
	}
	for _, e := range entities {
		if e.ReleasedAt.IsZero() {
			continue
		}
		merged, err := f.tx.MergedSlugs(e.ID, mostKnown)
		if err != nil {
			return nil, err
		}
		for _, slug := range append([]standfirst.Slug{e.Slug}, merged...) {
			add(markCompany, strings.ReplaceAll(string(slug), "-", " "))
		}
		for _, t := range e.Tickers {
			add(markTicker, t.Exchange.MIC+t.Symbol)
		}
		for _, name := range append([]string{e.Name}, e.Aliases...) {
			add(markCompany, standfirst.EntityKey(name))
		}
	}
	var terms []store.SearchTerm
	for _, w := range words {
		terms = append(terms, store.SearchTerm{Words: []string{w}})
	}
	return terms, nil
}
