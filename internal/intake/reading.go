package intake

import (
	"slices"
	"strings"

	"standfirst"
	"standfirst/internal/copydesk"
)

// TextReading is how a file is read.
type TextReading struct {
	Form Form
	// Text is what the offsets of the reading are into: a plain text as it was decoded
	// to UTF-8; of Markdown and of a web page the headline, the standfirst, the names of
	// the bylines and the body, with blank lines between them and without other marks
	// than those of subheads, lists and block quotes.
	Text    string
	Reading copydesk.Reading
}

// Read tells how the bytes of a file are read when they are filed. The arguments and
// the errors are those of [Compose]. Of Markdown and of a web page, the head is what
// the front matter or the page says, and what was left out has no place in the text:
// its spans have words only.
func Read(name string, b []byte, day standfirst.Day) (TextReading, error) {
	c, err := Compose(name, b, day)
	if err != nil {
		return TextReading{}, err
	}
	if c.Form == PlainText {
		text, _, err := copydesk.Decode(b)
		if err != nil {
			return TextReading{}, err
		}
		return TextReading{Form: c.Form, Text: text, Reading: copydesk.Read(text, day)}, nil
	}
	parts := []string{c.Content.Headline}
	if c.Content.Standfirst != "" {
		parts = append(parts, c.Content.Standfirst)
	}
	if len(c.Content.Bylines) > 0 {
		names := make([]string, len(c.Content.Bylines))
		for i, b := range c.Content.Bylines {
			names[i] = b.Name
		}
		parts = append(parts, "By "+strings.Join(names, " and "))
	}
	head := strings.Join(parts, "\n\n") + "\n\n"
	text := head + readableBody(c.Content.Body)
	return TextReading{Form: c.Form, Text: text, Reading: c.reading(text, len(head), day)}, nil
}

// reading reads the text of a composition whose body begins at the offset. The
// composition says its head, and all of its body is story.
func (c Composition) reading(text string, from int, day standfirst.Day) copydesk.Reading {
	r := copydesk.Read(text, day)
	out := copydesk.Reading{
		Headline: copydesk.Span{End: len(c.Content.Headline), Text: c.Content.Headline},
		Dateline: readDateline(c.Content.Dateline, day),
	}
	if s := c.Content.Standfirst; s != "" {
		start := len(c.Content.Headline) + len("\n\n")
		out.Standfirst = copydesk.Span{Start: start, End: start + len(s), Text: s}
	}
	if c.Suggested {
		out.Headline = copydesk.Span{}
	}
	for _, b := range c.Content.Bylines {
		out.Bylines = append(out.Bylines, copydesk.Byline{Name: b.Name, Role: b.Role})
	}
	for _, l := range c.Left {
		out.Dropped = append(out.Dropped, copydesk.Dropped{Span: copydesk.Span{Text: l.Words}, Reason: l.Reason})
	}
	for _, b := range r.Blocks {
		if b.Start >= from {
			out.Blocks = append(out.Blocks, b)
		}
	}
	for _, s := range headSpans(r) {
		if s.Start >= from {
			out.Blocks = append(out.Blocks, copydesk.Block{Span: s})
		}
	}
	slices.SortStableFunc(out.Blocks, func(a, b copydesk.Block) int { return a.Start - b.Start })
	for _, q := range r.Quotations {
		if q.Start >= from {
			out.Quotations = append(out.Quotations, q)
		}
	}
	return out
}

// headSpans returns the parts of a reading that are not in its blocks.
func headSpans(r copydesk.Reading) []copydesk.Span {
	spans := []copydesk.Span{r.Kicker, r.Headline, r.Standfirst, r.Dateline.Span}
	for _, b := range r.Bylines {
		spans = append(spans, b.Span)
	}
	for _, d := range r.Dropped {
		spans = append(spans, d.Span)
	}
	return spans
}

// readDateline reads a dateline that stands by itself.
func readDateline(words string, day standfirst.Day) copydesk.Dateline {
	if words == "" {
		return copydesk.Dateline{}
	}
	r := copydesk.Read("Harbour sells its cranes to a buyer from abroad\n\n"+words+" — The harbour said on Monday that it sells its cranes.\n", day)
	return copydesk.Dateline{Words: words, Place: r.Dateline.Place, Agency: r.Dateline.Agency, Day: r.Dateline.Day}
}
