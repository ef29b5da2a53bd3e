package browsertest

import (
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

// roundText tells of a round, of jobs and of shares.
const roundText = `Northwind Freight Inc. (NYSE: NWF) is in advanced talks to invest up to $6 billion in Halcyon, three people familiar with the matter said. The deal would be part of a round that seeks to raise up to $12 billion at a valuation of about $96 billion.

## What it would mean

On March 3, Northwind confirmed that it had eliminated 4,200 office roles, representing over 8% of its workforce. It **still** sails, [its filing](https://northwind.example/filing?id=88) shows.

- two *new* lines
- one old one

> “We are a shipper,” it says there.
>
> — Jo Vale, spokeswoman, Northwind Freight

:::voices What they say
> “A bet of this size is a statement.”
>
> — Anya Holt, strategist, Calder Institute
:::`

// draft makes a draft of Jane's.
func (o *office) draft(headline, body string) standfirst.StoryID {
	o.t.Helper()
	story, err := newsroom.New(o.store, newsroom.Options{}).Create(o.t.Context(), standfirst.Command(), newsroom.Draft{
		Kind: standfirst.KindStory, Content: standfirst.Content{Headline: headline, Body: body},
	})
	o.must(err)
	return story.ID
}

// body returns the saved text of the story.
func (o *office) body(id standfirst.StoryID) string {
	o.t.Helper()
	var work standfirst.WorkingCopy
	o.must(o.store.View(o.t.Context(), func(tx *store.ReadTx) (err error) { work, err = tx.WorkingCopy(id); return err }))
	return work.Content.Body
}

func (o *office) storyURL(id standfirst.StoryID) string { return o.url + "/desk/story/" + id.String() }

// openEditor goes to the story and waits until it can be written.
func (b *browser) openEditor(address string, s screen) {
	b.t.Helper()
	b.visit(address, s)
	b.holds(`performance.getEntriesByName("editor-ready").length === 1`)
}

// write types at the end of the text and has it saved.
func (b *browser) write(text string) {
	b.t.Helper()
	run(b, chromedp.Evaluate[bool](`document.querySelector(".cm-content").focus(); true`))
	b.must(chromedp.Do(b.ctx, chromedp.KeyEvent(kb.End, chromedp.KeyModifiers(chromedp.ModifierCtrl)), chromedp.KeyEvent(text), b.saveKey()))
}

// saved waits until all that was typed is saved.
func (b *browser) saved() {
	b.t.Helper()
	b.holds(`document.querySelector(".save-state").dataset.state === "saved"`)
}

// saveKey presses the key that saves.
func (b *browser) saveKey() chromedp.Action[chromedp.Void] {
	return chromedp.KeyEvent("s", chromedp.KeyModifiers(chromedp.ModifierCtrl))
}

// tab opens another tab of the same browser.
func (b *browser) tab() *browser {
	b.t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx)
	b.t.Cleanup(cancel)
	other := &browser{t: b.t, ctx: ctx}
	other.must(chromedp.Listen(ctx, other.hear))
	return other
}

// TestEditor has what one browser and one newsroom are enough for.
func TestEditor(t *testing.T) {
	b := newBrowser(t)
	o := newOffice(t)
	o.signIn(b, screens[2])
	for name, test := range map[string]func(*testing.T, *browser, *office){"figures": testEditorFigures, "numbers": testEditorNumbers, "dialogs": testEditorDialogs, "paste": testPaste, "pictures": testEditorPictures} {
		t.Run(name, func(t *testing.T) {
			b.t, o.t = t, t
			test(t, b, o)
		})
	}
}

// TestEditorSaves types, finds it saved, and brings two texts together that were written
// in two tabs.
func TestEditorSaves(t *testing.T) {
	axe := readTool(t, "axe-core/axe.min.js")
	b := newBrowser(t)
	o := newOffice(t)
	o.signIn(b, screens[2])
	id := o.draft("Skerry Cable in talks", "The line would run for 90 kilometres.\n\nIt needs a ship.")
	b.openEditor(o.storyURL(id), screens[2])
	other := b.tab()
	other.openEditor(o.storyURL(id), screens[2])

	b.write(" And a crew.")
	b.saved()
	if got, want := o.body(id), "The line would run for 90 kilometres.\n\nIt needs a ship. And a crew."; got != want {
		t.Fatalf("saved %q, want %q", got, want)
	}

	other.write(" And an insurer.")
	other.becomes(".meeting h2", "Two texts have met")
	if got := o.body(id); strings.Contains(got, "insurer") {
		t.Errorf("a text was overwritten: %q", got)
	}
	checkAxe(t, other, axe)
	other.shoot(filepath.Join(shotFolder(t), "editor-meeting.png"))
	run(other, chromedp.Evaluate[bool](`document.querySelector(".cm-deletedChunk button:last-child").focus(); true`)) // theirs, by keyboard
	other.must(chromedp.Do(other.ctx, chromedp.KeyEvent(kb.Enter)))
	other.holds(`!document.querySelector(".cm-deletedChunk")`)
	other.must(chromedp.Do(other.ctx, chromedp.Click(chromedp.CSS(".meeting .go"))))
	other.saved()
	other.write(" And an insurer.")
	other.saved()
	if got := o.body(id); !strings.HasSuffix(got, "It needs a ship. And a crew. And an insurer.") {
		t.Errorf("saved %q after the choice", got)
	}
	_, problems := other.heard()
	if len(problems) > 0 {
		t.Errorf("the browser complains: %q", problems)
	}

	call(other, network.ClearBrowserCookies, cdp.Empty{}) // as signing out elsewhere does
	other.write(" And luck.")
	other.becomes(".save-state", "Not saved: you are signed out. Kept in this browser. Sign in in a new tab")
	if !run(other, chromedp.Evaluate[bool](`!dispatchEvent(new Event("beforeunload", {cancelable: true}))`)) {
		t.Error("nobody warns of leaving with unsaved text")
	}
	o.signIn(b, screens[2])
	run(other, chromedp.Evaluate[bool](`dispatchEvent(new Event("focus"))`))
	other.saved()
	if got := o.body(id); !strings.HasSuffix(got, "And an insurer. And luck.") {
		t.Errorf("saved %q after signing in", got)
	}
}

