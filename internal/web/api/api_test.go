package api_test

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"standfirst"
	"standfirst/internal/account"
	"standfirst/internal/newsroom"
	"standfirst/internal/store/storetest"
	"standfirst/internal/web/api"
)

const password = "four quiet harbour cranes"

func TestMe(t *testing.T) {
	st, ctx, command := storetest.Open(t), t.Context(), standfirst.Command()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	accounts := account.New(st, account.Options{Logger: slog.New(slog.DiscardHandler)})
	must(newsroom.New(st, newsroom.Options{}).SetUp(ctx, command, standfirst.DefaultPublication()))
	jane, err := accounts.Add(ctx, command, standfirst.Staff{Email: "jane@ledger.example", Name: "Jane Roe", Role: standfirst.Reporter})
	must(err)
	must(accounts.SetPassword(ctx, command, jane.Email, password))
	in, err := accounts.SignIn(ctx, jane.Email, password, account.Origin{Address: "127.0.0.1"})
	must(err)
	scopes, err := standfirst.ScopesOf(standfirst.ScopeFileStories, standfirst.ScopeRecordFigures)
	must(err)
	token, made, err := accounts.MakeToken(ctx, in.Staff, in.Session, password, standfirst.Token{Name: "Wire", Scopes: scopes}, 90)
	must(err)
	programs := api.New(api.Options{Store: st.Reader(), Accounts: accounts, Logger: slog.New(slog.DiscardHandler)})

	for name, c := range map[string]struct {
		method, path  string
		authorization []string
		status        int
		challenge     string
		want          map[string]any
	}{
		"good": {path: "/api/v1/me", authorization: []string{"Bearer " + token}, status: 200, want: map[string]any{
			"name": "Jane Roe", "role": "reporter", "scopes": []any{"file stories", "record figures"},
		}},
		"in another case": {path: "/api/v1/me", authorization: []string{"bearer  " + token}, status: 200},
		"none": {path: "/api/v1/me", status: 401, challenge: `Bearer realm="standfirst"`, want: map[string]any{
			"title": "Unauthorized", "status": 401.0, "detail": "show a token: Authorization: Bearer …",
		}},
		"a password":       {path: "/api/v1/me", authorization: []string{"Basic amFuZTpwYXNz"}, status: 401, challenge: `Bearer realm="standfirst"`},
		"two":              {path: "/api/v1/me", authorization: []string{"Bearer " + token, "Bearer x"}, status: 401, challenge: `Bearer realm="standfirst"`},
		"unknown":          {path: "/api/v1/me", authorization: []string{"Bearer standfirst_x"}, status: 401, challenge: `Bearer realm="standfirst", error="invalid_token"`},
		"no such address":  {path: "/api/v1/you", authorization: []string{"Bearer " + token}, status: 404, want: map[string]any{"title": "Not Found", "status": 404.0}},
		"no such method":   {method: http.MethodPost, path: "/api/v1/me", authorization: []string{"Bearer " + token}, status: 405},
		"in the clear":     {path: "http://ledger.example/api/v1/me", authorization: []string{"Bearer " + token}, status: 403},
		"the head of it":   {method: http.MethodHead, path: "/api/v1/me", authorization: []string{"Bearer " + token}, status: 200},
		"spelt otherwise":  {path: "/api//v1/me", authorization: []string{"Bearer " + token}, status: 307},
		"a browser's form": {path: "/api/v1/me?access_token=" + token, status: 401, challenge: `Bearer realm="standfirst"`},
	} {
		address := c.path
		if strings.HasPrefix(address, "/") {
			address = "http://127.0.0.1" + address
		}
		r := httptest.NewRequest(http.MethodGet, address, nil)
		if c.method != "" {
			r.Method = c.method
		}
		r.URL.Scheme, r.URL.Host, r.RemoteAddr = "", "", "127.0.0.1:40404"
		if len(c.authorization) > 0 {
			r.Header["Authorization"] = c.authorization
		}
		r.AddCookie(&http.Cookie{Name: "standfirst", Value: in.Token}) // counts for nothing
		w := httptest.NewRecorder()
		programs.ServeHTTP(w, r)
		if w.Code != c.status || w.Header().Get("WWW-Authenticate") != c.challenge || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d, %v: %s", name, w.Code, w.Header(), w.Body)
		}
		if c.status == 307 {
			continue
		}
		kind := "application/json"
		if c.status >= 400 {
			kind = "application/problem+json"
		}
		if got := w.Header().Get("Content-Type"); got != kind {
			t.Errorf("%s: Content-Type is %q", name, got)
		}
		var got map[string]any
		if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
			t.Errorf("%s: %v in %q", name, err, w.Body)
			continue
		}
		for key, want := range c.want {
			a, _ := json.Marshal(want)
			b, _ := json.Marshal(got[key])
			if key != "detail" && string(a) != string(b) || key == "detail" && got[key] == nil {
				t.Errorf("%s: %s is %s, want %s", name, key, b, a)
			}
		}
	}
	must(accounts.RevokeToken(ctx, command, made.ID))
	if !api.Serves("/api") || !api.Serves("//api/v1/me") || api.Serves("/apiary") {
		t.Error("it serves other addresses than its own")
	}
}
