package desk

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

// newestEvent returns the event that was added last.
func (r *storyRoom) newestEvent() (e standfirst.Event) {
	r.t.Helper()
	r.must(r.store.View(r.t.Context(), func(tx *store.ReadTx) error {
		for id := standfirst.EventID(1); ; id++ {
			next, err := tx.Event(id)
			if standfirst.KindOf(err) == standfirst.NotFound {
				return nil
			}
			if err != nil {
				return err
			}
			e = next
		}
	}))
	return e
}

// TestCalendar adds an event, moves it, cancels it and removes it, by forms alone.
func TestCalendar(t *testing.T) {
	r := newStoryRoom(t)
	page := r.ask(standfirst.Reporter, calendarPath, nil).Body.String()
	has(t, page, "Nothing is announced yet.", calendarPath+"/new")
	r.sent(companiesPath+"/new", filled("kind", "company", "name", "Tallis Foods"))
	form := filled("kind", "vote", "title", "Tallis Foods: annual meeting", "day", "the fifth", "precision", "instant", "clock", "14:30", "zone", "Europe/Nowhere", "entity", "Tallis", "place", "Leith", "confirmed", "1")
	w := r.ask(standfirst.Reporter, calendarPath+"/new", form)
	if w.Code != http.StatusUnprocessableEntity {
		t.Errorf("no day answers %d", w.Code)
	}
	has(t, w.Body.String(), "ay on which day it is", `value="the fifth"`, `value="14:30"`, `value="Tallis"`, `value="Leith"`, `value="vote" selected`, `value="instant" selected`, `name="confirmed" value="1" checked`)
	lacks(t, w.Body.String(), `name="release"`)
	form.Set("day", "2030-06-04")
	has(t, r.ask(standfirst.Reporter, calendarPath+"/new", form).Body.String(), "is no time zone")
	form.Set("zone", "Europe/London")
	has(t, r.ask(standfirst.Reporter, calendarPath+"/new", form).Body.String(), "Nothing is called “Tallis”")
	form.Set("entity", "Tallis Foods")
	page = r.sent(calendarPath+"/new", form)
	has(t, page, "Added.", "Readers do not see it before they see Tallis Foods.", `value="2030-06-04"`, `value="14:30"`, `value="company/tallis-foods"`)
	id := r.newestEvent().ID
	path := eventPath(id)
	has(t, r.page(calendarPath), "Tallis Foods: annual meeting", "14:30 BST on 4 June 2030", "confirmed")

	// A second form of the same event is told, with what was typed, and may be sent again.
	mark := between(t, page, `name="seen" value="`, `"`)
	form.Set("seen", mark)
	form.Set("precision", "quarter")
	form.Set("note", "The hall is taken.")
	has(t, r.sent(path, form), "Saved.", "Was: 14:30 BST on 4 June 2030", "The hall is taken.")
	form.Set("place", "Dover")
	form.Set("day", "the fifth") // what is refused for another reason is no less stale
	has(t, r.ask(standfirst.Editor, path, form).Body.String(), "ay on which day it is", `name="seen" value="`+mark+`"`)
	form.Set("day", "2030-06-04")
	w = r.ask(standfirst.Editor, path, form)
	if w.Code != http.StatusConflict {
		t.Errorf("a stale form answers %d", w.Code)
	}
	has(t, w.Body.String(), "omebody changed", `value="Dover"`, "What somebody else wrote meanwhile", "Leith")
	form.Set("seen", between(t, w.Body.String(), `name="seen" value="`, `"`))
	has(t, r.sent(path, form), "Saved.", `value="Dover"`)

	has(t, r.sent(path+"/cancel", filled("note", "Nobody comes.")), "It is cancelled.", "takes place after all", "Nobody comes.")
	has(t, r.sent(path+"/take-up", filled()), "It takes place after all.")
	r.sent(path+"/release", filled())
	r.must(r.store.Update(t.Context(), func(tx *store.Tx) error {
		_, err := tx.ReleaseEntities([]standfirst.EntityID{r.called("Tallis Foods").ID}, r.clock())
		return err
	}))
	page = r.ask(standfirst.Reporter, path, nil).Body.String()
	has(t, page, "Readers see it.", "an editor can change it", "/calendar/2030-06#event-"+id.String())
	lacks(t, page, `action="`+path)
	has(t, r.sent(path+"/remove", filled()), "The event is removed.", "Nothing is announced yet.")
	if w := r.ask(standfirst.Editor, path, nil); w.Code != http.StatusNotFound {
		t.Errorf("a removed event answers %d", w.Code)
	}
	for _, path := range []string{calendarPath + "?after=x", calendarPath + "?after=99", eventPath(99)} {
		if w := r.ask(standfirst.Editor, path, nil); w.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", path, w.Code)
		}
	}
}

