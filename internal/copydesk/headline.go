package copydesk

import (
	"strings"
)

const (
	maxHeadUnits     = 16  // the head of a story ends there at the latest
	maxHeadlineWords = 34  // in all its lines
	maxHeadlineBytes = 320 // under the publication's limit for headlines
	maxSummaryWords  = 60
)

// readHead reads what stands above the body and returns the unit that the body
// begins with.
func (r *reader) readHead() int {
	r.dropDateLines()
	i := r.next(0)
	if i == len(r.units) {
		return i
	}
	if r.next(i+1) == len(r.units) && !strings.HasPrefix(r.units[i].text, "# ") {
		return r.takeDateline(i) // one paragraph is a flash, and a headline needs a body
	}
	if found, ok := parseByline(r.units[i].text, false); ok && !r.units[i].prose {
		after := r.addBylines(i, found)
		if after < len(r.units) && r.isHeadline(after) && r.next(after+1) < len(r.units) {
			i = r.takeHeadline(after)
		} else {
			i = after
		}
		return r.takeDateline(r.takeBylines(i))
	}
	i = r.takeKicker(i)
	if !r.isHeadline(i) {
		return r.takeDateline(i)
	}
	i = r.takeHeadline(i)
	i = r.takeSummary(r.takeStandfirst(r.takeSummary(i)))
	return r.takeDateline(r.takeSummary(r.takeBylines(i)))
}

// dateReason is why a line that states days is dropped.
const dateReason = "publication date"

// dropDateLines drops the lines above the body that state when it was published. Of
// days without such a word only a single one is dropped: several are the entries of a
// calendar.
func (r *reader) dropDateLines() {
	signed, summary := false, false
	var unlabelled []int
	for i := 0; i < len(r.units) && i < maxHeadUnits; i++ {
		u := &r.units[i]
		if u.dropped != "" || u.words > maxBylineWords && !u.prose {
			continue
		}
		if u.prose && (signed || summary || u.words > 30) {
			break
		}
		summary = summary || u.prose && endsWithStop(u.text)
		signed = signed || looksLikeByline(u.text)
		fields := cutReadingTime(strings.Fields(u.text))
		switch {
		case u.words > 24 || !isDateLine(fields):
		case statesPublication(fields):
			r.noteDays(fields)
			r.drop(i, dateReason)
		default:
			unlabelled = append(unlabelled, i)
		}
	}
	if len(unlabelled) == 1 {
		r.noteDays(cutReadingTime(strings.Fields(r.units[unlabelled[0]].text)))
		r.drop(unlabelled[0], dateReason)
	}
}

// readingTimeWords is how many words "4 min read" has.
const readingTimeWords = 3

// cutReadingTime takes a reading time off either end of a line of days.
func cutReadingTime(fields []string) []string {
	n := len(fields) - readingTimeWords
	switch {
	case n <= 0:
	case isReadingTime(strings.Join(fields[n:], " ")):
		return fields[:n]
	case isReadingTime(strings.Join(fields[:readingTimeWords], " ")):
		return fields[readingTimeWords:]
	}
	return fields
}

// statesPublication reports whether a line of days begins with a word such as
// "Published" or "Updated".
func statesPublication(fields []string) bool {
	first := bare(fields[0])
	return dateWords[first] && (strings.HasSuffix(first, "ed") && first != "wed" || first == "last" || first == "first" || first == "date")
}

