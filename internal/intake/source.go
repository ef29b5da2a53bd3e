package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"path/filepath"
	"regexp"
	"strings"

	"standfirst"
)

// MaxTextBytes is how large a file with a text may be.
const MaxTextBytes = 2 << 20

// ReadAll reads the text of a file, whose name is for messages. It returns a
// TooLarge error, without reading on, when there is more than [MaxTextBytes], and an
// Invalid one when it cannot be read or is empty.
func ReadAll(name string, r io.Reader) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, MaxTextBytes+1))
	switch {
	case err != nil:
		return nil, standfirst.WrapError(standfirst.Invalid, err, "%s: cannot be read: %s", name, reason(err))
	case len(b) > MaxTextBytes:
		return nil, standfirst.Errorf(standfirst.TooLarge, "%s: is larger than %d MiB, the most for a text", name, MaxTextBytes>>20)
	case len(strings.TrimSpace(string(b[:min(len(b), 64)]))) == 0 && len(strings.TrimSpace(string(b))) == 0:
		return nil, standfirst.Errorf(standfirst.Invalid, "%s: is empty", name)
	}
	return b, nil
}

// Form says what a file holds.
type Form string

const (
	PlainText Form = "plain text"
	Markdown  Form = "Markdown"
	WebPage   Form = "web page"
)

// pageStart matches how a saved web page begins.
var pageStart = regexp.MustCompile(`(?is)^\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main)[\s>]`)

// archiveStart matches a web page that was saved as one MIME file.
var archiveStart = regexp.MustCompile(`(?i)^\s*From: <Saved by |^\s*MIME-Version: `)

// anyTag matches something that looks like the tag of a paragraph or heading.
var anyTag = regexp.MustCompile(`(?i)<(?:p|div|h[1-6]|span|article|section|title)[\s>]`)

// formOf tells what the text of the file is: by what stands in it and, where that
// decides nothing, by the ending of its name.
func formOf(name, text string) Form {
	start := text[:min(len(text), 8<<10)]
	extension := strings.ToLower(filepath.Ext(name))
	switch {
	case pageStart.MatchString(start):
		return WebPage
	case hasFrontMatter(text):
		return Markdown
	case (extension == ".html" || extension == ".htm" || extension == ".xhtml") && anyTag.MatchString(text):
		return WebPage
	case extension == ".md" || extension == ".markdown":
		return Markdown
	}
	return PlainText
}

// digestOf returns the SHA-256 of the text in lower-case hexadecimal. Line ends and
// white space at the ends of lines and of the text do not count, nor does the
// encoding that the text came in.
func digestOf(text string) string {
	lines := strings.Split(normalLines(text), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \t")
	}
	sum := sha256.Sum256([]byte(strings.Trim(strings.Join(lines, "\n"), "\n")))
	return hex.EncodeToString(sum[:])
}
