package desk

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"standfirst"
)

// allStaff stands for what every member of the staff may do with their own account.
const allStaff standfirst.Permission = "sign in"

// posting is one address that changes something: who may send to it, and with what.
type posting struct {
	needs standfirst.Permission
	path  string
	form  url.Values
}

// postings returns a row for each address of the desk that takes a form from the staff. The
// story is a colleague's of every role.
func (r *storyRoom) postings() map[string]posting {
	s := r.path
	q := func(change ...string) url.Values { return r.form(change...) }
	comment := commentPath(r.talkRoom.post("Ana", "The repair took a winter.").ID)
	talk := func(change ...string) url.Values {
		f := url.Values{}
		for i := 0; i < len(change); i += 2 {
			f.Set(change[i], change[i+1])
		}
		return f
	}
	return map[string]posting{
		"POST /desk/account/password":     {allStaff, "/desk/account/password", talk("old", "no", "new", "no")},
		"POST /desk/account/sessions/end": {allStaff, "/desk/account/sessions/end", talk("session", "others")},

		"POST /desk/account/codes":                {allStaff, "/desk/account/codes", talk("password", "no")},
		"POST /desk/account/codes/confirm":        {allStaff, "/desk/account/codes/confirm", talk("code", "000000")},
		"POST /desk/account/codes/drop":           {allStaff, "/desk/account/codes/drop", talk("password", "no")},
		"POST /desk/account/recovery":             {allStaff, "/desk/account/recovery", talk("password", "no")},
		"POST /desk/account/passkeys":             {allStaff, "/desk/account/passkeys", talk("password", "no")},
		"POST /desk/account/passkeys/done":        {allStaff, "/desk/account/passkeys/done", talk()},
		"POST /desk/account/passkeys/{id}/remove": {allStaff, "/desk/account/passkeys/1/remove", talk("password", "no")},

		"POST /desk/account/tokens":             {allStaff, "/desk/account/tokens", talk("password", "no")},
		"POST /desk/account/tokens/{id}/revoke": {allStaff, "/desk/account/tokens/1/revoke", talk()},
		"POST /desk/people/tokens/{id}/revoke":  {standfirst.ManageStaff, "/desk/people/tokens/1/revoke", talk()},

		"POST /desk/people":                  {standfirst.ManageStaff, "/desk/people", talk("name", "Olga", "email", "olga@ledger.example", "role", "lost")},
		"POST /desk/people/link":             {standfirst.ManageStaff, "/desk/people/link", talk("email", "nobody@ledger.example")},
		"POST /desk/people/role":             {standfirst.ManageStaff, "/desk/people/role", talk("email", "nobody@ledger.example", "role", "editor")},
		"POST /desk/people/revoke":           {standfirst.ManageStaff, "/desk/people/revoke", talk("email", "nobody@ledger.example")},
		"POST /desk/people/restore":          {standfirst.ManageStaff, "/desk/people/restore", talk("email", "nobody@ledger.example")},
		"POST /desk/people/reset":            {standfirst.ManageStaff, "/desk/people/reset", talk("email", "nobody@ledger.example")},
		"POST /desk/settings":                {standfirst.ManageSettings, "/desk/settings", talk("name", "The Quay")},
		"POST /desk/settings/embeds":         {standfirst.ManageSettings, "/desk/settings/embeds", talk("hosts", "charts.example")},
		"POST /desk/settings/mail":           {standfirst.ManageSettings, "/desk/settings/mail", talk("mail-name", "The Quay’s desk")},
		"POST /desk/settings/mail/test":      {standfirst.ManageSettings, "/desk/settings/mail/test", talk()},
		"POST /desk/settings/indexnow":       {standfirst.ManageSettings, "/desk/settings/indexnow", talk("do", "make")},
		"POST /desk/webhooks":                {standfirst.ManageSettings, "/desk/webhooks", talk("address", "https://told.example/", "event", "story.published")},
		"POST /desk/webhooks/{id}/test":      {standfirst.ManageSettings, "/desk/webhooks/1/test", talk()},
		"POST /desk/webhooks/{id}/pause":     {standfirst.ManageSettings, "/desk/webhooks/1/pause", talk()},
		"POST /desk/webhooks/{id}/resume":    {standfirst.ManageSettings, "/desk/webhooks/1/resume", talk()},
		"POST /desk/webhooks/{id}/rotate":    {standfirst.ManageSettings, "/desk/webhooks/1/rotate", talk()},
		"POST /desk/webhooks/{id}/remove":    {standfirst.ManageSettings, "/desk/webhooks/1/remove", talk()},
		"POST /desk/webhooks/{id}/again":     {standfirst.ManageSettings, "/desk/webhooks/1/again", talk("delivery", "1")},
		"POST /desk/settings/sections":       {standfirst.ManageSections, "/desk/settings/sections", talk("section", "Shipping")},
		"POST /desk/settings/sections/order": {standfirst.ManageSections, "/desk/settings/sections/order", talk()},

		"POST /desk/front": {standfirst.OrderFront, "/desk/front", talk("do", "pin 1", "seen", "")},
		"POST /desk/pages": {standfirst.EditPage, "/desk/pages", talk("headline", "")},
		"POST /desk/menus": {standfirst.ManageSections, "/desk/menus", talk("menu", "header", "seen", "[]", "do", "default")},

		"POST /desk/author/{id}": {standfirst.EditAuthor, "/desk/author/1", talk("role", "Editor")},

		"POST /desk/section/{id}":        {standfirst.ManageSections, "/desk/section/1", talk("name", "Markets")},
		"POST /desk/section/{id}/delete": {standfirst.ManageSections, "/desk/section/1/delete", talk()},
		"POST /desk/topic/{id}":          {standfirst.ManageSections, "/desk/topic/1", talk("name", "Ports")},
		"POST /desk/topic/{id}/merge":    {standfirst.ManageSections, "/desk/topic/1/merge", talk("into", "Ports")},

		"POST /desk/figure/{id}/supersede": {standfirst.SupersedeClaim, "/desk/figure/1/supersede", talk("value", "$90 billion", "because", "corrected")},
		"POST /desk/figure/{id}/withdraw":  {standfirst.SupersedeClaim, "/desk/figure/1/withdraw", talk()},
		"POST /desk/figure/{id}/release":   {standfirst.ReleaseClaim, "/desk/figure/1/release", talk()},

		"POST /desk/media":                    {standfirst.AddPicture, mediaPath, talk()},
		"POST /desk/media/{id}":               {standfirst.EditAnyPicture, r.addPicture(1), talk("alt", "A quay")},
		"POST /desk/media/{id}/choose":        {standfirst.EditAnyStory, r.addPicture(1) + "/choose", talk("story", r.id.String(), "use", "lead")},
		"POST /desk/media/{id}/delete":        {standfirst.EditAnyPicture, r.addPicture(2) + "/delete", talk()},
		"POST /desk/companies/new":            {standfirst.ManageEntities, "/desk/companies/new", talk("kind", "company", "name", "Tallis Foods")},
		"POST /desk/entity/{id}":              {standfirst.ManageEntities, "/desk/entity/1", talk("name", "")},
		"POST /desk/entity/{id}/merge":        {standfirst.ManageEntities, "/desk/entity/1/merge", talk("into", "1")},
		"POST /desk/figure/{id}/answer":       {standfirst.RecordClaim, "/desk/figure/1/answer", talk("answer", "denied", "answer-who", "1")},
		"POST /desk/figure/{id}/heard":        {standfirst.RecordClaim, "/desk/figure/1/heard", talk("version", "1")},
		"POST /desk/deals/new":                {standfirst.ManageEntities, "/desk/deals/new", talk("kind", "merger", "target", "nobody")},
		"POST /desk/deal/{id}":                {standfirst.ManageEntities, "/desk/deal/1", talk("kind", "merger", "title", "A merger")},
		"POST /desk/deal/{id}/parties":        {standfirst.ManageEntities, "/desk/deal/1/parties", talk("party", "nobody", "role", "lead")},
		"POST /desk/deal/{id}/parties/remove": {standfirst.ManageEntities, "/desk/deal/1/parties/remove", talk("entity", "1", "role", "lead")},
		"POST /desk/deal/{id}/stage":          {standfirst.SupersedeClaim, "/desk/deal/1/stage", talk("stage", "talks", "evidence", "documented")},
		"POST /desk/deal/{id}/answer":         {standfirst.RecordClaim, "/desk/deal/1/answer", talk("answer", "denied", "answer-who", "1")},

		"POST /desk/calendar/new":       {standfirst.RecordEvent, "/desk/calendar/new", talk("kind", "vote", "title", "A vote", "day", "2026-12-01", "precision", "day")},
		"POST /desk/event/{id}":         {standfirst.RecordEvent, "/desk/event/1", talk("kind", "vote", "title", "A vote", "day", "2026-12-02", "precision", "day")},
		"POST /desk/event/{id}/cancel":  {standfirst.RecordEvent, "/desk/event/1/cancel", talk()},
		"POST /desk/event/{id}/take-up": {standfirst.RecordEvent, "/desk/event/1/take-up", talk()},
		"POST /desk/event/{id}/release": {standfirst.ReleaseEvent, "/desk/event/99/release", talk()},
		"POST /desk/event/{id}/remove":  {standfirst.RecordEvent, "/desk/event/99/remove", talk()},

		"POST /desk/story/{id}/events":         {standfirst.EditAnyStory, s + "/events", q("event", "0 the hearing")},
		"POST /desk/story/{id}/events/dismiss": {standfirst.EditAnyStory, s + "/events/dismiss", q("event", "0 the hearing")},
		"POST /desk/story/{id}/events/restore": {standfirst.EditAnyStory, s + "/events/restore", q()},

		"POST /desk/story/new":                    {standfirst.WriteStory, storyPrefix + "/new", talk()},
		"POST /desk/story/{id}":                   {standfirst.EditAnyStory, s, q()},
		"POST /desk/story/{id}/figures":           {standfirst.WriteStory, s + "/figures", q()},
		"POST /desk/story/{id}/figures/accept":    {standfirst.EditAnyStory, s + "/figures/accept", q("figure", "100 about $96 billion")},
		"POST /desk/story/{id}/figures/otherwise": {standfirst.EditAnyStory, s + "/figures/otherwise", q("figure", "100 about $96 billion")},
		"POST /desk/story/{id}/figures/check":     {standfirst.SupersedeClaim, s + "/figures/check", q("claim", "1")},
		"POST /desk/story/{id}/figures/dismiss":   {standfirst.EditAnyStory, s + "/figures/dismiss", q("figure", "100 about $96 billion")},
		"POST /desk/story/{id}/figures/restore":   {standfirst.EditAnyStory, s + "/figures/restore", q()},
		"POST /desk/story/{id}/restore":           {standfirst.EditAnyStory, s + "/restore", talk("revision", "1", "version", "1")},
		"POST /desk/story/{id}/publish":           {standfirst.PublishStory, s + "/publish", r.publication()},
		"POST /desk/story/{id}/prepared":          {standfirst.PublishStory, s + "/prepared", talk()},
		"POST /desk/story/{id}/unschedule":        {standfirst.ScheduleStory, s + "/unschedule", talk()},
		"POST /desk/story/{id}/unpublish":         {standfirst.UnpublishStory, s + "/unpublish", talk()},
		"POST /desk/story/{id}/retract":           {standfirst.RetractStory, s + "/retract", talk("retraction", "It was forged.")},
		"POST /desk/story/{id}/address":           {standfirst.PublishStory, s + "/address", talk("slug", "another")},

		"POST /desk/story/{id}/submit":          {standfirst.EditAnyStory, s + "/submit", q()},
		"POST /desk/story/{id}/reassign":        {standfirst.EditAnyStory, s + "/reassign", q()},
		"POST /desk/story/{id}/approve":         {standfirst.ReviewStory, s + "/approve", q()},
		"POST /desk/story/{id}/changes":         {standfirst.ReviewStory, s + "/changes", q("reason", "Shorter.")},
		"POST /desk/story/{id}/return":          {standfirst.EditAnyStory, s + "/return", q()},
		"POST /desk/story/{id}/spike":           {standfirst.EditAnyStory, s + "/spike", q()},
		"POST /desk/story/{id}/notes":           {standfirst.EditAnyStory, s + "/notes", q("note-text", "Says who?")},
		"POST /desk/story/{id}/notes/resolve":   {standfirst.EditAnyStory, s + "/notes/resolve", q("resolve", "1")},
		"POST /desk/story/{id}/notes/reopen":    {standfirst.EditAnyStory, s + "/notes/reopen", q("reopen", "1")},
		"POST /desk/story/{id}/embargo":         {standfirst.EditAnyStory, s + "/embargo", q("embargo-until", "2026-03-05 23:00")},
		"POST /desk/story/{id}/embargo/lift":    {standfirst.LiftEmbargo, s + "/embargo/lift", q()},
		"POST /desk/story/{id}/previews":        {standfirst.EditAnyStory, s + "/previews", q()},
		"POST /desk/story/{id}/previews/revoke": {standfirst.EditAnyStory, s + "/previews/revoke", q("revoke", "1")},
		"POST /desk/story/{id}/lock":            {standfirst.EditAnyStory, s + "/lock", talk()},
		"POST /desk/story/{id}/lock/release":    {standfirst.EditAnyStory, s + "/lock/release", talk()},
		"POST /desk/story/{id}/lock/take-over":  {standfirst.EditAnyStory, s + "/lock/take-over", q()},

		"POST /desk/voices":               {standfirst.PublishStory, "/desk/voices", talk("story", r.id.String(), "words", "It is ours.", "name", "Ada Bray", "source", "interview")},
		"POST /desk/voices/{n}/take-back": {standfirst.ModerateComments, "/desk/voices/1/take-back", talk()},
		"POST /desk/voices/{n}/retry":     {standfirst.PublishStory, "/desk/voices/1/retry", talk()},

		"POST /desk/talk/decide":                {standfirst.ModerateComments, "/desk/talk/decide", talk()},
		"POST /desk/talk/take":                  {standfirst.ModerateComments, "/desk/talk/take", talk()},
		"POST /desk/talk/undo":                  {standfirst.ModerateComments, "/desk/talk/undo", talk("batch", "none")},
		"POST /desk/talk/hold":                  {standfirst.ModerateComments, "/desk/talk/hold", talk()},
		"POST /desk/talk/comment/{id}":          {standfirst.ModerateComments, comment, talk("do", "approve")},
		"POST /desk/talk/comment/{id}/escalate": {standfirst.ModerateComments, comment + "/escalate", talk("do", "escalate")},
		"POST /desk/talk/comment/{id}/ban":      {standfirst.ModerateComments, comment + "/ban", talk()},
		"POST /desk/talk/comment/{id}/erase":    {standfirst.ModerateComments, comment + "/erase", talk()},
		"POST /desk/talk/legal/{id}":            {standfirst.ModerateComments, "/desk/talk/legal/1", talk("outcome", "Kept.")},
		"POST /desk/talk/bans":                  {standfirst.ModerateComments, "/desk/talk/bans", talk()},
		"POST /desk/talk/bans/{id}/lift":        {standfirst.ModerateComments, "/desk/talk/bans/1/lift", talk()},
		"POST /desk/talk/settings":              {standfirst.ManageSettings, "/desk/talk/settings", talk()},
		"POST /desk/talk/settings/akismet":      {standfirst.ManageSettings, "/desk/talk/settings/akismet", talk("do", "off")},
		"POST /desk/talk/settings/section/{id}": {standfirst.ModerateComments, "/desk/talk/settings/section/1", talk()},
		"POST /desk/talk/story/{id}":            {standfirst.ModerateComments, "/desk/talk/story/" + r.talkRoom.story.ID.String(), talk()},

		"POST /desk/sign-out": {allStaff, "/desk/sign-out", talk()},
	}
}

