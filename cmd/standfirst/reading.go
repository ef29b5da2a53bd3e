package main

import (
	"strings"

	"standfirst/internal/copydesk"
	"standfirst/internal/intake"
)

// readingJSON is what the copydesk command prints with --json. Offsets are bytes
// into Text, the end exclusive. What a text does not have is null or an empty list.
// docs/copydesk.md describes it for others.
type readingJSON struct {
	Form       string        `json:"form"`
	Text       string        `json:"text"`
	Headline   string        `json:"headline"`
	Standfirst string        `json:"standfirst"`
	Bylines    []bylineJSON  `json:"bylines"`
	Dateline   *datelineJSON `json:"dateline"`
	Blocks     []blockJSON   `json:"blocks"`
	Quotes     []quoteJSON   `json:"quotes"`
	Voices     []quoteJSON   `json:"voices"`
	Dropped    []droppedJSON `json:"dropped"`
	proseJSON
}

type bylineJSON struct {
	Name string `json:"name"`
	Role string `json:"role"`
}

type datelineJSON struct {
	Place string `json:"place"`
	Date  string `json:"date"`
}

type blockJSON struct {
	Kind  string   `json:"kind"`
	Text  string   `json:"text,omitempty"`
	Items []string `json:"items,omitempty"`
	Start int      `json:"start"`
	End   int      `json:"end"`
}

type quoteJSON struct {
	Text        string `json:"text"`
	Speaker     string `json:"speaker"`
	Role        string `json:"role"`
	Affiliation string `json:"affiliation"`
	Disclosure  string `json:"disclosure,omitempty"`
	Start       int    `json:"start"`
	End         int    `json:"end"`
}

type droppedJSON struct {
	Reason string `json:"reason"`
	Words  string `json:"words"`
	Start  int    `json:"start"`
	End    int    `json:"end"`
}

// newReadingJSON returns the reading in the form that is printed.
func newReadingJSON(read intake.TextReading) readingJSON {
	r := read.Reading
	out := readingJSON{
		Form: string(read.Form), Text: read.Text,
		Headline: r.Headline.Text, Standfirst: r.Standfirst.Text,
		Bylines: []bylineJSON{}, Blocks: []blockJSON{}, Quotes: []quoteJSON{}, Voices: []quoteJSON{}, Dropped: []droppedJSON{},
	}
	for _, b := range r.Bylines {
		out.Bylines = append(out.Bylines, bylineJSON{b.Name, b.Role})
	}
	if !r.Dateline.IsZero() {
		out.Dateline = &datelineJSON{r.Dateline.Place, r.Dateline.Day.String()}
	}
	for _, b := range r.Blocks {
		block := blockJSON{Kind: b.Kind.String(), Text: strings.TrimSpace(b.Label.Text + " " + b.Text), Start: b.Start, End: b.End}
		if b.Kind == copydesk.Voices {
			block.Text = b.Heading.Text
		}
		for _, item := range b.Items {
			block.Items = append(block.Items, item.Text)
		}
		for _, v := range b.Voices {
			block.Items = append(block.Items, v.Quote.Text)
			out.Voices = append(out.Voices, quoteJSON{
				v.Quote.Text, v.Speaker.Name, v.Speaker.Role, v.Speaker.Affiliation, v.Disclosure, v.Start, v.End,
			})
		}
		out.Blocks = append(out.Blocks, block)
	}
	for _, q := range r.Quotations {
		out.Quotes = append(out.Quotes, quoteJSON{
			Text: q.Text, Speaker: q.Speaker.Name, Role: q.Speaker.Role, Affiliation: q.Speaker.Affiliation, Start: q.Start, End: q.End,
		})
	}
	for _, d := range r.Dropped {
		out.Dropped = append(out.Dropped, droppedJSON{d.Reason, d.Text, d.Start, d.End})
	}
	return out
}

// printReading prints the reading for people, a part a line.
func printReading(con *console, read intake.TextReading) {
	r := read.Reading
	part := func(name, text string) {
		if text != "" {
			con.printf("%-12s %s", name, text)
		}
	}
	out := newReadingJSON(read)
	if read.Form != intake.PlainText {
		part("form", out.Form)
	}
	part("headline", out.Headline)
	if out.Headline == "" {
		part("headline", "none; suggested: "+r.SuggestedHeadline())
	}
	part("summary", out.Standfirst)
	for _, b := range out.Bylines {
		part("byline", strings.Trim(b.Name+", "+b.Role, ", "))
	}
	part("dateline", r.Dateline.Words)
	for _, b := range out.Blocks {
		part(b.Kind, b.Text)
		for _, item := range b.Items {
			part("", item)
		}
	}
	for _, q := range out.Quotes {
		speaker := "nobody named"
		if q.Speaker != "" {
			speaker = strings.Trim(strings.Join([]string{q.Speaker, q.Role, q.Affiliation}, ", "), ", ")
		}
		part("quotation", q.Text+" ("+speaker+")")
	}
	for _, v := range out.Voices {
		part("voice", strings.Trim(strings.Join([]string{v.Speaker, v.Role, v.Affiliation, v.Disclosure}, ", "), ", "))
	}
	for _, d := range out.Dropped {
		part("left out", d.Reason+": "+d.Words)
	}
}
