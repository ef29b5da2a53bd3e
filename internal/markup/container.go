package markup

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Names of the containers. A line of colons with any other word is a line of text.
const (
	voicesName   = "voices"
	noteName     = "note"
	figureName   = "figure"
	dealName     = "deal"
	timelineName = "timeline"
	embedName    = "embed"
)

// container is a block between a line ":::name argument" and a line ":::", or the
// end of what it stands in.
type container struct {
	ast.BaseBlock
	name     string
	argument []byte // Markdown; part of the source
}

var kindContainer = ast.NewNodeKind("Container")

func (*container) Kind() ast.NodeKind { return kindContainer }

func (c *container) Dump(source []byte, level int) {
	ast.DumpHelper(c, source, level, map[string]string{"Name": c.name, "Argument": string(c.argument)}, nil)
}

// containerParser reads containers.
type containerParser struct{}

func (containerParser) Trigger() []byte             { return []byte{':'} }
func (containerParser) CanInterruptParagraph() bool { return true }
func (containerParser) CanAcceptIndentedLine() bool { return false }

func (containerParser) Close(ast.Node, text.Reader, parser.Context) {}

func (containerParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := reader.PeekLine()
	at := pc.BlockOffset()
	if at < 0 || len(pc.OpenedBlocks()) >= maxOpenBlocks {
		return nil, parser.NoChildren
	}
	name, argument, ok := parseOpening(line[at:])
	if !ok {
		return nil, parser.NoChildren
	}
	advanceToEnd(reader, line)
	return &container{name: name, argument: argument}, parser.HasChildren
}

func (containerParser) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	line, _ := reader.PeekLine()
	if !isClosing(line) || !closes(node, line, pc.OpenedBlocks()) {
		return parser.Continue | parser.HasChildren
	}
	advanceToEnd(reader, line)
	return parser.Close
}

// advanceToEnd leaves nothing of the line but its line feed.
func advanceToEnd(reader text.Reader, line []byte) {
	_, segment := reader.PeekLine()
	n := segment.Len()
	if bytes.HasSuffix(line, []byte{'\n'}) {
		n--
	}
	reader.Advance(n)
}

// parseOpening reads the line that begins a container.
func parseOpening(line []byte) (name string, argument []byte, ok bool) {
	rest := bytes.TrimLeft(line, ":")
	if len(line)-len(rest) < 3 {
		return "", nil, false
	}
	rest = bytes.TrimSpace(rest)
	word := rest
	if i := bytes.IndexAny(rest, " \t"); i >= 0 {
		word = rest[:i]
	}
	argument = bytes.TrimSpace(rest[len(word):])
	switch name = string(word); name {
	case voicesName, noteName:
		ok = len(argument) <= maxHeadingLength
	case figureName:
		ok = len(argument) == 0
	case dealName, timelineName:
		ok = len(argument) > 0 && len(bytes.Trim(argument, "0123456789")) == 0
	case embedName:
		_, ok = parseEmbedded(argument)
	}
	return name, argument, ok
}

// isClosing reports whether the line ends a container: nothing but colons.
func isClosing(line []byte) bool {
	trimmed := strings.TrimLeft(string(bytes.TrimRight(line, " \t\r\n")), " ")
	return len(trimmed) >= 3 && strings.Trim(trimmed, ":") == "" && indent(line) <= 3
}

// indent returns how many spaces the line begins with.
func indent(line []byte) int { return len(line) - len(bytes.TrimLeft(line, " ")) }

// closes reports whether a closing line ends this container rather than belonging
// to something that is open inside it: another container, a list item that the line
// is indented to, or a block of code.
func closes(node ast.Node, line []byte, open []parser.Block) bool {
	inside := false
	for _, block := range open {
		if block.Node == node {
			inside = true
			continue
		}
		if !inside {
			continue
		}
		switch block.Node.(type) {
		case *container, *ast.FencedCodeBlock:
			return false
		case *ast.Blockquote: // a line without its mark is not in it
			return true
		case *ast.ListItem:
			return indent(line) < 2
		}
	}
	return true
}
