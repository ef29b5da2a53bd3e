package api_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

const filing = `{"headline":"Northwind buys a pier","section":"Deals","authors":[{"name":"Imogen Hale"}],"text":"Northwind Freight is in talks to put up to $6 billion into Halcyon Compute, two people briefed on the talks said."}`

func TestStoryFromDraftToCorrection(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	token := d.token(standfirst.Editor, standfirst.ScopeFileStories, standfirst.ScopePublish, standfirst.ScopeRecordFigures, standfirst.ScopeSupersedeFigures)
	ask := func(want int, method, path, body string, header ...string) reply {
		t.Helper()
		a := d.ask(method, path, token, body, header...)
		if a.Code != want {
			t.Fatalf("%s %s: %d, want %d: %s", method, path, a.Code, want, a.Body)
		}
		return a
	}
	filed := ask(201, "POST", "/api/v1/stories", filing)
	path, first := filed.Header().Get("Location"), filed.Header().Get("Etag")
	read := ask(200, "GET", path, "")
	if got := read.Header().Get("Etag"); !strings.HasPrefix(got, strings.TrimSuffix(first, `"`)+".") || read.at("state") != "draft" || read.at("content", "headline") != "Northwind buys a pier" {
		t.Errorf("the draft is %q: %s", got, read.Body)
	}
	ask(422, "PUT", path, filing) // no If-Match
	ask(412, "PUT", path, filing, "If-Match", `"99"`)
	ask(412, "PUT", path, filing, "If-Match", `W/"`+strings.Trim(first, `"`)+`"`)
	revised := ask(200, "PUT", path, strings.Replace(filing, "a pier", "two piers", 1), "If-Match", read.Header().Get("Etag"))
	ask(412, "PUT", path, filing, "If-Match", first)
	ask(200, "PUT", path, strings.Replace(filing, "a pier", "two piers", 1), "If-Match", "*")
	if revised.at("content", "headline") != "Northwind buys two piers" {
		t.Errorf("the draft is %s", revised.Body)
	}

	proposals := ask(200, "GET", path+"/proposals", "")
	if len(proposals.at("items").([]any)) != 1 || proposals.at("items", 0, "words") != "up to $6 billion" {
		t.Fatalf("the copy desk reads %s", proposals.Body)
	}
	ask(409, "POST", path+"/claims", `{"words":"$7 billion"}`, "If-Match", "*")
	ask(400, "POST", path+"/claims", `{"words":"up to $6 billion","value":"much"}`, "If-Match", "*")
	accepted := ask(201, "POST", path+"/claims", `{"words":"up to $6 billion"}`, "If-Match", revised.Header().Get("Etag"))
	claim := accepted.Header().Get("Location")
	ask(404, "GET", claim, "") // readers do not see it yet
	ask(412, "POST", path+"/publish", `{}`, "If-Match", first)
	ask(409, "POST", path+"/publish", `{}`, "If-Match", accepted.Header().Get("Etag")) // nobody stands for the source
	_, err := d.news.ApproveSources(t.Context(), standfirst.Command(), standfirst.StoryID(filed.at("id").(float64)))
	d.must(err)
	live := ask(200, "POST", path+"/publish", `{}`, "If-Match", accepted.Header().Get("Etag"))
	if live.at("state") != "published" || live.at("pending") != false || !strings.HasPrefix(live.at("url").(string), base) {
		t.Errorf("it is %s", live.Body)
	}
	ask(200, "GET", claim, "")
	ask(400, "POST", claim+"/versions", `{"value":"dear","because":"corrected"}`)
	ask(404, "POST", claim+"/versions", `{"value":"up to $7 billion","because":"corrected","replaces":9}`)
	ask(404, "POST", "/api/v1/claims/99/versions", `{"value":"up to $7 billion","because":"corrected"}`)
	superseded := ask(201, "POST", claim+"/versions", `{"value":"up to $7 billion","because":"corrected","note":"We misheard.","source":"the company said","replaces":1}`)
	if superseded.at("version") != 2.0 || superseded.at("stories", 0) != filed.at("id") || superseded.at("notice") == nil {
		t.Errorf("it made %s", superseded.Body)
	}
	story := ask(200, "GET", strings.Replace(path, "drafts", "stories", 1), "")
	if story.at("figures", 0, "now") != "up to $7 billion" || story.at("notices", 0, "class") != "correction" {
		t.Errorf("readers see %s", story.Body)
	}
	ask(200, "PUT", path, strings.Replace(filing, "a pier", "three piers", 1), "If-Match", "*")
	ask(400, "POST", path+"/publish", `{}`, "If-Match", "*") // nobody says why
	ask(404, "GET", "/api/v1/drafts/99", "")
	ask(415, "POST", "/api/v1/stories", filing, "Content-Type", "text/plain")
	ask(422, "POST", "/api/v1/stories", `{"headline":"x","sort":"y"}`)
	if a := ask(422, "POST", "/api/v1/stories", `{"headline":""}`); a.at("errors", 0, "location") != "body.headline" {
		t.Errorf("the problem is %s", a.Body)
	}
	if a := ask(201, "POST", "/api/v1/stories", strings.Replace(filing, `"section"`, `"publish":true,"section"`, 1)); a.at("state") != "published" {
		t.Errorf("it is %s", a.Body)
	}
	if a := d.ask("POST", "/api/v1/stories", token, `{"headline":"`+strings.Repeat("x", 5<<20)+`"}`); a.Code != 413 {
		t.Errorf("too much answers %d", a.Code)
	}
}

