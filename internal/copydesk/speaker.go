package copydesk

import (
	"strings"

	"standfirst"
)

// speakerParser reads a noun phrase that names somebody, such as
//
//	Dr. Jane Roe, a strategist at the Calder Institute
//	Northwind Chief Executive Jane Roe
//	Northwind's chief executive, Jane Roe
//	analyst Jane Roe of Calder Capital
type speakerParser struct {
	s                  string
	speaker            standfirst.Speaker
	nameStart, nameEnd int
}

// word is a word of s without the comma after it.
type word struct {
	start, end int
	comma      bool
}

// wordAt returns the word that begins at or after i.
func (p *speakerParser) wordAt(i int) (word, bool) {
	for i < len(p.s) && p.s[i] == ' ' {
		i++
	}
	if i == len(p.s) {
		return word{}, false
	}
	end := i + strings.IndexByte(p.s[i:], ' ')
	if end < i {
		end = len(p.s)
	}
	w := word{start: i, end: end}
	for w.end > w.start && strings.IndexByte(",;:", p.s[w.end-1]) >= 0 {
		w.end--
		w.comma = true
	}
	return w, w.end > w.start
}

func (p *speakerParser) text(w word) string { return p.s[w.start:w.end] }

// isCapital reports whether a word may be in a run of capitals that holds a name.
func isCapital(s string) bool {
	return isNameWord(s) || strings.HasSuffix(s, "'s") && isNameWord(s[:len(s)-2]) || strings.Contains(s, "&") && len(s) > 1 && s[0] >= 'A' && s[0] <= 'Z'
}

// parse reads the phrase from i on and reports whether it names somebody.
func (p *speakerParser) parse(i int) bool {
	first, ok := p.wordAt(i)
	if !ok {
		return false
	}
	run := p.capitals(i)
	if len(run) > 0 {
		lower := strings.ToLower(p.text(first))
		if words().pronouns[lower] || nameNoise[lower] || words().crowds[lower] {
			if len(run) == 1 || lower != "the" {
				return p.afterPrefix(i)
			}
			run = run[1:]
		}
		next, more := p.wordAt(p.after(run[len(run)-1]))
		if possessive(p.text(run[len(run)-1])) && more && !run[len(run)-1].comma && isLower(rune(p.s[next.start])) {
			return p.afterPrefix(i) // "Northwind's chief executive, Jane Roe"
		}
		if more && !run[len(run)-1].comma && p.afterOwner(run, next) {
			return true
		}
		return p.fromRun(run)
	}
	return p.afterPrefix(i)
}

// afterOwner reads "Northwind chief executive Jane Roe": next, in lower case, begins the
// role of somebody whose name follows.
func (p *speakerParser) afterOwner(run []word, next word) bool {
	if text := p.text(next); !isLower(rune(text[0])) || notRoles[text] || organisationLinks[text] || text == "at" || !p.afterPrefix(next.start) {
		return false
	}
	if words().roles[bare(p.text(run[0]))] || offices[bare(p.text(next))] {
		p.speaker = standfirst.Speaker{}
		return p.afterPrefix(run[0].start) // "Chief executive Jane Roe", "Finance minister Ola Berg"
	}
	prior := ""
	if first := p.text(run[0]); len(run) > 1 && (first == "Former" || first == "Outgoing" || first == "Acting") {
		prior = strings.ToLower(first) + " "
		run = run[1:]
	}
	p.speaker.Role = prior + p.speaker.Role
	if p.speaker.Affiliation == "" {
		p.speaker.Affiliation = cutPossessive(p.s[run[0].start:run[len(run)-1].end])
	}
	return true
}

// after returns the index after the word and its comma.
func (p *speakerParser) after(w word) int {
	i := w.end
	for i < len(p.s) && p.s[i] != ' ' {
		i++
	}
	return i
}

// capitals returns the words with capitals from i on, and the particles between them.
func (p *speakerParser) capitals(i int) []word {
	var run []word
	solid := 0 // up to where the run ends with a capital
	for len(run) < 8 {
		w, ok := p.wordAt(i)
		if !ok {
			break
		}
		text := p.text(w)
		switch {
		case isCapital(text):
			run = append(run, w)
			solid = len(run)
		case len(run) > 0 && words().particles[text]:
			run = append(run, w)
		default:
			return run[:solid]
		}
		if w.comma {
			break
		}
		i = p.after(w)
	}
	return run[:solid]
}

func possessive(s string) bool { return strings.HasSuffix(s, "'s") || strings.HasSuffix(s, "’s") }

// fromRun takes the name out of a run of capitals that may begin with a role or a
// company.
func (p *speakerParser) fromRun(run []word) bool {
	name := 0
	for k, w := range run {
		if k+1 < len(run) && words().roles[bare(p.text(w))] && !words().titles[strings.ToLower(p.text(w))] {
			name = k + 1
		}
		if possessive(p.text(w)) && k+1 < len(run) && name == 0 {
			p.speaker.Affiliation = cutPossessive(p.text(w))
			name = k + 1
		}
	}
	if name > 0 && p.speaker.Affiliation == "" {
		p.roleFromRun(run[:name])
	}
	run = run[name:]
	if possessive(p.text(run[len(run)-1])) {
		return false
	}
	return p.setName(run[0], run[len(run)-1])
}

