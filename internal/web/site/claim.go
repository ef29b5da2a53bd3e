package site

import (
	"strconv"

	"standfirst"
	"standfirst/internal/ledger"
)

// claimPage tells what was said of one figure, and when.
type claimPage struct {
	Layout   layout
	Title    string
	Subject  link // Path is empty for one without a page
	Held     []string
	Conflict bool
	Versions []recordingRow
	Answers  []sourceLine
	List     list
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
	for _, held := range v.Held {
		p.Held = append(p.Held, ledger.ValueWords(v.Claim.Property, held.Value))
	}
	for _, version := range v.Versions {
		row := rd.recording(ledger.Recording{Claim: standfirst.Claim{Property: v.Claim.Property}, Version: version})
		row.When = withZone(version.RecordedAt, rd.loc, layoutFull)
		p.Versions = append(p.Versions, row)
	}
	p.Answers = answers(v.Answers)
	p.List, err = rd.list(at, layoutList, func(after standfirst.Position, limit int) ([]standfirst.Card, error) {
		return rd.tx.CitingStories(v.Claim.ID, after, limit)
	})
	return &view{template: "claim", data: p}, err
}
