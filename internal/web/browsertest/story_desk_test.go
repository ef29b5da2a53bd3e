package browsertest

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

// roundBody tells of a round in words that the copy desk reads.
const roundBody = "Northwind Freight is in talks to invest up to $6 billion in Halcyon Compute, three people briefed on the discussions said.\n\n" +
	"The round would value Halcyon at about $96 billion, the people said.\n\n## What is at stake\n\n" +
	"“It is enough for a decade”, said Ada Quill, the treasurer of Northwind Freight.\n\nThe talks go on."

// newsroomPages fills the newsroom with stories of several kinds, and returns the pages to
// look at.
func (o *office) newsroomPages() map[string]string {
	o.t.Helper()
	ctx := o.t.Context()
	var member standfirst.Staff
	o.must(o.store.View(ctx, func(tx *store.ReadTx) (err error) { member, err = tx.StaffByEmail(jane); return err }))
	actor := member.Actor()
	c := standfirst.Content{
		Headline: "Northwind in advanced talks to put up to $7bn into Halcyon Compute", Standfirst: "The investment would come days after the freight group told staff that 4,200 office jobs would go.",
		Body: roundBody, Section: "Deals", Topics: []string{"Ports"}, Bylines: []standfirst.Byline{{Name: "Imogen Adeyemi", Role: "Deals Correspondent"}},
	}
	create := func() standfirst.StoryID {
		story, err := o.news.Create(ctx, actor, newsroom.Draft{Content: c})
		o.must(err)
		_, err = o.news.AcceptFigure(ctx, actor, story.ID, newsroom.Acceptance{Content: c, Words: "about $96 billion", Save: &newsroom.Saving{Version: 1}})
		o.must(err)
		return story.ID
	}
	live := create()
	_, err := o.news.Publish(ctx, actor, live, newsroom.PublishOptions{ApproveAnonymous: true})
	o.must(err)
	var work standfirst.WorkingCopy
	o.must(o.store.View(ctx, func(tx *store.ReadTx) (err error) { work, err = tx.WorkingCopy(live); return err }))
	held, err := standfirst.ParseQuantity("about $90 billion")
	o.must(err)
	_, err = ledger.New(o.store, ledger.Options{}).Supersede(ctx, actor, work.Content.Citations[0].Claim, ledger.Supersession{
		Cause: standfirst.Corrected, Note: "The valuation is about $90 billion, not about $96 billion.", Words: "about $90 billion", Value: standfirst.Value{Quantity: &held},
		Evidence: standfirst.ReportedNamed, Source: &standfirst.Attribution{Kind: standfirst.NamedSource, Words: "Ada Quill"},
	})
	o.must(err)
	changed := work.Content
	changed.Body += " The round may close in May at $12 million a share."
	_, err = o.news.Save(ctx, actor, live, work.Version, changed)
	o.must(err)
	c.Headline = "Halcyon Compute seeks a partner for its third round"
	c.Body += "\n\nIts shareholders will vote on the round on 9 April 2030. The hearing is set for 30 April 2030."
	draft := create()
	event, err := plan(ctx, ledger.New(o.store, ledger.Options{}), actor, draft)
	o.must(err)
	o.must(o.news.NotAFigure(ctx, actor, draft, "4,200 office jobs"))
	path, shown := "/desk/story/"+draft.String(), "/desk/story/"+live.String()
	return map[string]string{
		"stories": "/desk/stories", "needs": "/desk/stories?needs=you", "new": "/desk/story/new", "figures": path, "details": path + "?done=saved#details", "publish": shown + "/publish",
		"review": o.handOn(actor) + "#review", "home": "/desk", "history": shown + "/history", "corrections": "/desk/corrections", "tasks": "/desk/tasks",
		"pictures": "/desk/media", "picture": o.addPictures(actor) + "?story=" + draft.String(),
		"figure": "/desk/figure/" + work.Content.Citations[0].Claim.String(),
		"ledger": "/desk/ledger", "expiring": "/desk/ledger?list=expiring&days=365", "companies": "/desk/companies", "entity": o.entity(actor), "merge": o.entity(actor) + "/merge?into=Northwind+Freight",
		"deals": "/desk/deals", "deal": o.deal(actor), "calendar": "/desk/calendar", "event": event, "event-new": "/desk/calendar/new", "dates": path + "?done=event#dates",
	}
}

