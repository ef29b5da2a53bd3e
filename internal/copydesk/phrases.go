package copydesk

import (
	"slices"
	"sort"
	"strings"

	"standfirst"
)

// proseSentence is one sentence of a prose with its names and phrases.
type proseSentence struct {
	place     Place
	paragraph int // the passage
	index     int // among the sentences
	passage   *scanned
	first     int // its first token in the passage
	toks      []tok
	names     []foundName
	mentions  []*mention // of names
	ph        []phrase
	reader    *sentenceReader // of a sentence in which deals are read
}

// span returns the words of the phrases from i to j, j exclusive, in the text.
func (s *proseSentence) start() int { return s.toks[0].start }
func (s *proseSentence) end() int   { return s.toks[len(s.toks)-1].end }

// markKind says what a mark over tokens is.
type markKind uint8

const (
	markNone markKind = iota
	markFigure
	markDate
	markTicker
)

// marked is a stretch of the text that the spans have read.
type marked struct {
	start, end int
	kind       markKind
	index      int // into the list of its kind in the Prose
}

// marksOf returns all that the prose has marked in a place, in order and without overlaps.
func marksOf(p *Prose, place Place) []marked {
	var all []marked
	add := func(m Mark, kind markKind, index int) {
		if m.Place == place && m.End > m.Start {
			all = append(all, marked{m.Start, m.End, kind, index})
		}
	}
	for i := range p.Tickers {
		add(p.Tickers[i].Mark, markTicker, i)
	}
	for i := range p.Figures {
		add(p.Figures[i].Mark, markFigure, i)
	}
	for i := range p.Dates {
		add(p.Dates[i].Mark, markDate, i)
	}
	sort.SliceStable(all, func(i, j int) bool {
		if all[i].start != all[j].start {
			return all[i].start < all[j].start
		}
		return all[i].end > all[j].end
	})
	kept := all[:0]
	end := 0
	for _, m := range all {
		if m.start >= end {
			kept = append(kept, m)
			end = m.end
		}
	}
	return kept
}

// markCursor walks along the marks of a place together with tokens in order.
type markCursor struct {
	marks []marked
	next  int
}

// at returns the mark over the byte i. Calls must not go back.
func (c *markCursor) at(i int) *marked {
	for c.next < len(c.marks) && c.marks[c.next].end <= i {
		c.next++
	}
	if c.next < len(c.marks) && c.marks[c.next].start <= i {
		return &c.marks[c.next]
	}
	return nil
}

// findNames finds the names of the sentence.
func (s *proseSentence) findNames(p *Prose, marks []*marked, known *knownNames) {
	n := &namer{toks: s.toks, blocked: make([]bool, len(s.toks)), known: known}
	for i, m := range marks {
		n.blocked[i] = m != nil || s.toks[i].quoted
	}
	n.find()
	s.names = n.found
	for _, f := range n.found {
		m := &mention{first: f.first, single: f.single, entity: -1}
		m.Place = s.place
		m.Start, m.End = s.toks[f.lo].start, s.toks[f.hi-1].end
		m.name = joinTokens(s.toks[f.lo:f.hi])
		m.Text = m.name
		if f.hi < len(marks) {
			if t := tickerAfter(s.toks, marks, f.hi); t != nil {
				m.tickers = append(m.tickers, p.Tickers[t.index].Ticker)
			}
		}
		s.mentions = append(s.mentions, m)
	}
}

// tickerAfter returns the mark of the ticker that stands right behind a name, or nil.
func tickerAfter(toks []tok, marks []*marked, i int) *marked {
	if t := marks[i]; t != nil && t.kind == markTicker {
		return t
	}
	if toks[i].text == "(" && i+1 < len(marks) && marks[i+1] != nil && marks[i+1].kind == markTicker {
		return marks[i+1]
	}
	return nil
}

// joinTokens returns the words of a name as written, on one line.
func joinTokens(toks []tok) string {
	var b strings.Builder
	for i, t := range toks {
		if i > 0 && t.start > toks[i-1].end {
			b.WriteByte(' ')
		}
		b.WriteString(t.text)
	}
	return b.String()
}

