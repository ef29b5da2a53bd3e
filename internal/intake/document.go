package intake

import (
	"regexp"
	"strings"

	"standfirst"
)

// Document is a text with everything that its file says of it.
type Document struct {
	Content standfirst.Content
	Slug    standfirst.Slug   // chosen; may be empty
	Access  standfirst.Access // may be empty
	// Date is when the text is from, as written: 2026-03-05, or with a time,
	// 2026-03-05 14:10 in the publication's time zone, or with an offset,
	// 2026-03-05T14:10:00Z. It may be empty.
	Date string
	// PictureFile is the path of the lead picture from the folder of the text, with
	// slashes. It is empty if there is none, or if Content.Picture has the number of a
	// stored one.
	PictureFile string
}

// ParseDocument reads Markdown, with front matter if it has any. Without it, or
// when it does not say the headline, the headline is that of the first line if that is
// a heading of the first level. It returns an Invalid error that names the line for
// front matter that cannot be read, is not closed or has a key that is not known.
func ParseDocument(text string) (Document, error) {
	text = normalLines(strings.TrimPrefix(text, "\ufeff"))
	if err := checkClosed(text); err != nil {
		return Document{}, err
	}
	header, body, found := cutFrontMatter(text)
	var d Document
	var said map[string]bool
	if found {
		var err error
		if said, err = parseFrontMatter(header, &d); err != nil {
			return Document{}, err
		}
	}
	d.Content.Body = trimBlankLines(body)
	if !said["headline"] {
		takeHeading(&d.Content)
	}
	return d, nil
}

// FormatDocument writes what ParseDocument reads, in a form that loses nothing.
// The quotations of the content and the slugs of its bylines are not written: they
// are found again.
func FormatDocument(d Document) ([]byte, error) {
	var b strings.Builder
	b.WriteString(fence + "\n")
	writeFrontMatter(&b, d)
	b.WriteString(fence + "\n")
	if d.Content.Body != "" {
		b.WriteString("\n" + d.Content.Body + "\n")
	}
	return []byte(b.String()), nil
}

// fence stands before and after front matter.
const fence = "---"

// firstKey matches a line that front matter may begin with.
var firstKey = regexp.MustCompile(`^\s*(?:#.*|["']?[A-Za-z_][\w -]*["']?\s*:(?:\s.*)?)$`)

// cutFrontMatter splits a text that begins with front matter. A text whose first
// line is a row of hyphens before something else has none.
func cutFrontMatter(text string) (header, body string, found bool) {
	first, rest, more := strings.Cut(text, "\n")
	if strings.TrimRight(first, " \t") != fence || !more {
		return "", text, false
	}
	for at, looked := 0, false; at < len(rest); {
		line, _, _ := strings.Cut(rest[at:], "\n")
		switch trimmed := strings.TrimRight(line, " \t"); {
		case trimmed == fence || trimmed == "...":
			end := min(at+len(line)+1, len(rest))
			return rest[:at], rest[end:], true
		case !looked && trimmed != "":
			if looked = firstKey.MatchString(trimmed); !looked {
				return "", text, false
			}
		}
		at += len(line) + 1
	}
	return "", text, false
}

// checkClosed returns an Invalid error for a text that begins as front matter and
// never ends it: its keys would become the story.
func checkClosed(text string) error {
	first, rest, _ := strings.Cut(text, "\n")
	if strings.TrimRight(first, " \t") != fence {
		return nil
	}
	if _, _, found := cutFrontMatter(text); found {
		return nil
	}
	for line := range strings.SplitSeq(rest, "\n") {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if looksLikeKey(line) {
			return standfirst.Errorf(standfirst.Invalid, "the front matter that begins on line 1 is not closed; put --- on a line of its own after it")
		}
		break
	}
	return nil
}

// hasFrontMatter reports whether the text begins with front matter.
func hasFrontMatter(text string) bool {
	_, _, found := cutFrontMatter(normalLines(text))
	return found
}

// normalLines makes line ends line feeds.
func normalLines(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// trimBlankLines drops blank lines before and white space after the text.
func trimBlankLines(s string) string {
	s = strings.TrimRight(s, " \t\n")
	for {
		line, rest, found := strings.Cut(s, "\n")
		if !found || strings.Trim(line, " \t") != "" {
			return s
		}
		s = rest
	}
}
