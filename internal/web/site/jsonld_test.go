package site

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/feed/feedtest"
)

// things returns what the page at the address says that it is, by type.
func (h *house) things(path string) map[string]map[string]any {
	h.t.Helper()
	a := get(h.site, path)
	blocks := a.all(`script[type="application/ld+json"]`)
	if len(blocks) != 1 {
		h.t.Fatalf("%s has %d data blocks", path, len(blocks))
	}
	byType := make(map[string]map[string]any)
	for _, thing := range feedtest.JSONLD(h.t, blocks[0].FirstChild.Data) {
		byType[thing["@type"].(string)] = thing
	}
	return byType
}

// wantThing fails the test unless the thing, as JSON, has the pieces, and has not the others.
func wantThing(t *testing.T, thing map[string]any, with []string, without ...string) {
	t.Helper()
	b, err := json.Marshal(thing)
	if err != nil {
		t.Fatal(err)
	}
	wantContains(t, string(b), with...)
	for _, piece := range without {
		if strings.Contains(string(b), piece) {
			t.Errorf("%q is in %s", piece, b)
		}
	}
}

func TestWhatSearchEnginesAreTold(t *testing.T) {
	p := newPaper(t)
	wantThing(t, p.things(p.lead.Path())["NewsArticle"], []string{
		`"jobTitle":"Senior Deals Correspondent"`, `"datePublished":"2026-03-05T14:10:00Z"`, `"dateModified":"2026-03-05T15:10:00Z"`, `"isAccessibleForFree":true`,
		`"ethicsPolicy":"` + baseURL + `/ethics"`, `"correctionsPolicy":"` + baseURL + `/ethics"`, `"image":{`,
	})
	wantThing(t, p.things(p.round.Path())["NewsArticle"], []string{
		`"maxValue":6000000000`, `"currency":"USD"`, `"@type":"MonetaryAmount"`, `"@type":"CorrectionComment"`, "we misheard", `"value":110000000000`, `"unitText":"roles"`,
	}, `120000000000`)
	wantThing(t, p.things(p.members.Path())["NewsArticle"], []string{`"isAccessibleForFree":false`}, "citation", "mentions")
	wantThing(t, p.things(p.retracted.Path())["NewsArticle"], []string{`"creativeWorkStatus":"Retracted"`, "The works have not been sold."}, "Osaka", "description")
	wantThing(t, p.things(p.lead.Path())["BreadcrumbList"], []string{`"item":"` + baseURL + `/section/deals"`})
	wantThing(t, p.things("/section/deals")["ItemList"], []string{baseURL + p.lead.Path()})
	front := p.things("/")
	wantThing(t, front["WebSite"], []string{`"name":"The Harbour Ledger"`, `"NewsMediaOrganization"`, `"correctionsPolicy"`})
	wantThing(t, front["ItemList"], []string{`"position":1`, baseURL + p.lead.Path()}, p.gone.Path())
	wantThing(t, p.things(standfirst.DayPath(p.lead.Day))["ItemList"], []string{baseURL + p.lead.Path()}, p.gone.Path())
	wantThing(t, p.things("/deal/halcyon-compute-round")["ItemList"], []string{baseURL + p.round.Path()})
	wantThing(t, p.things("/author/imogen-adeyemi")["ProfilePage"], []string{`"name":"Imogen Adeyemi"`})
	wantThing(t, p.things("/company/northwind-freight")["Organization"], []string{`"name":"Northwind Freight"`})
	if a := get(p.site, p.gone.Path()); len(a.all(`script[type="application/ld+json"]`)) != 0 {
		t.Error("what was taken down says what it was")
	}
}

// TestOneMomentOfChange holds that networks are told of the notice that came last, as search
// engines are, though the text was published before it and once only.
func TestOneMomentOfChange(t *testing.T) {
	h := newHouse(t)
	story := h.publishRound()
	h.now = h.now.Add(time.Hour)
	h.supersede(h.claimOf(story, "as much as $12 billion"), "$12 billion")
	told := h.things(story.Path())["NewsArticle"]["dateModified"]
	if want := h.now.UTC().Format(time.RFC3339); told != want {
		t.Errorf("search engines are told %v, want %s", told, want)
	}
	if shared := get(h.site, story.Path()).all(`meta[property="article:modified_time"]`); len(shared) != 1 || attrOf(shared[0], "content") != told {
		t.Errorf("networks are told %v, not %v", shared, told)
	}
}

func TestNothingEndsADataBlock(t *testing.T) {
	h := newHouse(t)
	story := h.publish(standfirst.Content{Headline: `A </script><script>alert(1)</script> & <!-- "quoted"`, Body: "Text."})
	if got := h.things(story.Path())["NewsArticle"]["headline"]; got != `A </script><script>alert(1)</script> & <!-- "quoted"` {
		t.Error(got)
	}
}
