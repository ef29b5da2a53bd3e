package markup_test

import (
	"html/template"
	"strings"
	"testing"

	"standfirst"
	"standfirst/internal/markup"
)

// ledgered are the options of a newsroom that knows one company and one deal.
func ledgered() markup.Options {
	return markup.Options{
		Cited: func(claim standfirst.ClaimID) (markup.CitedFigure, bool) {
			return markup.CitedFigure{Href: "#figure-" + claim.String()}, claim < 90
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
