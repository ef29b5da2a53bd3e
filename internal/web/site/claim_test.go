package site

import (
	"strings"
	"testing"

	"standfirst"
	"standfirst/internal/ledger"
)

// TestClaimPageTellsWhatWeSaidWhen holds what stands at each version of a figure.
func TestClaimPageTellsWhatWeSaidWhen(t *testing.T) {
	h := newHouse(t)
	story := h.publishRound()
	listing := h.claimOf(story, "$120 billion")
	var rows []string
	for _, row := range get(h.site, standfirst.ClaimPath(listing)).all(".timeline > li") {
		rows = append(rows, textOf(row))
	}
	want := []string{
		"Recorded 3 Mar 2026, 10:00 GMT $110 billion reported, not confirmed Correction. The possible value at listing was given as $120 billion. " +
			"One of the people had it as $110 billion; we misheard. As of 3 March 2026. Held today. Three people briefed on the discussions, 3 March 2026",
		"Recorded 3 Mar 2026, 10:00 GMT $120 billion corrected since reported, not confirmed As of 3 March 2026. Held until 3 Mar 2026, 10:00 GMT. " +
			"Three people briefed on the discussions, 3 March 2026 As the copy desk read it, not checked by an editor.",
	}
	if got := strings.Join(rows, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
	_, err := h.ledger().Retract(t.Context(), standfirst.Command(), listing, 0, "Nobody stands behind it.", false)
	h.must(err)
	first := textOf(get(h.site, standfirst.ClaimPath(listing)).all(".timeline > li")[0])
	if !strings.Contains(first, "$110 billion withdrawn") || !strings.Contains(first, "Held until 3 Mar 2026, 10:00 GMT. Nobody stands behind it.") {
		t.Errorf("a withdrawn figure says %q", first)
	}
}

func TestDatesInWords(t *testing.T) {
	h := newHouse(t)
	rd := &reading{words: h.site.ui.Strings}
	day := func(text string) standfirst.Day {
		d, err := standfirst.ParseDay(text)
		h.must(err)
		return d
	}
	for want, d := range map[string]standfirst.DateRange{
		"3 March 2026":                    {From: day("2026-03-03"), To: day("2026-03-03"), Precision: standfirst.PrecisionDay},
		"4 March 2026":                    {From: day("2026-03-04"), To: day("2026-03-04"), Precision: standfirst.PrecisionInstant},
		"5 March 2026":                    {From: day("2026-03-05")},
		"the week of 2 March 2026":        {From: day("2026-03-02"), To: day("2026-03-08"), Precision: standfirst.PrecisionWeek},
		"April 2026":                      {From: day("2026-04-01"), To: day("2026-04-30"), Precision: standfirst.PrecisionMonth},
		"the first quarter of 2026":       {From: day("2026-01-01"), To: day("2026-03-31"), Precision: standfirst.PrecisionQuarter},
		"the fourth quarter of 2026":      {From: day("2026-10-01"), To: day("2026-12-31"), Precision: standfirst.PrecisionQuarter},
		"the first half of 2026":          {From: day("2026-01-01"), To: day("2026-06-30"), Precision: standfirst.PrecisionHalf},
		"the second half of 2026":         {From: day("2026-07-01"), To: day("2026-12-31"), Precision: standfirst.PrecisionHalf},
		"2026":                            {From: day("2026-01-01"), To: day("2026-12-31"), Precision: standfirst.PrecisionYear},
		"6 March 2026 to 9 November 2026": {From: day("2026-03-06"), To: day("2026-11-09"), Precision: standfirst.PrecisionDay},
	} {
		if got := rd.dateWords(d); got != want {
			t.Errorf("%+v: %q, want %q", d, got, want)
		}
	}
}

// TestDealPageShowsItsArithmetic holds that each party's share of the round stands with
// its stake, and that a hull is left out where it says what a reading says.
func TestDealPageShowsItsArithmetic(t *testing.T) {
	h := newHouse(t)
	story := h.publishRound()
	q, err := standfirst.ParseQuantity("$12 billion")
	h.must(err)
	_, err = h.ledger().Supersede(t.Context(), standfirst.Command(), h.claimOf(story, "as much as $12 billion"),
		ledger.Supersession{Value: standfirst.Value{Quantity: &q}, Cause: standfirst.SupersededByBetterInformation})
	h.must(err)
	a := get(h.site, "/deal/halcyon-compute-round")
	var lines []string
	for _, line := range a.all("tbody tr:first-child .derived li b") {
		lines = append(lines, textOf(line))
	}
	want := "Stake at most about 6.25%|Stake at most about 5.56%|Share of round at most 50%"
	if got := strings.Join(lines, "|"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := textOf(a.all("figcaption")[0]); !strings.HasPrefix(got, "Interest: Northwind Freight up to $6bn, Kestrel Capital up to $3bn, of $12bn.") {
		t.Errorf("the bar has the words %q", got)
	}
}

// TestVersionWithoutANoteShowsItsNotice holds that a version tells why it took the place of
// another also where only a notice says so.
func TestVersionWithoutANoteShowsItsNotice(t *testing.T) {
	h := newHouse(t)
	rd := &reading{words: h.site.ui.Strings, loc: h.now.Location()}
	v := standfirst.ClaimVersion{ID: 2, Class: standfirst.Update, RecordedAt: h.now}
	told := []standfirst.Notice{{Class: standfirst.Update, Version: 1, Text: "Another."}, {Class: standfirst.Update, Version: 2, Text: "It raised more."}}
	for name, test := range map[string]struct {
		note         string
		told         []standfirst.Notice
		change, want string
	}{
		"note":         {"Our own note.", told, "Update", "Our own note."},
		"notice":       {"", told, "Update", "It raised more."},
		"neither":      {"", told[:1], "", ""},
		"a stub of it": {"", []standfirst.Notice{{Class: standfirst.Update, Version: 2, Text: "x", Erased: true}}, "", ""},
	} {
		v.Note = test.note
		row := rd.version(standfirst.Valuation, v, test.told)
		if row.Note != test.want || row.Change != test.change {
			t.Errorf("%s: %q %q", name, row.Change, row.Note)
		}
	}
}
