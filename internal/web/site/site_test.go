package site

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"

	"standfirst"
	"standfirst/internal/pagecache"
	"standfirst/internal/store"
)

func TestCorrectionShowsOnTheNextRead(t *testing.T) {
	p := newPaper(t)
	path := p.lead.Path()
	if !strings.Contains(get(p.site, path).text, "about $96 billion") {
		t.Fatal("the story does not show its figure")
	}
	other := "/section/economy"
	get(p.site, other)
	before := p.cache.Stats()
	p.update(p.lead.ID, func(c *standfirst.Content) {
		c.Body = strings.ReplaceAll(c.Body, "about $96 billion", "about $90 billion")
	})
	if text := get(p.site, path).text; !strings.Contains(text, "about $90 billion") || strings.Contains(text, "about $96 billion") {
		t.Error("the read after the correction does not show it")
	}
	get(p.site, other)
	if after := p.cache.Stats(); after.Misses != before.Misses+1 {
		t.Errorf("%d pages were rendered again, want the corrected one alone", after.Misses-before.Misses)
	}
}

// TestChangesDropWhatShowsThem holds that each page that shows a story is rendered
// again when the story changes, and that the others stay.
func TestChangesDropWhatShowsThem(t *testing.T) {
	p := newPaper(t)
	shows := []string{"/", "/archive", "/2026/03/05/", "/section/deals", "/topic/freight", "/author/imogen-adeyemi", p.lead.Path(),
		"/2026/03/04/halcyon-books-out-its-antwerp-halls-for-three-years"} // as a related story
	stay := []string{"/section/economy", "/topic/robots", "/about", p.bare.Path()}
	for _, path := range append(shows, stay...) {
		if a := get(p.site, path); a.Code != http.StatusOK {
			t.Fatalf("%s: %d", path, a.Code)
		}
	}
	p.update(p.lead.ID, func(c *standfirst.Content) { c.Headline = "Northwind walks away" })
	misses := func(path string) int64 {
		before := p.cache.Stats().Misses
		get(p.site, path)
		return p.cache.Stats().Misses - before
	}
	for _, path := range shows {
		if !strings.Contains(get(p.site, path).text, "Northwind walks away") {
			t.Errorf("%s shows the old headline", path)
		}
	}
	for _, path := range stay {
		if misses(path) != 0 {
			t.Errorf("%s was dropped although it does not show the story", path)
		}
	}
	pub := standfirst.Publication{}
	p.must(p.store.Update(t.Context(), func(tx *store.Tx) (err error) {
		if pub, err = tx.Publication(); err != nil {
			return err
		}
		pub.Name = "The Dock Gazette"
		tx.Touch(standfirst.SiteTag)
		return tx.PutPublication(pub)
	}))
	for _, path := range append(shows, stay...) {
		if !strings.Contains(get(p.site, path).text, "The Dock Gazette") {
			t.Errorf("%s shows the old name", path)
		}
	}
}

func TestQueriesMakeNoPages(t *testing.T) {
	p := newPaper(t)
	get(p.site, "/")
	before := p.cache.Stats()
	for i := range 50 {
		get(p.site, fmt.Sprintf("/?utm_source=%d&fbclid=x", i))
		get(p.site, fmt.Sprintf("/?q=%d", i))
	}
	get(p.site, "/nonsense")
	get(p.site, "/archive?before=17.4")
	if after := p.cache.Stats(); after.Pages != before.Pages {
		t.Errorf("made-up addresses made %d pages", after.Pages-before.Pages)
	}
}

