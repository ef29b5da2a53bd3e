package browsertest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/store/storetest"
)

// root is the folder of the repository, where npm puts the tools.
const root = "../../.."

// page is an address to look at.
type page struct {
	name, path string
	screens    []screen
}

// pages returns every kind of page, those that readers see most on every screen, and every
// other story on one.
func (p *paper) pages() []page {
	list := []page{
		{"front", "/", screens}, {"story", p.lead, screens}, {"retracted", p.retracted, looks},
		{"panel", p.round, screens},
		{"section", "/section/deals", looks}, {"topic", "/topic/freight", screens[:1]}, {"author", p.author, screens[1:3]},
		{"archive", "/archive", looks}, {"search", "/search?q=northwind", screens}, {"day", p.lead[:len("/2006/01/02/")], screens[2:3]}, {"about", "/about", screens[:1]},
		{"ethics", "/ethics", screens[2:]}, {"contact", "/contact", screens[:1]}, {"privacy", "/privacy", screens[:1]},
		{"deal", "/deal/halcyon-compute-round", looks}, {"deals", "/deals", looks}, {"calendar", "/calendar", screens}, {"claim", "/claim/1", screens[1:3]},
		{"company", "/company/northwind-freight", screens[:3]}, {"corrections", "/corrections", screens[1:3]}, {"record", "/record", screens[:3]},
		{"missing", "/no-such-page", looks}, {"gone", p.gone, screens[1:3]},
		{"edited", p.edited, screens[:1]}, {"history", p.edited + "/history", looks}, {"version-1", p.edited + "/version/1", looks},
		{"version-3", p.edited + "/version/3", screens[1:3]}, {"compare", p.edited + "/compare?from=1&to=3", looks},
		{"compare-side", p.edited + "/compare?from=1&to=3&view=side", looks}, {"withdrawn", p.retracted + "/history", screens[1:3]},
	}
	for i, path := range p.paths {
		list = append(list, page{fmt.Sprintf("story-%02d", i+1), path, screens[1+i%2 : 2+i%2]})
	}
	return list
}

// TestPaper looks at the example newsroom in every way. One newsroom and one browser serve
// all of them: filing the examples takes longer than most looks.
func TestPaper(t *testing.T) {
	t.Parallel()
	b := newBrowser(t)
	p := newPaper(t)
	for _, test := range []struct {
		name string
		run  func(*testing.T, *browser, *paper)
	}{
		{"pages", lookAtPages}, {"valid HTML", validateHTML}, {"no scripts", needNoScripts}, {"share", share}, {"popover", openPopover}, {"suggestions", suggest},
		{"buttons of the byline", keepButtons}, {"phone menu", openMenu}, {"print", printed}, {"nothing moves", moveNothing},
	} {
		t.Run(test.name, func(t *testing.T) {
			b.t = t
			test.run(t, b, p)
		})
	}
}

// lookAtPages looks at every page as readers do: on a phone and on a desk, in light
// and in dark.
func lookAtPages(t *testing.T, b *browser, p *paper) {
	axe := readTool(t, "axe-core/axe.min.js")
	shots := shotFolder(t)
	for _, page := range p.pages() {
		for _, s := range page.screens {
			t.Run(page.name+"-"+s.name, func(t *testing.T) {
				b.t = t
				b.visit(p.url+page.path, s)
				checkPage(t, b, p.url)
				checkAxe(t, b, axe)
				b.shoot(filepath.Join(shots, page.name+"-"+s.name+".png"))
			})
		}
	}
	t.Logf("screenshots are in %s", shots)
}

// TestEmptyNewsroom looks at the front page of a newsroom without stories.
func TestEmptyNewsroom(t *testing.T) {
	t.Parallel()
	b := newBrowser(t)
	axe := readTool(t, "axe-core/axe.min.js")
	st := storetest.Open(t)
	b.must(newsroom.New(st, newsroom.Options{}).SetUp(t.Context(), standfirst.Command(), standfirst.DefaultPublication()))
	address := serve(t, st, nil)
	shots := shotFolder(t)
	for _, s := range screens {
		b.visit(address+"/", s)
		checkPage(t, b, address)
		checkAxe(t, b, axe)
		b.shoot(filepath.Join(shots, "empty-"+s.name+".png"))
	}
}

