package search

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/markup"
	"standfirst/internal/store"
)

// Order is how results stand.
type Order string

const (
	ByRelevance Order = "relevance" // what is called so, then titles, then the rest, each the newest first
	ByDate      Order = "date"      // the newest first
)

// Request is what somebody looks for.
type Request struct {
	Text  string
	Kind  standfirst.SearchKind // empty for all
	Order Order                 // empty for ByRelevance
	After string                // a Page's Next; empty for the first page
	Limit int
}

// Page is a stretch of results.
type Page struct {
	Results []Result
	Next    string // where it goes on; empty at the end
	// Mistaken are words that nothing has, each with the names that were looked for instead.
	Mistaken []Mistaken
	// Said is false where nothing was asked for.
	Said bool
}

// Mistaken is a word that nothing has.
type Mistaken struct {
	Word  string
	Meant []string
}

// Result is one thing that was found.
type Result struct {
	Kind      standfirst.SearchKind
	Path      string
	Title     []Part // of a comment, the headline of the story that it stands under
	Excerpt   []Part // empty for a retracted story
	At        time.Time
	Retracted bool
}

// place is where a page of results begins: after a key, in one of the stretches of which
// what is relevant consists.
type place struct {
	stretch int
	key     int64
}

func (p place) String() string { return strconv.Itoa(p.stretch) + "." + strconv.FormatInt(p.key, 36) }

func parsePlace(text string) (place, bool) {
	stretch, key, ok := strings.Cut(text, ".")
	n, err := strconv.Atoi(stretch)
	k, failed := strconv.ParseInt(key, 36, 64)
	p := place{n, k}
	return p, ok && err == nil && failed == nil && n >= 0 && n <= 2 && k >= 0 && p.String() == text
}

// Find returns a page of what readers find. It returns an Invalid error for a place that no
// page has named; what was typed is never wrong.
func Find(tx *store.ReadTx, r Request) (Page, error) {
	pub, err := tx.Publication()
	if err != nil {
		return Page{}, err
	}
	var from place
	if r.After != "" {
		var ok bool
		if from, ok = parsePlace(r.After); !ok {
			return Page{}, standfirst.Errorf(standfirst.Invalid, "no page of results begins at %q", clip(r.After, 40))
		}
	}
	f := finder{tx: tx, request: r, analysis: newAnalysis(pub.Language), loc: pub.Location()}
	clauses, err := f.know(parse(r.Text))
	if err != nil {
		return Page{}, err
	}
	page, err := f.page(clauses, from)
	if err != nil || len(page.Results) > 0 || !page.Said {
		return page, err
	}
	meant, mistaken, err := f.forgive(clauses)
	if err != nil || len(mistaken) == 0 {
		return page, err
	}
	page, err = f.page(meant, from)
	page.Mistaken = mistaken
	return page, err
}

// finder is one search.
type finder struct {
	tx       *store.ReadTx
	request  Request
	analysis analysis
	loc      *time.Location
}

// stretches returns the queries whose results follow one another.
func (f *finder) stretches(c compiled) []store.SearchQuery {
	filters := c.filters
	if f.request.Kind != "" {
		filters = append(slices.Clone(filters), []store.SearchTerm{{Words: []string{markKind + string(f.request.Kind)}}})
	}
	query := func(match store.SearchMatch, without ...store.SearchMatch) store.SearchQuery {
		return store.SearchQuery{
			Match: append(slices.Clone(match), filters...), Without: append(without, c.without...), From: c.from, To: c.to,
		}
	}
	if f.request.Order == ByDate || len(c.words) == 0 {
		return []store.SearchQuery{query(c.words)}
	}
	inTitles := !slices.ContainsFunc(c.titles, func(group []store.SearchTerm) bool { return len(group) == 0 })
	var all []store.SearchQuery
	var before []store.SearchMatch
	if c.name != "" {
		called := store.SearchMatch{{{Words: []string{c.name}}}}
		all, before = append(all, query(called)), append(before, called)
	} else {
		all = append(all, store.SearchQuery{})
	}
	if inTitles {
		all = append(all, query(c.titles, before...))
		before = append(slices.Clone(before), c.titles)
	} else {
		all = append(all, store.SearchQuery{})
	}
	return append(all, query(c.words, before...))
}

// page returns the page that begins after the place.
func (f *finder) page(clauses []clause, from place) (Page, error) {
	c := f.analysis.compile(clauses, f.loc)
	if c.empty() {
		return Page{}, nil
	}
	page := Page{Said: true}
	var keys []int64
	var last place
	stretches := f.stretches(c)
	for i := from.stretch; i < len(stretches); i++ {
		q := stretches[i]
		if i == from.stretch {
			q.Before = from.key
		}
		found, err := f.tx.SearchKeys(q, f.request.Limit+1-len(keys))
		if err != nil {
			return page, err
		}
		for _, key := range found {
			if len(keys) == f.request.Limit {
				page.Next = last.String()
				break
			}
			keys, last = append(keys, key), place{i, key}
		}
		if page.Next != "" {
			break
		}
	}
	var err error
	page.Results, err = f.results(keys, c.highlights)
	return page, err
}

// results returns what the keys stand for, in their order.
func (f *finder) results(keys []int64, highlights []highlight) ([]Result, error) {
	docs, err := f.tx.SearchDocs(keys)
	if err != nil {
		return nil, err
	}
	var results []Result
	for _, key := range keys {
		at := slices.IndexFunc(docs, func(d store.SearchDoc) bool { return d.Key == key })
		if at < 0 {
			continue
		}
		d := docs[at]
		text, err := f.textOf(&d)
		if err != nil {
			return nil, err
		}
		r := Result{Kind: d.Kind, Path: d.Path, At: d.At, Retracted: d.Retracted, Title: f.analysis.mark(d.Title, highlights)}
		if d.Kind == standfirst.FindComment {
			r.Title = []Part{{Text: d.Title}}
		}
		if text != "" {
			r.Excerpt = f.analysis.excerpt(text, highlights)
		}
		results = append(results, r)
	}
	return results, nil
}

// textOf returns the text of which an excerpt is shown. A comment is called after its story.
func (f *finder) textOf(d *store.SearchDoc) (string, error) {
	switch d.Kind {
	case standfirst.FindStory, standfirst.FindPage:
		if d.Retracted {
			return "", nil
		}
		story, err := f.tx.Story(standfirst.StoryID(d.Thing))
		if err != nil {
			return "", err
		}
		if story.Access != standfirst.AccessPublic {
			return d.Summary, nil
		}
		revision, err := f.tx.Revision(story.Current)
		if err != nil {
			return "", err
		}
		return strings.TrimSpace(d.Summary + "\n\n" + markup.PlainText(revision.Content.Body)), nil
	case standfirst.FindComment:
		story, err := f.tx.SearchDoc(standfirst.FindStory, int64(d.Story))
		if err != nil && standfirst.KindOf(err) != standfirst.NotFound {
			return "", err
		}
		d.Title = story.Title
	}
	return d.Summary, nil
}
