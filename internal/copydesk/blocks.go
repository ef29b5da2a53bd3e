package copydesk

import (
	"strings"
)

// readBody turns the units from first on into blocks. Units before it that nothing
// has taken do not exist: readHead takes them one after the other.
func (r *reader) readBody(first int) {
	b := &bodyReader{reader: r, notes: r.hasNotes(first), turns: r.hasTurns(first), numbered: r.numbersAreSubheads(first), lone: r.hasLoneNumbers(first)}
	for i := r.next(first); i < len(r.units); {
		i = r.next(b.block(i))
	}
}

// bodyReader reads the blocks of the body.
type bodyReader struct {
	*reader
	notes    bool // entries of live notes
	turns    bool // "Q:" and "A:"
	numbered bool // numbered lines stand above paragraphs: a list story
	lone     bool // the same, with the numbers on lines of their own
}

func (b *bodyReader) add(block Block) { b.reading.Blocks = append(b.reading.Blocks, block) }

// block reads the block that begins with the unit i and returns the unit after it.
func (b *bodyReader) block(i int) int {
	u := &b.units[i]
	for _, read := range [...]func(int) (int, bool){b.table, b.quote, b.loneHead, b.voices, b.list, b.note, b.turn, b.subhead} {
		if next, ok := read(i); ok {
			return next
		}
	}
	b.add(Block{Span: u.span(), Kind: Paragraph})
	return i + 1
}

// join returns a span from the start of the first to the end of the last, without
// words.
func join(first, last Span) Span { return Span{Start: first.Start, End: last.End} }

// run returns the unit after the last one from i on that follows without anything
// dropped in between and satisfies the condition.
func (b *bodyReader) run(i int, ok func(*unit) bool) int {
	for i < len(b.units) && b.units[i].dropped == "" && ok(&b.units[i]) {
		i++
	}
	return i
}

func (b *bodyReader) table(i int) (int, bool) {
	end := i
	for end < len(b.units) && b.units[end].dropped == "" && b.units[end].tabs && (end == i || !b.units[end].gap) {
		end++
	}
	if end-i < 2 {
		return i, false
	}
	block := Block{Span: join(b.units[i].span(), b.units[end-1].span()), Kind: Table}
	for ; i < end; i++ {
		u := &b.units[i]
		block.Items = append(block.Items, Span{Start: u.base, End: u.stop, Text: cells(b.text[u.base:u.stop])})
	}
	b.add(block)
	return end, true
}

// cells returns the cleaned cells of a line with tabs between them.
func cells(raw string) string {
	sep := "\t"
	if strings.HasPrefix(raw, "|") {
		raw, sep = strings.Trim(raw, "|"), "|"
	}
	parts := strings.Split(raw, sep)
	for i, part := range parts {
		parts[i] = clean(part, 0, len(part), nil).text
	}
	return strings.Join(parts, "\t")
}

func (b *bodyReader) quote(i int) (int, bool) {
	end := b.run(i, func(u *unit) bool { return strings.HasPrefix(u.text, ">") })
	if end == i {
		return i, false
	}
	block := Block{Span: join(b.units[i].span(), b.units[end-1].span()), Kind: BlockQuote}
	var item Span
	flush := func() {
		if item.Text != "" {
			block.Items = append(block.Items, item)
		}
		item = Span{}
	}
	// The lines of a long quote come one by one: their words are joined at the end of
	// the paragraph, so that the time stays linear.
	var lines []string
	for k := i; k < end; k++ {
		u := &b.units[k]
		text := strings.TrimLeft(u.text, "> ")
		if u.gap || text == "" {
			item.Text = strings.Join(lines, " ")
			flush()
			lines = lines[:0]
		}
		if text == "" {
			continue
		}
		if len(lines) == 0 {
			item.Start = u.offset(len(u.text) - len(text))
		}
		item.End = u.stop
		lines = append(lines, text)
	}
	item.Text = strings.Join(lines, " ")
	flush()
	b.add(block)
	return end, true
}

func (b *bodyReader) note(i int) (int, bool) {
	u := &b.units[i]
	at, size, ok := cutTime(u.text)
	if !ok || !b.notes {
		return i, false
	}
	block := Block{Span: u.span(), Kind: Note, Label: u.cleaned.span(0, at)}
	block.Text = u.text[size:]
	next := i + 1
	if block.Text == "" && next < len(b.units) && b.isProse(next) {
		block.End, block.Text = b.units[next].stop, b.units[next].text
		next++
	}
	b.add(block)
	return next, true
}

// isProse reports whether the unit is a paragraph and nothing else by its form.
func (b *bodyReader) isProse(i int) bool {
	u := &b.units[i]
	if u.dropped != "" || u.words < 3 || strings.HasPrefix(u.text, "#") || strings.HasPrefix(u.text, ">") {
		return false
	}
	_, _, isItem := cutMarker(u.text)
	_, _, isTime := cutTime(u.text)
	_, _, isTurn := cutTurn(u.text)
	return !isItem && !isTime && !isTurn && (endsSentence(u.text) || u.words > 14)
}

// hasNotes reports whether two units or more begin with a time.
func (r *reader) hasNotes(first int) bool {
	n := 0
	for i := first; i < len(r.units) && n < 2; i++ {
		if _, _, ok := cutTime(r.units[i].text); ok && r.units[i].dropped == "" {
			n++
		}
	}
	return n >= 2
}