// makePhrases cuts the sentence into phrases.
func (s *proseSentence) makePhrases(p *Prose, marks []*marked, room *room[phrase]) {
	depth := 0
	s.ph = room.take(len(s.toks))
	defer func() { s.ph = room.keep(s.ph) }()
	for i, name := 0, 0; i < len(s.toks); {
		t := s.toks[i]
		for name < len(s.names) && s.names[name].lo < i {
			name++
		}
		if name < len(s.names) && s.names[name].lo == i {
			m := s.mentions[name]
			i = s.names[name].hi
			ph := phrase{kind: phraseName, start: m.Start, end: m.End, text: m.name, low: strings.ToLower(m.name), name: m}
			if i < len(s.toks) && isGenitive(s.toks[i].text) && s.toks[i].start == s.toks[i-1].end {
				ph.owner = true
				i++
			}
			if depth == 0 {
				s.ph = append(s.ph, ph)
			}
			continue
		}
		if t.quoted {
			if n := len(s.ph); depth == 0 && (n == 0 || s.ph[n-1].kind != phraseQuote) {
				s.ph = append(s.ph, phrase{kind: phraseQuote, start: t.start, end: t.end})
			}
			i++
			continue
		}
		if m := marks[i]; m != nil {
			for i < len(s.toks) && marks[i] == m {
				i++
			}
			if ph, ok := s.markPhrase(p, m, s.toks[i-1].end); ok && depth == 0 {
				s.ph = append(s.ph, ph)
			}
			continue
		}
		if n := len(s.ph); t.text == "-" && n > 0 && s.ph[n-1].figure != nil && s.ph[n-1].end == t.start && i+1 < len(s.toks) {
			i += 2 // "$41-a-share"
			continue
		}
		i++
		switch t.text {
		case "(", "[":
			depth++
		case ")", "]":
			depth = max(0, depth-1)
		case ".", "?", "!", "*", "_", "\"", "“", "”":
		case "'", "’", "'s", "’s":
			if n := len(s.ph); n > 0 && depth == 0 && s.ph[n-1].end == t.start {
				s.ph[n-1].owner = true
			}
		default:
			if depth == 0 {
				s.ph = append(s.ph, wordPhrase(t))
			}
		}
	}
}

func isGenitive(t string) bool { return t == "'s" || t == "’s" || t == "'" || t == "’" }

func wordPhrase(t tok) phrase {
	ph := phrase{start: t.start, end: t.end, text: t.text}
	switch t.text {
	case ",":
		ph.kind = phraseComma
		return ph
	case ";", ":", "–", "—", "-", "--", "•", "|", "…":
		ph.kind, ph.low = phraseStop, t.text
		return ph
	}
	ph.low = t.lower
	word := dealWords().words[ph.low]
	ph.verb, ph.class = word.verb, word.class
	ph.owner = ph.is("its", "their", "his", "her", "whose")
	return ph
}

// markPhrase returns the phrase of a mark; false for a ticker.
func (s *proseSentence) markPhrase(p *Prose, m *marked, end int) (phrase, bool) {
	ph := phrase{start: m.start, end: min(m.end, end)}
	switch m.kind {
	case markFigure:
		ph.kind, ph.figure = phraseFigure, &p.Figures[m.index]
		ph.text = ph.figure.Text
		ph.low = strings.ToLower(ph.text)
	case markDate:
		ph.kind, ph.text = phraseDate, p.Dates[m.index].Text
		ph.date = &p.Dates[m.index]
	default:
		return ph, false
	}
	return ph, true
}

// knownNames finds names that the newsroom knows where their form alone would not.
type knownNames struct {
	byFirst map[string][][]string // the words of names by the first, the longest first
}

func newKnownNames(known []standfirst.Entity) *knownNames {
	k := &knownNames{byFirst: map[string][][]string{}}
	for _, e := range known {
		for _, name := range append([]string{e.Name}, e.Aliases...) {
			fields := strings.Fields(name)
			if len(fields) == 0 || !isCapitalised(fields[0]) && len(fields) == 1 {
				continue
			}
			k.add(fields)
		}
	}
	return k
}

// at returns the token after the known name that begins at token i, or i.
func (k *knownNames) at(toks []tok, blocked []bool, i int) int {
	if k == nil || blocked[i] {
		return i
	}
next:
	for _, fields := range k.byFirst[toks[i].text] {
		j := i + 1
		for _, w := range fields[1:] {
			if j >= len(toks) || blocked[j] || toks[j].text != w {
				continue next
			}
			j++
		}
		return j
	}
	return i
}

// add adds a name by its words, the longest before others.
func (k *knownNames) add(fields []string) {
	if len(fields) == 0 {
		return
	}
	for _, have := range k.byFirst[fields[0]] {
		if strings.Join(have, " ") == strings.Join(fields, " ") {
			return
		}
	}
	list := slices.Concat(k.byFirst[fields[0]], [][]string{fields})
	sort.SliceStable(list, func(i, j int) bool { return len(list[i]) > len(list[j]) })
	k.byFirst[fields[0]] = list
}

// findKnownNames finds the names in a headline, whose capitals say nothing: those of the
// body, and those that the newsroom knows.
func (s *proseSentence) findKnownNames(marks []*marked, lists ...*knownNames) {
	blocked := make([]bool, len(s.toks))
	for i, m := range marks {
		blocked[i] = m != nil || s.toks[i].quoted
	}
	for i := 0; i < len(s.toks); {
		j := i
		for _, k := range lists {
			j = max(j, k.at(s.toks, blocked, i))
		}
		if j == i {
			i++
			continue
		}
		m := &mention{name: joinTokens(s.toks[i:j]), entity: -1}
		m.Place, m.Start, m.End = s.place, s.toks[i].start, s.toks[j-1].end
		m.Text = m.name
		s.names = append(s.names, foundName{lo: i, hi: j})
		s.mentions = append(s.mentions, m)
		i = j
	}
}
