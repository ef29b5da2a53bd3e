package site

import (
	"math/big"
	"strings"

	"standfirst"
	"standfirst/internal/ledger"
)

// interestBar draws the interest of the parties against what a deal is to bring.
type interestBar struct {
	Title    string // in words
	Parts    []barPart
	Hatches  []hatch
	Goal     string // where the goal stands; empty for none
	Ceilings bool   // a part of it is at most so much
}

// barPart is the part of one party. Lengths are in percent of the whole bar, so that the
// hatch is the same at every width.
type barPart struct {
	X, Width string
	Ceiling  bool   // it is at most so much
	Hatch    string // the ID of its hatch, if it is a ceiling
}

// hatch is how a ceiling is drawn. Neighbours have different ones.
type hatch struct {
	ID          string
	Angle, Line int
}

// bar draws the interest of the parties, one after the other, and nil if there is
// nothing to draw. Amounts in another currency than the goal, or than the first amount
// where there is none, are not drawn: no two currencies add up.
func (rd *reading) bar(deal standfirst.DealID, parties []ledger.PartyView, sought *standfirst.Quantity) *interestBar {
	goal, _ := ledger.Upper(sought)
	drawn := drawnParties(parties, sought)
	whole := new(big.Rat)
	for _, party := range drawn {
		most, _ := ledger.Upper(party.Commitment.Newest().Value.Quantity)
		whole.Add(whole, most)
	}
	if whole.Sign() <= 0 {
		return nil
	}
	if goal != nil && goal.Cmp(whole) > 0 {
		whole = goal
	}
	percent := func(x *big.Rat) string {
		return new(big.Rat).Mul(new(big.Rat).Quo(x, whole), big.NewRat(100, 1)).FloatString(2) + "%"
	}
	id := "hatch-" + deal.String()
	b := &interestBar{Hatches: []hatch{{id, 45, 3}, {id + "-b", -45, 2}}}
	at := new(big.Rat)
	var names []string
	for _, party := range drawn {
		q := party.Commitment.Newest().Value.Quantity
		most, ceiling := ledger.Upper(q)
		part := barPart{X: percent(at), Width: percent(most), Ceiling: ceiling, Hatch: b.Hatches[len(b.Parts)%len(b.Hatches)].ID}
		at.Add(at, most)
		b.Parts = append(b.Parts, part)
		b.Ceilings = b.Ceilings || ceiling
		names = append(names, standfirst.ShortName(party.Entity.Name)+" "+q.Short())
	}
	if goal != nil {
		b.Goal = percent(goal)
		names = append(names, rd.words.Text("deal.bar.goal", sought.Short()))
	}
	b.Title = rd.words.Text("deal.bar", strings.Join(names, ", "))
	return b
}

// drawnParties returns the parties whose amounts are drawn.
func drawnParties(parties []ledger.PartyView, sought *standfirst.Quantity) []ledger.PartyView {
	var drawn []ledger.PartyView
	unit := standfirst.Unit("")
	if sought != nil {
		unit = sought.Unit
	}
	for _, party := range parties {
		if party.Commitment == nil {
			continue
		}
		q := party.Commitment.Newest().Value.Quantity
		most, _ := ledger.Upper(q)
		if most == nil || most.Sign() <= 0 || unit != "" && q.Unit != unit {
			continue
		}
		unit = q.Unit
		drawn = append(drawn, party)
	}
	return drawn
}
