// Package browsertest looks at the pages of the example newsroom, those of readers and those
// of the staff, with a real browser: what they ask for, whether everybody can read them, how
// they look.
package browsertest

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/examples"
	"standfirst/internal/intake"
	"standfirst/internal/jobs"
	"standfirst/internal/ledger"
	"standfirst/internal/media"
	"standfirst/internal/newsroom"
	"standfirst/internal/pagecache"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
	"standfirst/internal/web/site"
)

// paper is the example newsroom, served.
type paper struct {
	url       string
	paths     []string // of the other stories, oldest first
	lead      string   // of a story with a picture
	round     string   // of the story that the panel of a deal stands in
	retracted string
	gone      string
	author    string
	edited    string // of a story that was edited twice
}

// newPaper files the examples as the demo does and serves them.
func newPaper(t *testing.T) *paper {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	st := storetest.Open(t)
	library, err := media.Open(t.TempDir(), st, time.Now)
	must(err)
	log := slog.New(slog.DiscardHandler)
	news := newsroom.New(st, newsroom.Options{Logger: log})
	pub := standfirst.DefaultPublication()
	pub.Name, pub.Description = "The Harbour Ledger", "Markets, deals and companies, seen from the quay."
	pub.TimeZone, pub.Language = "Europe/London", "en-GB"
	must(news.SetUp(t.Context(), standfirst.Command(), pub))

	folder := t.TempDir()
	must(os.CopyFS(folder, examples.FS))
	manifest, err := examples.ReadManifest(examples.FS)
	must(err)
	p := new(paper)
	desk := intake.New(news, library, st, time.Now)
	var stories []standfirst.Story
	for _, entry := range manifest {
		result := file(t, desk, filepath.Join(folder, entry.File), intake.Options{
			Publish: true, Accept: true, At: entry.Date, Section: entry.Section, Topics: entry.Topics,
		})
		stories = append(stories, result.Story)
	}
	p.retracted, p.gone = stories[1].Path(), stories[7].Path()
	_, err = news.Retract(t.Context(), standfirst.Command(), stories[1].ID, "The order has not been placed. We took a letter of intent for a contract.")
	must(err)
	_, err = news.Unpublish(t.Context(), standfirst.Command(), stories[7].ID)
	must(err)
	p.edited = edit(t, st, news, stories)
	must(announce(t.Context(), st, stories[0].ID))
	worker := jobs.New(st, jobs.Options{Logger: log})
	worker.Handle(standfirst.JobRenderPicture, library.RenderJob)
	must(worker.Drain(t.Context()))
	p.url = serve(t, st, library.FS())
	must(p.choose(t.Context(), st, stories))
	return p
}

// announce puts events into the calendar: one on a day, one at a time elsewhere that was moved
// and then cancelled, and one some time in a quarter.
func announce(ctx context.Context, st *store.Store, story standfirst.StoryID) error {
	plans := ledger.New(st, ledger.Options{})
	day := standfirst.Day{Year: time.Now().Year() + 1, Month: time.June, Day: 4}
	for _, e := range []struct {
		kind        standfirst.EventKind
		title       string
		precision   standfirst.Precision
		clock, zone string
		cancelled   bool
	}{
		{standfirst.EarningsEvent, "Northwind Freight: annual results", standfirst.PrecisionDay, "", "", false},
		{standfirst.VoteEvent, "Northwind Freight: annual meeting of the shareholders, in the hall that was a grain store", standfirst.PrecisionInstant, "10:00", "America/New_York", true},
		{standfirst.DeadlineEvent, "The round closes", standfirst.PrecisionQuarter, "", "", false},
	} {
		when, err := standfirst.NewEventTime(day, e.precision, e.clock, e.zone)
		if err != nil {
			return err
		}
		id, err := plans.AddEvent(ctx, standfirst.Command(), ledger.EventDraft{
			Kind: e.kind, Title: e.title, When: when, Place: "New York", Address: "https://northwind.example/meeting", Entity: "company/northwind-freight", Story: story, Release: true,
		})
		if err != nil || !e.cancelled {
			if err != nil {
				return err
			}
			continue
		}
		when.At, when.From, when.To = when.At.AddDate(0, 0, 7), when.From.AddDays(7), when.To.AddDays(7)
		if err := plans.MoveEvent(ctx, standfirst.Command(), id, when, "The hall is taken.", ""); err != nil {
			return err
		}
		if err := plans.CancelEvent(ctx, standfirst.Command(), id, false, "", ""); err != nil {
			return err
		}
	}
	return nil
}

