package newsroom_test

import (
	"errors"
	"strings"
	"testing"

	"standfirst"
	"standfirst/internal/copydesk"
	"standfirst/internal/ledger"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

// supersede records another valuation and returns what came of it.
func (d *desk) supersede(claim standfirst.ClaimID, words string, cause standfirst.Lifecycle, hold bool) ledger.Superseded {
	d.Helper()
	figures := ledger.New(d.store, ledger.Options{Clock: d.now})
	done, err := figures.Supersede(d.Context(), editor, claim, ledger.Supersession{
		Value: standfirst.Value{Quantity: quantity(d, words)}, Cause: cause, Hold: hold,
	})
	if err != nil {
		d.Fatal(err)
	}
	return done
}

// What readers know ends when a version is released, although a version between the two
// never was; they are told once, and of a correction if one of the steps was one.
func TestReleaseAcrossAVersionThatWasHeldBack(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		story := d.fileRound("Northwind in talks")
		cited := d.cited(story.ID)[1]
		d.supersede(cited.Claim, "about $91 billion", standfirst.Corrected, true)
		d.supersede(cited.Claim, "about $88 billion", standfirst.SupersededByEvent, true)
		figures := ledger.New(d.store, ledger.Options{Clock: d.now})
		if err := figures.Release(d.Context(), editor, cited.Claim); err != nil {
			d.Fatal(err)
		}
		d.view(func(tx *store.ReadTx) error {
			versions, err := tx.Versions(cited.Claim, store.ForReaders)
			if err != nil {
				return err
			}
			for i, v := range versions {
				if held := v.Ended == standfirst.Current; held != (i == len(versions)-1) {
					d.Errorf("version %d is %q", v.Number, v.Ended)
				}
			}
			notices, err := tx.NoticesOfStory(story.ID)
			if len(notices) != 1 || notices[0].Class != standfirst.Correction || !strings.Contains(notices[0].Text, "$88 billion, not about $96 billion") {
				d.Errorf("notices: %+v", notices)
			}
			return err
		})
	})
}

// A prepared revision forgets a value that was withdrawn, and no other.
func TestRetractionAfterASupersession(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		story := d.fileRound("Northwind in talks")
		cited := d.cited(story.ID)
		d.supersede(cited[0].Claim, "up to $5 billion", standfirst.SupersededByEvent, false)
		next := d.supersede(cited[1].Claim, "about $91 billion", standfirst.SupersededByEvent, false)
		figures := ledger.New(d.store, ledger.Options{Clock: d.now})
		if _, err := figures.Retract(d.Context(), editor, cited[1].Claim, next.Version.ID, "Nobody said so.", false); err != nil {
			d.Fatal(err)
		}
		d.view(func(tx *store.ReadTx) error {
			pending, err := tx.Pending(story.ID)
			if err != nil {
				return err
			}
			prepared, err := tx.Revision(pending.Revision)
			body := prepared.Content.Body
			if !strings.Contains(body, "[up to $5 billion]") || !strings.Contains(body, "[about $96 billion]") {
				d.Errorf("prepared: %s", body)
			}
			return err
		})
	})
}

