package copydesk

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"standfirst"
)

// maxClause bounds the clause that says who spoke, in bytes.
const maxClause = 420

// clause is the words beside a quotation that say that somebody said it.
type clause struct {
	ok      bool
	speaker standfirst.Speaker // zero if it names nobody: "she said", "the company said"
	// nameStart and nameEnd are where the name stands in the passage.
	nameStart, nameEnd int
	// whole tells that there is nothing but this clause up to the next quotation.
	whole bool
}

// clauseAfter reads the clause after the stretch k: "said Jane Roe, …", "Jane Roe, …,
// said", "according to Jane Roe".
func (f *quoteFinder) clauseAfter(text string, found []stretch, k int) clause {
	s := found[k]
	if s.open {
		return clause{}
	}
	limit := len(text)
	if k+1 < len(found) {
		limit = found[k+1].start
	}
	gap := text[s.end:limit]
	long := len(gap) > maxClause
	if long {
		gap = cutRunes(gap, maxClause)
	}
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s.inner(text), " ’'"))
	lead := len(gap) - len(strings.TrimLeft(gap, ", —–-"))
	comma := strings.HasPrefix(strings.TrimLeft(gap, " "), ",")
	if comma && !strings.ContainsRune(",?!…—–-.", last) && inSentence(text[:s.start]) {
		return clause{} // a word of the reporter's own sentence: the deal was "dead", Jane Roe said
	}
	if lead == 0 || !comma && !strings.ContainsRune(",?!…—–-.", last) && !startsWithVerb(gap[lead:]) {
		return clause{}
	}
	end := lead + clauseEnd(gap[lead:])
	if last == '.' && !comma && !startsWithVerb(gap[lead:]) {
		return clause{} // the sentence has ended; what follows is the next
	}
	c := f.parseAfter(gap[lead:end])
	if !c.ok {
		return clause{}
	}
	c.nameStart += s.end + lead
	c.nameEnd += s.end + lead
	rest := strings.TrimSpace(gap[end:])
	c.whole = !long && limit < len(text) && rest == ""
	return c
}

// inSentence reports whether what follows the text goes on with a sentence of it.
func inSentence(before string) bool {
	before = strings.TrimRight(before, " ")
	return before != "" && !endsSentence(before) && !strings.HasSuffix(before, ":") && !strings.HasSuffix(before, ",")
}

