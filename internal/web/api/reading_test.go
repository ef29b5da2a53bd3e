package api_test

import (
	"net/http"
	"strings"
	"testing"

	"standfirst"
)

func TestReading(t *testing.T) {
	t.Parallel()
	d := newDesk(t).fill()
	number := func(id standfirst.StoryID) string { return "/api/v1/stories/" + id.String() }
	for path, want := range map[string]int{
		"/api/v1/stories": 200, "/api/v1/stories?section=deals": 200, "/api/v1/stories?author=imogen-hale": 200, "/api/v1/stories?topic=shipping": 200,
		"/api/v1/stories?company=northwind-freight": 200, "/api/v1/stories?since=2026-03-03T09:02:00Z": 200,
		"/api/v1/stories?section=deals&topic=shipping": 400, "/api/v1/stories?section=none": 404, "/api/v1/stories?limit=0": 422, "/api/v1/stories?limit=101": 422,
		"/api/v1/stories?sort=up": 422, "/api/v1/stories?cursor=nonsense": 400, "/api/v1/stories?since=yesterday": 422,
		number(d.round.ID): 200, number(d.retracted.ID): 200, number(d.taken.ID): 410, number(d.draft.ID): 404, number(d.members.ID): 200, number(99): 404, number(0): 422,
		"/api/v1/stories/at?address=" + d.round.Path(): 200, "/api/v1/stories/at?address=https://ledger.example" + d.round.Path(): 200,
		"/api/v1/stories/at?address=/2026/03/03/none": 404, "/api/v1/stories/at?address=" + d.taken.Path(): 410, "/api/v1/stories/at": 422,
		number(d.round.ID) + "/revisions": 200, number(d.round.ID) + "/revisions/1": 200, number(d.round.ID) + "/revisions/2": 404,
		number(d.retracted.ID) + "/revisions": 410, number(d.retracted.ID) + "/revisions/1": 410, number(d.taken.ID) + "/revisions": 410, number(d.draft.ID) + "/revisions": 404,
		number(d.round.ID) + "/comments": 200, number(d.members.ID) + "/comments": 404, number(d.taken.ID) + "/comments": 410, number(d.draft.ID) + "/comments": 404,
		"/api/v1/notices": 200, "/api/v1/notices?class=correction": 200, "/api/v1/notices?class=minor": 422,
		"/api/v1/entities": 200, "/api/v1/entities?kind=person": 200, "/api/v1/entities/company/halcyon-compute": 200, "/api/v1/entities/company/none": 404, "/api/v1/entities/ship/none": 422,
		"/api/v1/deals": 200, "/api/v1/deals?stage=advanced-talks": 200, "/api/v1/deals/none": 404,
		"/api/v1/claims": 200, "/api/v1/claims/1": 200, "/api/v1/claims/99": 404,
		"/api/v1/openapi.json": 200, "/api/v1/openapi.yaml": 200, "/api/v1/nothing": 404, "/api/v1/me": 401,
	} {
		a := d.get(path)
		if a.Code != want {
			t.Errorf("%s: %d, want %d: %s", path, a.Code, want, a.Body)
		}
		if want == 404 && path != "/api/v1/nothing" && a.at("detail") != "there is no such thing here that readers see" {
			t.Errorf("%s tells of what readers do not see: %s", path, a.Body)
		}
		if strings.Contains(a.Body.String(), "SECRET") {
			t.Errorf("%s tells what readers do not see: %s", path, a.Body)
		}
		if got := a.Header().Get("Access-Control-Allow-Origin"); (got == "*") != (want != 401 && path != "/api/v1/nothing") {
			t.Errorf("%s may be read by pages of %q", path, got)
		}
	}
	a := d.get(number(d.round.ID))
	if got := a.at("figures", 1, "now"); got != "$110 billion" || a.at("figures", 1, "standing") != "changed" || !strings.Contains(a.at("text").(string), "](claim:") {
		t.Errorf("the story is %s", a.Body)
	}
	if a.at("comments") != 1.0 || a.at("notices", 0, "text") != "We misheard." {
		t.Errorf("the story is %s", a.Body)
	}
	if a := d.get(number(d.retracted.ID)); a.at("retraction") != "None of it was so." || a.at("text") != nil || a.at("standfirst") != nil {
		t.Errorf("the retracted one is %s", a.Body)
	}
	a = d.get("/api/v1/claims/3")
	if a.at("versions", 0, "attributions", 0, "words") != "the company said" || a.at("versions", 1, "state") != "corrected" || a.at("versions", 1, "attributions", 0, "day") != "2026-03-03" {
		t.Errorf("the figure is %s", a.Body)
	}
	deals := d.get("/api/v1/deals")
	a = d.get("/api/v1/deals/" + deals.at("items", 0, "slug").(string))
	if a.at("parties", 0, "name") != "Northwind Freight" || a.at("parties", 0, "commitment", "held", 0, "value") != "up to $6 billion" || len(a.at("timeline").([]any)) < 3 {
		t.Errorf("the deal is %s", a.Body)
	}
	if got := d.get("/api/v1/stories?since=2026-03-03T09:03:00Z").at("items").([]any); len(got) != 2 {
		t.Errorf("%d stories since then", len(got))
	}
}

