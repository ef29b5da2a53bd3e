package copydesk

// maxClauses bounds how far the subject of a verb is followed through others.
const maxClauses = 8

// subjectOf returns who does what the verb at chunk v says; of a passive one whom it is
// done to.
func (r *sentenceReader) subjectOf(v int) argument {
	if a, ok := r.subjects[v]; ok {
		return a
	}
	if r.depth >= maxClauses {
		return none(v)
	}
	r.depth++
	a := r.findSubject(v)
	r.depth--
	r.subjects[v] = a
	return a
}

func (r *sentenceReader) findSubject(v int) argument {
	use := r.at(v).v
	i := r.skipBack(v - 1)
	k := r.at(i)
	switch {
	case i < 0 && (use.infinitive || use.gerund || use.bare && r.at(r.skip(v+1)).word == "by"):
		return r.mainSubjectAfter(v)
	case i < 0:
		return none(v)
	case use.infinitive && !use.finite:
		return r.controller(i)
	case use.gerund && (k.kind == chunkPrep || k.kind == chunkClause) && i == 0:
		return r.mainSubjectAfter(v)
	case use.gerund && k.kind == chunkPrep:
		return r.controller(i - 1)
	case k.kind == chunkVerb && (use.gerund || use.bare):
		return r.subjectOf(i)
	case use.gerund && (k.kind == chunkComma || k.kind == chunkLink || k.kind == chunkClause):
		if w := r.finiteBefore(i); w >= 0 {
			return r.subjectOf(w)
		}
		if k.kind == chunkComma && r.at(i-1).kind == chunkNoun {
			return r.nounEndingAt(i - 1) // "Northwind, being bought by Halcyon, …"
		}
		return none(v)
	}
	switch k.kind {
	case chunkLink:
		if w := r.finiteBefore(i); w >= 0 {
			return r.subjectOf(w)
		}
	case chunkComma:
		if use.bare && r.at(r.skip(v+1)).word == "by" && r.at(i-1).kind == chunkNoun && len(r.at(i-1).names) > 0 {
			return r.nounEndingAt(i - 1) // "Halcyon, bought by Northwind"
		}
		return r.subjectBeforeComma(i)
	case chunkRelative:
		return r.antecedent(i)
	case chunkNoun:
		if start := r.listStart(i); use.gerund && r.at(start-1).word == "with" {
			return r.argumentAt(start, true) // "with Northwind leading"
		}
		return r.nounEndingAt(i)
	case chunkVerb:
		return r.subjectOf(i)
	}
	return none(v)
}

// mainSubjectAfter returns the subject of the clause after the comma that ends the one that
// the verb at chunk v begins: of "After buying Halcyon, Northwind has …".
func (r *sentenceReader) mainSubjectAfter(v int) argument {
	for i := v + 1; i < len(r.cs) && i < v+16; i++ {
		switch k := r.at(i); {
		case k.kind == chunkStop:
			return none(v)
		case k.kind == chunkComma && r.at(r.skip(i+1)).kind == chunkNoun:
			a := r.argumentAt(r.skip(i+1), true)
			if w := r.at(r.skip(a.next)); w.kind == chunkVerb && (w.v.finite || w.v.modal != "") {
				return a
			}
		}
	}
	return none(v)
}

// controller returns the subject of an infinitive whose verb or noun stands at chunk i:
// of "agreed to buy", "is in talks to buy", "plans by Northwind to buy".
func (r *sentenceReader) controller(i int) argument {
	i = r.skipBack(i)
	k := r.at(i)
	switch k.kind {
	case chunkVerb:
		return r.subjectOf(i)
	case chunkNoun:
	default:
		return none(i)
	}
	if r.at(i-1).kind == chunkPrep && (r.at(i-1).word == "by" || r.at(i-1).word == "for") && len(k.names) > 0 {
		if w := r.verbBefore(i); w < 0 || !r.at(w).v.passive {
			return r.argumentAt(r.listStart(i), false)
		}
	}
	if h := i - 2; h >= 1 && r.at(i-1).kind == chunkPrep && r.at(i-1).word == "in" && len(r.at(h).names) > 0 {
		if start := r.listStart(h); r.at(start-1).word == "with" {
			return r.argumentAt(start, true) // "with Northwind in talks to lead"
		}
	}
	if k.owner != nil && !k.hasWord("board") {
		return argument{names: []argName{{k.owner, i}}, noun: i, next: i + 1}
	}
	w := r.verbBefore(i)
	if w < 0 {
		// A headline has no verb: "Northwind in talks to buy Halcyon".
		if h := i - 2; h == 0 && r.at(i-1).kind == chunkPrep && len(r.at(h).names) > 0 {
			return r.argumentAt(h, false)
		} else if h := i - 2; h >= 0 && r.at(i-1).kind == chunkPrep && len(r.at(h).names) > 0 && r.listStart(h) == 0 {
			return r.argumentAt(0, false)
		}
		return none(i)
	}
	if use := r.at(w).v; len(k.names) > 0 && w == i-1 && (use.in("choose") || use.lemma == "tell" || use.lemma == "ask" || use.lemma == "want" || use.lemma == "allow" || use.lemma == "help" || use.lemma == "clear" || use.lemma == "permit" || use.lemma == "approve" || use.lemma == "urge") && !use.passive {
		return r.argumentAt(r.listStart(i), false)
	}
	return r.subjectOf(w)
}

