package site

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/copydesk"
	"standfirst/internal/ledger"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

// TestAnEmbargoedDraftShowsNowhere holds that a draft with new figures, new parties and
// new sources, and a superseding figure that is held back, change no byte at any kind of
// address.
func TestAnEmbargoedDraftShowsNowhere(t *testing.T) {
	p := newPaper(t)
	p.must(p.store.Update(t.Context(), func(tx *store.Tx) error {
		for _, e := range []standfirst.Entity{
			{Kind: standfirst.Organisation, Name: "Port Authority"}, {Kind: standfirst.Place, Name: "Antwerp"},
			{Kind: standfirst.Person, Name: "Odile Brandt", PublicFigure: true},
		} {
			e.ReleasedAt = p.now
			if _, err := tx.InsertEntity(e); err != nil {
				return err
			}
		}
		return nil
	}))
	panels := p.publish(standfirst.Content{Headline: "Halcyon, step by step", Section: "Deals", Body: "[Northwind](entity:northwind-freight) (NYSE: NWF) and " +
		"[Tallis Foods](entity:tallis-foods) (NYSE: TLF).\n\n:::deal 1\n:::\n\n:::timeline 1\n:::\n\n:::deal 2\n:::\n\n:::timeline 2\n:::"})
	edited := p.publishEdited()
	paths := []string{
		panels.Path(), "/organisation/port-authority", "/place/antwerp", "/person/odile-brandt", "/deals?order=USD", "/deals?after=1", "/claim/3", "/claim/4", "/claim/6",
		"/", "/section/deals", "/topic/freight", "/author/imogen-adeyemi", "/2026/03/04/", "/archive", "/about", "/corrections",
		"/corrections/correction", "/deals", "/deals?kind=primary-round", "/deal/halcyon-compute-round", "/claim/1", "/claim/2", "/claim/5",
		"/company/northwind-freight", "/company/halcyon-compute", "/company/kestrel-capital", p.round.Path(), p.lead.Path(),
		p.round.Path() + ".ninjs.json", p.lead.Path() + ".ninjs.json", panels.Path() + ".ninjs.json",
		"/feed.atom", "/feed.rss", "/feed.json", "/section/deals/feed.atom", "/topic/freight/feed.rss", "/author/imogen-adeyemi/feed.json", "/corrections/feed.atom",
		"/calendar", "/calendar.ics", "/company/northwind-freight/calendar.ics", "/deal/halcyon-compute-round/calendar.ics",
		"/ledger.json", "/ledger.csv", "/deal/halcyon-compute-round.json", "/deal/halcyon-compute-round.csv",
		"/sitemap.xml", "/sitemap/2026-03.xml", "/sitemap/pages.xml", "/sitemap-news.xml", "/robots.txt", "/site.webmanifest",
		"/deal/halcyon-compute-round/feed.atom", "/company/northwind-freight/feed.rss", "/organisation/port-authority/feed.atom", p.lead.Path() + "/comments/feed.atom",
		"/search?q=northwind&order=date", "/search?q=embargo", "/search?q=tallis", "/search?q=%24130bn+brandt", "/search/suggest?q=tall", "/search/suggest?q=halc",
		"/oembed?url=" + url.QueryEscape(baseURL+p.lead.Path()), "/oembed?format=xml&url=" + url.QueryEscape(baseURL+p.round.Path()),
	}
	for _, below := range []string{"/history", "/version/1", "/version/2", "/version/3", "/compare?from=1&to=3", "/compare?from=2&to=3&view=side"} {
		paths = append(paths, edited.Path()+below)
	}
	paths = append(paths, p.lead.Path()+"/history", p.lead.Path()+"/version/1", p.lead.Path()+"/compare?from=1&to=2")
	missing := []string{
		edited.Path() + "/version/4", edited.Path() + "/compare?from=3&to=4", edited.Path() + "/history?before=4",
		p.lead.Path() + "/version/3", p.lead.Path() + "/compare?from=1&to=3",
	}
	before := make(map[string]string)
	for _, path := range paths {
		a := get(p.site, path)
		if a.Code != 200 {
			t.Errorf("%s answers %d", path, a.Code)
		}
		before[path] = a.text
	}
	proposals := roundProposals(t)
	more, err := standfirst.ParseQuantity("about $130 billion")
	p.must(err)
	proposals.Claims[1].Value.Quantity = &more // in conflict with what is held
	proposals.Claims[0].Attribution = &standfirst.Attribution{Kind: standfirst.OtherOutlet, Outlet: "The Sound Dispatch", Words: "The Sound Dispatch reported"}
	proposals.Deals[0].Stage = standfirst.Signed
	proposals.Deals[0].Parties = append(proposals.Deals[0].Parties, proposals.Deals[0].Parties[0])
	proposals.Deals[0].Parties[2].Role = standfirst.Seller
	proposals.Responses[0].Kind = standfirst.ResponseConfirmed
	// A company, with a ticker, and a deal that readers do not know, and a figure about each
	// entity that they do.
	ticker, _ := standfirst.ParseTicker("NYSE: TLF")
	proposals.Entities = append(proposals.Entities,
		copydesk.EntityProposal{Kind: standfirst.Company, Name: "Tallis Foods", Tickers: []standfirst.Ticker{ticker}},
		copydesk.EntityProposal{Kind: standfirst.Organisation, Name: "Port Authority"}, copydesk.EntityProposal{Kind: standfirst.Place, Name: "Antwerp"},
		copydesk.EntityProposal{Kind: standfirst.Person, Name: "Odile Brandt"})
	proposals.Deals = append(proposals.Deals, copydesk.DealProposal{Kind: standfirst.Acquisition, Target: 3, Stage: standfirst.EarlyTalks,
		Parties: []copydesk.PartyProposal{{Entity: 1, Role: standfirst.Acquirer}, {Entity: 6, Role: standfirst.Buyer}}})
	for entity := 4; entity <= 6; entity++ {
		figure := proposals.Claims[5]
		figure.Entity = entity
		proposals.Claims = append(proposals.Claims, figure)
	}
	price := proposals.Claims[2]
	price.Deal, price.Property = 1, standfirst.DealValue
	proposals.Claims = append(proposals.Claims, price)
	secret := p.draft(standfirst.Content{Headline: "Under embargo", Body: roundBody, Section: "Deals"}, func(d *newsroom.Draft) {
		d.Figures, d.Day = proposals, standfirst.DayOf(p.now, time.UTC)
	})
	token := p.handOn(secret.ID)
	figures := ledger.New(p.store, ledger.Options{Clock: func() time.Time { return p.now }})
	less, err := standfirst.ParseQuantity("$5 billion")
	p.must(err)
	_, err = figures.Supersede(t.Context(), standfirst.Command(), p.claimOf(p.round, "up to $6 billion"), ledger.Supersession{
		Value: standfirst.Value{Quantity: &less}, Cause: standfirst.SupersededByEvent, Hold: true,
	})
	p.must(err)
	_, err = figures.Retract(t.Context(), standfirst.Command(), p.claimOf(p.round, "up to $3 billion"), 0, "We misread it.", true)
	p.must(err)
	p.holdsDrafts()
	// Updates that are saved and scheduled; the one with the superseding figure was prepared.
	p.hold(edited.ID, "A word under embargo")
	p.hold(p.lead.ID, "Another word under embargo")
	p.handOn(edited.ID)
	if a := get(p.site, "/preview/"+token); a.Code != 200 || !strings.Contains(a.text, "Under embargo") {
		t.Errorf("the preview answers %d", a.Code)
	}
	p.cache.Clear()
	for _, path := range missing {
		if got := get(p.site, path).Code; got != 404 {
			t.Errorf("%s answers %d", path, got)
		}
	}
	for _, path := range paths {
		if got := get(p.site, path).text; got != before[path] {
			t.Errorf("%s changed from\n%s\nto\n%s", path, before[path], got)
		}
	}
}

