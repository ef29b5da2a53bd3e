package standfirst

import (
	"math/big"
	"slices"
)

// DerivedKind says what a derived figure is.
type DerivedKind string

// The kinds of derived figures.
const (
	ShareOfRound       DerivedKind = "share-of-round"       // one investor's part of the new money, in percent
	StakeBought        DerivedKind = "stake-bought"         // one investor's part of the company, in percent
	ShareSold          DerivedKind = "share-sold"           // the part of the company that all new money buys, in percent
	ShareChangingHands DerivedKind = "share-changing-hands" // the part that a secondary sale moves, in percent
	PostMoneyValue     DerivedKind = "post-money-value"     // the valuation with the new money in it
	PreMoneyValue      DerivedKind = "pre-money-value"      // the valuation without it
)

// Derived is a figure that is computed from figures of the ledger and shown as "our
// arithmetic", never typed in or stored.
type Derived struct {
	Kind DerivedKind
	// Quantity is exact, and between 0 and 100 if it is a percentage. Use
	// [Derived.String] to show it.
	Quantity Quantity
	Formula  string // in words and symbols, such as "amount ÷ (valuation + new money)"
	// Assumptions are clauses that readers see beside the figure.
	Assumptions []string
	About       bool // a figure in it was said with "about" or the like
	// Reading is how the valuation was read: before or after the new money. It is
	// BasisUnspecified for the hull of both readings, and empty where it plays no part.
	Reading Basis
	// IfCeilings says that the figure holds only if both ceilings are reached.
	IfCeilings bool
}

// String returns the derived figure as it is shown. A percentage has at most two
// digits after its point; an upper bound is rounded up and a lower one down: "at most
// 6.25%", "between 5.88% and 6.25%", "about 9.09%".
func (d Derived) String() string {
	style := houseStyle(d.Quantity)
	style.hedges[HedgeUpTo] = style.upperOfTwo
	style.mostDigits = shownDigits
	if !d.Quantity.Approx {
		style.opening, style.between = "between ", " and "
	}
	words := style.write(d.Quantity)
	if d.IfCeilings {
		words += " if both ceilings are reached"
	}
	return words
}

// The assumptions that figures carry.
const (
	assumeNoFloor        = "no lower bound was said, so that it may be as little as nothing"
	assumeWithinRound    = "the amount is part of the new money"
	assumePostReading    = "the valuation includes the new money"
	assumePreReading     = "the valuation does not include the new money"
	assumeBothReadings   = "nobody has said whether the valuation includes the new money"
	assumeNoNewMoney     = "existing shares change hands and the company gets no new money"
	assumeDebtLeftOut    = "debt buys no shares and is left out"
	assumeSecondaryApart = "sales of existing shares add nothing to the valuation"
	assumeCapped         = "capped at 100%"
	assumeBothCeilings   = "both the amount and the round reach their ceilings"
)

// Round is what is known of the money in a deal. All sums are in one currency; one in
// another counts as unknown.
type Round struct {
	Kind      DealKind
	NewMoney  *Quantity // for new shares
	Secondary *Quantity // for shares that holders sell
	Debt      *Quantity // beside it; never part of an answer
	Valuation *Quantity
	Basis     Basis // of Valuation; empty is unspecified
}

// sum is one of the sums as arithmetic counts it. A point with "about" counts as
// itself.
type sum struct {
	Interval
	about, known bool
	decimals     int
	unit         Unit
}

// sumOf reads a sum of money. What is negative or no money is unknown.
func sumOf(q *Quantity) sum {
	if q == nil || !q.Unit.IsCurrency() {
		return sum{}
	}
	s := sum{about: q.Approx, known: true, decimals: q.Decimals, unit: q.Unit}
	if q.Point != nil {
		s.Lo, s.Hi = q.Point, q.Point
	} else {
		s.Lo, s.Hi, s.LoExclusive, s.HiExclusive = q.Lo, q.Hi, q.LoExclusive, q.HiExclusive
	}
	if s.Lo != nil && s.Lo.Sign() <= 0 {
		s.Lo, s.LoExclusive = nil, false
	}
	if s.Hi != nil && s.Hi.Sign() <= 0 || s.Lo == nil && s.Hi == nil {
		return sum{}
	}
	return s
}

