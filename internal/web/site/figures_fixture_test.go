package site

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/copydesk"
	"standfirst/internal/ledger"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

// roundBody tells of a round with figures enough for every mark.
const roundBody = `Northwind Freight is in advanced talks to put up to $6 billion into Halcyon Compute, three people briefed on the discussions said.

The round would value Halcyon at about $96 billion. It seeks as much as $12 billion in all, and Kestrel Capital weighs a cheque of up to $3 billion.

A listing could follow within a year at $120 billion, one of the people said. On Tuesday Northwind said that it would cut 4,200 roles.

Kestrel declined to comment.`

// roundProposals is what the copy desk reads in roundBody.
func roundProposals(t testing.TB) *copydesk.Proposals {
	t.Helper()
	people := &standfirst.Attribution{Kind: standfirst.Anonymous, LeastSources: 3, Proximity: standfirst.Briefed, Words: "three people briefed on the discussions"}
	claim := func(words string, deal, entity, party int, property standfirst.Property, evidence standfirst.Evidence) copydesk.ClaimProposal {
		at := strings.Index(roundBody, words)
		q, err := standfirst.ParseQuantity(words)
		if at < 0 || err != nil {
			t.Fatalf("%q: %v", words, err)
		}
		return copydesk.ClaimProposal{
			Mark: copydesk.Mark{Span: copydesk.Span{Start: at, End: at + len(words), Text: words}},
			Deal: deal, Entity: entity, Party: party, Property: property, Value: standfirst.Value{Quantity: &q},
			Modality: standfirst.Prospective, Evidence: evidence, Attribution: people,
		}
	}
	return &copydesk.Proposals{
		Entities: []copydesk.EntityProposal{
			{Kind: standfirst.Company, Name: "Halcyon Compute"}, {Kind: standfirst.Company, Name: "Northwind Freight"},
			{Kind: standfirst.Company, Name: "Kestrel Capital"},
		},
		Deals: []copydesk.DealProposal{{
			Kind: standfirst.PrimaryRound, Target: 0, Stage: standfirst.AdvancedTalks,
			Parties: []copydesk.PartyProposal{{Entity: 1, Role: standfirst.Lead}, {Entity: 2, Role: standfirst.Investor}},
		}},
		Claims: []copydesk.ClaimProposal{
			claim("up to $6 billion", 0, -1, 1, standfirst.Commitment, standfirst.ReportedAnonymous),
			claim("about $96 billion", 0, -1, -1, standfirst.Valuation, standfirst.ReportedAnonymous),
			claim("as much as $12 billion", 0, -1, -1, standfirst.RoundTarget, standfirst.ReportedAnonymous),
			claim("up to $3 billion", 0, -1, 2, standfirst.Commitment, standfirst.ReportedAnonymous),
			claim("$120 billion", 0, -1, -1, standfirst.ValuationAtListing, standfirst.ReportedAnonymous),
			claim("4,200 roles", -1, 1, -1, standfirst.JobsCut, standfirst.ConfirmedBySubject),
		},
		Responses: []copydesk.ResponseProposal{{
			Mark: copydesk.Mark{Span: copydesk.Span{Text: "Kestrel declined to comment"}}, Deal: 0, Party: 2, Kind: standfirst.ResponseDeclined,
		}},
	}
}

// publishRound publishes the story about the round, and corrects one of its figures.
func (h *house) publishRound() standfirst.Story {
	h.t.Helper()
	story := h.publish(standfirst.Content{
		Headline: "What we know of the Halcyon round", Standfirst: "Six figures, and who says so.", Section: "Deals",
		Bylines: []standfirst.Byline{imogen}, Body: roundBody,
	}, func(d *newsroom.Draft) {
		d.Figures, d.Day = roundProposals(h.t), standfirst.DayOf(h.now, h.now.Location())
	})
	figures := ledger.New(h.store, ledger.Options{Clock: func() time.Time { return h.now }})
	q, err := standfirst.ParseQuantity("$110 billion")
	h.must(err)
	_, err = figures.Supersede(h.t.Context(), standfirst.Command(), h.claimOf(story, "$120 billion"), ledger.Supersession{
		Value: standfirst.Value{Quantity: &q}, Cause: standfirst.Corrected,
		Note: "The possible value at listing was given as $120 billion. One of the people had it as $110 billion; we misheard.",
	})
	h.must(err)
	return story
}

// claimOf returns the claim that the story cites with the words.
func (h *house) claimOf(story standfirst.Story, words string) standfirst.ClaimID {
	h.t.Helper()
	var cited []standfirst.Citation
	h.must(h.store.View(h.t.Context(), func(tx *store.ReadTx) (err error) {
		cited, err = tx.Citations(story.Current)
		return err
	}))
	for _, c := range cited {
		if c.Words == words {
			return c.Claim
		}
	}
	h.t.Fatalf("the story does not cite %q: %v", words, cited)
	return 0
}

func TestFiguresOnAStory(t *testing.T) {
	p := newPaper(t)
	story := p.round
	a := get(p.site, story.Path())
	if got := len(a.all("a.cited")); got != 6 {
		t.Errorf("%d figures are cited", got)
	}
	if got := textOf(a.all(".cited s")[0]); got != "$120 billion" {
		t.Errorf("struck: %q", got)
	}
	if got := textOf(a.all(".body .now")[0]); got != "now $110 billion" {
		t.Errorf("in its place: %q", got)
	}
	tally := textOf(a.all(".tally")[0])
	for _, want := range []string{"6 sourced figures", "1 confirmed", "4 reported and not confirmed", "1 corrected"} {
		if !strings.Contains(tally, want) {
			t.Errorf("the tally says %q, without %q", tally, want)
		}
	}
	if got := textOf(a.all(".notice.above")[0]); !strings.Contains(got, "we misheard") || !strings.HasPrefix(got, "Correction") {
		t.Errorf("above: %q", got)
	}
	if got := len(a.all(".margin")); got != 1 {
		t.Errorf("%d notes in the margin", got)
	}
	for _, link := range a.all("a.cited") {
		target := attrOf(link, "href")
		if len(a.all(fmt.Sprintf("[id=%q]", strings.TrimPrefix(target, "#")))) != 1 {
			t.Errorf("%s leads nowhere", target)
		}
	}
	list := get(p.site, "/corrections/correction")
	if got := len(list.all(".notices > li")); got != 1 {
		t.Errorf("%d corrections are listed", got)
	}
	if got := get(p.site, "/corrections/nonsense").Code; got != 404 {
		t.Errorf("a kind that there is not answers %d", got)
	}
}

// TestFigureWithoutASource holds that a story does not call a figure sourced of which it
// names no source.
func TestFigureWithoutASource(t *testing.T) {
	for bare, want := range map[int][2]string{0: {"6 figures: ", "The story names no source."}, -1: {"6 sourced figures: ", ""}} {
		h := newHouse(t)
		proposals := roundProposals(t)
		if bare >= 0 {
			proposals.Claims[bare].Attribution = nil
		}
		story := h.publish(standfirst.Content{Headline: "What we know of a round", Body: roundBody}, func(d *newsroom.Draft) { d.Figures = proposals })
		a := get(h.site, story.Path())
		if got := textOf(a.all(".tally")[0]); !strings.HasPrefix(got, want[0]) {
			t.Errorf("the tally says %q", got)
		}
		if got := textOf(a.all(".sources")[0]); !strings.Contains(got, want[1]) || strings.Contains(got, "no source") != (want[1] != "") {
			t.Errorf("the sources say %q", got)
		}
	}
}
