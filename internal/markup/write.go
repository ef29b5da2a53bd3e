package markup

import (
	"strconv"
	"strings"

	"standfirst"
)

// The functions below write canonical story text from plain words, which they
// escape. Each returns one block without a line feed at its end; blocks are joined
// by a blank line.

// WriteHeading returns a heading. The level is 2 to 6; others become the nearest.
func WriteHeading(level int, words string) string {
	return strings.Repeat("#", min(max(level, 2), 6)) + " " + EscapeText(words)
}

// WriteList returns a list, numbered from the given number, or with bullets if it is
// negative.
func WriteList(items []string, from int) string {
	lines := make([]string, len(items))
	for i, item := range items {
		marker := "- "
		if from >= 0 {
			marker = strconv.Itoa(from+i) + ". "
		}
		lines[i] = marker + EscapeText(item)
	}
	return strings.Join(lines, "\n")
}

// WriteQuote returns a block quote of paragraphs. The attribution, "Name, role,
// affiliation", may be empty; a dash with which it begins is not doubled.
func WriteQuote(paragraphs []string, attribution string) string {
	var lines []string
	for _, paragraph := range paragraphs {
		lines = append(lines, "> "+EscapeText(paragraph))
	}
	if attribution = strings.TrimLeft(oneLine(attribution), "—–―- \u00a0"); attribution != "" {
		lines = append(lines, "> — "+EscapeText(attribution))
	}
	return strings.Join(lines, "\n>\n")
}

// WrittenVoice is a voice as it stands in a text.
type WrittenVoice struct {
	Quote       string
	Attribution string // "Name, role, affiliation", and perhaps a disclosure
}

// WriteVoiceFrom returns a voice as [WriteQuote] does, that leads to the comment from which
// it was picked by the words given.
func WriteVoiceFrom(paragraphs []string, attribution, words, path string) string {
	return WriteQuote(paragraphs, attribution) + " · [" + EscapeText(words) + "](" + path + ")"
}

// WriteVoices returns a block of voices. The heading may be empty.
func WriteVoices(heading string, voices []WrittenVoice) string {
	blocks := make([]string, len(voices))
	for i, v := range voices {
		blocks[i] = WriteQuote([]string{v.Quote}, v.Attribution)
	}
	return strings.TrimRight(":::"+voicesName+" "+EscapeText(heading), " ") + "\n" + strings.Join(blocks, "\n\n") + "\n:::"
}

// WriteTable returns a table whose first row is its head. Rows may differ in length.
func WriteTable(rows [][]string) string {
	width := 0
	escaped := make([][]string, len(rows))
	for i, row := range rows {
		width = max(width, len(row))
		for _, cell := range row {
			escaped[i] = append(escaped[i], escapeCell(cell))
		}
	}
	return joinTable(escaped, width)
}

// joinTable returns a table of cells that are Markdown.
func joinTable(rows [][]string, width int) string {
	var b strings.Builder
	for i, row := range rows {
		for column := range width {
			cell := ""
			if column < len(row) {
				cell = row[column]
			}
			b.WriteString("| " + cell + " ")
		}
		b.WriteString("|\n")
		if i == 0 {
			b.WriteString(strings.Repeat("| --- ", width) + "|\n")
		}
	}
	return strings.TrimRight(b.String(), "\n")
}

// escapeCell escapes the words of a table's cell. A bar always ends a cell unless a
// backslash stands before it, so a backslash that belongs to the words must not.
func escapeCell(words string) string {
	cell := EscapeText(words)
	cell = strings.ReplaceAll(cell, `\|`, `|`)
	return strings.ReplaceAll(cell, "|", `\|`)
}

// WriteFigure writes a stored picture with what is said of it, which may each be empty.
func WriteFigure(id standfirst.PictureID, alt, caption, credit string) string {
	lines := []string{":::" + figureName, "![" + altMarks.Replace(oneLine(alt)) + "](" + id.Address() + ")"}
	if caption = EscapeText(caption); caption != "" {
		lines = append(lines, caption)
	}
	if credit = EscapeText(credit); credit != "" {
		lines = append(lines, "Credit: "+credit)
	}
	return strings.Join(append(lines, ":::"), "\n")
}

// altMarks escapes what could end the alt text of an image, or stand for something in it.
var altMarks = strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, "`", "\\`", "*", `\*`, "_", `\_`, "<", `\<`, "&", `\&`)
