package standfirst

import (
	"math/big"
	"strings"
)

// IsChange reports whether values of the property say how far something moved: they are
// negative where it fell, so that a fall and a rise never agree, and their words say
// which way it went.
func (p Property) IsChange() bool {
	switch p {
	case SharePriceMove, RevenueChange, ProfitChange:
		return true
	}
	return false
}

// Change returns how far a change went, without a sign, and which way. A change of
// nothing and one that may have gone either way have no direction and stay as they are.
func (q Quantity) Change() (Quantity, Direction) {
	direction := NoDirection
	for _, r := range [...]*big.Rat{q.Point, q.Lo, q.Hi} {
		if r == nil || r.Sign() == 0 {
			continue
		}
		way := Up
		if r.Sign() < 0 {
			way = Down
		}
		if direction != NoDirection && direction != way {
			return q, NoDirection
		}
		direction = way
	}
	if direction != Down {
		return q, direction
	}
	return q.Opposite(), Down
}

// Opposite returns the quantity with its sign changed: a fall for a rise.
func (q Quantity) Opposite() Quantity {
	o := q
	o.Point, o.Lo, o.Hi = opposite(q.Point), opposite(q.Hi), opposite(q.Lo)
	o.LoExclusive, o.HiExclusive = q.HiExclusive, q.LoExclusive
	return o
}

// opposite returns -r; nil for nil.
func opposite(r *big.Rat) *big.Rat {
	if r == nil {
		return nil
	}
	return new(big.Rat).Neg(r)
}

// ChangeString returns a change in words: "a fall of 2.1%", "a rise of more than 10%".
// One without a direction is written as [Quantity.String] does.
func (q Quantity) ChangeString() string {
	size, direction := q.Change()
	switch direction {
	case Down:
		return "a fall of " + size.String()
	case Up:
		return "a rise of " + size.String()
	}
	return q.String()
}

// ParseChange reads a change as [Quantity.ChangeString] writes it, and "down 2.1%" and
// "up 2.1%"; other words as [ParseQuantity] does.
func ParseChange(words string) (Quantity, error) {
	for _, fall := range [...]string{"a fall of ", "a drop of ", "down "} {
		if rest, ok := strings.CutPrefix(words, fall); ok {
			q, err := ParseQuantity(rest)
			return q.Opposite(), err
		}
	}
	for _, rise := range [...]string{"a rise of ", "up "} {
		if rest, ok := strings.CutPrefix(words, rise); ok && !strings.HasPrefix(rest, "to ") {
			return ParseQuantity(rest)
		}
	}
	return ParseQuantity(words)
}
