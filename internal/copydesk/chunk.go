package copydesk

import "strings"

// chunker cuts the phrases of a sentence into chunks.
type chunker struct {
	ph     []phrase
	chunks []chunk
}

// chunksOf returns the chunks of a sentence, which are at most as many as its phrases.
func chunksOf(ph []phrase, room *room[chunk]) []chunk {
	c := chunker{ph: ph, chunks: room.take(len(ph))}
	for i := 0; i < len(ph); {
		i = c.next(i)
	}
	return room.keep(c.chunks)
}

func (c *chunker) add(k chunk) int {
	c.chunks = append(c.chunks, k)
	return k.hi
}

// next reads the chunk at phrase i and returns the phrase after it.
func (c *chunker) next(i int) int {
	p := &c.ph[i]
	switch p.kind {
	case phraseComma:
		return c.add(chunk{kind: chunkComma, lo: i, hi: i + 1})
	case phraseStop, phraseQuote:
		return c.add(chunk{kind: chunkStop, lo: i, hi: i + 1, word: p.low})
	case phraseDate:
		return c.add(chunk{kind: chunkDate, lo: i, hi: i + 1})
	case phraseWord:
		if j, v := c.verbAt(i); j > i {
			return c.add(chunk{kind: chunkVerb, lo: i, hi: j, word: v.lemma, v: v})
		}
		switch {
		case p.is("that") && c.afterSaying():
			return c.add(chunk{kind: chunkRelative, lo: i, hi: i + 1, word: p.low})
		case p.is("that") && c.startsNoun(i+1) && !c.verbSoon(i+1) && !c.isVerb(i+1):
		case p.is("as") && c.at(i+1).is("well") && c.at(i+2).is("as"):
			return c.add(chunk{kind: chunkLink, lo: i, hi: i + 3, word: "and"})
		case p.is("each", "both", "all") && c.isVerb(i+1):
			return c.add(chunk{kind: chunkOther, lo: i, hi: i + 1, word: p.low})
		case p.is("who", "which", "that"):
			return c.add(chunk{kind: chunkRelative, lo: i, hi: i + 1, word: p.low})
		case p.is("whose"):
			c.add(chunk{kind: chunkRelative, lo: i, hi: i + 1, word: p.low})
			return i + 1
		case p.is("as") && c.isClause(i):
			return c.add(chunk{kind: chunkClause, lo: i, hi: i + 1, word: p.low})
		case p.in("clauses") && (!p.in("prepositions") || c.isClause(i)):
			return c.add(chunk{kind: chunkClause, lo: i, hi: i + 1, word: p.low})
		case p.in("prepositions"):
			return c.add(chunk{kind: chunkPrep, lo: i, hi: i + 1, word: p.low})
		case p.in("links"):
			return c.add(chunk{kind: chunkLink, lo: i, hi: i + 1, word: p.low})
		case p.is("itself", "themselves") && i > 0 && c.ph[i-1].kind == phraseName:
			return c.add(chunk{kind: chunkOther, lo: i, hi: i + 1, word: p.low})
		case p.is("private", "public") && i > 0 && (c.ph[i-1].kind == phraseName || c.ph[i-1].is("it", "them", "taken", "go", "went", "gone", "going")) && !c.isNounWord(i+1):
			return c.add(chunk{kind: chunkOther, lo: i, hi: i + 1, word: p.low}) // "took Northwind private"
		case p.in("adverbs") && !p.in("determiners") && !(c.isNounWord(i+1) && p.is("next", "last", "first", "further", "likely")):
			return c.add(chunk{kind: chunkOther, lo: i, hi: i + 1, word: p.low})
		}
	}
	return c.noun(i)
}

// afterSaying reports whether the next phrase, "that", follows a verb of saying.
func (c *chunker) afterSaying() bool {
	for n := len(c.chunks) - 1; n >= 0; n-- {
		k := &c.chunks[n]
		switch k.kind {
		case chunkOther, chunkDate:
			continue
		case chunkVerb:
			return k.v.in("say")
		}
		return false
	}
	return false
}

// isClause reports whether a clause, not a noun, follows a word such as "after": a noun
// and a finite verb before the next comma.
func (c *chunker) isClause(i int) bool {
	if c.ph[i].is("as") && c.at(i+1).is("underwriter", "underwriters", "customer", "bookrunner", "bookrunners", "joint", "co-lead", "investor", "investors", "lender", "lenders", "buyer", "arranger", "arrangers", "adviser", "advisers", "lead", "part", "well", "much", "high") {
		return false
	}
	return c.verbSoon(i + 1)
}

// verbSoon reports whether a subject and a finite verb begin at phrase i.
func (c *chunker) verbSoon(i int) bool {
	for seen := 0; i < len(c.ph) && seen < 14; i++ {
		p := &c.ph[i]
		if p.kind == phraseStop || p.kind == phraseComma || p.kind == phraseQuote {
			return false
		}
		if seen > 0 && p.kind == phraseWord {
			if j, v := c.verbAt(i); j > i && (v.finite || v.modal != "") {
				return true
			} else if j > i {
				return false
			}
			if p.in("clauses") && !p.in("prepositions") {
				return false
			}
		}
		seen++
	}
	return false
}

