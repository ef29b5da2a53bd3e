package markup

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"standfirst"
)

// BlockKind says what a block of a text is.
type BlockKind string

// The kinds of blocks.
const (
	ParagraphBlock BlockKind = "paragraph"
	HeadingBlock   BlockKind = "heading"
	ItemBlock      BlockKind = "item" // of a list
	QuoteBlock     BlockKind = "quote"
	VoiceBlock     BlockKind = "voice" // what is said in a block of voices, and the line that says by whom
	NoteBlock      BlockKind = "note"
	CaptionBlock   BlockKind = "caption" // of a picture
	RowBlock       BlockKind = "row"     // of a table
	CodeBlock      BlockKind = "code"
	FootnoteBlock  BlockKind = "footnote"
)

// Block is one block of a text with its words.
type Block struct {
	Kind  BlockKind
	Text  string   // plain text; cells of a row are separated by tabs
	Links []string // where its links lead, in order
	Cited []CitedSpan
}

// CitedSpan is a place in the words of a block where a claim is cited.
type CitedSpan struct {
	Claim      standfirst.ClaimID
	Start, End int // byte offsets into the text of the block, End exclusive
}

// Blocks takes a story text apart: what readers see as one piece is one block.
func Blocks(body string) []Block {
	source, _ := clean(body)
	w := blockWriter{source: source}
	w.blocks(storyParser.Parse(text.NewReader(source)), ParagraphBlock)
	return w.list
}

// blockWriter collects blocks.
type blockWriter struct {
	source []byte
	list   []Block
}

// blocks adds the children of a block, as blocks of the kind where they have none of
// their own.
func (w *blockWriter) blocks(parent ast.Node, kind BlockKind) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		w.block(n, kind)
	}
}

func (w *blockWriter) block(n ast.Node, kind BlockKind) {
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		w.inlines(kind, n)
	case *ast.Heading:
		w.inlines(HeadingBlock, n)
	case *dense:
		w.words(kind, decode(n.text(w.source)))
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		var code []byte
		for i := range n.Lines().Len() {
			line := n.Lines().At(i)
			code = append(code, line.Value(w.source)...)
		}
		w.words(CodeBlock, string(code))
	case *ast.Blockquote:
		if kind != VoiceBlock {
			kind = QuoteBlock
		}
		w.blocks(n, kind)
	case *ast.List:
		w.blocks(n, ItemBlock)
	case *extast.Table:
		for row := n.FirstChild(); row != nil; row = row.NextSibling() {
			w.row(row)
		}
	case *extast.Footnote:
		w.blocks(n, FootnoteBlock)
	case *container:
		w.container(n)
	case *ast.LinkReferenceDefinition:
	default: // list items, lists of footnotes
		w.blocks(n, kind)
	}
}

func (w *blockWriter) container(n *container) {
	switch n.name {
	case voicesName:
		w.words(HeadingBlock, decode(n.argument))
		w.blocks(n, VoiceBlock)
	case noteName:
		w.words(NoteBlock, decode(n.argument))
		w.blocks(n, NoteBlock)
	case figureName:
		w.blocks(n, CaptionBlock)
	default:
		w.blocks(n, ParagraphBlock)
	}
}

// words adds a block of words without links.
func (w *blockWriter) words(kind BlockKind, words string) {
	if words = strings.TrimSpace(words); words != "" {
		w.list = append(w.list, Block{Kind: kind, Text: words})
	}
}

func (w *blockWriter) inlines(kind BlockKind, n ast.Node) {
	var b blockText
	b.inlines(w.source, n)
	w.add(kind, b)
}

func (w *blockWriter) row(row ast.Node) {
	var b blockText
	for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
		if cell != row.FirstChild() {
			b.text = append(b.text, '\t')
		}
		b.inlines(w.source, cell)
	}
	w.add(RowBlock, b)
}

// add adds the block, unless it says nothing, without white space around it.
func (w *blockWriter) add(kind BlockKind, b blockText) {
	lead := len(b.text) - len(bytes.TrimLeft(b.text, " \t\n"))
	words := string(bytes.TrimSpace(b.text))
	if words == "" {
		return
	}
	var cited []CitedSpan
	for _, c := range b.cited {
		c.Start, c.End = max(c.Start-lead, 0), min(c.End-lead, len(words))
		if c.Start < c.End { // a link without words cites nothing that can be seen
			cited = append(cited, c)
		}
	}
	w.list = append(w.list, Block{Kind: kind, Text: words, Links: b.links, Cited: cited})
}

// blockText is the text of a block in the making.
type blockText struct {
	text  []byte
	links []string
	cited []CitedSpan
}

// inlines adds the words below a node, with its links.
func (b *blockText) inlines(source []byte, parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		// Neighbouring texts stay together, for what stands on both sides of their border.
		end := n
		for end != nil && !holdsLink(end) {
			end = end.NextSibling()
		}
		if end != n {
			w := plainWriter{source: source}
			w.inlines(n, end)
			b.text = append(b.text, w.out...)
			if end == nil {
				return
			}
			n = end
		}
		b.linked(source, n)
	}
}

// linked adds a node that is a link or may have one below it.
func (b *blockText) linked(source []byte, n ast.Node) {
	link, ok := n.(*ast.Link)
	if !ok {
		if auto, ok := n.(*ast.AutoLink); ok {
			if a, linked := autoAddress(auto, source); linked {
				b.links = append(b.links, a.href)
			}
			w := plainWriter{source: source}
			w.inline(n)
			b.text = append(b.text, w.out...)
			return
		}
		b.inlines(source, n)
		return
	}
	start := len(b.text)
	w := plainWriter{source: source}
	w.inline(link)
	b.text = append(b.text, w.out...)
	if claim, ok := standfirst.ParseClaimLink(string(link.Destination)); ok {
		b.cited = append(b.cited, CitedSpan{Claim: claim, Start: start, End: len(b.text)})
		return
	}
	if a := parseAddress(decode(link.Destination)); a.href != "" {
		b.links = append(b.links, a.href)
	}
}

// holdsLink reports whether the inline node is a link or may have one below it.
func holdsLink(n ast.Node) bool {
	switch n.(type) {
	case *ast.Link, *ast.AutoLink, *ast.Emphasis:
		return true
	}
	return false
}
