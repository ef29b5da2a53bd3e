package site

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

// ledger returns the use cases of the ledger at the time of the house.
func (h *house) ledger() *ledger.Ledger {
	return ledger.New(h.store, ledger.Options{Clock: func() time.Time { return h.now }})
}

// dealOf returns the deal that a claim of the story is about.
func (h *house) dealOf(story standfirst.Story, words string) standfirst.DealID {
	h.t.Helper()
	var claim standfirst.Claim
	id := h.claimOf(story, words)
	h.must(h.store.View(h.t.Context(), func(tx *store.ReadTx) (err error) {
		claim, err = tx.Claim(id)
		return err
	}))
	return claim.Subject.Deal
}

// supersede says that the figure is another by now.
func (h *house) supersede(id standfirst.ClaimID, words string, change ...func(*ledger.Supersession)) {
	h.t.Helper()
	q, err := standfirst.ParseQuantity(words)
	h.must(err)
	s := ledger.Supersession{Value: standfirst.Value{Quantity: &q}, Cause: standfirst.SupersededByEvent}
	for _, f := range change {
		f(&s)
	}
	_, err = h.ledger().Supersede(h.t.Context(), standfirst.Command(), id, s)
	h.must(err)
}

// TestStoryOfOneDealShowsItsPanel holds what readers see of a deal between the
// paragraphs of a story that cites its figures.
func TestStoryOfOneDealShowsItsPanel(t *testing.T) {
	h := newHouse(t)
	story := h.publishRound()
	a := get(h.site, story.Path())
	if got := len(a.all(".body > p:nth-child(2) + .panel")); got != 1 {
		t.Errorf("%d panels stand after the second paragraph", got)
	}
	for selector, want := range map[string]string{
		".panel h2":    "Halcyon Compute round",
		".panel .pill": "In advanced talks",
		".panel .key":  "Hatched: ceilings, not commitments. Target: up to $12bn.",
	} {
		if got := textOf(a.all(selector)[0]); got != want {
			t.Errorf("%s: %q, want %q", selector, got, want)
		}
	}
	var rows []string
	for _, row := range a.all(".panel dl > div") {
		rows = append(rows, textOf(row))
	}
	want := []string{
		"Northwind Freight up to $6bn At most about 6.25% of the company if the valuation includes the new money, at most about 5.89% if it does not. Our arithmetic.",
		"Kestrel Capital up to $3bn At most about 3.13% of the company if the valuation includes the new money, at most about 3.04% if it does not. Our arithmetic.",
		"Value of the company about $96bn Nobody has said whether pre-money (before the new money) or post-money (including it)",
		"Valuation at listing $110bn",
	}
	if got := strings.Join(rows, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("rows:\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
	if label := attrOf(a.all(".panel svg")[0], "aria-label"); !strings.Contains(label, "Northwind Freight up to $6bn, Kestrel Capital up to $3bn, of up to $12bn") {
		t.Errorf("the bar says %q", label)
	}
}

// TestPanelsWhereTheTextAsksForThem holds that containers are drawn where they stand,
// each once, and instead of the panel that would come by itself.
func TestPanelsWhereTheTextAsksForThem(t *testing.T) {
	h := newHouse(t)
	round := h.publishRound()
	deal := h.dealOf(round, "about $96 billion")
	story := h.publish(standfirst.Content{Headline: "Halcyon, step by step", Body: fmt.Sprintf("One.\n\nTwo.\n\nThree.\n\n:::timeline %[1]d\n:::\n\n"+
		"Four.\n\n:::deal %[1]d\nWhat stands in it.\n:::\n\n:::deal %[1]d\n:::\n\n:::deal 999\n:::\n", deal)})
	a := get(h.site, story.Path())
	if got := len(a.all(".panel")); got != 2 {
		t.Errorf("%d panels", got)
	}
	if got := len(a.all(".body > p:nth-child(3) + .panel .timeline li")); got != 6 {
		t.Errorf("the timeline after the third paragraph has %d entries", got)
	}
	if got := len(a.all(".body > .panel dl")); got != 1 || strings.Contains(textOf(a.all(".body")[0]), "What stands in it") {
		t.Errorf("%d panels of the deal, or what it takes the place of stands there still", got)
	}
	page := h.publish(standfirst.Content{Headline: "Deals that we follow", Body: fmt.Sprintf(":::deal %d\n:::", deal)},
		func(d *newsroom.Draft) { d.Kind = standfirst.KindPage })
	if got := len(get(h.site, page.Path()).all(".panel")); got != 1 {
		t.Errorf("a standing page shows %d panels", got)
	}
}

// TestPanelChangesWithTheDeal holds that a story which cites nothing and shows a panel
// changes on the next read.
func TestPanelChangesWithTheDeal(t *testing.T) {
	h := newHouse(t)
	round := h.publishRound()
	story := h.publish(standfirst.Content{Headline: "A panel alone", Body: fmt.Sprintf("Words.\n\n:::deal %d\n:::", h.dealOf(round, "about $96 billion"))})
	if text := get(h.site, story.Path()).text; !strings.Contains(text, "about $96bn") {
		t.Fatalf("the panel does not show the valuation:\n%s", text)
	}
	h.supersede(h.claimOf(round, "about $96 billion"), "$101 billion")
	if text := get(h.site, story.Path()).text; !strings.Contains(text, "$101bn") || strings.Contains(text, "$96bn") {
		t.Error("the panel shows the old valuation")
	}
}

// TestPanelOfADealThatReadersDoNotKnow holds that nothing is drawn before the deal is
// released, and that the panel is there on the next read after.
func TestPanelOfADealThatReadersDoNotKnow(t *testing.T) {
	h := newHouse(t)
	draft := h.draft(standfirst.Content{Headline: "Under embargo", Body: roundBody, Section: "Deals"}, func(d *newsroom.Draft) {
		d.Figures, d.Day = roundProposals(t), standfirst.DayOf(h.now, time.UTC)
	})
	story := h.publish(standfirst.Content{Headline: "Too early", Body: "Words.\n\n:::deal 1\n:::\n\n:::timeline 1\n:::"})
	if a := get(h.site, story.Path()); len(a.all(".panel")) != 0 || strings.Contains(a.text, "Halcyon") {
		t.Errorf("a deal under embargo shows:\n%s", a.text)
	}
	_, err := h.news.Publish(t.Context(), standfirst.Command(), draft.ID, newsroom.PublishOptions{Change: standfirst.Change{Class: standfirst.Update}})
	h.must(err)
	if got := len(get(h.site, story.Path()).all(".panel")); got != 2 {
		t.Errorf("%d panels after the release", got)
	}
}

// BenchmarkPanelUncached renders a story with the panel of a deal that has many other
// figures. It must cost the same with ten times as many.
func BenchmarkPanelUncached(b *testing.B) {
	for _, figures := range []int{10, 1000, 10_000} {
		b.Run(fmt.Sprint("figures=", figures), func(b *testing.B) {
			h := newHouse(b)
			round := h.publishRound()
			deal := h.dealOf(round, "about $96 billion")
			q, err := standfirst.ParseQuantity("$6 billion")
			h.must(err)
			h.must(h.store.Update(b.Context(), func(tx *store.Tx) error {
				for i := range figures {
					claim := standfirst.Claim{Subject: standfirst.Subject{Deal: deal}, Property: standfirst.AmountRaised, CreatedAt: h.now}
					claim.Dimensions.Tranche = fmt.Sprint("tranche ", i)
					if claim.ID, err = tx.InsertClaim(claim); err != nil {
						return err
					}
					if _, err := tx.InsertVersion(standfirst.ClaimVersion{
						Claim: claim.ID, Value: standfirst.Value{Quantity: &q}, Evidence: standfirst.Documented, RecordedAt: h.now, ReleasedAt: h.now,
					}); err != nil {
						return err
					}
				}
				return nil
			}))
			r := httptest.NewRequest(http.MethodGet, round.Path(), nil)
			b.ReportAllocs()
			for b.Loop() {
				h.cache.Clear()
				w := httptest.NewRecorder()
				h.site.ServeHTTP(w, r)
				if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `class="panel"`) {
					b.Fatal(w.Code)
				}
			}
		})
	}
}

// TestBasisOfPanel holds that nobody is told of new money where a deal brings none.
func TestBasisOfPanel(t *testing.T) {
	rd := &reading{words: newHouse(t).site.ui.Strings}
	q, err := standfirst.ParseChange("$96 billion")
	if err != nil {
		t.Fatal(err)
	}
	f := ledger.ClaimFigure{
		Claim: standfirst.Claim{Property: standfirst.Valuation}, Held: []standfirst.ClaimVersion{{Value: standfirst.Value{Quantity: &q, Basis: standfirst.PreMoney}}},
	}
	for kind, want := range map[standfirst.DealKind]bool{standfirst.PrimaryRound: true, standfirst.Secondary: false} {
		if row := rd.figurePanelRow(f, kind); strings.Contains(strings.Join(row.Notes, " "), "Pre-money: before the new money") != want {
			t.Errorf("of a %s it says %q", kind, row.Notes)
		}
	}
}

// TestDealThatIsOffSaysSoAtTheTop holds that a deal which ended without coming about says so
// above everything else: on its page, in its panel, and in stories that told of it before.
func TestDealThatIsOffSaysSoAtTheTop(t *testing.T) {
	h := newHouse(t)
	story := h.publishRound()
	deal := h.dealOf(story, "about $96 billion")
	var path string
	h.must(h.store.View(t.Context(), func(tx *store.ReadTx) error {
		d, err := tx.Deal(deal)
		path = d.Path()
		return err
	}))
	for _, address := range []string{story.Path(), path} {
		if got := get(h.site, address).all(".notice.off"); len(got) != 0 {
			t.Errorf("%s says %q of a deal that is under way", address, textOf(got[0]))
		}
	}
	h.now = h.now.Add(24 * time.Hour)
	h.must(h.ledger().SetStage(t.Context(), standfirst.Command(), deal, ledger.StageChange{Stage: standfirst.Collapsed, Evidence: standfirst.Documented}))
	day := h.now.UTC().Format("2 January 2006")
	for selector, want := range map[string]string{
		".story > .notice.off": "This deal has collapsed. Reported on " + day + ": Halcyon Compute round",
		".panel > .off":        "This deal has collapsed. The figures are those of the plan.",
	} {
		if got := get(h.site, story.Path()).all(selector); len(got) != 1 || textOf(got[0]) != want {
			t.Errorf("%s: %d, %q, want %q", selector, len(got), textOf(got[0]), want)
		}
	}
	if got := get(h.site, path).all("main > .notice.off"); len(got) != 1 || textOf(got[0]) != "This deal has collapsed. Reported on "+day+". The figures are those of the plan." {
		t.Errorf("the page of the deal says %d times so", len(got))
	}
}

// TestFiguresThatDoNotAgree holds that a stake which the money cannot buy stands beside what it
// buys, and one that it can does not.
func TestFiguresThatDoNotAgree(t *testing.T) {
	h := newHouse(t)
	story := h.publishRound()
	var commitment standfirst.Claim
	var path string
	h.must(h.store.View(t.Context(), func(tx *store.ReadTx) (err error) {
		if commitment, err = tx.Claim(h.claimOf(story, "up to $6 billion")); err != nil {
			return err
		}
		d, err := tx.Deal(commitment.Subject.Deal)
		path = d.Path()
		return err
	}))
	var stake standfirst.ClaimID
	q, err := standfirst.ParseQuantity("20%")
	h.must(err)
	h.must(h.store.Update(t.Context(), func(tx *store.Tx) (err error) {
		stake, err = tx.InsertClaim(standfirst.Claim{Subject: commitment.Subject, Property: standfirst.Stake, Dimensions: commitment.Dimensions})
		if err != nil {
			return err
		}
		tx.Touch(standfirst.DealTag(commitment.Subject.Deal))
		_, err = tx.InsertVersion(standfirst.ClaimVersion{
			Claim: stake, Value: standfirst.Value{Quantity: &q}, Modality: standfirst.Actual, Evidence: standfirst.Documented, Words: "20%",
			RecordedAt: h.now, RecordedBy: "staff:1", ReleasedAt: h.now,
		})
		return err
	}))
	const want = "These figures do not agree: Stake, Northwind Freight 20%; Commitment, Northwind Freight up to $6 billion; Valuation about $96 billion. By our arithmetic the money buys at most about 6.25%."
	if got := textOf(get(h.site, path).all("main")[0]); !strings.Contains(got, want) {
		t.Errorf("the page of the deal says\n%s", got)
	}
	h.supersede(stake, "6%", func(s *ledger.Supersession) { s.Cause = standfirst.Corrected; s.Note = "It is 6%." })
	if got := textOf(get(h.site, path).all("main")[0]); strings.Contains(got, "do not agree") {
		t.Errorf("a stake that the money buys does not agree:\n%s", got)
	}
}
