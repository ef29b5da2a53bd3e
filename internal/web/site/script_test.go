package site

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// TestScripts asks what stands in testdata/*.txt of a site with stories of every
// kind. A script is made of blocks with an empty line between them:
//
//	GET /section/deals            the request
//	> Accept-Encoding: br         a header of it
//	status 200                    what is expected of the answer
//	header Content-Type: text/html; charset=utf-8
//	header Etag: *                any value
//	no header Set-Cookie
//	body some words               the body holds them
//	no body other words
//	count h1 1                    that many elements match the selector
//	text h1: the words            the text of the first that matches, spaces folded
//	attr time datetime: 2026-…    its attribute
//
// A line that begins with # says why.
func TestScripts(t *testing.T) {
	p := newPaper(t)
	empty := newHouse(t)
	names, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(names) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txt"), func(t *testing.T) {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			site := p.site
			if strings.HasPrefix(filepath.Base(name), "empty") {
				site = empty.site
			}
			line := 0
			for block := range strings.SplitSeq(string(b), "\n\n") {
				runBlock(t, site, fmt.Sprintf("%s:%d", name, line+1), block)
				line += strings.Count(block, "\n") + 2
			}
		})
	}
}

// runBlock sends one request and checks its answer.
func runBlock(t *testing.T, h http.Handler, at, block string) {
	t.Helper()
	var r *http.Request
	var a *answer
	for line := range strings.Lines(block) {
		line = strings.TrimSpace(line)
		word, rest, _ := strings.Cut(line, " ")
		switch {
		case line == "" || word == "#":
		case r == nil:
			r = httptest.NewRequest(word, rest, nil)
		case word == ">":
			name, value, _ := strings.Cut(rest, ":")
			r.Header.Set(name, strings.TrimSpace(value))
		default:
			if a == nil {
				a = send(h, r)
			}
			if problem := a.check(word, rest); problem != "" {
				t.Errorf("%s: %s %s: %s: %s", at, r.Method, r.URL, line, problem)
			}
		}
	}
}

// answer is what came back.
type answer struct {
	*httptest.ResponseRecorder
	text string
	doc  *html.Node
}

func send(h http.Handler, r *http.Request) *answer {
	a := &answer{ResponseRecorder: httptest.NewRecorder()}
	h.ServeHTTP(a.ResponseRecorder, r)
	a.text = a.Body.String()
	a.doc, _ = html.Parse(strings.NewReader(a.text)) // reading from memory cannot fail
	return a
}

func get(h http.Handler, path string) *answer {
	return send(h, httptest.NewRequest(http.MethodGet, path, nil))
}

// check returns what is wrong with the answer, or "".
func (a *answer) check(word, rest string) string {
	switch word {
	case "status":
		if got := strconv.Itoa(a.Code); got != rest {
			return "got " + got
		}
	case "header":
		name, want, _ := strings.Cut(rest, ":")
		want = strings.TrimSpace(want)
		got := a.Header().Get(name)
		if want == "*" && got == "" || want != "*" && got != want {
			return "got " + strconv.Quote(got)
		}
	case "body":
		if !strings.Contains(a.text, rest) {
			return "not in the body"
		}
	case "no":
		kind, what, _ := strings.Cut(rest, " ")
		if kind == "header" && a.Header().Get(what) != "" {
			return "got " + a.Header().Get(what)
		}
		if kind == "body" && (what == "" && a.text != "" || what != "" && strings.Contains(a.text, what)) {
			return "it is in the body"
		}
	case "count":
		i := strings.LastIndexByte(rest, ' ')
		if got := strconv.Itoa(len(a.all(rest[:i]))); got != rest[i+1:] {
			return "got " + got
		}
	case "text", "attr":
		selector, want, _ := strings.Cut(rest, ": ")
		name := ""
		if word == "attr" {
			i := strings.LastIndexByte(selector, ' ')
			selector, name = selector[:i], selector[i+1:]
		}
		found := a.all(selector)
		if len(found) == 0 {
			return "nothing matches"
		}
		got := textOf(found[0])
		if name != "" {
			got = attrOf(found[0], name)
		}
		if got != want {
			return "got " + strconv.Quote(got)
		}
	default:
		return "the script has a word that means nothing"
	}
	return ""
}

// all returns the elements that match the selector.
func (a *answer) all(selector string) []*html.Node {
	return cascadia.QueryAll(a.doc, cascadia.MustCompile(selector))
}

// textOf returns the text below a node with its spaces folded.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func attrOf(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
