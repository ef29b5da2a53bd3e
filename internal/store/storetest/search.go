package storetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// words returns a group of one term of the words.
func words(text string) []store.SearchTerm { return []store.SearchTerm{{Words: strings.Fields(text)}} }

// found returns the titles that the query finds, the newest first.
func found(t testing.TB, s *store.Store, q store.SearchQuery) string {
	t.Helper()
	docs := read(t, s, func(tx *store.ReadTx) ([]store.SearchDoc, error) {
		keys, err := tx.SearchKeys(q, 10)
		if err != nil {
			return nil, err
		}
		return tx.SearchDocs(keys)
	})
	var titles []string
	for _, d := range docs {
		titles = append(titles, d.Title)
	}
	return strings.Join(titles, ", ")
}

func testSearch(t *testing.T, s *store.Store) {
	put := func(thing int64, at time.Time, title, text string, marks ...string) {
		update(t, s, func(tx *store.Tx) error {
			return tx.PutSearchDoc(store.SearchDoc{
				Kind: standfirst.FindStory, Thing: thing, Title: title, Path: "/x", At: at, Digest: title + text,
			}, store.SearchWords{Title: strings.Fields(title), Text: strings.Fields(text), Marks: marks})
		})
	}
	put(1, noon, "a ferry", "northwind buys a harbour", "_kstory", "_fusdx5e10")
	put(2, noon.Add(time.Hour), "b harbour", "the harbour northwind wanted 東京 京証", "_kstory")
	put(3, noon.Add(-24*time.Hour), "c port", "o'brien's northerly wind", "_kclaim")
	put(4, noon, "d ferry", "harbour and nothing else", "_kstory")

	for name, tt := range map[string]struct {
		query store.SearchQuery
		want  string
	}{
		"a word":          {store.SearchQuery{Match: store.SearchMatch{words("northwind")}}, "b harbour, a ferry"},
		"two words":       {store.SearchQuery{Match: store.SearchMatch{words("northwind"), words("buys")}}, "a ferry"},
		"either":          {store.SearchQuery{Match: store.SearchMatch{{{Words: []string{"buys"}}, {Words: []string{"wanted"}}}}}, "b harbour, a ferry"},
		"a phrase":        {store.SearchQuery{Match: store.SearchMatch{words("harbour northwind")}}, "b harbour"},
		"over the seam":   {store.SearchQuery{Match: store.SearchMatch{words("ferry northwind")}}, ""},
		"another script":  {store.SearchQuery{Match: store.SearchMatch{words("東京 京証")}}, "b harbour"},
		"a prefix":        {store.SearchQuery{Match: store.SearchMatch{{{Words: []string{"north"}, Prefix: true}}}}, "b harbour, a ferry, c port"},
		"a phrase prefix": {store.SearchQuery{Match: store.SearchMatch{{{Words: []string{"buys", "a", "harb"}, Prefix: true}}}}, "a ferry"},
		"in the title":    {store.SearchQuery{Match: store.SearchMatch{{{Words: []string{"harbour"}, Title: true}}}}, "b harbour"},
		"title prefix":    {store.SearchQuery{Match: store.SearchMatch{{{Words: []string{"harb"}, Title: true, Prefix: true}}}}, "b harbour"},
		"a mark":          {store.SearchQuery{Match: store.SearchMatch{words("_fusdx5e10")}}, "a ferry"},
		"without": {store.SearchQuery{Match: store.SearchMatch{words("harbour")}, Without: []store.SearchMatch{
			{words("northwind"), words("buys")}, {{{Words: []string{"harbour"}, Title: true}}},
		}}, "d ferry"},
		"from":    {store.SearchQuery{Match: store.SearchMatch{words("_kstory")}, From: noon.Add(time.Minute)}, "b harbour"},
		"to":      {store.SearchQuery{Match: store.SearchMatch{{{Words: []string{"north"}, Prefix: true}}}, To: noon.Add(-time.Minute)}, "c port"},
		"hostile": {store.SearchQuery{Match: store.SearchMatch{words(`o'brien's`)}}, "c port"},
		"quotes":  {store.SearchQuery{Match: store.SearchMatch{words(`") OR title`)}}, ""},
		"nothing": {store.SearchQuery{}, ""},
	} {
		if got := found(t, s, tt.query); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}

	all := store.SearchQuery{Match: store.SearchMatch{words("harbour")}}
	first := read(t, s, func(tx *store.ReadTx) ([]int64, error) { return tx.SearchKeys(all, 2) })
	all.Before = first[1]
	rest := read(t, s, func(tx *store.ReadTx) ([]int64, error) { return tx.SearchKeys(all, 2) })
	if len(rest) != 1 || slices.Contains(first, rest[0]) {
		t.Errorf("the pages are %v and %v", first, rest)
	}

	// What is put again is found by its new words alone, and what is deleted by none.
	put(1, noon, "a again", "nothing")
	put(4, noon.Add(48*time.Hour), "d ferry", "harbour later")
	update(t, s, func(tx *store.Tx) error { return tx.DeleteSearchDoc(standfirst.FindStory, 2) })
	if got := found(t, s, store.SearchQuery{Match: store.SearchMatch{words("northwind")}}); got != "" {
		t.Errorf("still found: %q", got)
	}
	if got := found(t, s, store.SearchQuery{Match: store.SearchMatch{words("harbour")}}); got != "d ferry" {
		t.Errorf("found %q", got)
	}
}

