package intake

import (
	"strconv"
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
		return strings.Repeat("#", min(max(b.Level, 2), 6)) + " " + words(b.Span)
	case copydesk.List:
		return listOf(b)
	case copydesk.BlockQuote:
		return quoteOf(b.Items)
	case copydesk.Voices:
		return voicesOf(b, words)
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

func listOf(b copydesk.Block) string {
	lines := make([]string, len(b.Items))
	for i, item := range b.Items {
		marker := "- "
		if b.Ordered {
			marker = strconv.Itoa(b.First+i) + ". "
		}
		lines[i] = marker + words(item)
	}
	return strings.Join(lines, "\n")
}

func quoteOf(items []copydesk.Span) string {
	paragraphs := make([]string, len(items))
	for i, item := range items {
		paragraphs[i] = "> " + words(item)
	}
	return strings.Join(paragraphs, "\n>\n")
}

// voicesOf writes a block of attributed opinions as the container that holds them.
func voicesOf(b copydesk.Block, write func(copydesk.Span) string) string {
	var s strings.Builder
	s.WriteString(strings.TrimSpace(":::voices "+write(b.Heading)) + "\n")
	for i, v := range b.Voices {
		if i > 0 {
			s.WriteString("\n")
		}
		line := v.Line
		line.Text = strings.TrimLeft(line.Text, "—–―- \u00a0")
		s.WriteString("> " + write(v.Quote) + "\n>\n> — " + markup.EscapeText(line.Text) + "\n")
	}
	s.WriteString(":::")
	return s.String()
}

// tableOf writes lines of cells as a table whose first line is its head.
func tableOf(lines []copydesk.Span) string {
	var rows [][]string
	width := 0
	for _, line := range lines {
		row := strings.Split(line.Text, "\t")
		rows = append(rows, row)
		width = max(width, len(row))
	}
	var s strings.Builder
	for i, row := range rows {
		for c := range width {
			cell := ""
			if c < len(row) {
				cell = strings.ReplaceAll(markup.EscapeText(strings.TrimSpace(row[c])), "|", `\|`)
			}
			s.WriteString("| " + cell + " ")
		}
		s.WriteString("|\n")
		if i == 0 {
			s.WriteString(strings.Repeat("| --- ", width) + "|\n")
		}
	}
	return strings.TrimRight(s.String(), "\n")
}
