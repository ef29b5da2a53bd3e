package site

import (
	"html/template"
	"strings"
	"testing"

	"standfirst"
)

// TestMenuLeadsToTheLedger holds that the menu of every page has the lists of the ledger
// from the moment at which readers find something there, and not before.
func TestMenuLeadsToTheLedger(t *testing.T) {
	h := newHouse(t)
	h.publish(standfirst.Content{Headline: "A quiet week", Body: "Words.", Section: "Markets"})
	menu := func(path string) string {
		var items []string
		for _, a := range get(h.site, path).all(`.masthead > nav a:not([href="/search"])`) {
			items = append(items, textOf(a)+" "+attrOf(a, "aria-current"))
		}
		return strings.Join(items, ",")
	}
	for path, want := range map[string]string{
		"/": "Markets ,Deals ,Technology ,Companies ,Economy ", "/section/markets": "Markets page,Deals ,Technology ,Companies ,Economy ",
		"/deals": "Markets ,Deals ,Technology ,Companies ,Economy ",
	} {
		if got := menu(path); got != want {
			t.Errorf("before, %s has the menu %q, want %q", path, got, want)
		}
	}
	h.publishRound()
	for path, want := range map[string]string{
		"/":                       "Markets ,Deals ,Technology ,Companies ,Economy ,All deals ,Corrections ",
		"/section/deals":          "Markets ,Deals page,Technology ,Companies ,Economy ,All deals ,Corrections ",
		"/deals":                  "Markets ,Deals ,Technology ,Companies ,Economy ,All deals page,Corrections ",
		"/deals?kind=merger":      "Markets ,Deals ,Technology ,Companies ,Economy ,All deals true,Corrections ",
		"/corrections/correction": "Markets ,Deals ,Technology ,Companies ,Economy ,All deals ,Corrections true",
	} {
		if got := menu(path); got != want {
			t.Errorf("after, %s has the menu %q, want %q", path, got, want)
		}
	}
}

// TestDatelineStandsInTheFirstParagraph holds that the dateline and the words after it are
// one paragraph, whatever the first paragraph carries.
func TestDatelineStandsInTheFirstParagraph(t *testing.T) {
	const line = `<span class="dateline">GHENT &amp; BRUGES</span>`
	for body, want := range map[string]string{
		"<p>Words.</p>":                  "<p>" + line + " — Words.</p>",
		`<p class="x" id="y">Words.</p>`: `<p class="x" id="y">` + line + " — Words.</p>",
		"<div class=\"row-noted\">\n<p>Words.</p>\n<div class=\"margin\"></div></div>": "<div class=\"row-noted\">\n<p>" + line + " — Words.</p>\n<div class=\"margin\"></div></div>",
		"<pre>Words.</pre>":             "<p>" + line + "</p>\n<pre>Words.</pre>",
		"<h2>Words.</h2>\n<p>More.</p>": "<p>" + line + "</p>\n<h2>Words.</h2>\n<p>More.</p>",
		"":                              "<p>" + line + "</p>\n",
	} {
		if got := withDateline(template.HTML(body), "GHENT & BRUGES"); string(got) != want {
			t.Errorf("%s:\ngot  %s\nwant %s", body, got, want)
		}
	}
}
