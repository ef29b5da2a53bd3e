package standfirst

import "math/big"

// withShare returns the derived figure as a percentage of a share, from 0 to 100, or
// none if it has no bound.
func (d Derived) withShare(share Interval) []Derived {
	if share.Lo == nil && share.Hi == nil {
		return nil
	}
	one := big.NewRat(1, 1)
	capped := false
	if share.Lo != nil && share.Lo.Cmp(one) > 0 {
		share.Lo, share.LoExclusive, capped = one, false, true
	}
	if share.Hi != nil && share.Hi.Cmp(one) > 0 {
		share.Hi, share.HiExclusive, capped = one, false, true
	}
	if share.Lo == nil {
		d.Assumptions = append(d.Assumptions, assumeNoFloor)
		if share.Hi.Cmp(one) == 0 { // "at most 100%" says less than "0% to 100%"
			share.Lo = new(big.Rat)
		}
	}
	if capped {
		d.Assumptions = append(d.Assumptions, assumeCapped)
	}
	hundred := big.NewRat(100, 1)
	share.Lo, share.Hi = times(share.Lo, hundred), times(share.Hi, hundred)
	d.Quantity = quantityOf(share, Percent, d.About)
	return []Derived{d}
}

// quotient returns a ÷ b, and nil if one is missing or b is not positive.
func quotient(a, b *big.Rat) *big.Rat {
	if a == nil || b == nil || b.Sign() <= 0 {
		return nil
	}
	return new(big.Rat).Quo(a, b)
}

// plus returns a + b, and nil if one is missing.
func plus(a, b *big.Rat) *big.Rat {
	if a == nil || b == nil {
		return nil
	}
	return new(big.Rat).Add(a, b)
}

// times returns a × b, and nil if one is missing.
func times(a, b *big.Rat) *big.Rat {
	if a == nil || b == nil {
		return nil
	}
	return new(big.Rat).Mul(a, b)
}

// quantityOf returns an interval as a quantity: a point if it holds only that.
// Bounds that are missing are not exclusive.
func quantityOf(v Interval, unit Unit, about bool) Quantity {
	q := Quantity{Unit: unit, Approx: about}
	if v.Lo != nil && v.Hi != nil && v.Lo.Cmp(v.Hi) == 0 {
		q.Point = v.Lo
		return q
	}
	q.Lo, q.Hi = v.Lo, v.Hi
	q.LoExclusive, q.HiExclusive = v.LoExclusive && v.Lo != nil, v.HiExclusive && v.Hi != nil
	return q
}

// intervalOf returns a derived quantity as an interval, its point as itself.
func intervalOf(q Quantity) Interval {
	if q.Point != nil {
		return Interval{Lo: q.Point, Hi: q.Point}
	}
	return Interval{Lo: q.Lo, Hi: q.Hi, LoExclusive: q.LoExclusive, HiExclusive: q.HiExclusive}
}

// hullOf returns the smallest interval that holds both.
func hullOf(a, b Interval) Interval {
	var hull Interval
	if a.Lo != nil && b.Lo != nil {
		switch a.Lo.Cmp(b.Lo) {
		case -1:
			hull.Lo, hull.LoExclusive = a.Lo, a.LoExclusive
		case 1:
			hull.Lo, hull.LoExclusive = b.Lo, b.LoExclusive
		default:
			hull.Lo, hull.LoExclusive = a.Lo, a.LoExclusive && b.LoExclusive
		}
	}
	if a.Hi != nil && b.Hi != nil {
		switch a.Hi.Cmp(b.Hi) {
		case 1:
			hull.Hi, hull.HiExclusive = a.Hi, a.HiExclusive
		case -1:
			hull.Hi, hull.HiExclusive = b.Hi, b.HiExclusive
		default:
			hull.Hi, hull.HiExclusive = a.Hi, a.HiExclusive && b.HiExclusive
		}
	}
	return hull
}
