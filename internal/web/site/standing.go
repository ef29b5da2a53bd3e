package site

import (
	"html/template"

	"standfirst"
)

// standingPage is a page without a date: About, Ethics, Contact, Privacy.
type standingPage struct {
	Layout     layout
	Headline   string
	Standfirst string
	Picture    *picture
	Body       template.HTML
	Updated    *moment
	Check      link       // of this version with what proves it
	Draft      *draftNote // of a text that is not out, in a preview; else nil
}

func loadStanding(rd *reading, at address) (*view, error) {
	story, err := rd.tx.PageAt(at.slug)
	if err != nil {
		return nil, err
	}
	revision, err := rd.published(story)
	if err != nil {
		return nil, err
	}
	c := revision.Content
	p := &standingPage{Headline: c.Headline, Standfirst: c.Standfirst}
	if p.Layout, err = rd.layout(at); err != nil {
		return nil, err
	}
	p.Layout.describe(rd, "website", c.Headline, c.Standfirst, at.key)
	p.Check = rd.evidence(at, revision.Number)
	updated := momentOfDay(standfirst.DayOf(story.Updated, rd.loc))
	p.Updated = &updated
	return p.show(rd, c)
}

// show fills in what the page shows of the text.
func (p *standingPage) show(rd *reading, c standfirst.Content) (*view, error) {
	var err error
	if p.Picture, _, err = rd.leadPicture(c.Picture); err != nil {
		return nil, err
	}
	text, err := rd.body(c, nil)
	if err != nil {
		return nil, err
	}
	return &view{template: "page", data: p, finish: func() error {
		text, err := text.render(rd)
		p.Body = text.HTML
		return err
	}}, nil
}

// published returns the revision of the story that readers see, and tags the page
// with the story. It returns errGone if the story was taken down, and errNoPage if
// it has not been published.
func (rd *reading) published(story standfirst.Story) (standfirst.Revision, error) {
	switch {
	case story.State.Public():
	case story.PublishedNumber > 0:
		return standfirst.Revision{}, errGone
	default:
		return standfirst.Revision{}, errNoPage
	}
	rd.tag(standfirst.StoryTag(story.ID))
	return rd.tx.Revision(story.Current)
}

// leadPicture returns the picture at the head of a story with its files, or nil.
func (rd *reading) leadPicture(lead *standfirst.LeadPicture) (*picture, []standfirst.PictureFile, error) {
	if lead == nil {
		return nil, nil, nil
	}
	stored, err := rd.tx.Picture(lead.ID)
	if err != nil {
		return nil, nil, err
	}
	files := shownFiles(stored)
	shown := rd.picture(lead, files, sizesLead)
	if shown != nil {
		shown.First = true
		shown.Licence, shown.LicenceText = standfirst.ReadLicence(stored.Licence)
	}
	return shown, files, nil
}
