package intake

import (
	"slices"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"standfirst"
	"standfirst/internal/copydesk"
	"standfirst/internal/markup"
)

// maxPageElements bounds the elements of a page that are looked at for its article.
const maxPageElements = 50_000

// maxPageBrackets bounds the square brackets in its article: each may begin a link,
// and the time that the conversion takes grows with the square of their number.
const maxPageBrackets = 5_000

// readPage finds the article in a saved web page and reads it as the copy desk
// reads text, keeping links, emphasis and lists. Pictures are not fetched.
func (c *Composition) readPage(text string, day standfirst.Day) error {
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return standfirst.WrapError(standfirst.Invalid, err, "the web page cannot be read")
	}
	head := readHead(doc)
	parser := readability.NewParser()
	parser.MaxElemsToParse = maxPageElements
	article, err := parser.ParseDocument(doc, nil)
	if err != nil {
		return standfirst.Errorf(standfirst.Invalid, "the web page cannot be read: %v", err)
	}
	node := article.Node
	var marks kept
	if head.body != nil {
		node = head.body
		marks.take(node)
	}
	if node == nil {
		node = doc
	}
	pictures := removePictures(node)
	var rendered strings.Builder
	if err := html.Render(&rendered, node); err != nil {
		return standfirst.WrapError(standfirst.Invalid, err, "the web page cannot be read")
	}
	if strings.Count(rendered.String(), "[") > maxPageBrackets {
		return standfirst.Errorf(standfirst.Invalid, "the web page is not an article: it holds more than %d square brackets", maxPageBrackets)
	}
	body, err := markup.FromHTML(rendered.String())
	if err != nil {
		return standfirst.WrapError(standfirst.Invalid, err, "the web page cannot be read")
	}
	if head.headline == "" {
		head.headline = pageTitle(article)
	}
	if len(head.bylines) == 0 {
		head.bylines = bylinesIn(strings.Join(strings.Fields(article.Byline()), " "))
	}
	c.readArticle(head, body, day)
	c.dropRepeated()
	if c.Content.Standfirst == "" {
		c.promoteDescription(description(doc))
	}
	c.Content.Body = marks.restore(c.Content.Body)
	c.Left = append(append(c.Left, head.left...), pictures...)
	if published, err := article.PublishedTime(); err == nil {
		c.Stated = standfirst.DayOf(published, published.Location())
	} else if !head.stated.IsZero() {
		c.Stated = head.stated
	}
	return nil
}

// pageTitle returns the title of the page without the name of its site.
func pageTitle(a readability.Article) string {
	title := strings.Join(strings.Fields(a.Title()), " ")
	if site := strings.Join(strings.Fields(a.SiteName()), " "); site != "" {
		for _, sep := range []string{" | ", " - ", " – ", " — ", " · ", " :: "} {
			title = strings.TrimSuffix(title, sep+site)
		}
	}
	return title
}

// readArticle reads the Markdown of an article below its head. What the copy desk
// takes for the head or for furniture is cut out of the Markdown, and everything else
// stays as it is.
func (c *Composition) readArticle(head pageHead, body string, day standfirst.Day) {
	above := head.headline + "\n\n"
	if head.standfirst != "" {
		above += head.standfirst + "\n\n"
	}
	if len(head.bylines) > 0 {
		names := make([]string, len(head.bylines))
		for i, b := range head.bylines {
			names[i] = b.Name
		}
		above += "By " + strings.Join(names, " and ") + "\n\n"
	}
	text := above + body
	reading := copydesk.Read(text, day)
	if (head.body != nil || head.standfirst != "") && reading.Standfirst.Start >= len(above) {
		reading.Standfirst = copydesk.Span{} // it is the story's first paragraph
	}
	c.takeHead(reading)
	c.Content.Headline = plain(c.Content.Headline)
	if head.headline != "" {
		c.Content.Headline, c.Kicker = head.headline, head.kicker
	}
	c.Content.Standfirst = plain(c.Content.Standfirst)
	if head.standfirst != "" {
		c.Content.Standfirst = head.standfirst
	}
	c.Content.Dateline = plain(c.Content.Dateline)
	found := head.bylines
	for i, b := range bylinesOf(reading.Bylines) {
		if reading.Bylines[i].Start >= len(above) || len(head.bylines) == 0 {
			found = append(found, b)
		}
	}
	c.Content.Bylines = plainBylines(found)
	// What the head says is said already.
	c.Left = nil
	for _, d := range reading.Dropped {
		if d.End > len(above) {
			c.Left = append(c.Left, Left{Reason: d.Reason, Words: plain(d.Text)})
		}
	}
	c.Content.Body = rest(text, len(above), reading)
}

