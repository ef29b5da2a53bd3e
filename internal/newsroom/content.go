package newsroom

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"standfirst"
	"standfirst/internal/copydesk"
	"standfirst/internal/markup"
)

// Limits on the small parts of a text, in bytes.
const (
	maxNameLength    = 200  // of a person, role, section or topic
	maxDisclosure    = 500  // of what an author or a story discloses
	maxCaptionLength = 2000 // of alt text, caption, credit, and of the note of a retraction
)

// Prepare brings a text into the form in which it is kept: single-line parts
// without line breaks or double spaces, names and topics once each, line feeds
// only, and its quotations, citations and pictures found. It is pure, and costs the copy desk's reading.
func Prepare(c standfirst.Content) standfirst.Content {
	c.Headline = standfirst.OneLine(c.Headline)
	c.Standfirst = standfirst.OneLine(c.Standfirst)
	c.Dateline = standfirst.OneLine(c.Dateline)
	c.Disclosure = standfirst.OneLine(c.Disclosure)
	c.Section = standfirst.OneLine(c.Section)
	c.Body = tidyBody(c.Body)
	c.Bylines = prepareBylines(c.Bylines)
	c.Topics = prepareTopics(c.Topics)
	if c.Picture != nil {
		p := *c.Picture
		p.Alt, p.Caption, p.Credit = standfirst.OneLine(p.Alt), standfirst.OneLine(p.Caption), standfirst.OneLine(p.Credit)
		c.Picture = &p
	}
	c.Social.Title, c.Social.Alt = standfirst.OneLine(c.Social.Title), standfirst.OneLine(c.Social.Alt)
	if c.Social.Picture == 0 {
		c.Social.Alt = ""
	}
	c.Quotations, c.Citations, c.Inset = nil, nil, nil
	if len(c.Body) <= standfirst.MaxBodyLength {
		c.Quotations, c.Citations, c.Inset = copydesk.Quotations(c.Body), markup.Citations(c.Body), inset(c.Body)
	}
	return c
}

// inset returns the stored pictures that the text shows, each once.
func inset(body string) []standfirst.PictureID {
	var found []standfirst.PictureID
	for _, p := range markup.Pictures(body) {
		if !slices.Contains(found, p.ID) {
			found = append(found, p.ID)
		}
	}
	return found
}

// tidyBody makes line ends line feeds and drops blank lines around the text.
func tidyBody(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	s = strings.TrimRight(s, " \t\n")
	for {
		line, rest, found := strings.Cut(s, "\n")
		if !found || strings.Trim(line, " \t") != "" {
			return s
		}
		s = rest
	}
}

// prepareBylines drops names that are empty or stand twice. Slugs are given anew
// when the text is stored.
func prepareBylines(bylines []standfirst.Byline) []standfirst.Byline {
	var out []standfirst.Byline
	for _, b := range bylines {
		b = standfirst.Byline{Name: standfirst.OneLine(b.Name), Role: standfirst.OneLine(b.Role)}
		same := func(o standfirst.Byline) bool { return strings.EqualFold(o.Name, b.Name) }
		if b.Name != "" && !slices.ContainsFunc(out, same) {
			out = append(out, b)
		}
	}
	return out
}

// prepareTopics drops names that are empty or stand twice.
func prepareTopics(topics []string) []string {
	var out []string
	for _, t := range topics {
		t = standfirst.OneLine(t)
		if t != "" && !slices.ContainsFunc(out, func(o string) bool { return strings.EqualFold(o, t) }) {
			out = append(out, t)
		}
	}
	return out
}

// problems collects what is wrong with a text, so that it is said at once.
type problems []string

func (p *problems) add(format string, args ...any) { *p = append(*p, fmt.Sprintf(format, args...)) }

// err returns nil or one Invalid error that tells all problems.
func (p problems) err() error {
	if len(p) == 0 {
		return nil
	}
	return standfirst.Errorf(standfirst.Invalid, "%s", strings.Join(p, "; "))
}

// length adds a problem if the text is longer than the limit, or no text.
func (p *problems) length(what, s string, limit int) {
	if len(s) > limit {
		p.add("%s is %d characters long; %d is the most", what, utf8.RuneCountInString(s), limit)
	}
	if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
		p.add("%s holds bytes that are not text", what)
	}
}

// Check returns nil if the prepared text may be kept as a draft, and otherwise one
// Invalid error that tells everything that is wrong with it.
func Check(c standfirst.Content) error { return checkDraft(c).err() }

// CheckComplete returns nil if the prepared text may also be published: it has a
// headline and a body, and its picture can be told to one who cannot see it.
func CheckComplete(c standfirst.Content) error {
	var p problems
	if c.Headline == "" {
		p.add("the headline is missing")
	}
	if c.Body == "" {
		p.add("the text is missing")
	}
	if c.Picture != nil && c.Picture.Alt == "" {
		p.add("the picture has no alt text; say what a reader who cannot see it needs to know")
	}
	if c.Social.Picture != 0 && c.Social.Alt == "" {
		p.add("the picture for shared links has no alt text; say what a reader who cannot see it needs to know")
	}
	return append(p, checkDraft(c)...).err()
}

func checkDraft(c standfirst.Content) problems {
	var p problems
	p.length("the headline", c.Headline, standfirst.MaxHeadlineLength)
	p.length("the summary", c.Standfirst, standfirst.MaxStandfirstLength)
	p.length("the dateline", c.Dateline, maxNameLength)
	p.length("the disclosure", c.Disclosure, maxDisclosure)
	p.length("the text", c.Body, standfirst.MaxBodyLength)
	p.length("the section's name", c.Section, maxNameLength)
	if len(c.Bylines) > standfirst.MaxBylines {
		p.add("there are %d bylines; %d is the most", len(c.Bylines), standfirst.MaxBylines)
	}
	for _, b := range c.Bylines {
		p.length("a byline", b.Name, maxNameLength)
		p.length("the role in a byline", b.Role, maxNameLength)
	}
	if len(c.Topics) > standfirst.MaxTopics {
		p.add("there are %d topics; %d is the most", len(c.Topics), standfirst.MaxTopics)
	}
	for _, t := range c.Topics {
		p.length("a topic's name", t, maxNameLength)
	}
	if c.Picture != nil {
		p.length("the picture's alt text", c.Picture.Alt, maxCaptionLength)
		p.length("the picture's caption", c.Picture.Caption, maxCaptionLength)
		p.length("the picture's credit", c.Picture.Credit, maxCaptionLength)
	}
	p.length("the title for shared links", c.Social.Title, standfirst.MaxHeadlineLength)
	p.length("the alt text of the picture for shared links", c.Social.Alt, maxCaptionLength)
	return p
}

// sameText reports whether the two texts say the same to a reader. What the
// newsroom derives from a text (quotations, slugs of bylines) does not count.
func sameText(a, b standfirst.Content) bool {
	sameByline := func(x, y standfirst.Byline) bool { return x.Name == y.Name && x.Role == y.Role }
	samePicture := (a.Picture == nil) == (b.Picture == nil) && (a.Picture == nil || *a.Picture == *b.Picture)
	return a.Headline == b.Headline && a.Standfirst == b.Standfirst && a.Dateline == b.Dateline && a.Disclosure == b.Disclosure &&
		a.Body == b.Body && a.Section == b.Section && slices.EqualFunc(a.Bylines, b.Bylines, sameByline) &&
		slices.Equal(a.Topics, b.Topics) && samePicture && a.Social == b.Social
}
