package desk

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/store"
)

// complain reports the comment as somebody from the address.
func (r *talkRoom) complain(c standfirst.Comment, legal bool, text, address string) {
	r.t.Helper()
	r.must(r.talk.Report(r.t.Context(), discuss.Complaint{
		Comment: c.ID, Reason: standfirst.ReasonFalse, Legal: legal, Text: text, Name: "Ines Falk", Email: "ines@skerry.example", Address: address,
	}))
}

func (r *talkRoom) settings(scope standfirst.DiscussionScope) standfirst.Discussion {
	r.t.Helper()
	d, err := r.talk.SettingsOf(r.t.Context(), scope)
	r.must(err)
	return d
}

func TestReportedComment(t *testing.T) {
	r := newTalkRoom(t)
	c := r.post("Ana", "The repair took a winter.")
	r.send("/desk/talk/decide", alone(c, "do", "approve"))
	r.complain(c, false, "It took three weeks.", "10.9.9.9")
	r.now = r.now.Add(3 * time.Hour)
	has(t, r.page("/desk/talk"), `waiting reported`, "Reported", "It took three weeks.", "Ines Falk", "waiting 3 hours")
	page := r.page(commentPath(c.ID))
	has(t, page, `href="/comment/1"`, "approved (was held)", "Mara the moderator")
	page = r.send(commentPath(c.ID), url.Values{"do": {"reject"}, "reason": {"false"}})
	has(t, page, "1 comment rejected.", "rejected (was approved)", "Reports that were answered", "Answered by Mara the moderator: rejected")
	lacks(t, page, `href="/comment/1"`)
	w := r.ask(standfirst.Moderator, commentPath(c.ID), url.Values{"do": {"reject"}, "note": {"Typed words"}})
	if w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a rejection without a reason answers %d", w.Code)
	}
	has(t, w.Body.String(), "Say why", `value="Typed words"`)
	has(t, r.send(commentPath(c.ID), url.Values{"do": {"reject"}, "reason": {"false"}}), "Nothing changed")
}

func TestObjectionHasItsOwnWords(t *testing.T) {
	r := newTalkRoom(t)
	r.cookie(standfirst.Editor) // a colleague
	c := r.post("Ana", "They all cheat.")
	r.send(commentPath(c.ID), url.Values{"do": {"reject"}, "reason": {"false"}})
	key, err := r.talk.Key(t.Context(), c.ID)
	r.must(err)
	r.must(r.talk.Object(t.Context(), c.ID, key, "It stands in the judgment of May."))
	page := r.page("/desk/talk")
	has(t, page, "waiting reported", "Objection", "It stands in the judgment of May.")
	lacks(t, page, ">Reported<")
	w := r.ask(standfirst.Moderator, "/desk/talk/decide", alone(c, "do", "approve"))
	if w.Code != http.StatusForbidden {
		t.Errorf("who decided decides again: %d", w.Code)
	}
	has(t, w.Body.String(), "objects to a decision of yours", "It stands in the judgment of May.")
	if w := r.ask(standfirst.Editor, "/desk/talk/decide", alone(c, "do", "approve")); w.Code != http.StatusSeeOther {
		t.Errorf("a colleague cannot decide: %d", w.Code)
	}
}

func TestEscalated(t *testing.T) {
	r := newTalkRoom(t)
	c := r.post("Ana", "My brother says that it is signed.")
	has(t, r.send(commentPath(c.ID)+"/escalate", url.Values{"do": {"escalate"}, "next": {"/desk/talk"}}), "An editor is asked", "Nothing waits.")
	w := r.ask(standfirst.Editor, "/desk/talk/escalated", nil)
	has(t, w.Body.String(), "My brother says", "A moderator asks an editor to decide.", "Back to the moderators")
	w = r.ask(standfirst.Editor, "/desk/talk/decide", alone(c, "do", "reject", "next", "/desk/talk/escalated", "escalated", "1"))
	has(t, w.Body.String(), "Comments that an editor is to look at", "Say why")
	has(t, r.send(commentPath(c.ID)+"/escalate", url.Values{"do": {"return"}}), "with the moderators again")
	has(t, r.page("/desk/talk"), "My brother says")
}

func TestErase(t *testing.T) {
	r := newTalkRoom(t)
	c := r.post("Ana", "My telephone is 555 0100.")
	has(t, r.page(commentPath(c.ID)+"/erase"), "gone for good", "555 0100", "Keep it")
	page := r.send(commentPath(c.ID)+"/erase", url.Values{})
	has(t, page, "The words are gone for good.", "An erased comment")
	lacks(t, page, "555 0100", "Ana", `value="approve"`)
	if got := r.state(c.ID); got.State != standfirst.CommentErased {
		t.Errorf("the comment is %s", got.State)
	}
}