// What is rolled back is not found, and what it took away is.
func testSearchRollback(t *testing.T, s *store.Store) {
	put := func(tx *store.Tx, thing int64, word string) error {
		doc := store.SearchDoc{Kind: standfirst.FindStory, Thing: thing, Title: word, At: noon, Digest: word}
		return tx.PutSearchDoc(doc, store.SearchWords{Text: []string{word, "all"}})
	}
	update(t, s, func(tx *store.Tx) error { return put(tx, 1, "kept") })
	err := s.Update(t.Context(), func(tx *store.Tx) error {
		if err := put(tx, 1, "changed"); err != nil {
			return err
		}
		if err := put(tx, 2, "added"); err != nil {
			return err
		}
		return standfirst.Errorf(standfirst.Conflict, "not now")
	})
	wantKind(t, err, standfirst.Conflict)
	update(t, s, func(tx *store.Tx) error { return put(tx, 3, "later") })
	for word, want := range map[string]string{"kept": "kept", "changed": "", "added": "", "all": "later, kept"} {
		if got := found(t, s, store.SearchQuery{Match: store.SearchMatch{words(word)}}); got != want {
			t.Errorf("%s finds %q, want %q", word, got, want)
		}
	}
}

// Thousands of things of one minute each have a key, and keep the order of time.
func testSearchKeys(t *testing.T, s *store.Store) {
	update(t, s, func(tx *store.Tx) error {
		for i := range int64(3) {
			// These want one number within the minute.
			doc := store.SearchDoc{Kind: standfirst.FindStory, Thing: 5 + i<<12, Title: fmt.Sprint("doc ", i), At: noon, Digest: "x"}
			if err := tx.PutSearchDoc(doc, store.SearchWords{Text: []string{"word"}}); err != nil {
				return err
			}
		}
		return tx.PutSearchDoc(store.SearchDoc{Kind: standfirst.FindStory, Thing: 4, Title: "later", At: noon.Add(time.Minute), Digest: "x"},
			store.SearchWords{Text: []string{"word"}})
	})
	if got := found(t, s, store.SearchQuery{Match: store.SearchMatch{words("word")}}); got != "later, doc 2, doc 1, doc 0" {
		t.Errorf("found %q", got)
	}
}

func testSearchComments(t *testing.T, s *store.Store) {
	story := draft(t, s, "Northwind fills its till")
	update(t, s, func(tx *store.Tx) error {
		for i := range int64(3) {
			doc := store.SearchDoc{Kind: standfirst.FindComment, Thing: i + 1, Story: story.ID, Title: fmt.Sprint(i), At: noon, Digest: "x"}
			if err := tx.PutSearchDoc(doc, store.SearchWords{Text: []string{"word"}}); err != nil {
				return err
			}
		}
		return nil
	})
	update(t, s, func(tx *store.Tx) error {
		n, err := tx.DeleteSearchComments(story.ID)
		if n != 3 {
			t.Errorf("deleted %d", n)
		}
		return err
	})
	if got := found(t, s, store.SearchQuery{Match: store.SearchMatch{words("word")}}); got != "" {
		t.Errorf("still found: %q", got)
	}
}