// plan puts an event into the calendar and moves it, and returns its page.
func plan(ctx context.Context, plans *ledger.Ledger, member standfirst.Actor, story standfirst.StoryID) (string, error) {
	when, err := standfirst.NewEventTime(standfirst.Day{Year: 2030, Month: 6, Day: 4}, standfirst.PrecisionDay, "", "")
	if err != nil {
		return "", err
	}
	id, err := plans.AddEvent(ctx, member, ledger.EventDraft{Kind: standfirst.EarningsEvent, Title: "Northwind Freight: annual results", When: when, Place: "New York", Story: story, Confirmed: true})
	if err != nil {
		return "", err
	}
	when.From, when.To = when.From.AddDays(7), when.To.AddDays(7)
	return "/desk/event/" + id.String(), plans.MoveEvent(ctx, member, id, when, "The books are late.", "")
}

// addPictures fills the library, and returns the page of a picture that the draft can use.
func (o *office) addPictures(member standfirst.Actor) string {
	o.t.Helper()
	var last standfirst.Picture
	for i, name := range []string{"bridge-lorry.jpg", "container-stacks.jpg", "harbour-cranes.jpg"} {
		file, err := os.Open(filepath.Join(root, "examples/pictures", name))
		o.must(err)
		last, err = o.media.Add(o.t.Context(), member, name, file)
		o.must(err)
		o.must(file.Close())
		if i == 0 {
			continue // its sizes are still being made
		}
		o.render(last.ID)
	}
	o.must(o.media.Describe(o.t.Context(), member, last.ID, standfirst.PictureWords{
		Alt: "Two cranes over a half-empty quay at dusk", Caption: "The terminal, seen from the fish market.", Credit: "Jo Maas", Licence: "CC BY 4.0",
	}, standfirst.Focus{X: 30, Y: 40}, ""))
	return "/desk/media/" + last.ID.String()
}

// render makes the sizes of the picture.
func (o *office) render(id standfirst.PictureID) {
	o.t.Helper()
	payload, err := json.Marshal(standfirst.PictureRendering{Picture: id})
	o.must(err)
	o.must(o.media.RenderJob(o.t.Context(), standfirst.Job{Kind: standfirst.JobRenderPicture, Payload: payload}))
}

// entity adds a company with all that can be known of one, unless it is there, and returns
// its page.
func (o *office) entity(member standfirst.Actor) string {
	o.t.Helper()
	figures := ledger.New(o.store, ledger.Options{})
	id, err := figures.CreateEntity(o.t.Context(), member, ledger.EntityDraft{
		Kind: standfirst.Company, Name: "Northwind Shipping plc", Aliases: []string{"Northwind Ferries", "NWS"}, Tickers: []string{"NYSE: NWS"}, LEI: "5493001KJTIIGC8Y1R12", QID: "Q17",
	})
	if standfirst.KindOf(err) == standfirst.Conflict {
		var e standfirst.Entity
		o.must(o.store.View(o.t.Context(), func(tx *store.ReadTx) (err error) { e, err = ledger.EntityCalled(tx, "NWS"); return err }))
		id, err = e.ID, nil
	}
	o.must(err)
	return "/desk/entity/" + id.String()
}

// deal lets the newest deal go on, with one more party and a second account of its value,
// and returns its page.
func (o *office) deal(member standfirst.Actor) string {
	o.t.Helper()
	ctx, figures := o.t.Context(), ledger.New(o.store, ledger.Options{})
	var deal standfirst.Deal
	o.must(o.store.View(ctx, func(tx *store.ReadTx) error {
		deals, err := tx.NewestDeals(0, 1)
		deal = deals[0]
		return err
	}))
	o.must(figures.AddParty(ctx, member, deal.ID, "NWS", standfirst.Lender))
	source := &standfirst.Attribution{Kind: standfirst.Spokesperson, Words: "a spokesperson for Halcyon"}
	o.must(figures.SetStage(ctx, member, deal.ID, ledger.StageChange{Stage: standfirst.AdvancedTalks, Evidence: standfirst.ReportedNamed, Source: source}))
	o.must(figures.SetStage(ctx, member, deal.ID, ledger.StageChange{Stage: standfirst.Signed, Modality: standfirst.Prospective, Evidence: standfirst.Rumoured, Hold: true}))
	_, err := figures.Respond(ctx, member, standfirst.Response{Subject: standfirst.Subject{Deal: deal.ID}, Party: deal.Target, Kind: standfirst.ResponseDenied, Words: "We are not for sale."})
	o.must(err)
	q, err := standfirst.ParseQuantity("$70 billion")
	o.must(err)
	o.must(o.store.Update(ctx, func(tx *store.Tx) error {
		claim, err := tx.ClaimByKey(standfirst.Subject{Deal: deal.ID}, standfirst.Valuation, standfirst.Dimensions{})
		if err != nil {
			return err
		}
		_, err = tx.InsertVersion(standfirst.ClaimVersion{Claim: claim.ID, Value: standfirst.Value{Quantity: &q}, Modality: standfirst.Actual, Evidence: standfirst.Rumoured, Words: "$70 billion", RecordedBy: member.String()})
		return err
	}))
	return "/desk/deal/" + deal.ID.String()
}

