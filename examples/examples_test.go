package examples_test

import (
	"bytes"
	"image"
	_ "image/jpeg" // the format of the pictures
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"github.com/goccy/go-yaml"

	"standfirst/examples"
)

// sections are those of the demo's menu.
var sections = []string{"Markets", "Deals", "Technology", "Companies", "Economy"}

// frontMatter is what a Markdown text says about itself.
type frontMatter struct {
	Headline   string
	Standfirst string
	Bylines    []struct{ Name, Role string }
	Section    string
	Topics     []string
	Date       string
	Slug       string
	Picture    struct{ File, Alt, Caption, Credit string }
}

func manifest(t *testing.T) examples.Manifest {
	t.Helper()
	m, err := examples.ReadManifest(examples.FS)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := fs.ReadFile(examples.FS, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// split returns the front matter and the body of a Markdown text.
func split(t *testing.T, name string) (frontMatter, string) {
	t.Helper()
	rest, ok := strings.CutPrefix(read(t, name), "---\n")
	head, body, found := strings.Cut(rest, "\n---\n")
	if !ok || !found {
		t.Fatalf("%s: no front matter", name)
	}
	var fm frontMatter
	if err := yaml.UnmarshalWithOptions([]byte(head), &fm, yaml.Strict()); err != nil {
		t.Fatalf("%s: front matter: %v", name, err)
	}
	return fm, body
}

func TestManifestListsEveryTextOnce(t *testing.T) {
	var listed, present []string
	for _, e := range manifest(t) {
		listed = append(listed, e.File)
	}
	entries, err := fs.ReadDir(examples.FS, ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if ext := path.Ext(e.Name()); ext == ".txt" || ext == ".md" {
			present = append(present, e.Name())
		}
	}
	slices.Sort(listed)
	slices.Sort(present)
	if !slices.Equal(listed, present) {
		t.Errorf("listed:  %v\npresent: %v", listed, present)
	}
	if len(listed) != 16 {
		t.Errorf("%d texts, want 16", len(listed))
	}
}

func TestTextsAreInOrderAndPlaced(t *testing.T) {
	used := make(map[string]bool)
	var last time.Time
	for _, e := range manifest(t) {
		date, section, topics := e.Date, e.Section, e.Topics
		if path.Ext(e.File) == ".md" {
			if !date.IsZero() || section != "" || topics != nil {
				t.Errorf("%s: the manifest repeats the front matter", e.File)
			}
			fm, _ := split(t, e.File)
			var err error
			if date, err = time.Parse(time.RFC3339, fm.Date); err != nil {
				t.Errorf("%s: date: %v", e.File, err)
			}
			section, topics = fm.Section, fm.Topics
		}
		if !date.After(last) || date.Year() != 2026 || date.Month() != time.March {
			t.Errorf("%s: %s does not follow %s in March 2026", e.File, date, last)
		}
		last = date
		if !slices.Contains(sections, section) || len(topics) == 0 {
			t.Errorf("%s: section %q, topics %q", e.File, section, topics)
		}
		used[section] = true
	}
	if len(used) != len(sections) {
		t.Errorf("sections in use: %v, want all of %v", used, sections)
	}
}

func TestEncodings(t *testing.T) {
	latin1, crlf := 0, 0
	for _, e := range manifest(t) {
		text := read(t, e.File)
		switch valid := utf8.ValidString(text); {
		case e.Encoding == examples.Latin1 && !valid:
			latin1++
			if strings.ContainsFunc(string(latin1Runes(text)), func(r rune) bool { return r >= 0x80 && r < 0xa0 }) {
				t.Errorf("%s: holds bytes that Latin-1 has no letter for", e.File)
			}
		case e.Encoding != "" || !valid:
			t.Errorf("%s: encoding %q, valid UTF-8 %v", e.File, e.Encoding, valid)
		}
		if strings.Contains(text, "\r") {
			crlf++
			if strings.Count(text, "\r\n") != strings.Count(text, "\n") {
				t.Errorf("%s: mixes line ends", e.File)
			}
		}
	}
	if latin1 != 1 || crlf != 1 {
		t.Errorf("%d texts in Latin-1 and %d with CRLF, want one of each", latin1, crlf)
	}
}

func latin1Runes(s string) []rune {
	runes := make([]rune, len(s))
	for i := range len(s) {
		runes[i] = rune(s[i])
	}
	return runes
}

func TestWordCounts(t *testing.T) {
	flashes := 0
	for _, e := range manifest(t) {
		body := read(t, e.File)
		if path.Ext(e.File) == ".md" {
			_, body = split(t, e.File)
		}
		switch words := len(strings.Fields(body)); {
		case words < 160:
			flashes++
		case words < 250 || words > 750:
			t.Errorf("%s: %d words, want 250 to 750", e.File, words)
		}
	}
	if flashes != 1 {
		t.Errorf("%d flashes, want one", flashes)
	}
}

// The exchanges and companies of the invented world: one ticker, one exchange.
var tickers = map[string]string{
	"NWF": "NYSE", "CRBI": "NYSE",
	"QLLN": "NASDAQ", "ORRY": "NASDAQ", "HLLN": "NASDAQ",
	"SKCW": "LSE", "ALDG": "LSE",
	"OOST": "AMS", "FULW": "OSL",
}

func TestTickers(t *testing.T) {
	loose := regexp.MustCompile(`\(([A-Z]{3,6})\s*:\s*([^)]*)\)`)
	seen := make(map[string]bool)
	for _, e := range manifest(t) {
		for _, m := range loose.FindAllStringSubmatch(read(t, e.File), -1) {
			exchange, symbol := m[1], m[2]
			if tickers[symbol] != exchange || m[0] != "("+exchange+": "+symbol+")" {
				t.Errorf("%s: ticker %q is not in the trade's form or not that company's", e.File, m[0])
			}
			seen[symbol] = true
		}
	}
	if len(seen) != len(tickers) {
		t.Errorf("tickers in the texts: %v, want all of %v", seen, tickers)
	}
}

// A day of the week that stands beside a date is that date's.
func TestWeekdaysFitTheirDates(t *testing.T) {
	dated := regexp.MustCompile(`(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday),? (\d{1,2}) March`)
	for _, e := range manifest(t) {
		for _, m := range dated.FindAllStringSubmatch(read(t, e.File), -1) {
			day, err := time.Parse("2 January 2006", m[2]+" March 2026")
			if err != nil || day.Weekday().String() != m[1] {
				t.Errorf("%s: %q is a %s", e.File, m[0], day.Weekday())
			}
		}
	}
}

func TestPictures(t *testing.T) {
	used := make(map[string]bool)
	slugs := make(map[string]bool)
	slug := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	for _, e := range manifest(t) {
		if path.Ext(e.File) != ".md" {
			continue
		}
		fm, _ := split(t, e.File)
		if fm.Headline == "" || fm.Standfirst == "" || len(fm.Bylines) == 0 || fm.Bylines[0].Name == "" || fm.Bylines[0].Role == "" {
			t.Errorf("%s: headline, standfirst or byline missing: %+v", e.File, fm)
		}
		if !slug.MatchString(fm.Slug) || slugs[fm.Slug] {
			t.Errorf("%s: slug %q", e.File, fm.Slug)
		}
		slugs[fm.Slug] = true
		p := fm.Picture
		if p.Alt == "" || p.Caption == "" || p.Credit != "Illustration: The Harbour Ledger" || used[p.File] {
			t.Errorf("%s: picture %+v", e.File, p)
		}
		used[p.File] = true
		b := []byte(read(t, p.File))
		config, format, err := image.DecodeConfig(bytes.NewReader(b))
		if err != nil || format != "jpeg" || config.Width != 1640 || config.Height != 922 {
			t.Errorf("%s: %s of %d×%d pixels: %v", p.File, format, config.Width, config.Height, err)
		}
		if len(b) > 130<<10 {
			t.Errorf("%s: %d bytes, want at most 130 kB", p.File, len(b))
		}
	}
	all, err := fs.Glob(examples.FS, "pictures/*.jpg")
	if err != nil || len(all) != 7 || len(used) != 7 {
		t.Errorf("%d pictures, %d in use, want 7: %v", len(all), len(used), err)
	}
}

func TestReadManifestRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"not JSON":      "file: a.txt",
		"unknown field": `[{"file":"a.txt","dat":"2026-03-05T00:00:00Z"}]`,
		"bad date":      `[{"file":"a.txt","date":"5 March"}]`,
		"no file":       `[{"section":"Deals"}]`,
		"listed twice":  `[{"file":"a.txt"},{"file":"a.txt"}]`,
	} {
		if m, err := examples.ReadManifest(fstest.MapFS{"manifest.json": {Data: []byte(text)}}); err == nil {
			t.Errorf("%s: read as %v", name, m)
		}
	}
	if _, err := examples.ReadManifest(fstest.MapFS{}); err == nil {
		t.Error("no manifest: want an error")
	}
}

func TestEditsFindTheirWords(t *testing.T) {
	edits := 0
	for _, e := range manifest(t) {
		text := read(t, e.File)
		for _, edit := range e.Edits {
			edits++
			if n := strings.Count(text, edit.Old); n != 1 || edit.New == edit.Old || edit.Note == "" {
				t.Errorf("%s: %q stands there %d times", e.File, edit.Old, n)
			}
			if !edit.At.After(e.Date) {
				t.Errorf("%s: edited at %v, before it went out", e.File, edit.At)
			}
		}
	}
	if edits == 0 {
		t.Error("no example has a second version")
	}
}
