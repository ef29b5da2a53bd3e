package intake_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"testing/iotest"
	"time"

	"standfirst"
	"standfirst/internal/intake"
	"standfirst/internal/media"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

var now = time.Date(2026, 6, 10, 14, 0, 0, 0, time.UTC)

// desk is a set-up newsroom in London with an intake.
type desk struct {
	*testing.T
	store    *store.Store
	newsroom *newsroom.Newsroom
	intake   *intake.Intake
	folder   string // where the texts are
	media    string // where the pictures are kept
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	clock := func() time.Time { return now }
	d := &desk{T: t, store: storetest.Open(t), folder: t.TempDir(), media: t.TempDir()}
	d.newsroom = newsroom.New(d.store, newsroom.Options{Clock: clock})
	pub := standfirst.DefaultPublication()
	pub.TimeZone = "Europe/London"
	if err := d.newsroom.SetUp(t.Context(), standfirst.Command(), pub); err != nil {
		t.Fatal(err)
	}
	lib, err := media.Open(d.media, d.store, clock)
	if err != nil {
		t.Fatal(err)
	}
	d.intake = intake.New(d.newsroom, lib, d.store, clock)
	return d
}

// write puts a file into the folder of the texts and returns its path.
func (d *desk) write(name, text string) string {
	d.Helper()
	path := filepath.Join(d.folder, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		d.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		d.Fatal(err)
	}
	return path
}

func (d *desk) file(path string, o intake.Options) (intake.Result, error) {
	d.Helper()
	f, err := os.Open(path)
	if err != nil {
		d.Fatal(err)
	}
	defer f.Close()
	return d.intake.File(d.Context(), standfirst.Command(), path, f, o)
}

func (d *desk) filed(path string, o intake.Options) intake.Result {
	d.Helper()
	r, err := d.file(path, o)
	if err != nil {
		d.Fatal(err)
	}
	return r
}

// stories counts the stories that are stored; pages are none.
func (d *desk) stories() (n int) {
	d.Helper()
	stories, err := d.newsroom.List(d.Context(), standfirst.Command(), store.StoryFilter{Kind: standfirst.KindStory}, 0, 100)
	if err != nil {
		d.Fatal(err)
	}
	return len(stories)
}

func (d *desk) content(id standfirst.StoryID) standfirst.Content {
	d.Helper()
	show, err := d.newsroom.Show(d.Context(), standfirst.Command(), id)
	if err != nil {
		d.Fatal(err)
	}
	return show.WorkingCopy.Content
}

// refused fails the test unless filing failed with one line of the kind that names
// the file and says the words, and nothing was stored.
func (d *desk) refused(err error, kind standfirst.ErrorKind, words ...string) {
	d.Helper()
	if err == nil || standfirst.KindOf(err) != kind {
		d.Fatalf("%v, want %s", err, kind)
	}
	message := standfirst.PublicMessage(err)
	if strings.Contains(message, "\n") {
		d.Errorf("%q is more than a line", message)
	}
	for _, w := range words {
		if !strings.Contains(message, w) {
			d.Errorf("%q does not say %q", message, w)
		}
	}
	if n := d.stories(); n != 0 {
		d.Errorf("%d stories are stored", n)
	}
	kept, err := filepath.Glob(filepath.Join(d.media, "*", "*.jpg"))
	if err != nil || len(kept) != 0 {
		d.Errorf("pictures are stored: %q, %v", kept, err)
	}
}

func hasNote(r intake.Result, words string) bool {
	for _, n := range r.Notes {
		if strings.Contains(n, words) {
			return true
		}
	}
	return false
}

