package diff

import "github.com/aymanbagabas/go-udiff/lcs"

// The sequences are compared by the algorithm of gopls and the other Go tools, in the
// edition that others may import. It looks for a hundred differences from both ends and
// gives up on what lies between, so that its cost is bounded; what it gave up on is
// compared again here, within a budget.

const (
	// searched is how many differences one comparison is sure to find.
	searched = 100
	// again is how many times the length of both sequences may be compared once more.
	again = 4
)

// interner gives each different text a number.
type interner map[string]rune

func (in interner) of(s string) rune {
	n, ok := in[s]
	if !ok {
		n = rune(len(in))
		in[s] = n
	}
	return n
}

// differences returns where the sequences differ, in order. What lies between is equal.
func differences(a, b []rune) []lcs.Diff {
	budget := again*(len(a)+len(b)) + searched
	return differ(nil, a, b, 0, 0, &budget)
}

// differ appends the differences of two stretches that begin at the offsets.
func differ(found []lcs.Diff, a, b []rune, atA, atB int, budget *int) []lcs.Diff {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b, atA, atB = a[1:], b[1:], atA+1, atB+1
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	whole := lcs.Diff{End: len(a), ReplEnd: len(b)}
	if len(a) == 0 && len(b) == 0 {
		return found
	}
	parts := []lcs.Diff{whole}
	if *budget > 0 && len(a) > 0 && len(b) > 0 {
		*budget -= len(a) + len(b)
		parts = lcs.DiffRunes(a, b)
	}
	for _, d := range parts {
		removed, added := d.End-d.Start, d.ReplEnd-d.ReplStart
		if d == whole || removed == 0 || added == 0 || removed+added <= searched {
			found = append(found, lcs.Diff{Start: atA + d.Start, End: atA + d.End, ReplStart: atB + d.ReplStart, ReplEnd: atB + d.ReplEnd})
			continue
		}
		found = differ(found, a[d.Start:d.End], b[d.ReplStart:d.ReplEnd], atA+d.Start, atB+d.ReplStart, budget)
	}
	return found
}
