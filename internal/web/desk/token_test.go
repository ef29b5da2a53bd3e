package desk

import (
	"net/http"
	"net/url"
	"regexp"
	"testing"

	"standfirst"
	"standfirst/internal/account"
)

func TestTokenPages(t *testing.T) {
	r := newTalkRoom(t)
	r.cookie(standfirst.Reporter)
	page := r.ask(standfirst.Reporter, "/desk/account", nil).Body.String()
	has(t, page, "Tokens for programs", `name="scope-file-stories"`, `value="90" selected`)
	lacks(t, page, `name="scope-publish"`) // a reporter may not
	typed := url.Values{"token-name": {"Price wire"}, "scope-file-stories": {"1"}, "scope-record-figures": {"1"}, "days": {"30"}, "password": {"not the password"}}
	w := r.ask(standfirst.Reporter, "/desk/account/tokens", typed)
	if w.Code != http.StatusUnprocessableEntity {
		t.Errorf("with a wrong password it answers %d", w.Code)
	}
	has(t, w.Body.String(), "That is not your current password.", `value="Price wire"`, `id="scope-file-stories" checked`, `value="30" selected`)
	typed.Set("password", "four quiet harbour cranes")
	w = r.ask(standfirst.Reporter, "/desk/account/tokens", typed)
	token := regexp.MustCompile(`standfirst_[A-Za-z0-9_-]{43}`).FindString(w.Body.String())
	actor, _, err := r.accounts.Token(t.Context(), token, account.Origin{Address: "127.0.0.1"})
	r.must(err)
	if actor.Scopes.String() != "file stories, record figures" {
		t.Errorf("it may %s", actor.Scopes)
	}
	page = r.ask(standfirst.Reporter, "/desk/account", nil).Body.String()
	has(t, page, "Price wire", "file stories · record figures", `action="/desk/account/tokens/1/revoke"`)
	lacks(t, page, token)
	has(t, r.ask(standfirst.Administrator, "/desk/people/tokens", nil).Body.String(), "Price wire", "Mara the reporter")
	for path, want := range map[string]int{"/desk/people/tokens": http.StatusForbidden, "/desk/account/tokens/1/revoke": http.StatusNotFound, "/desk/people/tokens/1/revoke": http.StatusForbidden} {
		form := url.Values{}
		if path == "/desk/people/tokens" {
			form = nil
		}
		if w := r.ask(standfirst.Editor, path, form); w.Code != want {
			t.Errorf("an editor gets %d at %s, want %d", w.Code, path, want)
		}
	}
	if w := r.ask(standfirst.Reporter, "/desk/account/tokens/1/revoke", url.Values{}); w.Code != http.StatusSeeOther {
		t.Errorf("revoking answers %d", w.Code)
	}
	_, _, err = r.accounts.Token(t.Context(), token, account.Origin{Address: "127.0.0.1"})
	if standfirst.KindOf(err) != standfirst.Unauthenticated {
		t.Errorf("after that it is %v", err)
	}
}
