package intake_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"standfirst"
	"standfirst/internal/copydesk"
	"standfirst/internal/intake"
	"standfirst/internal/markup"
)

var update = flag.Bool("update", false, "write the golden files anew")

// readOn is the day against which the test texts are read.
var readOn = standfirst.Day{Year: 2026, Month: 6, Day: 10}

// shapes returns the test texts by name.
func shapes(t testing.TB) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob("testdata/shapes/*")
	if err != nil || len(names) < 10 {
		t.Fatalf("%d shapes, %v", len(names), err)
	}
	texts := make(map[string][]byte)
	for _, name := range names {
		if filepath.Ext(name) == ".golden" {
			continue
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts[filepath.Base(name)] = b
	}
	return texts
}

// describe writes everything that a composition holds.
func describe(t *testing.T, c intake.Composition) []byte {
	t.Helper()
	var b bytes.Buffer
	doc, err := intake.FormatDocument(c.Document)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(&b, "form: %s\nkicker: %s\nsuggested: %v\nstated: %s\n", c.Form, c.Kicker, c.Suggested, c.Stated)
	for _, l := range c.Left {
		fmt.Fprintf(&b, "left out: %s: %s\n", l.Reason, l.Words)
	}
	b.WriteString("\n")
	b.Write(doc)
	return b.Bytes()
}

func TestShapes(t *testing.T) {
	for name, text := range shapes(t) {
		t.Run(name, func(t *testing.T) {
			c, err := intake.Compose(name, text, readOn)
			if err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", "shapes", name+".golden")
			got := describe(t, c)
			if *update {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// The same words give the same composition whatever machine they were typed on.
func TestEncodingsAndLineEnds(t *testing.T) {
	for name, text := range shapes(t) {
		want, err := intake.Compose(name, text, readOn)
		if err != nil {
			t.Fatal(err)
		}
		for encoding, b := range map[string][]byte{
			"CRLF":         bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n")),
			"mark":         append([]byte("\ufeff"), text...),
			"UTF-16":       utf16le(string(text)),
			"Windows-1252": windows1252(string(text)),
		} {
			got, err := intake.Compose(name, b, readOn)
			if err != nil {
				t.Errorf("%s in %s: %v", name, encoding, err)
				continue
			}
			got.Encoding = want.Encoding
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s in %s: %s", name, encoding, diff)
			}
		}
	}
}

func utf16le(s string) []byte {
	b := []byte{0xff, 0xfe}
	for _, r := range s {
		b = append(b, byte(r), byte(r>>8))
	}
	return b
}

// windows1252 encodes the characters that the test texts use.
func windows1252(s string) []byte {
	var b []byte
	for _, r := range s {
		switch r {
		case '€':
			r = 0x80
		case '—':
			r = 0x97
		case '–':
			r = 0x96
		case '“':
			r = 0x93
		case '”':
			r = 0x94
		case '’':
			r = 0x92
		}
		b = append(b, byte(r))
	}
	return b
}

// tokens counts the words of a text: its runs of letters and digits, in lower
// case, for a byline in capitals is set in small letters.
func tokens(texts ...string) map[string]int {
	count := make(map[string]int)
	for _, text := range texts {
		text = strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Cf, r) { // soft hyphens and the like are inside words
				return -1
			}
			return r
		}, text)
		for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			count[w]++
		}
	}
	return count
}

// lost returns the words of the plain text that are neither in the composition
// nor said to be left out, each with how often, and those that are there too often.
func lost(t testing.TB, text string, on standfirst.Day, c intake.Composition) map[string]int {
	t.Helper()
	balance := tokens(text)
	add := func(n int, texts ...string) {
		for w, k := range tokens(texts...) {
			if balance[w] += n * k; balance[w] == 0 {
				delete(balance, w)
			}
		}
	}
	r := copydesk.Read(text, on)
	for _, b := range r.Bylines {
		// "By", "and" and the like are the form of a byline, not its words.
		add(-1, b.Text)
		add(1, b.Name, b.Role, b.Place)
		if b.Place != "" {
			add(1, "in") // which takes its place into the role
		}
	}
	for _, b := range r.Blocks {
		for _, v := range b.Voices {
			// As is "says" of a voice, which a dash stands for.
			add(-1, text[v.Line.Start:v.Line.End])
			add(1, v.Line.Text)
		}
		if b.Kind == copydesk.List && b.Ordered {
			for i, item := range b.Items {
				start := b.Start
				if i > 0 {
					start = b.Items[i-1].End
				}
				add(-1, text[start:item.Start])
			}
		}
	}
	if !c.Suggested {
		add(-1, c.Content.Headline)
	}
	add(-1, c.Kicker, c.Content.Standfirst, c.Content.Dateline, markup.PlainText(c.Content.Body))
	for _, b := range c.Content.Bylines {
		add(-1, b.Name, b.Role)
	}
	for _, l := range c.Left {
		add(-1, l.Words)
	}
	return balance
}