func TestModeration(t *testing.T) {
	t.Parallel()
	d := newDesk(t).fill()
	held, err := d.talk.Post(t.Context(), discuss.Posting{Story: d.round.ID, Name: "Anders", Email: "anders@reader.example", Text: "When will it close?", Address: "192.0.2.9"})
	d.must(err)
	token := d.token(standfirst.Moderator, standfirst.ScopeModerate)
	queue := d.ask("GET", "/api/v1/comments/queue", token, "")
	if queue.at("items", 0, "text") != "When will it close?" || strings.Contains(queue.Body.String(), "reader.example") {
		t.Fatalf("the queue is %s", queue.Body)
	}
	path := "/api/v1/comments/" + held.Comment.ID.String() + "/decision"
	for _, c := range []struct {
		body string
		want int
	}{
		{`{"state":"rejected"}`, 400}, {`{"state":"held"}`, 422}, {`{"state":"rejected","reason":"dull"}`, 422},
		{`{"state":"rejected","reason":"off-topic","note":"Not here."}`, 200}, {`{"state":"spam"}`, 200}, {`{"state":"approved"}`, 200},
	} {
		if a := d.ask("POST", path, token, c.body); a.Code != c.want {
			t.Errorf("%s: %d: %s", c.body, a.Code, a.Body)
		}
	}
	if a := d.ask("POST", "/api/v1/comments/99/decision", token, `{"state":"approved"}`); a.Code != 404 {
		t.Errorf("no comment: %d", a.Code)
	}
	if got := d.get("/api/v1/stories/" + d.round.ID.String() + "/comments").at("items").([]any); len(got) != 2 {
		t.Errorf("readers see %d", len(got))
	}
}

func TestOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	token := d.token(standfirst.Editor, standfirst.ScopeFileStories, standfirst.ScopePublish)
	file := func(body, key string) reply {
		return d.ask("POST", "/api/v1/stories", token, body, "Idempotency-Key", key)
	}
	first := file(filing, "one")
	again := file(filing, "one")
	if first.Code != 201 || again.Code != 201 || first.Body.String() != again.Body.String() || again.Header().Get("Location") != first.Header().Get("Location") || again.Header().Get("Etag") != first.Header().Get("Etag") {
		t.Errorf("asked again: %d %s, %d %s", first.Code, first.Body, again.Code, again.Body)
	}
	if a := file(strings.Replace(filing, "pier", "quay", 1), "one"); a.Code != 422 {
		t.Errorf("something else under the key: %d", a.Code)
	}
	if a := file(filing, "two"); a.Code != 201 || a.at("id") == first.at("id") {
		t.Errorf("another key: %d", a.Code)
	}
	if a := file(`{"headline":"x","slug":"No slug"}`, "three"); a.Code != 400 {
		t.Errorf("a refusal: %d", a.Code)
	}
	if a := file(filing, "three"); a.Code != 201 { // nothing was done under it
		t.Errorf("after a refusal: %d: %s", a.Code, a.Body)
	}
	if a := file(filing, strings.Repeat("k", 256)); a.Code != 400 {
		t.Errorf("a long key: %d", a.Code)
	}
	other := d.token(standfirst.Reporter, standfirst.ScopeFileStories)
	if a := d.ask("POST", "/api/v1/stories", other, filing, "Idempotency-Key", "one"); a.Code != 201 || a.at("id") == first.at("id") {
		t.Errorf("the key of another: %d", a.Code)
	}
	d.now = d.now.AddDate(0, 0, 2)
	d.must(d.accounts.PruneJob(t.Context(), standfirst.Job{}))
	if a := file(filing, "one"); a.Code == 422 { // the key is free again
		t.Errorf("after a day: %d", a.Code)
	}
}

// TestOnceThoughNobodyWaits holds that what a program asked for with a key, and then hung up on
// while it was stored, is answered when it asks again.
func TestOnceThoughNobodyWaits(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	token := d.token(standfirst.Editor, standfirst.ScopeFileStories, standfirst.ScopePublish)
	publish := strings.Replace(filing, `"section"`, `"publish":true,"section"`, 1)
	type hangUp struct{}
	ctx, cancel := context.WithCancel(t.Context())
	d.store.BeforeCommit(hangUp{}, func(*store.Tx, store.Changes) error {
		cancel()
		return nil
	})
	first := d.askWithin(ctx, "POST", "/api/v1/stories", token, publish, "Idempotency-Key", "out")
	if ctx.Err() == nil {
		t.Fatalf("nothing was filed: %d: %s", first.Code, first.Body)
	}
	if again := d.ask("POST", "/api/v1/stories", token, publish, "Idempotency-Key", "out"); again.Code != 201 || again.at("state") != "published" {
		t.Errorf("asked again: %d: %s", again.Code, again.Body)
	}
	var filed []standfirst.Story
	d.must(d.store.View(t.Context(), func(tx *store.ReadTx) (err error) {
		filed, err = tx.Stories(store.StoryFilter{Kind: standfirst.KindStory}, 0, 20)
		return err
	}))
	filed = slices.DeleteFunc(filed, func(s standfirst.Story) bool { return s.Headline != "Northwind buys a pier" })
	if len(filed) != 1 {
		t.Errorf("it was filed %d times", len(filed))
	}
}

// operations are what each route needs, with a request that would do it.
var operations = []struct {
	route, body string
	permission  standfirst.Permission // of the token's owner and of a scope; empty for any token
	also        standfirst.Permission // needed besides
	public      bool
}{
	{route: "GET /api/v1/stories", public: true},
	{route: "GET /api/v1/stories/at", public: true},
	{route: "GET /api/v1/stories/{id}", public: true},
	{route: "GET /api/v1/stories/{id}/revisions", public: true},
	{route: "GET /api/v1/stories/{id}/revisions/{number}", public: true},
	{route: "GET /api/v1/stories/{id}/comments", public: true},
	{route: "GET /api/v1/notices", public: true},
	{route: "GET /api/v1/entities", public: true},
	{route: "GET /api/v1/entities/{kind}/{slug}", public: true},
	{route: "GET /api/v1/deals", public: true},
	{route: "GET /api/v1/deals/{slug}", public: true},
	{route: "GET /api/v1/claims", public: true},
	{route: "GET /api/v1/claims/{id}", public: true},
	{route: "GET /api/v1/me"},
	{route: "POST /api/v1/stories", body: filing, permission: standfirst.WriteStory},
	{route: "GET /api/v1/drafts/{id}", permission: standfirst.ReadDraft},
	{route: "PUT /api/v1/drafts/{id}", body: filing, permission: standfirst.WriteStory},
	{route: "POST /api/v1/drafts/{id}/publish", body: `{}`, permission: standfirst.PublishStory},
	{route: "GET /api/v1/drafts/{id}/proposals", permission: standfirst.ReadDraft},
	{route: "POST /api/v1/drafts/{id}/claims", body: `{"words":"up to $6 billion"}`, permission: standfirst.RecordClaim, also: standfirst.WriteStory},
	{route: "POST /api/v1/claims/{id}/versions", body: `{"value":"4,300 roles","because":"corrected"}`, permission: standfirst.SupersedeClaim},
	{route: "GET /api/v1/comments/queue", permission: standfirst.ModerateComments},
	{route: "POST /api/v1/comments/{id}/decision", body: `{"state":"approved"}`, permission: standfirst.ModerateComments},
}

