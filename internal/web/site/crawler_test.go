package site

import (
	"bytes"
	"encoding/json"
	"image/png"
	"net/http"
	"strings"
	"testing"

	"standfirst"
)

// settings changes the settings of the publication.
func (h *house) settings(change func(*standfirst.Publication)) {
	h.t.Helper()
	pub := h.publication()
	change(&pub)
	h.must(h.news.UpdateSettings(h.t.Context(), standfirst.Command(), pub, ""))
}

func TestWhatCrawlersAreTold(t *testing.T) {
	h := newHouse(t)
	robots := h.document(robotsPath)
	wantContains(t, robots, "User-agent: *\n", "Sitemap: "+baseURL+"/sitemap.xml\n", "Sitemap: "+baseURL+"/sitemap-news.xml\n")
	if strings.Contains(robots, "GPTBot") {
		t.Error("training is denied by itself")
	}
	if w := get(h.site, securityPath); w.Code != http.StatusNotFound {
		t.Errorf("without a contact, %s answers %d", securityPath, w.Code)
	}
	h.settings(func(p *standfirst.Publication) {
		p.Crawlers, p.SecurityContact = standfirst.DenyTraining, "security@ledger.example"
	})
	wantContains(t, h.document(robotsPath), "User-agent: GPTBot\n", "Disallow: /\n\nUser-agent: *\n")
	wantContains(t, h.document(securityPath), "Contact: mailto:security@ledger.example\n", "Expires: 2026-09-01T00:00:00Z\n", "Canonical: "+baseURL+securityPath)
	h.now = h.now.AddDate(0, 1, 0)
	wantContains(t, h.document(securityPath), "Expires: 2026-10-01T00:00:00Z\n")
	h.settings(func(p *standfirst.Publication) { p.BaseURL, p.SecurityContact = "", "https://ledger.example/holes" })
	wantContains(t, h.document(securityPath), "Contact: https://ledger.example/holes\n")
	if strings.Contains(h.document(robotsPath), "Sitemap:") {
		t.Error("a sitemap is named that has no address")
	}
	if w := get(h.site, sitemapPath); w.Code != http.StatusNotFound {
		t.Errorf("without a base address, the index of sitemaps answers %d", w.Code)
	}
}

func TestManifestAndIcons(t *testing.T) {
	h := newHouse(t)
	var m manifest
	h.must(json.Unmarshal([]byte(h.document(manifestPath)), &m))
	if m.Name != "The Harbour Ledger" || m.ShortName != "The Harbour…" || m.Language != "en-GB" {
		t.Errorf("%+v", m)
	}
	for _, icon := range m.Icons {
		h.document(icon.Address)
	}
	for path, width := range icons {
		body := []byte(h.document(path))
		if path == "/favicon.ico" {
			body = body[22:]
		}
		picture, err := png.DecodeConfig(bytes.NewReader(body))
		if err != nil || picture.Width != width || picture.Height != width {
			t.Errorf("%s: %+v, %v", path, picture, err)
		}
	}
	if got := get(h.site, "/favicon.ico").Header().Get("Content-Type"); got != "image/x-icon" {
		t.Error(got)
	}
}

func TestKeyForIndexNow(t *testing.T) {
	h := newHouse(t)
	const key = "0123456789abcdef"
	if w := get(h.site, "/"+key+".txt"); w.Code != http.StatusNotFound {
		t.Errorf("without a key, its address answers %d", w.Code)
	}
	h.settings(func(p *standfirst.Publication) { p.IndexNowKey = key })
	if text := h.document("/" + key + ".txt"); text != key {
		t.Errorf("the key is shown as %q", text)
	}
	if w := get(h.site, "/"+key+"0.txt"); w.Code != http.StatusNotFound {
		t.Errorf("another key answers %d", w.Code)
	}
	h.settings(func(p *standfirst.Publication) { p.IndexNowKey = "" })
	if w := get(h.site, "/"+key+".txt"); w.Code != http.StatusNotFound {
		t.Errorf("a key that is gone answers %d", w.Code)
	}
}
