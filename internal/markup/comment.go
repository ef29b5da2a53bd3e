package markup

import (
	"bytes"
	"html/template"
	"slices"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"standfirst"
)

// MaxComment is the length in bytes of the longest comment.
const MaxComment = standfirst.MaxCommentLength

// RenderedComment is the text of a comment as readers see it.
type RenderedComment struct {
	HTML  template.HTML
	Links []string // addresses that it links to, in order, each once
	Plain string   // the words without marks, for mails, notices and filters
}

// RenderComment returns the text of a comment as HTML that is safe to set into a page
// as it is, without an ID or class. A comment has paragraphs, emphasis, links to the
// web and to mail addresses, block quotes and code; whatever else its writer typed
// shows as it was typed, and the end of a line is one. Addresses without marks around
// them become links. A text that shows nothing has no HTML. No text is an error but
// one longer than [MaxComment], which is TooLarge.
func RenderComment(body string) (RenderedComment, error) {
	if len(body) > MaxComment {
		return RenderedComment{}, standfirst.Errorf(standfirst.TooLarge,
			"the comment is %d bytes long; %d is the most", len(body), MaxComment)
	}
	source := []byte(visible(body))
	c := &commentWriter{
		source: source,
		out:    make([]byte, 0, len(source)+len(source)/2+256),
		plain:  make([]byte, 0, len(source)+16),
	}
	c.blocks(commentParser.Parse(text.NewReader(source)))
	return RenderedComment{
		HTML:  template.HTML(c.out), //nolint:gosec // every tag and attribute in it stands in this file
		Links: c.links,
		Plain: string(bytes.TrimLeftFunc(bytes.TrimSpace(c.plain), needsMore)),
	}, nil
}

// commentWriter writes a comment as HTML and as plain words at once.
type commentWriter struct {
	source []byte
	out    []byte
	plain  []byte
	run    []byte // neighbouring texts, which are read together
	links  []string

	depth  int  // of emphasis
	inLink bool // inside a link, in which no other may stand
}

func (c *commentWriter) blocks(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		c.block(n)
	}
}

// block writes one block, and nothing for one that shows nothing.
func (c *commentWriter) block(n ast.Node) {
	out, plain := len(c.out), len(c.plain)
	switch n := n.(type) {
	case *ast.Blockquote:
		c.tag("<blockquote>\n")
		c.blocks(n)
		c.tag("</blockquote>\n")
	case *ast.FencedCodeBlock:
		// It may scroll sideways, so the keyboard must reach it. HTML drops a line feed
		// that comes first, but not after <code>.
		c.tag(`<pre tabindex="0"><code>`)
		for i := range n.Lines().Len() {
			line := n.Lines().At(i)
			c.literal(line.Value(c.source))
		}
		c.tag("</code></pre>\n")
	case *dense:
		c.tag("<p>")
		for i, line := range bytes.Split(n.text(c.source), []byte{'\n'}) {
			if i > 0 {
				c.lineBreak()
			}
			c.run = append(c.run, line...)
			c.flush()
		}
		c.endParagraph()
	default:
		c.tag("<p>")
		c.inlines(n)
		c.endParagraph()
	}
	if len(bytes.TrimLeftFunc(c.plain[plain:], needsMore)) == 0 {
		c.out, c.plain = c.out[:out], c.plain[:plain]
		return
	}
	c.plain = append(bytes.TrimRight(c.plain, " \t\n"), "\n\n"...)
}

// endParagraph closes a paragraph without the blanks at its end.
func (c *commentWriter) endParagraph() {
	c.out = bytes.TrimRight(c.out, " \t\n")
	c.tag("</p>\n")
}

// inlines writes what stands in a paragraph or mark.
func (c *commentWriter) inlines(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		t, ok := n.(*ast.Text)
		if !ok {
			c.flush()
			c.inline(n)
			continue
		}
		c.run = append(c.run, t.Value(c.source)...)
		if t.SoftLineBreak() || t.HardLineBreak() {
			c.flush()
			c.lineBreak()
		}
	}
	c.flush()
}

// lineBreak ends a line, unless nothing stands in it.
func (c *commentWriter) lineBreak() {
	if bytes.HasSuffix(c.out, []byte("<br>\n")) || bytes.HasSuffix(c.out, []byte("<p>")) {
		return
	}
	c.tag("<br>\n")
	c.plain = append(c.plain, '\n')
}

// inline writes one inline node that is not text.
func (c *commentWriter) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.CodeSpan:
		c.tag("<code>")
		c.literal([]byte(codeOf(n, c.source)))
		c.tag("</code>")
	case *ast.Emphasis:
		c.emphasis(n)
	case *ast.Link:
		c.link(n)
	case *ast.AutoLink:
		c.autoLink(n)
	default:
		c.inlines(n)
	}
}

