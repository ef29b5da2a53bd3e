package markup_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"standfirst"
	"standfirst/internal/markup"
)

const rel = ` rel="ugc nofollow noopener"`

func renderComment(t testing.TB, text string) markup.RenderedComment {
	t.Helper()
	r, err := markup.RenderComment(text)
	if err != nil {
		t.Fatalf("RenderComment(%q): %v", text, err)
	}
	return r
}

func TestRenderComment(t *testing.T) {
	for _, test := range []struct{ name, text, html, plain string }{
		{"nothing", " \n\t\n", "", ""},
		{"a paragraph", "The round is not closed.", "<p>The round is not closed.</p>\n", "The round is not closed."},
		{"two paragraphs", "One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>\n", "One.\n\nTwo."},
		{"the end of a line", "One\nTwo", "<p>One<br>\nTwo</p>\n", "One\nTwo"},
		{"ends of lines of other systems", "One\r\nTwo\rThree\u2028Four", "<p>One<br>\nTwo<br>\nThree<br>\nFour</p>\n", "One\nTwo\nThree\nFour"},
		{"a hard break", "One  \nTwo\\\nThree", "<p>One<br>\nTwo<br>\nThree</p>\n", "One\nTwo\nThree"},
		{"breaks alone", "a\n\\\n\\\n\\\nb", "<p>a<br>\nb</p>\n", "a\nb"},
		{"emphasis", "*a* _b_ **c** __d__ ***e***", "<p><em>a</em> <em>b</em> <strong>c</strong> <strong>d</strong> <em><strong>e</strong></em></p>\n", "a b c d e"},
		{"no emphasis", "5 * 3 * 2, net_income_2026", "<p>5 * 3 * 2, net_income_2026</p>\n", "5 * 3 * 2, net_income_2026"},
		{"escaped marks", `\*a\* \_b\_ C:\new`, `<p>*a* _b_ C:\new</p>` + "\n", `*a* _b_ C:\new`},
		{"entities as typed", "AT&amp;T &lt;b&gt; &#8238;x &copy", "<p>AT&amp;amp;T &amp;lt;b&amp;gt; &amp;#8238;x &amp;copy</p>\n", "AT&amp;T &lt;b&gt; &#8238;x &copy"},
		{"a quotation", "> One\n> Two\n\nNo.", "<blockquote>\n<p>One<br>\nTwo</p>\n</blockquote>\n<p>No.</p>\n", "One\nTwo\n\nNo."},
		{"quotations at most three deep", "> > > > > a", "<blockquote>\n<blockquote>\n<blockquote>\n<p>&gt; &gt; a</p>\n</blockquote>\n</blockquote>\n</blockquote>\n", "> > a"},
		{"quotations of nothing", "> > >", "", ""},
		{"code", "`a *b* <i>`", "<p><code>a *b* &lt;i&gt;</code></p>\n", "a *b* <i>"},
		{"a block of code", "```go\nif a < b {\n\n\t\"x\"\n```\nz", "<pre tabindex=\"0\"><code>if a &lt; b {\n\n\t&#34;x&#34;\n</code></pre>\n<p>z</p>\n", "if a < b {\n\n\t\"x\"\n\nz"},
		{"a fence before a sentence", "~~~ not so fast, said the bank", "<p>~~~ not so fast, said the bank</p>\n", "~~~ not so fast, said the bank"},
		{"more marks than anybody writes", strings.Repeat("*a* ", 300) + `\*<b>` + "\nwwwx", "<p>" + strings.Repeat("*a* ", 300) + "*&lt;b&gt;<br>\nwwwx</p>\n", strings.Repeat("*a* ", 300) + "*<b>\nwwwx"},
		{"indented lines", "    a\n\n\tb", "<p>a</p>\n<p>b</p>\n", "a\n\nb"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := renderComment(t, test.text)
			if string(r.HTML) != test.html || r.Plain != test.plain || len(r.Links) > 0 {
				t.Errorf("RenderComment(%q)\n= %q, %q, %q\nwant %q, %q", test.text, r.HTML, r.Plain, r.Links, test.html, test.plain)
			}
			vetComment(t, test.text, r)
		})
	}
}

