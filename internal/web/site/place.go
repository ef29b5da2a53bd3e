package site

import (
	"slices"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/markup"
)

// place is where a text cites a claim. A text may cite one claim twice, with words that
// mean two versions of it, and each place then stands for itself.
type place struct {
	claim standfirst.ClaimID
	start int // of the link in the body
}

// at returns how the figure is shown where the text cites it, and false if readers know
// nothing of it.
func (f *figures) at(c standfirst.Citation) (markup.CitedFigure, bool) {
	figure, ok := f.places[place{c.Claim, c.Start}]
	return figure, ok
}

// place fills in how each place that cites a figure shows it.
func (rd *reading) place(f *figures, citations []standfirst.Citation, cited []ledger.StoryFigure) (err error) {
	var again []standfirst.ClaimID // cited in more than one version
	first := make(map[standfirst.ClaimID]standfirst.Citation)
	for _, c := range citations {
		one, ok := first[c.Claim]
		switch {
		case !ok:
			first[c.Claim] = c
		case (one.Version != c.Version || one.Words != c.Words) && !slices.Contains(again, c.Claim):
			again = append(again, c.Claim)
		}
	}
	var versions []standfirst.ClaimVersion
	if len(again) > 0 {
		if versions, err = rd.tx.VersionsByClaims(again, rd.figuresFor); err != nil {
			return err
		}
	}
	for _, c := range citations {
		i := slices.IndexFunc(cited, func(f ledger.StoryFigure) bool { return f.Claim.ID == c.Claim })
		if i < 0 {
			continue
		}
		figure := cited[i]
		if one := first[c.Claim]; one.Version != c.Version || one.Words != c.Words {
			v := slices.IndexFunc(versions, func(v standfirst.ClaimVersion) bool { return v.ID == c.Version })
			if v < 0 {
				continue // not released
			}
			figure = figure.At(c.Words, versions[v])
		}
		f.places[place{c.Claim, c.Start}] = rd.citedFigure(figure)
	}
	return nil
}
