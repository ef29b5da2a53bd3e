package search

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"standfirst"
	"standfirst/internal/store"
)

// analysisVersion grows with each change of how texts are cut or of what is indexed: what
// an older version has indexed is then indexed anew.
const analysisVersion = "2"

// analysisName says how texts of the publication are cut.
func analysisName(pub standfirst.Publication) string {
	return analysisVersion + "/" + base(pub.Language)
}

// indexing brings the index in step with what readers see, in one transaction.
type indexing struct {
	tx *store.Tx
	analysis
	name string // of the analysis
}

func newIndexing(tx *store.Tx, pub standfirst.Publication) *indexing {
	return &indexing{tx: tx, analysis: newAnalysis(pub.Language), name: analysisName(pub)}
}

// document is one thing that is found, with its texts.
type document struct {
	store.SearchDoc
	texts []string // beside the title
	// untitled says that the title is found as text is: it only says what the thing is
	// about, and those things themselves are to come first.
	untitled bool
	marks    []string
	names    []string // under which it is suggested, the first one is shown; of what has a page of its own
}

// mark adds a mark for each value that has letters.
func (x *indexing) mark(d *document, letter string, values ...string) {
	for _, value := range values {
		if flat := x.flat(value); flat != "" {
			d.marks = append(d.marks, letter+flat)
		}
	}
}

// put indexes the document.
func (x *indexing) put(d document) error {
	var words store.SearchWords
	left := mostTokens
	for i, text := range append([]string{d.Title}, d.texts...) {
		stems := x.stems(text)
		stems = stems[:min(len(stems), left)]
		left -= len(stems)
		if i == 0 && !d.untitled {
			words.Title = stems
		} else {
			words.Text = append(words.Text, stems...)
		}
		for _, f := range figures(text) {
			d.marks = append(d.marks, f.marks...)
		}
	}
	d.marks = append(d.marks, markAll, markKind+string(d.Kind))
	words.Marks = unique(d.marks)
	content, err := json.Marshal([]any{x.name, d.SearchDoc, words})
	if err != nil {
		return err
	}
	sum := sha256.Sum256(content)
	d.Digest = hex.EncodeToString(sum[:12])
	if err := x.tx.PutSearchDoc(d.SearchDoc, words); err != nil {
		return err
	}
	return x.suggest(d.Kind, d.Thing, d.Path, d.names...)
}

// suggest makes the thing be suggested by the words of its names, and by none without names.
func (x *indexing) suggest(kind standfirst.SearchKind, thing int64, path string, names ...string) error {
	var words []store.SearchName
	for _, name := range names {
		for _, t := range x.cut(name) {
			words = append(words, store.SearchName{Word: t.plain, Kind: kind, Thing: thing, Name: names[0], Path: path})
		}
	}
	return x.tx.PutSearchNames(kind, thing, words)
}

// forget makes the thing not be found any more.
func (x *indexing) forget(kind standfirst.SearchKind, thing int64) error {
	if err := x.tx.DeleteSearchDoc(kind, thing); err != nil {
		return err
	}
	return x.tx.PutSearchNames(kind, thing, nil)
}

// unique returns the marks, each once, in their order.
func unique(marks []string) []string {
	seen := make(map[string]bool, len(marks))
	var once []string
	for _, m := range marks {
		if !seen[m] {
			seen[m] = true
			once = append(once, m)
		}
	}
	return once
}

// markTickers adds the marks by which the ticker is found, with its exchange and without.
func (x *indexing) markTickers(d *document, tickers ...standfirst.Ticker) {
	for _, t := range tickers {
		x.mark(d, markTicker, t.Symbol, t.Exchange.MIC+t.Symbol)
	}
}

// markCompanies adds the marks by which what is about an entity is found.
func (x *indexing) markCompanies(d *document, entities ...standfirst.Entity) {
	for _, e := range entities {
		if e.ReleasedAt.IsZero() {
			continue
		}
		x.mark(d, markCompany, strings.ReplaceAll(string(e.Slug), "-", " "), standfirst.EntityKey(e.Name))
		for _, alias := range e.Aliases {
			x.mark(d, markCompany, standfirst.EntityKey(alias))
		}
	}
}