// emphasis writes emphasis, and only its words where it stands too deep.
func (c *commentWriter) emphasis(n *ast.Emphasis) {
	opening, closing := "<em>", "</em>"
	if n.Level == 2 {
		opening, closing = "<strong>", "</strong>"
	}
	if c.depth >= maxInlineDepth {
		opening, closing = "", ""
	}
	c.depth++
	c.tag(opening)
	c.inlines(n)
	c.tag(closing)
	c.depth--
}

// link writes a link, or only its words where its address is none that a comment may
// link to. Where the words are the address of another host, they are no link: the
// address that they were meant for stands after them, so that nobody is led astray.
func (c *commentWriter) link(n *ast.Link) {
	address := string(unescape(nil, n.Destination))
	href := commentAddress(address)
	if href == "" || c.inLink {
		c.inlines(n)
		return
	}
	out, plain := len(c.out), len(c.plain)
	c.openLink(href)
	words := len(c.plain)
	c.inlines(n)
	if len(bytes.TrimLeftFunc(c.plain[words:], needsMore)) == 0 { // a link needs words
		c.literal([]byte(address))
	}
	c.closeLink()
	if !misleads(c.plain[words:], href) {
		c.note(href)
		return
	}
	c.out, c.plain, c.inLink = c.out[:out], c.plain[:plain], true
	c.inlines(n)
	c.inLink = false
	c.literal([]byte(" ("))
	c.linked(href, []byte(address))
	c.literal([]byte(")"))
}

// misleads reports whether the words of a link name another host than its address.
func misleads(words []byte, href string) bool {
	start, end, ok := findAddress(words)
	return ok && hostOf(commentAddress(string(words[start:end]))) != hostOf(href)
}

// autoLink writes an address that stands alone, with the angle brackets around it
// where it is none that a comment may link to.
func (c *commentWriter) autoLink(n *ast.AutoLink) {
	label := n.Label(c.source)
	address := string(label)
	if n.AutoLinkType == ast.AutoLinkEmail {
		address = "mailto:" + address
	}
	href := commentAddress(address)
	switch {
	case href == "":
		c.literal([]byte("<" + string(label) + ">"))
	case c.inLink:
		c.literal(label)
	default:
		c.linked(href, label)
	}
}

// linked writes words as a link.
func (c *commentWriter) linked(href string, words []byte) {
	c.openLink(href)
	c.literal(words)
	c.closeLink()
	c.note(href)
}

// openLink begins a link. Its rel tells search engines that the publication does not
// stand behind it.
func (c *commentWriter) openLink(href string) {
	c.inLink = true
	c.tag(`<a href="`)
	c.out = appendEscaped(c.out, []byte(href))
	c.tag(`" rel="ugc nofollow noopener">`)
}

func (c *commentWriter) closeLink() {
	c.tag("</a>")
	c.inLink = false
}

// note keeps the address of a link that was written.
func (c *commentWriter) note(href string) {
	if !slices.Contains(c.links, href) {
		c.links = append(c.links, href)
	}
}

// flush writes the collected text, in which addresses become links.
func (c *commentWriter) flush() {
	if len(c.run) == 0 {
		return
	}
	words := c.run
	if bytes.IndexByte(words, '\\') >= 0 {
		words = unescape(words[:0], words)
	}
	for !c.inLink {
		start, end, ok := findAddress(words)
		if !ok {
			break
		}
		c.literal(words[:start])
		c.linked(commentAddress(string(words[start:end])), words[start:end])
		words = words[end:]
	}
	c.literal(words)
	c.run = c.run[:0]
}

// unescape appends the text to the slice, which may be its own beginning, without the
// backslashes before punctuation. Entities stay as they were typed.
func unescape(to, s []byte) []byte {
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && util.IsPunct(s[i+1]) {
			i++
		}
		to = append(to, s[i])
	}
	return to
}

// literal writes characters as they are.
func (c *commentWriter) literal(s []byte) {
	if n := len(c.out); n > 0 && (c.out[n-1] == '>' || c.out[n-1] == '\n') { // a mark there has nothing to stand on
		s = bytes.TrimLeftFunc(s, func(r rune) bool { return unicode.Is(unicode.M, r) })
	}
	c.out = appendEscaped(c.out, s)
	c.plain = append(c.plain, s...)
}

// tag writes HTML that stands in this file.
func (c *commentWriter) tag(html string) { c.out = append(c.out, html...) }

// appendEscaped appends text as it stands between tags and in double quotes.
func appendEscaped(to, s []byte) []byte {
	start := 0
	for i, b := range s {
		var escaped string
		switch b {
		case '&':
			escaped = "&amp;"
		case '<':
			escaped = "&lt;"
		case '>':
			escaped = "&gt;"
		case '"':
			escaped = "&#34;"
		case '\'':
			escaped = "&#39;"
		default:
			continue
		}
		to = append(append(to, s[start:i]...), escaped...)
		start = i + 1
	}
	return append(to, s[start:]...)
}
