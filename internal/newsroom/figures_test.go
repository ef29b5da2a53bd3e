package newsroom_test

import (
	"slices"
	"strings"
	"testing"

	"standfirst"
	"standfirst/internal/copydesk"
	"standfirst/internal/ledger"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

// roundBody tells of a round in the words that roundProposals reads.
const roundBody = "Northwind Freight is in talks to invest up to $6 billion in Halcyon Compute.\n\n" +
	"The round would value Halcyon at about $96 billion, people briefed on the talks said.\n\n" +
	"Kestrel Capital declined to comment."

var marchDay = standfirst.Day{Year: 2026, Month: 3, Day: 5}

// quantity reads a quantity that the test is sure of.
func quantity(t testing.TB, words string) *standfirst.Quantity {
	t.Helper()
	q, err := standfirst.ParseQuantity(words)
	if err != nil {
		t.Fatal(err)
	}
	return &q
}

// roundProposals is what a copy desk reads in the body: a round with its lead, what
// that puts in, and the valuation.
func roundProposals(t testing.TB, body, commitment, valuation string) *copydesk.Proposals {
	t.Helper()
	mark := func(words string) copydesk.Mark {
		at := strings.Index(body, words)
		if at < 0 {
			t.Fatalf("%q is not in the body", words)
		}
		return copydesk.Mark{Span: copydesk.Span{Start: at, End: at + len(words), Text: words}}
	}
	source := &standfirst.Attribution{
		Kind: standfirst.Anonymous, LeastSources: 2, Proximity: standfirst.Briefed, Words: "people briefed on the talks",
	}
	p := &copydesk.Proposals{
		Entities: []copydesk.EntityProposal{
			{Kind: standfirst.Company, Name: "Halcyon Compute", Aliases: []string{"Halcyon"}},
			{Kind: standfirst.Company, Name: "Northwind Freight", Aliases: []string{"Northwind"}},
		},
		Deals: []copydesk.DealProposal{{
			Kind: standfirst.PrimaryRound, Target: 0,
			Parties: []copydesk.PartyProposal{{Entity: 1, Role: standfirst.Lead, Commitment: quantity(t, commitment)}},
		}},
		Claims: []copydesk.ClaimProposal{
			{
				Mark: mark(commitment), Deal: 0, Entity: -1, Party: 1, Property: standfirst.Commitment,
				Value: standfirst.Value{Quantity: quantity(t, commitment)}, Modality: standfirst.Prospective,
				Evidence: standfirst.ReportedAnonymous, Attribution: source,
			},
			{
				Mark: mark(valuation), Deal: 0, Entity: -1, Party: -1, Property: standfirst.Valuation,
				Value:    standfirst.Value{Quantity: quantity(t, valuation), Basis: standfirst.BasisUnspecified},
				Modality: standfirst.Prospective, Evidence: standfirst.ReportedAnonymous, Attribution: source,
			},
		},
	}
	return p
}

// withBody returns a complete text with the body.
func withBody(headline, body string) standfirst.Content {
	c := text(headline)
	c.Body = body
	return newsroom.Prepare(c)
}

// fileRound publishes a story about the round with its figures accepted.
func (d *desk) fileRound(headline string) newsroom.Published {
	d.Helper()
	p, err := d.newsroom.CreateAndPublish(d.Context(), editor, newsroom.Draft{
		Content: withBody(headline, roundBody), Figures: roundProposals(d, roundBody, "up to $6 billion", "about $96 billion"), Day: marchDay, ApproveAnonymous: true,
	})
	if err != nil {
		d.Fatal(err)
	}
	return p
}

// cited returns the citations of the story's published revision.
func (d *desk) cited(id standfirst.StoryID) (cited []standfirst.Citation) {
	d.Helper()
	d.view(func(tx *store.ReadTx) error {
		story, err := tx.Story(id)
		if err != nil {
			return err
		}
		cited, err = tx.Citations(story.Current)
		return err
	})
	return cited
}

// wantEnded fails the test unless readers see that the versions which are cited ended so.
func (d *desk) wantEnded(cited []standfirst.Citation, wanted ...standfirst.Lifecycle) {
	d.Helper()
	d.view(func(tx *store.ReadTx) error {
		for i, want := range wanted {
			v, err := tx.Version(cited[i].Version, store.ForReaders)
			if err != nil || v.Ended != want {
				d.Errorf("%q is %q, not %q; %v", cited[i].Words, v.Ended, want, err)
			}
		}
		return nil
	})
}

func TestAcceptedFiguresAreCitedAndReleased(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		first, second := d.fileRound("Northwind in talks"), d.fileRound("What we know of the round")
		cited := d.cited(first.ID)
		if len(cited) != 2 || cited[0].Words != "up to $6 billion" || cited[1].Words != "about $96 billion" {
			d.Fatalf("cited: %+v", cited)
		}
		again := d.cited(second.ID)
		for i := range cited {
			if again[i].Claim != cited[i].Claim || again[i].Version != cited[i].Version {
				d.Errorf("the second story cites %+v, the first %+v", again[i], cited[i])
			}
		}
		d.view(func(tx *store.ReadTx) error {
			deal, err := tx.DealAt("halcyon-compute-round")
			if err != nil {
				return err
			}
			if deal.ReleasedAt.IsZero() || len(deal.Parties) != 1 {
				d.Errorf("deal: %+v", deal)
			}
			versions, err := tx.VersionsOf(standfirst.Subject{Deal: deal.ID}, store.ForReaders)
			if err != nil || len(versions) != 2 {
				d.Errorf("readers see %d versions, %v", len(versions), err)
			}
			for _, v := range versions {
				if !v.Unchecked || v.Evidence != standfirst.ReportedAnonymous {
					d.Errorf("version: %+v", v)
				}
			}
			deals, err := tx.DealListings(store.DealFilter{}, store.DealPosition{}, 10)
			if err != nil || len(deals) != 1 {
				d.Errorf("the list has %d deals, %v", len(deals), err)
			}
			stories, err := tx.CitingStories(cited[1].Claim, standfirst.Position{}, 10)
			if err != nil || len(stories) != 2 {
				d.Errorf("%d stories cite the valuation, %v", len(stories), err)
			}
			return nil
		})
	})
}

