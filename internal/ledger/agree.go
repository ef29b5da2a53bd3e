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

// tooMuch returns that the parties put in more than was raised, if they do. Who is out puts in
// nothing, what is of no party may be the sum of theirs, and while a deal is closed in part more
// is to come in.
func tooMuch(figures []ClaimFigure, raised *ClaimFigure) []Contradiction {
	stages := make(map[standfirst.EntityID]standfirst.DealStage)
	for _, f := range figures {
		if f.Claim.Property == standfirst.Stage {
			stages[f.Claim.Dimensions.Party] = StandsAt(f.Held)
		}
	}
	if raised == nil || stages[0] == standfirst.PartiallyClosed {
		return nil
	}
	var parts []ClaimFigure
	var amounts []standfirst.Quantity
	for _, f := range figures {
		party := f.Claim.Dimensions.Party
		if f.Claim.Property == standfirst.Commitment && party != 0 && !stages[party].Off() && len(f.Held) == 1 && f.Held[0].Value.Quantity != nil {
			if stages[party] == standfirst.PartiallyClosed && stages[0] != standfirst.Closed {
				return nil
			}
			parts, amounts = append(parts, f), append(amounts, *f.Held[0].Value.Quantity)
		}
	}
	sum, exceeds := standfirst.Exceed(amounts, *raised.Held[0].Value.Quantity)
	if !exceeds {
		return nil
	}
	return []Contradiction{{Figures: append(parts, *raised), Follows: sum, Words: sum.String(), Sum: true}}
}

// compared are the properties whose figures say whether those of a deal agree.
var compared = []standfirst.Property{
	standfirst.Stage, standfirst.Commitment, standfirst.RoundTarget, standfirst.AmountRaised, standfirst.DealValue, standfirst.Valuation, standfirst.Stake,
}

// comparedDeal is a deal with what the desk holds of those figures.
type comparedDeal struct {
	standfirst.Deal
	about subjectReading
}

// comparedDeals reads the deals of those of the claims that others of their deal bear upon: a
// stake, what was raised, a valuation. It costs the same few queries for any number.
func comparedDeals(tx *store.ReadTx, claims []standfirst.Claim) (map[standfirst.DealID]comparedDeal, error) {
	var ids []standfirst.DealID
	var subjects []standfirst.Subject
	for _, c := range claims {
		borne := c.Property == standfirst.Stake || c.Property == standfirst.AmountRaised || c.Property == standfirst.Valuation
		if c.Subject.Deal != 0 && borne && !slices.Contains(ids, c.Subject.Deal) {
			ids, subjects = append(ids, c.Subject.Deal), append(subjects, c.Subject)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	deals, err := tx.DealsByID(ids)
	if err != nil {
		return nil, err
	}
	all, err := tx.ClaimsOfProperties(subjects, compared)
	if err != nil {
		return nil, err
	}
	held, err := tx.HeldVersions(idsOf(all), store.ForDesk)
	if err != nil {
		return nil, err
	}
	names, err := namesOf(tx, all)
	if err != nil {
		return nil, err
	}
	versions := make(map[standfirst.ClaimID][]standfirst.ClaimVersion)
	for _, v := range held {
		versions[v.Claim] = append(versions[v.Claim], v)
	}
	of := make(map[standfirst.DealID][]standfirst.Claim)
	for _, c := range all {
		of[c.Subject.Deal] = append(of[c.Subject.Deal], c)
	}
	read := make(map[standfirst.DealID]comparedDeal, len(deals))
	for _, d := range deals {
		read[d.ID] = comparedDeal{d, subjectReading{of[d.ID], versions, names}}
	}
	return read, nil
}

// contradictionsOf returns what does not agree in the deals, as the desk knows it, by the claim
// that it is listed under: a stake, or what was raised.
func contradictionsOf(deals map[standfirst.DealID]comparedDeal) map[standfirst.ClaimID][]Conflict {
	found := make(map[standfirst.ClaimID][]Conflict)
	for _, d := range deals {
		for _, no := range contradictions(d.Deal, d.about.named()) {
			under := no.Figures[0].Claim
			if no.Sum {
				under = no.Figures[len(no.Figures)-1].Claim
			}
			found[under.ID] = append(found[under.ID], Conflict{Title: titleOf(d.about.names.of(under)), Claim: under, Contradiction: &no})
		}
	}
	return found
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