// TestPermissions sends every form of the desk as every role, as nobody, and from another
// site, also where no page has such a form for them, and holds the answers against the
// table of permissions.
func TestPermissions(t *testing.T) {
	r := newStoryRoom(t)
	// These ask for a password, a token or a key.
	open := []string{"POST /desk/sign-in", "POST /desk/sign-in/code", "POST /desk/sign-in/passkey", "POST /desk/sign-in/passkey/done", "POST /desk/link/{token}"}
	rows := r.postings()
	for _, pattern := range r.desk.routes.Patterns() {
		if _, ok := rows[pattern]; strings.HasPrefix(pattern, "POST ") && !ok && !slices.Contains(open, pattern) {
			t.Errorf("%s has no row in this test", pattern)
		}
	}
	// The other reporter has not written the story. Nobody signs out before the others acted.
	r.employ("rhys", standfirst.Reporter)
	people := map[standfirst.Role]standfirst.Role{
		"rhys": standfirst.Reporter, standfirst.Contributor: standfirst.Contributor, standfirst.Moderator: standfirst.Moderator, standfirst.Editor: standfirst.Editor, standfirst.Administrator: standfirst.Administrator,
	}
	for name := range people {
		r.cookie(name)
	}
	patterns := make([]string, 0, len(rows))
	for pattern := range rows {
		if pattern != "POST /desk/sign-out" && pattern != "POST /desk/account/sessions/end" {
			patterns = append(patterns, pattern)
		}
	}
	slices.Sort(patterns)
	patterns = append(patterns, "POST /desk/account/sessions/end", "POST /desk/sign-out")
	for _, pattern := range patterns {
		row := rows[pattern]
		elsewhere := r.from(standfirst.Editor, row, http.Header{"Sec-Fetch-Site": {"cross-site"}})
		if elsewhere.Code != http.StatusForbidden {
			t.Errorf("%s from another site answers %d", pattern, elsewhere.Code)
		}
		if w := r.from("", row, nil); w.Code != http.StatusUnauthorized && (w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), "/desk/sign-in")) {
			t.Errorf("%s from nobody answers %d to %s", pattern, w.Code, w.Header().Get("Location"))
		}
		for _, may := range []bool{false, true} { // first those who may not, who change nothing
			for _, name := range []standfirst.Role{standfirst.Moderator, standfirst.Contributor, "rhys", standfirst.Editor, standfirst.Administrator} {
				if can := row.needs == allStaff || people[name].Can(row.needs); can == may {
					w := r.from(name, row, nil)
					if refused := w.Code == http.StatusForbidden; refused == may || w.Code >= http.StatusInternalServerError || w.Code == http.StatusUnauthorized {
						t.Errorf("%s as %s answers %d, and the table says %v: %s", pattern, name, w.Code, may, w.Body)
					}
				}
			}
		}
	}
}

