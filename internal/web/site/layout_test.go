package site

import (
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
		for _, a := range get(h.site, path).all(".masthead > nav a") {
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