func TestSupersessionReachesEveryCitingStory(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		first, second := d.fileRound("Northwind in talks"), d.fileRound("What we know of the round")
		valuation := d.cited(first.ID)[1].Claim
		d.takeTouched()
		figures := ledger.New(d.store, ledger.Options{Clock: d.now})
		done, err := figures.Supersede(d.Context(), editor, valuation, ledger.Supersession{
			Value: standfirst.Value{Quantity: quantity(d, "about $91 billion")}, Cause: standfirst.Corrected,
			Note: "The valuation was given as about $96 billion; we misheard.",
		})
		if err != nil {
			d.Fatal(err)
		}
		touched := d.takeTouched()
		for _, tag := range []standfirst.Tag{
			standfirst.StoryTag(first.ID), standfirst.StoryTag(second.ID), standfirst.ClaimTag(valuation), standfirst.CorrectionsTag, standfirst.DealsTag,
		} {
			if !slices.Contains(touched, string(tag)) {
				d.Errorf("%s was not touched: %v", tag, touched)
			}
		}
		d.view(func(tx *store.ReadTx) error {
			notices, err := tx.Notices("", store.NoticePosition{}, 10)
			if err != nil {
				return err
			}
			if len(notices) != 1 || notices[0].ID != done.Notice || notices[0].Class != standfirst.Correction ||
				!slices.Equal(notices[0].Stories, []standfirst.StoryID{first.ID, second.ID}) {
				d.Errorf("notices: %+v", notices)
			}
			pending, err := tx.Pending(second.ID)
			if err != nil {
				return err
			}
			prepared, err := tx.Revision(pending.Revision)
			if err != nil {
				return err
			}
			if !strings.Contains(prepared.Content.Body, "[about $91 billion](claim:"+valuation.String()+")") {
				d.Errorf("prepared: %s", prepared.Content.Body)
			}
			return nil
		})
		p, err := d.newsroom.PublishPending(d.Context(), editor, second.ID)
		if err != nil {
			d.Fatal(err)
		}
		if p.PublishedNumber != 2 || d.cited(second.ID)[1].Version != done.Version.ID {
			d.Errorf("published %+v", p)
		}
		d.view(func(tx *store.ReadTx) error {
			if _, err := tx.Pending(second.ID); standfirst.KindOf(err) != standfirst.NotFound {
				d.Errorf("still pending: %v", err)
			}
			work, err := tx.WorkingCopy(second.ID)
			if err == nil && !strings.Contains(work.Content.Body, "about $91 billion") {
				d.Errorf("the working copy says %s", work.Content.Body)
			}
			return err
		})
	})
}