func jpegPicture(t *testing.T) string {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 64, 40))
	for i := range 64 {
		m.Set(i, i%40, color.RGBA{uint8(i * 4), 90, 120, 255})
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestFileEveryShape(t *testing.T) {
	d := newDesk(t)
	for name, text := range shapes(t) {
		r := d.filed(d.write(name, string(text)), intake.Options{Publish: true, Date: standfirst.Day{Year: 2026, Month: 6, Day: 9}})
		if r.Path == "" || r.Story.State != standfirst.Published || r.Story.Headline != r.Composition.Content.Headline {
			t.Errorf("%s: %+v", name, r)
		}
		want := "/2026/06/09/"
		if name == "document.md" {
			want = "/2026/06/09/lantern-wet-spring"
		}
		if !strings.HasPrefix(r.Path, want) {
			t.Errorf("%s: path %q, want %s…", name, r.Path, want)
		}
	}
}

func TestFileDraft(t *testing.T) {
	d := newDesk(t)
	path := d.write("paste.txt", string(shapes(t)["paste.txt"]))
	r := d.filed(path, intake.Options{Section: "Companies", Topics: []string{"Steel"}})
	if r.Story.State != standfirst.Draft || r.Path != "" {
		t.Errorf("story %+v", r.Story)
	}
	c := d.content(r.Story.ID)
	if c.Section != "Companies" || len(c.Topics) != 1 || len(c.Quotations) != 1 {
		t.Errorf("content %+v", c)
	}
	if !hasNote(r, "left out: ") || !hasNote(r, "Leave a Reply") {
		t.Errorf("notes %q", r.Notes)
	}

	again := d.filed(path, intake.Options{Publish: true})
	if !again.Existing || again.Story.ID != r.Story.ID || again.Story.State != standfirst.Draft || again.Path != "" {
		t.Errorf("filed again: %+v", again)
	}
	if !hasNote(again, fmt.Sprintf("standfirst story publish %s", r.Story.ID)) {
		t.Errorf("notes %q", again.Notes)
	}
	latin := d.write("other.txt", string(windows1252(strings.ReplaceAll(string(shapes(t)["paste.txt"]), "\n", " \r\n"))))
	if again = d.filed(latin, intake.Options{}); !again.Existing || again.Story.ID != r.Story.ID {
		t.Errorf("the same words in Windows-1252: %+v", again)
	}
	if n := d.stories(); n != 1 {
		t.Errorf("%d stories", n)
	}
}

func TestFileAtOnceFromManySides(t *testing.T) {
	d := newDesk(t)
	path := d.write("a.txt", string(shapes(t)["agency.txt"]))
	var wait sync.WaitGroup
	results := make([]intake.Result, 8)
	for i := range results {
		wait.Go(func() { results[i] = d.filed(path, intake.Options{Publish: true}) })
	}
	wait.Wait()
	fresh := 0
	for _, r := range results {
		if !r.Existing {
			fresh++
		}
	}
	if n := d.stories(); n != 1 || fresh != 1 {
		t.Errorf("%d stories, %d of them new", n, fresh)
	}
}

func TestFileRefuses(t *testing.T) {
	d := newDesk(t)
	for _, test := range []struct {
		name, text string
		kind       standfirst.ErrorKind
		want       string
	}{
		{"empty.txt", "", standfirst.Invalid, "is empty"},
		{"blank.txt", "\n \n", standfirst.Invalid, "is empty"},
		{"binary.txt", "\x7fELF\x02\x01\x01\x00", standfirst.Invalid, ""},
		{"long.txt", strings.Repeat("Long words. ", 200_000), standfirst.TooLarge, "2 MiB"},
		{"body.txt", "Headline\n\n" + strings.Repeat("word ", 250_000), standfirst.Invalid, "the text is"},
		{"key.md", "---\ntitle: x\n---\nBody", standfirst.Invalid, "line 2: the key “title”"},
		{"alt.md", "---\nheadline: x\npicture:\n  file: a.jpg\n---\nBody", standfirst.Invalid, "no alt text"},
		{"bare.md", "---\nheadline: x\n---\n", standfirst.Invalid, "the text is missing"},
	} {
		path := d.write(test.name, test.text)
		_, err := d.file(path, intake.Options{Publish: true})
		d.refused(err, test.kind, path, test.want)
	}
	_, err := d.file(d.folder, intake.Options{})
	d.refused(err, standfirst.Invalid, d.folder, "is a directory")
	_, err = d.intake.File(d.Context(), standfirst.Command(), "broken.txt", iotest.ErrReader(errors.New("the disk is gone")), intake.Options{})
	d.refused(err, standfirst.Invalid, "broken.txt: cannot be read: the disk is gone")
	_, err = d.intake.File(d.Context(), standfirst.Actor{}, "a.txt", strings.NewReader("x"), intake.Options{})
	if err == nil || standfirst.KindOf(err) != standfirst.Unauthenticated {
		t.Errorf("nobody filed: %v", err)
	}
	reporter := standfirst.Actor{Kind: standfirst.ActorStaff, ID: 3, Role: standfirst.Reporter}
	_, err = d.intake.File(d.Context(), reporter, "a.txt", strings.NewReader("A line.\n\nAnother line."), intake.Options{Publish: true})
	d.refused(err, standfirst.Forbidden)
}

// A file of 50 MB is not read to its end.
func TestLargeFileIsRefusedEarly(t *testing.T) {
	read := 0
	r := io.LimitReader(readerFunc(func(p []byte) (int, error) {
		read += len(p)
		for i := range p {
			p[i] = 'x'
		}
		return len(p), nil
	}), 50<<20)
	_, err := intake.ReadAll("large.txt", r)
	if err == nil || standfirst.KindOf(err) != standfirst.TooLarge || !strings.HasPrefix(err.Error(), "large.txt: ") {
		t.Errorf("%v", err)
	}
	if read > 2*intake.MaxTextBytes {
		t.Errorf("%d bytes were read", read)
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

const withPicture = "---\nheadline: A pier\nsection: %s\npicture:\n  file: %s\n  alt: A pier at dusk\n  caption: The pier\n---\nThe pier stands.\n"

func TestPictures(t *testing.T) {
	d := newDesk(t)
	d.write("text/pictures/pier.jpg", jpegPicture(t))
	d.write("outside.jpg", jpegPicture(t))
	d.write("text/broken.jpg", "no picture")
	if err := os.Symlink(filepath.Join(d.folder, "outside.jpg"), filepath.Join(d.folder, "text", "link.jpg")); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{
		"missing.jpg": "there is no such file", "../outside.jpg": "must lie in the folder of the text",
		"/etc/passwd": "must lie in the folder", "link.jpg": "cannot be read", "pictures": "it is no file", "broken.jpg": "",
	} {
		path := d.write("text/a.md", fmt.Sprintf(withPicture, "Deals", file))
		_, err := d.file(path, intake.Options{Publish: true})
		d.refused(err, standfirst.Invalid, path, file, want)
	}
	_, err := d.intake.File(d.Context(), standfirst.Command(), "standard input", strings.NewReader(fmt.Sprintf(withPicture, "Deals", "a.jpg")), intake.Options{})
	d.refused(err, standfirst.Invalid, "standard input", "a.jpg", "the text is not in a file")

	r := d.filed(d.write("text/a.md", fmt.Sprintf(withPicture, "Deals", "pictures/pier.jpg")), intake.Options{Publish: true})
	p := d.content(r.Story.ID).Picture
	if p == nil || p.ID == 0 || p.Alt != "A pier at dusk" || p.Caption != "The pier" {
		t.Fatalf("picture %+v", p)
	}
	folder := fstest.MapFS{"p.jpg": {Data: []byte(jpegPicture(t))}}
	r, err = d.intake.File(d.Context(), standfirst.Command(), "standard input", strings.NewReader(fmt.Sprintf(withPicture, "Markets", "p.jpg")), intake.Options{Folder: folder})
	if err != nil {
		t.Fatal(err)
	}
	if same := d.content(r.Story.ID).Picture; same.ID != p.ID {
		t.Errorf("the same picture is stored twice: %d and %d", p.ID, same.ID)
	}
}

func TestDates(t *testing.T) {
	d := newDesk(t)
	n := 0
	day := func(s string) standfirst.Day {
		day, err := standfirst.ParseDay(s)
		if err != nil {
			t.Fatal(err)
		}
		return day
	}
	for _, test := range []struct {
		date   string // of the front matter
		o      intake.Options
		state  standfirst.State
		first  string // first published, if it is
		origin string // original date
		note   string
	}{
		{"", intake.Options{Publish: true}, standfirst.Published, "2026-06-10T14:00:00Z", "", ""},
		{"", intake.Options{Publish: true, Date: day("2026-06-10")}, standfirst.Published, "2026-06-10T14:00:00Z", "", ""},
		{"", intake.Options{Publish: true, Date: day("2026-06-08")}, standfirst.Published, "2026-06-08T08:00:00Z", "2026-06-08T08:00:00Z", ""},
		{"", intake.Options{Date: day("2026-06-08")}, standfirst.Draft, "", "", ""},
		{"2026-06-01", intake.Options{Publish: true}, standfirst.Published, "2026-06-01T08:00:00Z", "2026-06-01T08:00:00Z", ""},
		{"2026-06-01", intake.Options{}, standfirst.Draft, "", "2026-06-01T08:00:00Z", ""},
		{"2026-06-10", intake.Options{Publish: true}, standfirst.Published, "2026-06-10T14:00:00Z", "", ""},
		{"2026-01-01 17:30", intake.Options{Publish: true, Date: day("2026-06-08")}, standfirst.Published, "2026-01-01T17:30:00Z", "2026-01-01T17:30:00Z", ""},
		{"2026-06-11T07:00:00+01:00", intake.Options{Publish: true}, standfirst.Scheduled, "", "", "goes out on Thursday, 11 June 2026 at 07:00 BST"},
		{"2026-06-11", intake.Options{Publish: true}, standfirst.Scheduled, "", "", "at 09:00 BST"},
		{"2026-06-11", intake.Options{}, standfirst.Draft, "", "", ""},
		{"2026-06-11", intake.Options{Publish: true, At: now.AddDate(0, 0, -3)}, standfirst.Published, "2026-06-07T14:00:00Z", "2026-06-07T14:00:00Z", ""},
	} {
		n++
		text := fmt.Sprintf("---\nheadline: Story %d\ndate: %s\n---\nBody %d.\n", n, test.date, n)
		r := d.filed(d.write("a.md", text), test.o)
		at := func(t time.Time) string {
			if t.IsZero() {
				return ""
			}
			return t.UTC().Format(time.RFC3339)
		}
		if r.Story.State != test.state || at(r.Story.FirstPublished) != test.first || at(r.Story.OriginalDate) != test.origin || test.note != "" && !hasNote(r, test.note) {
			t.Errorf("date %q, %+v: %s, first %s, original %s, notes %q", test.date, test.o, r.Story.State, at(r.Story.FirstPublished), at(r.Story.OriginalDate), r.Notes)
		}
		if (r.Story.State == standfirst.Scheduled) == r.ScheduledAt.IsZero() {
			t.Errorf("date %q: scheduled at %v", test.date, r.ScheduledAt)
		}
	}
}

func TestChosenSlugThatIsTaken(t *testing.T) {
	d := newDesk(t)
	d.filed(d.write("a.md", "---\nheadline: One\nslug: pier\n---\nOne.\n"), intake.Options{Publish: true})
	path := d.write("b.md", "---\nheadline: Two\nslug: pier\nsection: Shipping\n---\nTwo.\n")
	_, err := d.file(path, intake.Options{Publish: true})
	if err == nil || standfirst.KindOf(err) != standfirst.Conflict || !strings.Contains(standfirst.PublicMessage(err), path+": the slug \"pier\" is taken") {
		t.Errorf("%v", err)
	}
	if n := d.stories(); n != 1 {
		t.Errorf("%d stories", n)
	}
}

func TestRevise(t *testing.T) {
	d := newDesk(t)
	d.write("p.jpg", jpegPicture(t))
	first := d.filed(d.write("a.md", fmt.Sprintf(withPicture, "Deals", "p.jpg")), intake.Options{Publish: true})
	before := d.content(first.Story.ID)

	r, err := d.intake.Revise(d.Context(), standfirst.Command(), first.Story.ID, "b.txt", bytes.NewReader(shapes(t)["paste.txt"]))
	if err != nil {
		t.Fatal(err)
	}
	c := d.content(first.Story.ID)
	if c.Headline != "Ferrule Steel halts second furnace as power costs bite" || c.Section != "Deals" || c.Picture == nil || *c.Picture != *before.Picture {
		t.Errorf("revised by plain text: %+v", c)
	}
	if !hasNote(r, "left out") || r.Path != first.Path {
		t.Errorf("result %+v", r)
	}

	// What show prints can be filed as a revision, and changes nothing.
	text, err := intake.FormatDocument(intake.Document{Content: c, Slug: first.Story.Slug})
	if err != nil {
		t.Fatal(err)
	}
	if _, err = d.intake.Revise(d.Context(), standfirst.Command(), first.Story.ID, "c.md", bytes.NewReader(text)); err != nil {
		t.Fatal(err)
	}
	show, err := d.newsroom.Show(d.Context(), standfirst.Command(), first.Story.ID)
	if err != nil || show.WorkingCopy.Version != 2 {
		t.Errorf("version %d, %v", show.WorkingCopy.Version, err)
	}
	if _, err := d.intake.Revise(d.Context(), standfirst.Command(), first.Story.ID, "d.md", strings.NewReader("---\nheadline: x\nslug: other\n---\n")); err == nil || !strings.Contains(standfirst.PublicMessage(err), "d.md: the text is missing") {
		t.Errorf("%v", err)
	}
	r, err = d.intake.Revise(d.Context(), standfirst.Command(), first.Story.ID, "e.md", strings.NewReader("---\nheadline: Pier\nslug: other\n---\nBody.\n"))
	if err != nil || !hasNote(r, "--slug other") || d.content(first.Story.ID).Picture != nil {
		t.Errorf("%+v, %v", r, err)
	}
}
