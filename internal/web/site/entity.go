package site

import (
	"strings"

	"standfirst"
	"standfirst/internal/feed"
	"standfirst/internal/ledger"
)

// entityPage tells what the newsroom knows of a company, an organisation, a place or a
// public figure.
type entityPage struct {
	Layout   layout
	Kind     string
	Name     string
	Tickers  []string
	Figures  []figureRow
	Deals    []link
	Timeline []recordingRow
	Coming   []eventRow // what is to come of it
	More     bool       // there are more than the page shows
	// Unchecked says that some of the figures no editor has looked at.
	Unchecked bool
	List      list
}

// loadEntity returns the loader of the pages of one kind of entity.
func loadEntity(kind standfirst.EntityKind) func(*reading, address) (*view, error) {
	return func(rd *reading, at address) (*view, error) {
		e, err := rd.tx.EntityAt(kind, at.slug)
		if err != nil {
			return nil, err
		}
		v, err := ledger.ViewEntity(rd.tx, e)
		if err != nil {
			return nil, err
		}
		rd.tag(standfirst.EntityTag(e.ID))
		p := &entityPage{Kind: rd.words.Text("entity." + string(kind)), Name: e.Name}
		for _, t := range e.Tickers {
			p.Tickers = append(p.Tickers, strings.TrimSpace(t.Exchange.Codes[0]+": "+t.Symbol))
		}
		if p.Layout, err = rd.layout(at); err != nil {
			return nil, err
		}
		p.Layout.describe(rd, "profile", rd.listTitle(at, e.Name), rd.words.Text("entity.about", e.Name), at.key)
		p.Layout.followed(at.path, e.Name)
		p.Layout.calendar(rd.words.Text("calendar.of", e.Name), at.path)
		if p.Coming, err = rd.coming(standfirst.Subject{Entity: e.ID}); err != nil {
			return nil, err
		}
		for _, f := range v.Figures {
			p.Figures = append(p.Figures, rd.figureRow(f))
			p.Unchecked = p.Unchecked || f.Unchecked()
		}
		for _, d := range v.Deals {
			rd.tag(standfirst.DealTag(d.ID))
			p.Deals = append(p.Deals, link{d.Title, d.Path()})
		}
		for _, r := range v.Timeline {
			p.Timeline = append(p.Timeline, rd.recording(r))
		}
		p.More = v.More
		p.List, err = rd.list(at, layoutList, func(after standfirst.Position, limit int) ([]standfirst.Card, error) {
			return rd.tx.CitingStoriesOf(standfirst.Subject{Entity: e.ID}, after, limit)
		})
		if err != nil {
			return nil, err
		}
		return &view{template: "entity", data: p}, rd.describeList(&p.Layout, at, e.Name, p.List.Cards, feed.EntityPage(e, rd.outside(at.path)))
	}
}
