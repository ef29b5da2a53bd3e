package copydesk

import (
	"strings"

	"standfirst"
)

// attributions finds the phrases of a passage that say who something comes from, and what
// parties answered. The words of speakers are left out.
func (p *scanned) attributions() []Attribution {
	if p.place == InVoice || p.place == InHeadline {
		return nil
	}
	var found []Attribution
	for _, sentence := range p.sentences {
		r := sourceReader{scanned: p, sentence: sentence}
		for i := sentence.Start; i < sentence.End; {
			a, from, to, ok := r.at(i)
			if !ok || p.tokens[i].quoted {
				i++
				continue
			}
			a.Mark = p.mark(from, to)
			a.Attribution.Words = a.Text
			found = append(found, a)
			i = max(to, i+1)
		}
	}
	return found
}

// sourceReader reads the attributions of one sentence.
type sourceReader struct {
	*scanned
	sentence standfirst.Range // of tokens
}

// at reads the attribution that begins with, or is told by, the token at i.
func (r *sourceReader) at(i int) (a Attribution, from, to int, ok bool) {
	for _, read := range []func(int) (Attribution, int, int, bool){r.response, r.anonymous, r.document, r.outlet, r.spokesperson, r.subject} {
		if a, from, to, ok = read(i); ok {
			return a, from, to, true
		}
	}
	return a, 0, 0, false
}

// sourceNouns are what sources without a name are called; the value says how many of
// them the word alone means at least.
var sourceNouns = map[string]int{
	"people": 2, "persons": 2, "sources": 2, "person": 1, "source": 1, "official": 1, "officials": 2, "banker": 1, "bankers": 2,
	"executive": 1, "executives": 2, "insiders": 2, "insider": 1, "investors": 2, "lenders": 2, "employees": 2, "employee": 1, "advisers": 2, "adviser": 1,
}

// countWords are how many sources a word before their noun means at least.
var countWords = map[string]int{
	"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"several": 3, "multiple": 2, "many": 3, "both": 2, "some": 2,
}

// anonymous reads "three people briefed on the talks", "sources said", "the people said".
func (r *sourceReader) anonymous(i int) (a Attribution, from, to int, ok bool) {
	least, ok := sourceNouns[r.lower(i)]
	if !ok {
		return a, 0, 0, false
	}
	closeness, to := r.proximity(i + 1)
	speaks := r.speaks(to)
	plain := r.lower(i) == "source" || r.lower(i) == "sources" || r.is(i-1, "the") && r.is(i, "people", "person") || r.is(i-1, "anonymous", "unnamed")
	by := r.is(i-1, "by", "to") && plain || r.is(i-2, "according") && r.is(i-1, "to") || r.is(i-3, "according") && r.is(i-2, "to")
	if closeness == "" && !(plain && (speaks || by)) {
		return a, 0, 0, false
	}
	from = i
	for from > r.sentence.Start && (r.is(from-1, "the", "other", "anonymous", "unnamed", "further", "more", "senior", "company", "industry") || countWords[r.lower(from-1)] > 0 || r.is(from-1, "of") && countWords[r.lower(from-2)] > 0) {
		from--
		if n := countWords[r.lower(from)]; n > 0 {
			least = n
		}
	}
	a.Attribution = standfirst.Attribution{Kind: standfirst.Anonymous, LeastSources: least, Proximity: closeness}
	a.Evidence = standfirst.ReportedAnonymous
	if r.is(to, "told") {
		if name, end := r.nameAfter(to + 1); name != "" {
			a.Attribution.Outlet, to = name, end
		}
	}
	return a, from, to, true
}

