package ui

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

func TestMinifyCSS(t *testing.T) {
	tests := []struct{ in, want string }{
		{"a , b > c { color : red ; }\n", "a,b>c{color :red}"},
		{"/* why */ a { width: calc((100vw - 62.5rem) / 2); }", "a{width:calc((100vw - 62.5rem) / 2)}"},
		{`a::before { content: "a  /* b */"; }`, `a::before{content:"a  /* b */"}`},
		{"a:hover .b :focus { margin: 0 auto; padding: 1px 2px }", "a:hover .b :focus{margin:0 auto;padding:1px 2px}"},
		{"@media (max-width: 40rem) { a { b: c } }", "@media (max-width:40rem){a{b:c}}"},
		{"a:not(.b) .c { d: e }", "a:not(.b) .c{d:e}"},
		{`a { font: 400 1rem/1.5 "Segoe UI", serif; }`, `a{font:400 1rem/1.5 "Segoe UI",serif}`},
	}
	for _, tt := range tests {
		if got := minifyCSS(tt.in); got != tt.want {
			t.Errorf("minifyCSS(%q)\n got %q\nwant %q", tt.in, got, tt.want)
		}
	}
}

func TestAssets(t *testing.T) {
	site, err := LoadSite()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"site.css", "js/share.js", "icons/favicon.svg", "fonts/newsreader-latin-wght-normal.woff2", "fonts/newsreader-latin-wght-italic.woff2"} {
		path, err := site.Assets.Path(name)
		if err != nil {
			t.Fatal(err)
		}
		asset, ok := site.Assets.At(path)
		if !ok || asset.ContentType == "" || len(asset.Body) == 0 {
			t.Errorf("%s at %s: found %v, type %q, %d bytes", name, path, ok, asset.ContentType, len(asset.Body))
		}
	}
	if _, err := site.Assets.Path("missing.css"); err == nil {
		t.Error("an unknown asset has an address")
	}
	css := string(mustAsset(t, site, "site.css").Body)
	for _, want := range []string{"@font-face", `url("/assets/newsreader-latin-wght-normal.`, "light-dark(", "@media print", "prefers-reduced-motion"} {
		if !strings.Contains(css, want) {
			t.Errorf("the style sheet lacks %q", want)
		}
	}
	if open, closed := strings.Count(css, "{"), strings.Count(css, "}"); open != closed {
		t.Errorf("the style sheet opens %d blocks and closes %d", open, closed)
	}
	for _, unwanted := range []string{"http:", "https:", "@import", "/*", "margin-left", "padding-right"} {
		if strings.Contains(css, unwanted) {
			t.Errorf("the style sheet holds %q", unwanted)
		}
	}
}

// TestScriptSizes keeps the desk's scripts small, compressed as servers do at the least.
func TestScriptSizes(t *testing.T) {
	pages, err := LoadDesk()
	if err != nil {
		t.Fatal(err)
	}
	for _, asset := range pages.Assets.All() {
		if !strings.HasSuffix(asset.Path, ".js") {
			continue
		}
		most := 40 << 10
		if strings.HasPrefix(asset.Path, AssetPrefix+"editor.") {
			most = 300 << 10
		}
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		_, err := w.Write(asset.Body)
		if err != nil || w.Close() != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d bytes, %d in gzip", asset.Path, len(asset.Body), b.Len())
		if b.Len() > most {
			t.Errorf("%s is %d bytes in gzip; %d are the most", asset.Path, b.Len(), most)
		}
	}
}

// TestStyleSheetSize keeps the style sheet small enough that it and a story's
// HTML stay under 30 kB together.
func TestStyleSheetSize(t *testing.T) {
	site, err := LoadSite()
	if err != nil {
		t.Fatal(err)
	}
	body := mustAsset(t, site, "site.css").Body
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, 5)
	fmt.Fprintf(w, "%s", body)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	t.Logf("style sheet: %d bytes, %d in Brotli", len(body), b.Len())
	if b.Len() > 6<<10 {
		t.Errorf("the style sheet is %d bytes in Brotli; 6 kB is the most", b.Len())
	}
}

func mustAsset(t *testing.T, site *Pages, name string) Asset {
	t.Helper()
	path, err := site.Assets.Path(name)
	if err != nil {
		t.Fatal(err)
	}
	asset, _ := site.Assets.At(path)
	return asset
}
