package browsertest

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"standfirst"
	"standfirst/internal/newsroom"
)

// dropScript drops a picture on the second paragraph of the text.
const dropScript = `(async () => {
  const canvas = Object.assign(document.createElement("canvas"), {width: 1200, height: 700});
  const g = canvas.getContext("2d");
  g.fillStyle = "#7a9"; g.fillRect(0, 0, 1200, 700); g.fillStyle = "#245"; g.fillRect(300, 200, 500, 500);
  const blob = await new Promise(done => canvas.toBlob(done, "image/jpeg"));
  const data = new DataTransfer();
  data.items.add(new File([blob], "quay.jpg", {type: "image/jpeg"}));
  const line = [...document.querySelectorAll(".cm-line")].find(e => e.textContent.startsWith("It needs"));
  const { left, top } = line.getBoundingClientRect();
  line.dispatchEvent(new DragEvent("drop", {dataTransfer: data, clientX: left + 20, clientY: top + 10, bubbles: true, cancelable: true}));
  return true;
})()`

// testEditorPictures drops a picture into a text, says what it shows, publishes the story, and
// finds the picture on its page; then chooses it from the library for another text.
func testEditorPictures(t *testing.T, b *browser, o *office) {
	axe := readTool(t, "axe-core/axe.min.js")
	shots := shotFolder(t)
	id := o.draft("Skerry Cable lays a line", "The line would run for 90 kilometres.\n\nIt needs a ship.\n\nAnd a crew.")
	b.openEditor(o.storyURL(id), screens[2])
	run(b, chromedp.Evaluate[bool](dropScript, chromedp.EvalAwaitPromise))
	b.holds(`document.querySelector(".picture-text .go")?.disabled === false`)
	b.must(chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS(".picture-text .go"))))
	b.becomes(".picture-text .go", "Insert without a description")
	b.must(chromedp.Do(b.ctx, chromedp.SendKeys(chromedp.CSS("#picture-text-alt"), "A [quay] at low tide"), chromedp.SendKeys(chromedp.CSS("#picture-text-credit"), "Jo Maas")))
	b.becomes(".picture-text .go", "Insert")
	checkAxe(t, b, axe)
	b.must(chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS(".picture-text .go"))))
	b.holds(`document.querySelector(".cm-picture img")?.naturalWidth > 0`)
	b.saved()
	want := "It needs a ship.\n\n:::figure\n![A \\[quay\\] at low tide](picture:1)\nCredit: Jo Maas\n:::\n\nAnd a crew."
	if got := o.body(id); !strings.HasSuffix(got, want) {
		t.Errorf("saved %q, want %q", got, want)
	}
	checkAxe(t, b, axe)
	b.shoot(filepath.Join(shots, "editor-picture.png"))
	published, err := o.news.Publish(t.Context(), standfirst.Command(), id, newsroom.PublishOptions{})
	o.must(err)
	b.visit(o.url+published.Story.Path(), screens[2])
	b.holds(`document.querySelector('figure.picture img[alt="A [quay] at low tide"]')?.naturalWidth > 0`)
	b.becomes("figure.picture figcaption", "Credit: Jo Maas")

	other := o.draft("A second line", "It needs another ship.")
	b.openEditor(o.storyURL(other), screens[0])
	b.must(chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS(".tool-picture"))))
	b.becomes(".picture-choice .name", "A [quay] at low tide") // what was said first is kept
	checkAxe(t, b, axe)
	b.must(chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS(".picture-choice button"))))
	b.holds(`document.querySelector("#picture-text-alt").value === "A [quay] at low tide"`)
	b.must(chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS(".picture-text .go"))))
	b.saved()
	if got := o.body(other); !strings.Contains(got, "(picture:1)") {
		t.Errorf("saved %q", got)
	}

	// The library's own pages: a file goes with a script, and the keyboard moves the focal point.
	b.visit(o.url+"/desk/media", screens[2])
	run(b, chromedp.Evaluate[bool](`(async () => {
	  const canvas = Object.assign(document.createElement("canvas"), {width: 600, height: 900});
	  const data = new DataTransfer();
	  data.items.add(new File([await new Promise(done => canvas.toBlob(done))], "tall.png", {type: "image/png"}));
	  document.querySelector("#files").files = data.files;
	  document.querySelector("form.upload").requestSubmit();
	  return true;
	})()`, chromedp.EvalAwaitPromise))
	b.becomes("h1", "tall.png")
	b.becomes("#done", "The picture is here. Say what it shows before you use it.")
	run(b, chromedp.Evaluate[bool](`document.querySelector(".focal-point").focus(); true`))
	b.must(chromedp.Do(b.ctx, chromedp.KeyEvent(kb.ArrowRight), chromedp.KeyEvent(kb.ArrowUp)))
	b.holds(`document.querySelector("#focus-x").value === "51" && document.querySelector("#focus-y").value === "49" &&
	  document.querySelector(".focal-crop").style.objectPosition === "51% 49%"`)
	checkAxe(t, b, axe)
	b.shoot(filepath.Join(shots, "picture-tall.png"))
}