// handOn takes the story through all that the desk does with a text before it is out, and
// returns the token of its preview.
func (p *paper) handOn(id standfirst.StoryID) string {
	p.t.Helper()
	ctx, by := p.t.Context(), standfirst.Command()
	_, err := p.news.Submit(ctx, by, id, newsroom.SubmitOptions{Note: "The company's own figures."})
	p.must(err)
	_, err = p.news.SetEmbargo(ctx, by, id, p.now.Add(24*time.Hour), "")
	p.must(err)
	_, err = p.news.AddNote(ctx, by, id, newsroom.NewNote{Words: "Northwind", Text: "Which one?"})
	p.must(err)
	_, err = p.news.ApproveSources(ctx, by, id)
	p.must(err)
	_, err = p.news.Approve(ctx, by, id, 0)
	p.must(err)
	token, _, err := p.news.SharePreview(ctx, by, id, 0)
	p.must(err)
	return token
}

// holdsDrafts fails the test unless the desk holds what readers must not see: a second
// deal, and figures about an organisation, a place and a person.
func (p *paper) holdsDrafts() {
	p.t.Helper()
	p.must(p.store.View(p.t.Context(), func(tx *store.ReadTx) error {
		deal, err := tx.Deal(2)
		if err != nil || !deal.ReleasedAt.IsZero() {
			p.t.Errorf("the second deal: %+v, %v", deal, err)
		}
		for kind, slug := range map[standfirst.EntityKind]standfirst.Slug{
			standfirst.Organisation: "port-authority", standfirst.Place: "antwerp", standfirst.Person: "odile-brandt",
		} {
			e, err := tx.EntityAt(kind, slug)
			if err != nil {
				return err
			}
			if claims, err := tx.ClaimsOf(standfirst.Subject{Entity: e.ID}, store.ForDesk); err != nil || len(claims) != 1 {
				p.t.Errorf("%d claims about %s: %v", len(claims), slug, err)
			}
		}
		return nil
	}))
}

// hold changes the draft of a published story and schedules the change.
func (h *house) hold(id standfirst.StoryID, words string) {
	h.t.Helper()
	work := h.working(id)
	work.Content.Headline, work.Content.Body = words, work.Content.Body+"\n\n"+words+"."
	_, err := h.news.Save(h.t.Context(), standfirst.Command(), id, work.Version, work.Content)
	h.must(err)
	_, err = h.news.Schedule(h.t.Context(), standfirst.Command(), id, h.now.Add(48*time.Hour), newsroom.PublishOptions{Change: standfirst.Change{Class: standfirst.Update}})
	h.must(err)
}
