package store

// Audience says for whom figures are read.
//
// Readers never get a row of the ledger that is not released, nor a trace of one: a
// version that an unreleased one supersedes is still current for them. They get the
// words and the day of an attribution, and nothing else of it.
type Audience bool

const (
	ForReaders Audience = false
	ForDesk    Audience = true
)

// everything returns the argument of a query that says whether it leaves out what is
// not released: 1 if it does not.
func (a Audience) everything() int64 { return toFlag(bool(a)) }
