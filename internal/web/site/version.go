package site

import (
	"net/http"
	"strconv"
	"time"

	"standfirst"
)

// versionNote says which version of a story a page shows.
type versionNote struct {
	Title   string // "This is an old version"
	Text    string
	Since   moment
	Until   *moment // nil for the present version
	Story   string  // address of the present version
	History string
	Compare string // address of what changed since; empty for the present version
}

// withdrawnPage stands in place of the versions of a story that was retracted.
type withdrawnPage struct {
	Layout layout
	Status int
	Story  string // where the retraction stands
}

func loadVersion(rd *reading, at address) (*view, error) {
	story, stub, err := rd.withVersions(at)
	if stub != nil || err != nil {
		return stub, err
	}
	revision, err := rd.tx.PublishedRevision(story.ID, at.versions.number)
	if err != nil {
		return nil, err
	}
	c := revision.Content
	p := &storyPage{
		Headline: c.Headline, Standfirst: c.Standfirst, Authors: newAuthors(c.Bylines),
		Published: withZone(shownTime(story, revision.Number, revision.PublishedAt), rd.loc, layoutFull), Reserved: reserved(rd, story.Access),
	}
	if p.Layout, err = rd.layout(at); err != nil {
		return nil, err
	}
	p.Layout.Unlisted = true
	p.Layout.Title = documentTitle(rd.words.Text("version.title", at.versions.number, c.Headline), p.Layout.SiteName)
	p.Source = rd.shareURL + at.path
	p.Check = rd.evidence(address{path: story.Path()}, revision.Number)
	if p.Version, err = rd.versionNote(story, at); err != nil {
		return nil, err
	}
	p.Version.Since = p.Published
	p.disclose(rd, c)
	if err := p.cite(rd, revision.ID); err != nil {
		return nil, err
	}
	if p.Picture, _, err = rd.leadPicture(c.Picture); err != nil {
		return nil, err
	}
	text, err := rd.body(c, p.Figures)
	return &view{template: "story", data: p, finish: func() error { return p.text(rd, text) }}, err
}

// versionNote says what the version at the address is, and leads to the others.
func (rd *reading) versionNote(story standfirst.Story, at address) (*versionNote, error) {
	v := &versionNote{Story: story.Path(), History: story.Path() + "/history"}
	if at.versions.number == story.PublishedNumber {
		v.Title = rd.words.Text("version.present")
		v.Text = rd.words.Text("version.present.text", at.versions.number)
		return v, nil
	}
	v.Title = rd.words.Text("version.old")
	v.Text = rd.words.Text("version.old.text", at.versions.number, story.PublishedNumber)
	v.Compare = comparePath(story, at.versions.number, story.PublishedNumber)
	next, err := rd.tx.PublishedVersions(story.ID, at.versions.number+1, 1)
	if err != nil || len(next) == 0 {
		return v, err
	}
	until := withZone(next[0].PublishedAt, rd.loc, layoutFull)
	v.Until = &until
	return v, nil
}

// withVersions returns the story at the address whose versions readers may see, and tags
// the page with it. For a story that was retracted it returns the stub that says so; it
// returns errGone if the story was taken down, and errNoPage if it has not been published.
func (rd *reading) withVersions(at address) (standfirst.Story, *view, error) {
	story, err := rd.tx.StoryAt(at.date, at.slug)
	if err != nil {
		return story, nil, err
	}
	switch {
	case story.State == standfirst.Published:
		rd.tag(standfirst.StoryTag(story.ID))
		return story, nil, nil
	case story.State == standfirst.Retracted:
		rd.tag(standfirst.StoryTag(story.ID))
		stub, err := rd.withdrawn(story, at)
		return story, stub, err
	case story.PublishedNumber > 0:
		return story, nil, errGone
	default:
		return story, nil, errNoPage
	}
}

// withdrawn returns the stub in place of the versions of a retracted story.
func (rd *reading) withdrawn(story standfirst.Story, at address) (*view, error) {
	p := &withdrawnPage{Status: http.StatusGone, Story: story.Path()}
	var err error
	p.Layout, err = rd.layout(at)
	p.Layout.Canonical, p.Layout.Unlisted = "", true
	p.Layout.Title = documentTitle(rd.words.Text("story.retraction"), p.Layout.SiteName)
	return &view{template: "withdrawn", data: p, status: p.Status}, err
}

// shownTime returns when the version counts as published: the first one with the story,
// which may carry an original date.
func shownTime(story standfirst.Story, number int, published time.Time) time.Time {
	if number == 1 && !story.FirstPublished.IsZero() {
		return story.FirstPublished
	}
	return published
}

// edited says how often the story was edited since its publication, and "" if it never
// was.
func (rd *reading) edited(story standfirst.Story) string {
	switch n := story.PublishedNumber - 1; n {
	case 0:
		return ""
	case 1, 2:
		return rd.words.Text("versions.edited." + strconv.Itoa(n))
	default:
		return rd.words.Text("versions.edited", n)
	}
}

// versionPath returns the address of a version of the story.
func versionPath(story standfirst.Story, number int) string {
	return story.Path() + "/version/" + strconv.Itoa(number)
}

// comparePath returns the address at which two versions of the story are compared.
func comparePath(story standfirst.Story, from, to int) string {
	return story.Path() + "/compare" + compareQuery(from, to, false)
}

// mostVersion bounds the numbers of versions in addresses.
const mostVersion = 1_000_000

// versionNumber reads the number of a version, in one spelling only, and returns zero for
// anything else.
func versionNumber(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > mostVersion || strconv.Itoa(n) != text {
		return 0
	}
	return n
}
