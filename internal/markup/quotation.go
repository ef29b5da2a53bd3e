package markup

import (
	"github.com/yuin/goldmark/ast"

	"standfirst"
)

// marked is a stretch of inline nodes that stands in an element of its own.
type marked struct {
	ast.BaseInline
	open, close string
}

var kindMarked = ast.NewNodeKind("Marked")

func (*marked) Kind() ast.NodeKind { return kindMarked }

func (m *marked) Dump(source []byte, level int) {
	ast.DumpHelper(m, source, level, map[string]string{"Open": m.open}, nil)
}

// markQuotations marks the quotations that stand in the paragraph: each becomes one
// element with its quoted parts and the speaker's name inside. One that runs on
// through the next paragraph is marked in both.
func (p *page) markQuotations(block ast.Node) {
	lines := block.Lines()
	if len(p.quotations) == 0 || p.inQuote || lines.Len() == 0 {
		return
	}
	extent := standfirst.Range{Start: lines.At(0).Start, End: lines.At(lines.Len() - 1).Stop}
	for _, q := range p.quotations {
		if q.Start >= extent.End {
			break
		}
		if q.End <= extent.Start {
			continue
		}
		p.markQuotation(block, q, extent)
	}
}

// markQuotation marks what of one quotation stands in the extent of the block.
func (p *page) markQuotation(block ast.Node, q standfirst.Quotation, extent standfirst.Range) {
	whole, ok := p.clip(standfirst.Range{Start: q.Start, End: q.End}, extent)
	if !ok || !p.wrap(block, whole, extent, `<span class="quotation">`, `</span>`) {
		return
	}
	parts := q.Parts
	if len(parts) == 0 {
		parts = []standfirst.Range{{Start: q.Start, End: q.End}}
	}
	for _, part := range parts {
		if part, ok := p.clip(part, whole); ok {
			p.wrap(block, part, extent, `<q>`, `</q>`)
		}
	}
	if name, ok := p.clip(q.NameAt, whole); ok {
		p.wrap(block, name, extent, `<cite class="speaker">`, `</cite>`)
	}
}

// clip returns what of the range lies in the extent, without space around it.
func (p *page) clip(r, extent standfirst.Range) (standfirst.Range, bool) {
	r.Start, r.End = max(r.Start, extent.Start), min(r.End, extent.End)
	for r.Start < r.End && isSpace(p.source[r.Start]) {
		r.Start++
	}
	for r.Start < r.End && isSpace(p.source[r.End-1]) {
		r.End--
	}
	return r, r.Start < r.End
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// wrap puts the inline nodes that make up the range into a node of their own. It
// reports false, and changes nothing that readers see, if the range does not begin
// and end between the children of one node.
func (p *page) wrap(block ast.Node, r, extent standfirst.Range, open, close string) bool {
	first := p.startingAt(block, r.Start, extent)
	last := p.endingAt(block, r.End, extent)
	if first == nil || last == nil || first.Parent() != last.Parent() || !precedes(first, last) {
		return false
	}
	parent := first.Parent()
	m := &marked{open: open, close: close}
	parent.InsertBefore(parent, first, m)
	for n := first; n != nil; {
		next := n.NextSibling()
		m.AppendChild(m, n)
		if n == last {
			break
		}
		n = next
	}
	return true
}

// precedes reports whether the first node is the last or stands before it, among
// the same siblings.
func precedes(first, last ast.Node) bool {
	for n := first; n != nil; n = n.NextSibling() {
		if n == last {
			return true
		}
	}
	return false
}

// startingAt returns the node that begins at the offset, for which it may split a
// text, or nil if none can.
func (p *page) startingAt(block ast.Node, offset int, extent standfirst.Range) ast.Node {
	t := findText(block, func(t *ast.Text) bool { return t.Segment.Start <= offset && offset < t.Segment.Stop })
	if t == nil {
		if offset != extent.Start {
			return nil
		}
		first := block.FirstChild()
		for first != nil && first.Kind() == kindMarked {
			first = first.FirstChild()
		}
		return first
	}
	value := p.source[t.Segment.Start:t.Segment.Stop]
	if at := tokenStart(value, offset-t.Segment.Start); at > 0 {
		return split(t, t.Segment.Start+at)
	}
	return t
}

// endingAt returns the node that ends at the offset, for which it may split a text,
// or nil if none can.
func (p *page) endingAt(block ast.Node, offset int, extent standfirst.Range) ast.Node {
	t := findText(block, func(t *ast.Text) bool { return t.Segment.Start < offset && offset <= t.Segment.Stop })
	if t == nil {
		if offset != extent.End {
			return nil
		}
		last := block.LastChild()
		for last != nil && last.Kind() == kindMarked {
			last = last.LastChild()
		}
		return last
	}
	value := p.source[t.Segment.Start:t.Segment.Stop]
	if at := tokenEnd(value, offset-t.Segment.Start); at < len(value) {
		split(t, t.Segment.Start+at)
	}
	return t
}

// findText returns the first text below the node for which the condition holds, but
// for code and the words of an image.
func findText(parent ast.Node, holds func(*ast.Text) bool) *ast.Text {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			if !n.IsRaw() && holds(n) {
				return n
			}
		case *ast.CodeSpan, *ast.Image:
		default:
			if t := findText(n, holds); t != nil {
				return t
			}
		}
	}
	return nil
}

// split cuts a text in two at the offset and returns the second.
func split(t *ast.Text, offset int) *ast.Text {
	rest := ast.NewTextSegment(t.Segment.WithStart(offset))
	rest.Segment.Padding = 0
	rest.SetSoftLineBreak(t.SoftLineBreak())
	rest.SetHardLineBreak(t.HardLineBreak())
	t.SetSoftLineBreak(false)
	t.SetHardLineBreak(false)
	t.Segment = t.Segment.WithStop(offset)
	t.Parent().InsertAfter(t.Parent(), t, rest)
	return rest
}
