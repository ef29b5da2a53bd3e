package desk

import (
	"html"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"testing"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

// seenIn returns what the form of the page that is sent to the address was filled with.
func seenIn(t *testing.T, page, address string) string {
	t.Helper()
	found := regexp.MustCompile(`action="` + regexp.QuoteMeta(html.EscapeString(address)) + `">\s*<input type="hidden" name="seen" value="([0-9a-f]+)">`).FindStringSubmatch(page)
	if found == nil {
		t.Fatalf("no form for %s says what it was filled with: %s", address, page)
	}
	return found[1]
}

// TestTwoOpenForms opens each form that replaces something twice, and holds that the one
// that is sent later overwrites nothing that its sender has not seen.
func TestTwoOpenForms(t *testing.T) {
	r := newStoryRoom(t)
	_, err := r.news.CreateAndPublish(t.Context(), r.actor(standfirst.Editor), newsroom.Draft{Content: standfirst.Content{
		Headline: "Tallis closes a mill", Body: "It holds.", Section: "Deals", Topics: []string{"Mills"}, Bylines: []standfirst.Byline{{Name: "Mara Oduya"}},
	}})
	r.must(err)
	for _, name := range []string{"Tallis Foods", "Quay Capital"} {
		r.sent(companiesPath+"/new", filled("kind", "company", "name", name))
	}
	r.sent(dealsPath+"/new", filled("kind", "acquisition", "target", "Tallis Foods"))
	picture := r.addPicture(1)
	var deal standfirst.Deal
	var section standfirst.Section
	var topic standfirst.Topic
	var author standfirst.Author
	var sections []standfirst.Section
	r.must(r.store.View(t.Context(), func(tx *store.ReadTx) error {
		deals, err := tx.NewestDeals(0, 1)
		if err != nil {
			return err
		}
		deal = deals[0]
		if section, err = tx.SectionByName("Deals"); err != nil {
			return err
		}
		if topic, err = tx.TopicByName("Mills"); err != nil {
			return err
		}
		if sections, err = tx.Sections(); err != nil {
			return err
		}
		authors, err := tx.Authors("", 1)
		author = authors[0]
		return err
	}))
	places := func(first string) url.Values {
		f := url.Values{}
		for i, s := range sections {
			f.Add("section", s.ID.String())
			f.Set("place-"+s.ID.String(), string(rune('2'+i)))
		}
		f.Set("place-"+first, "1")
		return f
	}
	last, second := sections[len(sections)-1].ID.String(), sections[1].ID.String()
	settings := func(name string) url.Values {
		return filled("name", name, "time-zone", "UTC", "language", "en", "base-url", "https://quay.example")
	}
	for _, test := range []struct {
		name, page, action string
		theirs, mine       url.Values
		typed, stands      string
	}{
		{"author", authorPrefix + author.ID.String(), "", filled("role", "Editor", "disclosure", "Mara holds Northwind shares."), filled("role", "Desk chief"), `value="Desk chief"`, "<dd>Mara holds Northwind shares.</dd>"},
		{"deal", dealPath(deal.ID), "", filled("kind", "merger", "title", "The merger"), filled("kind", "debt", "title", "The loan"), `value="The loan"`, "<dd>The merger</dd>"},
		{"entity", entityPath(deal.Target), "", filled("name", "Tallis Foods plc"), filled("name", "Tallis"), `value="Tallis"`, "<dd>Tallis Foods plc</dd>"},
		{"picture", picture, "", filled("alt", "A quay", "focus-x", "20", "focus-y", "50"), filled("alt", "A pier", "focus-x", "50", "focus-y", "50"), ">\nA pier</textarea>", "<dd>A quay</dd>"},
		{"section", sectionPath(section.ID), "", filled("name", "Agreements", "slug", "agreements"), filled("name", "Takeovers", "slug", "takeovers"), `value="Takeovers"`, "<dd>Agreements</dd>"},
		{"topic", topicPrefix + topic.ID.String(), "", filled("name", "Flour", "slug", "flour"), filled("name", "Bread", "slug", "bread"), `value="Bread"`, "<dd>Flour</dd>"},
		{"settings", "/desk/settings", "", settings("The Quay Ledger"), settings("The Pier"), `value="The Pier"`, "<dd>The Quay Ledger</dd>"},
		{"hosts", "/desk/settings", "/desk/settings/embeds", filled("hosts", "charts.example"), filled("hosts", "maps.example"), "maps.example</textarea>", "<dd>charts.example</dd>"},
		{"order", "/desk/settings", "/desk/settings/sections/order", places(last), places(second), `name="place-` + second + `" type="number" step="any" required value="1"`, "<dd>" + sections[len(sections)-1].Name},
		{"mail", mailPath, "", filled("mail-name", "The Quay’s desk"), filled("mail-name", "The Pier’s desk"), `value="The Pier’s desk"`, "<dd>The Quay’s desk</dd>"},
		{"talk", talkPrefix + "/settings", "", filled("mode", "open", "house-rules", "Be kind."), filled("mode", "all", "house-rules", "Be brief."), `value="Be brief."`, "<dd>Be kind.</dd>"},
		{"talk of a section", talkPrefix + "/settings/section/" + section.ID.String(), "", filled("mode", "open"), filled("mode", "closed"), `value="closed" selected`, "Which comments appear by themselves</dt>"},
	} {
		t.Run(test.name, func(t *testing.T) {
			action := test.action
			if action == "" {
				action = test.page
			}
			send := func(f url.Values, seen string) (int, string) {
				f = maps.Clone(f)
				f.Set("seen", seen)
				w := r.ask(standfirst.Administrator, action, f)
				return w.Code, w.Body.String()
			}
			seen := seenIn(t, r.see(standfirst.Administrator, test.page), action)
			if code, page := send(test.theirs, seen); code != http.StatusSeeOther {
				t.Fatalf("the first answers %d: %s", code, page)
			}
			code, page := send(test.mine, seen)
			if code != http.StatusConflict {
				t.Fatalf("the second answers %d: %s", code, page)
			}
			has(t, page, "meanwhile", "What somebody else wrote meanwhile", test.typed, test.stands)
			if code, page := send(test.mine, seenIn(t, page, action)); code != http.StatusSeeOther {
				t.Errorf("who has seen what stands gets %d: %s", code, page)
			}
			if page := r.see(standfirst.Administrator, test.page); slices.Contains([]string{"author", "mail"}, test.name) {
				has(t, page, test.typed)
			}
		})
	}
}

// TestRefusedFormStaysGuarded holds that a form which is refused for what was typed is still
// about what it was filled with.
func TestRefusedFormStaysGuarded(t *testing.T) {
	r := newStoryRoom(t)
	_, err := r.news.CreateAndPublish(t.Context(), r.actor(standfirst.Editor), newsroom.Draft{Content: standfirst.Content{
		Headline: "Tallis closes a mill", Body: "It holds.", Section: "Deals",
	}})
	r.must(err)
	var section standfirst.Section
	r.must(r.store.View(t.Context(), func(tx *store.ReadTx) (err error) {
		section, err = tx.SectionByName("Deals")
		return err
	}))
	path := sectionPath(section.ID)
	seen := seenIn(t, r.see(standfirst.Editor, path), path)
	r.sent(path, filled("name", "Agreements", "slug", "agreements"))
	w := r.ask(standfirst.Editor, path, filled("name", "", "slug", "takeovers", "seen", seen))
	if w.Code != http.StatusUnprocessableEntity || seenIn(t, w.Body.String(), path) != seen {
		t.Errorf("a section without a name answers %d: %s", w.Code, w.Body)
	}
}
