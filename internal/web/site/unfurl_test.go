package site

import (
	"encoding/json"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/media"
	"standfirst/internal/pagecache"
	"standfirst/internal/store"
)

// TestUnfurl has a program that we did not write look at a story as networks do to whom it is
// posted: it finds title, summary and picture.
func TestUnfurl(t *testing.T) {
	missing := ""
	node, err := exec.LookPath("node")
	if err != nil {
		missing = "there is no node here; install it with: apt-get install nodejs npm"
	} else if _, err := os.Stat("../../../node_modules/open-graph-scraper"); err != nil {
		missing = "the unfurler is not installed; run: npm ci"
	}
	switch {
	case missing != "" && os.Getenv("CI") != "":
		t.Fatal(missing)
	case missing != "":
		t.Skip(missing)
	}
	h := newHouse(t)
	media.KeepCards(h.store)
	lib, err := media.Open(filepath.Join(t.TempDir(), "media"), h.store, nil)
	h.must(err)
	site, err := New(Options{Store: h.store.Reader(), Cache: pagecache.New(pagecache.Options{}), Media: lib.FS(), Clock: func() time.Time { return h.now }})
	h.must(err)
	server := httptest.NewServer(site)
	defer server.Close()
	pub := h.publication()
	pub.BaseURL = server.URL
	h.must(h.store.Update(t.Context(), func(tx *store.Tx) error {
		tx.Touch(standfirst.SiteTag)
		return tx.PutPublication(pub)
	}))
	story := h.publish(ferries())
	h.drawCards(lib)
	out, err := exec.CommandContext(t.Context(), node, "testdata/unfurl.mjs", server.URL+story.Path()).CombinedOutput()
	if err != nil {
		t.Fatalf("the unfurler: %v\n%s", err, out)
	}
	var seen struct {
		Title, Description, Site, Card, Kind, Cache string
		Status                                      int
		Image                                       struct{ URL, Width, Height, Alt string }
	}
	h.must(json.Unmarshal(out, &seen))
	if seen.Title != story.Headline || seen.Description != ferries().Standfirst || seen.Site != pub.Name || seen.Card != "summary_large_image" {
		t.Errorf("it shows %s", out)
	}
	if !strings.HasPrefix(seen.Image.URL, server.URL+"/media/") || seen.Image.Width != "1200" || seen.Image.Height != "630" || seen.Image.Alt != story.Headline {
		t.Errorf("its picture is %+v", seen.Image)
	}
	if seen.Status != 200 || seen.Kind != "image/png" || !strings.Contains(seen.Cache, "immutable") {
		t.Errorf("the picture answers %d, %s, %s", seen.Status, seen.Kind, seen.Cache)
	}
}
