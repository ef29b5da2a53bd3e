package intake

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"standfirst"
)

// plainValue matches a text that YAML reads as itself without quotes. It is
// narrower than YAML allows.
var plainValue = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\p{L}[\p{L}\p{N}]*(?:[ ,./'’()%$€£+–—-]*[\p{L}\p{N}]+)*[.)%]?$`)
})

// spokenFor are words that YAML reads as something other than a text.
var spokenFor = map[string]bool{
	"true": true, "false": true, "null": true, "yes": true, "no": true, "on": true, "off": true, "y": true, "n": true,
	"nan": true, "inf": true, "infinity": true,
}

// quoted returns the text as a YAML value on one line.
func quoted(s string) string {
	if plainValue().MatchString(s) && !spokenFor[strings.ToLower(s)] {
		return s
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u2029' || r == '\ufeff' || r == '\ufffe' || r == '\uffff':
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// writeFrontMatter writes the keys that the document has. The headline is always
// there: without it, a heading in the body would be taken for it.
func writeFrontMatter(b *strings.Builder, d Document) {
	c := d.Content
	line := func(indent, key, value string) {
		b.WriteString(indent + key + ": " + quoted(value) + "\n")
	}
	optional := func(indent, key, value string) {
		if value != "" {
			line(indent, key, value)
		}
	}
	line("", "headline", c.Headline)
	optional("", "standfirst", c.Standfirst)
	if len(c.Bylines) > 0 {
		b.WriteString("bylines:\n")
	}
	for _, byline := range c.Bylines {
		line("  - ", "name", byline.Name)
		optional("    ", "role", byline.Role)
	}
	optional("", "disclosure", c.Disclosure)
	optional("", "dateline", c.Dateline)
	optional("", "section", c.Section)
	if len(c.Topics) > 0 {
		b.WriteString("topics:\n")
	}
	for _, topic := range c.Topics {
		b.WriteString("  - " + quoted(topic) + "\n")
	}
	if p := c.Picture; p != nil {
		b.WriteString("picture:\n")
		if d.PictureFile != "" {
			line("  ", "file", d.PictureFile)
		} else {
			b.WriteString("  id: " + p.ID.String() + "\n")
		}
		optional("  ", "alt", p.Alt)
		optional("  ", "caption", p.Caption)
		optional("  ", "credit", p.Credit)
	}
	if s := c.Social; s != (standfirst.Social{}) {
		b.WriteString("social:\n")
		optional("  ", "title", s.Title)
		if s.Picture != 0 {
			b.WriteString("  picture: " + s.Picture.String() + "\n")
		}
		optional("  ", "alt", s.Alt)
	}
	if d.Date != "" {
		b.WriteString("date: " + d.Date + "\n")
	}
	if d.Slug != "" {
		b.WriteString("slug: " + quoted(string(d.Slug)) + "\n")
	}
	if d.Access != "" && d.Access != standfirst.AccessPublic {
		b.WriteString("access: " + string(d.Access) + "\n")
	}
}

// pictureID reads the number of a stored picture.
func pictureID(s string) (standfirst.PictureID, bool) {
	n, err := strconv.ParseInt(s, 10, 64)
	return standfirst.PictureID(n), err == nil && n > 0
}