func TestCommentsShowWhatTheyCannotHaveAsTyped(t *testing.T) {
	for _, text := range []string{
		"# hello", "## a ##", "1. x", "1) x", "- x", "+ x", "* x", "- [ ] x", "---", "***", "* * *", "===", "| a | b |", "|-|-|", ":::voices", ":::", "::: note",
		"![x](y)", "![x][y]", "![x]", "[^1]", "[^1]: x", "[a]: b", "[a][b]", "[sic]", "~~x~~", "<script>", "<b>x</b>", "<!-- x -->", "<?php", "<![CDATA[x]]>", "<javascript:alert(1)>",
		"(NYSE: NWF)", "{#id}", "$x^2$", ":smile:", "@mo", "a@b.cd", "<https://>", "&nbsp;", "(c)",
	} {
		r := renderComment(t, text)
		if want := "<p>" + html.EscapeString(text) + "</p>\n"; string(r.HTML) != want || r.Plain != text || len(r.Links) > 0 {
			t.Errorf("RenderComment(%q) = %q, %q, %q; want %q", text, r.HTML, r.Plain, r.Links, want)
		}
	}
	for _, text := range []string{"a\n===", "a\n---", "a | b\n-|-\nc | d", ":::voices\nx\n:::", "- a\n- b", "a\n# b"} {
		lines := strings.Split(html.EscapeString(text), "\n")
		if r := renderComment(t, text); string(r.HTML) != "<p>"+strings.Join(lines, "<br>\n")+"</p>\n" {
			t.Errorf("RenderComment(%q) = %q", text, r.HTML)
		}
	}
}

