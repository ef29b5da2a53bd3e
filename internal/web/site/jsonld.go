package site

import (
	"html/template"
	"time"

	"standfirst"
	"standfirst/internal/feed"
	"standfirst/internal/ledger"
)

// describeAs has the page say what it is to search engines, where they know the publication
// by an address.
func (rd *reading) describeAs(l *layout, things ...feed.Node) error {
	if rd.baseURL == "" {
		return nil
	}
	block, err := feed.JSONLD(things...)
	l.Data = template.JS(block) //nolint:gosec // JSON, with what could end the block escaped
	return err
}

// describeList says what a page of a list is, and what it lists.
func (rd *reading) describeList(l *layout, at address, name string, cards []card, more ...feed.Node) error {
	list := feed.List{Name: name, Address: rd.outside(at.key), Above: rd.above(&link{name, at.path})}
	for _, c := range cards {
		list.Items = append(list.Items, rd.outside(c.Path))
	}
	return rd.describeAs(l, append(list.Nodes(), more...)...)
}

// above returns the way from the front page to a page, over the one that is given; nil for
// none.
func (rd *reading) above(over *link) []feed.Crumb {
	way := []feed.Crumb{{Name: rd.pub.Name, Address: rd.outside("/")}}
	if over != nil {
		way = append(way, feed.Crumb{Name: over.Name, Address: rd.outside(over.Path)})
	}
	return way
}

// ethicsSlug is that of the standing page on which the newsroom says what it holds itself
// to, and how it corrects.
const ethicsSlug = "ethics"

// publisher returns the publication as search engines know it.
func (rd *reading) publisher() (feed.Publisher, error) {
	p := feed.Publisher{Name: rd.pub.Name, Address: rd.outside("/"), Logo: rd.outside("/icon-512.png")}
	page, err := rd.tx.PageAt(ethicsSlug)
	if standfirst.KindOf(err) == standfirst.NotFound {
		return p, nil
	}
	if err == nil && page.State == standfirst.Published {
		p.Ethics, p.Corrections = rd.outside(page.Path()), rd.outside(page.Path())
	}
	return p, err
}

// describeStory says what the page of a story is. Its figures and what it mentions are those
// that readers see.
func (p *storyPage) describeStory(rd *reading, story standfirst.Story, c standfirst.Content, topics []standfirst.Topic, text *body) error {
	if rd.baseURL == "" {
		return nil
	}
	a, err := rd.article(story, c)
	if err != nil {
		return err
	}
	if a.Entry.Updated.After(story.Updated) { // a notice came after the text
		p.Layout.Preview.Modified = a.Entry.Updated.UTC().Format(time.RFC3339)
	}
	a.Above = rd.above(p.Section)
	if p.Section != nil {
		a.Section = p.Section.Name
	}
	for _, t := range topics {
		a.Entry.Categories = append(a.Entry.Categories, feed.Category{Name: t.Name})
	}
	if text != nil && p.Reserved == "" {
		a.Mentions = text.named.shown
		if text.figures != nil {
			a.Figures = rd.figuresOf(text.figures.cited)
		}
	}
	p.Layout.Feeds = append(p.Layout.Feeds, feedLink{c.Headline, embedAddress(rd.outside(story.Path())), feed.EmbedJSONType})
	return rd.describeAs(&p.Layout, a.Nodes()...)
}

// article returns what search engines are told of a story without its text.
func (rd *reading) article(story standfirst.Story, c standfirst.Content) (feed.Article, error) {
	e := feed.Entry{Address: rd.outside(story.Path()), Title: c.Headline, Published: story.FirstPublished, Updated: story.Updated, Authors: rd.feedAuthors(c.Bylines)}
	a := feed.Article{Language: rd.pub.Language, Free: story.Access == standfirst.AccessPublic, At: rd.outside}
	var err error
	if a.Publisher, err = rd.publisher(); err != nil {
		return a, err
	}
	if story.RetractionNote != "" {
		a.Entry, _, err = rd.retractedEntry(e, story)
		return a, err
	}
	e.Summary = c.Standfirst
	if err := rd.feedNotices(&e, story); err != nil {
		return a, err
	}
	if e.Picture, err = rd.feedPicture(c.Picture); err == nil && e.Picture == nil {
		var card *previewImage
		if card, err = rd.cardImage(story, c); card != nil {
			e.Picture = &feed.Picture{Address: card.Address, Width: card.Width, Height: card.Height}
		}
	}
	a.Entry = e
	return a, err
}

// figuresOf returns the figures as the newsroom holds them now, without those that it does
// not stand behind any more and those that were erased.
func (rd *reading) figuresOf(cited []ledger.StoryFigure) []feed.Figure {
	var figures []feed.Figure
	for _, c := range cited {
		if !c.IsFigure() || c.Standing == ledger.Withheld || c.Standing == ledger.Withdrawn || len(c.Held) == 0 {
			continue
		}
		now := c.Held[len(c.Held)-1].Value
		f := feed.Figure{Address: rd.outside(c.Claim.Path()), Title: c.Title, Words: c.Words, Quantity: now.Quantity}
		if c.Standing == ledger.Changed {
			f.Words = c.Claim.Property.Words(now)
		}
		figures = append(figures, f)
	}
	return figures
}
