package markup

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxPageNesting is how deep the lists and quotes of a page may stand inside each
// other in story text. What is deeper stands at that level.
const maxPageNesting = 8

// maxSpan is how many columns a cell of a page's table may take.
const maxSpan = 20

// blockElements are the elements that begin on a line of their own.
var blockElements = map[atom.Atom]bool{
	atom.Address: true, atom.Article: true, atom.Aside: true, atom.Blockquote: true, atom.Body: true, atom.Center: true,
	atom.Dd: true, atom.Details: true, atom.Dir: true, atom.Div: true, atom.Dl: true, atom.Dt: true, atom.Fieldset: true,
	atom.Footer: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true,
	atom.Header: true, atom.Hgroup: true, atom.Hr: true, atom.Html: true, atom.Legend: true, atom.Li: true, atom.Main: true,
	atom.Menu: true, atom.Nav: true, atom.Ol: true, atom.Option: true, atom.P: true, atom.Pre: true, atom.Search: true,
	atom.Section: true, atom.Summary: true, atom.Table: true, atom.Tbody: true, atom.Td: true, atom.Tfoot: true, atom.Th: true,
	atom.Thead: true, atom.Tr: true, atom.Ul: true, atom.Xmp: true, atom.Listing: true, atom.Plaintext: true,
}

// pageWriter writes the tidied tree of a page as story text.
type pageWriter struct {
	holdsBlock map[*html.Node]bool // which nodes are blocks or have one below them
}

// findBlocks notes which nodes are blocks or have one below them.
func (w *pageWriter) findBlocks(n *html.Node) bool {
	holds := n.Type == html.DocumentNode || n.Type == html.ElementNode && blockElements[n.DataAtom]
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if w.findBlocks(c) {
			holds = true
		}
	}
	if holds {
		w.holdsBlock[n] = true
	}
	return holds
}

// blocks returns the blocks below a node, each without a line feed at its end.
func (w *pageWriter) blocks(n *html.Node, depth int) []string {
	var blocks []string
	var line inlineWriter
	flush := func() {
		blocks = append(blocks, line.paragraphs()...)
		line = inlineWriter{}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if !w.holdsBlock[c] {
			line.add(c, style{})
			continue
		}
		flush()
		blocks = append(blocks, w.block(c, depth)...)
	}
	flush()
	return blocks
}

// block returns what one block becomes.
func (w *pageWriter) block(n *html.Node, depth int) []string {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return heading(n)
	case atom.Hr:
		return []string{"***"} // three hyphens behind a list's mark would be a rule instead of an item
	case atom.Pre, atom.Xmp, atom.Listing, atom.Plaintext:
		return codeBlock(n)
	case atom.Table:
		return tableOf(n)
	case atom.Blockquote:
		if depth < maxPageNesting {
			return quoted(w.blocks(n, depth+1))
		}
	case atom.Ul, atom.Ol, atom.Menu, atom.Dir:
		if depth < maxPageNesting {
			return w.list(n, depth)
		}
	}
	return w.blocks(n, depth)
}

// heading returns a heading on one line.
func heading(n *html.Node) []string {
	var line inlineWriter
	line.add(n, style{})
	words := line.oneLine(false)
	if words == "" {
		return nil
	}
	level := max(2, int(n.Data[1]-'0'))
	return []string{strings.Repeat("#", level) + " " + words}
}

// codeBlock returns preformatted text between fences that do not stand in it.
func codeBlock(n *html.Node) []string {
	code := strings.Trim(preformatted(n), "\n")
	if strings.TrimSpace(code) == "" {
		return nil
	}
	fence := strings.Repeat("`", max(3, longestRun(code)+1))
	return []string{fence + "\n" + code + "\n" + fence}
}

// preformatted returns the text below a node with its ends of lines.
func preformatted(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		switch {
		case d.Type == html.TextNode:
			b.WriteString(strings.Map(dropControl, d.Data))
		case d.DataAtom == atom.Br:
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// dropControl drops what HTML cannot show.
func dropControl(r rune) rune {
	if r == '\r' || isControl(r) {
		return -1
	}
	return r
}

// longestRun returns the length of the longest run of backticks.
func longestRun(s string) int {
	longest, run := 0, 0
	for i := range len(s) {
		if s[i] != '`' {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}

// quoted returns blocks as one block quote.
func quoted(blocks []string) []string {
	if len(blocks) == 0 {
		return nil
	}
	lines := strings.Split(strings.Join(blocks, "\n\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight("> "+line, " ")
	}
	return []string{strings.Join(lines, "\n")}
}

// list returns a list. It is loose if one of its items holds more than one
// paragraph.
func (w *pageWriter) list(n *html.Node, depth int) []string {
	number := -1
	if n.DataAtom == atom.Ol {
		number = 1
		if start, err := strconv.Atoi(attributeOf(n, "start")); err == nil && start >= 0 && start < 1e6 {
			number = start
		}
	}
	var items []string
	gap := "\n"
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		wrapped := &html.Node{Type: html.ElementNode, DataAtom: atom.Li, Data: "li"}
		if c.DataAtom == atom.Li {
			wrapped = c
		} else if c.Type == html.TextNode && strings.TrimSpace(c.Data) == "" {
			continue
		} else {
			next := c.NextSibling
			n.RemoveChild(c)
			wrapped.AppendChild(c)
			n.InsertBefore(wrapped, next)
			c = wrapped
		}
		blocks := w.blocks(wrapped, depth+1)
		if len(blocks) == 0 {
			continue
		}
		marker := "- "
		if number >= 0 {
			marker = strconv.Itoa(number) + ". "
			number++
		}
		joined := strings.Join(blocks, "\n\n")
		if len(blocks) == 2 && isListBlock(blocks[1]) {
			joined = blocks[0] + "\n" + blocks[1]
		} else if len(blocks) > 1 {
			gap = "\n\n"
		}
		items = append(items, marker+indented(joined, len(marker)))
	}
	if len(items) == 0 {
		return nil
	}
	return []string{strings.Join(items, gap)}
}

// isListBlock reports whether the block is a list that may stand right under the
// words of an item.
func isListBlock(block string) bool {
	return strings.HasPrefix(block, "- ") || strings.HasPrefix(block, "1. ")
}

// indented indents the lines of a block, but for the first.
func indented(block string, by int) string {
	lines := strings.Split(block, "\n")
	for i := 1; i < len(lines); i++ {
		if lines[i] != "" {
			lines[i] = strings.Repeat(" ", by) + lines[i]
		}
	}
	return strings.Join(lines, "\n")
}

// tableOf returns a table whose first row is its head. Rows without words are left
// out.
func tableOf(n *html.Node) []string {
	var rows [][]string
	width := 0
	for d := range n.Descendants() {
		if d.DataAtom != atom.Tr {
			continue
		}
		row, filled := rowOf(d)
		if filled {
			rows = append(rows, row)
			width = max(width, len(row))
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return []string{joinTable(rows, width)}
}

// rowOf returns the cells of a row, and whether one of them has words.
func rowOf(tr *html.Node) (row []string, filled bool) {
	for c := tr.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Td && c.DataAtom != atom.Th {
			continue
		}
		var line inlineWriter
		line.add(c, style{})
		cell := line.oneLine(true)
		filled = filled || cell != ""
		row = append(row, cell)
		span, err := strconv.Atoi(attributeOf(c, "colspan"))
		for i := 1; err == nil && i < min(span, maxSpan); i++ {
			row = append(row, "")
		}
	}
	return row, filled
}
