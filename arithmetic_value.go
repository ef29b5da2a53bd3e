package standfirst

import (
	"math/big"
	"slices"
)

// Post returns the valuation with the new money in it: as stated, or with the new
// money added, or both readings and their hull where nobody has said which it is. A
// secondary sale leaves it as it is.
func (r Round) Post() []Derived { return r.value(PostMoney) }

// Pre returns the valuation without the new money, in the same way.
func (r Round) Pre() []Derived { return r.value(PreMoney) }

// value returns the valuation on the wanted basis.
func (r Round) value(wanted Basis) []Derived {
	value := sumOf(r.Valuation)
	if !value.known || r.Kind != PrimaryRound && r.Kind != Secondary {
		return nil
	}
	d := Derived{Kind: PostMoneyValue, Formula: "valuation", About: value.about, Assumptions: r.leftOut()}
	if wanted == PreMoney {
		d.Kind = PreMoneyValue
	}
	if r.Kind == Secondary {
		d.Assumptions = append(d.Assumptions, assumeNoNewMoney)
		return d.withMoney(value)
	}
	money := sumOf(r.NewMoney).in(value)
	return r.readings(func(basis Basis) []Derived {
		d := d
		d.Assumptions = slices.Clone(d.Assumptions)
		if basis == wanted {
			return d.withMoney(value)
		}
		if !money.known {
			return nil
		}
		d.About = value.about || money.about
		other := value
		if basis == PreMoney {
			d.Formula = "valuation + new money"
			other.Interval = grown(value, money)
		} else {
			d.Formula = "valuation − new money"
			other.Interval = shrunk(value, money)
		}
		if money.Lo == nil {
			d.Assumptions = append(d.Assumptions, assumeNoFloor)
		}
		other.decimals = max(value.decimals, money.decimals)
		return d.withMoney(other)
	})
}

// grown returns a valuation with the new money added. New money without a floor
// counts as nothing in the lower bound.
func grown(value, money sum) Interval {
	if money.Lo == nil {
		money.Lo = new(big.Rat)
	}
	return value.Plus(money.Interval)
}

// shrunk returns a valuation with the new money taken off. Its lower bound is not
// below nothing.
func shrunk(value, money sum) Interval {
	if money.Lo == nil {
		money.Lo = new(big.Rat)
	}
	left := value.Plus(Interval{Lo: negative(money.Hi), Hi: negative(money.Lo), LoExclusive: money.HiExclusive, HiExclusive: money.LoExclusive})
	if left.Lo != nil && left.Lo.Sign() < 0 {
		left.Lo, left.LoExclusive = new(big.Rat), false
	}
	return left
}

func negative(r *big.Rat) *big.Rat {
	if r == nil {
		return nil
	}
	return new(big.Rat).Neg(r)
}

// withMoney returns the derived figure as a sum of money, or none if it has no bound
// or the figures leave less than nothing.
func (d Derived) withMoney(s sum) []Derived {
	if s.Lo == nil && s.Hi == nil || s.Hi != nil && s.Hi.Sign() < 0 {
		return nil
	}
	d.Quantity = quantityOf(s.Interval, s.unit, d.About)
	d.Quantity.Decimals = s.decimals
	return []Derived{d}
}

// leftOut returns what is known of the deal and plays no part in its arithmetic.
func (r Round) leftOut() []string {
	var assumptions []string
	if r.Debt != nil {
		assumptions = append(assumptions, assumeDebtLeftOut)
	}
	if r.Secondary != nil && r.Kind != Secondary {
		assumptions = append(assumptions, assumeSecondaryApart)
	}
	return assumptions
}

// readings returns what derive returns for the basis of the valuation; where nobody
// has said it, for each, and the hull of the two.
func (r Round) readings(derive func(Basis) []Derived) []Derived {
	read := func(basis Basis) []Derived {
		found := derive(basis)
		for i := range found {
			found[i].Reading = basis
		}
		return found
	}
	if r.Basis == PostMoney || r.Basis == PreMoney {
		return read(r.Basis)
	}
	post, pre := read(PostMoney), read(PreMoney)
	for i := range post {
		post[i].Assumptions = append(post[i].Assumptions, assumePostReading)
	}
	for i := range pre {
		pre[i].Assumptions = append(pre[i].Assumptions, assumePreReading)
	}
	if len(post) == 0 || len(pre) == 0 {
		return append(post, pre...)
	}
	hull := post[0]
	hull.Reading, hull.Formula = BasisUnspecified, post[0].Formula+" or "+pre[0].Formula
	hull.About = post[0].About || pre[0].About
	hull.Assumptions = append(r.leftOut(), assumeBothReadings)
	decimals := max(post[0].Quantity.Decimals, pre[0].Quantity.Decimals)
	hull.Quantity = quantityOf(hullOf(intervalOf(post[0].Quantity), intervalOf(pre[0].Quantity)), post[0].Quantity.Unit, hull.About)
	hull.Quantity.Decimals = decimals
	found := slices.Concat(post, pre)
	if hull.Quantity.Lo == nil && hull.Quantity.Hi == nil && hull.Quantity.Point == nil {
		return found
	}
	return append(found, hull)
}
