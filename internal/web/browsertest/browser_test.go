package browsertest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	devpage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browser is a tab of a real Chromium.
type browser struct {
	t   testing.TB
	ctx context.Context

	mu       sync.Mutex
	requests []string // addresses asked for since the last visit began
	problems []string // what the browser complained of since then
}

// newBrowser starts Chromium. Without one the test is skipped, except where CI is
// set: there every check has to run.
func newBrowser(t testing.TB) *browser {
	t.Helper()
	return newBrowserIn(t, t.TempDir())
}

// newBrowserIn starts Chromium with what it keeps in the folder.
func newBrowserIn(t testing.TB, profile string) *browser {
	t.Helper()
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			program = path
			break
		}
	}
	if program == "" {
		skip(t, "there is no Chromium here; install it with: apt-get install chromium")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(profile),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	b := &browser{t: t, ctx: ctx}
	b.must(chromedp.Listen(ctx, b.hear))
	call(b, network.Enable, network.EnableParams{})
	call(b, log.Enable, cdp.Empty{})
	return b
}

// kill ends the browser as a crash does.
func (b *browser) kill() {
	b.t.Helper()
	b.must(chromedp.FromContext(b.ctx).Browser.Process().Kill())
	<-chromedp.FromContext(b.ctx).Browser.LostConnection
}

// skip skips the test, or fails it where CI is set.
func skip(t testing.TB, why string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatal(why)
	}
	t.Skip(why)
}

func (b *browser) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// call sends the browser a command.
func call[P, R any](b *browser, command cdp.Command[P, R], params P) R {
	b.t.Helper()
	result, err := chromedp.Call(b.ctx, command, params)
	b.must(err)
	return result
}

// run runs one action and returns its value.
func run[T any](b *browser, action chromedp.Action[T]) T {
	b.t.Helper()
	value, err := chromedp.Run(b.ctx, action)
	b.must(err)
	return value
}

// hear notes what the browser asks for and complains of.
func (b *browser) hear(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		b.requests = append(b.requests, e.Request.URL)
	case *runtime.EventExceptionThrown:
		b.problems = append(b.problems, e.ExceptionDetails.Text+" "+e.ExceptionDetails.URL)
	case *devpage.EventJavascriptDialogOpening:
		b.problems = append(b.problems, "a dialog opened: "+e.Message)
	case *log.EventEntryAdded:
		b.problems = append(b.problems, e.Entry.Text+" "+e.Entry.URL)
	}
}

// screen is how a reader looks at a page.
type screen struct {
	name   string
	width  int64
	scheme string // "light" or "dark"
}

var screens = []screen{
	{"390", 390, "light"}, {"390-dark", 390, "dark"}, {"1280", 1280, "light"}, {"1280-dark", 1280, "dark"},
}

// looks are two of them that have each width and each scheme once.
var looks = []screen{screens[0], screens[3]}

// visit goes to the address.
func (b *browser) visit(address string, s screen) {
	b.t.Helper()
	b.mu.Lock()
	b.requests, b.problems = nil, nil
	b.mu.Unlock()
	b.must(chromedp.Do(b.ctx, chromedp.EmulateViewport(s.width, 900)))
	b.media("", s.scheme)
	b.must(chromedp.Do(b.ctx, chromedp.Navigate(address)))
	run(b, chromedp.Evaluate[bool]("document.fonts.ready.then(() => true)", chromedp.EvalAwaitPromise))
}

// media makes the page believe that it is shown on the medium and that the reader
// likes the colour scheme and no motion: a page that still scrolls to where a link led
// is clicked beside what was meant.
func (b *browser) media(medium, scheme string) {
	b.t.Helper()
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Media: medium, Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
		},
	})
}

// becomes waits until the page, or the one that comes after it, is there and its first
// element of the selector says the text.
func (b *browser) becomes(selector, want string) {
	b.t.Helper()
	says := fmt.Sprintf(`document.readyState === "complete" && document.querySelector(%q)?.textContent === %q`, selector, want)
	var err error
	for range 5 { // a page that is just being left is an error
		if _, err = chromedp.Run(b.ctx, chromedp.Poll[bool](says, chromedp.WithPollingTimeout(10*time.Second))); err == nil {
			return
		}
	}
	said := run(b, chromedp.Evaluate[string](fmt.Sprintf(`document.querySelector(%q)?.textContent ?? ""`, selector)))
	b.t.Fatalf("%s says %q, want %q: %v", selector, said, want, err)
}

// heard returns what was asked for and complained of since the visit began. What
// the browser says of the answer's status is left out: those are tested elsewhere.
func (b *browser) heard() (requests, problems []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, p := range b.problems {
		if !strings.Contains(p, "the server responded with a status of") {
			problems = append(problems, p)
		}
	}
	return b.requests, problems
}
