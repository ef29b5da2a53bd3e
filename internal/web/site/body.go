package site

import (
	"html/template"
	"slices"

	"standfirst"
	"standfirst/internal/markup"
)

// body is the text of a story or page with everything that it needs of the store, before
// it is rendered.
type body struct {
	content standfirst.Content
	figures *figures // nil if it cites none
	named   named
	panels  map[markup.Panel]part
	inside  map[string]markup.Picture // stored pictures by their addresses in the text
	embeds  []string                  // hosts of which it may show something
	inset   markup.Panel              // the one that stands in the text without being asked for; zero for none
}

// body gathers what the text shows of the ledger.
func (rd *reading) body(c standfirst.Content, f *figures) (*body, error) {
	b := &body{content: c, figures: f}
	text := markup.FindNamed(c.Body)
	wanted := text.Panels
	if len(wanted) == 0 && f != nil && f.deal != 0 {
		b.inset = markup.Panel{Name: markup.DealPanel, Deal: f.deal}
		wanted = []markup.Panel{b.inset}
	}
	var err error
	if b.named, err = rd.named(text); err != nil {
		return nil, err
	}
	if b.inside, err = rd.insetPictures(c); err != nil {
		return nil, err
	}
	if b.embeds, err = rd.embeds(text.Embeds); err != nil {
		return nil, err
	}
	b.panels, err = rd.panels(wanted)
	return b, err
}

// embeds returns those of the hosts that may be embedded, and lets the page do so.
func (rd *reading) embeds(hosts []string) ([]string, error) {
	if len(hosts) == 0 {
		return nil, nil
	}
	may, err := rd.tx.EmbedHosts()
	for _, host := range hosts {
		if slices.Contains(may, host) {
			rd.frames = append(rd.frames, host)
		}
	}
	rd.sheets.Embed = len(rd.frames) > 0
	return rd.frames, err
}

// picture returns what finds the stored pictures of the text, and nil if it has none.
func (b *body) picture() func(name string) (markup.Picture, bool) {
	if b.inside == nil {
		return nil
	}
	return func(name string) (markup.Picture, bool) {
		p, ok := b.inside[name]
		return p, ok
	}
}

// render returns the text as HTML.
func (b *body) render(rd *reading) (markup.Rendered, error) {
	drawn := make(map[markup.Panel]template.HTML, len(b.panels))
	for wanted, part := range b.panels {
		html, err := rd.html(part)
		if err != nil {
			return markup.Rendered{}, err
		}
		drawn[wanted] = html
	}
	o := b.options(rd)
	o.Inset = drawn[b.inset]
	o.EmbedButton = rd.words.Text("story.embed.show")
	o.Embeds = func(host string) bool { return slices.Contains(b.embeds, host) }
	o.Panel = func(name string, deal standfirst.DealID) template.HTML {
		wanted := markup.Panel{Name: name, Deal: deal}
		html := drawn[wanted]
		delete(drawn, wanted) // its IDs are there once
		return html
	}
	return markup.Render(b.content.Body, o)
}

// options returns how the text is rendered on pages and for programs alike.
func (b *body) options(rd *reading) markup.Options {
	o := markup.Options{
		Picture:       b.picture(),
		Entity:        b.named.entity,
		Ticker:        b.named.ticker,
		Quotations:    b.content.Quotations,
		VoicesHeading: rd.words.Text("story.voices"),
		TableLabel:    rd.words.Text("story.table"),
		NotesLabel:    rd.words.Text("story.footnotes"),
		BackLabel:     rd.words.Text("story.back"),
		EmbedLabel:    rd.words.Text("story.embed"),
		EmbedKind:     func(kind standfirst.EmbedKind) string { return rd.words.Text("story.embed." + string(kind)) },
	}
	if b.figures != nil {
		o.Cited = b.figures.at
	}
	return o
}
