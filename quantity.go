package standfirst

import "math/big"

// Quantity is a figure as exactly as its words said it: a point, bounds, or both,
// in one unit. It is a value: nothing may change the numbers that it points to.
//
// "$6 billion" has a Point; "up to $6 billion" has Hi and no Lo; "more than 8%" has
// an exclusive Lo; "nearly 4,000 jobs" has a Point, the same as exclusive Hi, and
// Approx; "between 3 and 4 million euros" has Lo and Hi. Hedges become bounds and
// never an invented percentage.
type Quantity struct {
	Point, Lo, Hi *big.Rat // in full units, so that 6 billion is 6000000000; nil if absent
	// LoExclusive and HiExclusive say that the bound itself is not meant.
	LoExclusive, HiExclusive bool
	Approx                   bool // said with "about" or the like
	// Decimals is how finely the figure was written, as XBRL has it: the digits after
	// the decimal point in full units. 2.1% has 1, $6 billion has -9.
	Decimals int
	Unit     Unit
	Noun     string // what a count counts, as written, such as "roles"; else empty
}

// Unit is what a quantity is measured in: an ISO 4217 code or one of the constants.
type Unit string

// The units that are not currencies.
const (
	Percent     Unit = "%"
	Points      Unit = "pp" // percentage points
	Times       Unit = "x"  // a multiple
	UnitOfCount Unit = "1"  // of a count; Noun says what it counts
)

// IsCurrency reports whether the unit has the form of an ISO 4217 code.
func (u Unit) IsCurrency() bool {
	if len(u) != 3 {
		return false
	}
	for _, r := range u {
		if r < 'A' || r > 'Z' {
			return false
		}
	}
	return true
}

// Modality says whether a figure is a fact or what may come.
type Modality string

const (
	Actual      Modality = "actual"
	Prospective Modality = "prospective" // could, may, seeking, targeting, plans
)

// Direction says which way a figure moved, where its words say so.
type Direction string

const (
	NoDirection Direction = ""
	Up          Direction = "up"
	Down        Direction = "down"
)
