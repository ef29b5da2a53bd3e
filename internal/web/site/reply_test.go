package site

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"standfirst"
	"standfirst/internal/account"
	"standfirst/internal/web"
)

// memberSignsIn returns the browser of somebody of the staff.
func (h *house) memberSignsIn(email, name string, role standfirst.Role) *browser {
	h.t.Helper()
	_, err := h.staff.Add(h.t.Context(), standfirst.Command(), standfirst.Staff{Email: email, Name: name, Role: role})
	h.must(err)
	token, _, err := h.staff.Link(h.t.Context(), standfirst.Command(), email)
	h.must(err)
	in, err := h.staff.UseLink(h.t.Context(), token, "four quiet harbour cranes", account.Origin{Address: "127.0.0.1"})
	h.must(err)
	w := httptest.NewRecorder()
	web.SetSession(w, httptest.NewRequest(http.MethodGet, baseURL+"/desk", nil), in.Token, in.ExpiresAt)
	return &browser{h: h, cookie: w.Result().Cookies()[0]}
}

// TestStaffUnderAnotherName holds that a comment of somebody of the staff under another name
// waits until they say which it is to be.
func TestStaffUnderAnotherName(t *testing.T) {
	h := newHouse(t)
	h.open()
	story := h.publish(standfirst.Content{Headline: "Skerry Cable lays a third line", Body: "The line is 90 kilometres long."})
	b := h.memberSignsIn("imogen@ledger.example", "Imogen Adeyemi", standfirst.Reporter)
	typed := func(change ...string) url.Values {
		f := url.Values{"name": {"Harbour watcher"}, "email": {"watcher@readers.example"}, "text": {"The quay is <em>too</em> short for that ship."}}
		for i := 0; i < len(change); i += 2 {
			f.Set(change[i], change[i+1])
		}
		return f
	}
	asked := []string{
		"You are signed in as Imogen Adeyemi, and typed another name: Harbour watcher.", `name="as" value="staff">Post as Imogen Adeyemi (staff)`,
		`value="sign-out">Sign out, and post as a guest`, "The quay is &lt;em&gt;too&lt;/em&gt; short", `name="email" value="watcher@readers.example"`,
	}
	holds := func(page string, parts ...string) {
		t.Helper()
		for _, part := range parts {
			if !strings.Contains(page, part) {
				t.Errorf("the page lacks %q", part)
			}
		}
	}
	w := b.ask(story.Path()+"/reply", typed())
	if w.Code != http.StatusUnprocessableEntity {
		t.Errorf("another name is answered with %d", w.Code)
	}
	holds(w.Body.String(), asked...)
	holds(b.ask(story.Path()+"/reply", typed("do", "preview")).Body.String(), asked...)
	if page := (&browser{h: h}).ask(story.Path(), nil).Body.String(); strings.Contains(page, "too short") {
		t.Error("it went out before anything was said")
	}

	// The own name needs no question, however it is written, and neither does an answer.
	if w := b.ask(story.Path()+"/reply", typed("name", "imogen  adeyemi", "text", "I measured the quay myself.")); w.Code != http.StatusSeeOther {
		t.Errorf("the own name is answered with %d", w.Code)
	}
	if w := b.ask(story.Path()+"/reply", typed("as", "staff", "text", "And the tide was out.")); w.Code != http.StatusSeeOther {
		t.Errorf("an answer to the question is answered with %d", w.Code)
	}

	// Who signs out finds everything as it was typed, and is a guest.
	w = b.ask(story.Path()+"/reply", typed("do", "sign-out"))
	if w.Code != http.StatusOK || b.cookie != nil {
		t.Errorf("signing out is answered with %d", w.Code)
	}
	holds(w.Body.String(), `required value="Harbour watcher"`, `required value="watcher@readers.example"`, "too&lt;/em&gt; short", "Post reply")
	if w := b.ask(story.Path()+"/reply", typed()); w.Code != http.StatusSeeOther {
		t.Errorf("a guest is answered with %d", w.Code)
	}
	page := (&browser{h: h}).ask(story.Path(), nil).Body.String()
	holds(page, "Harbour watcher", "I measured the quay", "the tide was out")
	if two, watcher := strings.Count(page, `<b dir="auto">Imogen Adeyemi</b>`), strings.Count(page, `<b dir="auto">Harbour watcher</b>`); two != 2 || watcher != 1 {
		t.Errorf("%d comments are the reporter's, %d the guest's", two, watcher)
	}
}
