package markup_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"standfirst"
	"standfirst/internal/markup"
)

// hostile are texts that were written to get past a renderer.
var hostile = []string{
	`<script>alert(1)</script>`, `<img src=x onerror=alert(1)>`, `<svg/onload=alert(1)>`, "<style>*{}</style>", "</div></article><h1>x",
	`[x](javascript:alert(1))`, "[x](java\nscript:alert(1))", `[x](<javascript:alert(1)>)`, `![x](javascript:alert(1))`, `[x]: javascript:alert(1)` + "\n\n[x]",
	`<javascript:alert(1)>`, `<data:text/html,x>`, `<https://a.b/"onclick="x>`, `<a@b.cd>`, `[a](/b "c\" onclick=\"d")`, `[a](/b"onclick="c)`,
	`[a](https://b.cd/'onclick='e)`, "`<script>`", "```<script>\n</code></pre><script>\n```", "    </code><script>", "<!--", "-->", "<![CDATA[", "<?php", "&lt;script&gt;",
	"[a[b](c)](d)", "[![a](b)](c)", "![a[b](c)](d)", "[<https://a.b>](c)", "[a[^1]](b)\n\n[^1]: [c[^1]](d)", "[[^1]](b)\n[^1]:c", "[^1][^1]\n\n[^1]: x [^1]", "[^a\"b]\n\n[^a\"b]: x",
	"*a **b* c**", "**a*b**c*", "***", "[a](b", "![", "[]()", "![]()", "[](<>)", "| a |\n|-|\n| `\\|` | <b> |", "|\n|-", "-|-\n-|-", "a|b\n-|-\nc",
	":::voices \"><script>\n> x\n> — <b>, \"><i>\n:::", ":::voices\n:::note\n:::figure\n![x](/media/a.jpg \"><script>\")\nCredit: <b>\n:::", ":::figure\n:::", ":::voices",
	"> :::voices\n> > x\n> :::", ":::note\n> x\n:::\n", "- :::note\n:::\n", ":::voices\n> — A\n> — B, c\n:::", "> a\n— B", ":::voices\n> > a\n> > — B\n> — C\n:::",
	"# [a](b)\n# [a](b)\n## <x>", "a\n===\nb\n---", "#", "# #", "1000000000. a", "007. a\n8. b", "+\n+ a\n\n b", "\ta\n\t\tb", " > \ta", "\u2028\u2029\u0085\ufeff", "\x00\x01\xff\xfe",
	"(NYSE: NWF\"><b>)", "(NYSE: <b>; LSE: A)", "(NYSE:\nNWF)", "(((((NYSE: A)))))", "a\\", "\\", "&#0;&#x110000;&#xfffe;&#1;", "“a” (b", "{#id .class onclick=x}", "# a {onclick=x}",
	"[a]: <b> 'c'\n[a]: d\n[a][A][]", "<http://\u202e.com>", "[x](//a\\@b)", "[x](http://a@b:c)", "[x](claim:5)", "[a[^1] (NYSE: A)](claim:5)\n\n[^1]: [b](claim:6)", "[*x*](entity:b\"c) [![a](/media/b)](claim:1)", ":::deal 1\n[x](claim:2)\n:::", ":::embed https://a.b/\"><script>?a&copy=%zz\n<b> [x](c)\n:::", "> :::embed //a.b@c.d:1", ":::embed javascript:alert(1)\n:::", ":::embed https://a.b\n:::embed http://c.d\n# e[^1]\n\n[^1]: f", "~~a~~ ~~~", "- [ ] a", "www.example.org", "a  \nb\\\nc",
}

func FuzzRender(f *testing.F) {
	for _, s := range hostile {
		f.Add(s, 0, len(s))
	}
	story, err := os.ReadFile("testdata/story.md")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(story), 200, 400)
	f.Fuzz(func(t *testing.T, body string, start, end int) {
		q := standfirst.Quotation{Start: start, End: end, NameAt: standfirst.Range{Start: start + 2, End: start + 9},
			Parts: []standfirst.Range{{Start: start, End: start + 2}, {Start: start + 9, End: end}}}
		r, err := markup.Render(body, markup.Options{
			Quotations: []standfirst.Quotation{q},
			Cited: func(c standfirst.Citation) (markup.CitedFigure, bool) {
				note := markup.MarginNote{Title: "<Stake>", Text: "now \"less\"", Href: "/claim/" + c.Claim.String(), Link: "x"}
				return markup.CitedFigure{Href: "#figure-1", Struck: c.Claim%2 == 0, Note: note}, true
			},
			Entity: func(string) string { return "/company/a" }, Ticker: func(standfirst.Ticker) string { return "/company/b" }, Embeds: func(string) bool { return start%2 == 0 },
		})
		if err != nil {
			t.Skip(err)
		}
		text := vet(t, string(r.HTML))
		for _, word := range strings.FieldsFunc(markup.PlainText(body), isNoWord) {
			if !strings.Contains(text, word) {
				t.Fatalf("%q of %q is not in %q", word, body, text)
			}
		}
		for _, word := range shownWords(body) {
			if !strings.Contains(text, word) {
				t.Fatalf("%q of %q is not in %q", word, body, text)
			}
		}
	})
}

func isNoWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

var plainWord = regexp.MustCompile(`[A-Za-z]{3,}`)

// shownWords returns the words of a body that readers must see, if nothing in it
// makes words that are not shown: addresses, names of containers, languages of code,
// entities.
func shownWords(body string) []string {
	if strings.ContainsAny(body, "[]`~&:") || !utf8.ValidString(body) {
		return nil
	}
	return plainWord.FindAllString(body, -1)
}

func FuzzEscapeText(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	for _, s := range []string{"# a", "## ", "a #", "a ##", "#a", "> a", "-a", "- a", "--", "- - -", "---", "===", "***", "* * *", "_ _ _", "+ a", "1. a", "1.a", "12) a", "1234567890. a",
		":::voices", "::: x", "::", "5 * 3 * 2", "snake_case_name", "_a_", "__a__", "*a*", "a*b*c", "[sic]", "[a](b)", "[a][b]", "[^1]", "[^1]: a", "[a]: b", "[a]:b", "![a](b)", "[a [b] c](d)",
		"AT&T", "Q&A;", "&amp;", "&#65;", "5 < 6", "<5%", "<a>", "</a>", "a \\ b", "\\*", "a\\", "`a`", "``", "~~~", "a|b", "|a|", "(NYSE: NWF)", "\u00a0a\u00a0", "a  b", "— Mo", "[`]`](a)", "[a\\](b)", "\\[a](b)", strings.Repeat("[*", 400)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want := singleLine(s)
		if want == "" {
			t.Skip("no words")
		}
		escaped := markup.EscapeText(s)
		if strings.Contains(escaped, "\n") {
			t.Fatalf("EscapeText(%q) has more than one line", s)
		}
		for _, form := range []struct{ body, element string }{
			{escaped, "p"}, {"- " + escaped, "li"}, {"> " + escaped, "blockquote"}, {"## " + escaped, "h2"}, {"x\n\n" + escaped + "\n\ny", "p"},
		} {
			r, err := markup.Render(form.body, markup.Options{})
			if err != nil {
				t.Fatal(err)
			}
			text := vet(t, string(r.HTML))
			if form.element == "h2" && len(want) > 400 {
				continue
			}
			text = strings.TrimSuffix(strings.TrimPrefix(strings.Trim(text, "\n "), "x\n"), "\ny")
			if text != want {
				t.Fatalf("%q is written as %q and read in <%s> as %q", want, form.body, form.element, text)
			}
			if !strings.Contains(string(r.HTML), "<"+form.element) {
				t.Fatalf("%q is written as %q and is no <%s>: %s", want, form.body, form.element, r.HTML)
			}
		}
	})
}

// singleLine is the text that a single line of words is, as EscapeText says.
func singleLine(s string) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	s = strings.NewReplacer("\n", " ", "\r", " ", "\t", " ", "\v", " ", "\f", " ").Replace(s)
	s = strings.Map(func(r rune) rune {
		if r < 0x20 || r >= 0x7f && r < 0xa0 || r >= 0xfdd0 && r <= 0xfdef || r&0xfffe == 0xfffe {
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}

func FuzzFromHTML(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
		f.Add("<p>" + s + "</p>")
	}
	page, err := os.ReadFile("testdata/page/article.html")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(page))
	for _, s := range []string{"<table><tr><td>a<td>b<tr><td><table><tr><td>c</table></table>", "<ul><li>a<ul><li>b</ul></ul>", "<pre>a\n```\n:::voices</pre>", "<p>:::voices</p><p>:::</p>",
		"<p>[^1]: x</p>", "<li>:::note", "<blockquote>:::note</blockquote>", "<h1></h1><h6>#</h6>", "<a href='javascript:x'>y</a>", "<a href='/x'>y</a>", "<b><b><b>x", "<br><br><br>", "<p>a<!-- b --></p>",
		"<form>all of it</form>", "<img src=https://x.y>", "<figure><figcaption>c</figcaption></figure>", "<code>`</code>", "<ol start=-3><li>x</ol>", "<dl><dt>a<dd>b</dl>", "<frameset><frame></frameset>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, page string) {
		if len(page) > 100_000 {
			t.Skip("too long to be quick")
		}
		body, err := markup.FromHTML(page)
		if err != nil {
			t.Skip(err)
		}
		r, err := markup.Render(body, markup.Options{})
		if err != nil {
			t.Skip(err)
		}
		vet(t, string(r.HTML))
		if strings.Contains(string(r.HTML), `class="voices"`) || strings.Contains(string(r.HTML), `class="note"`) || strings.Contains(string(r.HTML), "<img") {
			t.Fatalf("a page became %s by way of %q", r.HTML, body)
		}
	})
}

