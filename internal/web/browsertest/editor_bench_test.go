package browsertest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// longStory is a story of about 5,000 words with 60 figures: every other one is cited.
func longStory() string {
	var b strings.Builder
	for n := range 60 {
		amount := fmt.Sprintf("$%d million", 110+7*n)
		if n%2 == 1 {
			amount = fmt.Sprintf("[%s](claim:%d)", amount, n)
		}
		if n%10 == 0 {
			fmt.Fprintf(&b, "## Part %d\n\n", n/10+1)
		}
		fmt.Fprintf(&b, "Halcyon Compute raised %s in a round led by Kestrel Capital. ", amount)
		for _, s := range []string{
			"The money is for **halls on the coast**, where the cables land and the wind blows in winter.",
			"Nobody at the company would say when the first of them opens, nor who builds it, but the ground is bought and the fence stands.",
			"People who live there say that lorries come by night, and that the road was not made for them; the council has *asked for a report*.",
			"A spokesman pointed to [the plan](https://halcyon.example/plan) that lies in the town hall for everybody to read.",
		} {
			b.WriteString(s + " ")
		}
		b.WriteString("\n\n")
	}
	return b.String()
}

// keyScript measures the work that each key makes in the page: what the key does, the change
// of the text until it is laid out anew, and the frame after it. What other processes do
// between the three is left out.
const keyScript = `{
	window.keys = [];
	let work = 0, start = 0, frame = 0;
	addEventListener("keydown", () => { start = performance.now(); work = 0; }, true);
	addEventListener("keydown", () => { work += performance.now() - start; });
	addEventListener("beforeinput", () => {
		start = performance.now();
		requestAnimationFrame(() => { frame = performance.now(); });
	}, true);
	addEventListener("input", async () => {
		for (let n = 0; n < 5; n++) await null; // the editor reads what changed right behind the event
		document.body.offsetHeight;
		const changed = work + performance.now() - start;
		requestAnimationFrame(() => {
			document.body.offsetHeight;
			window.keys.push(changed + performance.now() - frame);
		});
	});
	true
}`

// BenchmarkEditor opens a story of 5,000 words with 60 figures and types into it. The
// times are those of the page's own work, in milliseconds.
func BenchmarkEditor(bench *testing.B) {
	b := newBrowser(bench)
	o := newOffice(bench)
	o.signIn(b, screens[2])
	id := o.draft("Halcyon Compute raises money again and again", longStory())
	b.openEditor(o.storyURL(id), screens[2]) // so that scripts are cached, as they are all day
	var opened, keys []float64
	for bench.Loop() {
		b.openEditor(o.storyURL(id), screens[2])
		opened = append(opened, run(b, chromedp.Evaluate[float64](`performance.getEntriesByName("editor-ready")[0].startTime`)))
		b.holds(`document.querySelectorAll(".cm-proposed").length > 0`)
		run(b, chromedp.Evaluate[bool](keyScript))
		run(b, chromedp.Evaluate[bool](`document.querySelector(".cm-content").focus(); true`))
		for range 4 {
			b.must(chromedp.Do(b.ctx, chromedp.KeyEvent(kb.PageDown)))
		}
		run(b, chromedp.Evaluate[bool](`window.keys.length = 0; true`))
		b.must(chromedp.Do(b.ctx, chromedp.KeyEvent(strings.Repeat("The quay is long and the cranes are slow. ", 5))))
		b.holds(`window.keys.length > 100`)
		keys = append(keys, run(b, chromedp.Evaluate[[]float64](`window.keys`))...)
		b.must(chromedp.Do(b.ctx, b.saveKey()))
		b.saved()
	}
	bench.ReportMetric(percentile(opened, 50), "ms-open-p50")
	bench.ReportMetric(percentile(opened, 95), "ms-open-p95")
	bench.ReportMetric(percentile(keys, 50), "ms-key-p50")
	bench.ReportMetric(percentile(keys, 95), "ms-key-p95")
}

// percentile returns the value below which that many of a hundred lie.
func percentile(values []float64, hundredths int) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[min(len(sorted)-1, len(sorted)*hundredths/100)]
}