// in returns the sum if it is in the currency of the other, else an unknown one.
func (s sum) in(other sum) sum {
	if s.unit != other.unit {
		return sum{}
	}
	return s
}

// isCeiling reports whether only an upper bound is known.
func (s sum) isCeiling() bool { return s.known && s.Lo == nil && s.Hi != nil }

// ShareOfRound returns which part of the new money an amount is. Where both are
// ceilings that says nothing, and the ratio of the ceilings comes second, marked as
// such. It returns none if a bound that it needs is missing.
func (r Round) ShareOfRound(amount Quantity) []Derived {
	a := sumOf(&amount)
	money := sumOf(r.NewMoney).in(a)
	if !a.known || !money.known || r.Kind != PrimaryRound && r.Kind != Convertible {
		return nil
	}
	a = a.within(money)
	var share Interval
	share.Lo, share.LoExclusive = quotient(a.Lo, money.Hi), a.LoExclusive || money.HiExclusive
	if a.Hi != nil {
		share.Hi = big.NewRat(1, 1) // as long as the round can be as small as the amount
		if money.Lo != nil && money.Lo.Cmp(a.Hi) > 0 {
			share.Hi, share.HiExclusive = quotient(a.Hi, money.Lo), a.HiExclusive || money.LoExclusive
		}
	}
	d := Derived{Kind: ShareOfRound, Formula: "amount ÷ new money", About: a.about || money.about, Assumptions: []string{assumeWithinRound}}
	found := d.withShare(share)
	if a.isCeiling() && money.isCeiling() {
		d.IfCeilings, d.Assumptions = true, []string{assumeBothCeilings}
		ratio := quotient(a.Hi, money.Hi)
		found = append(found, d.withShare(Interval{Lo: ratio, Hi: ratio})...)
	}
	return found
}

// within returns the amount of one investor with the round's ceiling as its own where
// that is lower: nobody puts in more than the round has.
func (s sum) within(money sum) sum {
	if money.Hi != nil && (s.Hi == nil || s.Hi.Cmp(money.Hi) > 0) {
		s.Hi, s.HiExclusive = money.Hi, money.HiExclusive
	}
	return s
}

// Stake returns which part of the company an amount buys. Where nobody has said
// whether the valuation includes the new money, both readings and their hull are
// returned, the hull last; a reading whose amount and round are both ceilings is
// followed by what it is if both are reached. A convertible buys no stake before it
// converts, and debt none at all.
func (r Round) Stake(amount Quantity) []Derived {
	a, value := sumOf(&amount), sumOf(r.Valuation)
	value = value.in(a)
	if !a.known || !value.known {
		return nil
	}
	if r.Kind == Secondary {
		d := Derived{Kind: StakeBought, Formula: "amount ÷ valuation", About: a.about || value.about, Assumptions: []string{assumeNoNewMoney}}
		return d.withShare(afterMoney(a, value))
	}
	money := sumOf(r.NewMoney).in(a)
	if r.Kind != PrimaryRound {
		return nil
	}
	if a.Hi == nil {
		a = a.within(money)
	}
	stake := Derived{Kind: StakeBought, Assumptions: r.leftOut()}
	return r.readings(func(basis Basis) []Derived {
		d := stake
		d.Assumptions = slices.Clone(stake.Assumptions)
		if basis == PostMoney {
			d.Formula, d.About = "amount ÷ valuation", a.about || value.about
			return d.withShare(afterMoney(a, value))
		}
		d.Formula, d.About = "amount ÷ (valuation + new money)", a.about || value.about || money.about
		d.Assumptions = append(d.Assumptions, assumeWithinRound)
		found := d.withShare(beforeMoney(a, value, money))
		if a.isCeiling() && money.isCeiling() && value.Lo != nil {
			d.IfCeilings, d.Assumptions = true, append(r.leftOut(), assumeBothCeilings)
			both := Interval{Hi: quotient(a.Hi, plus(value.Lo, money.Hi)), HiExclusive: value.LoExclusive}
			if value.Hi != nil {
				both.Lo, both.LoExclusive = quotient(a.Hi, plus(value.Hi, money.Hi)), value.HiExclusive
			}
			found = append(found, d.withShare(both)...)
		}
		return found
	})
}

