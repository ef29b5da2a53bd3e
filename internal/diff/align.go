package diff

import (
	"slices"
	"strings"
)

const (
	// mostPairs is how many pairs of an old and a new block are looked at for likeness in
	// one comparison. A story has some hundreds; beyond that, blocks are paired by their
	// place.
	mostPairs = 40_000
	// mostWords is how many words of a block are looked at for likeness.
	mostWords = 256

	// alike is the share of words that two blocks have in common, of all that they have,
	// from which on one is a changed form of the other. Short blocks share few words by
	// chance, so less is enough.
	alike      = 0.45
	alikeShort = 0.3
	shortBlock = 8 // words
)

// align pairs the blocks of two texts and compares each pair.
func align(old, now []Block) []BlockChange {
	in := make(interner)
	keys := func(blocks []Block) []rune {
		ids := make([]rune, len(blocks))
		for i, b := range blocks {
			ids[i] = in.of(b.Kind + "\x00" + strings.Join(b.Links, "\x00") + "\x00\x00" + b.Text)
		}
		return ids
	}
	a := aligner{old: old, now: now, words: make(interner), pairs: mostPairs}
	i, j := 0, 0
	for _, d := range differences(keys(old), keys(now)) {
		a.same(i, j, d.Start-i)
		a.gap(d.Start, d.End, d.ReplStart, d.ReplEnd)
		i, j = d.End, d.ReplEnd
	}
	a.same(i, j, len(old)-i)
	return a.changes
}

// aligner pairs blocks.
type aligner struct {
	old, now []Block
	words    interner
	pairs    int // how many may still be looked at
	changes  []BlockChange
}

// same adds blocks that are equal.
func (a *aligner) same(i, j, n int) {
	for k := range n {
		b := &a.now[j+k]
		a.changes = append(a.changes, BlockChange{Kind: Same, Old: &a.old[i+k], New: b, Runs: []Run{{Keep, b.Text}}})
	}
}

// gap adds a stretch in which no block is equal: those that are alike as changed, the
// others as removed and added, in the order of reading.
func (a *aligner) gap(i, iEnd, j, jEnd int) {
	for _, p := range a.pair(i, iEnd, j, jEnd) {
		a.remove(i, p.old)
		a.add(j, p.now)
		a.change(p.old, p.now)
		i, j = p.old+1, p.now+1
	}
	a.remove(i, iEnd)
	a.add(j, jEnd)
}

func (a *aligner) remove(from, to int) {
	for i := from; i < to; i++ {
		b := &a.old[i]
		a.changes = append(a.changes, BlockChange{Kind: Removed, Old: b, Runs: []Run{{Delete, b.Text}}, LinksRemoved: b.Links})
	}
}

func (a *aligner) add(from, to int) {
	for j := from; j < to; j++ {
		b := &a.now[j]
		a.changes = append(a.changes, BlockChange{Kind: Added, New: b, Runs: []Run{{Insert, b.Text}}, LinksAdded: b.Links})
	}
}

func (a *aligner) change(i, j int) {
	old, now := &a.old[i], &a.now[j]
	c := BlockChange{Kind: Changed, Old: old, New: now, Runs: words(old.Text, now.Text)}
	c.LinksRemoved, c.LinksAdded = without(old.Links, now.Links), without(now.Links, old.Links)
	a.changes = append(a.changes, c)
}

// without returns the links of the one list that the other has not.
func without(links, others []string) []string {
	known := make(map[string]bool, len(others))
	for _, l := range others {
		known[l] = true
	}
	var left []string
	for _, l := range links {
		if !known[l] {
			left = append(left, l)
		}
	}
	return left
}

// pairing is an old block and the new one that it became.
type pairing struct{ old, now int }

// pair returns which blocks of a stretch belong together, in order and without crossing,
// so that what they have in common is the most.
func (a *aligner) pair(i, iEnd, j, jEnd int) []pairing {
	n, m := iEnd-i, jEnd-j
	if n == 0 || m == 0 {
		return nil
	}
	before, after := a.wordsOf(a.old[i:iEnd]), a.wordsOf(a.now[j:jEnd])
	like := func(k, l int) float64 {
		if a.old[i+k].Kind != a.now[j+l].Kind {
			return 0
		}
		return likeness(before[k], after[l])
	}
	if n*m > a.pairs {
		return byPlace(i, j, min(n, m), like)
	}
	a.pairs -= n * m
	// best[k][l] is the most that blocks from k and l on can have in common.
	best := make([]float64, (n+1)*(m+1))
	scores := make([]float64, n*m)
	for k := n - 1; k >= 0; k-- {
		for l := m - 1; l >= 0; l-- {
			s := like(k, l)
			scores[k*m+l] = s
			best[k*(m+1)+l] = max(best[(k+1)*(m+1)+l], best[k*(m+1)+l+1])
			if s > 0 {
				best[k*(m+1)+l] = max(best[k*(m+1)+l], s+best[(k+1)*(m+1)+l+1])
			}
		}
	}
	var pairs []pairing
	for k, l := 0, 0; k < n && l < m; {
		switch here := best[k*(m+1)+l]; {
		case scores[k*m+l] > 0 && here == scores[k*m+l]+best[(k+1)*(m+1)+l+1]:
			pairs = append(pairs, pairing{i + k, j + l})
			k, l = k+1, l+1
		case here == best[(k+1)*(m+1)+l]:
			k++
		default:
			l++
		}
	}
	return pairs
}

// byPlace pairs those blocks that are alike and stand at the same place in their
// stretches.
func byPlace(i, j, n int, like func(k, l int) float64) []pairing {
	var pairs []pairing
	for k := range n {
		if like(k, k) > 0 {
			pairs = append(pairs, pairing{i + k, j + k})
		}
	}
	return pairs
}

// wordsOf returns the words of each block as sorted numbers.
func (a *aligner) wordsOf(blocks []Block) [][]rune {
	list := make([][]rune, len(blocks))
	for i, b := range blocks {
		found := split(b.Text)
		ids := make([]rune, min(len(found), mostWords))
		for k := range ids {
			ids[k] = a.words.of(strings.ToLower(b.Text[found[k].start:found[k].end]))
		}
		slices.Sort(ids)
		list[i] = ids
	}
	return list
}

// likeness returns the share of words that two sorted lists have in common, of all that
// they have, and zero where they are not alike.
func likeness(a, b []rune) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	common := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			common, i, j = common+1, i+1, j+1
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	share := 2 * float64(common) / float64(len(a)+len(b))
	least := alike
	if min(len(a), len(b)) <= shortBlock {
		least = alikeShort
	}
	if share < least {
		return 0
	}
	return share
}
