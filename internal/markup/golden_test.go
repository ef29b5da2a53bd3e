package markup_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"standfirst"
	"standfirst/internal/markup"
)

var update = flag.Bool("update", false, "write the golden files")

// quotation returns the quotation whose quoted parts and name stand in the body.
func quotation(t testing.TB, body, name string, parts ...string) standfirst.Quotation {
	t.Helper()
	var q standfirst.Quotation
	from := 0
	for i, part := range parts {
		at := strings.Index(body[from:], part)
		if at < 0 {
			t.Fatalf("%q is not in the text", part)
		}
		r := standfirst.Range{Start: from + at, End: from + at + len(part)}
		q.Parts = append(q.Parts, r)
		if i == 0 {
			q.Start = r.Start
		}
		q.End, from = r.End, r.End
	}
	if at := strings.Index(body, name); name != "" && at >= 0 {
		q.NameAt = standfirst.Range{Start: at, End: at + len(name)}
	}
	q.Text = body[q.Start:q.End]
	return q
}

// quotationsOf are the quotations of the golden documents.
func quotationsOf(t testing.TB, body string) []standfirst.Quotation {
	if !strings.Contains(body, "Lorries pay") {
		return nil
	}
	return []standfirst.Quotation{quotation(t, body, "Dr. Ilse Marrow",
		"“Lorries pay for chips now,”", "“A year ago it *was* the other way [round](https://example.org/essay?a=1&b=2).”")}
}

func TestGoldenDocuments(t *testing.T) {
	names, err := filepath.Glob("testdata/*.md")
	if err != nil || len(names) == 0 {
		t.Fatalf("no documents: %v", err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			body, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got, err := markup.Render(string(body), markup.Options{Quotations: quotationsOf(t, string(body))})
			if err != nil {
				t.Fatal(err)
			}
			vet(t, string(got.HTML))
			compareGolden(t, strings.TrimSuffix(name, ".md")+".html", string(got.HTML))
			compareGolden(t, strings.TrimSuffix(name, ".md")+".txt", markup.PlainText(string(body))+"\n")
		})
	}
}

func TestGoldenPages(t *testing.T) {
	names, err := filepath.Glob("testdata/page/*.html")
	if err != nil || len(names) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			page, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got, err := markup.FromHTML(string(page))
			if err != nil {
				t.Fatal(err)
			}
			compareGolden(t, strings.TrimSuffix(name, ".html")+".md", got+"\n")
		})
	}
}

func compareGolden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got); run with -update to accept:\n%s", name, diff)
	}
}
