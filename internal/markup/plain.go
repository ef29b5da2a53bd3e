package markup

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// PlainText returns the words of a story text without marks of any kind: blocks are
// separated by blank lines, the items of a tight list and the rows of a table by
// line feeds, and cells by tabs.
func PlainText(body string) string {
	source, _ := clean(body)
	w := plainWriter{source: source}
	w.blocks(storyParser.Parse(text.NewReader(source)))
	return string(bytes.TrimSpace(w.out))
}

// plainOf returns the words of an inline node or of the inline nodes of a block, on
// one line.
func (p *page) plainOf(n ast.Node) string {
	w := plainWriter{source: p.source}
	w.inlines(n.FirstChild(), nil)
	return strings.Join(strings.Fields(string(w.out)), " ")
}

// plainBetween is plainOf for the inline nodes from first up to end, exclusive.
func (p *page) plainBetween(first, end ast.Node) string {
	w := plainWriter{source: p.source}
	w.inlines(first, end)
	return string(bytes.TrimSpace(w.out))
}

// plainWriter writes words.
type plainWriter struct {
	source []byte
	out    []byte
}

// write appends words.
func (w *plainWriter) write(words string) { w.out = append(w.out, words...) }

// gap leaves one blank line before what follows.
func (w *plainWriter) gap() {
	w.out = append(bytes.TrimRight(w.out, " \t\r\n"), "\n\n"...)
}

func (w *plainWriter) blocks(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		w.block(n)
	}
}

func (w *plainWriter) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph, *ast.Heading:
		w.inlines(n.FirstChild(), nil)
		w.gap()
	case *ast.TextBlock:
		w.inlines(n.FirstChild(), nil)
		w.write("\n")
	case *ast.List:
		w.blocks(n)
		w.gap()
	case *dense:
		w.write(decode(n.text(w.source)))
		w.gap()
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		for i := range n.Lines().Len() {
			line := n.Lines().At(i)
			w.write(string(line.Value(w.source)))
		}
		w.gap()
	case *extast.Table:
		for row := n.FirstChild(); row != nil; row = row.NextSibling() {
			w.row(row)
		}
		w.gap()
	case *container:
		if n.name == voicesName || n.name == noteName {
			w.write(decode(n.argument))
			w.gap()
		}
		w.blocks(n)
	case *ast.LinkReferenceDefinition:
	default: // block quotes, list items, footnotes
		w.blocks(n)
	}
}

func (w *plainWriter) row(row ast.Node) {
	for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
		if cell != row.FirstChild() {
			w.write("\t")
		}
		w.inlines(cell.FirstChild(), nil)
	}
	w.write("\n")
}

func (w *plainWriter) inlines(first, end ast.Node) {
	var run []byte
	flush := func() {
		w.write(decode(run))
		run = run[:0]
	}
	for n := first; n != nil && n != end; n = n.NextSibling() {
		t, ok := n.(*ast.Text)
		if !ok || t.IsRaw() {
			flush()
			w.inline(n)
			continue
		}
		run = append(run, t.Value(w.source)...)
		switch {
		case t.HardLineBreak():
			flush()
			w.write("\n")
		case t.SoftLineBreak():
			run = append(bytes.TrimRight(run, "\r"), ' ')
		}
	}
	flush()
}

func (w *plainWriter) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		w.write(strings.ReplaceAll(string(n.Value(w.source)), "\n", " "))
	case *ast.String:
		w.write(string(n.Value))
	case *ast.CodeSpan:
		w.write(codeOf(n, w.source))
	case *ast.Link:
		before := len(w.out)
		w.inlines(n.FirstChild(), nil)
		if a := parseAddress(decode(n.Destination)); a.href != "" && len(bytes.TrimSpace(w.out[before:])) == 0 {
			w.write(a.text)
		}
	case *ast.AutoLink:
		if _, linked := autoAddress(n, w.source); linked {
			w.write(string(n.Label(w.source)))
		} else {
			w.write("<" + string(n.Label(w.source)) + ">")
		}
	default:
		w.inlines(n.FirstChild(), nil)
	}
}