// checkPage holds what is true of every page.
func checkPage(t *testing.T, b *browser, address string) {
	t.Helper()
	requests, problems := b.heard()
	for _, r := range requests {
		// What a browser draws in its own fields, as for a date, is asked of nobody.
		if !strings.HasPrefix(r, address+"/") && !strings.HasPrefix(r, "data:") {
			t.Errorf("the page asks another host: %s", r)
		}
	}
	for _, problem := range problems {
		t.Errorf("the browser complains: %s", problem)
	}
	if n := run(b, chromedp.Evaluate[int]("document.querySelectorAll('h1').length")); n != 1 {
		t.Errorf("%d h1", n)
	}
	if over := run(b, chromedp.Evaluate[int]("document.documentElement.scrollWidth - document.documentElement.clientWidth")); over > 0 {
		t.Errorf("the page is %d pixels wider than the screen", over)
	}
	if skipped := run(b, chromedp.Evaluate[string](headingsScript)); skipped != "" {
		t.Errorf("headings leave out a level: %s", skipped)
	}
	if small := run(b, chromedp.Evaluate[string](targetsScript)); small != "" {
		t.Errorf("smaller than 24 pixels: %s", small)
	}
}

// headingsScript names the headings that are more than one level below the one
// before.
const headingsScript = `[...document.querySelectorAll("h1,h2,h3,h4,h5,h6")].reduce(
  ([last, bad], h) => [+h.tagName[1], +h.tagName[1] > last + 1 && last > 0 ? bad + h.outerHTML : bad], [0, ""])[1]`

// targetsScript names the buttons and links outside running text that are less
// than 24 pixels high.
const targetsScript = `[...document.querySelectorAll("button,summary,nav a,.rail a,.share a,.kicker a,.byline a")]
  .filter(e => e.offsetParent !== null && e.getBoundingClientRect().height < 23.5)
  .map(e => e.textContent.trim() + " " + e.getBoundingClientRect().height).join("; ")`

// readTool reads a file that npm installed.
func readTool(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root, "node_modules", filepath.FromSlash(name)))
	if err != nil {
		skip(t, name+" is not installed; run: npm ci")
	}
	return string(b)
}

// checkAxe runs axe-core at WCAG 2.2 AA.
func checkAxe(t *testing.T, b *browser, axe string) {
	t.Helper()
	run(b, chromedp.Evaluate[bool](axe+"; true"))
	found := run(b, chromedp.Evaluate[string](`axe.run(document, {runOnly: {type: "tag", values: [
	  "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}).then(r => JSON.stringify(
	  r.violations.map(v => ({rule: v.id, help: v.help, nodes: v.nodes.map(n => n.html)}))))`, chromedp.EvalAwaitPromise))
	var violations []struct {
		Rule, Help string
		Nodes      []string
	}
	b.must(json.Unmarshal([]byte(found), &violations))
	for _, v := range violations {
		t.Errorf("axe: %s: %s: %s", v.Rule, v.Help, strings.Join(v.Nodes, " "))
	}
}

// validateHTML runs html-validate over every page.
func validateHTML(t *testing.T, _ *browser, p *paper) {
	folder := t.TempDir()
	for _, page := range p.pages() {
		response, err := http.Get(p.url + page.path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(response.Body)
		_ = response.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, page.name+".html"), body, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	validate(t, folder)
}

// validate runs html-validate over the pages in the folder.
func validate(t *testing.T, folder string) {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		skip(t, "there is no node here; install it with: apt-get install nodejs npm")
	}
	tool := filepath.Join(root, "node_modules/html-validate/bin/html-validate.mjs")
	if _, err := os.Stat(tool); err != nil {
		skip(t, "html-validate is not installed; run: npm ci")
	}
	out, err := exec.CommandContext(t.Context(), node, tool, "--preset", "recommended", "--formatter", "text", folder+"/*.html").CombinedOutput()
	if err != nil {
		t.Errorf("html-validate: %v\n%s", err, out)
	}
}

