package desk

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"standfirst"
	"standfirst/internal/intake"
	"standfirst/internal/ledger"
	"standfirst/internal/media"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
	"standfirst/internal/webhook"
)

// roundBody tells of a round in words that the copy desk reads.
const roundBody = "Northwind Freight is in talks to invest up to $6 billion in Halcyon Compute.\n\n" +
	"The round would value Halcyon at about $96 billion, people briefed on the talks said.\n\n" +
	"“It is enough”, said Ada Quill, the treasurer of Northwind Freight. 🚢"

// storyRoom is a newsroom with a desk for stories.
type storyRoom struct {
	*talkRoom
	news  *newsroom.Newsroom
	media *media.Library
	id    standfirst.StoryID
	path  string
}

// newStoryDesk opens a desk for stories in the newsroom.
func newStoryDesk(t *testing.T, room *talkRoom) *storyRoom {
	t.Helper()
	r := &storyRoom{talkRoom: room}
	r.news = newsroom.New(r.store, newsroom.Options{Clock: r.clock})
	var err error
	r.media, err = media.Open(t.TempDir(), r.store, r.clock)
	r.must(err)
	r.desk, err = New(Options{
		Media: r.media, Store: r.store.Reader(), Accounts: r.accounts, Talk: r.talk, Newsroom: r.news, Intake: intake.New(r.news, nil, r.store, r.clock), Ledger: ledger.New(r.store, ledger.Options{Clock: r.clock}), Clock: r.clock, Webhooks: webhook.New(r.store, webhook.Options{Clock: r.clock}), Logger: slog.New(slog.DiscardHandler),
	})
	r.must(err)
	return r
}

// newStoryRoom returns a newsroom with a reporter's draft.
func newStoryRoom(t *testing.T) *storyRoom {
	t.Helper()
	r := newStoryDesk(t, newTalkRoom(t))
	s, err := r.news.Create(t.Context(), r.actor(standfirst.Reporter), newsroom.Draft{Content: standfirst.Content{
		Headline: "Northwind in talks to put up to $6 billion into Halcyon", Body: roundBody, Section: "Deals",
		Bylines: []standfirst.Byline{{Name: "Imogen Adeyemi", Role: "Deals Correspondent"}},
	}})
	r.must(err)
	r.id, r.path = s.ID, storyPath(s.ID)
	return r
}

// actor returns the member of the role.
func (r *storyRoom) actor(role standfirst.Role) standfirst.Actor {
	r.t.Helper()
	r.cookie(role)
	var s standfirst.Staff
	r.must(r.store.View(r.t.Context(), func(tx *store.ReadTx) (err error) {
		s, err = tx.StaffByEmail(string(role) + "@ledger.example")
		return err
	}))
	return s.Actor()
}

func (r *storyRoom) work() standfirst.WorkingCopy {
	r.t.Helper()
	var w standfirst.WorkingCopy
	r.must(r.store.View(r.t.Context(), func(tx *store.ReadTx) (err error) { w, err = tx.WorkingCopy(r.id); return err }))
	return w
}

// form returns the form of the story as it is saved, with some fields changed.
func (r *storyRoom) form(change ...string) url.Values {
	w := r.work()
	f := url.Values{
		"version": {strconv.Itoa(w.Version)}, "headline": {w.Content.Headline}, "standfirst": {w.Content.Standfirst}, "body": {w.Content.Body},
		"section": {w.Content.Section}, "topics": {strings.Join(w.Content.Topics, ", ")}, "dateline": {w.Content.Dateline},
	}
	for _, b := range w.Content.Bylines {
		f.Add("byline-name[]", b.Name)
		f.Add("byline-role[]", b.Role)
	}
	for i := 0; i < len(change); i += 2 {
		f.Set(change[i], change[i+1])
	}
	return f
}

