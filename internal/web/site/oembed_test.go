package site

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/url"
	"testing"

	"standfirst/internal/feed"
)

func TestOEmbed(t *testing.T) {
	p := newPaper(t)
	page := get(p.site, p.lead.Path())
	discovery := attrOf(page.all(`link[type="application/json+oembed"]`)[0], "href")
	var e, x feed.Embed
	p.must(json.Unmarshal([]byte(p.document(discovery)), &e))
	if e.Version != "1.0" || e.Type != "link" || e.Title == "" || e.Author != "Imogen Adeyemi, Piet Verhaegen" || e.Provider != "The Harbour Ledger" || e.ThumbWidth == 0 {
		t.Errorf("%+v", e)
	}
	p.must(xml.Unmarshal([]byte(p.document(discovery+"&format=xml")), &x))
	if x.Title != e.Title || x.Thumb != e.Thumb {
		t.Errorf("%+v", x)
	}
	wantContains(t, p.document(embedAddress(baseURL+p.retracted.Path()+"?utm_source=x")), `"title":"Retracted`)
	for address, code := range map[string]int{
		embedAddress(baseURL + p.gone.Path()):                        http.StatusGone,
		embedAddress("https://other.example" + p.lead.Path()):        http.StatusNotFound,
		embedAddress(baseURL + "/about"):                             http.StatusNotFound,
		embedAddress(baseURL+p.lead.Path()) + "&format=yaml":         http.StatusNotFound,
		embedPath + "?url=%zz":                                       http.StatusNotFound,
		embedPath + "?url=" + url.QueryEscape("javascript:alert(1)"): http.StatusNotFound,
		embedPath: http.StatusNotFound,
	} {
		if w := get(p.site, address); w.Code != code {
			t.Errorf("%s answers %d", address, w.Code)
		}
	}
}