// No word is lost or made up between a plain text and its story.
func TestNoWordIsLost(t *testing.T) {
	files, err := filepath.Glob("../copydesk/testdata/*/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, pattern := range []string{"../copydesk/testdata/*.txt", "../../examples/*.txt", "testdata/shapes/*.txt"} {
		more, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, more...)
	}
	if len(files) < 10 {
		t.Fatalf("only %d texts", len(files))
	}
	slices.Sort(files)
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		c, err := intake.Compose("text.txt", b, readOn)
		if err != nil {
			t.Logf("%s is not filed: %v", file, err)
			continue
		}
		if c.Form != intake.PlainText {
			continue
		}
		text, _, err := copydesk.Decode(b)
		if err != nil {
			t.Fatal(err)
		}
		if balance := lost(t, text, readOn, c); len(balance) > 0 {
			t.Errorf("%s: lost (+) or made up (-): %v", file, balance)
		}
	}
}

func TestComposeRefuses(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"a.txt", "\x89PNG\r\n\x1a\n\x00\x00", "PNG picture"},
		{"a.txt", "a\x00b\x00\x01\x02\x03 \x00\x00\x00", ""},
		{"a.txt", " \n\t\n", "holds no text"},
		{"a.md", "---\nheadline: x\ncolour: red\n---\nBody", "line 3: the key “colour” is not known"},
		{"a.md", "---\nheadlin: x\n---\nBody", "line 2: the key “headlin” is not known; it is called headline here; the keys are"},
		{"a.md", "---\npublishDate: 2026-01-01\n---\nBody", "it is called date here"},
		{"a.md", "---\nfeatured_image: a.jpg\n---\nBody", "it is called picture here"},
		{"a.md", "---\nbylines:\n  - name: A\n    title: B\n---\nBody", "it is called role here"},
		{"a.md", "---\nheadline: Vale bids again\nsection: Deals\n\nBody", "the front matter that begins on line 1 is not closed; put --- on a line of its own after it"},
		{"a.txt", "\ufeff---\r\n\r\ntitle: Vale bids again\r\n", "is not closed"},
		{"a.md", "---\nheadline: a: b\n---\nBody", "line 2: the front matter cannot be read"},
		{"a.md", "---\nheadline: x\nheadline: y\n---\nBody", "line 3"},
		{"a.md", "---\ndate: tomorrow\n---\nBody", `line 2: the date "tomorrow" cannot be read`},
		{"a.md", "---\nslug: Not A Slug\n---\nBody", `try "not-a-slug"`},
		{"a.md", "---\naccess: friends\n---\nBody", "use public, registered or members"},
		{"a.md", "---\npicture: a.jpg\n---\nBody", "line 2: picture must have lines of its own"},
		{"a.md", "---\npicture:\n  alt: A\n---\nBody", "picture needs either file"},
		{"a.md", "---\npicture:\n  file: a.jpg\n  size: big\n---\nBody", "line 4: the key “size” is not known; the keys are file, id, alt"},
		{"a.md", "---\nbylines:\n  - role: Editor\n---\nBody", "line 3: a byline needs a name"},
		{"a.md", "---\nheadline:\n  - a\n---\nBody", "headline must be a text"},
		{"a.md", "---\nheadline: &a x\nstandfirst: *a\n---\nBody", "must be a text"},
		{"a.html", "<html><body><script>x()</script></body></html>", "holds no text"},
		{"a.html", "<html><body><p>" + strings.Repeat("[a", 6000), "square brackets"},
		{"a.html", "<html><body>" + strings.Repeat("<i>a</i>", 60_000), "documents too large"},
		{"a.mhtml", "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=\"x\"\r\n\r\n", "web archive"},
	} {
		_, err := intake.Compose(test.name, []byte(test.text), readOn)
		if err == nil || standfirst.KindOf(err) != standfirst.Invalid || !strings.Contains(standfirst.PublicMessage(err), test.want) {
			t.Errorf("%q: %v, want Invalid with %q", test.text, err, test.want)
		}
	}
}

func TestSuggestedHeadline(t *testing.T) {
	long := "Quillon Semiconductor said on Tuesday that it has received no offer and that it knows of no talks with anybody about its future, its shares or its plants.\n"
	c, err := intake.Compose("flash.txt", []byte(long), readOn)
	if err != nil {
		t.Fatal(err)
	}
	if !c.Suggested || !strings.HasPrefix(long, c.Content.Headline) || len(c.Content.Headline) > 120 || strings.ContainsAny(c.Content.Headline, "….") {
		t.Errorf("headline %q", c.Content.Headline)
	}
	if !strings.Contains(markup.PlainText(c.Content.Body), "received no offer") {
		t.Errorf("body %q", c.Content.Body)
	}
}

func FuzzFile(f *testing.F) {
	for name, text := range shapes(f) {
		f.Add(name, text)
	}
	f.Fuzz(func(t *testing.T, name string, b []byte) {
		c, err := intake.Compose(name, b, readOn)
		if err != nil {
			if k := standfirst.KindOf(err); k != standfirst.Invalid && k != standfirst.TooLarge {
				t.Fatalf("%s error: %v", k, err)
			}
			return
		}
		again, err := intake.Compose(name, b, readOn)
		if err != nil || !cmp.Equal(c, again) {
			t.Fatalf("the same bytes gave another composition: %v", cmp.Diff(c, again))
		}
		if c.Form != intake.PlainText || c.Encoding != copydesk.UTF8 {
			return
		}
		text, _, err := copydesk.Decode(b)
		if err != nil {
			t.Fatal(err)
		}
		if balance := lost(t, text, readOn, c); len(balance) > 0 {
			t.Fatalf("lost (+) or made up (-): %v\n%s", balance, c.Content.Body)
		}
	})
}
