package ledger

import (
	"standfirst"
	"standfirst/internal/store"
)

// SubjectView is what the desk sees of what is recorded about a deal or an entity, whether
// readers see it or not.
type SubjectView struct {
	Figures   []ClaimFigure // of which something is held
	Conflicts []Conflict
	Timeline  []Recording // the newest first
	More      bool        // there are more figures or recordings than are in the view
}

// ViewSubject returns what the desk sees of the subject, at a bounded cost.
func ViewSubject(tx *store.ReadTx, s standfirst.Subject) (SubjectView, error) {
	var v SubjectView
	about, err := readSubject(tx, s, store.ForDesk)
	if err != nil {
		return v, err
	}
	figures := about.named()
	money := about.newMoney()
	for i, f := range figures {
		for _, c := range standfirst.Conflicts(f.Held, money) {
			v.Conflicts = append(v.Conflicts, Conflict{Title: figures[i].Title, Claim: f.Claim, First: c.First, Second: c.Second})
		}
	}
	if s.Deal != 0 {
		d, err := tx.Deal(s.Deal)
		if err != nil {
			return v, err
		}
		for _, no := range contradictions(d, figures) {
			for _, f := range no.Figures {
				v.Conflicts = append(v.Conflicts, Conflict{Title: f.Title, Claim: f.Claim, Contradiction: &no})
			}
		}
	}
	var more bool
	v.Figures, v.More = firstShown(figures)
	v.Timeline, more = firstShown(about.timeline())
	v.More = v.More || more
	return v, nil
}

// newMoney returns what the round raised or seeks, nil if nobody has said or two say
// different things.
func (r subjectReading) newMoney() *standfirst.Quantity {
	for _, property := range []standfirst.Property{standfirst.AmountRaised, standfirst.RoundTarget} {
		if held := current(r.of(property, 0)); len(held) == 1 {
			return held[0].Value.Quantity
		}
	}
	return nil
}
