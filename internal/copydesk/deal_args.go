package copydesk

// argument is who or what stands in one place of a verb or noun: names, each with the
// noun that it stands in, or a noun without names.
type argument struct {
	names []argName
	noun  int // the first chunk; negative for none
	next  int // the chunk after it
}

type argName struct {
	m     *mention
	chunk int
}

// some reports whether the argument has names.
func (a argument) some() bool { return len(a.names) > 0 }

// none is an argument that is not there.
func none(next int) argument { return argument{noun: -1, next: next} }

// sentenceReader reads the deals of one sentence.
type sentenceReader struct {
	ph []phrase
	cs []chunk
	d  *dealReader
	// subjects remembers the subject of each verb, which others share.
	subjects map[int]argument
	depth    int
}

// at returns the chunk i, or an empty one of kind chunkStop outside the sentence.
func (r *sentenceReader) at(i int) *chunk {
	if i < 0 || i >= len(r.cs) {
		return &chunk{kind: chunkStop}
	}
	return &r.cs[i]
}

// skip returns the first chunk from i on that is no adverb and no date with its
// preposition.
func (r *sentenceReader) skip(i int) int {
	for i < len(r.cs) {
		switch k := r.at(i); {
		case k.kind == chunkOther, k.kind == chunkDate:
			i++
		case k.kind == chunkPrep && r.at(i+1).kind == chunkDate:
			i += 2
		default:
			return i
		}
	}
	return i
}

// skipBack is skip to the left: the last chunk up to i that says something.
func (r *sentenceReader) skipBack(i int) int {
	for i >= 0 {
		switch k := r.at(i); {
		case k.kind == chunkOther:
			i--
		case k.kind == chunkDate && r.at(i-1).kind == chunkPrep:
			i -= 2
		case k.kind == chunkDate:
			i--
		default:
			return i
		}
	}
	return i
}

// argumentAt reads the argument that begins at chunk i: a noun, the names in apposition to
// it, and those that "and" ties to it. subject tells that a verb may follow.
func (r *sentenceReader) argumentAt(i int, subject bool) argument {
	i = r.skip(i)
	if r.at(i).kind == chunkLink && r.at(i).word != "but" && r.at(i+1).kind == chunkNoun {
		i++ // "both", "either"
	}
	if r.at(i).kind != chunkNoun {
		return none(i)
	}
	a := argument{noun: i, next: i + 1}
	a.names, a.next = r.namesAt(i)
	if len(a.names) == 0 {
		return a
	}
	for {
		k := a.next
		if n := r.at(k + 1); r.at(k).kind == chunkComma && n.kind == chunkNoun && len(n.names) == 0 && (n.det == "a" || n.det == "an" || n.det == "the") && r.at(k+2).kind == chunkComma && r.at(k+3).kind == chunkLink {
			k += 2
		}
		if r.at(k).kind == chunkComma && r.at(k+1).kind == chunkLink {
			k++
		}
		switch {
		case r.at(k).kind == chunkLink && r.at(k).word != "but":
			names, next := r.namesAt(k + 1)
			if len(names) == 0 || !subject && r.startsClause(next) {
				return a
			}
			a.names, a.next = append(a.names, names...), next
			if r.at(next).kind == chunkLink && (len(r.at(next+1).names) > 0 || r.at(next+2).kind == chunkComma) && !subject {
				continue // "A and B and a new one, C"
			}
			return a
		case r.at(k).kind == chunkComma && r.listGoesOn(k):
			names, next := r.namesAt(k + 1)
			a.names, a.next = append(a.names, names...), next
		default:
			return a
		}
	}
}

// namesAt reads the names of the noun at chunk i: its own, or those in apposition, as in
// "its rival, Northwind,".
func (r *sentenceReader) namesAt(i int) ([]argName, int) {
	i = r.skip(i)
	k := r.at(i)
	if k.kind != chunkNoun {
		return nil, i
	}
	if len(k.names) > 0 {
		return r.argNames(i), i + 1
	}
	if k.word == "" || r.at(i+1).kind != chunkComma {
		return nil, i + 1
	}
	inner := r.at(i + 2)
	if inner.kind != chunkNoun || len(inner.names) == 0 || inner.owner != nil {
		return nil, i + 1
	}
	names, next := r.argNames(i+2), i+3
	if r.at(next).kind == chunkLink && len(r.at(next+1).names) > 0 && r.at(next+1).kind == chunkNoun {
		names, next = append(names, r.argNames(next+1)...), next+2
	}
	switch r.at(next).kind {
	case chunkComma:
		return names, next + 1
	case chunkStop:
		return names, next
	}
	return nil, i + 1
}

func (r *sentenceReader) argNames(i int) []argName {
	var names []argName
	for _, m := range r.cs[i].names {
		names = append(names, argName{m, i})
	}
	return names
}

// startsClause reports whether a clause with its own verb, not the end of a list, stands
// before chunk i.
func (r *sentenceReader) startsClause(i int) bool {
	i = r.skip(i)
	k := r.at(i)
	return k.kind == chunkVerb && (k.v.finite || k.v.modal != "") && !(k.v.bare && r.at(i+1).word == "by")
}

