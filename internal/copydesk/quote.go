package copydesk

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"standfirst"
)

// passage is a paragraph in which quotations are looked for.
type passage struct {
	cleaned
	apart bool // something that is no paragraph stands before it
}

// quotationsInBlocks returns the quotations in the running text of the blocks.
func quotationsInBlocks(text string, blocks []Block) []standfirst.Quotation {
	var passages []passage
	apart := false
	add := func(start, end int) {
		passages = append(passages, passage{clean(text, start, end, nil), apart})
		apart = false
	}
	for _, b := range blocks {
		switch b.Kind {
		case Paragraph:
			add(b.Start, b.End)
		case Note, Question, Answer:
			add(max(b.Start, b.Label.End), b.End)
		case List:
			for _, item := range b.Items {
				apart = true
				add(item.Start, item.End)
			}
			apart = true
		default:
			apart = true
		}
	}
	return findQuotations(passages)
}

// findQuotations finds the quotations in passages that follow each other.
//
// Words between quotation marks count as a quotation if a clause beside them says that
// somebody said them, or if they are a whole sentence of four words or more. Others are
// a fragment in the reporter's own sentence, a title or irony, and are left alone.
func findQuotations(passages []passage) []standfirst.Quotation {
	f := &quoteFinder{known: map[string]standfirst.Speaker{}}
	for i, p := range passages {
		goesOn := i+1 < len(passages) && !passages[i+1].apart && opensQuote(passages[i+1].text)
		f.read(p, goesOn)
	}
	return f.found
}

type quoteFinder struct {
	found []standfirst.Quotation
	// known are the speakers so far by the last word of their names. A name that two
	// speakers share is kept with an empty Speaker.
	known map[string]standfirst.Speaker
	// running tells that the last passage ended within a quotation, by the speaker.
	running bool
	speaker standfirst.Speaker
	// before spoke right before the stretch beforeAt, whose own clause names nobody.
	before   standfirst.Speaker
	beforeAt int
}

// stretch is words between quotation marks, with the marks, in bytes of the cleaned
// text. An open one has no closing mark.
type stretch struct {
	start, end int
	mark       int // bytes of the opening mark
	open       bool
}

func (s stretch) inner(text string) string {
	text = text[s.start+s.mark : s.end]
	if s.open {
		return text
	}
	_, size := utf8.DecodeLastRuneInString(text)
	return text[:len(text)-size]
}

// stretches pairs the quotation marks of a passage.
func stretches(text string) []stretch {
	var found []stretch
	start, mark := -1, ""
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case c == '"':
			opens, closes := canOpen(text, i, 1), i > 0 && text[i-1] != ' '
			switch {
			case start < 0 && opens, start >= 0 && mark == "\"" && opens && !closes:
				start, mark = i, "\""
			case start >= 0 && mark == "\"" && closes:
				found = append(found, stretch{start, i + 1, 1, false})
				start = -1
			}
			i++
			continue
		case c != 0xe2 || i+2 >= len(text) || text[i+1] != 0x80:
			i++
			continue
		}
		switch sign := text[i : i+3]; {
		case sign == "“", sign == "‘" && start < 0 && canOpen(text, i, 3):
			if start < 0 || mark != "\"" {
				start, mark = i, sign
			}
		case sign == "”" && start >= 0 && mark == "“", sign == "’" && start >= 0 && mark == "‘" && closesSingle(text, i):
			found = append(found, stretch{start, i + 3, 3, false})
			start = -1
		}
		i += 3
	}
	if start >= 0 && mark != "‘" {
		found = append(found, stretch{start, len(text), len(mark), true})
	}
	return found
}

