package site

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/search"
	"standfirst/internal/store"
)

// The addresses of the search.
const (
	searchPath     = "/search"
	suggestPath    = "/search/suggest"
	openSearchPath = "/opensearch.xml"
)

// longestSearch is how long a search may take. Only a phrase of very common words that never
// stand together takes long, and whoever asks for many of those is not to hold others up.
const longestSearch = 3 * time.Second

// searchLength is how many results a page has, and mostSuggested how many names are suggested.
const (
	searchLength  = 20
	mostSuggested = 8
)

// searchPage is what was looked for and what was found.
type searchPage struct {
	Layout    layout
	Query     string // as typed
	Kinds     []option
	Orders    []option
	Tips      []searchTip
	Said      bool // something was asked for
	Continued bool // it is not the first page
	Mistaken  []string
	Results   []searchResult
	First     string // the first page, from any other; else empty
	More      string // the next page; empty at the end
}

// searchTip is something that may be typed.
type searchTip struct{ Typed, Means string }

// searchResult is one thing that was found.
type searchResult struct {
	Kind      string
	Path      string
	Title     []search.Part
	Excerpt   []search.Part
	When      *moment
	Retracted bool
}

// tips are what may be typed, by the name of their string.
var tips = []searchTip{
	{`"advanced talks"`, "phrase"}, {`ferr*`, "prefix"}, {`-harbour`, "minus"}, {`$50bn`, "figure"}, {`section:deals`, "section"},
	{`author:"Mara Oduya"`, "author"}, {`company:northwind`, "company"}, {`ticker:NWF`, "ticker"}, {`after:2026-03 before:2026-04-15`, "dates"},
}

// serveSearch answers with what readers find. It is rendered each time and kept nowhere: what
// is published, or taken away, shows at the next request.
func (s *Site) serveSearch(w http.ResponseWriter, r *http.Request) error {
	unkept(w)
	asked := r.URL.Query()
	request := search.Request{
		Text: strings.TrimSpace(asked.Get("q")), Kind: standfirst.SearchKind(asked.Get("kind")), Order: search.Order(asked.Get("order")),
		After: asked.Get("after"), Limit: searchLength,
	}
	if !request.Kind.Valid() {
		request.Kind = ""
	}
	if request.Order != search.ByDate {
		request.Order = search.ByRelevance
	}
	if request.Text != "" {
		if err := s.searches.take(w, r, s.clock()); err != nil {
			return err
		}
	}
	p := &searchPage{Query: request.Text, Continued: request.After != ""}
	ctx, cancel := context.WithTimeout(r.Context(), longestSearch)
	defer cancel()
	err := s.store.View(ctx, func(tx *store.ReadTx) error {
		rd, err := s.read(tx)
		if err != nil {
			return err
		}
		page, err := search.Find(tx, request)
		if standfirst.KindOf(err) == standfirst.Invalid && err != nil {
			return errNoPage
		}
		if err != nil {
			return err
		}
		p.show(rd, request, page)
		if p.Layout, err = rd.layout(address{key: searchPath, path: searchPath}); err != nil {
			return err
		}
		title := rd.words.Text("search")
		if request.Text != "" {
			title = rd.words.Text("search.title", request.Text)
		}
		p.Layout.Title = documentTitle(title, p.Layout.SiteName)
		p.Layout.Canonical, p.Layout.Unlisted, p.Layout.AtSearch = "", true, request.Text == ""
		p.Layout.Sheets.Search, p.Layout.Script = true, "js/search.js"
		return nil
	})
	if err != nil && ctx.Err() != nil && r.Context().Err() == nil {
		err = standfirst.WrapError(standfirst.Unavailable, err, "that search takes too long; try words that are less common")
	}
	return s.answerView(w, r, http.StatusOK, &view{template: "search", data: p}, err)
}

// unkept says that nobody may keep or list the answer, but for the browser that goes back.
func unkept(w http.ResponseWriter) {
	h := w.Header()
	h["Cache-Control"] = []string{"private, no-cache"}
	h["X-Robots-Tag"] = []string{"noindex"}
}

