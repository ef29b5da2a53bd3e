package browsertest

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"standfirst"
	"standfirst/internal/jobs"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

// pastedRound is a story as Word puts it on the clipboard.
const pastedRound = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><body lang=EN-GB><!--StartFragment-->
<p class=MsoNormal><span lang=EN-US>Northwind Freight Inc. (NYSE: NWF) is in advanced talks to invest up to $6 billion in Halcyon, three people familiar with the matter said.<o:p></o:p></span></p>
<p class=MsoNormal>The round would value Halcyon at <span style="mso-spacerun:yes">about</span> $96&nbsp;billion, the people <b>said</b>.<o:p></o:p></p>
<!--EndFragment--></body></html>`

// TestWholeDay plays a day of a newsroom: a reporter pastes a story, accepts its figures by
// one key each and hands it on; an editor notes a passage, approves and schedules it; it goes
// out; the editor corrects a figure, and every story that cites it says so.
func TestWholeDay(t *testing.T) {
	b := newBrowser(t)
	o := newOffice(t)
	const rhys = "rhys@ledger.example"
	_, err := o.accounts.Add(t.Context(), standfirst.Command(), standfirst.Staff{Email: rhys, Name: "Rhys Calder", Role: standfirst.Reporter})
	o.must(err)
	click := func(selector string) {
		t.Helper()
		b.must(chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS(selector))))
	}
	typeInto := func(selector, text string) {
		t.Helper()
		b.must(chromedp.Do(b.ctx, chromedp.SendKeys(chromedp.CSS(selector), text)))
	}
	// open shows a tab of the panel, with all that is folded away in it.
	open := func(tab string) {
		t.Helper()
		click(`.tabs a[href="#` + tab + `"]`)
		run(b, chromedp.Evaluate[bool](`document.querySelectorAll("#`+tab+` details").forEach(d => d.open = true); true`))
	}

	// The reporter.
	o.signInAs(b, rhys, "Rhys Calder", screens[2])
	b.visit(o.url+"/desk/story/new", screens[2])
	click("main form button.go")
	b.holds(`performance.getEntriesByName("editor-ready").length === 1`)
	typeInto("#headline", "Northwind in advanced talks to put up to $6bn into Halcyon")
	b.paste(pastedRound)
	b.holds(`document.querySelectorAll("#figures [data-figure]").length === 2`)
	run(b, chromedp.Evaluate[bool](`document.querySelector("#figures").focus(); true`))
	for left := 1; left >= 0; left-- {
		b.must(chromedp.Do(b.ctx, chromedp.KeyEvent("a")))
		b.holds(fmt.Sprintf(`document.querySelector("#body").value.split("](claim:").length === %d && document.querySelectorAll("#figures [data-figure]").length === %d`, 3-left, left))
	}
	b.must(chromedp.Do(b.ctx, b.saveKey()))
	b.saved()
	open("review")
	typeInto("#review-note", "Both desks have read it.")
	click(`button[formaction$="/submit"]`)
	b.holds(`document.querySelector(".pill.state-in-review")`)
	click(`form[action="/desk/sign-out"] button`)
	b.becomes("h1", "Sign in")

	// The editor.
	o.signInAs(b, jane, "Jane Roe", screens[2])
	b.visit(o.url+"/desk", screens[2])
	click(".needs a")
	b.holds(`performance.getEntriesByName("editor-ready").length === 1 && document.querySelector(".pill.state-in-review")`)
	address := run(b, chromedp.Evaluate[string]("location.pathname"))
	open("review")
	typeInto("#note-words", "three people familiar with the matter")
	typeInto("#note-text", "Do all three know it at first hand?")
	click(`button[formaction$="/notes"]:not([name])`)
	b.holds(`document.querySelector(".note q")?.textContent === "three people familiar with the matter"`)
	open("review")
	click(`button[formaction$="/approve"]`)
	b.holds(`document.querySelector("#done")?.textContent === "It is approved."`)
	b.visit(o.url+address+"/publish", screens[2])
	click("#approve-anonymous")
	later := time.Now().UTC().Add(2 * time.Minute)
	typeInto("#at", later.Format("2006-01-02 15:04"))
	click(`button[value="schedule"]`)
	b.holds(`document.querySelector(".pill.state-scheduled")`)

	// It goes out.
	clock := func() time.Time { return later }
	worker := jobs.New(o.store, jobs.Options{Clock: clock, Logger: slog.New(slog.DiscardHandler)})
	worker.Handle(standfirst.JobPublishScheduled, newsroom.New(o.store, newsroom.Options{Clock: clock}).PublishJob)
	o.must(worker.Drain(t.Context()))
	var story standfirst.Story
	var cited []standfirst.Citation
	o.must(o.store.View(t.Context(), func(tx *store.ReadTx) error {
		list, err := tx.Stories(store.StoryFilter{Kind: standfirst.KindStory}, 0, 1)
		if err != nil {
			return err
		}
		story = list[0]
		cited, err = tx.Citations(story.Current)
		return err
	}))
	valuation := standfirst.ClaimID(0)
	for _, c := range cited {
		if strings.Contains(c.Words, "96") {
			valuation = c.Claim
		}
	}
	if story.State != standfirst.Published || valuation == 0 {
		t.Fatalf("the story is %+v and cites %+v", story, cited)
	}
	// Another story cites the same figure.
	other, err := o.news.CreateAndPublish(t.Context(), standfirst.Command(), newsroom.Draft{Content: standfirst.Content{
		Headline: "What Halcyon would cost", Body: "The round values Halcyon at [about $96 billion](claim:" + valuation.String() + ").",
	}})
	o.must(err)

	// The correction.
	b.visit(o.url+"/desk/figure/"+valuation.String(), screens[2])
	typeInto("#value", "about 90")
	click(`input[value="corrected"]`)
	click(`form[action$="/supersede"] button`)
	b.holds(`document.querySelector(".refused")`)
	if typed := run(b, chromedp.Evaluate[string](`document.querySelector("#value").value`)); typed != "about 90" {
		t.Errorf("the value that was typed is %q now", typed)
	}
	run(b, chromedp.Evaluate[bool](`document.querySelector("#value").value = "about $90 billion"; true`))
	click(`form[action$="/supersede"] button`)
	b.becomes("#done", "Recorded. Every story that cites the figure says so now; their new wordings are prepared.")
	for _, path := range []string{story.Path(), other.Path()} {
		b.visit(o.url+path, screens[0])
		b.holds(`document.querySelector("main").textContent.includes("is about $90 billion, not about $96 billion")`)
	}
}
