package desk

import (
	"net/http"
	"net/url"
	"regexp"
	"testing"

	"standfirst"
	"standfirst/internal/store"
)

func TestWebhooks(t *testing.T) {
	r := newTalkRoom(t)
	boss := standfirst.Administrator
	see := func(path string) string { return r.ask(boss, path, nil).Body.String() }
	has(t, see(webhooksPath), "Nobody is told anything yet.", `value="story.published" id="story.published" checked`)
	w := r.ask(boss, webhooksPath, url.Values{"address": {"told.example"}, "event": {"comment.held"}})
	if w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a wrong address answers %d", w.Code)
	}
	has(t, w.Body.String(), `value="told.example"`, "is no address that can be told", `value="comment.held" id="comment.held" checked`)
	lacks(t, w.Body.String(), `id="story.published" checked`)

	w = r.ask(boss, webhooksPath, url.Values{"address": {"https://told.example/in?key=berth-7"}, "event": {"story.published", "comment.held"}})
	secret := regexp.MustCompile(`whsec_[^<]+`).FindString(w.Body.String())
	if w.Code != http.StatusOK || secret == "" {
		t.Fatalf("adding answers %d: %s", w.Code, w.Body)
	}
	list, one := see(webhooksPath), see(webhooksPath+"/1")
	has(t, list, "told.example", "story.published · comment.held")
	lacks(t, list, "berth-7", "whsec_")
	has(t, one, "https://told.example/in?key=berth-7", "It was told nothing in the last 30 days.")
	lacks(t, one, "whsec_")

	if w := r.ask(boss, webhooksPath+"/1/test", url.Values{}); w.Code != http.StatusSeeOther || w.Header().Get("Location") != webhooksPath+"/1?done=test" {
		t.Errorf("a test answers %d to %s", w.Code, w.Header().Get("Location"))
	}
	has(t, see(webhooksPath+"/1?done=test"), "A test is on its way.", "webhook.test", "waiting")
	if w := r.ask(boss, webhooksPath+"/1/again", url.Values{"delivery": {"1"}}); w.Code != http.StatusConflict {
		t.Errorf("sending again what waits answers %d", w.Code)
	}
	has(t, r.ask(boss, webhooksPath+"/1/rotate", url.Values{}).Body.String(), "whsec_", "The former secret signs as well until")

	r.must(r.store.Update(t.Context(), func(tx *store.Tx) error { return tx.SetWebhookPaused(1, standfirst.PausedFailing, r.now) }))
	has(t, see("/desk/settings"), "A webhook is paused, since it could not be told:")
	lacks(t, r.ask(standfirst.Editor, "/desk/settings", nil).Body.String(), "A webhook is paused")
	has(t, see(webhooksPath+"/1"), "could not be told for three days", "Resume it")
	for _, do := range []string{"resume", "pause", "remove"} {
		if w := r.ask(boss, webhooksPath+"/1/"+do, url.Values{}); w.Code != http.StatusSeeOther {
			t.Errorf("%s answers %d", do, w.Code)
		}
	}
	lacks(t, see("/desk/settings"), "A webhook is paused")
	for _, path := range []string{webhooksPath + "/1", webhooksPath + "/x"} {
		if w := r.ask(boss, path, nil); w.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", path, w.Code)
		}
	}
	if w := r.ask(standfirst.Editor, webhooksPath, nil); w.Code != http.StatusForbidden {
		t.Errorf("an editor gets %d", w.Code)
	}
}

func TestReachSettings(t *testing.T) {
	r := newTalkRoom(t)
	boss := standfirst.Administrator
	form := func(change ...string) url.Values {
		f := url.Values{"name": {"The Quay"}, "time-zone": {"UTC"}, "language": {"en"}, "index-now-url": {standfirst.DefaultIndexNowURL}}
		for i := 0; i < len(change); i += 2 {
			f.Set(change[i], change[i+1])
		}
		return f
	}
	for field, value := range map[string]string{"hub": "hub.example", "index-now-url": "search.example"} {
		w := r.ask(boss, "/desk/settings", form(field, value))
		if w.Code != http.StatusUnprocessableEntity {
			t.Errorf("the %s %q answers %d", field, value, w.Code)
		}
		has(t, w.Body.String(), `value="`+value+`"`, "must")
	}
	if w := r.ask(boss, "/desk/settings", form("hub", " https://hub.example/ ", "index-now-url", "https://search.example/")); w.Code != http.StatusSeeOther {
		t.Errorf("saving answers %d", w.Code)
	}
	page := r.ask(boss, "/desk/settings", nil).Body.String()
	has(t, page, `value="https://hub.example/"`, `value="https://search.example/"`, "Make a key and turn it on")
	if w := r.ask(boss, "/desk/settings/indexnow", url.Values{"do": {"make"}}); w.Code != http.StatusSeeOther {
		t.Errorf("making a key answers %d", w.Code)
	}
	page = r.ask(boss, "/desk/settings", nil).Body.String()
	key := regexp.MustCompile(`/[0-9a-f]{32}\.txt`).FindString(page)
	has(t, page, "Turn it off", `value="https://hub.example/"`)
	if key == "" {
		t.Error("the key is not shown")
	}
	r.ask(boss, "/desk/settings", form()) // what the form does not hold stays
	has(t, r.ask(boss, "/desk/settings", nil).Body.String(), key)
	r.ask(boss, "/desk/settings/indexnow", url.Values{"do": {"off"}})
	has(t, r.ask(boss, "/desk/settings", nil).Body.String(), "Make a key and turn it on")
}
