package ledger

import (
	"slices"

	"standfirst"
	"standfirst/internal/store"
)

// Contradiction is figures of a deal that do not agree by our arithmetic, each held in one
// version.
type Contradiction struct {
	// Figures are what is compared: a stake and what is paid for it, of which value; or what
	// parties put in, and what was raised, which comes last.
	Figures []ClaimFigure
	// Follows is what the others make of the first one: the stake that the money buys, or the
	// sum of what the parties put in.
	Follows standfirst.Quantity
	// Words are the same as it is shown.
	Words string
	Sum   bool // Follows is a sum
}

// contradictions returns which of the figures of the deal do not agree with each other. Figures
// of which two values are held are in conflict by themselves, and are not compared.
func contradictions(d standfirst.Deal, figures []ClaimFigure) []Contradiction {
	one := func(p standfirst.Property, party standfirst.EntityID) *ClaimFigure {
		for i, f := range figures {
			if f.Claim.Property == p && f.Claim.Dimensions.Party == party && len(f.Held) == 1 && f.Held[0].Value.Quantity != nil {
				return &figures[i]
			}
		}
		return nil
	}
	round := standfirst.Round{Kind: d.Kind}
	if d.Kind == standfirst.Acquisition { // existing shares change hands as well
		round.Kind = standfirst.Secondary
	}
	money := one(standfirst.AmountRaised, 0)
	if money == nil {
		money = one(standfirst.RoundTarget, 0)
	}
	if money != nil {
		round.NewMoney = money.Held[0].Value.Quantity
	}
	value := one(standfirst.Valuation, 0)
	if value != nil {
		round.Valuation, round.Basis = value.Held[0].Value.Quantity, value.Held[0].Value.Basis
	}
	var found []Contradiction
	for _, f := range figures {
		if f.Claim.Property != standfirst.Stake || len(f.Held) != 1 || value == nil {
			continue
		}
		stake := one(standfirst.Stake, f.Claim.Dimensions.Party)
		amount := one(standfirst.Commitment, f.Claim.Dimensions.Party)
		switch {
		case amount != nil:
		case round.Kind == standfirst.Secondary && stakes(figures) == 1:
			amount = one(standfirst.DealValue, 0)
		case f.Claim.Dimensions.Party == 0:
			amount = money
		}
		if stake == nil || amount == nil {
			continue
		}
		if buys, no := round.Contradicts(*stake.Held[0].Value.Quantity, *amount.Held[0].Value.Quantity); no {
			found = append(found, Contradiction{Figures: []ClaimFigure{*stake, *amount, *value}, Follows: buys.Quantity, Words: buys.String()})
		}
	}
	return append(found, tooMuch(figures, one(standfirst.AmountRaised, 0))...)
}

// stakes returns of how many stakes something is held.
func stakes(figures []ClaimFigure) (n int) {
	for _, f := range figures {
		if f.Claim.Property == standfirst.Stake {
			n++
		}
	}
	return n
}

// tooMuch returns that the parties put in more than was raised, if they do.
func tooMuch(figures []ClaimFigure, raised *ClaimFigure) []Contradiction {
	if raised == nil {
		return nil
	}
	var parts []ClaimFigure
	var amounts []standfirst.Quantity
	for _, f := range figures {
		if f.Claim.Property == standfirst.Commitment && len(f.Held) == 1 && f.Held[0].Value.Quantity != nil {
			parts, amounts = append(parts, f), append(amounts, *f.Held[0].Value.Quantity)
		}
	}
	sum, exceeds := standfirst.Exceed(amounts, *raised.Held[0].Value.Quantity)
	if !exceeds {
		return nil
	}
	return []Contradiction{{Figures: append(parts, *raised), Follows: sum, Words: sum.String(), Sum: true}}
}

// contradictionsOf returns what does not agree with the claims, as the desk knows it, by the
// claim that it is listed under: a stake, or what was raised. A deal is read once.
func contradictionsOf(tx *store.ReadTx, claims []standfirst.Claim) (map[standfirst.ClaimID][]Conflict, error) {
	found := make(map[standfirst.ClaimID][]Conflict)
	var read []standfirst.DealID
	for _, c := range claims {
		deal := c.Subject.Deal
		if deal == 0 || c.Property != standfirst.Stake && c.Property != standfirst.AmountRaised || slices.Contains(read, deal) {
			continue
		}
		read = append(read, deal)
		about, err := readSubject(tx, c.Subject, store.ForDesk)
		if err != nil {
			return nil, err
		}
		d, err := tx.Deal(deal)
		if err != nil {
			return nil, err
		}
		for _, no := range contradictions(d, about.named()) {
			under := no.Figures[0].Claim
			if no.Sum {
				under = no.Figures[len(no.Figures)-1].Claim
			}
			found[under.ID] = append(found[under.ID], Conflict{Title: titleOf(about.names.of(under)), Claim: under, Contradiction: &no})
		}
	}
	return found, nil
}

// named returns the figures with whom each is of in its title.
func (r subjectReading) named() []ClaimFigure {
	figures := r.figures()
	for i, f := range figures {
		if f.Claim.Dimensions.Party != 0 {
			figures[i].Title += ", " + r.names.entities[f.Claim.Dimensions.Party]
		}
	}
	return figures
}