// Every list is walked to its end, one at a time, and tells what it tells at once.
func TestPaging(t *testing.T) {
	t.Parallel()
	d := newDesk(t).fill()
	for _, path := range []string{
		"/api/v1/stories", "/api/v1/stories?section=deals", "/api/v1/stories?company=northwind-freight", "/api/v1/notices", "/api/v1/entities", "/api/v1/deals", "/api/v1/claims",
		"/api/v1/stories/" + d.round.ID.String() + "/revisions", "/api/v1/stories/" + d.round.ID.String() + "/comments",
	} {
		all := d.get(path).at("items").([]any)
		sep := "?"
		if strings.Contains(path, "?") {
			sep = "&"
		}
		next, n := path+sep+"limit=1", 0
		for ; next != "" && n < 50; n++ {
			a := d.get(next)
			items, _ := a.at("items").([]any)
			if len(items) != 1 {
				t.Fatalf("%s: %d items: %s", next, len(items), a.Body)
			}
			link := a.Header().Get("Link")
			next, _ = a.at("next").(string)
			if want := "<" + next + `>; rel="next"`; next != "" && link != want || next == "" && link != "" {
				t.Errorf("the link is %q, want %q", link, want)
			}
		}
		if n != len(all) || n == 0 {
			t.Errorf("%s: %d one at a time, %d at once", path, n, len(all))
		}
	}
	cursor := d.get("/api/v1/stories?limit=1").at("next").(string)
	if a := d.get(strings.Replace(cursor, "stories", "claims", 1)); a.Code != http.StatusBadRequest {
		t.Errorf("the cursor of another list answers %d", a.Code)
	}
}

func TestEntityTags(t *testing.T) {
	t.Parallel()
	d := newDesk(t).fill()
	path := "/api/v1/stories/" + d.round.ID.String()
	tag := d.get(path).Header().Get("Etag")
	if !strings.HasPrefix(tag, `"`) {
		t.Fatalf("the tag is %q", tag)
	}
	for _, have := range []string{tag, "W/" + tag, `"other", ` + tag, "*"} {
		if a := d.get(path, "If-None-Match", have); a.Code != http.StatusNotModified || a.Body.Len() != 0 || a.Header().Get("Etag") != tag {
			t.Errorf("%s answers %d", have, a.Code)
		}
	}
	if a := d.get(path, "If-None-Match", `"other"`); a.Code != http.StatusOK {
		t.Errorf("another tag answers %d", a.Code)
	}
	_, err := d.news.Unpublish(t.Context(), standfirst.Command(), d.round.ID)
	d.must(err)
	if a := d.get(path, "If-None-Match", tag); a.Code != http.StatusGone || a.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("what was taken down answers %d", a.Code)
	}
}

func TestRateLimits(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	a := d.get("/api/v1/stories")
	if got := a.Header().Get("RateLimit-Policy"); got != `"address";q=120;w=60` {
		t.Errorf("the policy is %q", got)
	}
	if got := a.Header().Get("RateLimit"); got != `"address";r=119;t=60` {
		t.Errorf("what is left is %q", got)
	}
	for range 119 {
		a = d.get("/api/v1/stories")
	}
	if a.Code != http.StatusOK {
		t.Errorf("the last one answers %d", a.Code)
	}
	if a = d.get("/api/v1/stories"); a.Code != http.StatusTooManyRequests || a.Header().Get("Retry-After") == "" {
		t.Errorf("one too many answers %d", a.Code)
	}
	if a = d.ask(http.MethodGet, "/api/v1/stories", d.token(standfirst.Reporter, standfirst.ScopeReadDrafts), ""); a.Code != http.StatusOK {
		t.Errorf("a token answers %d", a.Code)
	}
	if a = d.ask(http.MethodOptions, "/api/v1/stories", "", "", "Origin", "https://elsewhere.example"); a.Code != http.StatusNoContent || strings.Contains(a.Header().Get("Access-Control-Allow-Headers"), "Authorization") {
		t.Errorf("a preflight answers %d, %v", a.Code, a.Header())
	}
}