func testSearchNames(t *testing.T, s *store.Store) {
	name := func(thing int64, word, name string) store.SearchName {
		return store.SearchName{Word: word, Kind: standfirst.FindCompany, Thing: thing, Name: name, Path: "/company/" + word}
	}
	update(t, s, func(tx *store.Tx) error {
		if err := tx.PutSearchNames(standfirst.FindCompany, 1, []store.SearchName{name(1, "northwind", "Northwind Ferries"), name(1, "ferries", "Northwind Ferries")}); err != nil {
			return err
		}
		return tx.PutSearchNames(standfirst.FindCompany, 2, []store.SearchName{name(2, "norðurljós", "Norðurljós")})
	})
	begin := func(prefix string) string {
		var all []string
		for _, n := range read(t, s, func(tx *store.ReadTx) ([]store.SearchName, error) { return tx.SearchNames(prefix, 10) }) {
			all = append(all, n.Name)
		}
		return strings.Join(all, ", ")
	}
	if got := begin("nor"); got != "Northwind Ferries, Norðurljós" {
		t.Errorf("nor: %q", got)
	}
	near := func(word string) string {
		return strings.Join(read(t, s, func(tx *store.ReadTx) ([]string, error) { return tx.SearchNear(word, 10) }), ", ")
	}
	for _, mistake := range []string{"nortwind", "norhtwind", "northwimd", "northwindd", "northwind"} {
		if got := near(mistake); got != "northwind" {
			t.Errorf("%s: %q", mistake, got)
		}
	}
	if got := near("southwest"); got != "" {
		t.Errorf("southwest: %q", got)
	}
	update(t, s, func(tx *store.Tx) error { return tx.PutSearchNames(standfirst.FindCompany, 1, nil) })
	if begin("north") != "" || near("nortwind") != "" {
		t.Error("what is taken away is suggested")
	}
}

func testSearchState(t *testing.T, s *store.Store) {
	analysis := func() string {
		return read(t, s, func(tx *store.ReadTx) (string, error) { return tx.SearchAnalysis() })
	}
	if got := analysis(); got != "" {
		t.Errorf("at first it is %q", got)
	}
	for _, want := range []string{"1/en", "2/de"} {
		update(t, s, func(tx *store.Tx) error { return tx.PutSearchAnalysis(want) })
		if got := analysis(); got != want {
			t.Errorf("it is %q, want %q", got, want)
		}
	}
	first := draft(t, s, "One")
	draft(t, s, "Two")
	ids := read(t, s, func(tx *store.ReadTx) ([]standfirst.StoryID, error) { return tx.StoriesToIndex(first.ID, 10) })
	if len(ids) != 1 || ids[0] <= first.ID {
		t.Errorf("the stories after %d are %v", first.ID, ids)
	}
}

// Whoever asked sees what an update changed, in its transaction, and can stop it.
func testBeforeCommit(t *testing.T, s *store.Store) {
	var seen []standfirst.Tag
	s.BeforeCommit("test", func(tx *store.Tx, c store.Changes) error {
		seen = c.Tags
		if slices.Contains(c.Tags, standfirst.ArchiveTag) {
			return standfirst.Errorf(standfirst.Conflict, "not this one")
		}
		return tx.Audit(entry(7))
	})
	update(t, s, func(tx *store.Tx) error {
		tx.Touch(standfirst.FrontTag)
		return nil
	})
	if !slices.Equal(seen, []standfirst.Tag{standfirst.FrontTag}) || !stored(t, s, 7) {
		t.Errorf("saw %v", seen)
	}
	err := s.Update(t.Context(), func(tx *store.Tx) error {
		tx.Touch(standfirst.ArchiveTag)
		return tx.Audit(entry(8))
	})
	wantKind(t, err, standfirst.Conflict)
	if stored(t, s, 8) {
		t.Error("what was stopped is stored")
	}
}
