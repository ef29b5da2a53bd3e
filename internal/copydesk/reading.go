// Package copydesk reads the text of a story as a copy desk does: it finds the
// headline, the standfirst, the bylines, the dateline, the blocks of the body, the
// direct quotations and what does not belong to the story at all.
//
// It is pure: the same text gives the same reading, in time and memory that grow
// with the length of the text and no faster. It reads English only. It prefers to
// see nothing where it is not sure, and it never loses a word: every word of the
// text stands in exactly one part of the [Reading], [Dropped] being one of them.
//
// It must not know about databases, networks, clocks, Markdown rendering or who
// calls it.
package copydesk

import (
	"strings"

	"standfirst"
)

// Span is a stretch of the text that was read. The zero Span means that there is
// none.
type Span struct {
	// Start and End are byte offsets into the text, End exclusive.
	Start, End int
	// Text is the words of the stretch on one line, with plain spaces and hyphens and
	// without invisible characters. Quotation marks stay as they were typed. In some
	// parts markers are left out, which each part says.
	Text string
}

// IsZero reports whether there is no such stretch.
func (s Span) IsZero() bool { return s.End == 0 }

// Reading is what a text consists of. The spans of Kicker, Headline, Standfirst,
// Bylines, Dateline, Blocks and Dropped do not overlap, and together they hold every
// word of the text.
type Reading struct {
	Kicker     Span // the line above the headline, such as "Markets | Analysis"
	Headline   Span // zero for a text without one; see SuggestedHeadline
	Standfirst Span // without the bullet, if it is one item of a summary
	Bylines    []Byline
	Dateline   Dateline
	// Published and Updated are the days that the text states for itself ("Updated: 6
	// March 2026"). They are the zero Day when it does not. Their words are in Dropped.
	Published, Updated standfirst.Day
	Blocks             []Block // in the order of the text
	// Quotations are the direct quotations in the blocks, but for block quotes and
	// voices. Each lies within one paragraph or list item.
	Quotations []standfirst.Quotation
	Dropped    []Dropped // in the order of the text
}

// Byline is one name above a story.
type Byline struct {
	// Span begins with the words that belong to this name ("By", "Words:") and ends
	// with the last that do: its role, on whichever line, or the "and" before the next.
	Span
	// Name is without title-less capitals: "BY JANE ROE" gives "Jane Roe".
	Name  string
	Role  string // such as "Senior Markets Correspondent"; may be empty
	Place string // such as "London" in "By Jane Roe in London"; may be empty
}

// Dateline is the place and day before the first sentence.
type Dateline struct {
	Span          // with the agency and the dash
	Words  string // place and day as written, such as "ANTWERP, 5 March"
	Place  string // such as "ANTWERP"
	Agency string // such as "Harbour Newswire"; may be empty
	// Day is the day it names, in the year nearest to the day of reading if it names
	// none; zero if it names no day, or no year and there is no day of reading.
	Day standfirst.Day
}

// Dropped is a stretch that does not belong to the story.
type Dropped struct {
	Span
	Reason string // what it is, in lower-case words, such as "share bar"
}

// Kind says what a block is.
type Kind uint8

// The kinds of blocks, with the fields that each uses beside Span.
const (
	// Paragraph is running text. If the dateline was cut off, it begins after it.
	Paragraph Kind = iota
	// Subhead is a heading in the body: Level. Text is without Markdown's number signs.
	Subhead
	// List is several items: Ordered, First, Items. Text is empty.
	List
	// BlockQuote is a passage set off with ">": Items are its paragraphs. Text is empty.
	BlockQuote
	// Voices is a block of attributed opinions: Heading, Voices. Text is empty.
	Voices
	// Note is an entry of live notes: Label is its time. Text is without the time.
	Note
	// Question and Answer are turns of an interview: Label is "Q:" or the like, and zero
	// for a question that is told by being bold. Text is without the label.
	Question
	Answer
	// Table is lines of cells between tabs or "|": Items are its lines. Text is empty.
	Table
)

var kindNames = [...]string{"paragraph", "subhead", "list", "block quote", "voices", "note", "question", "answer", "table"}

// String returns the kind in lower-case words.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "unknown"
}

// Block is one part of the body.
type Block struct {
	Span
	Kind    Kind
	Level   int // of a Subhead, from 2: the headline is level 1
	Ordered bool
	First   int     // the number of the first item of an ordered list
	Label   Span    // the time of a Note, the label of a Question or Answer
	Heading Span    // of Voices; zero if they have none
	Items   []Span  // without their bullets, numbers or ">"; cells of a Table stay apart by tabs
	Voices  []Voice // of Voices
}

// Voice is an attributed opinion, from the paragraph or the two that hold it.
type Voice struct {
	Span
	Quote Span // what was said, with its quotation marks
	Line  Span // who said it, with the dash, which also stands for "says"
	// Speaker and Disclosure are what Line says.
	Speaker    standfirst.Speaker
	Disclosure string
}

// maxSuggestion bounds a suggested headline, in bytes.
const maxSuggestion = 120

// SuggestedHeadline returns the headline, or for a text without one what may stand
// in its place: the first sentence of the body without its final stop, cut between
// words if it is long. It is empty only for a text without words.
func (r *Reading) SuggestedHeadline() string {
	if !r.Headline.IsZero() {
		return r.Headline.Text
	}
	for _, b := range r.Blocks {
		text := b.Text
		switch {
		case text != "":
		case len(b.Voices) > 0:
			text = b.Voices[0].Quote.Text
		case len(b.Items) > 0:
			text = b.Items[0].Text
		}
		if text = firstSentence(text); text != "" {
			return shorten(text)
		}
	}
	return ""
}

func shorten(s string) string {
	if len(s) <= maxSuggestion {
		return s
	}
	cut := strings.LastIndexByte(s[:maxSuggestion-len("…")], ' ')
	if cut <= 0 {
		cut = maxSuggestion - len("…")
		for cut > 0 && s[cut]&0xc0 == 0x80 {
			cut--
		}
	}
	return strings.TrimRight(s[:cut], " ,;:–—-") + "…"
}

// Read reads a text. on is the day against which days without a year are read, and
// may be zero. Offsets in the reading are into text. Read accepts any text: a text
// that is not a story has a reading with fewer parts.
func Read(text string, on standfirst.Day) Reading {
	r := &reader{text: text, on: on, units: splitUnits(text), titled: -1}
	r.markFurniture()
	body := r.readHead()
	r.readBody(body)
	r.collectDropped()
	r.reading.Quotations = quotationsInBlocks(text, r.reading.Blocks)
	return r.reading
}

// reader is a reading in the making.
type reader struct {
	text    string
	on      standfirst.Day
	units   []unit
	reading Reading
	titled  int // the unit of the headline that the title of the page repeats, or -1
}

// drop takes a unit out of the story.
func (r *reader) drop(i int, reason string) { r.units[i].dropped = reason }

// next returns the first unit from i on that has not been dropped, or len(r.units).
func (r *reader) next(i int) int {
	for i < len(r.units) && r.units[i].dropped != "" {
		i++
	}
	return i
}

func (r *reader) collectDropped() {
	for i := range r.units {
		if u := &r.units[i]; u.dropped != "" {
			r.reading.Dropped = append(r.reading.Dropped, Dropped{Span: u.span(), Reason: u.dropped})
		}
	}
	r.sortDropped()
}