// plainBylines returns the bylines without Markdown and each name once: a page often
// says it in its head and again in its text. The role that is longer is kept.
func plainBylines(found []standfirst.Byline) []standfirst.Byline {
	var out []standfirst.Byline
	for _, b := range found {
		b = standfirst.Byline{Name: plain(b.Name), Role: plain(b.Role)}
		same := slices.IndexFunc(out, func(o standfirst.Byline) bool { return strings.EqualFold(o.Name, b.Name) })
		switch {
		case same < 0:
			out = append(out, b)
		case len(b.Role) > len(out[same].Role):
			out[same].Role = b.Role
		}
	}
	return out
}

// plain returns the words of Markdown on one line.
func plain(s string) string {
	return strings.Join(strings.Fields(markup.PlainText(s)), " ")
}

// patch is a stretch of text and what stands in its place.
type patch struct {
	start, end int
	with       string
}

// rest returns the text from the given offset on without the parts that are not
// in the body, and with its blocks of voices as containers.
func rest(text string, from int, r copydesk.Reading) string {
	cut := func(s copydesk.Span) patch { return patch{start: s.Start, end: s.End} }
	patches := []patch{{end: from}, cut(r.Kicker), cut(r.Headline), cut(r.Standfirst), cut(r.Dateline.Span)}
	for _, b := range r.Bylines {
		patches = append(patches, cut(b.Span))
	}
	for _, d := range r.Dropped {
		patches = append(patches, cut(d.Span))
	}
	source := func(s copydesk.Span) string { return strings.Join(strings.Fields(text[s.Start:s.End]), " ") }
	for _, b := range r.Blocks {
		if b.Kind == copydesk.Voices {
			patches = append(patches, patch{b.Start, b.End, voicesAsTyped(b, source)})
		}
	}
	slices.SortStableFunc(patches, func(a, b patch) int { return a.start - b.start })
	var out strings.Builder
	at := 0
	for _, p := range patches {
		if p.end <= at {
			continue
		}
		out.WriteString(text[at:max(at, p.start)])
		if p.start >= at {
			out.WriteString(p.with)
		}
		at = p.end
		if s := out.String(); s == "" || strings.HasSuffix(s, "\n") {
			for at < len(text) && (text[at] == ' ' || text[at] == '\t') {
				at++ // of the gap after what was cut out
			}
		}
	}
	out.WriteString(text[at:])
	return tidyGaps(out.String())
}

// tidyGaps leaves one blank line where several stand after something was cut out.
func tidyGaps(s string) string {
	lines := strings.Split(s, "\n")
	var out []string
	for _, line := range lines {
		line = strings.TrimRight(line, "\t ")
		if line == "" && (len(out) == 0 || out[len(out)-1] == "") {
			continue
		}
		out = append(out, line)
	}
	return trimBlankLines(strings.Join(out, "\n"))
}

// removePictures takes pictures and players out of the article, together with
// their captions, and says which.
func removePictures(n *html.Node) []Left {
	var left []Left
	for child := n.FirstChild; child != nil; {
		next := child.NextSibling
		switch child.DataAtom {
		case atom.Figure, atom.Picture, atom.Img, atom.Video, atom.Audio, atom.Iframe, atom.Svg, atom.Object, atom.Embed, atom.Canvas:
			if child.DataAtom == atom.Figure && !holds(child, atom.Img, atom.Picture, atom.Video, atom.Svg, atom.Iframe) {
				break
			}
			left = append(left, Left{Reason: "picture or player", Words: nodeText(child)})
			n.RemoveChild(child)
			child = next
			continue
		}
		left = append(left, removePictures(child)...)
		child = next
	}
	return left
}

// holds reports whether one of the elements is below the node.
func holds(n *html.Node, atoms ...atom.Atom) bool {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && slices.Contains(atoms, d.DataAtom) {
			return true
		}
	}
	return false
}

// nodeText returns the words below the node on one line, or else its alt text.
func nodeText(n *html.Node) string {
	var words []string
	alt := ""
	visit := func(d *html.Node) {
		switch {
		case d.Type == html.TextNode:
			words = append(words, strings.Fields(d.Data)...)
		case d.DataAtom == atom.Img:
			for _, a := range d.Attr {
				if a.Key == "alt" {
					alt = a.Val
				}
			}
		}
	}
	visit(n)
	for d := range n.Descendants() {
		visit(d)
	}
	if len(words) == 0 {
		words = strings.Fields(alt)
	}
	return strings.Join(words, " ")
}

// voicesAsTyped writes a block of voices whose words are Markdown already, which
// source returns, as the container that holds them.
func voicesAsTyped(b copydesk.Block, source func(copydesk.Span) string) string {
	var s strings.Builder
	s.WriteString(strings.TrimSpace(":::voices "+source(b.Heading)) + "\n")
	for i, v := range b.Voices {
		if i > 0 {
			s.WriteString("\n")
		}
		line := v.Line
		line.Text = strings.TrimLeft(line.Text, "—–―- \u00a0")
		s.WriteString("> " + source(v.Quote) + "\n>\n> — " + markup.EscapeText(line.Text) + "\n")
	}
	s.WriteString(":::")
	return s.String()
}
