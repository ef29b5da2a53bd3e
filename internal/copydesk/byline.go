package copydesk

import (
	"strings"
)

// maxBylineWords bounds the line of a byline.
const maxBylineWords = 40

// credits are the words before the names in a byline. The colon or space after them
// is part of them.
var credits = [...]string{
	"by: ", "by ", "words by ", "words: ", "text by ", "text: ", "written by ", "story by ", "reported by ", "reporting by ",
	"author: ", "authors: ", "opinion by ", "analysis by ", "comment by ", "posted by ", "published by ", "from ",
}

// cutCredit returns the length of the words before the names, or zero.
func cutCredit(s string) int {
	for _, c := range credits {
		if len(s) > len(c) && strings.EqualFold(s[:len(c)], c) {
			if c == "from " && !strings.HasPrefix(s, "FROM ") && !strings.HasPrefix(s, "From ") {
				return 0
			}
			return len(c)
		}
	}
	return 0
}

// looksLikeByline reports whether a line is a byline that says so itself.
func looksLikeByline(s string) bool {
	if len(s) > 600 || cutCredit(strings.Trim(s, "*_ ")) == 0 {
		return false
	}
	found, ok := parseByline(s, false)
	return ok && len(found.names) > 0
}

// bylineName is a name in a byline with what belongs to it. at is where it stands.
type bylineName struct {
	name, role, place string
	at                int
}

// bylineLine is what a line of bylines holds.
type bylineLine struct {
	names []bylineName
	dates []string // the words of a day on the same line
	open  bool     // the last names have no role yet: it may follow on the next line
}

// parseByline reads a line such as
//
//	By Jane Roe | Senior Markets Correspondent
//	By Jane Roe in London and Ola Berg in Oslo
//	Jane Roe, Deals Editor
//
// bare allows the last form, without "By", for which the name needs a role.
func parseByline(s string, bare bool) (bylineLine, bool) {
	if strings.Count(s, " ") >= maxBylineWords || len(s) > 600 {
		return bylineLine{}, false
	}
	start := len(s) - len(strings.TrimLeft(s, "*_ "))
	s = strings.TrimRight(s, "*_ ")
	if start > len(s) {
		return bylineLine{}, false
	}
	credit := cutCredit(s[start:])
	if credit == 0 && !bare || strings.EqualFold(s[start:start+credit], "from ") && !strings.ContainsAny(s, "|,") && !strings.Contains(s, " in ") {
		return bylineLine{}, false
	}
	p := bylineParser{s: s}
	for i, piece := range splitAt(s, start+credit, "|", " · ", " – ", " — ", " - ", "\t", " / ", " • ") {
		if !p.segment(piece, i > 0) {
			return bylineLine{}, false
		}
	}
	if len(p.line.names) == 0 {
		return bylineLine{}, false
	}
	if first := p.line.names[0]; credit == 0 && (!isPersonName(first.name) || !isWholeRole(first.role)) {
		return bylineLine{}, false
	}
	p.line.open = p.line.names[len(p.line.names)-1].role == ""
	return p.line, true
}

// parseNames reads a line of nothing but persons' names: "Jane Roe and Ola Berg".
func parseNames(s string) (bylineLine, bool) {
	if strings.Count(s, " ") > 12 {
		return bylineLine{}, false
	}
	found, ok := parseByline("By "+s, false)
	if !ok {
		return bylineLine{}, false
	}
	for i := range found.names {
		n := &found.names[i]
		if !isPersonName(n.name) || n.role != "" || n.place != "" {
			return bylineLine{}, false
		}
		n.at -= len("By ")
	}
	return found, true
}

// isWholeRole reports whether a role is that and no headline with such a word in it:
// it ends with what somebody is, or goes on with "of", "at", "for" or a comma.
func isWholeRole(s string) bool {
	if strings.Count(s, " ") > 7 {
		return false
	}
	s, _, _ = strings.Cut(s, ",")
	for _, link := range [...]string{" of ", " at ", " for ", " in "} {
		s, _, _ = strings.Cut(s, link)
	}
	return words().roles[bare(lastWord(s))]
}

// piece is s[start:end], without space around it.
type piece struct{ start, end int }

// splitAt splits s[from:] at any of the separators.
func splitAt(s string, from int, separators ...string) []piece {
	var pieces []piece
	start := from
	for i := from; i < len(s); {
		size := 0
		for _, sep := range separators {
			if strings.HasPrefix(s[i:], sep) {
				size = len(sep)
				break
			}
		}
		if size == 0 {
			i++
			continue
		}
		pieces = append(pieces, trimPiece(s, start, i))
		i += size
		start = i
	}
	return append(pieces, trimPiece(s, start, len(s)))
}

func trimPiece(s string, start, end int) piece {
	for start < end && s[start] == ' ' {
		start++
	}
	for start < end && s[end-1] == ' ' {
		end--
	}
	return piece{start, end}
}

type bylineParser struct {
	s    string
	line bylineLine
	// group is the first of the names that share the next role: "By A and B, reporters".
	group int
}

