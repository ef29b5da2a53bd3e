package browsertest

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
)

// paste pastes the HTML of a clipboard into the empty editor and returns what became of it.
func (b *browser) paste(html string) string {
	b.t.Helper()
	data, err := json.Marshal(html)
	b.must(err)
	return run(b, chromedp.Evaluate[string](fmt.Sprintf(`{
		const clipboard = new DataTransfer();
		clipboard.setData("text/html", %s);
		const text = document.querySelector(".cm-content");
		text.focus();
		text.dispatchEvent(new ClipboardEvent("paste", {clipboardData: clipboard, bubbles: true, cancelable: true}));
		new FormData(document.querySelector("#story-form")).get("body")
	}`, data)))
}

// wordsSeen returns the words that one sees of the HTML of a clipboard, in their order, as
// the browser lays it out.
func (b *browser) wordsSeen(html string) []string {
	b.t.Helper()
	data, err := json.Marshal(html)
	b.must(err)
	seen := run(b, chromedp.Evaluate[string](fmt.Sprintf(`{
		const page = new DOMParser().parseFromString(%s, "text/html");
		page.querySelectorAll("script, style, del, button, [hidden]").forEach((e) => e.remove());
		page.querySelectorAll("[style]").forEach((e) => { if (/mso-list:\s*ignore|display:\s*none/i.test(e.getAttribute("style"))) e.remove(); });
		const place = document.createElement("div");
		place.append(...page.body.childNodes);
		place.querySelectorAll("[style*='display: block']").forEach((e) => {
			const block = document.createElement("div"); // the page allows no inline styles
			block.append(...e.childNodes);
			e.replaceWith(block);
		});
		document.body.append(place);
		const seen = place.innerText;
		place.remove();
		seen
	}`, data)))
	return strings.Fields(plain(strings.ReplaceAll(seen, "\u00ad", "")))
}

// linkEnd matches what stands behind the words of a link.
var linkEnd = regexp.MustCompile(`\]\(https?:[^)]*\)`)

// unmarked returns text without the characters of which marks are made.
var unmarked = strings.NewReplacer(`\`, "", "*", "", "`", "", "[", "", "]", "").Replace

// plain writes raised digits and the like as plain ones.
func plain(text string) string { return norm.NFKC.String(text) }

// testPaste pastes what word processors and web pages put on the clipboard, and holds the
// text that comes of it, and that every word that one sees is in it, in its order.
func testPaste(t *testing.T, b *browser, o *office) {
	files, err := filepath.Glob("testdata/paste/*.html")
	b.must(err)
	if len(files) < 3 {
		t.Fatalf("%d files", len(files))
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".html"), func(t *testing.T) {
			b.t = t
			b.openEditor(o.storyURL(o.draft("What was pasted", "")), screens[2])
			html, err := os.ReadFile(name)
			b.must(err)
			want, err := os.ReadFile(strings.TrimSuffix(name, "html") + "md")
			b.must(err)
			got := b.paste(string(html))
			b.must(chromedp.Do(b.ctx, b.saveKey())) // a page with unsaved text is not left unasked
			b.saved()
			if diff := cmp.Diff(strings.TrimRight(string(want), "\n"), got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			words := strings.Fields(unmarked(linkEnd.ReplaceAllString(plain(got), "")))
			for _, word := range b.wordsSeen(string(html)) {
				at := slices.Index(words, unmarked(word))
				switch {
				case unmarked(word) == "":
					continue
				case at < 0:
					t.Fatalf("the word %q is lost", word)
				}
				words = words[at+1:]
			}
		})
	}
}