func TestLegalQueue(t *testing.T) {
	r := newTalkRoom(t)
	has(t, r.page("/desk/talk/legal"), "Nothing waits.")
	c := r.post("Ana", "The line had no cover.")
	r.send("/desk/talk/decide", alone(c, "do", "approve"))
	r.complain(c, true, "It harms our business.", "10.9.9.9")
	r.now = r.now.Add(4*24*time.Hour - time.Minute)
	page := r.page("/desk/talk/legal")
	has(t, page, "Legal complaint: False", "due in 3 days", "It harms our business.", "ines@skerry.example", "The line had no cover.", "10.0.1.7")
	r.now = r.now.Add(5 * 24 * time.Hour)
	has(t, r.page("/desk/talk/legal"), "overdue by", `waiting reported`)

	r.send(commentPath(c.ID), url.Values{"do": {"reject"}, "reason": {"unlawful"}}) // the complaint stays open
	w := r.ask(standfirst.Moderator, "/desk/talk/legal/1", url.Values{"outcome": {strings.Repeat("long ", 250)}})
	if w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a long answer gets %d", w.Code)
	}
	has(t, w.Body.String(), "Say in at most", "long long long")
	page = r.send("/desk/talk/legal/1", url.Values{"outcome": {"We took it away."}, "next": {"/desk/talk/legal"}})
	has(t, page, "Your answer is kept", "Nothing waits.")
	has(t, r.page(commentPath(c.ID)), "Answered by Mara the moderator: We took it away.")
	if w := r.ask(standfirst.Moderator, "/desk/talk/legal/1", url.Values{"outcome": {"Again."}}); w.Code != http.StatusConflict {
		t.Errorf("a second answer gets %d", w.Code)
	}
}

func TestDecisionsLog(t *testing.T) {
	r := newTalkRoom(t)
	has(t, r.page("/desk/talk/decisions"), "Nobody has decided anything yet.")
	var all []standfirst.Comment
	for _, name := range strings.Fields("Ana Ben Cyd Dee Eli Fay Gus Hal Ida Jon Kay Lea Mia Ned Ona Pia Quy Rex Sal Tom Una Vic") {
		all = append(all, r.post(name, "A remark by "+name))
	}
	r.send("/desk/talk/decide", chosen(all[:2], "do", "approve"))
	for _, c := range all[2:] {
		r.send("/desk/talk/decide", alone(c, "do", "reject", "reason", "off-topic", "note", "For "+c.Name))
	}
	first := r.page("/desk/talk/decisions")
	has(t, first, "rejected (was held)", "Off topic", "For Vic", "Skerry Cable in talks", "Go on")
	lacks(t, first, ">Ben</a>")
	second := r.page("/desk/talk/decisions?before=3")
	has(t, second, "approved (was held)", ">Ana</a>", ">Ben</a>", "Undo all decided at once", "From the start")
	page := r.send("/desk/talk/undo", url.Values{"batch": {r.batch(second)}, "next": {"/desk/talk/decisions?before=3"}})
	has(t, page, "Undone: 2 comments", "undone 5 March 2026")
	if w := r.ask(standfirst.Moderator, "/desk/talk/undo", url.Values{"batch": {r.batch(second)}}); w.Code != http.StatusNotFound {
		t.Errorf("undoing twice answers %d", w.Code)
	}
	if w := r.ask(standfirst.Moderator, "/desk/talk/undo", url.Values{"batch": {"none"}, "next": {"//evil.example/desk"}}); w.Code != http.StatusNotFound {
		t.Errorf("undoing nothing answers %d", w.Code)
	}
}

func TestBans(t *testing.T) {
	r := newTalkRoom(t)
	c := r.post("Ana Moe", "Buy my newsletter.")
	has(t, r.page(commentPath(c.ID)+"/ban"), "ana.moe@readers.example", "10.0.1.7", "10.0.1.0/24", "A month")
	page := r.send(commentPath(c.ID)+"/ban", url.Values{"by-email": {"1"}, "by-network": {"1"}, "days": {"30"}, "reason": {"Advertises"}})
	has(t, page, "The ban holds from now on.")
	page = r.page("/desk/talk/bans")
	has(t, page, "ana.moe@readers.example", "10.0.1.0/24", "Advertises", "until", "4 April 2026", "Lift the ban on 10.0.1.0/24")
	for name, form := range map[string]url.Values{
		"nobody": {"days": {"7"}}, "no length": {"by-name": {"1"}}, "for ever": {"by-name": {"1"}, "days": {"9999"}},
	} {
		if w := r.ask(standfirst.Moderator, commentPath(c.ID)+"/ban", form); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("a ban with %s answers %d", name, w.Code)
		}
	}
	w := r.ask(standfirst.Moderator, "/desk/talk/bans", url.Values{"kind": {"network"}, "value": {"10.0.0.0/31"}, "days": {"365"}, "reason": {"Typed"}})
	has(t, w.Body.String(), "is no network", `value="10.0.0.0/31"`, `value="network" selected`, `value="365" selected`, `value="Typed"`)
	if w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a malformed network answers %d", w.Code)
	}
	has(t, r.send("/desk/talk/bans", url.Values{"kind": {"name"}, "value": {"Top Tips"}, "days": {"1"}}), "top tips")
	page = r.send("/desk/talk/bans/1/lift", url.Values{})
	has(t, page, "The ban is lifted.")
	lacks(t, page, "ana.moe@readers.example")
}

