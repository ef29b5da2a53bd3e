package copydesk

import "strings"

// list reads consecutive items. Short numbered lines that each stand above paragraphs
// are subheads: those of a list story.
func (b *bodyReader) list(i int) (int, bool) {
	u := &b.units[i]
	m, _, ok := cutMarker(u.text)
	if !ok || b.numbered && m.ordered {
		return i, false
	}
	end := b.run(i, func(u *unit) bool {
		other, _, isItem := cutMarker(u.text)
		return isItem && other.ordered == m.ordered && (m.ordered || other.sign == m.sign)
	})
	if end-i == 1 && !b.standsAlone(m) {
		return i, false
	}
	block := Block{Span: join(b.units[i].span(), b.units[end-1].span()), Kind: List, Ordered: m.ordered, First: m.number}
	for ; i < end; i++ {
		u := &b.units[i]
		_, size, _ := cutMarker(u.text)
		block.Items = append(block.Items, u.cleaned.span(size, len(u.text)))
	}
	b.add(block)
	return end, true
}

// standsAlone reports whether one item is a list: its sign is no dash, or a colon
// leads to it.
func (b *bodyReader) standsAlone(m marker) bool {
	if m.sign == "—" || m.sign == "–" {
		return false
	}
	if !m.dash() {
		return true
	}
	n := len(b.reading.Blocks)
	return n > 0 && (strings.HasSuffix(b.reading.Blocks[n-1].Text, ":") || b.reading.Blocks[n-1].Kind == List)
}

// numbersAreSubheads reports whether two numbered lines or more are short, most of them
// are followed by a paragraph, and none by the next number.
func (r *reader) numbersAreSubheads(first int) bool {
	b := &bodyReader{reader: r}
	n, above := 0, 0
	for i := r.next(first); i < len(r.units); i = r.next(i + 1) {
		u := &r.units[i]
		m, size, ok := cutMarker(u.text)
		if !ok || !m.ordered {
			continue
		}
		next := r.next(i + 1)
		if next >= len(r.units) || !isShort(u.text) || endsWithStop(u.text[size:]) {
			return false
		}
		if other, _, isItem := cutMarker(r.units[next].text); isItem && other.ordered {
			return false
		}
		n++
		if b.isProse(next) {
			above++
		}
	}
	return above >= 2 && above*3 >= n*2
}

// loneNumber reads a unit that is nothing but the number of an item: "1", "2." or "3)".
func loneNumber(s string) int {
	s = strings.TrimRight(s, ".)")
	n := dayNumber(s)
	if n == 0 || digits(s, 0) != len(s) {
		return 0
	}
	return n
}

// hasLoneNumbers reports whether numbers that stand alone count up or down from one
// paragraph or head to the next: those of a list story.
func (r *reader) hasLoneNumbers(first int) bool {
	b := &bodyReader{reader: r}
	count, last, one, step := 0, 0, false, 0
	for i := r.next(first); i < len(r.units); i = r.next(i + 1) {
		n := loneNumber(r.units[i].text)
		if n == 0 {
			continue
		}
		if b.numberedHead(i) == 0 || count == 1 && n != last+1 && n != last-1 || count > 1 && n != last+step {
			return false
		}
		step = n - last
		count, last, one = count+1, n, one || n == 1
	}
	return count >= 2 && one
}

// numberedHead returns how many units the head has that begins with the number alone in
// unit i: 2 with the words on the next line, 1 if a paragraph follows, and 0 if there is
// no head.
func (b *bodyReader) numberedHead(i int) int {
	next := b.next(i + 1)
	if next != i+1 || next >= len(b.units) {
		return 0
	}
	if b.isProse(next) {
		return 1
	}
	u := &b.units[next]
	after := b.next(next + 1)
	if after < len(b.units) && isShort(u.text) && !endsWithStop(u.text) && startsSentence(u.text) && !u.tabs && loneNumber(u.text) == 0 && b.isProse(after) {
		return 2
	}
	return 0
}

// loneHead reads a head the number of which stands on a line of its own.
func (b *bodyReader) loneHead(i int) (int, bool) {
	if !b.lone || loneNumber(b.units[i].text) == 0 {
		return i, false
	}
	size := b.numberedHead(i)
	if size == 0 {
		return i, false
	}
	block := Block{Span: b.units[i].span(), Kind: Subhead, Level: 2}
	if size == 2 {
		head := b.units[i+1].span()
		block.Span = Span{Start: block.Start, End: head.End, Text: withStop(block.Text) + " " + head.Text}
	}
	b.add(block)
	return i + size, true
}

// withStop writes the number of a head as "1." unless it has a sign of its own.
func withStop(number string) string {
	if strings.HasSuffix(number, ".") || strings.HasSuffix(number, ")") {
		return number
	}
	return number + "."
}
