package markup_test

import (
	"errors"
	"strings"
	"testing"

	"standfirst"
	"standfirst/internal/markup"
)

// render returns the vetted HTML of a body.
func render(t testing.TB, body string, o markup.Options) markup.Rendered {
	t.Helper()
	r, err := markup.Render(body, o)
	if err != nil {
		t.Fatal(err)
	}
	vet(t, string(r.HTML))
	return r
}

func TestRender(t *testing.T) {
	for _, test := range []struct{ name, body, want string }{
		{"raw HTML is text", "a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>"},
		{"block of HTML is text", "<div>\n*x*\n</div>", "<p>&lt;div&gt;\n<em>x</em>\n&lt;/div&gt;</p>"},
		{"comment is text", "<!-- x -->", "<p>&lt;!-- x --&gt;</p>"},
		{"entities", `&amp;lt; &copy; &#x41; &#0; \& &nope; "`, "<p>&amp;lt; © A \ufffd &amp; &amp;nope; &#34;</p>"},
		{"entity of a quote in an attribute", `[a](https://example.org "x&quot; onclick=&quot;y")`,
			`<p><a href="https://example.org" title="x&#34; onclick=&#34;y" rel="noopener">a</a></p>`},
		{"first heading", "# One\n\n#### Four", `<h2 id="h-one">One</h2>` + "\n" + `<h3 id="h-four">Four</h3>`},
		{"same headings", "## A\n\n## A\n\n## 中", `<h2 id="h-a">A</h2>` + "\n" + `<h2 id="h-a-2">A</h2>` + "\n" + `<h2 id="h-part">中</h2>`},
		{"empty heading", "##\n\nx", "<p>x</p>"},
		{"hard break", "a  \nb\\\nc", "<p>a<br>\nb<br>\nc</p>"},
		{"code keeps its marks", "`<a>` and\n\n    (NYSE: NWF) *x*", "<p><code>&lt;a&gt;</code> and</p>\n<pre tabindex=\"0\"><code>(NYSE: NWF) *x*\n</code></pre>"},
		{"no directive", "12:30 and NYSE:IBM\n\n::: something unknown\n\n:::deal or no deal\n\n:::", "<p>12:30 and NYSE:IBM</p>\n<p>::: something unknown</p>\n<p>:::deal or no deal</p>\n<p>:::</p>"},
		{"unknown container", ":::poll 3\n\n- yes\n\n:::", "<p>:::poll 3</p>\n<ul>\n<li>yes</li>\n</ul>\n<p>:::</p>"},
		{"deal panel is not there yet", ":::deal 12\nIn advanced talks.\n:::\n\nx", "<p>In advanced talks.</p>\n<p>x</p>"},
		{"deal panel without end", ":::deal 12\n\nx\n\n:::note\ny\n:::\n", "<p>x</p>\n<div class=\"note\" role=\"note\">\n<p>y</p>\n</div>"},
		{"note with words of its own", ":::note Please *note*\nx\n:::", "<div class=\"note\" role=\"note\">\n<p><strong>Please *note*</strong></p>\n<p>x</p>\n</div>"},
		{"container in a list", "- :::note\n  x\n  :::\n- b", "<ul>\n<li><div class=\"note\" role=\"note\">\n<p>x</p>\n</div>\n</li>\n<li>b</li>\n</ul>"},
		{"closing line in code", ":::note\n```\n:::\n```\n:::\nx", "<div class=\"note\" role=\"note\">\n<pre tabindex=\"0\"><code>:::\n</code></pre>\n</div>\n<p>x</p>"},
		{"container after a paragraph", "x\n:::note\ny\n:::", "<p>x</p>\n<div class=\"note\" role=\"note\">\n<p>y</p>\n</div>"},
		{"unused footnote keeps its words", "x\n\n[^1]: y", "<p>x</p>\n<p>y</p>"},
		{"unused definition", "x\n\n[a]: https://example.org", "<p>x</p>"},
		{"empty link", "[](https://example.org)", `<p><a href="https://example.org" rel="noopener">https://example.org</a></p>`},
		{"automatic link in a link", "[a <https://example.com>](https://example.org)", `<p><a href="https://example.org" rel="noopener">a https://example.com</a></p>`},
		{"footnote in a link", "[a[^1]](/b)\n\n[^1]: n", "<p><a href=\"/b\">a<sup>1</sup></a></p>\n<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">\n<ol>\n<li id=\"fn-1\">\n<p>n</p>\n</li>\n</ol>\n</section>"},
		{"block quote", "> a\n>\n> b", "<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>"},
		{"block quote that is only a name", "> — Mo Tarn", "<blockquote>\n<p>— Mo Tarn</p>\n</blockquote>"},
		{"CRLF", "a\r\nb\r\n\r\n- c\r\n", "<p>a\nb</p>\n<ul>\n<li>c</li>\n</ul>"},
		{"NUL and other controls", "a\x00b\x1bc", "<p>a b c</p>"},
		{"not UTF-8", "a\xffb", "<p>a\ufffdb</p>"},
		{"row without cells", "| a |\n| - |", "<section class=\"table\" tabindex=\"0\" aria-label=\"Table 1: a\">\n<table>\n<thead>\n<tr><th scope=\"col\">a</th></tr>\n</thead>\n</table>\n</section>"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := strings.TrimSuffix(string(render(t, test.body, markup.Options{}).HTML), "\n"); got != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestRenderTickers(t *testing.T) {
	const chip = `<data class="ticker" value="XNYS:NWF" title="New York Stock Exchange">NYSE: NWF</data>`
	for body, want := range map[string]string{
		"(NYSE: NWF)":                    "(" + chip + ")",
		"*x (NYSE: NWF)*":                "<em>x (" + chip + ")</em>",
		"(NYSE: NWF, *once* Norwind)":    "(" + chip + ", <em>once</em> Norwind)",
		"(NYSE: NWF and MOON: NWF)":      "(" + chip + " and MOON: NWF)",
		"(see (NYSE: NWF))":              "(see (" + chip + "))",
		"(NYSE: NWF":                     "(NYSE: NWF",
		`\(NYSE: NWF)`:                   "(NYSE: NWF)",
		"(MOON: NWF)":                    "(MOON: NWF)",
		"(12:30)":                        "(12:30)",
		"`(NYSE: NWF)`":                  "<code>(NYSE: NWF)</code>",
		"[a](/x(NYSE:NWF))":              `<a href="/x(NYSE:NWF)">a</a>`,
		"(NYSE:\nNWF)":                   `(<data class="ticker" value="XNYS:NWF" title="New York Stock Exchange">NYSE:` + "\n" + `NWF</data>)`,
		"[a (NYSE: NWF)](https://x.org)": `<a href="https://x.org" rel="noopener">a (` + chip + `)</a>`,
	} {
		if got := strings.TrimSpace(string(render(t, body, markup.Options{}).HTML)); got != "<p>"+want+"</p>" {
			t.Errorf("%q:\ngot  %s\nwant <p>%s</p>", body, got, want)
		}
	}
	r := render(t, "(NYSE: NWF; LSE: SLT) and (NYSE: NWF) and (Nasdaq: HLCN & XETR: QX1)", markup.Options{})
	var got []string
	for _, ticker := range r.Tickers {
		got = append(got, ticker.Exchange.MIC+":"+ticker.Symbol)
	}
	if want := "XNYS:NWF XLON:SLT XNAS:HLCN XETR:QX1"; strings.Join(got, " ") != want {
		t.Errorf("tickers %v, want %s", got, want)
	}
}

func TestRenderLinks(t *testing.T) {
	for address, want := range map[string]string{
		"https://example.org/a?b=1&c=2":     `<a href="https://example.org/a?b=1&amp;c=2" rel="noopener">x</a>`,
		"//example.org/a":                   `<a href="https://example.org/a" rel="noopener">x</a>`,
		"HTTP://EXAMPLE.org":                `<a href="HTTP://EXAMPLE.org" rel="noopener">x</a>`,
		"/about":                            `<a href="/about">x</a>`,
		"#fn-1":                             `<a href="#fn-1">x</a>`,
		"mailto:desk@example.org":           `<a href="mailto:desk@example.org">x</a>`,
		"tel:+4420794600":                   `<a href="tel:+4420794600">x</a>`,
		"<https://example.org/a b%>":        `<a href="https://example.org/a%20b%25" rel="noopener">x</a>`,
		"https://example.org/é":             `<a href="https://example.org/%C3%A9" rel="noopener">x</a>`,
		"claim:88":                          "x",
		"entity:northwind":                  "x",
		"javascript:alert(1)":               "x",
		"JaVaScRiPt:alert(1)":               "x",
		"&#106;avascript:alert(1)":          "x",
		"javascript&colon;alert(1)":         "x",
		`java\script:alert(1)`:              "x",
		"java&Tab;script:alert(1)":          "x",
		"java&#10;script:alert(1)":          "x",
		"&#1;javascript:alert(1)":           "x",
		"data:text/html,x":                  "x",
		"data:image/png;base64,AAAA":        "x",
		"vbscript:x":                        "x",
		"file:///etc/passwd":                "x",
		"blob:https://example.org":          "x",
		`/\example.org`:                     "x",
		`\\example.org`:                     "x",
		"https:example.org":                 "x",
		"https://":                          "x",
		"///example.org":                    "x",
		"12:30":                             "x",
		"\u200bjavascript:alert(1)":         "x",
		"http://[::1":                       "x",
		"mailto:":                           "x",
		"https://a&quot;onclick=&quot;b.cd": "x",
	} {
		if got := strings.TrimSpace(string(render(t, "[x]("+address+")", markup.Options{}).HTML)); got != "<p>"+want+"</p>" {
			t.Errorf("%q:\ngot  %s\nwant <p>%s</p>", address, got, want)
		}
	}
}

func TestRenderPictures(t *testing.T) {
	known := markup.Options{Picture: func(name string) (markup.Picture, bool) {
		return markup.Picture{Address: "/media/aa/aa.jpg", Set: "/media/aa/aa-480.jpg 480w", Sizes: "90vw", Width: 800, Height: 600}, name == "cranes.jpg"
	}}
	for _, test := range []struct {
		name, body, want string
		options          markup.Options
	}{
		{"of another site", "![a pixel](https://tracker.example/p.gif)", `<p><a href="https://tracker.example/p.gif" rel="noopener">a pixel</a></p>`, known},
		{"of another site, in a figure", ":::figure\n![a pixel](//tracker.example/p.gif)\nA *caption*.\n:::",
			`<p><a href="https://tracker.example/p.gif" rel="noopener">a pixel</a>` + "\nA <em>caption</em>.</p>", known},
		{"above the media folder", "![x](/media/../desk)", "<p>x</p>", known},
		{"data", "![x](data:image/png;base64,AA)", "<p>x</p>", known},
		{"alone", "![Two *cranes*](cranes.jpg \"At dusk\")", `<figure class="picture">` + "\n" +
			`<img src="/media/aa/aa.jpg" srcset="/media/aa/aa-480.jpg 480w" sizes="90vw" width="800" height="600" alt="Two cranes" loading="lazy" decoding="async">` + "\n<figcaption>At dusk</figcaption>\n</figure>", known},
		{"unknown name", "![Two cranes](cranes.jpg)", "<p>Two cranes</p>", markup.Options{}},
		{"in a link", "[![Two cranes](https://example.com/a.jpg)](https://example.org)", `<p><a href="https://example.org" rel="noopener">Two cranes</a></p>`, known},
		{"quote in the words", "![\"x\"](/media/a.jpg)", "<figure class=\"picture\">\n<img src=\"/media/a.jpg\" alt=\"&#34;x&#34;\" loading=\"lazy\" decoding=\"async\">\n</figure>", known},
		{"caption in paragraphs", ":::figure\n![x](/media/a.jpg)\n\nThe quay.\n\nCREDIT: Jo Maas\n:::",
			"<figure class=\"picture\">\n<img src=\"/media/a.jpg\" alt=\"x\" loading=\"lazy\" decoding=\"async\">\n<figcaption>The quay. <span class=\"credit\">CREDIT: Jo Maas</span></figcaption>\n</figure>", known},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := strings.TrimSpace(string(render(t, test.body, test.options).HTML)); got != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestWordsAndReadingTime(t *testing.T) {
	r := render(t, "One two—three *fo*ur (NYSE: NWF) — 6.\n\n- [seven](https://example.org \"no word\")\n\n> eight\n>\n> — Mo Tarn", markup.Options{})
	if r.Words != 10 {
		t.Errorf("%d words", r.Words)
	}
	for words, want := range map[int]int{0: 1, 230: 1, 231: 2, 700: 4} {
		if got := (markup.Rendered{Words: words}).ReadingMinutes(); got != want {
			t.Errorf("%d words take %d minutes, want %d", words, got, want)
		}
	}
}

func TestHeadings(t *testing.T) {
	r := render(t, "## What *now*?\n\n### And then\n\n:::voices\n> x\n:::", markup.Options{VoicesHeading: "Stimmen"})
	want := []markup.Heading{{2, "h-what-now", "What now?"}, {3, "h-and-then", "And then"}, {2, "h-stimmen", "Stimmen"}}
	for i, h := range r.Headings {
		if i >= len(want) || h != want[i] {
			t.Errorf("heading %d is %+v", i, h)
		}
	}
}

func TestRenderTooLarge(t *testing.T) {
	_, err := markup.Render(strings.Repeat("a", standfirst.MaxBodyLength+1), markup.Options{})
	var e *standfirst.Error
	if !errors.As(err, &e) || e.Kind != standfirst.TooLarge {
		t.Errorf("got %v", err)
	}
}
