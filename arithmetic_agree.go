package standfirst

import "math/big"

// Contradicts reports whether a stake that was stated cannot be what the amount buys, in
// whatever reading of the valuation, and what it buys by our arithmetic. Every figure is
// given what a writer may have rounded away, see [Quantity.Written]. Where a figure is
// missing there is no contradiction.
func (r Round) Contradicts(stake, amount Quantity) (Derived, bool) {
	if stake.Unit != Percent {
		return Derived{}, false
	}
	stated := stake.Written()
	wide := r
	wide.NewMoney, wide.Valuation = r.NewMoney.widened(), r.Valuation.widened()
	possible := wide.Stake(*amount.widened())
	for _, d := range possible {
		if !d.IfCeilings && intervalOf(d.Quantity).Overlaps(stated) {
			return Derived{}, false
		}
	}
	if len(possible) == 0 {
		return Derived{}, false
	}
	var buys Derived
	for _, d := range r.Stake(amount) { // the hull of two readings comes last
		if !d.IfCeilings {
			buys = d
		}
	}
	return buys, buys.Kind != ""
}

// Exceed reports whether the parts, all in the unit of the whole, add up to more than it even
// where each was rounded up and the whole down, and to how much at the least as they were
// stated. Parts in another unit, or without a lower bound, count as nothing.
func Exceed(parts []Quantity, whole Quantity) (sum Quantity, exceeds bool) {
	least, stated := new(big.Rat), new(big.Rat)
	sum = Quantity{Unit: whole.Unit, Point: stated, Decimals: whole.Decimals}
	for _, p := range parts {
		floor := p.Lo
		if p.Point != nil {
			floor = p.Point
		}
		if bounds := p.Written(); p.Unit == whole.Unit && bounds.Lo != nil && floor != nil {
			least.Add(least, bounds.Lo)
			stated.Add(stated, floor)
			sum.Decimals = max(sum.Decimals, p.Decimals)
			sum.Approx = sum.Approx || p.Approx
		}
	}
	most := whole.Written().Hi
	if most == nil || least.Cmp(most) <= 0 {
		return Quantity{}, false
	}
	return sum, true
}

// Written returns the values of which a writer may have made the quantity: a point stands for
// whatever rounds to it at the last digit that was written, and one with "about" for what
// [Quantity.Bounds] allows.
func (q Quantity) Written() Interval {
	if q.Point == nil || q.Approx {
		return q.Bounds()
	}
	half := ratOf(5, -q.Decimals-1)
	return Interval{Lo: new(big.Rat).Sub(q.Point, half), Hi: new(big.Rat).Add(q.Point, half)}
}

// widened returns the quantity with what may have been rounded away; nil for none.
func (q *Quantity) widened() *Quantity {
	if q == nil {
		return nil
	}
	written := q.Written()
	return &Quantity{
		Lo: written.Lo, Hi: written.Hi, LoExclusive: written.LoExclusive, HiExclusive: written.HiExclusive,
		Decimals: q.Decimals, Unit: q.Unit, Noun: q.Noun,
	}
}
