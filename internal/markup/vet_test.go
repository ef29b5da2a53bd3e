package markup_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// allowed are the elements that a story text may become, each with its attributes.
var allowed = map[string][]string{
	"p": nil, "br": nil, "hr": nil, "em": nil, "strong": nil, "code": nil, "pre": {"tabindex"}, "blockquote": nil,
	"h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "h5": {"id"}, "h6": {"id"},
	"ul": nil, "ol": {"start"}, "li": {"id"},
	"table": nil, "thead": nil, "tbody": nil, "tr": nil, "th": {"scope", "class"}, "td": {"class"},
	"section": {"class", "aria-labelledby", "aria-label", "role", "tabindex"},
	"div":     {"class", "role"},
	"figure":  {"class", "id", "data-show"}, "figcaption": nil,
	"img": {"src", "srcset", "sizes", "width", "height", "alt", "loading", "decoding"},
	"a":   {"href", "title", "rel", "id", "role", "aria-label", "class"},
	"s":   nil, "aside": {"class"},
	"span": {"class"}, "b": {"class"}, "q": nil, "cite": {"class"}, "sup": nil,
	"data": {"class", "value", "title"},
}

// void are the elements without an end tag.
var void = []string{"br", "hr", "img"}

// vet fails the test unless the fragment is well formed, nested as written, made of
// allowed elements and attributes only, and free of addresses that could run or load
// something. It returns the fragment's text.
func vet(t testing.TB, fragment string) string {
	t.Helper()
	var open []string
	ids := make(map[string]bool)
	var labels []string
	z := html.NewTokenizer(strings.NewReader(fragment))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		token := z.Token()
		switch kind {
		case html.CommentToken, html.DoctypeToken, html.SelfClosingTagToken:
			t.Fatalf("a %v in %q", kind, fragment)
		case html.StartTagToken:
			vetElement(t, token, ids, &labels)
			if token.Data == "a" && slices.Contains(open, "a") {
				t.Fatalf("a link in a link: %q", fragment)
			}
			if !slices.Contains(void, token.Data) {
				open = append(open, token.Data)
			}
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != token.Data {
				t.Fatalf("</%s> closes %v in %q", token.Data, open, fragment)
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Fatalf("%v left open in %q", open, fragment)
	}
	for _, label := range labels {
		if !ids[label] {
			t.Fatalf("%q is referred to and not there in %q", label, fragment)
		}
	}
	return vetTree(t, fragment)
}

func vetElement(t testing.TB, token html.Token, ids map[string]bool, labels *[]string) {
	t.Helper()
	attributes, ok := allowed[token.Data]
	if !ok {
		t.Fatalf("element %s", token)
	}
	for _, a := range token.Attr {
		if !slices.Contains(attributes, a.Key) {
			t.Fatalf("attribute %s of %s", a.Key, token)
		}
		switch a.Key {
		case "id":
			if ids[a.Val] || a.Val == "" || strings.Trim(a.Val, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" ||
				!strings.HasPrefix(a.Val, "h-") && !strings.HasPrefix(a.Val, "fn-") && !strings.HasPrefix(a.Val, "fnref-") && !strings.HasPrefix(a.Val, "cited-") && !strings.HasPrefix(a.Val, "voice-") {
				t.Fatalf("id %q", a.Val)
			}
			ids[a.Val] = true
		case "aria-labelledby":
			*labels = append(*labels, a.Val)
		case "src":
			if !strings.HasPrefix(a.Val, "/media/") || strings.Contains(a.Val, "..") {
				t.Fatalf("picture %q", a.Val)
			}
		case "href":
			vetAddress(t, a.Val)
		}
	}
}

func vetAddress(t testing.TB, href string) {
	t.Helper()
	u, err := url.Parse(href)
	if err != nil {
		t.Fatalf("address %q: %v", href, err)
	}
	if !slices.Contains([]string{"", "http", "https", "mailto", "tel"}, u.Scheme) {
		t.Fatalf("address %q", href)
	}
	if u.Scheme == "" && (u.Host != "" || strings.HasPrefix(href, "//")) || strings.ContainsAny(href, "\\\n\r\t\x00 <>\"") {
		t.Fatalf("address %q", href)
	}
}

// vetTree parses the fragment as a browser would, checks that nothing moved, and
// returns its text, with that of pictures and without the numbers of footnotes.
func vetTree(t testing.TB, fragment string) string {
	t.Helper()
	nodes, err := html.ParseFragment(strings.NewReader(fragment), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		t.Fatalf("%v in %q", err, fragment)
	}
	var text, rendered strings.Builder
	visit := func(n *html.Node) {
		if n.Type == html.TextNode && !isReference(n) {
			text.WriteString(n.Data)
		}
		for _, a := range n.Attr {
			if a.Key == "alt" {
				text.WriteString(a.Val)
			}
		}
	}
	for _, n := range nodes {
		visit(n)
		for d := range n.Descendants() {
			visit(d)
		}
		if err := html.Render(&rendered, n); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := tags(rendered.String()), tags(fragment); !slices.Equal(got, want) {
		t.Fatalf("a browser reads other tags than were written:\n%v\n%v\nin %q", got, want, fragment)
	}
	return text.String()
}

// isReference reports whether the text is the number of a footnote.
func isReference(text *html.Node) bool {
	for up := text.Parent; up != nil; up = up.Parent {
		if up.DataAtom == atom.Sup {
			return true
		}
	}
	return false
}

// tags returns the names of the tags of a fragment in order.
func tags(fragment string) []string {
	var names []string
	z := html.NewTokenizer(strings.NewReader(fragment))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		if kind == html.StartTagToken || kind == html.EndTagToken || kind == html.SelfClosingTagToken {
			name, _ := z.TagName()
			if kind == html.EndTagToken {
				names = append(names, "/"+string(name))
			} else {
				names = append(names, string(name))
			}
		}
	}
	return names
}
