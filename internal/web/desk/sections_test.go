package desk

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

func TestSectionsAndTopics(t *testing.T) {
	r := newStoryRoom(t)
	editor := standfirst.Editor
	_, err := r.news.CreateAndPublish(t.Context(), r.actor(editor), newsroom.Draft{Content: standfirst.Content{
		Headline: "Tallis closes a mill", Body: "It holds.", Section: "Deals", Topics: []string{"Mills", "Flour"},
	}})
	r.must(err)
	var deals, economy standfirst.Section
	var mills, flour standfirst.Topic
	r.must(r.store.View(t.Context(), func(tx *store.ReadTx) (err error) {
		if deals, err = tx.SectionByName("Deals"); err != nil {
			return err
		}
		if economy, err = tx.SectionByName("Economy"); err != nil {
			return err
		}
		if mills, err = tx.TopicByName("Mills"); err != nil {
			return err
		}
		flour, err = tx.TopicByName("Flour")
		return err
	}))
	post := func(path string, want int, change ...string) string {
		t.Helper()
		f := url.Values{}
		for i := 0; i < len(change); i += 2 {
			f.Set(change[i], change[i+1])
		}
		w := r.ask(editor, path, f)
		if w.Code != want {
			t.Errorf("%s answers %d: %s", path, w.Code, w.Body)
		}
		if w.Code != http.StatusSeeOther {
			return w.Body.String()
		}
		to, _, _ := strings.Cut(w.Header().Get("Location"), "#")
		return r.see(editor, to)
	}
	path := sectionPath(deals.ID)
	has(t, r.see(editor, path), "Only an empty section can be deleted.")
	has(t, post(path, http.StatusConflict, "name", "Markets", "slug", "deals-two"), `value="Markets"`, `value="deals-two"`, "already")
	has(t, post(path, http.StatusSeeOther, "name", "Agreements", "slug", "agreements"), "<h1>Agreements</h1>", "lead here")
	has(t, r.see(editor, r.path), `value="Agreements"`)
	has(t, post(path+"/delete", http.StatusConflict), "only an empty section")
	has(t, post(sectionPath(economy.ID)+"/delete", http.StatusSeeOther), "The section is deleted.")

	has(t, r.see(editor, topicsPath), "Mills", "Flour")
	page := r.see(editor, topicsPath+"?from=mills")
	has(t, page, "Mills")
	lacks(t, page, "Flour")
	has(t, r.see(editor, topicsPath+"?after=zz"), "No topic comes after that.")
	topic := topicPrefix + mills.ID.String()
	post(topic, http.StatusSeeOther, "name", "Watermills", "slug", "watermills")
	if listed := strings.Count(r.see(editor, topicsPath+"?from=mills"), topic+`"`); listed != 1 {
		t.Errorf("a topic is listed %d times after its former name", listed)
	}
	has(t, post(topic, http.StatusSeeOther, "name", "Flour mills", "slug", "flour-mills"), "<h1>Flour mills</h1>")
	has(t, post(topic+"/merge", http.StatusUnprocessableEntity, "into", "Trains"), `value="Trains"`, `value="Flour mills"`)
	has(t, post(topic+"/merge", http.StatusSeeOther, "into", "flour"), "<h1>"+flour.Name+"</h1>", "The topics are one now.")
}
