package diff

import (
	"cmp"
	"slices"
	"strings"

	"standfirst"
)

// FigureChange is what became of a figure: one that the revisions cite, or one that only
// stands in their words.
type FigureChange struct {
	Kind Kind // Changed, Added, Removed or Renewed
	// Claim is zero for a figure that neither revision cites.
	Claim    standfirst.ClaimID
	Old, New string // its words; empty where there are none
}

// figure is a figure in one of the revisions.
type figure struct {
	place   int // of the part or block in the comparison
	claim   standfirst.ClaimID
	version standfirst.ClaimVersionID
	words   string
	value   string // what the words say, in one form
}

// changedFigures returns what became of the figures. A cited figure is found again by its
// claim, any other by its words, wherever it has gone to; what is left over belongs
// together where it stands in the same block and has the same unit.
func changedFigures(c Comparison, before, after []standfirst.Citation) []FigureChange {
	old, now := figuresOf(c, before, after)
	m := matching{gone: old, come: now}
	m.byClaim()
	m.byWords()
	m.byPlace()
	for _, f := range m.gone {
		m.add(f.place, FigureChange{Kind: Removed, Claim: f.claim, Old: f.words})
	}
	for _, f := range m.come {
		m.add(f.place, FigureChange{Kind: Added, Claim: f.claim, New: f.words})
	}
	return m.list()
}

// matching finds figures of one revision again in the other.
type matching struct {
	gone, come []figure // not found again so far
	changes    []placed
}

// placed is a change and where in the text it stands.
type placed struct {
	place int
	FigureChange
}

func (m *matching) add(place int, c FigureChange) { m.changes = append(m.changes, placed{place, c}) }

// byClaim matches the figures that cite the same claim: the first words of the one with
// the first of the other, and so on.
func (m *matching) byClaim() {
	come := make(map[standfirst.ClaimID][]figure)
	for _, f := range m.come {
		if f.claim != 0 {
			come[f.claim] = append(come[f.claim], f)
		}
	}
	was := make(map[standfirst.ClaimID][]figure)
	for _, f := range m.gone {
		if f.claim != 0 && len(come[f.claim]) > 0 {
			was[f.claim] = append(was[f.claim], f)
		}
	}
	m.gone = slices.DeleteFunc(m.gone, func(f figure) bool { return len(was[f.claim]) > 0 })
	m.come = slices.DeleteFunc(m.come, func(f figure) bool { return len(was[f.claim]) > 0 })
	for claim, old := range was {
		m.claim(claim, old, come[claim])
	}
}

// claim tells what became of the words with which one claim is cited.
func (m *matching) claim(id standfirst.ClaimID, old, now []figure) {
	renewed := old[0].version != 0 && now[0].version != 0 && old[0].version != now[0].version
	gone, come := notIn(old, now), notIn(now, old)
	for i := range min(len(gone), len(come)) {
		m.add(come[i].place, FigureChange{Changed, id, gone[i].words, come[i].words})
		renewed = false
	}
	for i := len(come); i < len(gone); i++ {
		m.add(gone[i].place, FigureChange{Kind: Removed, Claim: id, Old: gone[i].words})
	}
	for i := len(gone); i < len(come); i++ {
		m.add(come[i].place, FigureChange{Kind: Added, Claim: id, New: come[i].words})
	}
	if renewed {
		m.add(now[0].place, FigureChange{Renewed, id, old[0].words, now[0].words})
	}
}

// notIn returns the figures whose words none of the others has, each words once.
func notIn(list, others []figure) []figure {
	known := make(map[string]bool)
	for _, f := range others {
		known[f.value] = true
	}
	var left []figure
	for _, f := range list {
		if !known[f.value] {
			known[f.value] = true
			left = append(left, f)
		}
	}
	return left
}

// byWords takes out the figures that stand in both revisions, cited or not.
func (m *matching) byWords() {
	count := make(map[string]int)
	for _, f := range m.come {
		count[f.value]++
	}
	stayed := make(map[string]int)
	m.gone = slices.DeleteFunc(m.gone, func(f figure) bool {
		if count[f.value] == 0 {
			return false
		}
		count[f.value]--
		stayed[f.value]++
		return true
	})
	m.come = slices.DeleteFunc(m.come, func(f figure) bool {
		if stayed[f.value] == 0 {
			return false
		}
		stayed[f.value]--
		return true
	})
}

