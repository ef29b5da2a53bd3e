package site

import (
	"slices"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/markup"
	"standfirst/internal/store"
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

// place fills in how each place of the revision shows its figure.
func (rd *reading) place(f *figures, revision standfirst.RevisionID, cited []ledger.StoryFigure) error {
	citations, err := rd.tx.Citations(revision)
	if err != nil {
		return err
	}
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
		if versions, err = rd.tx.VersionsByClaims(again, store.ForReaders); err != nil {
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
			figure = standingAt(figure, c.Words, versions[v])
		}
		f.places[place{c.Claim, c.Start}] = rd.citedFigure(figure)
	}
	return nil
}

// standingAt returns the figure as it stands where other words mean the version.
func standingAt(f ledger.StoryFigure, words string, v standfirst.ClaimVersion) ledger.StoryFigure {
	f.Words, f.Cited, f.Standing, f.Now = words, v, ledger.Held, ""
	var newest standfirst.ClaimVersion
	if n := len(f.Held); n > 0 {
		newest = f.Held[n-1]
	}
	if v.Ended.Superseded() && says(words, newest.Value) {
		f.Cited = newest // the words say already what took the place of what they fitted
	}
	switch ended := f.Cited.Ended; {
	case f.Cited.Erased:
		f.Standing = ledger.Withheld
	case ended == standfirst.RetractedClaim, ended.Superseded() && newest.ID == 0:
		f.Standing = ledger.Withdrawn
	case ended == standfirst.Expired:
		f.Standing = ledger.Stale
	case ended != standfirst.Current:
		f.Standing, f.Now = ledger.Changed, ledger.ValueWords(f.Claim.Property, newest.Value)
		if q := newest.Value.Quantity; q != nil && !f.Claim.Property.IsChange() {
			f.Now = q.InFormOf(words)
		}
	case f.Cited.Evidence == standfirst.DeniedBySubject:
		f.Standing = ledger.Denied
	case f.Cited.Evidence == standfirst.Disputed || len(standfirst.Conflicts(f.Held, nil)) > 0:
		f.Standing = ledger.InDispute
	}
	return f
}

// says reports whether the words say the value. Away from its sentence, "2.1%" may be a
// rise or a fall, so that of a change the size alone counts.
func says(words string, v standfirst.Value) bool {
	stated, err := standfirst.ParseQuantity(words)
	if err != nil || v.Quantity == nil {
		return false
	}
	if stated.Equal(*v.Quantity) {
		return true
	}
	size, direction := v.Quantity.Change()
	return direction == standfirst.Down && stated.Equal(size)
}