func TestOldAddresses(t *testing.T) {
	p := newPaper(t)
	p.must(p.store.Update(t.Context(), func(tx *store.Tx) error {
		for _, old := range []standfirst.OldAddress{
			{Path: "/?p=17", Target: p.lead.Path()},
			{Path: "/?p=18"},
			{Path: "/wp/News/Item.ASPX", Target: "/archive"},
			{Path: "/section/shipping", Target: "/section/economy"},
			{Path: "/feed/", Target: ""},
		} {
			if err := tx.PutOldAddress(old); err != nil {
				return err
			}
		}
		return nil
	}))
	for path, want := range map[string]string{
		"/?p=17": p.lead.Path(), "/?p=17&utm_source=mail": p.lead.Path(), "/wp/News/Item.ASPX": "/archive",
		"/section/shipping": "/section/economy", "/wp/News/Item.ASPX?x=1": "/archive",
	} {
		if a := get(p.site, path); a.Code != http.StatusMovedPermanently || a.Header().Get("Location") != want {
			t.Errorf("%s: %d to %q, want %q", path, a.Code, a.Header().Get("Location"), want)
		}
	}
	for path, want := range map[string]int{"/?p=18": 410, "/?p=19": 200, "/feed/": 410} {
		if a := get(p.site, path); a.Code != want {
			t.Errorf("%s: %d, want %d", path, a.Code, want)
		}
	}
}

func TestListsTurnByKey(t *testing.T) {
	h := newHouse(t)
	const stories = archiveLength + 5
	for i := range stories {
		h.publish(standfirst.Content{Headline: fmt.Sprintf("Story %d", i), Body: "Text.", Section: "Markets"})
	}
	for path, length := range map[string]int{"/archive": archiveLength, "/section/markets": listLength} {
		seen := make(map[string]bool)
		pages := 0
		for at := path; at != ""; pages++ {
			a := get(h.site, at)
			if a.Code != http.StatusOK {
				t.Fatalf("%s: %d", at, a.Code)
			}
			for _, link := range a.all(".row .headline a") {
				if href := attrOf(link, "href"); seen[href] {
					t.Errorf("%s shows %s again", at, href)
				} else {
					seen[href] = true
				}
			}
			if canonical := attrOf(a.all("link[rel=canonical]")[0], "href"); canonical != baseURL+at {
				t.Errorf("%s says that it is %s", at, canonical)
			}
			at = ""
			if next := a.all("a[rel=next]"); len(next) > 0 {
				at = attrOf(next[0], "href")
			}
		}
		if len(seen) != stories || pages != (stories+length-1)/length {
			t.Errorf("%s: %d stories on %d pages", path, len(seen), pages)
		}
	}
}

// TestStoreAway holds that a failing store is answered with a page of the
// publication as it was last seen.
func TestStoreAway(t *testing.T) {
	p := newPaper(t)
	if a := get(p.site, "/"); a.Code != http.StatusOK {
		t.Fatal(a.Code)
	}
	p.site.cache = pagecache.New(pagecache.Options{MaxBytes: 1 << 20, RenderLimit: 50 * time.Millisecond})
	p.must(p.store.Close())
	a := get(p.site, "/archive")
	if a.Code < 500 || textOf(a.all(".nameplate")[0]) != "The Harbour Ledger" || len(a.all(".masthead > nav li")) != 8 {
		t.Errorf("a store that is away is answered with %d:\n%s", a.Code, a.text)
	}
	if a.Header().Get("X-Request-Id") == "" || !strings.Contains(a.text, a.Header().Get("X-Request-Id")) {
		t.Error("the page does not tell the number under which the log has the cause")
	}
}

// TestHostIsNotBelieved holds that no page repeats the host that a request names.
func TestHostIsNotBelieved(t *testing.T) {
	p := newPaper(t)
	for _, path := range []string{"/", p.lead.Path(), "/nonsense", "/section/deals/"} {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Host = "evil.example"
		r.Header.Set("X-Forwarded-Host", "evil.example")
		a := send(p.site, r)
		if strings.Contains(a.text, "evil") || strings.Contains(a.Header().Get("Location"), "evil") {
			t.Errorf("%s repeats the host of the request", path)
		}
	}
}