// FuzzFromHTMLWords sets three texts into several forms of a page and expects the
// words that a reader of the page would see.
func FuzzFromHTMLWords(f *testing.F) {
	for i, s := range hostile {
		f.Add(s, hostile[(i+7)%len(hostile)], hostile[(i+31)%len(hostile)])
	}
	for _, s := range [][3]string{{"a", "b", "c"}, {"x_", "y", "_z"}, {"[sic]", "b", "(c)"}, {"wow!", "b", "c"}, {"a\\", "*", "\\"}, {"a `", "b`", "`"}, {"a|b", "-|-", "|"},
		{"1.", " x", "#"}, {"“", "Foo.", "”bar"}, {"a", ",b", "."}, {"-", "-", "-"}, {" ", " x ", " "}, {":-", ":-", ":-"}, {"&", "amp", ";"}, {"<", "b", ">"}} {
		f.Add(s[0], s[1], s[2])
	}
	forms := []string{
		"<p>A<b>B</b>C</p>", "<p>A<i>B</i>C</p>", "<p>A<b>B</b><i>C</i></p>", "<p><b>A<i>B</i></b>C</p>", "<p>A<a href=https://x.org/y>B</a>C</p>",
		"<p><a href=https://x.org>A<b>B</b></a><a href=https://y.org>C</a></p>", "<p>A<br>B<br>C</p>", "<p>A<br><br>B</p>C", "<p>A<code>B</code>C</p>", "<p>A<code>B</code><code>C</code></p>",
		"<h2>A<b>B</b>C</h2>", "<ul><li>A<li>B<ul><li>C</ul></ul>", "<ol><li><p>A</p><p>B</p><li>C</ol>", "<blockquote>A<p>B</p></blockquote>C", "<div>A<div>B</div>C</div>",
		"<table><tr><th>A<th>B<tr><td><code>C</code><td><b>A</b>B</table>", "<span>A<span>B</span></span>C", "<pre>A\nB</pre>C", "<dl><dt>A<dd>B</dl>C",
	}
	f.Fuzz(func(t *testing.T, a, b, c string) {
		if len(a)+len(b)+len(c) > 300 || !utf8.ValidString(a) || !utf8.ValidString(b) || !utf8.ValidString(c) {
			t.Skip("more than a heading holds, or no text")
		}
		texts := strings.NewReplacer("A", html.EscapeString(a), "B", html.EscapeString(b), "C", html.EscapeString(c))
		for _, form := range forms {
			page := texts.Replace(form)
			body, err := markup.FromHTML(page)
			if err != nil {
				t.Fatal(err)
			}
			r, err := markup.Render(body, markup.Options{})
			if err != nil {
				t.Fatal(err)
			}
			got := squeeze(vet(t, string(r.HTML)))
			want := squeeze(strings.NewReplacer("A", a, "B", b, "C", c).Replace(plainTag.ReplaceAllString(form, "")))
			if strings.Contains(string(r.HTML), "<figcaption>") { // the elements say what dashes and commas did
				got, want = strings.Join(strings.FieldsFunc(got, isNoWord), ""), strings.Join(strings.FieldsFunc(want, isNoWord), "")
			}
			if got != want {
				t.Fatalf("%q became %q\nand %q\ngot  %q\nwant %q", page, body, r.HTML, got, want)
			}
		}
	})
}

var plainTag = regexp.MustCompile(`<[^>]*>`)

// squeeze returns the text without spaces and without what no page shows.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r < 0x20 || r >= 0x7f && r < 0xa0 || r >= 0xfdd0 && r <= 0xfdef || r&0xfffe == 0xfffe {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

func FuzzFindNamed(f *testing.F) {
	f.Add("[Northwind](entity:northwind) (NYSE: NWF; LSE: NWF)\n\n:::deal 12\n:::")
	f.Add("](entity:](entity:a)((((:\n:::timeline 1:::")
	f.Fuzz(func(t *testing.T, body string) {
		named := markup.FindNamed(body)
		for _, slug := range named.Entities {
			if slug.Validate() != nil || !strings.Contains(body, "](entity:"+string(slug)) {
				t.Errorf("%q is not mentioned in %q", slug, body)
			}
		}
		for _, panel := range named.Panels {
			if panel.Deal < 0 || !strings.Contains(body, panel.Name) {
				t.Errorf("%v is not in %q", panel, body)
			}
		}
	})
}