// What two drafts report is released with the first of them that is published, whoever
// recorded it first, and nothing that the other alone reports.
func TestTwoDraftsOfOneDeal(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		draft := func(headline, buyer string) standfirst.Story {
			body := buyer + " agreed to buy Halcyon Compute for $9 billion, people briefed on the talks said."
			p := roundProposals(d, body, "$9 billion", "$9 billion")
			p.Claims = p.Claims[1:]
			p.Claims[0].Property, p.Claims[0].Value.Basis = standfirst.DealValue, ""
			p.Deals[0].Kind, p.Deals[0].Stage, p.Deals[0].StageWords = standfirst.Acquisition, standfirst.Agreed, "agreed"
			p.Deals[0].Parties[0].Role, p.Deals[0].Parties[0].Commitment = standfirst.Acquirer, nil
			p.Entities[1] = copydesk.EntityProposal{Kind: standfirst.Company, Name: buyer}
			p.Entities = append(p.Entities, copydesk.EntityProposal{Kind: standfirst.Company, Name: "Kestrel Capital"})
			p.Deals[0].Parties = append(p.Deals[0].Parties, copydesk.PartyProposal{Entity: 2, Role: standfirst.Lender})
			p.Responses = []copydesk.ResponseProposal{{Mark: copydesk.Mark{Span: copydesk.Span{Text: "declined to comment"}}, Deal: 0, Party: 2, Kind: standfirst.ResponseDeclined}}
			story, err := d.newsroom.Create(d.Context(), editor, newsroom.Draft{Content: withBody(headline, body), Figures: p, Day: marchDay})
			if err != nil {
				d.Fatal(err)
			}
			return story
		}
		draft("Northwind buys", "Northwind Freight")
		second := draft("Meridian buys", "Meridian Rail")
		if _, err := d.newsroom.Publish(d.Context(), editor, second.ID, newsroom.PublishOptions{ApproveAnonymous: true}); err != nil {
			d.Fatal(err)
		}
		d.view(func(tx *store.ReadTx) error {
			deal, err := tx.DealAt("meridian-rail-and-halcyon-compute")
			if err != nil {
				return err
			}
			view, err := ledger.ViewDeal(tx, deal)
			if err != nil {
				return err
			}
			var names []string
			for _, p := range view.Parties {
				names = append(names, p.Entity.Name)
			}
			if got := strings.Join(names, ", "); got != "Kestrel Capital, Meridian Rail" && got != "Meridian Rail, Kestrel Capital" {
				d.Errorf("parties: %s", got)
			}
			if view.Stage != standfirst.Agreed || len(view.Responses) != 1 {
				d.Errorf("stage %q, responses %+v", view.Stage, view.Responses)
			}
			if len(view.Figures) != 1 || len(view.Figures[0].Newest().Attributions) != 1 {
				d.Errorf("figures: %+v", view.Figures)
			}
			return nil
		})
	})
}

// A retracted story takes with it what only it stated.
func TestRetractedStoryWithdrawsItsFigures(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		first := d.fileRound("Northwind in talks")
		body := strings.Replace(roundBody, "up to $6 billion", "the money", 1)
		p := roundProposals(d, roundBody, "up to $6 billion", "about $96 billion")
		p.Claims = p.Claims[1:]
		at := strings.Index(body, "about $96 billion")
		p.Claims[0].Start, p.Claims[0].End = at, at+len("about $96 billion")
		_, err := d.newsroom.CreateAndPublish(d.Context(), editor, newsroom.Draft{Content: withBody("The valuation", body), Figures: p, Day: marchDay, ApproveAnonymous: true})
		if err != nil {
			d.Fatal(err)
		}
		cited := d.cited(first.ID)
		if _, err := d.newsroom.Retract(d.Context(), editor, first.ID, "It was made up."); err != nil {
			d.Fatal(err)
		}
		d.wantEnded(cited, standfirst.RetractedClaim, standfirst.Current)
	})
}

// A figure that was corrected since goes with its story too, and one that another story took
// up stays.
func TestRetractedStoryWithdrawsWhatWasCorrected(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		first := d.fileRound("Northwind in talks")
		valuation := d.cited(first.ID)[1].Claim
		d.supersede(valuation, "about $94 billion", standfirst.Corrected, false)
		d.supersede(valuation, "about $92 billion", standfirst.SupersededByEvent, false)
		if _, err := d.newsroom.Retract(d.Context(), editor, first.ID, "It was made up."); err != nil {
			d.Fatal(err)
		}
		d.view(func(tx *store.ReadTx) error {
			v, err := ledger.ViewClaim(tx, valuation)
			if err != nil || len(v.Held) != 0 || v.Versions[0].Ended != standfirst.RetractedClaim {
				d.Errorf("readers find %+v, %v", v.Held, err)
			}
			if got := v.Endings[v.Versions[0].ID]; got != "The story that reported it was retracted." {
				d.Errorf("they are told %q", got)
			}
			deal, err := tx.Deal(v.Claim.Subject.Deal)
			if err != nil {
				return err
			}
			view, err := ledger.ViewDeal(tx, deal)
			if err != nil || len(view.Figures) != 0 || len(view.Derived) != 0 || view.Timeline[0].Ending == "" {
				d.Errorf("the deal still has %+v and %+v, %v", view.Figures, view.Derived, err)
			}
			return nil
		})
	})
	onEachEngine(t, func(d *desk) {
		first, second := d.fileRound("Northwind in talks"), d.fileRound("What we know of the round")
		valuation := d.cited(first.ID)[1].Claim
		d.supersede(valuation, "about $94 billion", standfirst.Corrected, false)
		if _, err := d.newsroom.Retract(d.Context(), editor, first.ID, "It was made up."); err != nil {
			d.Fatal(err)
		}
		d.view(func(tx *store.ReadTx) error {
			if v, err := ledger.ViewClaim(tx, valuation); err != nil || len(v.Held) != 1 {
				d.Errorf("story %s still cites the figure, and readers find %+v, %v", second.ID, v.Held, err)
			}
			return nil
		})
	})
}

