package markup

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Limits beyond which marks are read as plain text. No text that somebody wrote
// comes near them; they keep a text that was made to be slow from being so.
const (
	maxOpenBlocks       = 40       // block quotes, lists and containers inside each other
	maxInlineDepth      = 16       // emphasis inside emphasis
	maxHeadingLength    = 1000     // bytes
	maxParagraphLength  = 32 << 10 // bytes
	maxParagraphMarks   = 500      // asterisks, brackets and the like in one paragraph
	maxFootnotes        = 500
	maxAttributionBytes = 400
)

// nested limits how deep blocks may stand inside each other.
type nested struct{ parser.BlockParser }

func (n nested) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	if len(pc.OpenedBlocks()) >= maxOpenBlocks {
		return nil, parser.NoChildren
	}
	return n.BlockParser.Open(parent, reader, pc)
}

// shortHeading limits the length of a heading that begins with number signs.
type shortHeading struct{ parser.BlockParser }

func (h shortHeading) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	if line, _ := reader.PeekLine(); len(line) > maxHeadingLength {
		return nil, parser.NoChildren
	}
	return h.BlockParser.Open(parent, reader, pc)
}

// shortSetext limits the length of a heading that is underlined.
type shortSetext struct{ parser.BlockParser }

func (h shortSetext) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	if last := pc.LastOpenedBlock().Node; last != nil && ast.IsParagraph(last) {
		if lines := last.Lines(); lines.Len() > 0 && lines.At(lines.Len()-1).Stop-lines.At(0).Start > maxHeadingLength {
			return nil, parser.NoChildren
		}
	}
	return h.BlockParser.Open(parent, reader, pc)
}

// footnoteCount is the key under which a parse counts footnotes.
var footnoteCount = parser.NewContextKey()

// fewFootnotes limits how many footnotes there are, because each reference looks
// through all of them.
type fewFootnotes struct{ parser.BlockParser }

func (f fewFootnotes) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	count, _ := pc.Get(footnoteCount).(int)
	if count >= maxFootnotes {
		return nil, parser.NoChildren
	}
	node, state := f.BlockParser.Open(parent, reader, pc)
	if node != nil {
		pc.Set(footnoteCount, count+1)
	}
	return node, state
}

// dense is a paragraph whose marks are not read, but for backslashes and entities,
// so that words which were escaped are still shown as they were.
type dense struct{ ast.BaseBlock }

var kindDense = ast.NewNodeKind("Dense")

func (*dense) Kind() ast.NodeKind              { return kindDense }
func (*dense) IsRaw() bool                     { return true }
func (d *dense) Dump(source []byte, level int) { ast.DumpHelper(d, source, level, nil, nil) }

// text returns the lines of the paragraph.
func (d *dense) text(source []byte) []byte {
	var all []byte
	for i := range d.Lines().Len() {
		line := d.Lines().At(i)
		all = append(append(all, bytes.TrimSpace(line.Value(source))...), '\n')
	}
	return bytes.TrimSpace(all)
}

// denseTransformer makes paragraphs dense that are too long or too full of marks.
type denseTransformer struct {
	tables bool // whether there are tables, whose cells are read one by one
}

func (d denseTransformer) Transform(node *ast.Paragraph, reader text.Reader, _ parser.Context) {
	lines, source := node.Lines(), reader.Source()
	table := d.tables && lines.Len() > 1 && isDelimiterRow(lineValue(lines.At(1), source))
	length, marks := 0, 0
	for i := range lines.Len() {
		if table { // only a row can be too much
			length, marks = 0, 0
		}
		line := lineValue(lines.At(i), source)
		length += len(line)
		marks += countMarks(line)
		if length > maxParagraphLength || marks > maxParagraphMarks {
			words := &dense{}
			words.SetLines(lines)
			node.Parent().ReplaceChild(node.Parent(), node, words)
			return
		}
	}
}

// lineValue returns the bytes of a line without copying them, and so without the
// padding that stands for part of a tab.
func lineValue(line text.Segment, source []byte) []byte { return source[line.Start:line.Stop] }

// countMarks counts the bytes at which inline marks begin or end.
func countMarks(line []byte) int {
	n := 0
	for _, c := range line {
		switch c {
		case '*', '_', '[', ']', '`', '<', '!':
			n++
		}
	}
	return n
}

// isDelimiterRow reports whether the line may be the one under a table's head.
func isDelimiterRow(line []byte) bool {
	return bytes.IndexByte(line, '-') >= 0 && len(bytes.Trim(line, "|-: \t\r\n")) == 0
}