// afterMoney returns amount ÷ valuation for a valuation that includes the new money.
func afterMoney(a, value sum) Interval {
	return Interval{
		Lo: quotient(a.Lo, value.Hi), LoExclusive: a.LoExclusive || value.HiExclusive,
		Hi: quotient(a.Hi, value.Lo), HiExclusive: a.HiExclusive || value.LoExclusive,
	}
}

// beforeMoney returns amount ÷ (valuation + new money) for a valuation without the
// new money. The new money is never less than the amount.
func beforeMoney(a, value, money sum) Interval {
	stake := Interval{
		Lo:          quotient(a.Lo, plus(value.Hi, money.Hi)),
		LoExclusive: a.LoExclusive || value.HiExclusive || money.HiExclusive,
		HiExclusive: a.HiExclusive || value.LoExclusive,
	}
	least := a.Hi
	if least != nil && money.Lo != nil && money.Lo.Cmp(least) > 0 {
		least = money.Lo
		stake.HiExclusive = stake.HiExclusive || money.LoExclusive
	}
	stake.Hi = quotient(a.Hi, plus(value.Lo, least))
	return stake
}

// Sold returns which part of the company all the new money buys, with both readings
// and their hull where nobody has said which valuation it is.
func (r Round) Sold() []Derived {
	money := sumOf(r.NewMoney)
	value := sumOf(r.Valuation).in(money)
	if !money.known || !value.known || r.Kind != PrimaryRound {
		return nil
	}
	return r.readings(func(basis Basis) []Derived {
		d := Derived{Kind: ShareSold, Formula: "new money ÷ valuation", About: money.about || value.about, Assumptions: r.leftOut()}
		if basis == PostMoney {
			return d.withShare(afterMoney(money, value))
		}
		d.Formula = "new money ÷ (valuation + new money)"
		return d.withShare(Interval{
			Lo: quotient(money.Lo, plus(value.Hi, money.Lo)), LoExclusive: money.LoExclusive || value.HiExclusive,
			Hi: quotient(money.Hi, plus(value.Lo, money.Hi)), HiExclusive: money.HiExclusive || value.LoExclusive,
		})
	})
}

// ChangesHands returns which part of the company the sale of existing shares moves.
func (r Round) ChangesHands() []Derived {
	sold := sumOf(r.Secondary)
	value := sumOf(r.Valuation).in(sold)
	if !sold.known || !value.known || r.Kind != Secondary && r.Kind != PrimaryRound {
		return nil
	}
	d := Derived{
		Kind: ShareChangingHands, Formula: "shares sold ÷ valuation", About: sold.about || value.about,
		Assumptions: []string{assumeNoNewMoney},
	}
	if r.Kind == Secondary {
		return d.withShare(afterMoney(sold, value))
	}
	d.Assumptions = []string{assumeSecondaryApart}
	money := sumOf(r.NewMoney).in(sold)
	return r.readings(func(basis Basis) []Derived {
		d := d
		d.Assumptions = slices.Clone(d.Assumptions)
		if basis == PostMoney {
			return d.withShare(afterMoney(sold, value))
		}
		d.Formula, d.About = "shares sold ÷ (valuation + new money)", d.About || money.about
		post := value
		post.Interval = grown(value, money)
		return d.withShare(afterMoney(sold, post))
	})
}