// script posts the form as a script does, and reads the answer into what is given.
func (r *storyRoom) script(role standfirst.Role, path string, form url.Values, answer any) int {
	r.t.Helper()
	q := httptest.NewRequest(http.MethodPost, "http://127.0.0.1"+path, strings.NewReader(form.Encode()))
	q.URL.Scheme, q.URL.Host, q.RemoteAddr = "", "", "127.0.0.1:40404"
	q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	q.Header.Set("Accept", "application/json")
	if role != "" {
		q.AddCookie(r.cookie(role))
	}
	w := httptest.NewRecorder()
	r.desk.ServeHTTP(w, q)
	if got := w.Header().Get("Content-Type"); !strings.HasPrefix(got, "application/json") {
		r.t.Errorf("%s answers a script with %q: %s", path, got, w.Body)
		return w.Code
	}
	if err := json.Unmarshal(w.Body.Bytes(), answer); err != nil {
		r.t.Errorf("%s answers %s: %v", path, w.Body, err)
	}
	return w.Code
}

func TestStoryPage(t *testing.T) {
	r := newStoryRoom(t)
	w := r.ask(standfirst.Reporter, r.path, nil)
	page := w.Body.String()
	if w.Code != http.StatusOK {
		t.Fatalf("%d: %s", w.Code, page)
	}
	has(t, page, `id="story-form"`, `name="version" value="1"`, ">\nNorthwind in talks to put up to $6 billion into Halcyon</textarea>",
		`value="Imogen Adeyemi"`, `value="Deals Correspondent"`, `value="Deals"`, "2 of 2 need you", "<q>up to $6 billion</q>",
		"Commitment of Northwind Freight in “Halcyon Compute round”", "up to $6 billion", "41 words", "1 min read", `placeholder="northwind-in-talks-`)
	// A colleague reads it, and cannot change it.
	r.employ("olga", standfirst.Reporter)
	page = r.ask("olga", r.path, nil).Body.String()
	has(t, page, "colleague&#39;s story", "readonly")
	lacks(t, page, `value="save"`, "Accept</button>")
	for _, path := range []string{storyPrefix + "/999", storyPrefix + "/0", storyPrefix + "/x"} {
		if w := r.ask(standfirst.Reporter, path, nil); w.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", path, w.Code)
		}
	}
	if w := r.ask(standfirst.Moderator, r.path, nil); w.Code != http.StatusForbidden {
		t.Errorf("a moderator gets %d", w.Code)
	}
}

func TestSaveStory(t *testing.T) {
	r := newStoryRoom(t)
	picture := standfirst.PictureID(0)
	r.must(r.store.Update(t.Context(), func(tx *store.Tx) (err error) {
		picture, err = tx.InsertPicture(standfirst.Picture{Digest: "aa", Format: "jpeg", File: standfirst.PictureFile{Name: "aa/aa.jpg", Width: 900, Height: 600}})
		return err
	}))
	form := r.form("standfirst", "The talks go on.", "topics", "Ports, Cold chain", "slug", "northwind-halcyon", "original-date", "2026-03-01T08:30",
		"social-title", "Northwind and Halcyon talk", "social-picture", picture.String(), "social-alt", "A pier.",
		"picture", picture.String(), "picture-alt", "A pier at low tide.", "picture-credit", "Jo Maas")
	form["byline-name[]"] = []string{"Imogen Adeyemi", "Guest Writer", "", ""}
	form["byline-role[]"] = []string{"Deals Correspondent", "", "", ""}
	var saved savedAnswer
	if code := r.script(standfirst.Reporter, r.path, form, &saved); code != http.StatusOK || saved.Version != 2 || saved.Words != 41 || saved.Minutes != 1 || !saved.SavedAt.Equal(r.now) {
		t.Fatalf("%d %+v", code, saved)
	}
	c := r.work().Content
	if len(c.Bylines) != 2 || c.Bylines[1].Name != "Guest Writer" || len(c.Topics) != 2 || c.Picture.Credit != "Jo Maas" || c.Social.Alt != "A pier." {
		t.Errorf("saved %+v", c)
	}
	page := r.ask(standfirst.Reporter, r.path, nil).Body.String()
	has(t, page, `value="northwind-halcyon"`, `value="2026-03-01 08:30"`, `value="Northwind and Halcyon talk"`, `value="Ports, Cold chain"`, `value="A pier at low tide."`)

	w := r.ask(standfirst.Reporter, r.path, r.form("headline", "Northwind talks to Halcyon"))
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != r.path+"?done=saved" {
		t.Errorf("a form is answered with %d to %s", w.Code, w.Header().Get("Location"))
	}
	has(t, r.ask(standfirst.Reporter, r.path+"?done=saved", nil).Body.String(), "Saved.</p>", "Northwind talks to Halcyon")
	if got := r.work().Content.Social.Title; got != "" {
		t.Errorf("a form without the field keeps %q", got)
	}
	if w := r.ask(standfirst.Reporter, r.path, r.form("panel", "details")); w.Header().Get("Location") != r.path+"?done=saved#details" {
		t.Errorf("the panel leads on to %s", w.Header().Get("Location"))
	}
	if w := r.ask(standfirst.Reporter, r.path, r.form("do", "publish")); w.Header().Get("Location") != r.path+"/publish" {
		t.Errorf("leads on to %s", w.Header().Get("Location"))
	}
}