// needNoScripts reads a story with scripts switched off.
func needNoScripts(t *testing.T, b *browser, p *paper) {
	call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	b.must(chromedp.Do(b.ctx, chromedp.EmulateViewport(390, 900), chromedp.Navigate(p.url+p.lead)))
	call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: false})
	if n := run(b, chromedp.Evaluate[int](`[...document.querySelectorAll("button")].filter(e => e.offsetParent).length`)); n != 0 {
		t.Errorf("%d buttons that need a script are shown without one", n)
	}
	if links := run(b, chromedp.Evaluate[int](`document.querySelectorAll("#share a[href]").length`)); links < 5 {
		t.Errorf("%d plain links to share", links)
	}
}

// share presses what the script adds.
func share(t *testing.T, b *browser, p *paper) {
	b.visit(p.url+p.lead, screens[2])
	run(b, chromedp.Evaluate[bool](`Object.defineProperty(navigator, "clipboard", {value: {writeText: async t => { window.copied = t }}}); true`))
	b.must(chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS(".actions button:nth-of-type(2)"))))
	status := run(b, chromedp.Poll[string](`document.querySelector(".actions [role=status]").textContent`))
	if copied := run(b, chromedp.Evaluate[string]("window.copied")); copied != p.url+p.lead || status != "Link copied" {
		t.Errorf("copied %q, said %q", copied, status)
	}
}

// openPopover opens where a figure comes from beside it, and holds that the box has a name
// and that the keyboard is in it.
func openPopover(t *testing.T, b *browser, p *paper) {
	axe := readTool(t, "axe-core/axe.min.js")
	for _, s := range screens[1:3] {
		b.visit(p.url+p.round, s)
		b.must(chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS("a.cited"))))
		words := run(b, chromedp.Evaluate[string](`document.querySelector("a.cited").textContent`))
		open := run(b, chromedp.Poll[string](`(e => e && e.matches(":popover-open") && e.contains(document.activeElement)
		  ? e.getAttribute("role") + " " + e.getAttribute("aria-label") : "")(document.querySelector(".popover"))`))
		if open != "dialog Where the figures come from: "+words {
			t.Errorf("the box is %q", open)
		}
		checkPage(t, b, p.url)
		checkAxe(t, b, axe)
		b.must(os.WriteFile(filepath.Join(shotFolder(t), "popover-"+s.name+".png"), run(b, chromedp.CaptureScreenshot()), 0o600))
	}
}

// keepButtons holds that the buttons stand at the end of the byline's
// last row, and on a phone at the start of a row of their own, however much there is
// to say about the dates.
func keepButtons(t *testing.T, b *browser, p *paper) {
	for _, width := range []int64{390, 700, 1000, 1280} {
		b.visit(p.url+p.lead, screen{width: width, scheme: "light"})
		for _, more := range []string{"", "Updated 02:30 GMT", "Updated 25 November 2026, 02:30 GMT"} {
			astray := run(b, chromedp.Evaluate[float64](fmt.Sprintf(`(() => {
			  const dates = document.querySelector(".dates"), before = dates.innerHTML;
			  dates.innerHTML += " · <span>%s</span>";
			  const box = s => document.querySelector(".byline" + s).getBoundingClientRect();
			  const shown = [...document.querySelectorAll(".actions .button")].filter(e => e.offsetParent).map(e => e.getBoundingClientRect());
			  const astray = %d > 640 ? box("").right - shown.at(-1).right + Math.max(0, box(" .dates").top - shown[0].bottom)
			    : shown[0].left - box("").left + Math.max(0, box(" .dates").bottom - shown[0].top);
			  dates.innerHTML = before;
			  return Math.abs(astray);
			})()`, more, width)))
			if astray > 1 {
				t.Errorf("at %d with %q the buttons are %v pixels astray", width, more, astray)
			}
		}
	}
}