func TestWithoutBaseURL(t *testing.T) {
	p := newPaper(t)
	p.must(p.store.Update(t.Context(), func(tx *store.Tx) error {
		pub, err := tx.Publication()
		if err != nil {
			return err
		}
		pub.BaseURL = ""
		return tx.PutPublication(pub)
	}))
	a := get(p.site, p.lead.Path())
	if got := attrOf(a.all("link[rel=canonical]")[0], "href"); got != p.lead.Path() {
		t.Errorf("canonical is %q", got)
	}
	if n := len(a.all("#share")) + len(a.all(`meta[property="og:url"]`)) + len(a.all(`meta[property="og:image"]`)); n != 0 {
		t.Errorf("%d parts name an address that is not known", n)
	}
	p.site.here = "http://127.0.0.1:8080"
	p.cache.Clear()
	a = get(p.site, p.lead.Path())
	if len(a.all("#share li")) == 0 || attrOf(a.all("link[rel=canonical]")[0], "href") != p.lead.Path() {
		t.Error("the address that the process listens on is not shared, or is told to search engines")
	}
	if source := textOf(a.all(".source")[0]); !strings.HasSuffix(source, " http://127.0.0.1:8080"+p.lead.Path()) {
		t.Errorf("the line for print is %q", source)
	}
	p.site.baseURL = "http://127.0.0.1:8080"
	p.cache.Clear()
	if got := attrOf(get(p.site, p.lead.Path()).all("link[rel=canonical]")[0], "href"); got != "http://127.0.0.1:8080"+p.lead.Path() {
		t.Errorf("canonical is %q", got)
	}
}

// TestSharedLink holds that a story is announced as its editors chose, where they did.
func TestSharedLink(t *testing.T) {
	h := newHouse(t)
	chosen := h.picture("quay", 480, 960)
	c := standfirst.Content{Headline: "Northwind in talks about a pier", Body: "The talks go on."}
	plain := h.publish(c).Path()
	c.Headline, c.Social = "Northwind buys the pier", standfirst.Social{Title: "The pier is sold", Picture: chosen, Alt: "A pier at low tide."}
	set := h.publish(c)
	told := func(path, property string) string {
		t.Helper()
		found := get(h.site, path).all(`meta[property="og:` + property + `"]`)
		if len(found) == 0 {
			return ""
		}
		return attrOf(found[0], "content")
	}
	for _, want := range [][3]string{
		{plain, "title", "Northwind in talks about a pier"}, {plain, "image", ""},
		{set.Path(), "title", "The pier is sold"}, {set.Path(), "image:alt", "A pier at low tide."}, {set.Path(), "image:width", "960"},
	} {
		if got := told(want[0], want[1]); got != want[2] {
			t.Errorf("og:%s of %s is %q, want %q", want[1], want[0], got, want[2])
		}
	}
	if !strings.Contains(get(h.site, set.Path()).text, "Northwind buys the pier") {
		t.Error("the page has not its own headline")
	}
	h.edit(set.ID, standfirst.Change{Class: standfirst.Minor}, func(c *standfirst.Content) { c.Social.Title = "Sold: the pier" })
	if got := told(set.Path(), "title"); got != "Sold: the pier" {
		t.Errorf("after an edit the title is %q", got)
	}
	page := get(h.site, set.Path()+"/compare?from=1&to=2").text
	for _, words := range []string{"Shared links", "Sold:"} {
		if !strings.Contains(page, words) {
			t.Errorf("the comparison does not say %q", words)
		}
	}
}

// TestWeight holds what a reader loads for a story and for the front page.
func TestWeight(t *testing.T) {
	p := newPaper(t)
	css := compressed(t, p.site, assetPath(t, p.site, "site.css"))
	font := len(get(p.site, assetPath(t, p.site, "fonts/newsreader-latin-wght-normal.woff2")).text)
	scripts := 0
	for _, name := range []string{"js/figures.js", "js/share.js", "js/talk.js"} {
		n := compressed(t, p.site, assetPath(t, p.site, name))
		t.Logf("%s: %d bytes in Brotli", name, n)
		scripts += n
	}
	if scripts > 8_000 {
		t.Errorf("the scripts of a story have %d bytes in Brotli", scripts)
	}
	for _, path := range []string{"/", p.lead.Path()} {
		page := compressed(t, p.site, path)
		t.Logf("%s: HTML %d, CSS %d, together %d bytes in Brotli; with the roman font %d", path, page, css, page+css, page+css+font)
		if page+css > 30_000 || page+css+font > 100_000 {
			t.Errorf("%s is too heavy", path)
		}
	}
}

