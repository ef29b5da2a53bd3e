package intake

import (
	"strings"
	"unicode/utf8"

	"standfirst"
	"standfirst/internal/copydesk"
	"standfirst/internal/markup"
)

// Composition is what a file becomes before anything is stored.
type Composition struct {
	Document
	Form Form
	// FrontMatter says that the text is Markdown that has some.
	FrontMatter bool
	Encoding    string // as [copydesk.Decode] names it
	Digest      string // of the text; the same text filed again has the same
	// Kicker is the line above the headline, if there is one. It is not part of the
	// content: the one who files decides whether it names a section.
	Kicker string
	// Left is what was left out, in the order of the text.
	Left []Left
	// Suggested says that the headline was made of the first sentence, which also
	// stays where it is.
	Suggested bool
	// Stated is the day that a text or page states for itself; zero if it states none.
	Stated standfirst.Day
}

// Left is something in a file that does not belong to the story.
type Left struct {
	Reason string // what it is, such as "share bar"
	Words  string // may be empty, for a picture without words
}

// Compose makes a story's content of the bytes of a file. The name decides between
// plain text and Markdown where the text does not; day is the day against which
// the text is read, and may be zero. It is pure: the same bytes give the same
// composition. It returns an Invalid error, without the name of the file, for
// bytes that are no text, a file without words, or front matter that cannot be read.
func Compose(name string, b []byte, day standfirst.Day) (Composition, error) {
	text, encoding, err := copydesk.Decode(b)
	if err != nil {
		return Composition{}, err
	}
	if archiveStart.MatchString(text[:min(len(text), 200)]) && strings.Contains(text[:min(len(text), 4<<10)], "boundary=") {
		return Composition{}, standfirst.Errorf(standfirst.Invalid, "is a web archive or an e-mail; save the page as HTML, or its words as plain text")
	}
	if err := checkClosed(normalLines(text)); err != nil {
		return Composition{}, err
	}
	c := Composition{Form: formOf(name, text), Encoding: encoding, Digest: digestOf(text)}
	switch c.Form {
	case Markdown:
		c.FrontMatter = hasFrontMatter(text)
		c.Document, err = ParseDocument(text)
	case WebPage:
		err = c.readPage(text, day)
	default:
		reading := copydesk.Read(text, day)
		c.takeHead(reading)
		c.Content.Body = bodyOf(reading)
	}
	if err != nil {
		return Composition{}, err
	}
	if c.Content.Headline == "" {
		c.suggestHeadline(day)
	}
	if c.Content.Headline == "" && c.Content.Body == "" {
		return Composition{}, standfirst.Errorf(standfirst.Invalid, "holds no text for a story")
	}
	return c, nil
}

// takeHead takes over what stands above the body of a text.
func (c *Composition) takeHead(r copydesk.Reading) {
	c.Kicker = r.Kicker.Text
	c.Content.Headline = r.Headline.Text
	c.Content.Standfirst = r.Standfirst.Text
	c.Content.Dateline = datelineOf(r.Dateline)
	c.Content.Bylines = bylinesOf(r.Bylines)
	c.Stated = r.Published
	for _, d := range r.Dropped {
		c.Left = append(c.Left, Left{Reason: d.Reason, Words: d.Text})
	}
}

// datelineOf returns the dateline as the story carries it, with the agency if the
// text names one.
func datelineOf(d copydesk.Dateline) string {
	if d.Agency == "" {
		return d.Words
	}
	return d.Words + " (" + d.Agency + ")"
}

// bylinesOf returns the bylines; a place in one becomes part of the role.
func bylinesOf(found []copydesk.Byline) []standfirst.Byline {
	var out []standfirst.Byline
	for _, b := range found {
		role := b.Role
		if b.Place != "" {
			role = strings.TrimSpace(role + " in " + b.Place)
		}
		out = append(out, standfirst.Byline{Name: b.Name, Role: role})
	}
	return out
}

// suggestHeadline makes a headline of the first sentence.
func (c *Composition) suggestHeadline(day standfirst.Day) {
	plain := copydesk.Read(markup.PlainText(c.Content.Body), day)
	c.Content.Headline = cutSuggestion(plain.SuggestedHeadline())
	c.Suggested = c.Content.Headline != ""
}

// cutSuggestion takes the ellipsis off a suggestion that was cut between words:
// a headline ends in words of the text. If one of its commas leaves enough, it ends
// there.
func cutSuggestion(s string) string {
	const enough = 40
	cut, was := strings.CutSuffix(s, "…")
	if !was {
		return s
	}
	if i := strings.LastIndexAny(cut, ",;"); i >= enough {
		return cut[:i]
	}
	return strings.TrimRight(cut, " ,;:–—-")
}

// takeHeading takes the first line of the body for the headline if it is a heading
// of the first level.
func takeHeading(c *standfirst.Content) {
	line, rest, _ := strings.Cut(c.Body, "\n")
	heading, is := strings.CutPrefix(line, "# ")
	if plain := strings.TrimSpace(markup.PlainText(strings.TrimRight(heading, " #"))); is && plain != "" && utf8.ValidString(plain) {
		c.Headline = strings.Join(strings.Fields(plain), " ")
		c.Body = trimBlankLines(rest)
	}
}
