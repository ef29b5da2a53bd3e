package copydesk

import (
	"strings"

	"standfirst"
)

// document reads "according to a filing", "filings show", "in a regulatory filing".
func (r *sourceReader) document(i int) (a Attribution, from, to int, ok bool) {
	if !r.w.documents[r.lower(i)] {
		return a, 0, 0, false
	}
	from, to = i, i+1
	for from > r.sentence.Start && i-from < 6 && r.tokens[from-1].kind == wordToken && !r.is(from-1, "to", "in", "by", "said", "from", "and", "that", "of") {
		from--
	}
	switch {
	case r.is(from-1, "to") && r.is(from-2, "according"):
		from -= 2
	case r.is(from-1, "in") && r.is(from-2, "said", "disclosed", "wrote", "announced", "revealed"):
		if r.lower(i) == "statement" {
			return a, 0, 0, false // the company itself speaks
		}
		from--
	case r.w.shows[r.lower(i+1)]:
	default:
		return a, 0, 0, false
	}
	a.Attribution = standfirst.Attribution{Kind: standfirst.FromDocument}
	a.Evidence = standfirst.Documented
	return a, from, to, true
}

// isOutlet reports whether a name is that of an outlet.
func (r *sourceReader) isOutlet(name string) bool {
	return r.w.outlets[strings.ToLower(name[strings.LastIndexByte(name, ' ')+1:])]
}

// outlet reads "The Sound Dispatch reported", "reported by Reuters".
func (r *sourceReader) outlet(i int) (a Attribution, from, to int, ok bool) {
	if !r.w.outlets[r.lower(i)] || !r.capital(i) || r.capital(i+1) && i+1 < r.sentence.End {
		return a, 0, 0, false
	}
	from = i
	for from > r.sentence.Start && (r.capital(from-1) || r.is(from-1, "the")) {
		from--
	}
	name := strings.TrimPrefix(strings.TrimPrefix(r.words(from, i+1), "The "), "the ")
	to = i + 1
	for to < i+4 && (r.w.between[r.lower(to)] || r.is(to, "first")) {
		to++
	}
	switch {
	case r.is(to, "reported", "reports", "wrote", "revealed") || r.is(to, "said") && !r.is(to+1, "it"):
		to++
	case r.is(from-1, "by") && r.is(from-2, "reported"), r.is(from-1, "to") && r.is(from-2, "according"):
		from, to = from-2, i+1
	default:
		return a, 0, 0, false
	}
	a.Attribution = standfirst.Attribution{Kind: standfirst.OtherOutlet, Outlet: name}
	a.Evidence = standfirst.ReportedAnonymous
	return a, from, to, true
}