// choose fills in the addresses to look at.
func (p *paper) choose(ctx context.Context, st *store.Store, stories []standfirst.Story) error {
	return st.View(ctx, func(tx *store.ReadTx) error {
		for _, story := range stories {
			revision, err := tx.Revision(story.Current)
			if err != nil {
				return err
			}
			c := revision.Content
			switch path := story.Path(); {
			case path == p.retracted || path == p.gone:
			case strings.Contains(path, "/northwind-in-advanced-talks"):
				p.round = path
			case p.lead == "" && c.Picture != nil && len(c.Bylines) > 0:
				p.lead, p.author = path, standfirst.AuthorPath(c.Bylines[0].Slug)
			default:
				p.paths = append(p.paths, path)
			}
		}
		return nil
	})
}

// edit publishes the first story with a figure of money twice more: with the figure as it
// was corrected, and with words that were. It returns the address of the story.
func edit(t *testing.T, st *store.Store, news *newsroom.Newsroom, stories []standfirst.Story) string {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	command := standfirst.Command()
	story, claim, held := figureToCorrect(t, st, stories)
	less, err := standfirst.ParseQuantity("$1.5 billion")
	must(err)
	_, err = ledger.New(st, ledger.Options{}).Supersede(t.Context(), command, claim, ledger.Supersession{
		Version: held, Value: standfirst.Value{Quantity: &less}, Cause: standfirst.Corrected,
		Note: "We misread the second page of the term sheet.",
	})
	must(err)
	_, err = news.PublishPending(t.Context(), command, story.ID)
	must(err)
	var work standfirst.WorkingCopy
	must(st.View(t.Context(), func(tx *store.ReadTx) (err error) {
		work, err = tx.WorkingCopy(story.ID)
		return err
	}))
	c := work.Content
	c.Headline += ", for now"
	c.Bylines = append(c.Bylines, standfirst.Byline{Name: "Piet Verhaegen", Role: "Antwerp"})
	paragraphs := strings.Split(c.Body, "\n\n")
	last := len(paragraphs) - 1
	paragraphs[1] = strings.Replace(paragraphs[1], " the ", " this ", 1)
	paragraphs[last] = "Nobody at the group would say more than [its filing](https://example.com/filing) does, and it lost 3% of its 410 lorries."
	c.Body = strings.Join(paragraphs, "\n\n")
	_, err = news.Save(t.Context(), command, story.ID, work.Version, c)
	must(err)
	_, err = news.Publish(t.Context(), command, story.ID, newsroom.PublishOptions{
		Change: standfirst.Change{Class: standfirst.Correction, Note: "The group had answered; we wrote that it had not."},
	})
	must(err)
	return story.Path()
}

// figureToCorrect returns the first story that cites a figure of money, with its claim and
// version.
func figureToCorrect(t *testing.T, st *store.Store, stories []standfirst.Story) (found standfirst.Story, claim standfirst.ClaimID, held standfirst.ClaimVersionID) {
	t.Helper()
	err := st.View(t.Context(), func(tx *store.ReadTx) error {
		for _, story := range stories {
			now, err := tx.Story(story.ID)
			if err != nil || now.State != standfirst.Published {
				continue
			}
			cited, err := tx.Citations(now.Current)
			if err != nil {
				return err
			}
			for _, c := range cited {
				if q, err := standfirst.ParseQuantity(c.Words); err == nil && q.Unit == "USD" {
					found, claim, held = now, c.Claim, c.Version
					return nil
				}
			}
		}
		t.Fatal("no story cites a figure of money")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found, claim, held
}

func file(t *testing.T, desk *intake.Intake, name string, o intake.Options) intake.Result {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	result, err := desk.File(t.Context(), standfirst.Command(), name, f, o)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// serve serves the store and returns the address.
func serve(t *testing.T, st *store.Store, files fs.FS) string {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	s, err := site.New(site.Options{
		Store: st.Reader(), Cache: pagecache.New(pagecache.Options{MaxBytes: 32 << 20}), Media: files,
		Logger: slog.New(slog.DiscardHandler), BaseURL: "http://" + server.Listener.Addr().String(),
	})
	if err != nil {
		t.Fatal(err)
	}
	server.Config.Handler = s
	server.Start()
	t.Cleanup(server.Close)
	return server.URL
}
