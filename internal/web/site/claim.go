package site

import (
	"cmp"
	"strconv"
	"time"

	"standfirst"
	"standfirst/internal/ledger"
)

// claimPage tells what was said of one figure, and when.
type claimPage struct {
	Layout   layout
	Title    string
	Subject  link // Path is empty for one without a page
	Held     []string
	Why      string // we hold none any more; empty where we do, or never said why
	Conflict bool
	Versions []claimVersionRow
	Answers  []sourceLine
	List     list
}

// claimVersionRow is what was said of a figure at one time.
type claimVersionRow struct {
	recordingRow
	AsOf      string // when it held, as far as it was said
	Change    string // what kind of change it was, such as "Correction"; empty for the first
	Held      bool
	Until     *moment // when we stopped saying so; nil unless we did
	Ending    string  // why it was withdrawn, if it was and we said why
	Unchecked bool    // no editor has looked at it
}

func loadClaim(rd *reading, at address) (*view, error) {
	n, err := strconv.ParseInt(string(at.slug), 10, 64)
	if err != nil || n <= 0 || strconv.FormatInt(n, 10) != string(at.slug) {
		return nil, errNoPage
	}
	v, err := ledger.ViewClaim(rd.tx, standfirst.ClaimID(n))
	if err != nil {
		return nil, err
	}
	rd.tag(standfirst.ClaimTag(v.Claim.ID))
	p := &claimPage{Title: capitalised(v.Title), Subject: link{v.Subject, v.Path}, Conflict: v.Conflict}
	if p.Layout, err = rd.layout(at); err != nil {
		return nil, err
	}
	p.Layout.describe(rd, "article", rd.listTitle(at, p.Title), rd.words.Text("claim.about", v.Title), at.key)
	if len(v.Held) == 0 && v.Versions[0].Ended == standfirst.RetractedClaim && !v.Versions[0].Erased {
		p.Why = v.Endings[v.Versions[0].ID]
	}
	for _, held := range v.Held {
		p.Held = append(p.Held, rd.stated(v.Claim.Property, held))
	}
	notices, err := rd.tx.NoticesOfClaim(v.Claim.ID)
	if err != nil {
		return nil, err
	}
	for _, version := range v.Versions {
		row := rd.version(v.Claim.Property, version, notices)
		if row.Ending == "" && version.Ended == standfirst.RetractedClaim && !version.Erased {
			row.Ending = v.Endings[version.ID]
		}
		p.Versions = append(p.Versions, row)
	}
	parties, err := rd.parties(v.Answers)
	if err != nil {
		return nil, err
	}
	p.Answers = rd.answers(v.Answers, parties)
	p.List, err = rd.list(at, layoutList, func(after standfirst.Position, limit int) ([]standfirst.Card, error) {
		return rd.tx.CitingStories(v.Claim.ID, after, limit)
	})
	return &view{template: "claim", data: p}, err
}

// version returns what was said of a figure, with the notices about that figure at hand.
func (rd *reading) version(property standfirst.Property, v standfirst.ClaimVersion, notices []standfirst.Notice) claimVersionRow {
	row := claimVersionRow{
		recordingRow: rd.recording(ledger.Recording{Claim: standfirst.Claim{Property: property}, Version: v}),
		Held:         v.Ended == standfirst.Current && !v.Erased, Unchecked: v.Unchecked,
	}
	for _, n := range notices {
		if n.Class == standfirst.Retraction && n.Version == v.ID && !n.Erased {
			row.Ending = n.Text
		}
		if n.Class != standfirst.Retraction && n.Version == v.ID && !n.Erased && !v.Erased {
			row.Note = cmp.Or(row.Note, n.Text) // the newsroom told it there
		}
	}
	row.When = withZone(v.RecordedAt, rd.loc, layoutFull)
	if !v.AsOf.From.IsZero() {
		row.AsOf = rd.dateWords(v.AsOf)
	}
	if v.Class != "" && !v.Erased && (row.Note != "" || v.Class != standfirst.Update) {
		row.Change = rd.words.Text("notice." + noticeKey(v.Class))
	}
	if v.Ended != standfirst.Current {
		until := withZone(v.EndedAt, rd.loc, layoutFull)
		row.Until = &until
	}
	return row
}

// dateWords returns the date as exactly as it was said: "3 March 2026", "March 2026",
// "the first quarter of 2026".
func (rd *reading) dateWords(d standfirst.DateRange) string {
	from := d.From.In(time.UTC)
	switch d.Precision {
	case standfirst.PrecisionYear:
		return from.Format("2006")
	case standfirst.PrecisionHalf:
		return rd.words.Text("date.half."+strconv.Itoa((int(from.Month())+5)/6), from.Year())
	case standfirst.PrecisionQuarter:
		return rd.words.Text("date.quarter."+strconv.Itoa((int(from.Month())+2)/3), from.Year())
	case standfirst.PrecisionMonth:
		return from.Format("January 2006")
	case standfirst.PrecisionWeek:
		return rd.words.Text("date.week", from.Format(layoutDay))
	}
	if d.To != d.From && !d.To.IsZero() {
		return rd.words.Text("date.range", from.Format(layoutDay), d.To.In(time.UTC).Format(layoutDay))
	}
	return from.Format(layoutDay)
}