func TestBansGoOn(t *testing.T) {
	r := newTalkRoom(t)
	for i := range 25 {
		_, err := r.talk.Ban(t.Context(), standfirst.Command(), standfirst.Ban{Kind: standfirst.BanName, Value: "name " + string(rune('a'+i)), ExpiresAt: r.now.Add(48 * time.Hour)})
		r.must(err)
	}
	page := r.page("/desk/talk/bans")
	has(t, page, "name t<", "/desk/talk/bans?after=0-20")
	lacks(t, page, "name u<")
	has(t, r.page("/desk/talk/bans?after=0-20"), "name u<", "name y<", "From the start")
}

func TestHoldEverything(t *testing.T) {
	r := newTalkRoom(t)
	page := r.send("/desk/talk/hold", url.Values{"scope": {"publication"}, "do": {"hold"}})
	has(t, page, "Every new comment is held now.", "Everything is held.", "Let go")
	if !r.settings(standfirst.PublicationScope).HoldNow {
		t.Error("nothing is held")
	}
	has(t, r.page(storyTalkPath(r.story.ID)), "Everything is held by the settings above these")
	lacks(t, r.send("/desk/talk/hold", url.Values{"scope": {"publication"}, "do": {"release"}}), "Everything is held.")
	story := storyTalkPath(r.story.ID)
	has(t, r.send("/desk/talk/hold", url.Values{"scope": {"story:" + r.story.ID.String()}, "do": {"hold"}, "next": {story}}), "Everything is held.", "Skerry Cable")
	for scope, want := range map[string]int{"story:99": 404, "section:99": 404, "nothing": 400, "story:": 400, "": 400, "page:1": 400} {
		if w := r.ask(standfirst.Moderator, "/desk/talk/hold", url.Values{"scope": {scope}, "do": {"hold"}}); w.Code != want {
			t.Errorf("holding %q answers %d, want %d", scope, w.Code, want)
		}
	}
}

func TestTalkSettings(t *testing.T) {
	r := newTalkRoom(t)
	path := "/desk/talk/settings"
	page := r.page(path)
	has(t, page, "Only an administrator changes", "disabled", "/desk/talk/settings/section/1")
	lacks(t, page, ">Save<")
	form := url.Values{
		"mode": {"open"}, "closes-after": {"14"}, "opens": {"08:00"}, "closes": {"20:00"}, "house-rules": {"Say what you hold."},
		"exact": {"gusher\r\n\r\n  moonshot "}, "loose": {"pump"}, "max-links": {"0"}, "keep-days": {"60"}, "edit-minutes": {"0"},
	}
	if w := r.ask(standfirst.Editor, path, form); w.Code != http.StatusForbidden {
		t.Errorf("an editor changes the publication's: %d", w.Code)
	}
	if w := r.ask(standfirst.Administrator, path, form); w.Code != http.StatusSeeOther {
		t.Fatalf("saving answers %d: %s", w.Code, w.Body)
	}
	d := r.settings(standfirst.PublicationScope)
	if d.Mode != standfirst.ModeOpen || d.ClosesAfter != 14 || d.MaxLinks != -1 || d.EditMinutes != -1 || d.KeepDays != 60 || len(d.Exact) != 2 || d.Exact[1] != "moonshot" {
		t.Errorf("saved %+v", d)
	}
	has(t, r.ask(standfirst.Administrator, path+"?done=saved", nil).Body.String(), "The settings are saved.", `value="14"`, `value="0"`, "gusher\nmoonshot", `value="08:00"`)

	r.send("/desk/talk/hold", url.Values{"scope": {"publication"}, "do": {"hold"}}) // while the form is open
	r.ask(standfirst.Administrator, path, form)
	if !r.settings(standfirst.PublicationScope).HoldNow {
		t.Error("a form that was opened before everything was held lets go of it")
	}

	for name, c := range map[string]struct{ field, value, want string }{
		"no number":     {"closes-after", "soon", "does not fit"},
		"zero days":     {"closes-after", "0", "does not fit"},
		"negative":      {"max-links", "-3", "does not fit"},
		"no hour":       {"opens", "8 am", "is no time of the day"},
		"one end":       {"closes", "", "the hours need both ends"},
		"no mode":       {"mode", "shout", "there is no mode"},
		"too long kept": {"keep-days", "5000", "addresses can be kept"},
	} {
		bad := url.Values{}
		for key, values := range form {
			bad[key] = values
		}
		bad.Set(c.field, c.value)
		bad.Set("house-rules", "Typed just now")
		w := r.ask(standfirst.Administrator, path, bad)
		if w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%s answers %d", name, w.Code)
		}
		has(t, strings.ToLower(w.Body.String()), c.want, `value="typed just now"`)
	}
	if after := r.settings(standfirst.PublicationScope); after.HouseRules != "Say what you hold." {
		t.Errorf("a refused form changed %+v", after)
	}
}