// Every operation is refused to whoever lacks a permission, by role or by scope, and to nobody
// else. What a role does not have, no scope gives.
func TestPermissions(t *testing.T) {
	t.Parallel()
	d := newDesk(t).fill()
	var routes []string
	for _, o := range operations {
		routes = append(routes, o.route)
	}
	slices.Sort(routes)
	if got := d.api.Routes(); !slices.Equal(got, routes) {
		t.Fatalf("the API has %q, and the table %q", got, routes)
	}
	sets := [][]standfirst.Scope{standfirst.ScopesFor(standfirst.Administrator).List()}
	for _, s := range sets[0] {
		sets = append(sets, []standfirst.Scope{s})
	}
	sets = append(sets, []standfirst.Scope{standfirst.ScopeFileStories, standfirst.ScopeRecordFigures})
	for _, role := range []standfirst.Role{standfirst.Contributor, standfirst.Moderator, standfirst.Reporter, standfirst.Editor, standfirst.Administrator} {
		for _, scopes := range sets {
			token := d.token(role, scopes...)
			who := d.actor(token)
			for _, o := range operations {
				// Each writes on a story of its own, by the same person.
				story := d.draft
				if who.Role.Can(standfirst.WriteStory) && strings.Contains(o.route, "drafts") {
					owner := who
					owner.Scopes, _ = standfirst.ScopesOf(standfirst.ScopeFileStories)
					var err error
					story, err = d.news.Create(t.Context(), owner, newsroom.Draft{Content: standfirst.Content{
						Headline: "Northwind buys a pier", Section: "Deals", Bylines: []standfirst.Byline{{Name: "Imogen Hale"}},
						Body: "Northwind Freight is in talks to put up to $6 billion into Halcyon Compute, two people briefed on the talks said.",
					}})
					d.must(err)
				}
				method, path, _ := strings.Cut(o.route, " ")
				id := d.round.ID.String()
				switch {
				case strings.Contains(path, "drafts"):
					id = story.ID.String()
				case strings.Contains(path, "claims"):
					id = "4"
				case strings.Contains(path, "comments/{id}"):
					id = d.held.String()
				}
				path = strings.NewReplacer("{id}", id, "{number}", "1", "{kind}", "company", "{slug}", "none").Replace(path)
				d.now = d.now.Add(1e9) // so that no limit is reached
				a := d.ask(method, path, token, o.body, "If-Match", "*")
				may := o.public || (o.permission == "" || who.Can(o.permission)) && (o.also == "" || who.Can(o.also))
				if refused := a.Code == http.StatusForbidden; refused == may {
					t.Errorf("%s by a %s with %q: %d: %s", o.route, role, scopes, a.Code, a.Body)
				}
				if a.Code >= 500 || a.Code == 401 {
					t.Errorf("%s by a %s with %q: %d: %s", o.route, role, scopes, a.Code, a.Body)
				}
			}
		}
	}
	for _, o := range operations {
		method, path, _ := strings.Cut(o.route, " ")
		path = strings.NewReplacer("{id}", d.round.ID.String(), "{number}", "1", "{kind}", "company", "{slug}", "none").Replace(path)
		if a := d.ask(method, path, "", o.body, "If-Match", "*"); (a.Code == http.StatusUnauthorized) == o.public {
			t.Errorf("%s without a token: %d", o.route, a.Code)
		}
	}
}
