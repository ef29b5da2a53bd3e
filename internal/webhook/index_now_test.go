package webhook_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/store/storetest"
	"standfirst/internal/webhook"
)

func TestSearchEnginesAreToldOfAddresses(t *testing.T) {
	r, engine := newRoom(t, storetest.Open(t)), newReceiver(t)
	engine.answer = func(n int, w http.ResponseWriter, _ *http.Request) {
		if n == 1 {
			w.Header().Set("Retry-After", "600")
			w.WriteHeader(http.StatusTooManyRequests)
		}
	}
	r.publish("Before it is turned on")
	key := webhook.NewIndexNowKey()
	r.settings(func(p *standfirst.Publication) { p.IndexNowKey, p.IndexNowURL = key, engine.URL+"/indexnow" })
	a, b := r.publish("Pier talks begin"), r.publish("Pier talks go on")
	r.revise(a.ID, "Pier talks began")
	_, err := r.news.Unpublish(r.Context(), standfirst.Command(), b.ID)
	r.must(err)
	r.work(5 * time.Second)
	r.work(9 * time.Minute)
	if n := len(engine.requests()); n != 1 {
		t.Errorf("asked to wait for ten minutes, it is told %d times", n)
	}
	r.work(2 * time.Minute)
	all := engine.requests()
	if len(all) != 2 {
		t.Fatalf("told %d times", len(all))
	}
	want := fmt.Sprintf(`{"host":"ledger.example","key":%q,"keyLocation":"https://ledger.example/%s.txt","urlList":["https://ledger.example%s","https://ledger.example%s"]}`, key, key, a.Path(), b.Path())
	if string(all[1].body) != want {
		t.Errorf("told\n%s\nwant\n%s", all[1].body, want)
	}
	r.work(time.Hour)
	if n := len(engine.requests()); n != 2 {
		t.Errorf("told %d times of the same", n)
	}
}

// TestSearchEnginesThatRefuse holds that addresses that are refused are not told again, and
// that what changes later is told; a server that is down is asked again.
func TestSearchEnginesThatRefuse(t *testing.T) {
	r, engine := newRoom(t, storetest.Open(t)), newReceiver(t)
	engine.answer = func(n int, w http.ResponseWriter, _ *http.Request) {
		switch n {
		case 1:
			w.WriteHeader(http.StatusForbidden)
		case 2:
			w.WriteHeader(http.StatusBadGateway)
		}
	}
	r.settings(func(p *standfirst.Publication) {
		p.IndexNowKey, p.IndexNowURL = webhook.NewIndexNowKey(), engine.URL+"/indexnow"
	})
	first := r.publish("Pier talks begin")
	r.work(5 * time.Second)
	r.work(time.Hour)
	if n := len(engine.requests()); n != 1 {
		t.Fatalf("told %d times of what is refused", n)
	}
	second := r.publish("Pier talks go on")
	r.work(5 * time.Second)
	r.work(time.Hour)
	all := engine.requests()
	if len(all) != 3 || strings.Contains(string(all[2].body), first.Path()) || !strings.Contains(string(all[2].body), second.Path()) {
		t.Errorf("told %d times", len(all))
	}
}
