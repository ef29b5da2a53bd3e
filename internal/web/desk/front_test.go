package desk

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/newsroom"
)

func TestMovePin(t *testing.T) {
	seen := "1.lead,2,3"
	for _, c := range []struct{ do, story, want string }{
		{"up", "3", "1.lead,3,2"}, {"up", "2", "2.lead,1,3"}, {"up", "1", "1.lead,2,3"}, {"down", "1", "2.lead,1,3"}, {"down", "3", "1.lead,2,3"},
		{"off", "1", "2,3"}, {"lead", "3", "3.lead,1,2"}, {"lead", "9", "9.lead,1,2,3"}, {"pin", "9", "1.lead,2,3,9"},
		{"off", "9", ""}, {"up", "x", ""}, {"jump", "1", ""},
	} {
		pins, err := parsePins(seen)
		if err != nil {
			t.Fatal(err)
		}
		moved, err := movePin(pins, c.do, c.story, true)
		if got := pinsText(moved); got != c.want || (err != nil) != (c.want == "") {
			t.Errorf("%s %s makes %q of %s: %v", c.do, c.story, got, seen, err)
		}
	}
	alone := []standfirst.Pin{{Story: 1, Lead: true, Until: time.UnixMicro(5).UTC()}}
	if down, err := movePin(alone, "down", "1", true); err != nil || pinsText(down) != "1.5" {
		t.Errorf("the only one goes down to %q: %v", pinsText(down), err)
	}
	if again, err := parsePins(pinsText(alone)); err != nil || !slices.Equal(again, alone) {
		t.Errorf("%q is read as %v: %v", pinsText(alone), again, err)
	}
}

func TestFront(t *testing.T) {
	r := newStoryRoom(t)
	editor := standfirst.Editor
	out := func(headline string) string {
		p, err := r.news.CreateAndPublish(t.Context(), r.actor(editor), newsroom.Draft{Content: standfirst.Content{Headline: headline, Body: "It holds.", Section: "Deals"}})
		r.must(err)
		return p.ID.String()
	}
	has(t, r.see(editor, frontPath), "Nothing is pinned.")
	first, second := out("Tallis closes a mill"), out("Northwind orders ten ferries")
	seen := regexp.MustCompile(`name="seen" value="([^"]*)"`)
	press := func(do string, change ...string) string {
		t.Helper()
		f := url.Values{"do": {do}, "seen": {seen.FindStringSubmatch(r.see(editor, frontPath))[1]}}
		for i := 0; i < len(change); i += 2 {
			f.Set(change[i], change[i+1])
		}
		w := r.ask(editor, frontPath, f)
		if w.Code != http.StatusSeeOther {
			return w.Body.String()
		}
		to, _, _ := strings.Cut(w.Header().Get("Location"), "#")
		return r.see(editor, to)
	}
	has(t, press("lead "+first), "It leads the front page now.", "Leads</span>", "Undo</button>")
	has(t, press("pin "+second), "It is pinned.")
	page := press("up " + second)
	has(t, page, "It moved up.", `name="seen" value="`+second+`.lead,`+first+`"`)
	ticket := regexp.MustCompile(`name="undo" value="([^"]+)"`).FindStringSubmatch(page)[1]
	// What somebody else made up is not brought back, nor what is of another page or session.
	lacks(t, r.see(editor, frontPath+"?done=up&undo="+first+".lead"), "Undo</button>")
	lacks(t, r.see(editor, frontPath+"?done=up&section=deals&undo="+ticket), "Undo</button>")
	lacks(t, r.see(standfirst.Administrator, frontPath+"?done=up&undo="+ticket), "Undo</button>")
	for _, made := range []string{"", first, ticket + "x", "9" + ticket} {
		has(t, press("restore", "undo", made), "cannot be undone any more")
	}
	w := r.ask(standfirst.Administrator, frontPath, filled("do", "restore", "seen", second+".lead,"+first, "undo", ticket))
	if w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a ticket of another session answers %d", w.Code)
	}
	has(t, press("restore", "undo", ticket), "It is as it was before.", `name="seen" value="`+first+`.lead,`+second+`"`)
	page = press("up " + second)
	r.now = r.now.Add(undoLife)
	late := regexp.MustCompile(`name="undo" value="([^"]+)"`).FindStringSubmatch(page)[1]
	has(t, press("restore", "undo", late), "cannot be undone any more")
	press("up " + first)
	// What was typed comes back with the reason.
	has(t, press("times", "until-"+first, "soon"), `role="alert"`, `value="soon" aria-invalid="true"`)
	has(t, press("times", "until-"+first, r.now.Add(time.Hour).Format(formDate)), "The times are saved.")
	has(t, press("off "+first, "seen", first+",77"), "Somebody else", "Leads</span>")
	has(t, r.see(editor, frontPath+"?q=ferries"), "Found for “ferries”", "Northwind orders ten ferries")
	has(t, r.see(editor, frontPath+"?q=porridge"), "No published story fits.")
	has(t, r.see(editor, frontPath+"?section=deals&q="+first), "Tallis closes a mill")
	lacks(t, r.see(editor, frontPath+"?section=deals"), "Let it lead</button>")
	lacks(t, r.see(standfirst.Reporter, Prefix), `href="/desk/front"`)
	if w := r.request(standfirst.Reporter, http.MethodGet, frontPath, "", ""); w.Code != http.StatusForbidden {
		t.Errorf("a reporter sees the page: %d", w.Code)
	}
}