// show fills in what was asked for and found.
func (p *searchPage) show(rd *reading, r search.Request, page search.Page) {
	p.Kinds = append(p.Kinds, option{"", rd.words.Text("search.everything"), r.Kind == ""})
	for _, k := range standfirst.SearchKinds() {
		p.Kinds = append(p.Kinds, option{string(k), rd.words.Text("search.kind." + string(k)), k == r.Kind})
	}
	for _, o := range []search.Order{search.ByRelevance, search.ByDate} {
		p.Orders = append(p.Orders, option{string(o), rd.words.Text("search.by." + string(o)), o == r.Order})
	}
	for _, tip := range tips {
		p.Tips = append(p.Tips, searchTip{tip.Typed, rd.words.Text("search.tip." + tip.Means)})
	}
	p.Said = page.Said
	for _, m := range page.Mistaken {
		p.Mistaken = append(p.Mistaken, rd.words.Text("search.mistaken", m.Word, strings.Join(m.Meant, ", ")))
	}
	for _, found := range page.Results {
		result := searchResult{
			Kind: rd.words.Text("search.one." + string(found.Kind)), Path: found.Path, Title: found.Title, Excerpt: found.Excerpt, Retracted: found.Retracted,
		}
		switch found.Kind {
		case standfirst.FindStory, standfirst.FindClaim, standfirst.FindComment:
			when := momentIn(found.At, rd.loc, layoutDay)
			result.When = &when
		}
		p.Results = append(p.Results, result)
	}
	if r.After != "" {
		p.First = searchAddress(r, "")
	}
	if page.Next != "" {
		p.More = searchAddress(r, page.Next)
	}
}

// searchAddress returns the address of the page of results that begins after the place.
func searchAddress(r search.Request, after string) string {
	q := url.Values{"q": {r.Text}}
	if r.Kind != "" {
		q.Set("kind", string(r.Kind))
	}
	if r.Order != search.ByRelevance {
		q.Set("order", string(r.Order))
	}
	if after != "" {
		q.Set("after", after)
	}
	return searchPath + "?" + q.Encode()
}

// suggestion is a name as the script of the search reads it.
type suggestion struct {
	Name  string `json:"name"`
	Path  string `json:"path"`
	Label string `json:"label"` // what sort of thing it is
}

// serveSuggestions answers with the names that begin as what was typed.
func (s *Site) serveSuggestions(w http.ResponseWriter, r *http.Request) error {
	unkept(w)
	if err := s.suggestions.take(w, r, s.clock()); err != nil {
		return err
	}
	answer := struct {
		Suggestions []suggestion `json:"suggestions"`
	}{[]suggestion{}}
	err := s.store.View(r.Context(), func(tx *store.ReadTx) error {
		found, err := search.Suggest(tx, r.URL.Query().Get("q"), mostSuggested)
		for _, f := range found {
			answer.Suggestions = append(answer.Suggestions, suggestion{f.Name, f.Path, s.ui.Strings.Text("search.one." + string(f.Kind))})
		}
		return err
	})
	if err != nil {
		return err
	}
	body, err := json.Marshal(answer)
	if err != nil {
		return err
	}
	return answerBytes(w, r, "application/json; charset=utf-8", body)
}

// answerBytes answers with what is no page.
func answerBytes(w http.ResponseWriter, r *http.Request, contentType string, body []byte) error {
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // a client that is gone needs no answer
	}
	return nil
}

// loadOpenSearch gathers what browsers read to offer the search in their own field.
func loadOpenSearch(rd *reading, _ address) (*view, error) {
	if rd.shareURL == "" {
		return nil, errNoPage // the address of the search must be absolute
	}
	name, base := rd.pub.Name, rd.shareURL
	icon, err := rd.ui.Assets.Path("icons/favicon.svg")
	if err != nil {
		return nil, err
	}
	about := rd.words.Text("search.about", name)
	return &view{write: func() (string, []byte, error) {
		body, err := openSearch(name, about, rd.pub.Language, base, icon)
		return "application/opensearchdescription+xml; charset=utf-8", body, err
	}}, nil
}