// proximity reads how close a source was, from the token on, and returns where the
// phrase ends.
func (r *sourceReader) proximity(i int) (standfirst.Proximity, int) {
	at := i
	for r.is(at, "directly", "who", "were", "was", "are", "is", "being", "personally", "with") && at < r.sentence.End {
		at++
	}
	var closeness standfirst.Proximity
	switch {
	case r.is(at, "familiar"):
		closeness = standfirst.Familiar
	case r.is(at, "briefed"):
		closeness = standfirst.Briefed
	case r.is(at, "involved", "taking", "advising", "working"):
		closeness = standfirst.Involved
	case r.is(at, "direct", "first-hand", "firsthand"):
		closeness = standfirst.DirectKnowledge
	case r.is(at, "knowledge", "aware", "close"):
		closeness = standfirst.Familiar
	default:
		return "", i
	}
	for at < r.sentence.End && at-i < 14 && !r.is(at, ",", ".", ";", "said", "told", "say", "says", "added", "who", "—", "–", ":") {
		at++
	}
	return closeness, at
}

// speaks reports whether the token says that somebody said something.
func (r *sourceReader) speaks(i int) bool {
	return r.is(i, "said", "say", "says", "told", "added", "confirmed", "described")
}

// nameAfter returns the name with capitals that begins with the token, "the" left out.
func (r *sourceReader) nameAfter(i int) (name string, end int) {
	if r.is(i, "the") && r.capital(i+1) {
		i++
	}
	end = i
	for end < r.sentence.End && (r.capital(end) || end > i && r.is(end, "&", "of", "and") && r.capital(end+1)) && weekdayOrMonth(r.lower(end)) == false {
		end++
	}
	return r.words(i, end), end
}

func weekdayOrMonth(word string) bool {
	_, isDay := weekdays[word]
	return isDay || monthOf(word) != 0
}

// documents are what a figure may stand in.
var documents = wordSet{
	"filing": true, "filings": true, "document": true, "documents": true, "prospectus": true, "presentation": true, "memo": true, "notice": true,
	"report": true, "accounts": true, "letter": true, "circular": true, "record": true, "records": true, "data": true, "papers": true, "statement": true, "disclosure": true, "email": true,
	"spreadsheet": true, "complaint": true, "indictment": true, "order": true, "ruling": true, "judgment": true, "contract": true, "slides": true,
}

// document reads "according to a filing", "filings show", "in a regulatory filing".
func (r *sourceReader) document(i int) (a Attribution, from, to int, ok bool) {
	if !documents[r.lower(i)] {
		return a, 0, 0, false
	}
	from = i
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
	case r.is(i+1, "show", "shows", "showed", "said", "says", "seen", "reviewed"):
	default:
		return a, 0, 0, false
	}
	a.Attribution = standfirst.Attribution{Kind: standfirst.FromDocument}
	a.Evidence = standfirst.Documented
	return a, from, i + 1, true
}

// outletWords end or are the names of outlets.
var outletWords = wordSet{
	"times": true, "post": true, "journal": true, "herald": true, "gazette": true, "tribune": true, "reuters": true, "bloomberg": true, "chronicle": true,
	"dispatch": true, "ledger": true, "news": true, "telegraph": true, "courier": true, "observer": true, "standard": true, "mail": true, "wire": true, "newswire": true, "enquiry": true,
	"examiner": true, "globe": true, "star": true, "independent": true, "guardian": true, "economist": true, "mirror": true, "record": true, "review": true, "bulletin": true, "radio": true, "tv": true, "television": true,
}

// outlet reads "The Sound Dispatch reported", "reported by Reuters".
func (r *sourceReader) outlet(i int) (a Attribution, from, to int, ok bool) {
	if !outletWords[r.lower(i)] || !r.capital(i) || r.capital(i+1) {
		return a, 0, 0, false
	}
	from = i
	for from > r.sentence.Start && (r.capital(from-1) || r.is(from-1, "the")) {
		from--
	}
	name := strings.TrimPrefix(strings.TrimPrefix(r.words(from, i+1), "The "), "the ")
	to = i + 1
	switch {
	case r.is(to, "reported", "reports", "said", "wrote", "first") && !(r.is(to, "said") && r.is(to+1, "it")):
		to++
	case r.is(to, "has") && r.is(to+1, "reported"):
		to += 2
	case r.is(from-1, "by") && r.is(from-2, "reported"):
		from -= 2
	case r.is(from-1, "to") && r.is(from-2, "according"):
		from -= 2
	default:
		return a, 0, 0, false
	}
	a.Attribution = standfirst.Attribution{Kind: standfirst.OtherOutlet, Outlet: name}
	a.Evidence = standfirst.ReportedAnonymous
	return a, from, to, true
}