func TestChangedWordsNeedAClass(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		p := d.fileRound("Northwind in talks")
		body := func() string {
			var b string
			d.view(func(tx *store.ReadTx) error {
				w, err := tx.WorkingCopy(p.ID)
				b = w.Content.Body
				return err
			})
			return b
		}()
		publish := func(change standfirst.Change) error {
			_, err := d.newsroom.Publish(d.Context(), editor, p.ID, newsroom.PublishOptions{Change: change})
			return err
		}
		d.save(p.ID, withBody("Northwind in talks", strings.Replace(body, "up to $6 billion", "$6 billion", 1)))
		for _, change := range []standfirst.Change{
			{}, {Class: standfirst.Minor}, {Class: standfirst.Clarification, Note: "It was less than clear."}, {Class: standfirst.Correction},
			{Class: "oops"}, {Class: standfirst.Minor, Note: "x"}, {Note: "x"}, {Class: standfirst.Retraction, Note: "x"},
		} {
			if err := publish(change); err == nil || standfirst.KindOf(err) != standfirst.Invalid {
				d.Errorf("%+v: %v", change, err)
			}
		}
		if err := publish(standfirst.Change{}); err == nil || !strings.Contains(err.Error(), "say what kind of change it is") {
			d.Errorf("unexplained: %v", err)
		}
		if err := publish(standfirst.Change{Class: standfirst.Correction, Note: "The sum was wrong."}); err != nil {
			d.Error(err)
		}
		d.save(p.ID, withBody("Northwind in talks", strings.Replace(body, "in talks", "in long talks", 1)))
		if err := publish(standfirst.Change{Class: standfirst.Update}); err != nil {
			d.Error(err)
		}
		d.view(func(tx *store.ReadTx) error {
			notices, err := tx.NoticesOfStory(p.ID)
			if len(notices) != 2 || notices[0].Class != standfirst.Update || notices[1].Text != "The sum was wrong." {
				d.Errorf("notices: %+v", notices)
			}
			return err
		})
	})
}

func TestALinkToNoFigureIsRefused(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		_, err := d.newsroom.CreateAndPublish(d.Context(), editor, newsroom.Draft{Content: withBody("x", "It has [4,200 jobs](claim:999).")})
		if err == nil || standfirst.KindOf(err) != standfirst.Invalid || !strings.Contains(err.Error(), "4,200 jobs") {
			d.Errorf("got %v", err)
		}
	})
}

func TestADraftReleasesNothing(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		d.fileRound("Northwind in talks")
		d.takeTouched()
		_, err := d.newsroom.Create(d.Context(), editor, newsroom.Draft{
			Content: withBody("Higher", strings.Replace(roundBody, "about $96 billion", "about $120 billion", 1)),
			Figures: roundProposals(d, strings.Replace(roundBody, "about $96 billion", "about $120 billion", 1), "up to $6 billion", "about $120 billion"),
			Day:     marchDay.AddDays(1),
		})
		if err != nil {
			d.Fatal(err)
		}
		if touched := d.takeTouched(); len(touched) != 0 {
			d.Errorf("a draft touched %v", touched)
		}
		d.view(func(tx *store.ReadTx) error {
			deal, err := tx.DealAt("halcyon-compute-round")
			if err != nil {
				return err
			}
			versions, err := tx.VersionsOf(standfirst.Subject{Deal: deal.ID}, store.ForReaders)
			if len(versions) != 2 {
				d.Errorf("readers see %d versions", len(versions))
			}
			for _, v := range versions {
				if len(v.Attributions) != 1 {
					d.Errorf("version %s shows %d sources", v.ID, len(v.Attributions))
				}
			}
			return err
		})
	})
}

func TestRetractedAndExpiredFigures(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		p := d.fileRound("Northwind in talks")
		cited := d.cited(p.ID)
		figures := ledger.New(d.store, ledger.Options{Clock: d.now})
		if _, err := figures.Retract(d.Context(), editor, cited[1].Claim, 0, "", false); standfirst.KindOf(err) != standfirst.Invalid {
			d.Errorf("without a note: %v", err)
		}
		notice, err := figures.Retract(d.Context(), editor, cited[1].Claim, 0, "Nobody said so.", false)
		if err != nil || notice == 0 {
			d.Fatalf("notice %d, %v", notice, err)
		}
		d.setTime(startOfTest.AddDate(0, 6, 0))
		if err := figures.ExpireJob(d.Context(), standfirst.Job{}); err != nil {
			d.Fatal(err)
		}
		d.wantEnded(cited, standfirst.Expired, standfirst.RetractedClaim)
	})
}