// TestStoryRefusals holds that what was typed comes back with every refusal.
func TestStoryRefusals(t *testing.T) {
	r := newStoryRoom(t)
	typed := "Typed words that nobody has."
	for name, c := range map[string][2]string{
		"headline":      {"headline", strings.Repeat("long ", 100)},
		"slug":          {"slug", "No Slug"},
		"date":          {"original-date", "yesterday"},
		"date ahead":    {"original-date", "2036-03-01T08:30"},
		"no version":    {"version", ""},
		"picture":       {"picture", "77"},
		"no such claim": {"topics", strings.Repeat("a, ", 1) + strings.Repeat("x", 300)},
	} {
		w := r.ask(standfirst.Reporter, r.path, r.form("body", typed, c[0], c[1]))
		if w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", name, w.Code)
		}
		has(t, w.Body.String(), typed, `class="refused"`)
		var refused errorAnswer
		if code := r.script(standfirst.Reporter, r.path, r.form("body", typed, c[0], c[1]), &refused); code != http.StatusUnprocessableEntity || refused.Error == "" {
			t.Errorf("%s: a script gets %d %+v", name, code, refused)
		}
	}
	if r.work().Version != 1 {
		t.Error("a refused form was saved")
	}
}

func TestStoryConflict(t *testing.T) {
	r := newStoryRoom(t)
	mine := r.form("body", "My own words.\n\nAnd the rest.", "byline-name[]", "Mine")
	if w := r.ask(standfirst.Editor, r.path, r.form("body", "Their other words.\n\nAnd the rest.")); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code)
	}
	var c conflictAnswer
	if code := r.script(standfirst.Reporter, r.path, mine, &c); code != http.StatusConflict || c.Version != 2 || c.By != "Mara the editor" || !c.At.Equal(r.now) ||
		c.Body != "Their other words.\n\nAnd the rest." || c.Headline == "" || !strings.Contains(c.Error, "Mara the editor") {
		t.Errorf("%d %+v", code, c)
	}
	w := r.ask(standfirst.Reporter, r.path, mine)
	if w.Code != http.StatusConflict {
		t.Errorf("a form is answered with %d", w.Code)
	}
	page := w.Body.String()
	has(t, page, "Mara the editor saved another text meanwhile", ">\nMy own words.", ">\nTheir other words.", "<del>", "<ins>", `value="Mine"`, `name="version" value="2"`, "Save over theirs")
	if r.work().Content.Body != "Their other words.\n\nAnd the rest." {
		t.Error("something was overwritten")
	}
	mine.Set("version", "2") // as the page says now
	if w := r.ask(standfirst.Reporter, r.path, mine); w.Code != http.StatusSeeOther || r.work().Content.Body != "My own words.\n\nAnd the rest." {
		t.Errorf("saving over theirs: %d", w.Code)
	}
}

