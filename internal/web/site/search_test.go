package site

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/ledger"
	"standfirst/internal/newsroom"
	"standfirst/internal/record"
	"standfirst/internal/search"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

// found returns the titles of what the site finds, in their order, and the page.
func (h *house) found(query string) ([]string, *answer) {
	h.t.Helper()
	h.now = h.now.Add(time.Minute) // that nobody searches too much
	a := get(h.site, "/search?"+query)
	if a.Code != 200 {
		h.t.Fatalf("/search?%s answers %d", query, a.Code)
	}
	var titles []string
	for _, title := range a.all(".found h2") {
		titles = append(titles, strings.Join(strings.Fields(textOf(title)), " "))
	}
	return titles, a
}

// finds fails the test unless the words find the titles, in any order, and nothing else.
func (h *house) finds(words string, want ...string) *answer {
	h.t.Helper()
	got, a := h.found("q=" + url.QueryEscape(words))
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		h.t.Errorf("%s finds %q, want %q", words, got, want)
	}
	return a
}

// onBothEngines runs the test over a paper on SQLite and one on PostgreSQL.
func onBothEngines(t *testing.T, test func(t *testing.T, h *house)) {
	t.Run("SQLite", func(t *testing.T) { test(t, newHouse(t)) })
	t.Run("Postgres", func(t *testing.T) { test(t, newHouseOn(t, storetest.Postgres(t))) })
}

func ferries() standfirst.Content {
	return standfirst.Content{
		Headline: "Northwind orders three ferries", Standfirst: "The yard in Gdynia wins the contract.", Section: "Companies", Bylines: []standfirst.Byline{imogen},
		Body: "Northwind Freight (NYSE: NWF) has ordered three ferries for $1.2 billion, it said.\n\n" +
			":::voices\n> It buys ships that nobody needs.\n>\n> — Teodor Lindqvist, Saltmarsh Partners\n\n> The zephyr of hope blows.\n>\n> — Wanjiru Sato, Eastholm University\n:::\n\nThe first is to sail in 2028.",
	}
}

// TestSearchStates follows one story through all its states: what is out is found at the
// next request, and what is not is never found.
func TestSearchStates(t *testing.T) {
	onBothEngines(t, func(t *testing.T, h *house) {
		ctx, desk := t.Context(), standfirst.Command()
		const headline, newer = "Northwind orders three ferries", "Northwind orders four ferries"
		story := h.draft(ferries())
		_, err := h.news.SetEmbargo(ctx, desk, story.ID, h.now.Add(time.Hour), "")
		h.must(err)
		h.finds("ferries")
		h.finds("northwind")
		h.now = h.now.Add(2 * time.Hour)
		_, err = h.news.Publish(ctx, desk, story.ID, newsroom.PublishOptions{})
		h.must(err)
		for _, words := range []string{"ferry", "“three ferries”", "ferr*", "gdynia -hovercraft", "1.2 billion dollars", "$1.2bn", "ticker:NWF", "ticker:NYSE:NWF",
			"section:companies ships", "author:adeyemi", `author:"Imogen Adeyemi"`, "zephyr", "after:2026-03 ferries", "sailing"} {
			h.finds(words, headline)
		}
		for _, words := range []string{"“ferries three”", "ferries -gdynia", "$1.3bn", "section:deals ferries", "before:2026-03 ferries", "author:nobody"} {
			h.finds(words)
		}

		h.edit(story.ID, standfirst.Change{Class: standfirst.Correction, Note: "It is four."}, func(c *standfirst.Content) {
			c.Headline, c.Body = newer, strings.Replace(c.Body, "three ferries for $1.2", "four ferries for $1.5", 1)
		})
		h.finds("“three ferries”")
		h.finds("$1.2bn")
		h.finds("$1.5bn", newer)
		h.hold(story.ID, "A hovercraft instead")
		h.finds("hovercraft")

		voice := h.voiceOf(story.ID, "zephyr")
		_, err = h.news.Erase(ctx, desk, story.ID, newsroom.Erasure{Version: 2, Part: voice})
		h.must(err)
		h.finds("zephyr")
		h.finds("lindqvist", newer)

		_, err = h.news.Unpublish(ctx, desk, story.ID)
		h.must(err)
		h.finds("ferries")
		_, err = h.news.Publish(ctx, desk, story.ID, newsroom.PublishOptions{Change: standfirst.Change{Class: standfirst.Update}})
		h.must(err)
		h.finds("hovercraft", "A hovercraft instead")
		_, err = h.news.Retract(ctx, desk, story.ID, "None was ordered.")
		h.must(err)
		a := h.finds("hovercraft", "Retracted: A hovercraft instead")
		if len(a.all(".excerpt")) != 0 {
			t.Error("the text of a retracted story is shown")
		}
		h.finds("gdynia")
		_, err = h.news.Erase(ctx, desk, story.ID, newsroom.Erasure{})
		h.must(err)
		h.finds("hovercraft")
	})
}

