package site

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/newsroom"
)

// A preview shows the working copy as it would stand, with figures that are not released,
// to whoever has the address, and to nobody once it is over.
func TestPreview(t *testing.T) {
	h := newHouse(t)
	draft := h.draft(standfirst.Content{
		Headline: "Northwind in talks", Standfirst: "A round is near.", Body: roundBody, Section: "Deals",
		Bylines: []standfirst.Byline{{Name: "Imogen Adeyemi"}},
	}, func(d *newsroom.Draft) {
		d.Figures, d.Day = roundProposals(t), standfirst.DayOf(h.now, time.UTC)
	})
	token, preview, err := h.news.SharePreview(t.Context(), standfirst.Command(), draft.ID, 0)
	h.must(err)
	path := standfirst.PreviewPath(token)
	a := get(h.site, path)
	for _, want := range []string{
		"This is a preview", "<h1>Northwind in talks</h1>", "A round is near.", "up to $6 billion", `href="#sources"`, "sourced figures",
		`<meta name="robots" content="noindex">`,
	} {
		if !strings.Contains(a.text, want) {
			t.Errorf("the preview has no %s", want)
		}
	}
	for _, not := range []string{token, `rel="canonical"`, "<form", "data-live", "data-share", "js/share", "js/talk"} {
		if strings.Contains(a.text, not) {
			t.Errorf("the preview has %s", not)
		}
	}
	for name, want := range map[string]string{"Cache-Control": "no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"} {
		if got := a.Header().Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}

	// The next look shows what was saved since: nothing of it is kept.
	work := h.working(draft.ID)
	work.Content.Headline = "Northwind walks away"
	_, err = h.news.Save(t.Context(), standfirst.Command(), draft.ID, work.Version, work.Content)
	h.must(err)
	if got := get(h.site, path).text; !strings.Contains(got, "Northwind walks away") {
		t.Error("the preview shows an older text")
	}
	for _, wrong := range []string{"/preview/", path + "x", "/preview/" + newsroom.PreviewDigest(token), "/preview/" + strings.Repeat("x", 200)} {
		if code := get(h.site, wrong).Code; code != http.StatusNotFound {
			t.Errorf("%s answers %d", wrong, code)
		}
	}
	post := httptest.NewRecorder()
	h.site.ServeHTTP(post, httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, nil))
	if post.Code != http.StatusMethodNotAllowed {
		t.Errorf("a form is answered %d", post.Code)
	}
	h.must(h.news.RevokePreview(t.Context(), standfirst.Command(), draft.ID, preview.ID))
	if code := get(h.site, path).Code; code != http.StatusNotFound {
		t.Errorf("after it was taken back: %d", code)
	}
	short, _, err := h.news.SharePreview(t.Context(), standfirst.Command(), draft.ID, time.Hour)
	h.must(err)
	h.now = h.now.Add(time.Hour)
	if code := get(h.site, standfirst.PreviewPath(short)).Code; code != http.StatusNotFound {
		t.Errorf("after its time: %d", code)
	}
}