// typingScript types without a pause: each word is how many milliseconds it came after the
// first key.
const typingScript = `{
	document.querySelector(".cm-content").focus();
	const began = performance.now();
	setInterval(() => {
		window.lastTyped = Math.round(performance.now() - began);
		document.execCommand("insertText", false, " " + window.lastTyped);
	}, 20);
	true
}`

// TestEditorKilled kills the browser in the midst of typing while the server is gone: the
// text is offered when the story is opened again, up to the last two seconds at least. It logs
// how much is lost.
func TestEditorKilled(t *testing.T) {
	axe := readTool(t, "axe-core/axe.min.js")
	profile := t.TempDir()
	b := newBrowserIn(t, profile)
	o := newOffice(t)
	o.signIn(b, screens[2])
	id := o.draft("Skerry Cable in talks", "The line would run for 90 kilometres.")
	b.openEditor(o.storyURL(id), screens[2])
	o.down.Store(true)
	b.write(" Nobody has seen this yet.")
	b.becomes(".save-state", "Not saved: no connection. Kept in this browser.")
	run(b, chromedp.Evaluate[bool](typingScript))
	b.holds(`window.lastTyped > 4000`)
	typed := run(b, chromedp.Evaluate[int](`window.lastTyped`))
	b.kill()
	o.down.Store(false)

	b = newBrowserIn(t, profile)
	o.signIn(b, screens[0])
	b.openEditor(o.storyURL(id), screens[0])
	b.becomes(".kept h2", "This browser holds text that was not saved")
	checkAxe(t, b, axe)
	b.shoot(filepath.Join(shotFolder(t), "editor-kept.png"))
	b.must(chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS(".kept .go"))))
	b.becomes(".meeting h2", "The text that was not saved")
	b.must(chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS(".meeting .go"))))
	b.saved()
	body := o.body(id)
	if !strings.HasPrefix(body, "The line would run for 90 kilometres. Nobody has seen this yet. ") {
		t.Errorf("saved %q", body)
	}
	kept, err := strconv.Atoi(body[strings.LastIndexByte(body, ' ')+1:])
	if err != nil || typed-kept > 2000 {
		t.Errorf("kept what was typed after %d ms of %d ms: %v", kept, typed, err)
	}
	t.Logf("lost the last %d ms of typing", typed-kept)
}

// sources returns the words about the sources of the first claims.
func (o *office) sources() (words []string) {
	o.t.Helper()
	var claims []standfirst.ClaimID
	for id := range standfirst.ClaimID(20) {
		claims = append(claims, id+1)
	}
	o.must(o.store.View(o.t.Context(), func(tx *store.ReadTx) error {
		words = nil
		versions, err := tx.VersionsByClaims(claims, store.ForDesk)
		for _, v := range versions {
			for _, a := range v.Attributions {
				words = append(words, a.Words)
			}
		}
		return err
	}))
	return words
}