// segment reads what stands between two bars. later says that names came before.
func (p *bylineParser) segment(at piece, later bool) bool {
	text := p.s[at.start:at.end]
	switch {
	case text == "":
		return later
	case later && isDateLine(strings.Fields(text)):
		p.line.dates = strings.Fields(text)
		return true
	case later && isReadingTime(text):
		return true
	case later && len(p.line.names) > 0 && !cutNextName(text) && (isRole(text) || isAffiliation(text) || strings.Count(text, " ") < 6):
		return p.role(strings.TrimRight(text, "."))
	case later:
		return false
	}
	parts := splitAt(p.s[:at.end], at.start, ",", ";", " and ", " AND ", " And ", " & ")
	for i, part := range parts {
		next := ""
		if i+1 < len(parts) {
			next = p.s[parts[i+1].start:parts[i+1].end]
		}
		if !p.part(part, next) {
			return false
		}
	}
	return true
}

// cutNextName reports whether a segment is a byline of its own.
func cutNextName(text string) bool { return cutCredit(text) > 0 }

func isReadingTime(s string) bool {
	tokens, ok := tokenize(s)
	if !ok {
		return false
	}
	f, ok := words().furniture.find(tokens)
	return ok && f.reason == "reading time"
}

// part reads one name with its place, or the role of the names before it. next is the
// part after it.
func (p *bylineParser) part(at piece, next string) bool {
	for _, and := range [...]string{"and ", "AND ", "& ", "by ", "By "} {
		if strings.HasPrefix(p.s[at.start:at.end], and) {
			at = trimPiece(p.s, at.start+len(and), at.end)
		}
	}
	text := p.s[at.start:at.end]
	if text == "" {
		return true // after the comma of "A, and B"
	}
	if i := strings.IndexByte(text, '('); i > 0 && strings.HasSuffix(text, ")") {
		inner := text[i+1 : len(text)-1]
		if !p.part(trimPiece(p.s, at.start, at.start+i), "") {
			return false
		}
		if strings.ContainsAny(inner, "@") {
			return true
		}
		return p.role(inner)
	}
	name, place := text, ""
	if !isRole(text) || strings.Contains(text, " IN ") {
		name, place = cutPlace(text)
	}
	first := len(p.line.names) == 0
	afterRole := !first && p.group == len(p.line.names) && strings.HasSuffix(strings.TrimRight(p.s[:at.start], " "), ",")
	switch {
	case afterRole && !isRole(next) && !isAffiliation(next):
		return p.role(text) // "Jane Roe, Deals Editor, New York"
	case isByName(name) && (first || isPersonName(name) && !isRole(name) && !isAffiliation(name)):
		p.line.names = append(p.line.names, bylineName{name: lowerName(name), place: place, at: at.start})
		return true
	case first:
		return false
	case isRole(text) || isAffiliation(text):
		return p.role(text)
	case isNameWord(text) && p.last().place != "":
		p.last().place += ", " + text // "in Washington, D.C."
		return true
	case isNameWord(text) && p.last().role == "":
		p.last().place = lowerName(text)
		return true
	case p.last().role != "" && !endsWithStop(text):
		p.last().role += ", " + text
		return true
	}
	return false
}

func (p *bylineParser) last() *bylineName { return &p.line.names[len(p.line.names)-1] }

// role gives the role to the names that have none yet.
func (p *bylineParser) role(text string) bool {
	if p.group == len(p.line.names) {
		p.last().role += ", " + text
		return len(p.last().role) < 200
	}
	text = strings.TrimPrefix(strings.TrimPrefix(text, "our "), "Our ")
	for i := p.group; i < len(p.line.names); i++ {
		p.line.names[i].role = lowerName(text)
	}
	p.group = len(p.line.names)
	return true
}

// cutPlace splits "Jane Roe in London".
func cutPlace(s string) (name, place string) {
	for _, in := range [...]string{" in ", " IN ", " for "} {
		if name, place, ok := strings.Cut(s, in); ok && isNameWord(strings.SplitN(place, " ", 2)[0]) {
			if in == " for " {
				return name, ""
			}
			return name, lowerName(place)
		}
	}
	return s, ""
}

// addBylines puts the names of the unit i into the reading and returns the unit after
// them and after a role on the next line.
func (r *reader) addBylines(i int, found bylineLine) int {
	u := &r.units[i]
	if len(found.dates) > 0 {
		r.noteDays(found.dates)
	}
	begin := len(r.reading.Bylines)
	for k, n := range found.names {
		from, to := n.at, len(u.text)
		if k == 0 {
			from = 0
		}
		if k+1 < len(found.names) {
			to = found.names[k+1].at
		}
		span := u.cleaned.span(from, to)
		if k+1 == len(found.names) {
			span.End = u.stop
		}
		r.reading.Bylines = append(r.reading.Bylines, Byline{Span: span, Name: n.name, Role: n.role, Place: n.place})
	}
	next := r.next(i + 1)
	if !found.open || next != i+1 || next >= len(r.units) {
		return next
	}
	role := &r.units[next]
	text := strings.Trim(role.text, "*_|–— ")
	if role.words > 9 || endsWithStop(text) || text == "" || !isRole(text) || strings.Contains(text, " by ") || looksLikeByline(text) {
		return next
	}
	if _, bareByline := parseByline(text, true); bareByline {
		return next
	}
	for k := begin; k < len(r.reading.Bylines); k++ {
		if b := &r.reading.Bylines[k]; b.Role == "" {
			b.Role = lowerName(text)
		}
	}
	last := &r.reading.Bylines[len(r.reading.Bylines)-1]
	last.End = role.stop
	last.Text += " " + role.text
	return r.next(next + 1)
}
