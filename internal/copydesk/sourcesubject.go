package copydesk

import (
	"strings"

	"standfirst"
)

// subjectBefore returns the name that is the subject of the verb at i, and where it
// begins; the name is empty for "the company" and "it".
func (r *sourceReader) subjectBefore(i int) (name string, from int, ok bool) {
	i--
	for i > r.sentence.Start && r.w.between[r.lower(i)] {
		i--
	}
	if i < r.sentence.Start {
		return "", 0, false
	}
	switch {
	case r.w.companies[r.lower(i)] && r.is(i-1, "the", "two", "both"):
		from = i - 1
		if r.is(from-1, "the") {
			from--
		}
		return "", from, true
	case r.is(i, "it"):
		return "", i, true
	case r.capital(i):
		name = r.nameBefore(i + 1)
		if name == "" {
			return "", 0, false
		}
		for from = i; from > r.sentence.Start && r.tokens[from].start > r.tokens[i].end-len(name); {
			from--
		}
		return name, from, true
	}
	return "", 0, false
}

// spokesperson reads "a spokesperson for Northwind said", "its spokesman said".
func (r *sourceReader) spokesperson(i int) (a Attribution, from, to int, ok bool) {
	if !r.w.spokespeople[r.lower(i)] {
		return a, 0, 0, false
	}
	from, to = i, i+1
	name := ""
	switch {
	case r.is(to, "for", "of", "at"):
		name, to = r.nameAfter(to + 1)
	case r.capital(i-1) && i > r.sentence.Start && !r.is(i-1, "a", "the", "its"):
		name = r.nameBefore(i)
		for from > r.sentence.Start && r.tokens[from].start > r.tokens[i-1].end-len(name) {
			from--
		}
	case r.is(i-1, "company"):
		from--
	}
	if from > r.sentence.Start && r.is(from-1, "a", "its", "the") {
		from--
	}
	for to < r.sentence.End && r.w.between[r.lower(to)] {
		to++
	}
	if kind, end := r.answer(to); kind != "" {
		a.Response, a.Party = kind, name
		return a, from, end, true
	}
	if !r.w.says[r.lower(to)] {
		return a, 0, 0, false
	}
	a.Attribution = standfirst.Attribution{Kind: standfirst.Spokesperson, Name: name}
	a.Evidence = standfirst.ReportedNamed
	if r.confirms(to) {
		a.Response, a.Party = standfirst.ResponseConfirmed, name
	}
	return a, from, to + 1, true
}

// response reads "Northwind and Halcyon declined to comment", "Kestrel did not respond".
func (r *sourceReader) response(i int) (a Attribution, from, to int, ok bool) {
	kind, to := r.answer(i)
	if kind == "" {
		return a, 0, 0, false
	}
	name, from, ok := r.subjectBefore(i)
	if !ok {
		return a, 0, 0, false
	}
	return Attribution{Response: kind, Party: name}, from, to, true
}

// answer reads what a party said when it was asked, from the token on.
func (r *sourceReader) answer(i int) (standfirst.ResponseKind, int) {
	not := r.is(i+1, "not", "n't")
	switch {
	case r.is(i, "declined", "refused", "declines") && r.is(i+1, "to") && r.is(i+2, "comment"):
		return standfirst.ResponseDeclined, i + 3
	case r.is(i, "would") && not && r.is(i+2, "comment"):
		return standfirst.ResponseDeclined, i + 3
	case r.is(i, "did") && not:
		i += 2
		if r.is(i, "immediately") {
			i++
		}
		if r.is(i, "respond", "answer", "reply", "return") {
			return standfirst.ResponseNone, i + 1
		}
	case r.is(i, "could") && not && (r.is(i+2, "be") && r.is(i+3, "reached") || r.is(i+3, "be") && r.is(i+4, "reached")):
		if r.is(i+3, "be") {
			i++
		}
		return standfirst.ResponseNone, i + 4
	case r.is(i, "responded", "replied") && r.negated(i):
		return standfirst.ResponseNone, i + 1
	case r.is(i, "denied", "denies"):
		return standfirst.ResponseDenied, i + 1
	}
	return "", 0
}

// negated reports whether "neither … nor" has the verb at i.
func (r *sourceReader) negated(i int) bool {
	for j := i - 1; j >= max(r.sentence.Start, i-12); j-- {
		if r.is(j, "neither", "nor") {
			return true
		}
	}
	return false
}

// confirms reports whether the verb at i confirms what was asked about: the talks, the
// report, "that it is in talks".
func (r *sourceReader) confirms(i int) bool {
	if !r.is(i, "confirmed", "confirms") {
		return false
	}
	for j := i + 1; j < min(r.sentence.End, i+9); j++ {
		switch {
		case r.w.asked[r.lower(j)]:
			return true
		case r.tokens[j].kind == wordToken && r.is(j, "the", "that", "it", "is", "was", "in", "had", "an", "a", "its", "such", "advanced", "early", "has", "received", "exclusive"):
		default:
			return false
		}
	}
	return false
}

// subject reads "the company said", "Northwind said in a statement", "Jane Roe told
// Reuters".
func (r *sourceReader) subject(i int) (a Attribution, from, to int, ok bool) {
	if !r.w.speaks[r.lower(i)] || i == r.sentence.Start {
		return a, 0, 0, false
	}
	name, from, ok := r.subjectBefore(i)
	if !ok || name == "" && r.is(from, "it") && !r.is(i, "said", "confirmed", "announced") || name != "" && isDayOrMonth(strings.ToLower(name)) {
		return a, 0, 0, false
	}
	to = i + 1
	for n := 2; n <= 4; n++ {
		if r.is(to, "in") && r.is(to+1, "a", "an") && r.is(to+n, "statement", "interview", "release") {
			to += n + 1
			break
		}
	}
	a.Attribution = standfirst.Attribution{Kind: standfirst.NamedSource, Name: name}
	a.Evidence = standfirst.ReportedNamed
	if name == "" {
		a.Evidence = standfirst.ConfirmedBySubject
	}
	if r.is(i, "told") {
		if outlet, end := r.nameAfter(i + 1); outlet != "" && r.isOutlet(outlet) {
			a.Attribution.Outlet, to = outlet, end
		}
	}
	if r.confirms(i) {
		a.Response, a.Party = standfirst.ResponseConfirmed, name
	}
	return a, from, to, true
}

// inverted reads ", said Jane Roe".
func (r *sourceReader) inverted(i int) (a Attribution, from, to int, ok bool) {
	if !r.is(i, "said", "says") || !r.is(i-1, ",", "”", "\"", "’") {
		return a, 0, 0, false
	}
	name, to := r.nameAfter(i + 1)
	if name == "" {
		return a, 0, 0, false
	}
	a.Attribution = standfirst.Attribution{Kind: standfirst.NamedSource, Name: name}
	a.Evidence = standfirst.ReportedNamed
	return a, i, to, true
}

// splitParties returns the parties of "Northwind and Halcyon", and the name itself where
// it is one: "Marsh and Sons".
func splitParties(names string) []string {
	for _, of := range [...]string{"Representatives of ", "Representatives for ", "Spokespeople for "} {
		names = strings.TrimPrefix(names, of)
	}
	for _, link := range [...]string{" nor ", " and "} {
		first, second, ok := strings.Cut(names, link)
		if ok && first != "" && second != "" && !partnerWords[strings.ToLower(second)] {
			return []string{first, second}
		}
	}
	return []string{names}
}

// partnerWords stand behind the "and" of one name.
var partnerWords = wordSet{"sons": true, "company": true, "co": true, "co.": true, "partners": true, "brothers": true, "daughters": true, "associates": true}
