package site

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
	"standfirst/internal/web"
)

// previewPrefix is the address below which texts are seen before they are out.
const previewPrefix = "/preview/"

// mostToken bounds the tokens that are looked for, in bytes.
const mostToken = 100

// draftNote says that a page shows a text that is not out.
type draftNote struct {
	Until moment // the address is good until then
	Story string // address of what readers see; empty if they see nothing
}

// servePreview answers with the working copy of a story as readers would see it. The page
// is rendered each time and kept nowhere, and tells no other site where it was.
func (s *Site) servePreview(w http.ResponseWriter, r *http.Request) error {
	private(w)
	w.Header().Set("Referrer-Policy", "no-referrer")
	token := strings.TrimPrefix(r.URL.Path, previewPrefix)
	web.HidePath(w, previewPrefix+"…")
	if token == "" || len(token) > mostToken {
		return errNoPage
	}
	var v *view
	err := s.store.View(r.Context(), func(tx *store.ReadTx) error {
		rd, err := s.read(tx)
		if err != nil {
			return err
		}
		preview, err := tx.PreviewByToken(newsroom.PreviewDigest(token), rd.now)
		if err != nil {
			return err
		}
		if v, err = loadPreview(rd, preview); err == nil {
			v.frames = rd.frames
		}
		return err
	})
	if err != nil {
		return err
	}
	if v.finish != nil {
		if err := v.finish(); err != nil {
			return err
		}
	}
	return s.answerView(w, r, http.StatusOK, v, nil)
}

// loadPreview gathers the working copy of the story.
func loadPreview(rd *reading, preview standfirst.Preview) (*view, error) {
	story, err := rd.tx.Story(preview.Story)
	if err != nil {
		return nil, err
	}
	work, err := rd.tx.WorkingCopy(preview.Story)
	if err != nil {
		return nil, err
	}
	c := work.Content
	note := &draftNote{Until: withZone(preview.ExpiresAt, rd.loc, layoutFull)}
	if story.State.Public() {
		note.Story = story.Path()
	}
	around, err := rd.layout(address{})
	if err != nil {
		return nil, err
	}
	around.Canonical, around.Unlisted = "", true
	around.Title = documentTitle(rd.words.Text("preview.title")+": "+c.Headline, around.SiteName)
	if story.Kind == standfirst.KindPage {
		p := &standingPage{Layout: around, Draft: note, Headline: c.Headline, Standfirst: c.Standfirst}
		return p.show(rd, c)
	}
	p := &storyPage{
		Layout: around, Draft: note, Headline: c.Headline, Standfirst: c.Standfirst, Authors: newAuthors(c.Bylines),
		Published: withZone(publishedOr(story, rd.now), rd.loc, layoutFull),
	}
	if err := p.named(rd, c); err != nil {
		return nil, err
	}
	if c, err = disclosing(rd, c); err != nil {
		return nil, err
	}
	p.disclose(rd, c)
	rd.figuresFor = store.ForDesk // what is not released will be when the text goes out
	citations, err := ledger.Resolve(rd.tx, c.Citations)
	if standfirst.KindOf(err) == standfirst.Invalid {
		err = nil // a figure that does not exist is no reason to show nothing
	}
	if err != nil {
		return nil, err
	}
	if p.Figures, err = rd.cited(citations); err != nil {
		return nil, err
	}
	if p.Figures != nil {
		p.Layout.Figures = "js/figures.js"
	}
	if p.Picture, _, err = rd.leadPicture(c.Picture); err != nil {
		return nil, err
	}
	text, err := rd.body(c, p.Figures)
	return &view{template: "story", data: p, finish: func() error { return p.text(rd, text) }}, err
}

// publishedOr returns when the story was published first, and the time if it was not.
func publishedOr(story standfirst.Story, now time.Time) time.Time {
	if story.FirstPublished.IsZero() {
		return now
	}
	return story.FirstPublished
}

// named fills in the section and topics that the text names, as far as there are any by
// those names.
func (p *storyPage) named(rd *reading, c standfirst.Content) error {
	if c.Section != "" {
		section, err := rd.tx.SectionByName(c.Section)
		switch {
		case err == nil:
			p.Section = &link{section.Name, standfirst.SectionPath(section.Slug)}
			p.Layout.within(section.Slug)
		case standfirst.KindOf(err) != standfirst.NotFound:
			return err
		}
	}
	for _, name := range c.Topics {
		topic, err := rd.tx.TopicByName(name)
		switch {
		case err == nil:
			p.Topics = append(p.Topics, link{topic.Name, standfirst.TopicPath(topic.Slug)})
		case standfirst.KindOf(err) != standfirst.NotFound:
			return err
		}
	}
	return nil
}

// disclosing returns the content with what its authors disclose now, as it would go out.
func disclosing(rd *reading, c standfirst.Content) (standfirst.Content, error) {
	c.Bylines = slices.Clone(c.Bylines)
	for i, b := range c.Bylines {
		a, err := rd.tx.AuthorByName(b.Name)
		if err != nil && standfirst.KindOf(err) != standfirst.NotFound {
			return c, err
		}
		c.Bylines[i].Disclosure = a.Disclosure
	}
	return c, nil
}
