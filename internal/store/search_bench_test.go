package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"standfirst"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

// benchStories is how many stories there are: 100,000 are what the search is promised for.
func benchStories(b *testing.B, otherwise int) int {
	b.Helper()
	text := os.Getenv("STANDFIRST_BENCH_STORIES")
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		b.Fatalf("STANDFIRST_BENCH_STORIES: %v", err)
	}
	return n
}

// fillSearch indexes n stories of 300 words each, ten minutes apart. The word "every" is in
// each, "some" in one of a hundred, "seldom" in five; before each stands "the", so that there
// are phrases. The rest is as common as words are.
func fillSearch(b *testing.B, s *store.Store, n int) {
	b.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	zipf := rand.NewZipf(random, 1.1, 4, 60_000)
	begin := time.Date(2016, 3, 5, 9, 0, 0, 0, time.UTC)
	const batch = 1000
	for from := 0; from < n; from += batch {
		err := s.Update(b.Context(), func(tx *store.Tx) error {
			for i := from; i < min(from+batch, n); i++ {
				text := make([]string, 0, 310)
				for range 294 {
					text = append(text, "word"+strconv.FormatUint(zipf.Uint64(), 36))
				}
				add := func(word string) { text = slices.Insert(text, random.IntN(len(text)), "the", word) }
				add("every")
				if i%100 == 0 {
					add("some")
				}
				if n < 5 || i%(n/5) == 0 {
					add("seldom")
				}
				doc := store.SearchDoc{
					Kind: standfirst.FindStory, Thing: int64(i + 1), Path: fmt.Sprintf("/%d", i), Title: "Story", Digest: "x",
					At: begin.Add(time.Duration(i) * 10 * time.Minute),
				}
				if err := tx.PutSearchDoc(doc, store.SearchWords{Title: text[:8], Text: text[8:], Marks: []string{"_kstory", "_z"}}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// analyze lets PostgreSQL look at what it was filled with, as it does by itself after a while.
func analyze(b *testing.B, url string) {
	b.Helper()
	conn, err := pgx.Connect(b.Context(), url)
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(b.Context(), "VACUUM ANALYZE search_index, search_doc"); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkSearch looks for words, phrases and prefixes that are seldom, middling and very
// common, and for what neither engine likes: common words that are seldom together.
func BenchmarkSearch(b *testing.B) {
	for _, p := range []struct {
		name string
		open func(testing.TB) store.Options
	}{
		{"SQLite", func(testing.TB) store.Options { return store.Options{} }},
		{"Postgres", func(tb testing.TB) store.Options { return store.Options{URL: storetest.PostgresURL(tb)} }},
	} {
		b.Run(p.name, func(b *testing.B) {
			o := p.open(b)
			s := storetest.OpenWith(b, o)
			fillSearch(b, s, benchStories(b, 1000))
			if o.URL != "" {
				analyze(b, o.URL)
			}
			term := func(title, prefix bool, words ...string) store.SearchMatch {
				return store.SearchMatch{{{Words: words, Prefix: prefix, Title: title}}}
			}
			for _, q := range []struct {
				name  string
				match store.SearchMatch
			}{
				{"word/seldom", term(false, false, "seldom")}, {"word/middling", term(false, false, "some")}, {"word/common", term(false, false, "every")},
				{"phrase/seldom", term(false, false, "the", "seldom")}, {"phrase/middling", term(false, false, "the", "some")}, {"phrase/common", term(false, false, "the", "every")},
				{"phrase/never", term(false, false, "every", "the", "every")},
				{"prefix/seldom", term(false, true, "seld")}, {"prefix/middling", term(false, true, "som")}, {"prefix/common", term(false, true, "eve")}, {"prefix/everything", term(false, true, "word")},
				{"together/common", append(term(false, false, "every"), term(false, false, "word1")...)}, {"together/seldom", append(term(false, false, "every"), term(false, false, "seldom")...)},
				{"title/common", term(true, false, "every")}, {"title/never", append(term(true, false, "every"), term(true, false, "seldom")...)},
			} {
				b.Run(q.name, func(b *testing.B) {
					var took []time.Duration
					for b.Loop() {
						began := time.Now()
						err := s.View(b.Context(), func(tx *store.ReadTx) error {
							keys, err := tx.SearchKeys(store.SearchQuery{Match: q.match}, 21)
							if err != nil {
								return err
							}
							_, err = tx.SearchDocs(keys)
							return err
						})
						if err != nil {
							b.Fatal(err)
						}
						took = append(took, time.Since(began))
					}
					slices.Sort(took)
					b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
				})
			}
		})
	}
}