// from sends the form as the member, or as nobody.
func (r *storyRoom) from(name standfirst.Role, p posting, header http.Header) *httptest.ResponseRecorder {
	r.t.Helper()
	q := httptest.NewRequest(http.MethodPost, "http://127.0.0.1"+p.path, strings.NewReader(p.form.Encode()))
	q.URL.Scheme, q.URL.Host, q.RemoteAddr = "", "", "127.0.0.1:40404"
	q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for key, values := range header {
		q.Header[key] = values
	}
	if name != "" {
		q.AddCookie(r.cookie(name))
	}
	w := httptest.NewRecorder()
	r.desk.ServeHTTP(w, q)
	return w
}

// TestOwnStory holds that a reporter saves the own story, and not that of a colleague.
func TestOwnStory(t *testing.T) {
	r := newStoryRoom(t)
	r.employ("rhys", standfirst.Reporter)
	for name, want := range map[standfirst.Role]int{standfirst.Reporter: http.StatusSeeOther, "rhys": http.StatusForbidden, standfirst.Moderator: http.StatusForbidden} {
		if w := r.ask(name, r.path, r.form("standfirst", "By "+string(name))); w.Code != want {
			t.Errorf("%s gets %d, want %d", name, w.Code, want)
		}
	}
	if got := r.work().Content.Standfirst; got != "By reporter" {
		t.Errorf("saved %q", got)
	}
}