// takeKicker takes the line above the headline, if there is one, and returns the unit
// after it.
func (r *reader) takeKicker(i int) int {
	u := &r.units[i]
	next := r.next(i + 1)
	if u.words > 6 || endsSentence(u.text) || next >= len(r.units) || strings.HasPrefix(u.text, "#") || r.next(next+1) == len(r.units) {
		return i
	}
	head := &r.units[next]
	if !r.isHeadline(next) && !strings.HasPrefix(head.text, "# ") || head.words < 4 || head.words <= u.words {
		return i
	}
	known := true
	for word := range strings.FieldsSeq(u.text) {
		if b := bare(word); b != "" && !words().kickers[b] {
			known = false
		}
	}
	shouts := u.words <= 3 && u.text == strings.ToUpper(u.text) && (head.gap || head.text != strings.ToUpper(head.text))
	barred := strings.Contains(u.text, " | ") && strings.Count(u.text, "|") < 3
	if !known && !shouts && !barred && !(next == r.titled && u.words <= 3) {
		return i
	}
	r.reading.Kicker = u.span()
	return next
}

// isHeadline reports whether the unit can be the headline of what follows.
func (r *reader) isHeadline(i int) bool {
	u := &r.units[i]
	if strings.HasPrefix(u.text, "# ") {
		return true
	}
	if u.words > maxHeadlineWords || len(u.text) > maxHeadlineBytes || u.tabs || r.next(i+1) == len(r.units) {
		return false
	}
	if _, _, isItem := cutMarker(u.text); isItem || strings.HasPrefix(u.text, ">") || strings.HasPrefix(u.text, "##") {
		return false
	}
	if _, _, isTime := cutTime(u.text); isTime {
		return false
	}
	if _, _, dated := cutDateline(u.text); dated {
		return false
	}
	if _, _, isTurn := cutTurn(u.text); isTurn {
		return false
	}
	if _, ok := splitVoice(u.text); ok {
		return false
	}
	if endsWithStop(u.text) || strings.HasSuffix(u.text, ";") || strings.HasSuffix(u.text, ",") || strings.HasSuffix(u.text, ":") {
		// Published headlines have no stop. With one, only a byline right below tells.
		_, ok := r.bylineAt(r.next(i + 1))
		return ok && u.words <= 20 && !strings.HasSuffix(u.text, ";")
	}
	return true
}

// takeHeadline takes the headline, with its second line if it has one, and returns
// the unit after it.
func (r *reader) takeHeadline(i int) int {
	r.dropWireMarks(i)
	u := &r.units[i]
	span := u.span()
	next := r.next(i + 1)
	if text, isMarkdown := strings.CutPrefix(span.Text, "# "); isMarkdown {
		span.Text = strings.TrimRight(strings.TrimSpace(text), " #")
		r.reading.Headline = span
		return next
	}
	if next == i+1 && r.isSecondLine(i, next) {
		second := &r.units[next]
		span.End = second.stop
		span.Text += " " + second.text
		next = r.next(next + 1)
	}
	r.reading.Headline = trimMarks(span)
	return next
}

// trimMarks takes the asterisks of bold type off the words of a span.
func trimMarks(s Span) Span {
	for len(s.Text) > 4 && strings.HasPrefix(s.Text, "**") && strings.HasSuffix(s.Text, "**") {
		s.Text = strings.TrimSpace(s.Text[2 : len(s.Text)-2])
	}
	return s
}

// hangingWords end the first line of a headline that goes on, or begin the second.
var hangingWords = wordSet{
	"to": true, "of": true, "for": true, "in": true, "and": true, "or": true, "the": true, "a": true, "an": true, "as": true,
	"with": true, "on": true, "at": true, "by": true, "from": true, "after": true, "over": true, "its": true, "that": true,
	"amid": true, "into": true, "but": true, "than": true, "is": true, "are": true, "will": true, "against": true, "before": true,
}