// turnLabels stand before a turn of an interview.
var turnLabels = [...]string{"Q:", "A:", "Q.", "A.", "Q)", "A)", "Question:", "Answer:", "Q —", "A —", "Q –", "A –", "Q -", "A -"}

// cutTurn returns the kind of a turn of an interview and the length of its label.
func cutTurn(s string) (kind Kind, label int, ok bool) {
	lead := len(s) - len(strings.TrimLeft(s, "*_"))
	for _, l := range turnLabels {
		rest, found := strings.CutPrefix(s[lead:], l)
		if !found {
			continue
		}
		label = lead + len(l)
		label += len(rest) - len(strings.TrimLeft(rest, "*_"))
		if label < len(s) && s[label] != ' ' && lead == 0 {
			continue
		}
		if l[0] == 'Q' {
			return Question, label, true
		}
		return Answer, label, true
	}
	return 0, 0, false
}

// hasTurns reports whether there are both labelled questions and labelled answers.
func (r *reader) hasTurns(first int) bool {
	questions, answers := false, false
	for i := first; i < len(r.units) && !(questions && answers); i++ {
		kind, _, ok := cutTurn(r.units[i].text)
		questions = questions || ok && kind == Question
		answers = answers || ok && kind == Answer
	}
	return questions && answers
}

func (b *bodyReader) turn(i int) (int, bool) {
	u := &b.units[i]
	kind, label, ok := cutTurn(u.text)
	if ok && b.turns {
		block := Block{Span: u.span(), Kind: kind, Label: u.cleaned.span(0, label)}
		block.Label.Text = strings.Trim(block.Label.Text, "*_")
		block.Text = strings.TrimLeft(u.text[label:], " ")
		if strings.HasPrefix(u.text, "*") {
			block.Text = strings.TrimRight(block.Text, "*")
		}
		b.add(block)
		return i + 1, true
	}
	if inner, isBold := cutBold(u.text); isBold && strings.HasSuffix(inner, "?") {
		block := Block{Span: u.span(), Kind: Question}
		block.Text = inner
		b.add(block)
		return i + 1, true
	}
	return i, false
}

// cutBold returns the words of a paragraph that is bold from end to end.
func cutBold(s string) (inner string, ok bool) {
	for _, mark := range [...]string{"**", "__"} {
		if len(s) > 4 && strings.HasPrefix(s, mark) && strings.HasSuffix(s, mark) {
			inner = s[2 : len(s)-2]
			return strings.TrimSpace(inner), !strings.Contains(inner, mark) && strings.TrimSpace(inner) != ""
		}
	}
	return "", false
}

const (
	maxSubheadWords = 12
	maxSubheadBytes = 100
)

func (b *bodyReader) subhead(i int) (int, bool) {
	u := &b.units[i]
	text, level, ok := cutHashes(u.text)
	if !ok {
		inner, isBold := cutBold(u.text)
		switch {
		case isBold && isShort(inner) && !endsWithStop(inner):
			text, level = inner, 2
		case b.looksLikeSubhead(i):
			text, level = u.text, 2
		default:
			return i, false
		}
	}
	block := Block{Span: u.span(), Kind: Subhead, Level: max(level, 2)}
	block.Text = text
	b.add(block)
	return i + 1, true
}

// cutHashes reads a Markdown heading.
func cutHashes(s string) (text string, level int, ok bool) {
	level = len(s) - len(strings.TrimLeft(s, "#"))
	if level == 0 || level > 6 || level == len(s) || s[level] != ' ' {
		return "", 0, false
	}
	text = strings.TrimSpace(strings.TrimRight(s[level:], "# "))
	return text, level, text != ""
}

func isShort(s string) bool {
	return len(s) <= maxSubheadBytes && strings.Count(s, " ") < maxSubheadWords
}

// looksLikeSubhead reports whether the unit is a short line without a stop, with
// nothing or a finished block above it and text below it.
func (b *bodyReader) looksLikeSubhead(i int) bool {
	u := &b.units[i]
	if !isShort(u.text) || u.lines > 1 || u.tabs || !startsSentence(u.text) || strings.HasPrefix(u.text, "(") {
		return false
	}
	if _, _, isItem := cutMarker(u.text); isItem && !b.numbered || cutCredit(u.text) > 0 && strings.Contains(u.text, " by ") {
		return false
	}
	if endsWithStop(u.text) || strings.HasSuffix(u.text, ".") || strings.ContainsAny(u.text[len(u.text)-1:], ",;:!\"") || strings.HasSuffix(u.text, "”") || strings.HasSuffix(u.text, "…") {
		return false
	}
	if n := len(b.reading.Blocks); n > 0 && b.reading.Blocks[n-1].Kind == Subhead && !b.numbered {
		return false
	}
	next := b.next(i + 1)
	if next >= len(b.units) {
		return false
	}
	if b.isProse(next) {
		return true
	}
	_, isVoice := b.voiceAt(next)
	_, _, isItem := cutMarker(b.units[next].text)
	_, _, isTurn := cutTurn(b.units[next].text)
	_, _, isTime := cutTime(b.units[next].text)
	return isVoice || isItem || isTurn && b.turns || isTime && b.notes || b.units[next].tabs
}
