package markup_test

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"standfirst"
	"standfirst/internal/markup"
)

// heavy are texts that were made to be slow: each is repeated to the length.
var heavy = map[string]func(length int) string{
	"open brackets":       repeated("["),
	"closed brackets":     repeated("]"),
	"images":              repeated("!["),
	"link starts":         repeated("[a]("),
	"nested links":        func(n int) string { return strings.Repeat("[", n/2) + strings.Repeat("]", n/2) },
	"footnote references": repeated("[^a]"),
	"footnotes":           func(n int) string { return strings.Repeat("[^a]: x\n\n", n/20) + strings.Repeat("[^b] ", n/10) },
	"many footnotes": func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n/2; i++ {
			b.WriteString("[^" + strings.Repeat("x", i%50) + "]: x\n")
		}
		return b.String() + "\n" + strings.Repeat("[^y]", n/10)
	},
	"definitions":        repeated("[a]: b\n"),
	"open definitions":   repeated("[a]: b \"\n"),
	"quotes":             repeated(">"),
	"quotes with spaces": repeated("> "),
	"quoted lines":       repeated(strings.Repeat("> ", 30) + "a\n"),
	"lists":              repeated("- "),
	"numbers":            repeated("1. "),
	"list lines":         repeated("- a\n"),
	"deepening list": func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			b.WriteString(strings.Repeat("  ", i%300) + "- a\n")
		}
		return b.String()
	},
	"stars":             repeated("*"),
	"emphasis":          repeated("*a "),
	"mixed emphasis":    repeated("*a_ "),
	"strong":            repeated("**a "),
	"underscores":       repeated("_a"),
	"backticks":         func(n int) string { return growing("`", n) },
	"backslashes":       repeated("\\"),
	"ampersands":        repeated("&a"),
	"less-than signs":   repeated("<a"),
	"parentheses":       repeated("("),
	"tickers":           repeated("(NYSE: A;"),
	"ticker candidates": repeated("(:"),
	"colons":            repeated(":::"),
	"notes":             repeated(":::note\n"),
	"ends of notes":     repeated(":::\n"),
	"voices":            repeated(":::voices\n> a\n> — B\n\n:::\n"),
	"headings":          repeated("# a\n"),
	"one heading":       func(n int) string { return "# " + strings.Repeat("*a_ ", n/4) },
	"underlined":        func(n int) string { return strings.Repeat("*a_ ", n/4) + "\n===" },
	"rules":             repeated("---\n"),
	"table":             func(n int) string { return "a|b\n-|-\n" + strings.Repeat("`\\|`|b\n", n/7) },
	"wide table": func(n int) string {
		return strings.Repeat("a|", n/5) + "\n" + strings.Repeat("-|", n/5) + "\n" + strings.Repeat("`\\|`|", n/15)
	},
	"tables":                   repeated("a|b\n-|-\n`\\|`|*a_ b\n\n"),
	"code fences":              repeated("```\n"),
	"spaces":                   repeated(" "),
	"tabs":                     repeated("\t"),
	"blank lines":              repeated("\n"),
	"trailing spaces":          repeated("a  \n"),
	"letters":                  repeated("a"),
	"emphasis in paragraphs":   repeated(strings.Repeat("*a_ ", 240) + "\n\n"),
	"brackets in paragraphs":   repeated(strings.Repeat("[", 240) + strings.Repeat("]", 240) + "\n\n"),
	"links in paragraphs":      repeated(strings.Repeat("[a](", 240) + strings.Repeat("x", 30000) + "\n\n"),
	"backticks in paragraphs":  repeated(growing("`", 240) + strings.Repeat("x", 30000) + "\n\n"),
	"strong in paragraphs":     repeated(strings.Repeat("**a ", 240) + strings.Repeat("a** ", 240) + "\n\n"),
	"references in paragraphs": repeated("[a]: b\n\n" + strings.Repeat("[a]", 240) + "\n\n"),
	"emphasis in cells":        func(n int) string { return "a|b\n-|-\n" + strings.Repeat(strings.Repeat("*a_ ", 240)+"|\n", n/2000) },
	"attributions":             repeated("> — A, b\n>\n"),
	"pictures":                 repeated(":::figure\n![a](/media/a.jpg)\n"),
}