// canOpen reports whether the mark of the given size at i stands before a word.
func canOpen(text string, i, size int) bool {
	if i+size >= len(text) || text[i+size] == ' ' {
		return false
	}
	if i == 0 {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(text[:i])
	return strings.ContainsRune(" ([—–-:;/…‘'>", r)
}

// closesSingle tells a closing mark from an apostrophe: it stands after a stop.
func closesSingle(text string, i int) bool {
	return i > 0 && strings.IndexByte(",.?!", text[i-1]) >= 0 && (i+3 == len(text) || text[i+3] == ' ' || text[i+3] == ',' || text[i+3] == '.')
}

// read finds the quotations of a passage. goesOn tells that the next passage begins
// with a quotation mark, so that an open quotation goes on there.
func (f *quoteFinder) read(p passage, goesOn bool) {
	text := p.text
	if p.apart {
		f.running = false
	}
	if _, ok := splitVoice(text); ok {
		f.running = false
		return
	}
	found := stretches(text)
	if n := len(found); n > 0 && found[n-1].open && !goesOn {
		found = found[:n-1] // a mark without its partner
	}
	running := f.running
	f.running, f.beforeAt = false, 0
	for k := 0; k < len(found); {
		k = f.readAt(p, found, k, running && k == 0 && found[0].start == 0)
	}
}

// readAt reads the quotation that begins with the stretch k and returns the first
// stretch after it. continued tells that it goes on from the passage before.
func (f *quoteFinder) readAt(p passage, found []stretch, k int, continued bool) int {
	text, first := p.text, found[k]
	after := f.clauseAfter(text, found, k)
	before := f.clauseBefore(text, found, k)
	if !after.ok && !before.ok && !continued && !isSpeech(text, first) {
		return k + 1
	}
	clause := after
	if !after.ok || after.speaker.Name == "" && before.speaker.Name != "" {
		clause = before
	}
	byPronoun := after.ok && saidByPronoun(text[first.end:])
	parts := []stretch{first}
	next := k + 1
	for after.ok && after.whole && next < len(found) {
		following := f.clauseAfter(text, found, next)
		if following.ok && endsSentence(text[found[next-1].end:found[next].start]) {
			// Each has its speaker: two quotations, of one person if the second is a pronoun.
			if following.speaker.Name == "" {
				f.before, f.beforeAt = clause.speaker, next
			}
			break
		}
		if following.ok && following.speaker.Name != "" && following.speaker.Name != clause.speaker.Name {
			break
		}
		parts = append(parts, found[next])
		if clause.speaker.Name == "" && following.ok {
			clause = following
		}
		after = following
		next++
	}
	if clause.speaker.Name == "" && continued {
		clause.speaker = f.speaker
	}
	if clause.speaker.Name == "" && k > 0 && k == f.beforeAt {
		clause.speaker = f.before
	}
	if clause.speaker.Name == "" && byPronoun {
		clause.speaker = f.personBefore(text[:first.start])
	}
	f.remember(clause.speaker)
	f.add(p, parts, clause)
	if parts[len(parts)-1].open {
		f.running, f.speaker = true, clause.speaker
	}
	return next
}

// add puts a quotation into what was found.
func (f *quoteFinder) add(p passage, parts []stretch, clause clause) {
	q := standfirst.Quotation{Speaker: clause.speaker}
	said := make([]string, len(parts))
	for i, part := range parts {
		q.Parts = append(q.Parts, p.reach(part.start, part.end))
		said[i] = strings.TrimSpace(part.inner(p.text))
	}
	q.Text = strings.Join(said, " ")
	q.Start, q.End = q.Parts[0].Start, q.Parts[len(q.Parts)-1].End
	if clause.nameEnd > clause.nameStart && clause.nameStart > parts[0].end && clause.nameEnd < parts[len(parts)-1].start {
		q.NameAt = p.reach(clause.nameStart, clause.nameEnd)
	}
	f.found = append(f.found, q)
}

// isSpeech reports whether a stretch is a whole sentence of four words or more.
func isSpeech(text string, s stretch) bool {
	inner := strings.TrimSpace(s.inner(text))
	if strings.Count(inner, " ") < 3 {
		return false
	}
	if r, _ := utf8.DecodeRuneInString(inner); unicode.IsLower(r) {
		return false
	}
	lead := strings.TrimRight(text[:s.start], " ")
	starts := lead == "" || endsSentence(lead) || strings.HasSuffix(lead, ":") || strings.HasSuffix(lead, ",")
	if !starts {
		return false
	}
	return s.open || endsSentence(inner) || strings.HasPrefix(text[s.end:], ".") && !strings.HasSuffix(lead, ",")
}

// remember keeps a speaker whose whole name is known, for later mentions by surname.
func (f *quoteFinder) remember(s standfirst.Speaker) {
	if !strings.Contains(s.Name, " ") {
		return
	}
	key := surname(s.Name)
	if old, ok := f.known[key]; ok && old.Name != s.Name {
		f.known[key] = standfirst.Speaker{}
		return
	} else if ok && old.Role != "" {
		return
	}
	f.known[key] = s
}

// surname returns the last word of a name that is no suffix such as "Jr.".
func surname(name string) string {
	name, _, _ = strings.Cut(name, ",")
	fields := strings.Fields(name)
	for len(fields) > 1 && isSuffix(fields[len(fields)-1]) {
		fields = fields[:len(fields)-1]
	}
	return fields[len(fields)-1]
}

func isSuffix(word string) bool {
	switch strings.TrimRight(word, ".,") {
	case "Jr", "Sr", "II", "III", "IV":
		return true
	}
	return false
}

// resolve gives a speaker who is named by surname alone ("Roe", "Ms. Roe") the name,
// role and affiliation that the text gave before.
func (f *quoteFinder) resolve(s standfirst.Speaker) standfirst.Speaker {
	fields := strings.Fields(s.Name)
	if len(fields) > 1 && words().titles[strings.ToLower(fields[0])] {
		fields = fields[1:]
	}
	if len(fields) != 1 && !(len(fields) > 1 && s.Role == "") {
		return s
	}
	known, ok := f.known[surname(s.Name)]
	if !ok || known.Name == "" || len(fields) > 1 && known.Name != s.Name {
		return s
	}
	return known
}
