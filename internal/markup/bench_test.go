package markup_test

import (
	"os"
	"strings"
	"sync"
	"testing"

	"standfirst/internal/markup"
)

// longStory returns a story of about 780 words with four voices, and its options.
func longStory(t testing.TB) (string, markup.Options) {
	t.Helper()
	body, err := os.ReadFile("testdata/long.md")
	if err != nil {
		t.Fatal(err)
	}
	var o markup.Options
	o.Quotations = append(o.Quotations,
		quotation(t, string(body), "Ilse Marrow", "“The store is worth more than the ship,”", "“That is new, and it will not go away.”"),
		quotation(t, string(body), "Arlo Bray", "“We have not sold a single pallet,”"))
	return string(body), o
}

func BenchmarkRender(b *testing.B) {
	body, o := longStory(b)
	b.ReportAllocs()
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if _, err := markup.Render(body, o); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPlainText(b *testing.B) {
	body, _ := longStory(b)
	b.ReportAllocs()
	for b.Loop() {
		markup.PlainText(body)
	}
}

func BenchmarkEscapeText(b *testing.B) {
	body, _ := longStory(b)
	line, _, _ := strings.Cut(body, "\n")
	b.ReportAllocs()
	for b.Loop() {
		markup.EscapeText(line)
	}
}

func TestLongStoryIsWhatTheBenchmarkSays(t *testing.T) {
	body, o := longStory(t)
	r := render(t, body, o)
	if r.Words < 700 || r.Words > 800 || strings.Count(string(r.HTML), `<figure class="voice">`) != 4 || strings.Count(string(r.HTML), "<q>") != 3 {
		t.Errorf("%d words, %d voices, %d quoted parts", r.Words, strings.Count(string(r.HTML), `<figure class="voice">`), strings.Count(string(r.HTML), "<q>"))
	}
}

// Any number of texts are rendered at a time; run it with -race.
func TestRenderAtOnce(t *testing.T) {
	body, o := longStory(t)
	want := render(t, body, o).HTML
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 10 {
				if got, err := markup.Render(body, o); err != nil || got.HTML != want {
					t.Errorf("%v", err)
				}
				markup.PlainText(body)
				if _, err := markup.FromHTML(string(want)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
}