// voiceOf returns the name of the part in which the published text has the word.
func (h *house) voiceOf(id standfirst.StoryID, word string) string {
	h.t.Helper()
	var body string
	h.must(h.store.View(h.t.Context(), func(tx *store.ReadTx) error {
		revision, err := tx.Revision(h.stored(id).Current)
		body = revision.Content.Body
		return err
	}))
	for _, b := range record.Blocks(body) {
		if strings.Contains(body[b.Start:b.End], word) {
			return b.Name
		}
	}
	h.t.Fatalf("no part has %q", word)
	return ""
}

// TestSearchLedger follows a figure, a deal and companies that a draft has until they are
// released and their figure is erased.
func TestSearchLedger(t *testing.T) {
	onBothEngines(t, func(t *testing.T, h *house) {
		ctx, desk := t.Context(), standfirst.Command()
		story := h.draft(standfirst.Content{Headline: "What we know of the round", Body: roundBody, Section: "Deals"}, func(d *newsroom.Draft) {
			d.Figures, d.Day = roundProposals(t), standfirst.DayOf(h.now, time.UTC)
		})
		h.finds("halcyon")
		h.finds("$96bn")
		if got := h.suggested("halc"); len(got) != 0 {
			t.Errorf("a draft suggests %q", got)
		}
		_, err := h.news.Publish(ctx, desk, story.ID, newsroom.PublishOptions{})
		h.must(err)
		got, _ := h.found("q=halcyon+compute")
		if len(got) == 0 || got[0] != "Halcyon Compute" {
			t.Errorf("what is called so is not first: %q", got)
		}
		got, _ = h.found("q=%2496bn&kind=claim")
		if len(got) != 1 || !strings.HasPrefix(got[0], "Valuation, Halcyon Compute") {
			t.Errorf("the figure: %q", got)
		}
		if got := h.suggested("halc"); !slices.Contains(got, "Halcyon Compute") {
			t.Errorf("suggests %q", got)
		}
		a := h.finds("halcion kind*")
		if len(a.all(".meant")) != 1 {
			t.Error("a typing mistake is not forgiven")
		}
		got, a = h.found("q=halcion")
		if len(got) == 0 || !strings.Contains(a.text, "halcyon") {
			t.Errorf("a mistyped name finds %q", got)
		}
		claim := h.claimOf(h.stored(story.ID), "about $96 billion")
		var versions []standfirst.ClaimVersion
		h.must(h.store.View(ctx, func(tx *store.ReadTx) (err error) {
			versions, err = tx.Versions(claim, store.ForReaders)
			return err
		}))
		h.must(h.ledger().Erase(ctx, desk, versions[0].ID))
		if got, _ := h.found("q=%2496bn&kind=claim"); len(got) != 0 {
			t.Errorf("an erased figure is found: %q", got)
		}
	})
}