// listGoesOn reports whether the comma at chunk k stands in a list of names that ends with
// "and" and a name.
func (r *sentenceReader) listGoesOn(k int) bool {
	for n := 0; n < 12; n++ {
		if r.at(k).kind != chunkComma {
			return false
		}
		k++
		if r.at(k).kind == chunkLink && n > 0 {
			return true
		}
		if r.at(k).kind != chunkNoun || len(r.at(k).names) == 0 {
			return false
		}
		k++
		if r.at(k).kind == chunkLink {
			if n := r.at(k + 1); n.kind == chunkNoun && len(n.names) == 0 && n.owner == nil && (n.det == "a" || n.det == "two" || n.det == "three" || n.det == "several" || n.det == "some") && !r.startsClause(k+2) {
				return true // "A, B and a handful of others"
			}
			return r.at(k+1).kind == chunkPrep || r.at(k+1).kind == chunkNoun && r.at(k+1).hasWord("others", "another", "other") || r.at(k+1).kind == chunkNoun && (len(r.at(k+1).names) > 0 || r.at(k+2).kind == chunkComma)
		}
	}
	return false
}

// listStart returns the first chunk of the list of names that ends with chunk i.
func (r *sentenceReader) listStart(i int) int {
	start := i
	linked := false
	for start >= 2 {
		sep := start - 1
		switch {
		case r.at(sep).kind == chunkLink && !linked:
			linked = true
			if r.at(sep-1).kind == chunkComma {
				sep--
			}
		case r.at(sep).kind == chunkComma && linked:
		default:
			return start
		}
		if k := r.at(sep - 1); linked && sep < start-1 && k.kind == chunkNoun && len(k.names) == 0 && (k.det == "a" || k.det == "an" || k.det == "the") && r.at(sep-2).kind == chunkComma {
			sep -= 2 // "Northwind, a freight group, and Halcyon"
		}
		if r.at(sep-1).kind != chunkNoun || len(r.at(sep-1).names) == 0 {
			return start
		}
		start = sep - 1
	}
	return start
}

// prepositions are the arguments after prepositions, in order.
type prepositions []prepArgument

type prepArgument struct {
	prep string
	argument
}

// names returns the names after one of the prepositions.
func (p prepositions) names(preps ...string) []argName {
	var names []argName
	for _, a := range p {
		for _, prep := range preps {
			if a.prep == prep {
				names = append(names, a.names...)
			}
		}
	}
	return names
}

// first returns the first argument after the preposition.
func (p prepositions) first(prep string) argument {
	for _, a := range p {
		if a.prep == prep {
			return a.argument
		}
	}
	return none(0)
}

// prepsFrom reads the prepositions that follow chunk i within the clause. pass tells that
// it may go on over an infinitive with its object. It returns the chunk where they end.
func (r *sentenceReader) prepsFrom(i int, pass bool) (prepositions, int) {
	var found prepositions
	for i < len(r.cs) {
		i = r.skip(i)
		k := r.at(i)
		switch k.kind {
		case chunkPrep:
			if r.at(r.skip(i+1)).kind == chunkVerb {
				if !pass {
					return found, i
				}
				i = r.overObject(r.skip(i+1) + 1)
				continue
			}
			if r.at(i+1).word == "that" && r.at(i+2).kind == chunkPrep {
				i += 2
				continue
			}
			a := r.argumentAt(i+1, k.word == "of" || k.word == "between")
			if a.noun < 0 {
				return found, i
			}
			found = append(found, prepArgument{k.word, a})
			i = a.next
		case chunkComma, chunkLink:
			j := i + 1
			if k.kind == chunkComma && r.at(j).kind == chunkLink {
				j++
			}
			switch n := r.at(j); {
			case n.kind == chunkPrep:
				i = j
			case k.kind == chunkComma && j == i+1 && n.kind == chunkDate:
				i = j
			case k.kind == chunkComma && r.at(i+1).word == "or" && n.kind == chunkNoun && len(n.names) == 0 && n.figure == nil:
				i = j + 1 // "…, or 7 times profit, from its owner"
			case k.kind == chunkComma && r.at(i+1).word == "or" && n.figure != nil:
				i = j + 1
			case k.kind == chunkComma && j == i+1 && r.appositionEnd(i) > i:
				i = r.appositionEnd(i)
			default:
				return found, i
			}
		case chunkVerb:
			if !pass || !k.v.infinitive {
				return found, i
			}
			i = r.overObject(i + 1)
		default:
			return found, i
		}
	}
	return found, i
}

// overObject returns the chunk after the object of a verb that ends before chunk i.
func (r *sentenceReader) overObject(i int) int {
	if i = r.skip(i); r.at(i).kind == chunkNoun {
		return i + 1
	}
	return i
}

// appositionEnd returns the chunk after the comma that closes the apposition or relative
// clause which the comma at chunk i opens; i if it opens none.
func (r *sentenceReader) appositionEnd(i int) int {
	n := r.at(i + 1)
	switch {
	case n.kind == chunkRelative:
	case n.kind == chunkNoun && (len(n.names) == 0 || n.owner != nil) && (n.det == "a" || n.det == "an" || n.det == "the" || n.poss != "" || n.owner != nil || n.det == "another" || n.det == "one"):
	case n.kind == chunkVerb && (n.v.gerund || n.v.bare):
	default:
		return i
	}
	for j := i + 2; j < len(r.cs) && j < i+16; j++ {
		switch r.at(j).kind {
		case chunkComma:
			return j + 1
		case chunkStop:
			return i
		}
	}
	return i
}

// headOf returns the noun that governs the one at chunk i: of "shares of Northwind" the
// chunk of "shares". It is i itself if there is none.
func (r *sentenceReader) headOf(i int) int {
	for i >= 2 && r.at(i-1).kind == chunkPrep && r.at(i-2).kind == chunkNoun {
		i -= 2
	}
	return i
}