// handOn lets a colleague hand a story to the member, with notes of both and under embargo,
// and returns its page. The colleague has it open.
func (o *office) handOn(member standfirst.Actor) string {
	o.t.Helper()
	ctx := o.t.Context()
	rhys := standfirst.Staff{Email: "rhys@ledger.example", Name: "Rhys Calder", Role: standfirst.Reporter}
	o.must(o.store.Update(ctx, func(tx *store.Tx) (err error) { rhys.ID, err = tx.InsertStaff(rhys); return err }))
	writer := rhys.Actor()
	story, err := o.news.Create(ctx, writer, newsroom.Draft{Content: standfirst.Content{
		Headline: "Tallis Foods plans to close its oldest mill", Body: "The mill has 340 workers.\n\nTallis Foods told their council this week, two people said.", Section: "Companies",
	}})
	o.must(err)
	_, err = o.news.Submit(ctx, writer, story.ID, newsroom.SubmitOptions{Assignee: member.ID, Note: "The council meets at six; please look at it before."})
	o.must(err)
	asked, err := o.news.AddNote(ctx, member, story.ID, newsroom.NewNote{Words: "two people said", Text: "Were both of them told by the company itself?"})
	o.must(err)
	_, err = o.news.AddNote(ctx, writer, story.ID, newsroom.NewNote{Thread: asked.ID, Text: "One was. The other saw the letter."})
	o.must(err)
	settled, err := o.news.AddNote(ctx, member, story.ID, newsroom.NewNote{Text: "It needs a summary."})
	o.must(err)
	o.must(o.news.ResolveNote(ctx, writer, story.ID, settled.ID))
	_, err = o.news.SetEmbargo(ctx, writer, story.ID, time.Now().Add(48*time.Hour), "The company's own; agreed by mail.")
	o.must(err)
	_, _, err = o.news.SharePreview(ctx, writer, story.ID, 0)
	o.must(err)
	_, err = o.news.Lock(ctx, writer, story.ID)
	o.must(err)
	return "/desk/story/" + story.ID.String()
}

// TestStoryDesk looks at the pages for stories, on a phone in light and on a desk in dark.
func TestStoryDesk(t *testing.T) {
	t.Parallel()
	b := newBrowser(t)
	axe := readTool(t, "axe-core/axe.min.js")
	o := newOffice(t)
	shots := shotFolder(t)
	o.signIn(b, screens[2])
	for name, path := range o.newsroomPages() {
		for _, s := range looks {
			t.Run(name+"-"+s.name, func(t *testing.T) {
				b.t = t
				b.visit(o.url+path, s)
				checkPage(t, b, o.url)
				checkAxe(t, b, axe)
				b.shoot(filepath.Join(shots, "story-"+name+"-"+s.name+".png"))
			})
		}
	}
	// On a phone the menu is behind a link, and needs no script.
	b.t = t
	b.visit(o.url+"/desk/tasks", screens[0])
	b.must(chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS(".to-menu"))))
	b.must(chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS(`#menu a[href="/desk/corrections"]`))))
	b.becomes("h1", "Corrections")
}

// TestStoryDeskIsValid runs html-validate over the pages for stories.
func TestStoryDeskIsValid(t *testing.T) {
	o := newOffice(t)
	jar, err := cookiejar.New(nil)
	o.must(err)
	client := &http.Client{Jar: jar}
	folder := t.TempDir()
	save := func(name string, response *http.Response, err error) {
		t.Helper()
		o.must(err)
		body, err := io.ReadAll(response.Body)
		o.must(err)
		o.must(response.Body.Close())
		o.must(os.WriteFile(filepath.Join(folder, name+".html"), body, 0o600))
	}
	response, err := client.PostForm(o.link(), url.Values{"password": {password}})
	save("home", response, err)
	pages := o.newsroomPages()
	for name, path := range pages {
		response, err := client.Get(o.url + path)
		save(name, response, err)
	}
	story := o.url + pages["figures"]
	response, err = client.PostForm(story, url.Values{"version": {"1"}, "headline": {"Mine"}, "body": {"My words."}})
	save("conflict", response, err)
	response, err = client.PostForm(story, url.Values{"version": {"2"}, "slug": {"No Slug"}})
	save("refused", response, err)
	response, err = client.PostForm(o.url+pages["publish"], url.Values{"version": {"3"}, "do": {"schedule"}, "at": {"tomorrow"}})
	save("unscheduled", response, err)
	response, err = http.PostForm(story, url.Values{"version": {"2"}, "body": {"My words."}})
	save("kept", response, err)
	validate(t, folder)
}
