package site

import (
	"slices"
	"time"

	"standfirst"
	"standfirst/internal/ledger"
)

// dealOff says that a deal ended without coming about.
type dealOff struct {
	Text string // "This deal has collapsed."
	When moment // since when readers know
	Deal link
}

// dealOff returns what is said of a deal at the stage, and nil unless it is off.
func (rd *reading) dealOff(d standfirst.Deal, stage standfirst.DealStage, since time.Time) *dealOff {
	if !stage.Off() {
		return nil
	}
	return &dealOff{Text: rd.words.Text("deal.off." + string(stage)), When: momentIn(since, rd.loc, layoutDay), Deal: link{d.Title, d.Path()}}
}

// dealsOff returns which of the deals of a story ended without coming about after the story
// went out, and not by its own account. Its text may still say that they are under way.
func (rd *reading) dealsOff(story standfirst.Story, b *body) (off []*dealOff, err error) {
	deals, err := rd.tx.DealsByID(b.deals())
	for _, d := range deals {
		if err != nil {
			return nil, err
		}
		rd.tag(standfirst.DealTag(d.ID))
		if d.ReleasedAt.IsZero() {
			continue
		}
		var v standfirst.ClaimVersion
		if v, err = ledger.DealStands(rd.tx, d.ID); err != nil {
			return nil, err
		}
		told := slices.ContainsFunc(v.Attributions, func(a standfirst.Attribution) bool { return a.Story == story.ID })
		if note := rd.dealOff(d, v.Value.Stage, v.ReleasedAt); note != nil && !told && story.FirstPublished.Before(v.ReleasedAt) {
			off = append(off, note)
		}
	}
	return off, err
}

// deals returns the deals that the text shows, and the one of which it cites figures where
// there is only one.
func (b *body) deals() (ids []standfirst.DealID) {
	for wanted := range b.panels {
		ids = append(ids, wanted.Deal)
	}
	if b.figures != nil {
		var cited []standfirst.DealID
		for _, c := range b.figures.cited {
			if deal := c.Claim.Subject.Deal; deal != 0 {
				cited = append(cited, deal)
			}
		}
		slices.Sort(cited)
		if cited = slices.Compact(cited); len(cited) == 1 {
			ids = append(ids, cited[0])
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