// roleFromRun takes apart "Northwind Chief Executive" and "Finance Minister". Before a
// chief stands a company; before others there is no telling.
func (p *speakerParser) roleFromRun(run []word) {
	role := 0
	for k, w := range run {
		if words().roles[bare(p.text(w))] && words().chiefs[bare(p.text(w))] {
			role = k
			break
		}
	}
	if role > 0 {
		p.speaker.Affiliation = cutPossessive(p.s[run[0].start:run[role-1].end])
	}
	p.speaker.Role = p.s[run[role].start:run[len(run)-1].end]
}

func cutPossessive(s string) string {
	return strings.TrimSuffix(strings.TrimSuffix(s, "'s"), "’s")
}

// afterPrefix reads a role in lower case before the name: "chief executive Jane Roe",
// "the bank's chief economist, Jane Roe". The word before the name must say what
// somebody is.
func (p *speakerParser) afterPrefix(i int) bool {
	start, n := i, 0
	var last word
	hasRole := false // a word of the phrase says what somebody is
	for {
		w, ok := p.wordAt(i)
		if !ok || n > 10 {
			return false
		}
		text := p.text(w)
		if n > 0 && isCapital(text) && (words().roles[bare(p.text(last))] || last.comma) {
			break
		}
		hasRole = hasRole || words().roles[bare(text)]
		if words().verbs[text] || text == "who" || last.comma || w.comma && !hasRole {
			return false
		}
		last, n = w, n+1
		i = p.after(w)
	}
	run := p.capitals(i)
	if len(run) < 2 {
		return false
	}
	role := strings.TrimSpace(p.s[start:last.end])
	if k := strings.LastIndex(role, "'s "); k >= 0 {
		p.ownerBefore(role[:k])
		role = role[k+3:]
	} else if k := strings.LastIndex(role, "’s "); k >= 0 {
		p.ownerBefore(role[:k])
		role = role[k+len("’s "):]
	}
	for _, article := range [...]string{"the ", "a ", "an ", "its ", "The ", "A ", "An ", "Its "} {
		role = strings.TrimPrefix(role, article)
	}
	if first := strings.SplitN(role, " ", 2); len(first) == 2 && isNameWord(first[0]) && !words().roles[bare(first[0])] && !offices[bare(first[1])] && p.speaker.Affiliation == "" {
		p.speaker.Affiliation, role = first[0], first[1]
	}
	p.speaker.Role = role
	return p.setName(run[0], run[len(run)-1])
}

// ownerBefore keeps the company in "Northwind's"; "the bank's" names none.
func (p *speakerParser) ownerBefore(s string) {
	if isCapital(strings.SplitN(s, " ", 2)[0]) && !strings.HasPrefix(s, "The ") {
		p.speaker.Affiliation = s
	}
}

// setName sets the name and reads on after it.
func (p *speakerParser) setName(first, last word) bool {
	p.nameStart, p.nameEnd = first.start, last.end
	name := p.s[p.nameStart:p.nameEnd]
	if last.end < len(p.s) && p.s[last.end] == ',' {
		if w, ok := p.wordAt(last.end + 1); ok && isSuffix(p.text(w)) {
			p.nameEnd = w.end
			name = p.s[p.nameStart:p.nameEnd]
			last = w
		}
	}
	if !strings.Contains(name, " ") && (words().crowds[strings.ToLower(name)] || words().roles[strings.ToLower(name)] || nameNoise[strings.ToLower(name)] || len(name) < 2) {
		return false
	}
	if next, ok := p.wordAt(p.after(last)); ok && !last.comma && first.start == 0 && isParticiple(name) && beginsPlace[p.text(next)] {
		return false // "Speaking in Oslo, Jane Roe said"
	}
	p.speaker.Name = strings.TrimRight(name, "-'’")
	p.readOn(last)
	return true
}

// beginsPlace are the words between a participle and where or when it was.
var beginsPlace = wordSet{"in": true, "at": true, "to": true, "on": true, "after": true, "before": true, "from": true, "during": true, "by": true, "about": true, "outside": true}

// isParticiple reports whether a word may be one, such as "Speaking".
func isParticiple(word string) bool {
	return len(word) > 5 && strings.HasSuffix(word, "ing") && !strings.Contains(word, " ")
}

// readOn reads what follows the name: ", a strategist at the Calder Institute," or "of
// Calder Capital".
func (p *speakerParser) readOn(last word) {
	i := p.after(last)
	if !last.comma {
		w, ok := p.wordAt(i)
		if !ok || p.speaker.Affiliation != "" {
			return
		}
		switch p.text(w) {
		case "of", "at", "from", "with":
			p.speaker.Affiliation = p.organisation(p.after(w))
		}
		return
	}
	for range 2 {
		rest := strings.TrimLeft(p.s[min(i, len(p.s)):], " ")
		part := rest
		if k := partEnd(rest); k >= 0 {
			part = rest[:k]
		}
		i = len(p.s) - len(rest) + len(part) + 1
		if isNumber(strings.TrimSpace(part)) {
			continue // an age
		}
		p.apposition(strings.TrimSpace(part))
		return
	}
}

// partEnd returns where an apposition ends: at a comma that no number or suffix holds.
func partEnd(s string) int {
	for i := range len(s) {
		switch s[i] {
		case ';', ':', '(':
			return i
		case ',':
			if i+1 == len(s) || s[i+1] == ' ' {
				if rest := strings.TrimLeft(s[i+1:], " "); !strings.HasPrefix(rest, "Inc") && !strings.HasPrefix(rest, "Ltd") {
					return i
				}
			}
		}
	}
	return -1
}

// skip returns the index after the word at i if it is the given one, and else i.
func (p *speakerParser) skip(i int, text string) int {
	if w, ok := p.wordAt(i); ok && p.text(w) == text {
		return p.after(w)
	}
	return i
}
