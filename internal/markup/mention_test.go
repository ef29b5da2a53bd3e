package markup_test

import (
	"fmt"
	"html/template"
	"reflect"
	"strings"
	"testing"

	"standfirst"
	"standfirst/internal/markup"
)

// ledgered are the options of a newsroom that knows one company and one deal.
func ledgered() markup.Options {
	return markup.Options{
		Cited: func(c standfirst.Citation) (markup.CitedFigure, bool) {
			return markup.CitedFigure{Href: "#figure-" + c.Claim.String()}, c.Claim < 90
		},
		Entity: func(slug string) string {
			if slug == "northwind" {
				return "/company/northwind"
			}
			return ""
		},
		Ticker: func(t standfirst.Ticker) string {
			if t.Symbol == "NWF" {
				return "/company/northwind"
			}
			return ""
		},
		Panel: func(name string, deal standfirst.DealID) template.HTML {
			if deal == 12 {
				return template.HTML(`<section class="` + name + `"></section>`)
			}
			return ""
		},
	}
}

func TestRenderMentionsAndPanels(t *testing.T) {
	const chip = `<data class="ticker" value="XNYS:NWF" title="New York Stock Exchange">NYSE: NWF</data>`
	for body, want := range map[string]string{
		"[up to $6 billion](claim:5)":                `<p><a class="cited" id="cited-5" href="#figure-5">up to $6 billion</a></p>`,
		"[x](claim:99)":                              "<p>x</p>",
		"[Northwind](entity:northwind)":              `<p><a href="/company/northwind">Northwind</a></p>`,
		"[Halcyon](entity:halcyon)":                  "<p>Halcyon</p>",
		"[](entity:northwind)":                       "",
		"[a [x](entity:northwind)](/b)":              `<p>[a <a href="/company/northwind">x</a>](/b)</p>`,
		"(NYSE: NWF)":                                `<p>(<a class="tick" href="/company/northwind">` + chip + `</a>)</p>`,
		"[a (NYSE: NWF)](/b)":                        `<p><a href="/b">a (` + chip + `)</a></p>`,
		":::deal 12\nwords\n:::":                     `<section class="deal"></section>`,
		":::deal 13\nwords\n:::":                     "<p>words</p>",
		":::timeline 12\n:::":                        `<section class="timeline"></section>`,
		"> :::deal 12\n> words\n> :::":               "<blockquote>\n<p>words</p>\n</blockquote>",
		":::deal 9999999999999999999999\nwords\n:::": "<p>words</p>",
	} {
		if got := strings.TrimSpace(string(render(t, body, ledgered()).HTML)); got != want {
			t.Errorf("%q:\ngot  %s\nwant %s", body, got, want)
		}
	}
}

func TestInset(t *testing.T) {
	const inset = template.HTML("<aside></aside>")
	for name, c := range map[string]struct{ body, want string }{
		"after the second paragraph": {"a\n\nb\n\nc", "<p>a</p>\n<p>b</p>\n<aside></aside>\n<p>c</p>"},
		"before a heading":           {"a\n\nb\n\n### c", "<p>a</p>\n<p>b</p>\n<aside></aside>\n<h3 id=\"h-c\">c</h3>"},
		"not before a list":          {"a\n\nb:\n\n- c\n\nd", "<p>a</p>\n<p>b:</p>\n<ul>\n<li>c</li>\n</ul>\n<aside></aside>\n<p>d</p>"},
		"not before a quotation":     {"a\n\nb:\n\n> c", "<p>a</p>\n<p>b:</p>\n<blockquote>\n<p>c</p>\n</blockquote>\n<aside></aside>"},
		"at the end":                 {"a", "<p>a</p>\n<aside></aside>"},
		"in an empty text":           {"", "<aside></aside>"},
	} {
		if got := strings.TrimSpace(string(render(t, c.body, markup.Options{Inset: inset}).HTML)); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", name, got, c.want)
		}
	}
	notes := string(render(t, "a[^1]\n\n[^1]: b", markup.Options{Inset: inset}).HTML)
	if at := strings.Index(notes, "<aside>"); at < 0 || at > strings.Index(notes, "footnotes") {
		t.Errorf("it does not stand before the footnotes: %s", notes)
	}
}

func TestFindNamed(t *testing.T) {
	got := markup.FindNamed("[Northwind](entity:northwind) (NYSE: NWF; LSE: NWF) and [again](entity:northwind), (NYSE: NWF), " +
		"[x](entity:) [y](entity:No Slug) [Odile](entity:odile-brandt \"title\") (see: this)\n\n" +
		":::deal 12\n:::\n\n> :::deal 13\n\n:::timeline 12\nwords\n:::\n\n:::deal 12\n:::\n\n:::deal 99999999999999999999\n:::\n\n(")
	want := markup.Named{
		Entities: []standfirst.Slug{"northwind", "odile-brandt"},
		Panels:   []markup.Panel{{Name: markup.DealPanel, Deal: 12}, {Name: markup.TimelinePanel, Deal: 12}},
	}
	for _, text := range []string{"NYSE: NWF", "LSE: NWF"} {
		ticker, _ := standfirst.ParseTicker(text)
		want.Tickers = append(want.Tickers, ticker)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// TestFindNamedIsBounded holds that a text of nothing but names costs little.
func TestFindNamedIsBounded(t *testing.T) {
	var b strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&b, "[a](entity:e-%d) (NYSE: A%d) ((((:\n:::deal %d\n", i, i, i)
	}
	if got := markup.FindNamed(b.String()); len(got.Entities) > 200 || len(got.Tickers) > 200 || len(got.Panels) > 200 {
		t.Errorf("%d entities, %d tickers, %d panels", len(got.Entities), len(got.Tickers), len(got.Panels))
	}
}