// TestSearchRenamed finds stories by the section and company that they are about, whatever those
// were called when the stories came out.
func TestSearchRenamed(t *testing.T) {
	onBothEngines(t, func(t *testing.T, h *house) {
		ctx, desk := t.Context(), standfirst.Command()
		book := h.ledger()
		northwind, err := book.CreateEntity(ctx, desk, ledger.EntityDraft{Kind: standfirst.Company, Name: "Northwind Freight", Tickers: []string{"NYSE: NWF"}})
		h.must(err)
		group, err := book.CreateEntity(ctx, desk, ledger.EntityDraft{Kind: standfirst.Company, Name: "Boreas Group"})
		h.must(err)
		h.must(h.store.Update(ctx, func(tx *store.Tx) error {
			_, err := tx.ReleaseEntities([]standfirst.EntityID{northwind, group}, h.now)
			tx.Touch(standfirst.EntityTag(northwind), standfirst.EntityTag(group))
			return err
		}))
		h.publish(ferries())
		mention := ferries()
		mention.Headline, mention.Body = "A port waits", "The port waits for [Northwind](entity:northwind-freight)."
		h.publish(mention)
		for _, words := range []string{"section:companies", `company:"Northwind Freight"`, "company:northwind-freight", "ticker:NYSE:NWF"} {
			h.finds(words+" gdynia", mention.Headline, ferries().Headline)
		}
		for _, words := range []string{"NYSE: NWF", "(NYSE: NWF)", "nyse nwf", "NWF"} {
			if got, _ := h.found("q=" + url.QueryEscape(words)); len(got) == 0 || got[0] != "Northwind Freight" {
				t.Errorf("%s finds %q", words, got)
			}
		}

		var section standfirst.Section
		h.must(h.store.View(ctx, func(tx *store.ReadTx) (err error) { section, err = tx.SectionByName("Companies"); return err }))
		h.must(h.news.RenameSection(ctx, desk, section.ID, "Corporate affairs", "corporate", ""))
		for _, name := range []string{`"corporate affairs"`, "corporate", "companies"} {
			h.finds("section:"+name+" gdynia", mention.Headline, ferries().Headline)
		}
		h.must(book.ChangeEntity(ctx, desk, northwind, ledger.EntityDraft{Name: "Northwind Holdings", Aliases: []string{"Northwind Freight"}, Tickers: []string{"NASDAQ: NWH"}}))
		stories := "&kind=story"
		for _, words := range []string{`company:"Northwind Holdings"`, `company:"northwind freight"`, "ticker:NASDAQ:NWH"} {
			got, _ := h.found("q=" + url.QueryEscape(words) + stories)
			if !slices.Contains(got, mention.Headline) {
				t.Errorf("%s finds %q after the company was renamed", words, got)
			}
		}
		h.must(book.Merge(ctx, desk, northwind, group))
		for _, words := range []string{`company:"Boreas Group"`, "company:boreas-group", `company:"Northwind Holdings"`} {
			got, _ := h.found("q=" + url.QueryEscape(words) + stories)
			if !slices.Contains(got, mention.Headline) {
				t.Errorf("%s finds %q after the companies were merged", words, got)
			}
		}
	})
}

// TestSearchFormerNames finds what was indexed under names that nothing has any more.
func TestSearchFormerNames(t *testing.T) {
	onBothEngines(t, func(t *testing.T, h *house) {
		ctx, desk := t.Context(), standfirst.Command()
		book := h.ledger()
		company := func(name string, tickers ...string) standfirst.EntityID {
			id, err := book.CreateEntity(ctx, desk, ledger.EntityDraft{Kind: standfirst.Company, Name: name, Tickers: tickers})
			h.must(err)
			return id
		}
		northwind, group := company("Northwind Freight", "NYSE: NWF"), company("Boreas Group")
		h.must(h.store.Update(ctx, func(tx *store.Tx) error {
			_, err := tx.ReleaseEntities([]standfirst.EntityID{northwind, group}, h.now)
			tx.Touch(standfirst.EntityTag(northwind), standfirst.EntityTag(group))
			return err
		}))
		mention := ferries()
		mention.Headline, mention.Section = "A port waits", "Ships & Ports"
		mention.Body = "The port waits for [Northwind](entity:northwind-freight)."
		h.publish(mention)
		finds := func(queries ...string) {
			t.Helper()
			for _, words := range queries {
				if got, _ := h.found("q=" + url.QueryEscape(words) + "&kind=story"); !slices.Equal(got, []string{mention.Headline}) {
					t.Errorf("%s finds %q", words, got)
				}
			}
		}
		sections := []string{"section:ships-and-ports", `section:"ships & ports"`, `section:"ships ports"`}
		finds(append(sections, "ticker:NWF", "ticker:nwf", "ticker:nyse:nwf")...)

		var section standfirst.Section
		h.must(h.store.View(ctx, func(tx *store.ReadTx) (err error) { section, err = tx.SectionByName("Ships & Ports"); return err }))
		h.must(h.news.RenameSection(ctx, desk, section.ID, "Sea", "sea", ""))
		finds(append(sections[:2:2], "section:sea")...)

		var others []string
		for i := range 90 {
			others = append(others, fmt.Sprintf("Zephyr Affiliate %d", i))
		}
		h.must(book.ChangeEntity(ctx, desk, northwind, ledger.EntityDraft{Name: "Zephyr Lines", Aliases: others, Tickers: []string{"NASDAQ: ZPH"}}))
		finds(`company:"Zephyr Lines"`, "ticker:ZPH", "ticker:NASDAQ:ZPH")
		h.must(book.ChangeEntity(ctx, desk, northwind, ledger.EntityDraft{Name: "Zephyr Lines", Tickers: []string{"NASDAQ: ZPH"}}))
		h.must(book.Merge(ctx, desk, northwind, group))
		finds(`company:"Boreas Group"`, `company:"Zephyr Lines"`, "ticker:ZPH", "company:northwind-freight")
	})
}

