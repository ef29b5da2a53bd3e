package search

import (
	"slices"
	"strings"

	"standfirst"
	"standfirst/internal/store"
)

// entityKinds are what entities are found as.
var entityKinds = map[standfirst.EntityKind]standfirst.SearchKind{
	standfirst.Company: standfirst.FindCompany, standfirst.Organisation: standfirst.FindOrganisation,
	standfirst.Person: standfirst.FindPerson, standfirst.Place: standfirst.FindPlace,
}

// entity indexes the entity if it has a page.
func (x *indexing) entity(id standfirst.EntityID) error {
	e, err := x.tx.Entity(id)
	if isNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	kind := entityKinds[e.Kind]
	if !e.HasPage() {
		return x.forget(kind, int64(id))
	}
	d := document{
		SearchDoc: store.SearchDoc{Kind: kind, Thing: int64(id), Path: e.Path(), Title: e.Name, At: e.ReleasedAt},
		texts:     []string{strings.Join(e.Aliases, ", ")}, names: append([]string{e.Name}, e.Aliases...),
	}
	var tickers []string
	for _, t := range e.Tickers {
		tickers = append(tickers, t.Exchange.Codes[0]+": "+t.Symbol)
		d.names = append(d.names, t.Symbol)
		for _, code := range t.Exchange.Codes {
			x.mark(&d, markName, code+" "+t.Symbol)
		}
	}
	d.Summary = strings.Join(tickers, ", ")
	d.texts = append(d.texts, d.Summary)
	for _, name := range d.names {
		x.mark(&d, markName, name, standfirst.EntityKey(name))
	}
	x.markTickers(&d, e.Tickers...)
	x.markCompanies(&d, e)
	return x.put(d)
}

// deal indexes the deal once it is released, with the parties that readers see.
func (x *indexing) deal(id standfirst.DealID) error {
	deal, err := x.tx.Deal(id)
	if isNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	if deal.ReleasedAt.IsZero() {
		return x.forget(standfirst.FindDeal, int64(id))
	}
	ids := []standfirst.EntityID{deal.Target}
	for _, p := range deal.ShownParties() {
		ids = append(ids, p.Entity)
	}
	entities, err := x.tx.EntitiesByID(ids)
	if err != nil {
		return err
	}
	entities = slices.DeleteFunc(entities, func(e standfirst.Entity) bool { return e.ReleasedAt.IsZero() })
	var names []string
	for _, e := range entities {
		names = append(names, e.Name)
	}
	d := document{
		SearchDoc: store.SearchDoc{
			Kind: standfirst.FindDeal, Thing: int64(id), Path: deal.Path(), Title: deal.Title, Summary: strings.Join(names, ", "), At: deal.ReleasedAt,
		},
		names: []string{deal.Title},
	}
	d.texts = []string{d.Summary, strings.ReplaceAll(string(deal.Kind), "-", " ")}
	x.mark(&d, markName, deal.Title)
	x.markCompanies(&d, entities...)
	for _, e := range entities {
		x.markTickers(&d, e.Tickers...)
	}
	return x.put(d)
}

// claim indexes what readers are told of the figure now.
func (x *indexing) claim(id standfirst.ClaimID) error {
	claim, err := x.tx.Claim(id)
	if isNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	versions, err := x.tx.Versions(id, store.ForReaders)
	if err != nil {
		return err
	}
	versions = slices.DeleteFunc(versions, func(v standfirst.ClaimVersion) bool { return v.Erased })
	if len(versions) == 0 {
		return x.tx.DeleteSearchDoc(standfirst.FindClaim, int64(id))
	}
	d := document{SearchDoc: store.SearchDoc{
		Kind: standfirst.FindClaim, Thing: int64(id), Path: claim.Path(), At: versions[len(versions)-1].RecordedAt,
	}, untitled: true}
	about, err := x.about(&d, claim)
	if err != nil {
		return err
	}
	noun := claim.Property.Noun()
	d.Title = strings.ToUpper(noun[:1]) + noun[1:] + ", " + about
	var values []string
	for _, v := range versions {
		if v.Ended != standfirst.Current {
			continue
		}
		if words := claim.Property.Words(v.Value); !slices.Contains(values, words) {
			values = append(values, words)
		}
		if v.Value.Quantity != nil {
			d.marks = append(d.marks, quantityMarks(*v.Value.Quantity, true)...)
		}
	}
	d.Summary = strings.Join(values, "; ")
	d.texts = []string{d.Summary, claim.Dimensions.Period, claim.Dimensions.Tranche, claim.Dimensions.Event}
	return x.put(d)
}

// about returns what the claim is about, in the names that readers know.
func (x *indexing) about(d *document, c standfirst.Claim) (string, error) {
	var names []string
	if c.Subject.Deal != 0 {
		deal, err := x.tx.Deal(c.Subject.Deal)
		if err != nil {
			return "", err
		}
		names = append(names, deal.Title)
	}
	for _, id := range []standfirst.EntityID{c.Dimensions.Party, c.Subject.Entity} {
		if id == 0 {
			continue
		}
		e, err := x.tx.Entity(id)
		if err != nil {
			return "", err
		}
		if e.ReleasedAt.IsZero() {
			continue
		}
		names = append(names, standfirst.ShortName(e.Name))
		x.markCompanies(d, e)
		x.markTickers(d, e.Tickers...)
	}
	return strings.Join(names, ", "), nil
}

// section makes the section be suggested.
func (x *indexing) section(id standfirst.SectionID) error {
	s, err := x.tx.Section(id)
	if isNotFound(err) {
		return x.suggest(standfirst.FindSection, int64(id), "") // it was deleted
	}
	if err != nil {
		return err
	}
	return x.suggest(standfirst.FindSection, int64(id), standfirst.SectionPath(s.Slug), s.Name)
}

// author makes the author be suggested.
func (x *indexing) author(id standfirst.AuthorID) error {
	a, err := x.tx.Author(id)
	if isNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return x.suggest(standfirst.FindAuthor, int64(id), standfirst.AuthorPath(a.Slug), a.Name)
}
