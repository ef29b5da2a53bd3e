package standfirst

import "math/big"

// ClaimConflict is two versions of one claim that cannot both hold.
type ClaimConflict struct {
	First, Second ClaimVersion // in the order in which they were given
}

// Conflicts returns the pairs that cannot both hold among versions of one claim, or of
// claims of one [Claim.Group], where both are current and not erased: quantities of one
// measure without a common value, see [Quantity.Bounds]; dates without a common day;
// stages of which one is before the deal is agreed, after it or its end, and the other is
// not. Figures in different units are not compared, nor is where a deal stands with where
// it is expected to be.
//
// newMoney is that of the round, nil if it is not known. A valuation without the new
// money and one with it may both hold if the round explains the difference; of a
// round that is not known, only that it takes nothing away. A valuation of which
// nobody has said which it is may be either where the round is known; else it is
// compared as it stands.
func Conflicts(versions []ClaimVersion, newMoney *Quantity) []ClaimConflict {
	var conflicts []ClaimConflict
	for i, first := range versions {
		for _, second := range versions[i+1:] {
			expected := first.Value.Stage != "" && first.Modality != second.Modality
			if !expected && first.counts() && second.counts() && !bothHold(first.Value, second.Value, newMoney) {
				conflicts = append(conflicts, ClaimConflict{First: first, Second: second})
			}
		}
	}
	return conflicts
}

// counts reports whether the version says something now.
func (v ClaimVersion) counts() bool { return v.Ended == Current && !v.Erased }

// bothHold reports whether two values of one claim can hold at once.
func bothHold(a, b Value, newMoney *Quantity) bool {
	switch {
	case a.Quantity != nil && b.Quantity != nil:
		return !a.Quantity.SameMeasure(*b.Quantity) || valuesMeet(a, b, newMoney)
	case a.Date != nil && b.Date != nil:
		return !a.Date.To.Before(b.Date.From) && !b.Date.To.Before(a.Date.From)
	case a.Stage != "" && b.Stage != "":
		return phaseOf(a.Stage) == phaseOf(b.Stage)
	}
	return true
}

// valuesMeet reports whether two quantities have a common value in some reading of
// their bases that is possible.
func valuesMeet(a, b Value, newMoney *Quantity) bool {
	first, second := a.Quantity.Bounds(), b.Quantity.Bounds()
	unspecified := a.Basis == BasisUnspecified || b.Basis == BasisUnspecified
	if (a.Basis == b.Basis || a.Basis == "" || b.Basis == "" || unspecified) && first.Overlaps(second) {
		return true
	}
	known := newMoney != nil && newMoney.Unit == a.Quantity.Unit
	if unspecified && !known {
		return false
	}
	money := Interval{Lo: new(big.Rat)}
	if known {
		bounds := newMoney.Bounds()
		if bounds.Lo == nil {
			bounds.Lo = money.Lo
		}
		money = bounds
	}
	explains := func(pre, post Value, before, after Interval) bool {
		return pre.mayBe(PreMoney) && post.mayBe(PostMoney) && before.Plus(money).Overlaps(after)
	}
	return explains(a, b, first, second) || explains(b, a, second, first)
}

// mayBe reports whether a valuation can be on the basis as far as it was said.
func (v Value) mayBe(basis Basis) bool {
	return v.Basis == basis || v.Basis == BasisUnspecified
}

// phase is where a deal is, as far as two stages can exclude each other: two accounts
// of talks may differ in how far they are, and both be right.
type phase uint8

const (
	beforeAgreement phase = iota
	afterAgreement
	endedWithout
)

func phaseOf(stage DealStage) phase {
	switch {
	case stage == Agreed, stage == Signed, stage == PartiallyClosed, stage == Closed:
		return afterAgreement
	case stage.Off():
		return endedWithout
	}
	return beforeAgreement
}
