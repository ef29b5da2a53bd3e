package markup_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"standfirst/internal/markup"
)

// commentElements are the elements that a comment may become, each with exactly the
// attributes that it has.
var commentElements = map[string][]string{
	"p": nil, "br": nil, "em": nil, "strong": nil, "code": nil, "blockquote": nil,
	"pre": {"tabindex"}, "a": {"href", "rel"},
}

// vetComment fails the test unless the comment is made of its few elements and
// attributes, well formed, nested as a browser reads it, with links to the web and to
// mail alone, and without characters that disturb what is around them.
func vetComment(t testing.TB, text string, r markup.RenderedComment) {
	t.Helper()
	fragment := string(r.HTML)
	vet(t, fragment)
	var links []string
	depth := 0
	z := html.NewTokenizer(strings.NewReader(fragment))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		token := z.Token()
		switch {
		case kind == html.StartTagToken && token.Data == "blockquote":
			depth++
		case kind == html.EndTagToken && token.Data == "blockquote":
			depth--
		}
		if kind != html.StartTagToken {
			continue
		}
		want, ok := commentElements[token.Data]
		var keys []string
		for _, a := range token.Attr {
			keys = append(keys, a.Key)
		}
		if !ok || !slices.Equal(keys, want) || depth > 3 {
			t.Fatalf("%q has %s, %d quotations deep", text, token, depth)
		}
		if token.Data == "a" {
			vetCommentLink(t, text, token)
			if href := token.Attr[0].Val; !slices.Contains(links, href) {
				links = append(links, href)
			}
		}
	}
	if !slices.Equal(links, r.Links) {
		t.Fatalf("%q links to %q, and says that it links to %q", text, links, r.Links)
	}
	vetCharacters(t, fragment)
	vetCharacters(t, html.EscapeString(r.Plain))
	if (r.Plain == "") != (fragment == "") || r.Plain != strings.TrimSpace(r.Plain) {
		t.Fatalf("%q is %q and in words %q", text, fragment, r.Plain)
	}
}

func vetCommentLink(t testing.TB, text string, token html.Token) {
	t.Helper()
	u, err := url.Parse(token.Attr[0].Val)
	if err != nil || token.Attr[1].Val != "ugc nofollow noopener" || u.User != nil {
		t.Fatalf("%q links by %s: %v", text, token, err)
	}
	if web := u.Scheme == "http" || u.Scheme == "https"; web && u.Host == "" || !web && (u.Scheme != "mailto" || u.Opaque == "") {
		t.Fatalf("%q links by %s", text, token)
	}
}

// vetCharacters fails the test if the HTML holds a character that reaches beyond it.
func vetCharacters(t testing.TB, text string) {
	t.Helper()
	if !utf8.ValidString(text) {
		t.Fatalf("%q is no UTF-8", text)
	}
	marks, previous := 0, '>'
	for _, r := range text {
		switch {
		case r < ' ' && r != '\n' && r != '\t', r >= 0x7f && r < 0xa0, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069,
			r == 0x200b, r == 0x2060, r == 0xfeff, r == 0x2028, r == 0x2029:
			t.Fatalf("%U in %q", r, text)
		case unicode.Is(unicode.M, r):
			if marks++; marks > 4 || previous == '>' || previous == '\n' {
				t.Fatalf("%U after %U in %q", r, previous, text)
			}
		case r != 0x200c && r != 0x200d:
			marks = 0
		}
		previous = r
	}
}