// byPlace matches what is left over in the same place, in order, where it is measured in
// the same.
func (m *matching) byPlace() {
	type measure struct {
		place int
		unit  standfirst.Unit
	}
	come := make(map[measure][]int) // of m.come
	for i, f := range m.come {
		if unit, ok := unitOf(f.words); ok {
			key := measure{f.place, unit}
			come[key] = append(come[key], i)
		}
	}
	found := make(map[int]bool)
	m.gone = slices.DeleteFunc(m.gone, func(f figure) bool {
		unit, ok := unitOf(f.words)
		key := measure{f.place, unit}
		if !ok || len(come[key]) == 0 {
			return false
		}
		i := come[key][0]
		come[key], found[i] = come[key][1:], true
		m.add(f.place, FigureChange{Changed, cmp.Or(m.come[i].claim, f.claim), f.words, m.come[i].words})
		return true
	})
	var left []figure
	for i, f := range m.come {
		if !found[i] {
			left = append(left, f)
		}
	}
	m.come = left
}

// list returns the changes in the order of the text, each once: a headline repeats what
// the body says. One that names its claim goes before one that does not.
func (m *matching) list() []FigureChange {
	slices.SortStableFunc(m.changes, func(a, b placed) int {
		return cmp.Or(cmp.Compare(a.place, b.place), cmp.Compare(a.Claim, b.Claim), cmp.Compare(a.Old, b.Old), cmp.Compare(a.New, b.New))
	})
	type change struct {
		kind     Kind
		old, now string
	}
	at := make(map[change]int)
	var list []FigureChange
	for _, c := range m.changes {
		key := change{c.Kind, valueOf(c.Old), valueOf(c.New)}
		i, known := at[key]
		switch {
		case !known:
			at[key] = len(list)
			list = append(list, c.FigureChange)
		case list[i].Claim == 0:
			list[i] = c.FigureChange
		case c.Claim != 0 && c.Claim != list[i].Claim:
			list = append(list, c.FigureChange)
		}
	}
	return list
}

// figuresOf returns the figures of both revisions: those that are cited, and in what
// changed those that only stand in the words.
func figuresOf(c Comparison, before, after []standfirst.Citation) (old, now []figure) {
	place := 0
	oldReader, nowReader := reader(mostNumbers), reader(mostNumbers)
	for _, p := range c.Parts {
		if p.Kind != Same && (p.Part == Headline || p.Part == Standfirst) {
			was, is := sides(p.Runs)
			old = append(old, oldReader.read(was, nil, place)...)
			now = append(now, nowReader.read(is, nil, place)...)
		}
		place++
	}
	was, is := newVersions(before), newVersions(after)
	for _, b := range c.Blocks {
		// Where the same words are cited in one revision alone, they are found by their words.
		all := b.Kind != Same || len(b.Old.Cited) != len(b.New.Cited)
		if b.Old != nil {
			old = append(old, citedIn(b.Old, was, place)...)
			if all {
				old = append(old, oldReader.read(b.Old.Text, b.Old.Cited, place)...)
			}
		}
		if b.New != nil {
			now = append(now, citedIn(b.New, is, place)...)
			if all {
				now = append(now, nowReader.read(b.New.Text, b.New.Cited, place)...)
			}
		}
		place++
	}
	return old, now
}

// sides returns both texts of a comparison by word.
func sides(list []Run) (old, now string) {
	var a, b strings.Builder
	for _, r := range list {
		if r.Op != Insert {
			a.WriteString(r.Text)
		}
		if r.Op != Delete {
			b.WriteString(r.Text)
		}
	}
	return a.String(), b.String()
}

// citedIn returns the figures that a block cites.
func citedIn(b *Block, versions versions, place int) []figure {
	var found []figure
	for _, c := range b.Cited {
		if c.Start < 0 || c.End > len(b.Text) || c.Start >= c.End {
			continue
		}
		words := b.Text[c.Start:c.End]
		found = append(found, figure{place, c.Claim, versions.of(c.Claim, words), words, valueOf(words)})
	}
	return found
}

// versions are the versions that a revision cites.
type versions map[citedWords]standfirst.ClaimVersionID

// citedWords are the words with which a claim is cited; no words stand for any.
type citedWords struct {
	claim standfirst.ClaimID
	words string
}

func newVersions(citations []standfirst.Citation) versions {
	v := make(versions)
	for _, c := range citations {
		for _, key := range []citedWords{{c.Claim, c.Words}, {c.Claim, ""}} {
			if _, known := v[key]; !known {
				v[key] = c.Version
			}
		}
	}
	return v
}

func (v versions) of(claim standfirst.ClaimID, words string) standfirst.ClaimVersionID {
	if version, ok := v[citedWords{claim, words}]; ok {
		return version
	}
	return v[citedWords{claim, ""}]
}

// valueOf returns what the words say in one form: the quantity, or the words themselves
// without regard to case and white space.
func valueOf(words string) string {
	if q, err := standfirst.ParseQuantity(words); err == nil {
		return q.String()
	}
	return strings.ToLower(strings.Join(strings.Fields(words), " "))
}

// unitOf returns what the words are measured in. It reports false for words that are no
// quantity.
func unitOf(words string) (standfirst.Unit, bool) {
	q, err := standfirst.ParseQuantity(words)
	return q.Unit, err == nil
}