// spokesperson reads "a spokesperson for Northwind said", "its spokesman said".
func (r *sourceReader) spokesperson(i int) (a Attribution, from, to int, ok bool) {
	if !r.is(i, "spokesperson", "spokesman", "spokeswoman", "representative") {
		return a, 0, 0, false
	}
	from, to = i, i+1
	if r.is(i-1, "a", "its", "the", "company") {
		from--
	}
	name := ""
	if r.is(to, "for", "of", "at") {
		name, to = r.nameAfter(to + 1)
	} else if r.capital(i - 1) {
		name = r.nameBefore(i)
	}
	if kind, end := r.answer(to); kind != "" {
		a.Response, a.Party = kind, name
		return a, from, end, true
	}
	if !r.speaks(to) {
		return a, 0, 0, false
	}
	a.Attribution = standfirst.Attribution{Kind: standfirst.Spokesperson, Name: name}
	a.Evidence = standfirst.ReportedNamed
	return a, from, to + 1, true
}

// response reads "Northwind and Halcyon declined to comment", "Kestrel did not respond".
func (r *sourceReader) response(i int) (a Attribution, from, to int, ok bool) {
	kind, to := r.answer(i)
	if kind == "" {
		return a, 0, 0, false
	}
	name := r.nameBefore(i)
	if name == "" {
		return a, 0, 0, false
	}
	from = i
	for from > r.sentence.Start && r.tokens[from-1].start >= r.tokens[i].start-len(name)-1 {
		from--
	}
	return Attribution{Response: kind, Party: name}, from, to, true
}

// answer reads what a party said when it was asked, from the token on.
func (r *sourceReader) answer(i int) (standfirst.ResponseKind, int) {
	switch {
	case r.is(i, "declined", "refused") && r.is(i+1, "to") && r.is(i+2, "comment"):
		return standfirst.ResponseDeclined, i + 3
	case r.is(i, "would") && r.is(i+1, "not") && r.is(i+2, "comment"):
		return standfirst.ResponseDeclined, i + 3
	case r.is(i, "did") && r.is(i+1, "not") && (r.is(i+2, "respond", "answer", "reply", "return") || r.is(i+2, "immediately") && r.is(i+3, "respond", "answer", "reply")):
		return standfirst.ResponseNone, i + 3
	case r.is(i, "could") && r.is(i+1, "not") && r.is(i+2, "be") && r.is(i+3, "reached"):
		return standfirst.ResponseNone, i + 4
	case r.is(i, "denied", "denies"):
		return standfirst.ResponseDenied, i + 1
	}
	return "", 0
}

// subject reads "the company said", "Northwind said in a statement", "it confirmed".
func (r *sourceReader) subject(i int) (a Attribution, from, to int, ok bool) {
	if !r.is(i, "said", "confirmed", "announced", "disclosed", "reported") || i == r.sentence.Start {
		return a, 0, 0, false
	}
	name, from := "", i-1
	switch {
	case r.is(i-1, "company", "group", "bank", "airline", "maker", "firm", "retailer", "companies") && r.is(i-2, "the", "two"):
		from = i - 2
	case r.is(i-1, "it") && r.is(i, "said", "confirmed", "announced"):
	case r.capital(i - 1):
		name = r.nameBefore(i)
		if name == "" {
			return a, 0, 0, false
		}
		for from > r.sentence.Start && r.tokens[from-1].start >= r.tokens[i].start-len(name)-1 {
			from--
		}
	default:
		return a, 0, 0, false
	}
	to = i + 1
	if r.is(to, "in") && r.is(to+1, "a") && (r.is(to+2, "statement") || r.is(to+3, "statement")) {
		to += 3
	}
	a.Attribution = standfirst.Attribution{Kind: standfirst.NamedSource, Name: name}
	a.Evidence = standfirst.ReportedNamed
	if name == "" {
		a.Evidence = standfirst.ConfirmedBySubject
	}
	return a, from, to, true
}