// cutRunes returns the first n bytes of s or a few less, whole characters only.
func cutRunes(s string, n int) string {
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// clauseEnd returns where the clause ends: with its sentence.
func clauseEnd(s string) int { return sentenceEnd(s, 0) }

func startsWithVerb(s string) bool {
	word, rest, _ := strings.Cut(s, " ")
	b := bare(word)
	return words().verbs[b] && unicode.IsLower(rune(word[0])) || b == "according" && strings.HasPrefix(rest, "to ")
}

// parseAfter reads a clause that stands after a quotation.
func (f *quoteFinder) parseAfter(s string) clause {
	s = trimStop(s)
	if s == "" {
		return clause{}
	}
	word, rest, _ := strings.Cut(s, " ")
	if word == "according" {
		rest, isTo := strings.CutPrefix(rest, "to ")
		if !isTo {
			return clause{}
		}
		return f.named(s, len(s)-len(rest), len(s))
	}
	if startsWithVerb(s) {
		if words().verbs[bare(word)] && (strings.HasSuffix(word, ",") || rest == "") {
			return clause{ok: true}
		}
		return f.named(s, len(word)+1, len(s))
	}
	verb, _ := findVerb(s)
	if verb < 0 {
		return clause{}
	}
	c := f.named(s, 0, verb)
	if c.speaker.Name == "" && !isSubject(s[:verb]) {
		return clause{}
	}
	return c
}

// isSubject reports whether words before a verb can be its subject without a name in
// them: a pronoun, or a few words without another clause.
func isSubject(s string) bool {
	fields := strings.Fields(s)
	if len(fields) == 0 || len(fields) > 12 {
		return false
	}
	first := bare(fields[0])
	if words().pronouns[first] || words().crowds[first] {
		return len(fields) <= 3
	}
	switch first {
	case "the", "a", "an", "its", "their", "his", "her", "one", "another", "two", "three":
		return true
	}
	return len(fields) <= 2
}

// findVerb returns where the first verb of saying stands that can have what stands
// before it as its subject, and where it ends; -1 if there is none.
func findVerb(s string) (start, end int) {
	for i := 0; i < len(s); {
		j := i + strings.IndexByte(s[i:], ' ')
		if j < i {
			j = len(s)
		}
		if word := s[i:j]; i > 0 && word != "" && isLower(rune(word[0])) && words().verbs[bare(word)] {
			return i, j
		}
		i = j + 1
	}
	return -1, -1
}

// clauseBefore reads the clause before the stretch k: "Jane Roe, …, said: ".
func (f *quoteFinder) clauseBefore(text string, found []stretch, k int) clause {
	from := 0
	if k > 0 {
		from = found[k-1].end
	}
	gap := text[from:found[k].start]
	if len(gap) > maxClause {
		cut := len(gap) - maxClause
		for !utf8.RuneStart(gap[cut]) {
			cut++
		}
		from, gap = from+cut, gap[cut:]
	}
	trimmed := strings.TrimRight(gap, " ")
	if !strings.HasSuffix(trimmed, ":") && !strings.HasSuffix(trimmed, ",") {
		return clause{}
	}
	start := 0
	for {
		end := sentenceEnd(trimmed, start)
		if end >= len(trimmed) {
			break
		}
		start = end
	}
	sentence := strings.TrimLeft(trimmed[start:], " ")
	from += len(trimmed) - len(sentence)
	sentence = sentence[:len(sentence)-1]
	c := f.parseBefore(sentence, strings.HasSuffix(trimmed, ":"))
	c.nameStart += from
	c.nameEnd += from
	return c
}

// parseBefore reads a clause that stands before a quotation. With a comma instead of
// a colon it must name the speaker or be a pronoun and a verb.
func (f *quoteFinder) parseBefore(s string, colon bool) clause {
	verb, verbEnd := lastVerb(s)
	if verb <= 0 {
		return clause{}
	}
	// After the verb, only whom it was said to, where and when.
	if strings.Count(s[verbEnd:], " ") > 12 || strings.Contains(s[verbEnd:], " that ") {
		return clause{}
	}
	for start, tries := 0, 0; start < verb && tries < 5; tries++ {
		if c := f.named(s, start, verb); c.speaker.Name != "" {
			return c
		}
		i := strings.Index(s[start:verb], ", ")
		if i < 0 {
			break
		}
		start += i + 2
	}
	fields := strings.Fields(s[:verb])
	pronoun := words().pronouns[bare(fields[len(fields)-1])]
	return clause{ok: colon || pronoun && verbEnd == len(s)}
}

// lastVerb returns where the last verb of saying stands, and where it ends.
func lastVerb(s string) (start, end int) {
	start, end = -1, -1
	for from := 0; from < len(s); {
		i, j := findVerb(s[from:])
		if i < 0 {
			break
		}
		start, end = from+i, from+j
		from = end
	}
	return start, end
}

// named reads the speaker in s[from:to].
func (f *quoteFinder) named(s string, from, to int) clause {
	p := speakerParser{s: s[:to]}
	if !p.parse(from) {
		return clause{ok: true}
	}
	return clause{ok: true, speaker: f.resolve(p.speaker), nameStart: p.nameStart, nameEnd: p.nameEnd}
}

// trimStop takes the stop of the sentence off a clause, but not that of "Inc.".
func trimStop(s string) string {
	s = strings.TrimRight(s, " \"”’")
	if s = strings.TrimRight(s, ",;:—–- "); strings.HasSuffix(s, ".") && !endsWithAbbreviation(s) {
		s = s[:len(s)-1]
	}
	return strings.TrimRight(s, " ")
}