func TestCommentLinks(t *testing.T) {
	for _, test := range []struct {
		name, text, html string
		links            []string
	}{
		{"to the web", "[a *b*](https://x.org/y?a=1&b=2)", `<a href="https://x.org/y?a=1&amp;b=2"` + rel + `>a <em>b</em></a>`, []string{"https://x.org/y?a=1&b=2"}},
		{"to mail", "[a](mailto:a@b.cd)", `<a href="mailto:a@b.cd"` + rel + `>a</a>`, []string{"mailto:a@b.cd"}},
		{"in any case", "[a](HTTPS://X.org)", `<a href="HTTPS://X.org"` + rel + `>a</a>`, []string{"HTTPS://X.org"}},
		{"with a title", `[a](https://x.org "b")`, `<a href="https://x.org"` + rel + `>a</a>`, []string{"https://x.org"}},
		{"without words", "[](https://x.org)", `<a href="https://x.org"` + rel + `>https://x.org</a>`, []string{"https://x.org"}},
		{"each once", "[a](https://x.org) [b](https://y.org) [c](https://x.org)", `<a href="https://x.org"` + rel + `>a</a> <a href="https://y.org"` + rel + `>b</a> <a href="https://x.org"` + rel + `>c</a>`, []string{"https://x.org", "https://y.org"}},
		{"between angle brackets", "<https://x.org/_y_> <a@b.cd>", `<a href="https://x.org/_y_"` + rel + `>https://x.org/_y_</a> <a href="mailto:a@b.cd"` + rel + `>a@b.cd</a>`, []string{"https://x.org/_y_", "mailto:a@b.cd"}},
		{"bare", "see https://x.org/a_b_c*d*.", `see <a href="https://x.org/a_b_c*d"` + rel + `>https://x.org/a_b_c*d</a>*.`, []string{"https://x.org/a_b_c*d"}},
		{"bare with marks", "https://x.org/_a_/*b*/c", `<a href="https://x.org/_a_/*b*/c"` + rel + `>https://x.org/_a_/*b*/c</a>`, []string{"https://x.org/_a_/*b*/c"}},
		{"bare www", "www.x.org, www., WWW.Y.org", `<a href="https://www.x.org"` + rel + `>www.x.org</a>, www., <a href="https://WWW.Y.org"` + rel + `>WWW.Y.org</a>`, []string{"https://www.x.org", "https://WWW.Y.org"}},
		{"bare in brackets", "(https://x.org/a_(b)) [https://y.org]", `(<a href="https://x.org/a_(b)"` + rel + `>https://x.org/a_(b)</a>) [<a href="https://y.org"` + rel + `>https://y.org</a>]`, []string{"https://x.org/a_(b)", "https://y.org"}},
		{"bare and emphasised", "**https://x.org** _http://y.org/_", `<strong><a href="https://x.org"` + rel + `>https://x.org</a></strong> <em><a href="http://y.org/"` + rel + `>http://y.org/</a></em>`, []string{"https://x.org", "http://y.org/"}},
		{"bare and quoted", "“https://x.org/a”, 'http://y.org'…", `“<a href="https://x.org/a"` + rel + `>https://x.org/a</a>”, &#39;<a href="http://y.org"` + rel + `>http://y.org</a>&#39;…`, []string{"https://x.org/a", "http://y.org"}},
		{"bare in other scripts", "http://bücher.example/straße。", `<a href="http://b%C3%BCcher.example/stra%C3%9Fe"` + rel + `>http://bücher.example/straße</a>。`, []string{"http://b%C3%BCcher.example/stra%C3%9Fe"}},
		{"bare in a link", "[see https://x.org/a](https://x.org/b)", `<a href="https://x.org/b"` + rel + `>see https://x.org/a</a>`, []string{"https://x.org/b"}},
		{"not in a word", "xhttps://x.org awww.x.org", "xhttps://x.org awww.x.org", nil},
		{"not in code", "`https://x.org`", "<code>https://x.org</code>", nil},
		{"words that name another host", "[https://bank.example/login](https://x.org/y)", `https://bank.example/login (<a href="https://x.org/y"` + rel + `>https://x.org/y</a>)`, []string{"https://x.org/y"}},
		{"an image", "![a](https://x.org/a.png)", `![a](<a href="https://x.org/a.png"` + rel + `>https://x.org/a.png</a>)`, []string{"https://x.org/a.png"}},
		{"script", "[a](javascript:alert(1)) [b](data:text/html,x) [c](vbscript:x) [d](JaVaScRiPt:x)", "a b c d", nil},
		{"hidden script", "[a](java\u200bscript:x) [b](\x01javascript:x) [c](&#106;avascript:x) [d](javascript&colon;x)", "a b c d", nil},
		{"this site", "[a](/desk) [b](desk) [c](//x.org) [d](#x) [e](?x) [f](claim:88) [g](entity:northwind) [h](https:/x)", "a b c d e f g h", nil},
		{"a name before the host", "[a](https://bank.example@x.org) https://bank.example@x.org/", "a https://bank.example@x.org/", nil},
		{"without a host", "[a](https://) [b](http:x) [c](http://.) http:// https://.", "a b c http:// https://.", nil},
		{"other schemes", "[a](ftp://x.org) [b](tel:1) [c](file:///etc/passwd) ftp://x.org", "a b c ftp://x.org", nil},
		{"backslashes", `[a](https:\\x.org) [b](https://x.org\@y.org)`, "a b", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := renderComment(t, test.text)
			if string(r.HTML) != "<p>"+test.html+"</p>\n" || !slices.Equal(r.Links, test.links) {
				t.Errorf("RenderComment(%q)\n= %q, %q\nwant %q, %q", test.text, r.HTML, r.Links, test.html, test.links)
			}
			vetComment(t, test.text, r)
		})
	}
}

