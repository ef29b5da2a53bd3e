package intake

import (
	"strings"

	"standfirst/internal/copydesk"
	"standfirst/internal/markup"
)

// bodyOf writes the blocks of a plain text as canonical story text. Every word is
// escaped, so that it reads as it was typed.
func bodyOf(r copydesk.Reading) string {
	blocks := make([]string, 0, len(r.Blocks))
	for _, b := range r.Blocks {
		if s := blockOf(b); s != "" {
			blocks = append(blocks, s)
		}
	}
	return strings.Join(blocks, "\n\n")
}

// blockOf writes one block.
func blockOf(b copydesk.Block) string {
	switch b.Kind {
	case copydesk.Subhead:
		return markup.WriteHeading(b.Level, strings.TrimSpace(b.Text))
	case copydesk.List:
		from := -1
		if b.Ordered {
			from = b.First
		}
		return markup.WriteList(textsOf(b.Items), from)
	case copydesk.BlockQuote:
		return markup.WriteQuote(textsOf(b.Items), "")
	case copydesk.Voices:
		return voicesOf(b)
	case copydesk.Note, copydesk.Answer:
		return labelled(b)
	case copydesk.Question:
		if b.Label.IsZero() {
			return bold(words(b.Span))
		}
		return labelled(b)
	case copydesk.Table:
		return tableOf(b.Items)
	}
	return words(b.Span)
}

// words returns the words of a span so that Markdown reads them as they are.
func words(s copydesk.Span) string { return markup.EscapeText(strings.TrimSpace(s.Text)) }

func bold(s string) string {
	if s == "" {
		return ""
	}
	return "**" + s + "**"
}

// labelled sets a label before its text, in bold.
func labelled(b copydesk.Block) string {
	return strings.TrimSpace(bold(words(b.Label)) + " " + words(b.Span))
}

// textsOf returns the words of spans, unescaped.
func textsOf(spans []copydesk.Span) []string {
	all := make([]string, len(spans))
	for i, s := range spans {
		all[i] = strings.TrimSpace(s.Text)
	}
	return all
}

// voicesOf writes a block of attributed opinions as the container that holds them.
func voicesOf(b copydesk.Block) string {
	voices := make([]markup.WrittenVoice, len(b.Voices))
	for i, v := range b.Voices {
		voices[i] = markup.WrittenVoice{Quote: strings.TrimSpace(v.Quote.Text), Attribution: v.Line.Text}
	}
	return markup.WriteVoices(strings.TrimSpace(b.Heading.Text), voices)
}

// tableOf writes lines of cells as a table whose first line is its head.
func tableOf(lines []copydesk.Span) string {
	rows := make([][]string, len(lines))
	for i, line := range lines {
		for cell := range strings.SplitSeq(line.Text, "\t") {
			rows[i] = append(rows[i], strings.TrimSpace(cell))
		}
	}
	return markup.WriteTable(rows)
}