// stored returns the story as it is stored now.
func (h *house) stored(id standfirst.StoryID) (story standfirst.Story) {
	h.t.Helper()
	h.must(h.store.View(h.t.Context(), func(tx *store.ReadTx) (err error) {
		story, err = tx.Story(id)
		return err
	}))
	return story
}

// suggested returns the names that are suggested.
func (h *house) suggested(typed string) (names []string) {
	h.t.Helper()
	var got struct {
		Suggestions []suggestion `json:"suggestions"`
	}
	h.must(json.Unmarshal(get(h.site, "/search/suggest?q="+url.QueryEscape(typed)).Body.Bytes(), &got))
	for _, s := range got.Suggestions {
		names = append(names, s.Name)
	}
	return names
}

// Comments are found while readers see them, and with their story.
func TestSearchComments(t *testing.T) {
	onBothEngines(t, func(t *testing.T, h *house) {
		ctx, desk := t.Context(), standfirst.Command()
		story := h.publish(ferries())
		h.now = h.now.Add(time.Minute)
		h.send(story.Path()+"/reply", map[string]string{"name": "Ana", "text": "Who insures the hovercraft?", "email": "ana@readers.example"})
		h.finds("hovercraft")
		_, err := h.talk.Decide(ctx, desk, []standfirst.CommentID{1}, discuss.Decision{State: standfirst.CommentApproved})
		h.must(err)
		a := h.finds("hovercraft", story.Headline)
		if got := attrOf(a.all(".found h2 a")[0], "href"); got != "/comment/1" {
			t.Errorf("it leads to %q", got)
		}
		_, err = h.news.Unpublish(ctx, desk, story.ID)
		h.must(err)
		h.finds("hovercraft")
		_, err = h.news.Publish(ctx, desk, story.ID, newsroom.PublishOptions{Change: standfirst.Change{Class: standfirst.Update}})
		h.must(err)
		h.index()
		h.finds("hovercraft", story.Headline)
		h.must(h.talk.Erase(ctx, desk, 1))
		h.finds("hovercraft")
	})
}

// New comments are found soon after they were posted: they are indexed together.
func TestSearchPosted(t *testing.T) {
	onBothEngines(t, func(t *testing.T, h *house) {
		h.must(h.talk.SetSettings(t.Context(), standfirst.Command(), standfirst.PublicationScope, standfirst.Discussion{Mode: standfirst.ModeOpen}, ""))
		story := h.publish(ferries())
		for i := range 120 {
			_, err := h.talk.Post(t.Context(), discuss.Posting{
				Story: story.ID, Name: fmt.Sprint("Ana ", i), Email: fmt.Sprintf("ana%d@readers.example", i), Address: fmt.Sprintf("10.0.%d.7", i),
				Text: fmt.Sprintf("Hovercraft w%d goes from quay q%d.", i, i),
			})
			h.must(err)
		}
		h.finds("w119")
		h.index()
		h.finds("w119", story.Headline)
		h.finds("w3", story.Headline)
		_, err := h.talk.Post(t.Context(), discuss.Posting{Story: story.ID, Name: "Bea", Email: "bea@readers.example", Address: "10.1.0.7", Text: "Only trams run at night."})
		h.must(err)
		h.index()
		h.finds("trams", story.Headline)
	})
}

