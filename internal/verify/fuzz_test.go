package verify

import (
	"testing"

	"standfirst/internal/record"
)

// Whatever a site answers, reading it ends, and no page is taken for one that it is not.
func FuzzPage(f *testing.F) {
	f.Add(`<p class="nameplate">A</p><article class="story"><h1>One</h1><div class="body"><p>Two <span class="now">now $3</span></p></div><a type="application/json" href="/a/version/1.json">Version 1 and its fingerprints</a></article>`, "One", "Two")
	f.Add(`<article><h1>One`, "", "")
	f.Fuzz(func(t *testing.T, html, headline, body string) {
		p, err := parsePage([]byte(html))
		if err != nil {
			return
		}
		c := &check{report: func(Step) {}}
		s := &story{check: c, path: "/a", page: p, data: record.Published{Version: 1}}
		s.data.Parts = []record.PartInPlace{{Name: "headline", Text: headline}, {Name: "block.1", Text: body}}
		s.words()
	})
}