func TestCommentsShowOnlyWhatCanBeSeen(t *testing.T) {
	for _, test := range []struct{ name, text, plain string }{
		{"controls", "a\x00b\x1b[31mc\x7fd\u0080e", "ab[31mcde"},
		{"directions", "a\u202eb\u2066c\u2069d\u200ee\u061cf", "abcdef"},
		{"no width", "v\u200bi\u200ca\u200dg\u2060r\ufeffa\u00ad!", "viagra!"},
		{"fillers", "a\u3164b\u115fc\u034fd\U000e0041e\ufff9f", "abcdef"},
		{"no UTF-8", "a\xffb\xed\xa0\x80c", "a\ufffdb\ufffd\ufffd\ufffdc"},
		{"no characters", "a\ufffeb\U0001ffffc", "abc"},
		{"piles of marks", "Z" + strings.Repeat("\u0351", 50) + "a", "Z" + strings.Repeat("\u0351", 4) + "a"},
		{"piles with joiners", "Z" + strings.Repeat("\u0351\u0351\u200d", 50), "Z\u0351\u0351\u200d\u0351\u0351\u200d"},
		{"marks on nothing", "\u0338a\n\u0338b", "a\nb"},
		{"a mark on emphasis", "*\u0338a*", "a"},
		{"Persian", "می\u200cخواهم", "می\u200cخواهم"},
		{"a family and a heart", "👨\u200d👩\u200d👧 ❤\ufe0f 👍🏽 1\ufe0f⃣", "👨\u200d👩\u200d👧 ❤\ufe0f 👍🏽 1\ufe0f⃣"},
		{"Vietnamese in pieces", "Vie\u0302\u0323t", "Vie\u0302\u0323t"},
		{"variants of ideographs", "葛\U000e0100城 a\ufe0fb", "葛\U000e0100城 ab"},
		{"a mark on a blank", "\u00a0\u302e\n\na\u00a0", "a"},
		{"blanks alone", "\u3000\u00a0\u2800\n\n\u200b", ""},
	} {
		r := renderComment(t, test.text)
		if r.Plain != test.plain {
			t.Errorf("%s: %q shows %q; want %q", test.name, test.text, r.Plain, test.plain)
		}
		vetComment(t, test.text, r)
	}
}

func TestRenderCommentTooLong(t *testing.T) {
	if _, err := markup.RenderComment(strings.Repeat("a", markup.MaxComment)); err != nil {
		t.Error(err)
	}
	_, err := markup.RenderComment(strings.Repeat("a", markup.MaxComment+1))
	if e, ok := errors.AsType[*standfirst.Error](err); !ok || e.Kind != standfirst.TooLarge {
		t.Errorf("got %v, want an error of the kind TooLarge", err)
	}
}

func TestCleanName(t *testing.T) {
	for _, test := range []struct{ name, want string }{
		{"", ""}, {" \t\n", ""}, {"Mo Okafor", "Mo Okafor"}, {"  Mo \n\t Okafor ", "Mo Okafor"}, {"Mo\u00a0\u3000\u2800Okafor", "Mo Okafor"},
		{"<b>Mo</b> & \"Co\"", "<b>Mo</b> & \"Co\""}, {"Mo\u202erofakO", "MorofakO"}, {"\u200b\u2060\ufeff", ""}, {"\u3164", ""}, {"M\x00o\x1b", "Mo"}, {"\u0338\u0338Mo", "Mo"}, {" \u0338 Mo", "Mo"},
		{"Z" + strings.Repeat("\u0351", 9), "Z" + strings.Repeat("\u0351", 4)}, {"Mo\xff", "Mo\ufffd"}, {"Nguyễn Thị", "Nguyễn Thị"}, {"Mo\u200d", "Mo"}, {"😀", "😀"},
		{strings.Repeat("é", 81), strings.Repeat("é", 80)}, {strings.Repeat("a", 79) + " b", strings.Repeat("a", 79)}, {strings.Repeat("\u202e", 1000) + "a", ""}, {strings.Repeat("\xbe", 4000), "\ufffd"},
	} {
		got := markup.CleanName(test.name)
		if got != test.want {
			t.Errorf("CleanName(%q) = %q, want %q", test.name, got, test.want)
		}
		if again := markup.CleanName(got); again != got {
			t.Errorf("CleanName(%q) = %q", got, again)
		}
	}
}
