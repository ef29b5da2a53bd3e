package copydesk

import "standfirst"

// attributions finds the phrases of a passage that say who something comes from, and what
// parties answered. The words of speakers are left out.
func (p *scanned) attributions() []Attribution {
	if p.place == InVoice || p.place == InHeadline {
		return nil
	}
	var found []Attribution
	for _, sentence := range p.sentences {
		r := sourceReader{scanned: p, sentence: sentence, w: sourceWords()}
		first, cites := len(found), false
		for i := sentence.Start; i < sentence.End; {
			if p.tokens[i].kind != wordToken || p.tokens[i].quoted {
				i++
				continue
			}
			a, from, to, ok := r.at(i)
			if !ok {
				i++
				continue
			}
			a.Mark = p.mark(from, to)
			if a.Attribution.Kind != "" {
				a.Attribution.Words = a.Text
			}
			found = append(found, withAnswers(a)...)
			i = max(to, i+1)
			if a.Attribution.Kind == standfirst.Anonymous {
				cites = cites || r.is(from-1, "citing", "cited")
				if r.w.says[r.lower(i)] {
					i++ // the verb is theirs: "sources close to the company confirmed"
				}
			}
		}
		if cites {
			citeOutlet(found[first:])
		}
	}
	return found
}

// citeOutlet gives the sources that an outlet cites in the same sentence its name.
func citeOutlet(found []Attribution) {
	outlet := ""
	for _, a := range found {
		if a.Attribution.Kind == standfirst.OtherOutlet {
			outlet = a.Attribution.Outlet
		}
	}
	for i := range found {
		if a := &found[i].Attribution; a.Kind == standfirst.Anonymous && a.Outlet == "" {
			a.Outlet = outlet
		}
	}
}

// withAnswers returns a phrase that is both a source and an answer as two, and one that is
// the answer of several parties as one of each.
func withAnswers(a Attribution) []Attribution {
	if a.Response == "" {
		return []Attribution{a}
	}
	var all []Attribution
	if a.Attribution.Kind != "" {
		source := a
		source.Response, source.Party = "", ""
		all = append(all, source)
		a.Attribution, a.Evidence = standfirst.Attribution{}, ""
	}
	for _, party := range splitParties(a.Party) {
		a.Party = party
		all = append(all, a)
	}
	return all
}

// sourceReader reads the attributions of one sentence.
type sourceReader struct {
	*scanned
	sentence standfirst.Range // of tokens
	w        *sourceLexicon
}

// at reads the attribution that is told by the token at i, in each form that it can have.
func (r *sourceReader) at(i int) (a Attribution, from, to int, ok bool) {
	if !r.w.tells[r.lower(i)] {
		return
	}
	if a, from, to, ok = r.response(i); ok {
		return
	}
	if a, from, to, ok = r.anonymous(i); ok {
		return
	}
	if a, from, to, ok = r.document(i); ok {
		return
	}
	if a, from, to, ok = r.outlet(i); ok {
		return
	}
	if a, from, to, ok = r.spokesperson(i); ok {
		return
	}
	if a, from, to, ok = r.subject(i); ok {
		return
	}
	return r.inverted(i)
}

// countWords are how many sources a word before their noun means at least; numbers are
// read as such.
var countWords = map[string]int{"a": 1, "an": 1, "another": 1, "several": 3, "multiple": 2, "many": 3, "both": 2, "some": 2, "numerous": 3}

// countOf returns how many sources the token at i means at least, or 0.
func (r *sourceReader) countOf(i int) int {
	if i < r.sentence.Start {
		return 0
	}
	if n := countWords[r.lower(i)]; n > 0 {
		return n
	}
	if v, ok := standfirst.NumberWord(r.lower(i)); ok && v.IsInt() {
		return int(v.Num().Int64())
	}
	return 0
}

// anonymous reads "three people briefed on the talks", "sources said", "the people said".
func (r *sourceReader) anonymous(i int) (a Attribution, from, to int, ok bool) {
	word := r.lower(i)
	var least int
	switch {
	case r.w.several[word]:
		least = 2
	case r.w.one[word]:
		least = 1
	default:
		return a, 0, 0, false
	}
	counted, named := false, false
	from = i
	for from > r.sentence.Start {
		if n := r.countOf(from - 1); n > 0 {
			least, counted = n, true
		} else if !r.w.modifiers[r.lower(from-1)] {
			break
		}
		from--
		named = named || r.is(from, "anonymous", "unnamed", "the")
	}
	for from < i && r.is(from, "of", "more", "others") {
		from++
	}
	closeness, to := r.proximity(i + 1)
	plain := word == "source" || word == "sources" || named && (word == "people" || word == "person") || r.is(i-1, "anonymous", "unnamed")
	cited := r.is(from-1, "citing", "cited")
	according := r.is(from-1, "to") && r.is(from-2, "according")
	speaks := r.w.says[r.lower(to)]
	if closeness == "" && !cited && !according && !(plain && (speaks || r.is(from-1, "by", "to", "from"))) {
		return a, 0, 0, false
	}
	if !counted && r.is(from, "the") && closeness == "" {
		least = 0 // those who were told of before
	}
	a.Attribution = standfirst.Attribution{Kind: standfirst.Anonymous, LeastSources: least, Proximity: closeness}
	a.Evidence = standfirst.ReportedAnonymous
	if r.is(to, "told") {
		if name, end := r.nameAfter(to + 1); name != "" && !r.is(end, "'s", "’s") {
			a.Attribution.Outlet, to = name, end
		}
	}
	return a, from, to, true
}

// proximity reads how close a source was, from the token on, and returns where the
// phrase ends.
func (r *sourceReader) proximity(i int) (standfirst.Proximity, int) {
	at := i
	for at < min(r.sentence.End, i+6) && r.is(at, "directly", "who", "were", "was", "are", "is", "being", "personally", "with", "a", "to", "intimately", "closely") {
		at++
	}
	var closeness standfirst.Proximity
	switch word := r.lower(at); {
	case r.w.familiar[word]:
		closeness = standfirst.Familiar
	case r.w.briefed[word]:
		closeness = standfirst.Briefed
	case r.w.involved[word]:
		closeness = standfirst.Involved
	case r.w.direct[word]:
		closeness = standfirst.DirectKnowledge
	default:
		return "", i
	}
	for at < r.sentence.End && at-i < 14 && !r.w.ends[r.lower(at)] {
		at++
	}
	return closeness, at
}

// nameAfter returns the name with capitals that begins with the token, "the" left out.
func (r *sourceReader) nameAfter(i int) (name string, end int) {
	if r.is(i, "the") && r.capital(i+1) {
		i++
	}
	end = i
	for end < r.sentence.End && (r.capital(end) || end > i && r.is(end, "&", "of", "and") && r.capital(end+1)) && !isDayOrMonth(r.lower(end)) {
		end++
	}
	return r.words(i, end), end
}

// isDayOrMonth reports whether a word names a day of the week or a month.
func isDayOrMonth(word string) bool {
	_, isDay := weekdays[word]
	return isDay || monthOf(word) != 0
}