// TestEventOfSomebodyElsesStory refuses an event that would go out with a story that is not
// theirs, and shows one that does without its form.
func TestEventOfSomebodyElsesStory(t *testing.T) {
	r := newStoryRoom(t)
	theirs, err := r.news.Create(t.Context(), r.actor(standfirst.Editor), newsroom.Draft{Content: standfirst.Content{Headline: "Theirs"}})
	r.must(err)
	form := filled("kind", "vote", "title", "Annual meeting", "day", "2030-06-04", "precision", "day", "place", "Leith", "story", theirs.ID.String())
	w := r.ask(standfirst.Reporter, calendarPath+"/new", form)
	if w.Code != http.StatusForbidden {
		t.Errorf("an event of somebody else's story answers %d", w.Code)
	}
	has(t, w.Body.String(), "edit any story", `value="Leith"`, `name="story" type="text" inputmode="numeric" maxlength="18" autocomplete="off" value="`+theirs.ID.String()+`"`)
	r.sent(calendarPath+"/new", form)
	path := eventPath(r.newestEvent().ID)
	page := r.ask(standfirst.Reporter, path, nil).Body.String()
	has(t, page, "somebody else’s story")
	lacks(t, page, `action="`+path)
	form.Set("story", "")
	w = r.ask(standfirst.Reporter, path, form)
	if w.Code != http.StatusForbidden || r.newestEvent().Story != theirs.ID {
		t.Errorf("changing it answers %d", w.Code)
	}
	has(t, w.Body.String(), `class="refused"`, "edit any story")
}

// TestDatesInAStory takes a date of a text into the calendar with one press, and calls
// another none; neither loses what was typed.
func TestDatesInAStory(t *testing.T) {
	r := newStoryRoom(t)
	body := "The hearing is set for 3 March 2030.\n\nShareholders will vote on 9 April 2030."
	page := r.sent(r.path, r.form("body", body))
	has(t, page, "Dates in this story", "<q>hearing is set for 3 March 2030</q>", "<q>Shareholders will vote on 9 April 2030</q>", "Add to the calendar", "Not an event")
	key := between(t, page, `name="event" value="`, `"`)
	page = r.sent(r.path+"/events", r.form("body", body+"\n\nTyped meanwhile.", "event", key))
	has(t, page, "The event is in the calendar.", "Typed meanwhile.", eventPath(1))
	lacks(t, page, "<q>hearing is set for")
	e := r.newestEvent()
	if e.Title != "Hearing" || e.Kind != standfirst.HearingEvent || e.Story != r.id || e.Shown || e.Confirmed || e.When.Words() != "3 March 2030" {
		t.Errorf("added %+v", e)
	}
	key = between(t, page, `name="event" value="`, `"`)
	page = r.sent(r.path+"/events/dismiss", r.form("body", body, "event", key))
	has(t, page, "are not proposed as an event again", "Called no event (1):", "shareholders will vote on 9 april 2030")
	lacks(t, page, "<q>Shareholders will vote")
	page = r.sent(r.path+"/events/restore", r.form("body", body))
	has(t, page, "<q>Shareholders will vote on 9 April 2030</q>")
	// Who publishes sees what goes out with it, and what it waits for besides.
	has(t, r.page(r.path+"/publish"), "Dates that readers see in the calendar from then on", `<a href="`+eventPath(1)+`">Hearing</a>`, "3 March 2030 · hearing, expected")
	lacks(t, r.page(r.path+"/publish"), "Readers do not see it before")
	r.sent(companiesPath+"/new", filled("kind", "company", "name", "Tallis Foods"))
	e.Entity = r.called("Tallis Foods").ID
	r.must(r.store.Update(t.Context(), func(tx *store.Tx) error { return tx.UpdateEvent(e, e.When.Due(time.UTC)) }))
	has(t, r.page(r.path+"/publish"), "hearing, expected · Tallis Foods · Readers do not see it before they see Tallis Foods.")
	e.Entity = 0
	r.must(r.store.Update(t.Context(), func(tx *store.Tx) error { return tx.UpdateEvent(e, e.When.Due(time.UTC)) }))
	w := r.ask(standfirst.Editor, r.path+"/events", r.form("body", body, "event", "0 no such words"))
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "proposes no event") {
		t.Errorf("words that are not there answer %d", w.Code)
	}
	r.must(func() error {
		r.sent(r.path+"/publish", r.publication())
		return nil
	}())
	if e := r.newestEvent(); !e.Shown {
		t.Error("the event of a published story is not shown")
	}
	lacks(t, r.page(r.path+"/publish"), "Dates that readers see")
}

// between returns what stands between the words in the text.
func between(t *testing.T, text, before, after string) string {
	t.Helper()
	_, rest, ok := strings.Cut(text, before)
	found, _, end := strings.Cut(rest, after)
	if !ok || !end {
		t.Fatalf("%q is not in %s", before, text)
	}
	return found
}
