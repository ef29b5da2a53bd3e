package webhook_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/store/storetest"
)

func TestHubIsToldOfFeeds(t *testing.T) {
	r, hub := newRoom(t, storetest.Open(t)), newReceiver(t)
	var topics []string
	hub.answer = func(n int, w http.ResponseWriter, q *http.Request) {
		if n == 1 {
			http.Error(w, "busy", http.StatusServiceUnavailable)
			return
		}
		if q.PostFormValue("hub.mode") == "publish" {
			topics = append(topics, q.PostFormValue("hub.url"))
		}
		w.WriteHeader(http.StatusNoContent)
	}
	r.publish("Before there is a hub")
	r.settings(func(p *standfirst.Publication) { p.Hub = hub.URL })
	r.publish("Pier talks begin")
	r.publish("Pier talks go on") // told with the one before
	r.work(5 * time.Second)
	r.work(time.Minute)
	slices.Sort(topics)
	var want []string
	for _, list := range []string{"", "/author/imogen-adeyemi", "/section/deals", "/topic/ports"} {
		for _, end := range []string{"atom", "json", "rss"} {
			want = append(want, "https://ledger.example"+list+"/feed."+end)
		}
	}
	slices.Sort(want)
	if !slices.Equal(topics, want) {
		t.Errorf("told of %q\nwant %q", topics, want)
	}
}
