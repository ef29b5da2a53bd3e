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

// numbersAreSubheads reports whether two numbered lines or more are short and each is
// followed by a paragraph, and none by the next number.
func (r *reader) numbersAreSubheads(first int) bool {
	b := &bodyReader{reader: r}
	n := 0
	for i := r.next(first); i < len(r.units); i = r.next(i + 1) {
		u := &r.units[i]
		m, size, ok := cutMarker(u.text)
		if !ok || !m.ordered {
			continue
		}
		next := r.next(i + 1)
		if next >= len(r.units) || !isShort(u.text) || endsWithStop(u.text[size:]) || !b.isProse(next) {
			return false
		}
		n++
	}
	return n >= 2
}
