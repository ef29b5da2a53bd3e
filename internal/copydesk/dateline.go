package copydesk

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxDateline bounds a dateline, in bytes.
const maxDateline = 120

// dashes may end a dateline. The longer stand first.
var dashes = [...]string{"—", "–", "--", "-", "―"}

// cutDateline reads the dateline at the start of a paragraph, such as
//
//	ANTWERP, 5 March (Harbour Newswire) — Shares …
//	OSLO, March 5 - Shares …
//	LONDON — Shares …
//
// size is where the sentence begins. whole allows a line that is nothing else, which
// then needs a day. A place alone must be in capitals and be followed by a sentence,
// so that "IBM — whose shares" is none.
func cutDateline(s string) (d Dateline, size int, ok bool) {
	head := s[:min(len(s), maxDateline)]
	dash, size := findDash(head)
	if dash < 0 {
		if len(s) > maxDateline {
			return Dateline{}, 0, false
		}
		dash, size = len(s), len(s)
	}
	words := strings.TrimRight(s[:dash], " ")
	words, d.Agency = cutAgency(words)
	fields := strings.Fields(words)
	found, dated := findDay(fields, d.Day)
	place := words
	if dated {
		if found.to != len(fields) || found.from == 0 {
			return Dateline{}, 0, false
		}
		place = strings.Join(fields[:found.from], " ")
		if day := strings.TrimRight(place, ","); isWeekdayEnd(day) {
			place = day[:strings.LastIndexByte(day, ',')+1]
		}
	}
	place = strings.Trim(place, ", ")
	capitals, isName := placeForm(place)
	switch {
	case !isName, size == len(s) && !(dated && capitals):
		return Dateline{}, 0, false
	case !capitals && !dated && d.Agency == "":
		return Dateline{}, 0, false
	case capitals && !dated && d.Agency == "" && (len(place) < 4 || isLabel(place) || !startsSentence(s[size:])):
		return Dateline{}, 0, false
	}
	d.Place, d.Words = place, strings.TrimRight(words, ", ")
	return d, size, true
}

// findDash returns where the dash of a dateline stands and where the words after it
// begin, or -1.
func findDash(s string) (dash, after int) {
	for i := 1; i < len(s); i++ {
		if s[i] == '.' && i+2 < len(s) && s[i+1] == ' ' && i > 4 && isLower(rune(s[i-1])) && isLower(rune(s[i-2])) && monthOf(lastWord(s[:i])) == 0 {
			return -1, 0 // a sentence has ended
		}
		for _, sign := range dashes {
			if !strings.HasPrefix(s[i:], sign) {
				continue
			}
			end := i + len(sign)
			before, spaced := s[i-1] == ' ', end == len(s) || s[end] == ' '
			if before && spaced || len(sign) == 3 && (before || spaced || s[i-1] == ')') || len(sign) == 3 && spaced {
				return i, end + len(s[end:]) - len(strings.TrimLeft(s[end:], " "))
			}
		}
	}
	return -1, 0
}

func lastWord(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }

// cutAgency splits "(Harbour Newswire)" or "/Harbour Newswire/" off the end.
func cutAgency(s string) (rest, agency string) {
	for _, pair := range [...]string{"()", "//", "[]"} {
		if i := strings.LastIndexByte(strings.TrimRight(s, pair[1:]), pair[0]); i > 0 && s[len(s)-1] == pair[1] {
			return strings.TrimRight(s[:i], " ,"), strings.TrimSpace(s[i+1 : len(s)-1])
		}
	}
	return s, ""
}

// isWeekdayEnd reports whether "OSLO, Monday" ends with the name of a day.
func isWeekdayEnd(s string) bool {
	i := strings.LastIndexByte(s, ',')
	if i < 0 {
		return false
	}
	word := strings.ToLower(strings.Trim(s[i:], ", ."))
	return len(word) > 2 && dateWords[word] && strings.HasSuffix(word, "day")
}

// placeForm reports whether s can be a place, such as "NEW YORK", "Oslo" or
// "SPRINGFIELD, Illinois", and whether its first part is in capitals.
func placeForm(s string) (capitals, ok bool) {
	first, rest, _ := strings.Cut(s, ",")
	if s == "" || len(s) > 60 || len(strings.Fields(s)) > 6 {
		return false, false
	}
	if lead, _, _ := strings.Cut(first, " "); nameNoise[strings.ToLower(lead)] && lead != strings.ToUpper(lead) {
		return false, false // "In Oslo, March 5"
	}
	capitals = true
	for word := range strings.FieldsSeq(strings.ReplaceAll(first, "/", " ")) {
		r, _ := utf8.DecodeRuneInString(word)
		if !unicode.IsUpper(r) {
			if !words().particles[word] && word != "of" && word != "upon" {
				return false, false
			}
			continue
		}
		for _, r := range word {
			if !unicode.IsLetter(r) && r != '.' && r != '-' && r != '\'' && r != '’' {
				return false, false
			}
			capitals = capitals && !unicode.IsLower(r)
		}
	}
	for word := range strings.FieldsSeq(strings.ReplaceAll(rest, ",", " ")) {
		if !isNameWord(word) {
			return false, false
		}
	}
	return capitals, true
}

// isLabel reports whether words in capitals are no place: "BREAKING", "NATO".
func isLabel(s string) bool {
	for word := range strings.FieldsSeq(s) {
		if words().capitals[bare(word)] {
			return true
		}
	}
	return false
}

// startsSentence reports whether words begin as a sentence does.
func startsSentence(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "\"“‘'("))
	return unicode.IsUpper(r) || unicode.IsDigit(r) || strings.ContainsRune("$€£¥", r)
}

// takeDateline takes the dateline off the unit that the body begins with. It returns
// the unit that the body then begins with.
func (r *reader) takeDateline(i int) int {
	if i >= len(r.units) {
		return i
	}
	u := &r.units[i]
	d, size, ok := cutDateline(u.text)
	if !ok {
		return i
	}
	fields := strings.Fields(d.Words)
	if found, dated := findDay(fields, r.on); dated {
		d.Day = found.day
	}
	if size >= len(u.text) {
		d.Span = u.span()
		r.reading.Dateline = d
		return r.next(i + 1)
	}
	d.Span = u.cleaned.span(0, size)
	r.reading.Dateline = d
	u.cutHead(size)
	return i
}

// cutHead takes the first size bytes of the words away from the unit.
func (u *unit) cutHead(size int) {
	c := u.cleaned
	start := c.offset(size)
	if c.at == nil {
		u.cleaned = cleaned{text: c.text[size:], src: c.src, base: start}
	} else {
		at := make([]int32, len(c.at)-size)
		for k := range at {
			at[k] = c.at[size+k] - c.at[size]
		}
		u.cleaned = cleaned{text: c.text[size:], src: c.src, base: start, at: at}
	}
	u.words = 1 + strings.Count(u.text, " ")
}