func TestSignedOutWhileTyping(t *testing.T) {
	r := newStoryRoom(t)
	form := r.form("body", "Words & <more> words.", "byline-name[]", "A \"guest\"")
	var refused errorAnswer
	if code := r.script("", r.path, form, &refused); code != http.StatusUnauthorized || refused.Error == "" {
		t.Errorf("a script gets %d %+v", code, refused)
	}
	for _, path := range []string{r.path, r.path + "/figures/accept"} {
		q := httptest.NewRequest(http.MethodPost, "http://127.0.0.1"+path, strings.NewReader(form.Encode()))
		q.URL.Scheme, q.URL.Host, q.RemoteAddr = "", "", "127.0.0.1:40404"
		q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		r.desk.ServeHTTP(w, q)
		if w.Code != http.StatusUnauthorized {
			t.Errorf("%s answers %d", path, w.Code)
		}
		has(t, w.Body.String(), "Words &amp; &lt;more&gt; words.", `value="A &#34;guest&#34;"`, `name="version" value="1"`, `action="`+path+`"`, `href="/desk/sign-in"`)
	}
}

func TestFiguresPanel(t *testing.T) {
	r := newStoryRoom(t)
	body := "🚢 Ships.\r\n\r\n" + strings.ReplaceAll(roundBody, "\n", "\r\n")
	var p figuresPanel
	if code := r.script(standfirst.Reporter, r.path+"/figures", url.Values{"headline": {"Northwind puts $7 billion into Halcyon"}, "body": {body}}, &p); code != http.StatusOK {
		t.Fatal(code)
	}
	if len(p.Proposals) != 2 || p.Waiting != 2 || !p.CanAccept || len(p.Checks) != 2 || p.Checks[1].Place != "headline" || p.Checks[1].Words != "$7 billion" {
		t.Fatalf("%+v", p)
	}
	first := p.Proposals[0]
	text := []rune(lineFeeds(body)) // the ship before it is two code units
	if got := string(text[first.Start-1 : first.End-1]); got != "up to $6 billion" || first.Key != strconv.Itoa(first.Start)+" up to $6 billion" {
		t.Errorf("%q, %q", got, first.Key)
	}
	var accepted acceptedAnswer
	form := r.form("body", body, "figure", first.Key)
	if code := r.script(standfirst.Reporter, r.path+"/figures/accept", form, &accepted); code != http.StatusOK || accepted.Start != first.Start || accepted.End != first.End ||
		accepted.Link != "[up to $6 billion](claim:"+accepted.Claim.String()+")" {
		t.Errorf("%d %+v", code, accepted)
	}
	if r.work().Version != 1 {
		t.Error("accepting by a script saved the text")
	}
	body = strings.Replace(body, "up to $6 billion", accepted.Link, 1)
	p = figuresPanel{}
	r.script(standfirst.Reporter, r.path+"/figures", url.Values{"body": {body}}, &p)
	if len(p.Cited) != 1 || p.Cited[0].State != "held" || p.Cited[0].Claim != accepted.Claim || p.Cited[0].Path != "" || len(p.Proposals) != 1 {
		t.Errorf("%+v", p)
	}
	// Without a script the text is saved with the citation, and another reading is recorded.
	w := r.ask(standfirst.Editor, r.path+"/figures/accept", r.form("figure", "100 about $96 billion", "figure-value", "about $95 billion",
		"figure-evidence", "documented", "figure-source-kind", "document", "figure-source", "a term sheet"))
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != r.path+"?done=accepted#figures" {
		t.Fatalf("%d to %s: %s", w.Code, w.Header().Get("Location"), w.Body)
	}
	if got := r.work().Content.Body; !strings.Contains(got, "[about $96 billion](claim:") {
		t.Error(got)
	}
	page := r.ask(standfirst.Editor, r.path+"?done=accepted", nil).Body.String()
	has(t, page, "the text cites it", "about $95 billion", "linked to figure", "Ledger", "1 of 2 need you")
	w = r.ask(standfirst.Reporter, r.path+"/figures/dismiss", r.form("figure", "7 up to $6 billion", "standfirst", "Typed."))
	if w.Code != http.StatusSeeOther || r.work().Content.Standfirst != "Typed." {
		t.Fatalf("%d, %+v", w.Code, r.work())
	}
	page = r.ask(standfirst.Reporter, r.path+"?done=dismissed", nil).Body.String()
	has(t, page, "Called no figure (1):", "“up to $6 billion”", "Propose them again", "Nothing needs you")
	p = figuresPanel{}
	if r.script(standfirst.Reporter, r.path+"/figures/restore", r.form(), &p); len(p.Dismissed) != 0 || len(p.Proposals) != 1 {
		t.Errorf("%+v", p)
	}
	w = r.ask(standfirst.Reporter, r.path+"/figures", url.Values{"body": {roundBody}})
	has(t, w.Body.String(), "<q>about $96 billion</q>")
	lacks(t, w.Body.String(), "<html")
	for path, form := range map[string]url.Values{
		"/figures/accept":  r.form("figure", "12 $7 billion", "body", "Typed words."),
		"/figures/dismiss": r.form("figure", "none", "body", "Typed words."),
	} {
		w := r.ask(standfirst.Reporter, r.path+path, form)
		if w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", path, w.Code)
		}
		has(t, w.Body.String(), "Typed words.", `class="refused"`)
	}
}