func (c *chunker) isVerb(i int) bool {
	if i >= len(c.ph) || c.ph[i].kind != phraseWord {
		return false
	}
	n, _ := c.verbAt(i)
	return n > i
}

func (c *chunker) startsNoun(i int) bool {
	return i < len(c.ph) && (c.isNounWord(i) || c.ph[i].in("determiners"))
}

// isNounWord reports whether the phrase can be part of a noun.
func (c *chunker) isNounWord(i int) bool {
	if i >= len(c.ph) {
		return false
	}
	p := &c.ph[i]
	switch p.kind {
	case phraseName, phraseFigure:
		return true
	case phraseWord:
		return !p.in("prepositions") && !p.in("links") && !p.in("clauses") && !p.in("pronouns") && !p.in("auxiliaries") && !p.in("modals")
	}
	return false
}

// noun reads a noun from phrase i on.
func (c *chunker) noun(i int) int {
	k := chunk{kind: chunkNoun, lo: i, hi: i + 1}
	var words strings.Builder
	words.WriteByte(' ')
	j := i
	for ; j < len(c.ph); j++ {
		p := &c.ph[j]
		if p.kind == phraseWord && j > i {
			if !c.isNounWord(j) && !(p.in("determiners") && p.low != "that") || c.adverbEnds(j) {
				break
			}
			if n, _ := c.verbAt(j); n > j {
				break
			}
			if p.is("private", "public") && c.ph[j-1].kind == phraseName && !c.isNounWord(j+1) {
				break
			}
			if p.in("determiners") && j > i && !c.ph[j-1].in("determiners") && c.ph[j-1].kind != phraseFigure {
				break
			}
		}
		if p.kind == phraseDate {
			if j > i && j+1 < len(c.ph) && c.isNounWord(j+1) && !c.ph[j+1].in("determiners") && c.ph[j-1].kind == phraseWord {
				continue // "its March round", "the 14 November agreement"
			}
			break
		}
		if p.kind != phraseWord && p.kind != phraseName && p.kind != phraseFigure {
			break
		}
		if (p.kind == phraseName || p.kind == phraseFigure) && j > i && c.ph[j-1].kind == phraseName && !c.ph[j-1].owner {
			break // two names side by side are no noun, nor are a name and a sum
		}
		words.WriteString(p.low)
		words.WriteByte(' ')
		switch {
		case p.in("determiners") && k.det == "":
			k.det = p.low
			if p.is("its", "their", "his", "her", "whose") {
				k.poss = p.low
			}
		case p.kind == phraseFigure && k.figure == nil:
			k.figure = p.figure
		case p.kind == phraseName && p.owner:
			k.owner = p.name
		case p.kind == phraseName:
			k.mods = append(k.mods, p.name)
		}
		if p.in("pronouns") && !p.in("determiners") {
			j++
			break
		}
	}
	j = max(j, i+1)
	k.hi, k.with = j, words.String()
	last := &c.ph[j-1]
	k.word = last.low
	switch {
	case last.kind == phraseName && !last.owner:
		k.names, k.mods = []*mention{last.name}, k.mods[:len(k.mods)-1]
		k.word = ""
	case last.kind == phraseFigure:
		k.word = ""
	}
	return c.add(k)
}

// adverbEnds reports whether a noun ends before an adverb at phrase j:
// an adverb stands within a noun only before another word of it.
func (c *chunker) adverbEnds(j int) bool {
	p := &c.ph[j]
	if !p.in("adverbs") || p.in("determiners") {
		return false
	}
	if c.ph[j-1].kind != phraseWord || !c.isNounWord(j+1) || c.ph[j+1].in("determiners") {
		return true
	}
	n, _ := c.verbAt(j + 1)
	return n > j+1
}

// before returns the phrase before i that is no adverb, or nil.
func (c *chunker) before(i int) *phrase {
	for i--; i >= 0; i-- {
		if p := &c.ph[i]; p.kind != phraseWord || !p.in("adverbs") || p.in("determiners") {
			return p
		}
	}
	return nil
}

// at returns the phrase i, or nil.
func (c *chunker) at(i int) *phrase {
	if i < 0 || i >= len(c.ph) {
		return nil
	}
	return &c.ph[i]
}

// after says what follows phrase i: 'd' a determiner, name or figure, 'n' other nouns,
// 0 anything else.
func (c *chunker) after(i int) byte {
	p := c.at(i + 1)
	switch {
	case p == nil:
		return 0
	case p.kind == phraseName || p.kind == phraseFigure || p.in("determiners"):
		return 'd'
	case c.isNounWord(i + 1):
		return 'n'
	}
	return 0
}