// A link that is kept while its figure is changed by hand is refused: the ledger would say
// something else.
func TestWordsMustBeOfTheirFigure(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		story := d.fileRound("Northwind in talks")
		var work standfirst.WorkingCopy
		d.view(func(tx *store.ReadTx) (err error) {
			work, err = tx.WorkingCopy(story.ID)
			return err
		})
		work.Content.Body = strings.Replace(work.Content.Body, "about $96 billion", "about $120 billion", 1)
		if _, err := d.newsroom.Save(d.Context(), editor, story.ID, work.Version, work.Content); err != nil {
			d.Fatal(err)
		}
		_, err := d.newsroom.Publish(d.Context(), editor, story.ID, newsroom.PublishOptions{Change: standfirst.Change{Class: standfirst.Correction, Note: "It is 120."}})
		if standfirst.KindOf(err) != standfirst.Invalid || !strings.Contains(err.Error(), "claim supersede") {
			d.Errorf("%v", err)
		}
	})
}

// Readers of a story that never printed the wrong value are not told that it was corrected.
func TestACorrectionStandsWhereTheErrorStood(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		first, second := d.fileRound("Northwind in talks"), d.fileRound("What we know of the round")
		valuation := d.cited(first.ID)[1].Claim
		d.supersede(valuation, "about $94 billion", standfirst.SupersededByEvent, false)
		if _, err := d.newsroom.PublishPending(d.Context(), editor, first.ID); err != nil {
			d.Fatal(err)
		}
		d.supersede(valuation, "about $91 billion", standfirst.Corrected, false)
		d.view(func(tx *store.ReadTx) error {
			for id, want := range map[standfirst.StoryID]int{first.ID: 2, second.ID: 1} {
				notices, err := tx.NoticesOfStory(id)
				if err != nil || len(notices) != want {
					d.Errorf("story %s has %d notices, not %d; %v", id, len(notices), want, err)
				}
			}
			return nil
		})
	})
}

// Erasing a version takes the words away that told of it.
func TestErasedFigureLeavesNoWords(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		story := d.fileRound("Northwind in talks")
		valuation := d.cited(story.ID)[1].Claim
		next := d.supersede(valuation, "about $91 billion", standfirst.SupersededByEvent, false)
		figures := ledger.New(d.store, ledger.Options{Clock: d.now})
		if err := figures.Erase(d.Context(), editor, next.Version.ID); err != nil {
			d.Fatal(err)
		}
		d.view(func(tx *store.ReadTx) error {
			notices, err := tx.NoticesOfStory(story.ID)
			if err != nil || len(notices) != 1 || !notices[0].Erased || notices[0].Text != "" {
				d.Errorf("notices: %+v, %v", notices, err)
			}
			if _, err := tx.Pending(story.ID); standfirst.KindOf(err) != standfirst.NotFound {
				d.Errorf("still pending: %v", err)
			}
			revisions, err := tx.Revisions(story.ID, 0, 10)
			for _, r := range revisions {
				if strings.Contains(r.Content.Body, "91 billion") {
					d.Errorf("revision %s still says it: %s", r.ID, r.Content.Body)
				}
			}
			trail, err2 := tx.Audits("claim:"+valuation.String(), 10)
			for _, e := range trail {
				if strings.Contains(e.Detail, "91 billion") {
					d.Errorf("the trail still says it: %s", e.Detail)
				}
			}
			return errors.Join(err, err2)
		})
	})
}
