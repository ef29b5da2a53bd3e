package markup_test

import (
	"html/template"
	"net/url"
	"os"
	"strings"
	"testing"

	"standfirst/internal/markup"
)

func TestPortable(t *testing.T) {
	base, err := url.Parse("https://ledger.example/2026/03/05/round")
	if err != nil {
		t.Fatal(err)
	}
	for in, want := range map[string]string{
		`<p class="a" id="b">A &amp; B &lt;i&gt;</p>`:                                `<p>A &amp; B &lt;i&gt;</p>`,
		`<p><a class="cited" id="cited-8" href="/claim/8">up to $6</a></p>`:          `<p><a href="https://ledger.example/claim/8">up to $6</a></p>`,
		`<sup><a href="#fn-1" role="doc-noteref">1</a></sup>`:                        `<sup><a href="https://ledger.example/2026/03/05/round#fn-1">1</a></sup>`,
		`<a href="javascript:alert(1)">x</a>`:                                        `<a>x</a>`,
		`<img src="/media/3f/a.jpg" srcset="/b 2x" alt="&#34;Cranes&#34;">`:          `<img src="https://ledger.example/media/3f/a.jpg" alt="&#34;Cranes&#34;">`,
		`<section class="voices"><h2 id="v">Voices</h2><div>x</div></section>`:       `<h2>Voices</h2>x`,
		`<p>a<script>if (a < b) {}</script>b<svg><svg><path/></svg>t</svg>c</p>`:     `<p>abc</p>`,
		`<form><button>Load</button><p>x</p></form><p onclick="x()">y</p>`:           `<p>y</p>`,
		`<table class="x"><tr><th scope="col" style="color:red">a</th></tr></table>`: `<table><tr><th scope="col">a</th></tr></table>`,
	} {
		if got := markup.Portable(template.HTML(in), base); got != want {
			t.Errorf("%s\ngot  %s\nwant %s", in, got, want)
		}
	}
	page, err := os.ReadFile("testdata/story.html")
	if err != nil {
		t.Fatal(err)
	}
	text := markup.Portable(template.HTML(page), base)
	for _, gone := range []string{"class=", " id=", "<span", "<section", "<div", "aria-", `="/`, `="#`} {
		if strings.Contains(text, gone) {
			t.Errorf("%s is still there:\n%s", gone, text)
		}
	}
	if again := markup.Portable(template.HTML(text), base); again != text {
		t.Error("a second time, it changes again")
	}
}
