package copydesk

// tok is a token with its bytes in the part of the story that it stands in.
type tok struct {
	start, end int
	text       string
	lower      string
	quoted     bool
}

// maxSentence bounds how many tokens are read as one sentence; a longer one is cut.
const maxSentence = 160

// sentencesOf returns the sentences of a prose but for voices, in its order.
func sentencesOf(p *Prose) []*proseSentence {
	var all []*proseSentence
	for i := range p.passages {
		passage := &p.passages[i]
		if passage.place == InVoice {
			continue
		}
		for _, sentence := range passage.sentences {
			for first := sentence.Start; first < sentence.End; first += maxSentence {
				s := &proseSentence{place: passage.place, paragraph: i, passage: passage, first: first, index: len(all)}
				tokens := passage.tokens[first:min(first+maxSentence, sentence.End)]
				s.toks = make([]tok, len(tokens))
				for i := range tokens {
					t := &tokens[i]
					s.toks[i] = tok{passage.offset(t.start), passage.end(t.end), t.text, t.lower, t.quoted}
				}
				all = append(all, s)
			}
		}
	}
	return all
}

// isCited reports whether the words of a mark cite a claim already.
func (s *proseSentence) isCited(f Mark) bool {
	for i, t := range s.toks {
		if t.start < f.End && t.end > f.Start {
			of := &s.passage.tokens[s.first+i]
			if s.passage.isCited(of.start, of.end) {
				return true
			}
		}
	}
	return false
}
