package browsertest

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/chromedp/chromedp"

	"standfirst"
	"standfirst/internal/store"
)

// What a person's actions take by the keystroke-level model (Card, Moran and Newell, "The
// keystroke-level model for user performance time with interactive systems", Communications
// of the ACM 23:7, 1980), and what a page takes to read that was never seen before.
const (
	perKey   = 280 * time.Millisecond // K, of somebody who types 40 words a minute
	perPoint = 1100 * time.Millisecond
	perHand  = 400 * time.Millisecond // H, from the keyboard to the mouse or back
	perThink = 1350 * time.Millisecond
	perPage  = 5 * time.Second

	firstRunLimit = 2 * time.Minute
)

// person plays somebody at the desk, and adds up how long the model lets them take.
type person struct {
	b      *browser
	typing bool
	taken  time.Duration
}

// hands moves the hands to the keyboard, or to the mouse.
func (p *person) hands(typing bool) {
	if p.typing != typing {
		p.typing = typing
		p.taken += perHand
	}
}

// read looks over a new page.
func (p *person) read() { p.taken += perPage }

// click thinks, points and presses.
func (p *person) click(selector string) {
	p.b.t.Helper()
	p.hands(false)
	p.taken += perThink + perPoint + perKey/5
	p.b.must(chromedp.Do(p.b.ctx, chromedp.Click(chromedp.CSS(selector))))
}

// write clicks into the field and types; what stood in it is selected and typed over.
func (p *person) write(selector, text string) {
	p.b.t.Helper()
	p.click(selector)
	run(p.b, chromedp.Evaluate[bool](fmt.Sprintf(`document.querySelector(%q).select?.(); true`, selector)))
	p.hands(true)
	p.taken += 2*perKey + time.Duration(utf8.RuneCountInString(text))*perKey
	p.b.must(chromedp.Do(p.b.ctx, chromedp.KeyEvent(text)))
}

// TestFirstRun leads somebody who was never here from an empty newsroom to the first
// published story, by the steps that the desk shows, and holds that the model lets them
// take less than two minutes.
func TestFirstRun(t *testing.T) {
	t.Parallel()
	b := newBrowser(t)
	o := newOffice(t)
	const ada = "ada@ledger.example"
	_, err := o.accounts.Add(t.Context(), standfirst.Command(), standfirst.Staff{Email: ada, Name: "Ada Thorne", Role: standfirst.Administrator})
	o.must(err)
	shots := shotFolder(t)
	p := &person{b: b}
	shoot := func(step string) { b.shoot(filepath.Join(shots, "first-run-"+step+".png")) }

	b.visit(o.linkOf(ada), screens[2])
	p.read()
	p.write("#password", password)
	p.click("main button")
	b.becomes(".who p", "Ada Thorne")
	b.visit(o.url+"/desk", screens[2])
	p.read()
	shoot("1-desk")
	p.click(".steps a") // name the publication
	b.holds(`document.querySelector("#name")`)
	p.read()
	p.write("#name", "The Harbour Ledger")
	p.click(`form[action="/desk/settings"] button`)
	b.holds(`document.querySelector(".done")`)
	shoot("2-named")
	p.click(`nav a[href="/desk"], header a[href="/desk"]`)
	b.holds(`document.querySelector(".steps")`)
	p.taken += perPage / 2 // the same page again
	shoot("3-desk")
	p.click(`.steps a[href="/desk/story/new"]`)
	p.read()
	p.click("main form button.go") // an empty one
	b.holds(`performance.getEntriesByName("editor-ready").length === 1`)
	p.read()
	p.write("#headline", "Northwind Freight buys Halden Yard")
	p.click(".cm-content")
	p.hands(true)
	p.taken += 2 * perKey // the keys that paste
	b.paste("<p>Northwind Freight has bought Halden Yard for $240 million, the company said.</p><p>The yard has four cranes.</p>")
	b.holds(`document.querySelectorAll("#figures [data-figure]").length > 0`)
	shoot("4-editor")
	p.read()
	p.click(`#story-form button[value="publish"], button.go[value="publish"]`)
	b.holds(`document.querySelector('form[action$="/publish"]')`)
	p.read()
	shoot("5-publish")
	p.click(`form[action$="/publish"] button[value="publish"]`)
	b.holds(`document.querySelector(".done")`)
	shoot("6-published")

	var live []standfirst.Story
	o.must(o.store.View(t.Context(), func(tx *store.ReadTx) (err error) {
		live, err = tx.Stories(store.StoryFilter{Kind: standfirst.KindStory, State: standfirst.Published}, 0, 2)
		return err
	}))
	if len(live) != 1 || !strings.HasPrefix(live[0].Headline, "Northwind Freight buys") {
		t.Fatalf("published were %+v", live)
	}
	t.Logf("by the keystroke-level model a person takes %s", p.taken.Round(time.Second))
	if p.taken > firstRunLimit {
		t.Errorf("that is more than %s", firstRunLimit)
	}
}
