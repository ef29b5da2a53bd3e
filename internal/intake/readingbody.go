package intake

import (
	"regexp"
	"strings"

	"standfirst/internal/markup"
)

var (
	headingStart = regexp.MustCompile(`^#{1,6} +`)
	itemStart    = regexp.MustCompile(`^(?:[-*+]|\d{1,9}[.)]) +`)
	container    = regexp.MustCompile(`(?m)^:::[a-z]* *(.*)$`)
)

// readableBody returns the words of a body with the marks that the copy desk knows:
// those of subheads, of list items and of block quotes.
func readableBody(body string) string {
	if strings.Contains(body, "```") || strings.Contains(body, "~~~") || strings.Contains(body, "\n[") {
		return markup.PlainText(body) // its blocks cannot be read one by one
	}
	var out []string
	voices := false
	for block := range strings.SplitSeq(body, "\n\n") {
		opens := strings.Contains(block, ":::voices")
		closes := strings.HasSuffix(strings.TrimSpace(block), ":::")
		if opens {
			heading := container.FindStringSubmatch(block)
			out = append(out, plain(heading[1]))
		}
		voices = voices || opens
		block = strings.TrimSpace(container.ReplaceAllString(block, ""))
		if words := readableBlock(block, voices); words != "" {
			out = append(out, words)
		}
		voices = voices && !closes
	}
	return strings.Join(out, "\n\n")
}

// readableBlock returns the words of one block with its mark.
func readableBlock(block string, voices bool) string {
	if mark := headingStart.FindString(block); mark != "" && !strings.Contains(block, "\n") {
		return mark + plain(block)
	}
	if itemStart.MatchString(block) {
		lines := strings.Split(block, "\n")
		for i, line := range lines {
			lines[i] = itemStart.FindString(line) + plain(line)
		}
		return strings.Join(lines, "\n")
	}
	words := markup.PlainText(block)
	if strings.HasPrefix(block, ">") && !voices && words != "" {
		return "> " + strings.ReplaceAll(strings.ReplaceAll(words, "\n", "\n> "), "\n> \n", "\n>\n")
	}
	return words
}
