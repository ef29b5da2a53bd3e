package markup

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// maxQuoteDepth is how many block quotes of a comment may stand inside each other.
const maxQuoteDepth = 3

// commentParser reads the text of comments. It is built once and may be used by any
// number of goroutines at a time.
var commentParser = newCommentParser()

// newCommentParser returns goldmark's parser with what a comment may have, and
// nothing else: what no parser reads stays text.
func newCommentParser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(namedFence{parser.NewFencedCodeBlockParser()}, 700),
			util.Prioritized(shallowQuote{parser.NewBlockquoteParser()}, 800),
			util.Prioritized(indentedText{parser.NewParagraphParser()}, 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(noImage{}, 199),
			util.Prioritized(parser.NewLinkParser(), 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(parser.NewEmphasisParser(), 500),
			util.Prioritized(bareLink{}, 600),
		),
		parser.WithParagraphTransformers(
			util.Prioritized(denseTransformer{}, 50),
		),
	)
}

// shallowQuote limits how deep block quotes may stand inside each other.
type shallowQuote struct{ parser.BlockParser }

func (q shallowQuote) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	depth := 0
	for up := parent; up != nil; up = up.Parent() {
		if up.Kind() == ast.KindBlockquote {
			depth++
		}
	}
	if depth >= maxQuoteDepth {
		return nil, parser.NoChildren
	}
	return q.BlockParser.Open(parent, reader, pc)
}

// namedFence reads fenced code whose first line has at most the name of a language
// after the fence, so that a sentence which stands there is not lost.
type namedFence struct{ parser.BlockParser }

func (f namedFence) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := reader.PeekLine()
	if name := bytes.Trim(line, "`~ \t\r\n"); len(name) > maxLanguageName || bytes.ContainsAny(name, " \t<>&") {
		return nil, parser.NoChildren
	}
	return f.BlockParser.Open(parent, reader, pc)
}

// maxLanguageName is the length in bytes up to which the words after a fence may be
// the name of a language.
const maxLanguageName = 20

// indentedText reads paragraphs that begin with blanks, as code would in a story.
type indentedText struct{ parser.BlockParser }

func (indentedText) CanAcceptIndentedLine() bool { return true }

// noImage takes what would begin an image as text, so that it shows as it was typed.
type noImage struct{}

func (noImage) Trigger() []byte { return []byte{'!'} }

func (noImage) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if len(line) < 2 || line[1] != '[' {
		return nil
	}
	block.Advance(2)
	return ast.NewTextSegment(segment.WithStop(segment.Start + 2))
}

// bareLink reads web addresses without marks around them before asterisks and
// underscores in them can be read as emphasis. Those that stand where it is not
// asked are found when the words are written.
type bareLink struct{}

// Trigger names what an address may follow. A space stands for the beginning of a line
// and of what follows another mark as well.
func (bareLink) Trigger() []byte { return []byte(` ("':,;/|`) }

// noAddressBefore is the key under which a parse keeps the offset up to which it
// looked for an address in vain.
var noAddressBefore = parser.NewContextKey()

func (bareLink) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	if pc.IsInLinkLabel() {
		return nil
	}
	line, segment := block.PeekLine()
	lead := 0
	if util.IsSpace(line[0]) || util.IsPunct(line[0]) {
		lead = 1
	}
	start := segment.Start + lead
	if until, _ := pc.Get(noAddressBefore).(int); start < until {
		return nil
	}
	length, read := bareAddress(line[lead:])
	if length == 0 {
		if read > 0 {
			pc.Set(noAddressBefore, start+read)
		}
		return nil
	}
	if lead > 0 {
		ast.MergeOrAppendTextSegment(parent, segment.WithStop(segment.Start+lead))
	}
	block.Advance(lead + length)
	return ast.NewAutoLink(ast.AutoLinkURL, ast.NewTextSegment(text.NewSegment(start, start+length)))
}