// isSecondLine reports whether the unit next goes on with the headline in unit i: no
// blank line between them, and a blank line or the byline after it.
func (r *reader) isSecondLine(i, next int) bool {
	if next >= len(r.units) {
		return false
	}
	u, second := &r.units[i], &r.units[next]
	after := r.next(next + 1)
	if second.gap || second.prose || after >= len(r.units) || u.words+second.words > maxHeadlineWords || len(u.text)+len(second.text) >= maxHeadlineBytes {
		return false
	}
	if _, ok := r.bylineAt(next); ok || !r.isHeadline(next) || endsSentence(u.text) {
		return false
	}
	if _, ok := r.bylineAt(after); !ok && !r.units[after].gap {
		return false
	}
	last, first := bare(lastWord(u.text)), bare(strings.SplitN(second.text, " ", 2)[0])
	hangs := hangingWords[last] || hangingWords[first] || strings.HasSuffix(u.text, ",") || isLower(rune(second.text[0]))
	// A capital begins a line of a headline that has capitals throughout. After a
	// sentence it begins another: the standfirst.
	return hangs || second.words <= 3 || u.words <= 9 && second.words <= 9 && isTitleCase(u.text)
}

// isTitleCase reports whether most of the longer words begin with a capital.
func isTitleCase(s string) bool {
	capitals, all := 0, 0
	for word := range strings.FieldsSeq(s) {
		if len(word) > 3 {
			all++
			if !isLower(rune(word[0])) {
				capitals++
			}
		}
	}
	return capitals*4 > all*3
}

// takeStandfirst takes the summary between headline and byline and returns the unit
// after it. Without a byline only a dateline below it, or italics, tell a summary from
// the first paragraph: otherwise there is none.
func (r *reader) takeStandfirst(i int) int {
	next := r.next(i + 1)
	if i >= len(r.units) || next >= len(r.units) {
		return i
	}
	u := &r.units[i]
	if u.words > maxSummaryWords || u.words < 4 || u.tabs || strings.HasPrefix(u.text, "#") || strings.HasPrefix(u.text, ">") {
		return i
	}
	if _, _, isItem := cutMarker(u.text); isItem {
		return i
	}
	if _, ok := r.bylineAt(i); ok {
		return i
	}
	if _, _, ok := cutDateline(u.text); ok {
		return i
	}
	_, signed := r.bylineAt(next)
	_, _, dated := cutDateline(r.units[next].text)
	if !signed && !dated && !isItalic(u.text) {
		return i
	}
	span := u.span()
	span.Text = strings.Trim(span.Text, "*_ ")
	r.reading.Standfirst = span
	return next
}

// isItalic reports whether a whole paragraph is set in italics or bold, by Markdown.
func isItalic(s string) bool {
	return len(s) > 4 && (s[0] == '*' || s[0] == '_') && s[0] == s[len(s)-1] && s[1] != ' ' && endsWithStop(s)
}

// takeBylines takes the bylines from unit i on and returns the unit after them.
func (r *reader) takeBylines(i int) int {
	for {
		found, ok := r.bylineAt(i)
		if !ok || i >= maxHeadUnits*2 {
			return i
		}
		i = r.addBylines(i, found)
	}
}

// bylineAt reads the unit as a byline: one that says so, a name with a role, names
// above the date of publication, or a name above a role.
func (r *reader) bylineAt(i int) (bylineLine, bool) {
	if i >= len(r.units) || r.units[i].prose || r.units[i].words > maxBylineWords {
		return bylineLine{}, false
	}
	text := r.units[i].text
	if endsWithStop(text) && r.units[i].words > 12 {
		return bylineLine{}, false
	}
	if found, ok := parseByline(text, true); ok {
		return found, true
	}
	if i > 0 && i+1 < len(r.units) && r.units[i+1].dropped == dateReason {
		if found, ok := parseNames(text); ok {
			return found, true
		}
	}
	next := r.next(i + 1)
	if next != i+1 || next >= len(r.units) || r.units[next].gap || !isPersonName(text) || r.units[i].words > 4 || !r.units[i].gap {
		return bylineLine{}, false
	}
	if role := &r.units[next]; role.words <= 8 && !endsSentence(role.text) && isRole(role.text) && i > 0 {
		return bylineLine{names: []bylineName{{name: lowerName(text)}}, open: true}, true
	}
	return bylineLine{}, false
}
