package copydesk

import (
	"math/big"

	"standfirst"
)

// checkTwoValues finds one property of one subject that is given two values that cannot
// both hold.
func (r *proseReader) checkTwoValues() []Check {
	type key struct {
		deal, entity, party int
		property            standfirst.Property
		dimensions          string
	}
	first := map[key]*ClaimProposal{}
	var found []Check
	for i := range r.proposals.Claims {
		c := &r.proposals.Claims[i]
		rule, _ := c.Property.Rule()
		if rule.Period && c.Dimensions.Period == "" || rule.Day && c.Dimensions.Day.IsZero() {
			continue
		}
		k := key{c.Deal, c.Entity, c.Party, c.Property, c.Dimensions.Key()}
		other, ok := first[k]
		if !ok {
			first[k] = c
			continue
		}
		if !contradict(c.Value, other.Value) {
			continue
		}
		found = append(found, Check{
			Mark: c.Mark, Rule: RuleTwoValues, Message: propertyWords(c.Property) + " is given as " + c.Text + " here and as " + other.Text + " before", Compared: other.Text,
		})
	}
	return found
}

// contradict reports whether two values of one claim cannot both hold.
func contradict(a, b standfirst.Value) bool {
	switch {
	case a.Quantity != nil && b.Quantity != nil:
		return a.Quantity.SameMeasure(*b.Quantity) && !a.Quantity.Overlaps(*b.Quantity) && !explainedByBasis(a, b)
	case a.Date != nil && b.Date != nil:
		return a.Date.To.Before(b.Date.From) || b.Date.To.Before(a.Date.From)
	}
	return false
}

// explainedByBasis reports whether one valuation is stated before the money of the round
// and the other after it.
func explainedByBasis(a, b standfirst.Value) bool {
	return a.Basis != b.Basis && a.Basis != standfirst.BasisUnspecified && b.Basis != standfirst.BasisUnspecified
}

func propertyWords(p standfirst.Property) string {
	b := []byte(p)
	for i := range b {
		if b[i] == '-' {
			b[i] = ' '
		}
	}
	return "the " + string(b)
}

// checkLedger finds a claim that a current version of a known claim contradicts.
func (r *proseReader) checkLedger() []Check {
	if len(r.known.Claims) == 0 {
		return nil
	}
	type key struct {
		subject    standfirst.Subject
		property   standfirst.Property
		dimensions string
	}
	known := map[key]standfirst.ClaimID{}
	for _, c := range r.known.Claims {
		known[key{c.Subject, c.Property, c.Dimensions.Key()}] = c.ID
	}
	versions := map[standfirst.ClaimID][]*standfirst.ClaimVersion{}
	for i := range r.known.Versions {
		v := &r.known.Versions[i]
		if v.Ended == standfirst.Current && !v.Erased && (v.Value.Quantity != nil || v.Value.Date != nil) {
			versions[v.Claim] = append(versions[v.Claim], v)
		}
	}
	var found []Check
	for i := range r.proposals.Claims {
		c := &r.proposals.Claims[i]
		subject := r.knownSubject(c)
		if subject == (standfirst.Subject{}) {
			continue
		}
		dimensions := c.Dimensions
		if c.Party >= 0 {
			if dimensions.Party = r.proposals.Entities[c.Party].Known; dimensions.Party == 0 {
				continue
			}
		}
		current := versions[known[key{subject, c.Property, dimensions.Key()}]]
		for _, v := range current {
			if !contradict(c.Value, v.Value) {
				continue
			}
			compared := v.Words
			found = append(found, Check{
				Mark: c.Mark, Rule: RuleLedgerConflict, Message: propertyWords(c.Property) + " is recorded as " + compared, Compared: compared,
			})
			break
		}
	}
	return found
}

// knownSubject returns the known deal or entity that a claim is about; zero for none.
func (r *proseReader) knownSubject(c *ClaimProposal) standfirst.Subject {
	if c.Deal >= 0 {
		return standfirst.Subject{Deal: r.proposals.Deals[c.Deal].Known}
	}
	return standfirst.Subject{Entity: r.proposals.Entities[c.Entity].Known}
}

// least returns the least number that a quantity allows, nil if that is not said.
func least(q standfirst.Quantity) *big.Rat { return q.Bounds().Lo }

// checkSums finds parts that add up to more than their whole: what investors put in and
// the round, and "$5 million, of which $7 million".
func (r *proseReader) checkSums() []Check {
	var found []Check
	for d := range r.proposals.Deals {
		var whole *ClaimProposal
		var parts []*ClaimProposal
		for i := range r.proposals.Claims {
			c := &r.proposals.Claims[i]
			if c.Deal != d {
				continue
			}
			switch c.Property {
			case standfirst.RoundTarget, standfirst.AmountRaised:
				if whole == nil || len(core(*whole.Value.Quantity)) == 0 {
					whole = c
				}
			case standfirst.Commitment:
				parts = append(parts, c)
			}
		}
		if whole == nil || len(parts) == 0 {
			continue
		}
		most := whole.Value.Quantity.Bounds().Hi
		sum := new(big.Rat)
		seen := map[int]bool{}
		for _, p := range parts {
			if lo := least(*p.Value.Quantity); lo != nil && p.Value.Quantity.SameMeasure(*whole.Value.Quantity) && !seen[p.Party] {
				sum.Add(sum, lo)
				seen[p.Party] = true
			}
		}
		if most != nil && sum.Cmp(most) > 0 {
			last := parts[len(parts)-1]
			found = append(found, Check{Mark: last.Mark, Rule: RuleSumOfParts, Message: "what the investors put in adds up to more than the round", Compared: whole.Text})
		}
	}
	return append(found, r.checkOfWhich()...)
}

// checkOfWhich finds a part that is more than the whole before "of which" or "including".
func (r *proseReader) checkOfWhich() []Check {
	var found []Check
	for _, s := range r.sentences {
		if s.place != InBody {
			continue
		}
		whole := -1
		for i := range s.ph {
			if s.ph[i].figure == nil {
				continue
			}
			if whole >= 0 && s.isPartOf(whole, i) {
				w, p := s.ph[whole].figure, s.ph[i].figure
				lo, hi := least(p.Quantity), w.Quantity.Bounds().Hi
				if lo != nil && hi != nil && lo.Cmp(hi) > 0 && w.Quantity.SameMeasure(p.Quantity) && w.Kind == p.Kind {
					found = append(found, Check{Mark: p.Mark, Rule: RuleSumOfParts, Message: p.Text + " is more than the whole of " + w.Text, Compared: w.Text})
				}
			}
			whole = i
		}
	}
	return found
}

// isPartOf reports whether "of which" or "including" leads from the figure at phrase i to
// the one at j.
func (s *proseSentence) isPartOf(i, j int) bool {
	if j-i > 8 {
		return false
	}
	for k := i + 1; k < j; k++ {
		if s.ph[k].is("including") || s.ph[k].is("of") && s.ph[k+1].is("which") {
			return true
		}
	}
	return false
}