// TestNumberThatNobodyReads records a number of which the copy desk cannot tell what it
// states, and is asked for that where it was not said.
func TestNumberThatNobodyReads(t *testing.T) {
	r := newStoryRoom(t)
	body := roundBody + "\n\nHalcyon Compute took in $31 million from lettings, the company said."
	var p figuresPanel
	if code := r.script(standfirst.Reporter, r.path+"/figures", url.Values{"body": {body}}, &p); code != http.StatusOK || len(p.Unread) != 1 || p.Unread[0].Words != "$31 million" || p.Waiting != 2 {
		t.Fatalf("%d %+v", code, p)
	}
	key := p.Unread[0].Key
	chosen := r.ask(standfirst.Reporter, r.path+"/figures/otherwise", r.form("body", body, "figure", key)).Body.String()
	has(t, chosen, "Other numbers in the text (1)", `<details class="unread" open>`, `<details class="otherwise" id="otherwise" open>`, `$31 million”</span>`, "Record it so")
	for want, change := range map[string][]string{
		"The copy desk cannot tell what “$31 million” states; say what it is, and of which company or deal": {"figure-property", "revenue"},
		"takes a value of the kind count": {"figure-property", "headcount", "figure-about", "Halcyon Compute"},
	} {
		w := r.ask(standfirst.Reporter, r.path+"/figures/accept", r.form(append([]string{"body", body, "figure", key}, change...)...))
		if w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%q answers %d", want, w.Code)
		}
		has(t, w.Body.String(), want, `<details class="unread" open>`, `id="otherwise" open>`)
	}
	w := r.ask(standfirst.Reporter, r.path+"/figures/accept", r.form("body", body, "figure", key, "figure-property", "revenue", "figure-about", "Halcyon Compute"))
	if w.Code != http.StatusSeeOther {
		t.Fatalf("%d: %s", w.Code, w.Body)
	}
	r.must(r.store.View(t.Context(), func(tx *store.ReadTx) error {
		cited := r.work().Content.Citations
		if len(cited) != 1 || cited[0].Words != "$31 million" {
			t.Fatalf("it cites %+v", cited)
		}
		claim, err := tx.Claim(cited[0].Claim)
		if claim.Property != standfirst.Revenue || claim.Subject.Entity == 0 {
			t.Errorf("recorded %+v", claim)
		}
		return err
	}))
}