// suggest types the beginning of a name into the search.
func suggest(_ *testing.T, b *browser, p *paper) {
	b.visit(p.url+"/search", screens[2])
	b.must(chromedp.Do(b.ctx, chromedp.SendKeys(chromedp.CSS("#q"), "northw")))
	b.holds(`[...document.querySelectorAll("#suggested option")].some(o => o.value === "Northwind Freight" && o.label.includes("Company"))`)
}

// openMenu opens the menu on a phone, without any script of ours.
func openMenu(t *testing.T, b *browser, p *paper) {
	for name, path := range map[string]string{"menu-front": "/", "menu-story": p.lead} {
		b.visit(p.url+path, screens[0])
		shown := `[...document.querySelectorAll(".masthead nav a")].filter(e => e.checkVisibility()).length`
		if n := run(b, chromedp.Evaluate[int](shown)); n != 0 {
			t.Errorf("%s: %d links are shown while the menu is closed", path, n)
		}
		b.must(chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS(".menu summary"))))
		if n := run(b, chromedp.Evaluate[int](shown)); n != 8 {
			t.Errorf("%s: the open menu shows %d links", path, n)
		}
		checkPage(t, b, p.url)
		b.must(os.WriteFile(filepath.Join(shotFolder(t), name+".png"), run(b, chromedp.CaptureScreenshot()), 0o600))
	}
}

// printed looks at the page as it is printed: its address is on it, the menu is not.
func printed(t *testing.T, b *browser, p *paper) {
	b.visit(p.url+p.lead, screens[2])
	b.media("print", "light")
	text := run(b, chromedp.Evaluate[string]("document.body.innerText"))
	if !strings.Contains(text, p.url+p.lead) {
		t.Error("the printed page does not tell its address")
	}
	for _, unwanted := range []string{"Share this story", "Copy link", "Privacy"} {
		if strings.Contains(text, unwanted) {
			t.Errorf("the printed page holds %q", unwanted)
		}
	}
	b.shoot(filepath.Join(shotFolder(t), "print.png"))
}

// moveNothing holds that no part of a page moves while it loads.
func moveNothing(t *testing.T, b *browser, p *paper) {
	for _, path := range []string{"/", p.lead} {
		for _, s := range screens[1:3] {
			b.visit(p.url+path, s)
			moved := run(b, chromedp.Evaluate[string](`new Promise(done => { let moved = "";
			  new PerformanceObserver(l => { for (const e of l.getEntries()) moved += e.value + " " + e.sources.map(s => s.node?.outerHTML?.slice(0, 60)) + "; " }).observe({type: "layout-shift", buffered: true});
			  requestAnimationFrame(() => requestAnimationFrame(() => done(moved))) })`, chromedp.EvalAwaitPromise))
			if moved != "" {
				t.Errorf("%s at %d: moved: %s", path, s.width, moved)
			}
		}
	}
}

// shoot takes a picture of the whole page, with the pictures that would be loaded
// later.
func (b *browser) shoot(name string) {
	b.t.Helper()
	run(b, chromedp.Evaluate[bool](`Promise.all([...document.images].filter(i => i.src).map(i => {
	  i.loading = "eager"; return i.decode() })).then(() => true)`, chromedp.EvalAwaitPromise))
	b.must(os.WriteFile(name, run(b, chromedp.FullScreenshot(100)), 0o600))
}

// shotFolder is where screenshots go for people to look at: the folder that
// STANDFIRST_SHOTS names, or one below the system's temporary folder.
func shotFolder(t *testing.T) string {
	t.Helper()
	folder := os.Getenv("STANDFIRST_SHOTS")
	if folder == "" {
		folder = filepath.Join(os.TempDir(), "standfirst-shots")
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	return folder
}