func TestTalkSettingsOfAStory(t *testing.T) {
	r := newTalkRoom(t)
	path := storyTalkPath(r.story.ID)
	has(t, r.page(path), "As above (First comments wait", "Left empty, it is as above: never.", "Skerry Cable in talks")
	r.send("/desk/talk/hold", url.Values{"scope": {"story:" + r.story.ID.String()}, "do": {"hold"}})
	page := r.send(path, url.Values{"mode": {"closed"}, "never": {"1"}})
	has(t, page, "The settings are saved.", `value="closed" selected`, " checked")
	d := r.settings(standfirst.StoryScope(r.story.ID))
	if d.Mode != standfirst.ModeClosed || d.ClosesAfter != -1 || !d.HoldNow {
		t.Errorf("saved %+v", d)
	}
	r.must(r.store.View(t.Context(), func(tx *store.ReadTx) error {
		holds, err := discuss.Settings(tx, r.story)
		if holds.Mode != standfirst.ModeClosed {
			t.Errorf("%+v holds under the story", holds)
		}
		return err
	}))
	has(t, r.send("/desk/talk/settings/section/1", url.Values{"mode": {"all"}, "closes-after": {"3"}}), `value="all" selected`, `value="3"`)
	if d := r.settings(standfirst.SectionScope(1)); d.Mode != standfirst.ModeAll || d.ClosesAfter != 3 {
		t.Errorf("saved %+v for the section", d)
	}
}

// TestNoticesAreNotBelieved holds that an address cannot make the desk tell what was not.
func TestNoticesAreNotBelieved(t *testing.T) {
	r := newTalkRoom(t)
	for _, query := range []string{"done=Pay+the+ransom", "batch=none", "left=-3", "left=many", "done="} {
		lacks(t, r.page("/desk/talk?"+query), `id="done"`, "ransom")
	}
}

func TestAkismetSettings(t *testing.T) {
	r := newTalkRoom(t)
	path := "/desk/talk/settings"
	has(t, r.page(path), "Off: nobody outside is asked.", "leave the house")
	lacks(t, r.page(path), "akismet-key")
	lacks(t, r.page(storyTalkPath(r.story.ID)), "Akismet")
	form := url.Values{"do": {"ask"}, "akismet-key": {"0123berth7ab"}, "akismet-address": {"https://spam.harbour.example/1.1"}}
	if w := r.ask(standfirst.Editor, path+"/akismet", form); w.Code != http.StatusForbidden {
		t.Errorf("an editor changes it: %d", w.Code)
	}
	if w := r.ask(standfirst.Administrator, path+"/akismet", form); w.Code != http.StatusSeeOther {
		t.Fatalf("saving answers %d: %s", w.Code, w.Body)
	}
	page := r.ask(standfirst.Administrator, path+"?done=saved", nil).Body.String()
	has(t, page, "The settings are saved.", "On, with the key …h7ab.", `value="https://spam.harbour.example/1.1"`, "Ask nobody outside")
	lacks(t, page, "0123")
	for name, bad := range map[string]url.Values{
		"no key":   {"do": {"ask"}, "akismet-address": {"https://typed.harbour.example/1.1"}},
		"no https": {"do": {"ask"}, "akismet-key": {"0123berth7ab"}, "akismet-address": {"http://typed.harbour.example/1.1"}},
	} {
		w := r.ask(standfirst.Administrator, path+"/akismet", bad)
		if w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%s answers %d", name, w.Code)
		}
		has(t, w.Body.String(), "//typed.harbour.example/1.1", "On, with the key …h7ab.")
		lacks(t, w.Body.String(), "0123")
	}
	r.ask(standfirst.Administrator, path, url.Values{"mode": {"open"}, "max-links": {"2"}})
	if a := r.settings(standfirst.PublicationScope).Akismet; !a.On() {
		t.Error("other settings end that Akismet is asked")
	}
	r.ask(standfirst.Administrator, path+"/akismet", url.Values{"do": {"off"}})
	has(t, r.page(path), "Off: nobody outside is asked.")
}