// verbBefore returns the verb that governs the noun at chunk i in its clause, or -1.
func (r *sentenceReader) verbBefore(i int) int {
	for i--; i >= 0; i-- {
		switch r.at(i).kind {
		case chunkVerb:
			return i
		case chunkStop, chunkRelative, chunkClause:
			return -1
		case chunkComma:
			j := r.openingComma(i)
			if j < 0 {
				return -1
			}
			i = j
		}
	}
	return -1
}

// finiteBefore returns the last finite verb before chunk i that is not within a relative
// clause or apposition, or -1.
func (r *sentenceReader) finiteBefore(i int) int {
	for i--; i >= 0; i-- {
		switch k := r.at(i); k.kind {
		case chunkVerb:
			if k.v.finite || k.v.infinitive {
				if r.at(r.skipBack(i-1)).kind == chunkRelative && r.at(r.skipBack(i-1)).word != "that" {
					continue
				}
				return i
			}
		case chunkComma:
			if j := r.openingComma(i); j >= 0 {
				i = j
			}
		case chunkStop:
			return -1
		}
	}
	return -1
}

// openingComma returns the comma that opens the apposition or relative clause which the
// comma at chunk i closes, or -1.
func (r *sentenceReader) openingComma(i int) int {
	for j := i - 1; j >= 0 && j > i-16; j-- {
		switch r.at(j).kind {
		case chunkStop:
			return -1
		case chunkComma:
			n := r.at(j + 1)
			switch {
			case r.at(j-1).kind != chunkNoun:
				return -1
			case n.kind == chunkRelative, n.kind == chunkVerb && !n.v.finite, n.kind == chunkVerb && n.v.bare && j+2 < i, n.kind == chunkPrep, n.kind == chunkOther && n.word != "":
				return j
			case n.kind == chunkNoun && !r.hasFinite(j+1, i):
				return j
			}
			return -1
		}
	}
	return -1
}

// hasFinite reports whether a finite verb stands in the chunks from lo to hi that no
// relative pronoun begins.
func (r *sentenceReader) hasFinite(lo, hi int) bool {
	for i := lo; i < hi; i++ {
		switch k := r.at(i); k.kind {
		case chunkRelative:
			return false
		case chunkVerb:
			if k.v.finite && !k.v.bare {
				return true
			}
		}
	}
	return false
}

// subjectBeforeComma returns the subject of a verb that a comma stands before: that of
// "Northwind, the freight group, will buy".
func (r *sentenceReader) subjectBeforeComma(i int) argument {
	j := r.openingComma(i)
	if j < 0 {
		if w := r.finiteBefore(i); w >= 0 {
			return r.subjectOf(w)
		}
		return none(i)
	}
	outer := r.nounEndingAt(r.skipBack(j - 1))
	if !outer.some() && r.at(j+1).kind == chunkNoun {
		if inner := r.argumentAt(j+1, true); inner.some() {
			return inner
		}
	}
	return outer
}

// antecedent returns what the relative pronoun at chunk i stands for.
func (r *sentenceReader) antecedent(i int) argument {
	j := i - 1
	if r.at(j).kind == chunkComma {
		j--
	}
	j = r.skipBack(j)
	if r.at(j).kind != chunkNoun {
		return none(i)
	}
	if len(r.at(j).names) > 0 {
		return argument{names: r.argNames(j), noun: j, next: j + 1}
	}
	// "Northwind, a freight group that ships …"
	if h := r.headOf(j); h >= 2 && r.at(h-1).kind == chunkComma && r.at(h-2).kind == chunkNoun && len(r.at(h-2).names) > 0 && (r.at(h).det == "a" || r.at(h).det == "an" || r.at(h).det == "the") {
		return argument{names: r.argNames(h - 2), noun: h - 2, next: h - 1}
	}
	return argument{noun: j, next: j + 1}
}

// nounEndingAt returns the noun, or list of them, whose last chunk is i; the governing one
// if it stands after a preposition.
func (r *sentenceReader) nounEndingAt(i int) argument {
	if i < 0 || r.at(i).kind != chunkNoun {
		if r.at(i).kind == chunkComma {
			return r.subjectBeforeComma(i)
		}
		return none(i)
	}
	start := r.listStart(i)
	before := r.at(start - 1)
	if before.kind == chunkPrep {
		switch before.word {
		case "after", "before", "since", "until", "than", "as":
			if r.at(start-2).kind != chunkNoun || before.word != "than" {
				break
			}
			fallthrough
		default:
			if h := r.skipBack(start - 2); h >= 0 && r.at(h).kind == chunkNoun {
				return r.nounEndingAt(h)
			}
			return none(i)
		}
	}
	a := r.argumentAt(start, true)
	if a.noun < 0 || a.next <= i && !a.some() {
		a = argument{names: r.argNames(i), noun: i, next: i + 1}
	}
	return a
}
