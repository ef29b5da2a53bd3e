package site

import (
	"cmp"
	"slices"
	"sync"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/media"
	"standfirst/internal/store"
	"standfirst/ui"
)

// cardWords are the words on cards.
var cardWords = sync.OnceValues(func() (ui.Catalogue, error) {
	pages, err := ui.LoadSite()
	if err != nil {
		return nil, err
	}
	return pages.Strings, nil
})

// Card returns what the picture says by which the story is shared: what readers see of it, and
// of the deal that it is about. It returns a NotFound error for a story that readers do not
// see, or no more.
func Card(tx *store.ReadTx, id standfirst.StoryID) (media.Card, error) {
	words, err := cardWords()
	if err != nil {
		return media.Card{}, err
	}
	story, err := tx.Story(id)
	if err != nil {
		return media.Card{}, err
	}
	if story.State != standfirst.Published || story.Current == 0 || story.Kind != standfirst.KindStory {
		return media.Card{}, standfirst.Errorf(standfirst.NotFound, "the story %s has no card", id)
	}
	revision, err := tx.Revision(story.Current)
	if err != nil {
		return media.Card{}, err
	}
	pub, err := tx.Publication()
	if err != nil {
		return media.Card{}, err
	}
	c := media.Card{
		Publication: pub.Name, Headline: cmp.Or(revision.Content.Social.Title, revision.Content.Headline),
		Day: story.FirstPublished.In(pub.Location()).Format(layoutDay),
	}
	if story.Section != 0 {
		section, err := tx.Section(story.Section)
		if err != nil {
			return c, err
		}
		c.Section = section.Name
	}
	if story.Access != standfirst.AccessPublic {
		return c, nil
	}
	citations, err := tx.Citations(story.Current)
	if err != nil {
		return c, err
	}
	cited, err := ledger.StoryFigures(tx, citations, store.ForReaders)
	if err != nil {
		return c, err
	}
	deal := mainDeal(cited)
	if deal == 0 {
		return c, nil
	}
	stored, err := tx.Deal(deal)
	if err != nil {
		return c, err
	}
	v, err := ledger.ViewDeal(tx, stored)
	if standfirst.KindOf(err) == standfirst.NotFound { // not released
		return c, nil
	}
	if err != nil {
		return c, err
	}
	if v.Stage != "" {
		c.Stage = words.Text("stage." + string(v.Stage))
	}
	c.Figures = largest(cited, deal)
	return c, nil
}

// largest returns the sums of money of the deal that the story cites, as they are held now,
// the largest first.
func largest(cited []ledger.StoryFigure, deal standfirst.DealID) []media.CardFigure {
	held := func(f ledger.StoryFigure) *standfirst.Quantity { return f.Held[len(f.Held)-1].Value.Quantity }
	var money []ledger.StoryFigure
	for _, f := range cited {
		if f.Claim.Subject.Deal != deal || !f.IsFigure() || f.Standing == ledger.Withheld || f.Standing == ledger.Withdrawn || len(f.Held) == 0 {
			continue
		}
		if q := held(f); q != nil && q.Unit.IsCurrency() {
			money = append(money, f)
		}
	}
	slices.SortStableFunc(money, func(a, b ledger.StoryFigure) int {
		x, _ := ledger.Upper(held(a))
		y, _ := ledger.Upper(held(b))
		if x == nil || y == nil {
			return 0
		}
		return y.Cmp(x)
	})
	var figures []media.CardFigure
	for _, f := range money {
		figures = append(figures, media.CardFigure{Value: held(f).Short(), What: f.Claim.Property.Noun()})
	}
	return figures[:min(len(figures), media.MostCardFigures)]
}

// cardImage returns the card of the story for other sites to show, or nil while there is
// none.
func (rd *reading) cardImage(story standfirst.Story, c standfirst.Content) (*previewImage, error) {
	rd.tag(standfirst.CardTag(story.ID))
	if rd.baseURL == "" {
		return nil, nil
	}
	card, err := rd.tx.CardPicture(story.ID)
	if standfirst.KindOf(err) == standfirst.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &previewImage{Address: rd.absolute(mediaPrefix + card.File), Width: media.CardWidth, Height: media.CardHeight, Alt: c.Headline}, nil
}