func assetPath(t testing.TB, s *Site, name string) string {
	t.Helper()
	path, err := s.ui.Assets.Path(name)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// compressed returns how many bytes the answer has in Brotli, after a check that
// it is the same text as without.
func compressed(t testing.TB, s *Site, path string) int {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Accept-Encoding", "br")
	a := send(s, r)
	if a.Header().Get("Content-Encoding") != "br" {
		t.Fatalf("%s came in %q", path, a.Header().Get("Content-Encoding"))
	}
	plain, err := io.ReadAll(brotli.NewReader(bytes.NewReader(a.Body.Bytes())))
	if err != nil || string(plain) != get(s, path).text {
		t.Fatalf("%s: the compressed form says something else: %v", path, err)
	}
	return len(a.text)
}

func TestAssetsAreKept(t *testing.T) {
	p := newPaper(t)
	for _, asset := range p.site.ui.Assets.All() {
		a := get(p.site, asset.Path)
		if a.Code != http.StatusOK || a.Header().Get("Cache-Control") != immutable || a.Header().Get("Content-Type") != asset.ContentType || a.Header().Get("Etag") == "" {
			t.Errorf("%s: %d %v", asset.Path, a.Code, a.Header())
		}
		r := httptest.NewRequest(http.MethodGet, asset.Path, nil)
		r.Header.Set("If-None-Match", a.Header().Get("Etag"))
		if again := send(p.site, r); again.Code != http.StatusNotModified {
			t.Errorf("%s asked for again: %d", asset.Path, again.Code)
		}
	}
}

func TestZoneNames(t *testing.T) {
	at := time.Date(2026, time.July, 5, 12, 0, 0, 0, time.UTC)
	for zone, want := range map[string]string{
		"Europe/London": "5 Jul 2026, 13:00 BST", "America/New_York": "5 Jul 2026, 08:00 EDT", "UTC": "5 Jul 2026, 12:00 UTC",
		"Asia/Dubai": "5 Jul 2026, 16:00 UTC+4", "Asia/Kathmandu": "5 Jul 2026, 17:45 UTC+5:45", "America/Sao_Paulo": "5 Jul 2026, 09:00 UTC-3",
	} {
		loc, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := withZone(at, loc, layoutFull); got.Text != want || !strings.HasPrefix(got.ISO, "2026-07-05T") {
			t.Errorf("%s: %+v, want %s", zone, got, want)
		}
	}
}

func FuzzResolve(f *testing.F) {
	for _, seed := range []string{"/", "/section/deals", "/2026/03/05/", "/2026/03/05/x", "/2026/02/30/", "//", "/a/../b", "", "/section/", "/2026/03/05", "/\x00"} {
		f.Add(seed)
	}
	k := newKinds(nil)
	f.Fuzz(func(t *testing.T, path string) {
		at := k.resolve(path)
		if at.kind == nil {
			t.Fatalf("%q resolves to no kind", path)
		}
		if at.redirect == nil {
			return
		}
		if !strings.HasPrefix(at.redirect.target, "/") || strings.HasPrefix(at.redirect.target, "//") {
			t.Errorf("%q redirects to %q, which may be another host", path, at.redirect.target)
		}
		if next := k.resolve(at.redirect.target); next.redirect != nil || next.kind == &k.unknown {
			t.Errorf("%q redirects to %q, which is no page", path, at.redirect.target)
		}
	})
}

func FuzzMediaName(f *testing.F) {
	for _, seed := range []string{"aa/hall-480.jpg", "../x.jpg", "/etc/passwd", "a/../b.png", "a//b.jpg", ".jpg", "a/.jpg"} {
		f.Add(seed)
	}
	folder := f.TempDir()
	f.Fuzz(func(t *testing.T, name string) {
		if !isMediaName(name) {
			return
		}
		if strings.Contains(name, "..") || strings.HasPrefix(name, "/") || strings.Contains(name, "\\") {
			t.Errorf("%q is taken for a name", name)
		}
		if file, err := os.DirFS(folder).Open(name); err == nil {
			_ = file.Close()
			t.Errorf("%q is a file in an empty folder", name)
		}
	})
}
