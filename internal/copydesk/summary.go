package copydesk

import "slices"

const maxSummaryItems = 5

// takeSummary takes the items that a wire service puts between the headline and the
// byline or dateline, and returns the unit after them. Several become the list that the
// body begins with, a single one the standfirst.
func (r *reader) takeSummary(i int) int {
	first, ok := r.itemAt(i)
	if !ok || first.ordered {
		return i
	}
	next := i
	for {
		m, ok := r.itemAt(next)
		if !ok || m.ordered || m.sign != first.sign || next-i == maxSummaryItems {
			break
		}
		next++
	}
	after := r.next(next)
	if after >= len(r.units) || !r.startsStory(after) {
		return i
	}
	if next-i > 1 {
		(&bodyReader{reader: r}).list(i)
		return after
	}
	if !r.reading.Standfirst.IsZero() {
		return i
	}
	u := &r.units[i]
	_, size, _ := cutMarker(u.text)
	span := u.span()
	span.Text = u.text[size:]
	r.reading.Standfirst = span
	return after
}

// itemAt returns the marker of the unit if it is an item of a list.
func (r *reader) itemAt(i int) (marker, bool) {
	if i >= len(r.units) || r.units[i].dropped != "" {
		return marker{}, false
	}
	m, _, ok := cutMarker(r.units[i].text)
	return m, ok
}

// startsStory reports whether the unit is a byline or begins with a dateline.
func (r *reader) startsStory(i int) bool {
	if _, ok := r.bylineAt(i); ok {
		return true
	}
	_, _, ok := cutDateline(r.units[i].text)
	return ok
}

// wireMarks are what agencies put before the headline of a later version of a story:
// "UPDATE 2-". They are in capitals.
var wireMarks = wordSet{
	"UPDATE": true, "CORRECTED": true, "CORRECTION": true, "REFILE": true, "BRIEF": true, "RPT": true, "REPEAT": true,
	"WRAPUP": true, "RECASTS": true, "RECAST": true, "REFILED": true,
}

// cutWireMarks returns the length of the marks at the start of a headline:
// "CORRECTED-UPDATE 2-". A hyphen follows each, and the headline follows without a space
// unless the mark has a number.
func cutWireMarks(s string) int {
	size := 0
	for {
		i := size
		for i < len(s) && s[i] >= 'A' && s[i] <= 'Z' {
			i++
		}
		if !wireMarks[s[size:i]] {
			return size
		}
		numbered := i+1 < len(s) && s[i] == ' ' && digits(s, i+1) > i+1
		if numbered {
			if i = digits(s, i+1); i < len(s) && s[i] == ' ' {
				i++
			}
		}
		if i+1 >= len(s) || s[i] != '-' {
			return size
		}
		if i++; s[i] == ' ' {
			if !numbered {
				return size
			}
			i++
		}
		if i == len(s) {
			return size
		}
		size = i
	}
}

// dropWireMarks takes the marks off the unit of the headline.
func (r *reader) dropWireMarks(i int) {
	u := &r.units[i]
	size := cutWireMarks(u.text)
	if size == 0 {
		return
	}
	r.reading.Dropped = append(r.reading.Dropped, Dropped{Span: u.cleaned.span(0, size), Reason: "wire mark"})
	u.cutHead(size)
}

// sortDropped brings what was dropped into the order of the text.
func (r *reader) sortDropped() {
	slices.SortFunc(r.reading.Dropped, func(a, b Dropped) int { return a.Start - b.Start })
}