// index does the jobs that index until none waits.
func (h *house) index() { h.doJobs(standfirst.JobIndexSearch, search.Job(h.store)) }

// doJobs does the jobs of the kind until none waits, and returns how many there were.
func (h *house) doJobs(kind standfirst.JobKind, do func(context.Context, standfirst.Job) error) (n int) {
	h.t.Helper()
	for {
		var waiting []standfirst.Job
		h.must(h.store.Update(h.t.Context(), func(tx *store.Tx) (err error) {
			later := time.Now().AddDate(1, 0, 0) // by the clock of the store
			waiting, err = tx.LeaseJobsOf(kind, later, later.Add(time.Hour), "test", 1)
			return err
		}))
		if len(waiting) == 0 {
			return n
		}
		n++
		h.must(do(h.t.Context(), waiting[0]))
		h.must(h.store.Update(h.t.Context(), func(tx *store.Tx) error { return tx.FinishJob(waiting[0].ID) }))
	}
}

// The pages of results join, in both orders, and every form of the page says what it is.
func TestSearchPages(t *testing.T) {
	h := newHouse(t)
	for n := range 45 {
		c := plainStory(n)
		if n%3 == 0 {
			c.Headline = "Freight news " + strconv.Itoa(n)
		}
		h.publish(c)
	}
	for _, query := range []string{"q=bulk", "q=bulk&order=date", "q=freight&kind=story", "q=freight"} {
		seen := make(map[string]bool)
		at := "/search?" + query
		for pages := 0; at != "" && pages < 9; pages++ {
			h.now = h.now.Add(time.Minute)
			a := get(h.site, at)
			for _, title := range a.all(".found h2") {
				if seen[textOf(title)] {
					t.Errorf("%s: %q stands twice", query, textOf(title))
				}
				seen[textOf(title)] = true
			}
			at = ""
			for _, next := range a.all("nav.turn a") {
				if attrOf(next, "rel") == "next" {
					at = attrOf(next, "href")
				}
			}
		}
		if len(seen) != 45 {
			t.Errorf("%s: %d of 45 stories are found", query, len(seen))
		}
	}
	got, _ := h.found("q=freight")
	if !strings.HasPrefix(got[0], "Freight news") {
		t.Errorf("titles do not come first: %q", got)
	}
	empty := get(h.site, "/search")
	if len(empty.all("[name=q]")) != 1 || len(empty.all(".nothing")) != 0 || empty.Header().Get("X-Robots-Tag") != "noindex" {
		t.Errorf("without a query: %s", empty.text)
	}
	none := get(h.site, "/search?q=zzzz%3Cb%3E")
	wantContains(t, none.text, "Nothing was found", `value="zzzz&lt;b&gt;"`)
	if got := get(h.site, "/search?q=bulk&after=nonsense").Code; got != 404 {
		t.Errorf("a page that there is not answers %d", got)
	}
	wantContains(t, get(h.site, "/opensearch.xml").text, baseURL+"/search?q={searchTerms}", "<ShortName>")
	refused := 0
	for range searchesAMinute + 5 {
		if a := get(h.site, "/search?q=bulk"); a.Code == 429 && a.Header().Get("Retry-After") != "" {
			refused++
		}
	}
	if refused == 0 {
		t.Error("nobody is refused however much they ask")
	}
}

// TestSearchIndexing indexes what an older version has published, from the beginning and in
// another language.
func TestSearchIndexing(t *testing.T) {
	onBothEngines(t, func(t *testing.T, h *house) {
		story := h.publish(ferries())
		h.must(h.store.Update(t.Context(), func(tx *store.Tx) error {
			return tx.DeleteSearchDoc(standfirst.FindStory, int64(story.ID))
		}))
		h.finds("gdynia")
		h.must(h.news.PlanRecurring(t.Context()))
		h.index()
		h.finds("gdynia", story.Headline)
		if got := h.suggested("imog"); !slices.Contains(got, imogen.Name) {
			t.Errorf("suggests %q", got)
		}
		if err := h.store.View(t.Context(), func(tx *store.ReadTx) error {
			name, err := tx.SearchAnalysis()
			if !strings.HasSuffix(name, "/en") {
				t.Errorf("indexed as %q", name)
			}
			return err
		}); err != nil {
			t.Error(err)
		}
	})
}