func repeated(s string) func(int) string {
	return func(n int) string { return strings.Repeat(s, n/len(s)) }
}

// growing returns runs of growing length.
func growing(s string, n int) string {
	var b strings.Builder
	for i := 1; b.Len()+i < n; i++ {
		b.WriteString(strings.Repeat(s, i) + " ")
	}
	return b.String()
}

// shareOfLongest is how much of the longest text there can be the test renders, and
// longestRender what it may take. That is far above what is measured, so that a busy
// machine does not fail it, and far below what anything quadratic takes.
const (
	shareOfLongest = 8
	longestRender  = 10 * time.Second
)

func TestRenderOfHeavyTexts(t *testing.T) {
	length := standfirst.MaxBodyLength / shareOfLongest
	for name, make := range heavy {
		t.Run(name, func(t *testing.T) {
			body := make(length)
			began := time.Now()
			r, err := markup.Render(body[:min(len(body), length)], markup.Options{})
			if err != nil {
				t.Fatal(err)
			}
			took := time.Since(began)
			if took > longestRender {
				t.Errorf("took %v", took)
			}
			began = time.Now()
			markup.PlainText(body)
			t.Logf("%v, plain %v, %d bytes to %d", took, time.Since(began), len(body), len(r.HTML))
			if depth := depthOf(string(r.HTML)); depth > 200 {
				t.Errorf("elements stand %d deep", depth)
			}
		})
	}
}

// depthOf returns how deep the elements of a fragment stand inside each other.
func depthOf(fragment string) int {
	depth, deepest := 0, 0
	z := html.NewTokenizer(strings.NewReader(fragment))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		switch kind {
		case html.StartTagToken:
			if name, _ := z.TagName(); string(name) != "br" && string(name) != "hr" && string(name) != "img" {
				depth++
			}
		case html.EndTagToken:
			depth--
		}
		deepest = max(deepest, depth)
	}
	return deepest
}

// heavyPages are pages that were made to be slow.
var heavyPages = map[string]func(length int) string{
	"divisions": repeated("<div>"),
	"bold":      repeated("<b>"),
	"quotes":    repeated("<blockquote>"),
	"lists":     repeated("<ul><li>"),
	"tables":    repeated("<table><tr><td>"),
	"rows":      func(n int) string { return "<table>" + strings.Repeat("<tr><td>a<td>b", n/20) + "</table>" },
	"wide rows": func(n int) string { return "<table><tr>" + strings.Repeat("<td>a", n/6) + "</table>" },
	"wide span": func(n int) string {
		return `<table><tr><td>a<td>b<tr><td colspan="100000000" rowspan="100000000">a<td>b</table>`
	},
	"paragraphs":    repeated("<p>*a"),
	"links":         repeated("<a href=https://a.b>c</a> "),
	"forms":         repeated("<form>a</form>"),
	"nested fonts":  repeated("<font>a"),
	"brackets":      repeated("["),
	"stars":         repeated("*"),
	"underscores":   repeated("a_"),
	"number signs":  repeated("<p>#"),
	"line breaks":   repeated("<br>"),
	"code":          repeated("<code>`</code>"),
	"less than":     repeated("<"),
	"greater than":  repeated("&gt;"),
	"comments":      repeated("<!--"),
	"deep and wide": func(n int) string { return strings.Repeat("<div>", 150) + strings.Repeat("<p>a", n/4) },
}

func TestFromHTMLOfHeavyPages(t *testing.T) {
	for name, make := range heavyPages {
		t.Run(name, func(t *testing.T) {
			page := make(standfirst.MaxBodyLength / shareOfLongest)
			began := time.Now()
			body, err := markup.FromHTML(page)
			took := time.Since(began)
			if took > longestRender {
				t.Errorf("took %v", took)
			}
			t.Logf("%v, %d bytes to %d, %v", took, len(page), len(body), err)
		})
	}
}