// TestFigureOtherwise records a figure as another one than the copy desk reads, and gets the
// form back filled where that cannot be.
func TestFigureOtherwise(t *testing.T) {
	r := newStoryRoom(t)
	page := r.ask(standfirst.Reporter, r.path, nil).Body.String()
	has(t, page, `<option value="Halcyon Compute round"></option>`, `<option value="Northwind Freight"></option>`, `name="figure-source-rule"`)
	accept := func(change ...string) *httptest.ResponseRecorder {
		return r.ask(standfirst.Editor, r.path+"/figures/accept", r.form(append([]string{"figure", "100 about $96 billion"}, change...)...))
	}
	// Each figure has a button that leads to its own form, and nothing typed is lost by it.
	has(t, page, `<details class="otherwise" hidden>`, `about $96 billion">Record it otherwise`, `formaction="`+r.path+`/figures/otherwise#otherwise" name="figure"`)
	chosen := r.ask(standfirst.Editor, r.path+"/figures/otherwise", r.form("figure", "100 about $96 billion", "standfirst", "Typed, and not saved."))
	if chosen.Code != http.StatusOK {
		t.Errorf("the form of a figure answers %d", chosen.Code)
	}
	has(t, chosen.Body.String(), `<details class="otherwise" id="otherwise" open>`, `about $96 billion">Record it so`, "Typed, and not saved.")
	lacks(t, chosen.Body.String(), `about $96 billion">Record it otherwise`, `<details class="otherwise" hidden>`)
	for want, change := range map[string][]string{
		"is of a company, not of a deal":        {"figure-property", "revenue"},
		"is of a deal; name the deal":           {"figure-property", "round-target", "figure-about", "Halcyon"},
		"takes a value of the kind count":       {"figure-property", "headcount", "figure-about", "Halcyon"},
		"Nothing is called “Tallis”":            {"figure-about", "Tallis"},
		"There is no kind of figure":            {"figure-property", "weather"},
		"is neither":                            {"figure-modality", "sure"},
		"Say what kind of source it is":         {"figure-source-rule", "not for attribution"},
		"does not say how close the source was": {"figure-source-kind", "anonymous", "figure-source-proximity", "next door"},
	} {
		w := accept(change...)
		if w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%q answers %d", want, w.Code)
		}
		has(t, w.Body.String(), want, `<details class="otherwise" id="otherwise" open>`)
	}
	page = accept("figure-about", "Tallis", "figure-source", "a person", "figure-source-kind", "anonymous", "figure-modality", "prospective").Body.String()
	has(t, page, `value="Tallis"`, `value="a person"`, `value="anonymous" selected`, `value="prospective" selected`)

	w := accept("figure-property", "revenue", "figure-about", "Halcyon", "figure-modality", "prospective", "figure-source-kind", "anonymous", "figure-source", "a person close to it",
		"figure-source-proximity", "involved", "figure-source-rule", "not for attribution", "figure-sources", "2")
	if w.Code != http.StatusSeeOther {
		t.Fatalf("%d: %s", w.Code, w.Body)
	}
	r.must(r.store.View(t.Context(), func(tx *store.ReadTx) error {
		claim, err := tx.Claim(r.work().Content.Citations[0].Claim)
		if err != nil {
			return err
		}
		versions, err := tx.Versions(claim.ID, store.ForDesk)
		if claim.Property != standfirst.Revenue || claim.Subject.Entity == 0 || len(versions) != 1 || len(versions[0].Attributions) != 1 {
			t.Fatalf("recorded %+v, %+v", claim, versions)
		}
		source := versions[0].Attributions[0]
		if versions[0].Modality != standfirst.Prospective || versions[0].Value.Basis != "" || source.Proximity != standfirst.Involved ||
			source.GroundRule != "not for attribution" || source.LeastSources != 2 {
			t.Errorf("recorded %+v", versions[0])
		}
		return err
	}))
	// A deal of the ledger is found by its title, and a party by its name.
	r.sent(dealsPath+"/new", filled("kind", "debt", "target", "Halcyon Compute", "title", "Halcyon bridge"))
	r.sent(companiesPath+"/new", filled("kind", "company", "name", "Tallis Foods"))
	w = r.ask(standfirst.Editor, r.path+"/figures/accept", r.form("figure", "30 up to $6 billion", "figure-about", "halcyon bridge", "figure-party", "Tallis Foods"))
	if w.Code != http.StatusSeeOther {
		t.Fatalf("%d: %s", w.Code, w.Body)
	}
	r.must(r.store.View(t.Context(), func(tx *store.ReadTx) error {
		claim, err := tx.Claim(r.work().Content.Citations[0].Claim)
		if err != nil {
			return err
		}
		title, err := ledger.Title(tx, claim)
		if title != "the commitment of Tallis Foods in “Halcyon bridge”" {
			t.Errorf("recorded as %s", title)
		}
		return err
	}))
}
