package markup

import (
	"html/template"

	"standfirst"
)

// Options say what a text is rendered with. The zero Options are those of English
// text without marked quotations and with pictures of the media folder only.
type Options struct {
	// Quotations are the direct quotations in the body, as byte ranges into it. One
	// that does not fall on whole pieces of inline text is left unmarked, as is one
	// in a block quote, which is marked as a quotation already.
	Quotations []standfirst.Quotation

	// Picture finds what an image in the text refers to by the name that stands
	// there. It reports false for a name that it does not know. If it is nil, only
	// addresses below /media/ are pictures.
	Picture func(name string) (Picture, bool)

	// Cited finds how a figure is shown at one place where the text cites it. The version
	// is zero: the place tells which one is meant. A claim that it does not know, or any
	// if it is nil, leaves the words without a link.
	Cited func(standfirst.Citation) (CitedFigure, bool)

	// Entity returns the address of the page of an entity, by what stands after
	// "entity:", and "" if it has none. If it is nil, no mention is a link.
	Entity func(slug string) string
	// Ticker returns the address of the company's page, and "" if there is none. If it
	// is nil, no chip is a link.
	Ticker func(standfirst.Ticker) string
	// Panel returns the panel of a deal, or its timeline, by the name of the container,
	// and "" to show what stands in the container. Its headings are h2 and lower. If it
	// is nil, there are no panels.
	Panel func(name string, deal standfirst.DealID) template.HTML
	// Inset is set into the text after its second paragraph, or at its end if it has
	// fewer. Its headings are h2 and lower. It may be empty.
	Inset template.HTML

	// Embeds reports whether readers may have shown in the page what stands at an https
	// address of the host. If it is nil, every embed is a link.
	Embeds func(host string) bool

	VoicesHeading string // of a block of voices that has none of its own; "" means "Voices"
	TableLabel    string // before the number of a table, for those who cannot see it; "" means "Table"
	NotesLabel    string // of the footnotes; "" means "Footnotes"
	BackLabel     string // of the links from a footnote back to the text; "" means "Back to the text"
	EmbedLabel    string // of the link to an embed, before its host; "" means "Opens at"
	// EmbedKind returns the word for what is embedded, such as "Video". If it is nil, the words
	// are English.
	EmbedKind   func(standfirst.EmbedKind) string
	EmbedButton string // that shows an embed in the page; "" means "Show it here"
}

// withDefaults fills in the English words.
func (o Options) withDefaults() Options {
	for _, word := range []struct {
		field   *string
		english string
	}{
		{&o.VoicesHeading, "Voices"}, {&o.TableLabel, "Table"}, {&o.NotesLabel, "Footnotes"}, {&o.BackLabel, "Back to the text"},
		{&o.EmbedLabel, "Opens at"}, {&o.EmbedButton, "Show it here"},
	} {
		if *word.field == "" {
			*word.field = word.english
		}
	}
	if o.EmbedKind == nil {
		o.EmbedKind = func(kind standfirst.EmbedKind) string { return englishKinds[kind] }
	}
	return o
}

// englishKinds are the English words for what is embedded.
var englishKinds = map[standfirst.EmbedKind]string{
	standfirst.EmbedChart: "Chart", standfirst.EmbedVideo: "Video", standfirst.EmbedAudio: "Audio", standfirst.EmbedMap: "Map", standfirst.EmbedPost: "Post",
}

// Picture is what an image element needs to know.
type Picture struct {
	Address string // path below the publication's own address, such as /media/3f/3fa9.jpg
	Set     string // srcset; may be empty
	Sizes   string // sizes; only with Set
	Width   int    // pixels; zero if unknown
	Height  int    // pixels; zero if unknown
	Licence string // under which it is shown, plain text; only a figure tells it
}

// Rendered is a text as readers see it.
type Rendered struct {
	HTML     template.HTML
	Words    int                 // of the text, voices, captions and footnotes included
	Tickers  []standfirst.Ticker // those shown as chips, in order, each once
	Headings []Heading
}

// Heading is one heading of a text.
type Heading struct {
	Level int    // 2 to 6
	ID    string // of its element: unique in the text, and begins with "h-"
	Text  string // plain text
}

// wordsPerMinute is the speed at which adults read English news silently, rounded
// down from Brysbaert's meta-analysis of 2019 (238 words a minute).
const wordsPerMinute = 230

// ReadingMinutes returns how long reading takes, in minutes rounded up, and at
// least 1.
func (r Rendered) ReadingMinutes() int {
	return max(1, (r.Words+wordsPerMinute-1)/wordsPerMinute)
}