// testEditorFigures accepts a figure by one key, another with a source of its own, calls one
// no figure, and takes an acceptance back.
func testEditorFigures(t *testing.T, b *browser, o *office) {
	id := o.draft("Northwind in advanced talks", roundText)
	b.openEditor(o.storyURL(id), screens[2])
	b.holds(`document.querySelectorAll("#figures [data-figure]").length > 2 && document.querySelectorAll(".cm-proposed").length > 2`)
	press := func(key string, modifiers ...chromedp.Modifier) {
		t.Helper()
		b.must(chromedp.Do(b.ctx, chromedp.KeyEvent(key, chromedp.KeyModifiers(modifiers...))))
	}
	run(b, chromedp.Evaluate[bool](`document.querySelector("#figures").focus(); true`))
	press("a")
	b.holds(`/invest \[up to \$6 billion\]\(claim:\d+\) in Halcyon/.test(document.querySelector("#body").value)`)
	b.holds(`document.querySelector(".cm-cited")?.textContent === "up to $6 billion"`)
	b.becomes("#figures .current q", "up to $12 billion")

	press("j")
	b.becomes("#figures .current q", "4,200 office roles")
	press("e") // its source, which is then that of the other figure in the paragraph
	b.holds(`document.activeElement.closest(".current details[open]")`)
	run(b, chromedp.Evaluate[bool](`{
		const kind = document.querySelector("#figure-source-kind");
		kind.value = "document";
		kind.dispatchEvent(new Event("input", {bubbles: true}))
	}`))
	b.must(chromedp.Do(b.ctx, chromedp.SendKeys(chromedp.CSS("#figure-source"), "a notice to staff"+kb.Enter)))
	b.holds(`/eliminated \[4,200 office roles\]\(claim:\d+\), representing/.test(document.querySelector("#body").value)`)
	b.becomes("#figures .current q", "over 8%")
	b.becomes("#figures .current .chosen-source", "Source chosen for this paragraph: a notice to staff")
	if got := o.sources(); !slices.Contains(got, "a notice to staff") {
		t.Errorf("the ledger has the sources %q", got)
	}

	press("x")
	b.holds(`![...document.querySelectorAll("#figures [data-figure] q")].some((q) => q.textContent === "over 8%")`)
	press(kb.Escape) // back to the text
	press("z", chromedp.ModifierCtrl)
	b.holds(`document.querySelector("#body").value.includes("eliminated 4,200 office roles, representing")`)
	b.must(chromedp.Do(b.ctx, b.saveKey()))
	b.saved()
}

// testEditorNumbers records a number that the copy desk cannot tell, after a mistake.
func testEditorNumbers(t *testing.T, b *browser, o *office) {
	axe := readTool(t, "axe-core/axe.min.js")
	id := o.draft("Northwind Freight lets its roofs", "Northwind Freight employs 4,200 people.\n\nNorthwind Freight took in $31 million from roofs, the company said.")
	b.openEditor(o.storyURL(id), screens[2])
	b.holds(`document.querySelectorAll("#figures [data-unread]").length === 1`)
	click := func(selector string) {
		t.Helper()
		b.must(chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS(selector))))
	}
	click("#figures .unread > summary")
	click("#figures [data-unread] .buttons button")
	b.holds(`document.activeElement.closest("[data-unread] details[open]")`)
	b.must(chromedp.Do(b.ctx, chromedp.SendKeys(chromedp.CSS("#figure-about"), "Tallis")))
	run(b, chromedp.Evaluate[bool](`{
		const property = document.querySelector("#figure-property");
		property.value = "revenue";
		property.dispatchEvent(new Event("input", {bubbles: true}))
	}`))
	click("#figures [data-unread] .buttons button")
	b.holds(`document.querySelector("[data-unread] .refused")?.textContent.includes("Tallis") && document.querySelector("[data-unread] #figure-about").value === "Tallis" && document.querySelector("#figure-property").value === "revenue"`)
	checkAxe(t, b, axe)
	b.shoot(filepath.Join(shotFolder(t), "editor-number.png"))
	run(b, chromedp.Evaluate[bool](`document.querySelector("#figure-about").select(); true`))
	b.must(chromedp.Do(b.ctx, chromedp.KeyEvent("Northwind Freight"+kb.Enter)))
	b.holds(`/took in \[\$31 million\]\(claim:\d+\) from roofs/.test(document.querySelector("#body").value)`)
	b.holds(`document.querySelectorAll("#figures [data-unread]").length === 0`)
	b.must(chromedp.Do(b.ctx, b.saveKey()))
	b.saved()
}

// testEditorDialogs looks at a text of every kind, and at what the toolbar and the panel open.
func testEditorDialogs(t *testing.T, b *browser, o *office) {
	axe := readTool(t, "axe-core/axe.min.js")
	id := o.draft("Northwind in advanced talks to put up to $6bn into Halcyon Compute", roundText)
	shots := shotFolder(t)
	b.openEditor(o.storyURL(id), screens[3])
	b.holds(`document.querySelectorAll(".cm-proposed").length > 2`)
	checkPage(t, b, o.url)
	for _, d := range []struct{ opener, title string }{{".tool-help", "Keys"}, {".tool-link", "Link"}, {".keys-line button", "Change the keys"}} {
		b.must(chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS(d.opener))))
		b.becomes("dialog h2", d.title)
		checkAxe(t, b, axe)
		b.shoot(filepath.Join(shots, "editor-"+strings.ReplaceAll(strings.ToLower(d.title), " ", "-")+".png"))
		b.must(chromedp.Do(b.ctx, chromedp.KeyEvent(kb.Escape)))
		b.holds(`!document.querySelector("dialog")`)
	}
}
