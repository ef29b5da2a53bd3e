package search

import (
	"slices"
	"strings"

	"standfirst"
	"standfirst/internal/store"
)

// mostKnown bounds the names of a company that are looked for.
const mostKnown = 40

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
	s, err := f.tx.SectionByName(text)
	if isNotFound(err) {
		s, err = f.tx.SectionBySlug(standfirst.Slugify(text))
	}
	if err != nil && !isNotFound(err) {
		return nil, err
	}
	return []store.SearchTerm{{Words: []string{sectionMark(s.ID)}}}, nil
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

// ticker returns the terms for the ticker and for the entity that is listed under it.
func (f *finder) ticker(text string) ([]store.SearchTerm, error) {
	t, ok := standfirst.ParseTicker(text)
	if !ok {
		return nil, nil
	}
	e, err := f.tx.EntityByTicker(t.Exchange.MIC, t.Symbol)
	if isNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	terms, err := f.named([]standfirst.Entity{e})
	if mark := f.analysis.flat(t.Exchange.MIC + t.Symbol); err == nil && terms != nil {
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
		for _, name := range append([]string{e.Name}, e.Aliases...) {
			add(markCompany, standfirst.EntityKey(name))
			// A merged company's own address is made of a name that is another's now.
			add(markCompany, strings.ReplaceAll(string(standfirst.Slugify(name)), "-", " "))
		}
		add(markCompany, strings.ReplaceAll(string(e.Slug), "-", " "))
		for _, t := range e.Tickers {
			add(markTicker, t.Exchange.MIC+t.Symbol)
		}
	}
	var terms []store.SearchTerm
	for _, w := range words {
		terms = append(terms, store.SearchTerm{Words: []string{w}})
	}
	return terms, nil
}
