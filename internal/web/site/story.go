package site

import (
	"cmp"
	"html/template"
	"regexp"
	"slices"
	"time"

	"standfirst"
	"standfirst/internal/markup"
)

// storyPage is one story.
type storyPage struct {
	Layout     layout
	Section    *link // nil for none
	Headline   string
	Standfirst string
	Authors    []author
	Discloses  []string // sentences
	Published  moment
	Updated    *moment // nil unless a later revision was published
	Retracted  *moment // nil unless it was retracted, and where nobody wrote down when
	Minutes    int     // to read it; zero if there is no text to read
	Retraction string  // what stands in place of the text; empty unless it was retracted
	Reserved   string  // said in place of a text that is not for everybody; else empty
	Picture    *picture
	Body       template.HTML
	Topics     []link
	Share      []link
	Source     string // the address for people to type, on paper
	Check      link   // of this version with what proves it
	Related    *related

	Off     []*dealOff    // deals of the story that ended without coming about
	Figures *figures      // nil if the story cites none
	Changes []notice      // what readers are told about it, the newest first
	Above   *noticesAbove // those of them that stand under the headline; nil for none

	Edited  string // how often it was, since its publication; empty if it never was
	History string // the address of its versions; empty where there are none to see

	Talk *talk // nil where nobody can say anything, and nobody did

	Version *versionNote // of a version that is shown at an address of its own; else nil
	Draft   *draftNote   // of a text that is not out, in a preview; else nil
}

func loadStory(rd *reading, at address) (*view, error) {
	story, err := rd.tx.StoryAt(at.date, at.slug)
	if err != nil {
		return nil, err
	}
	revision, err := rd.published(story)
	if err != nil {
		return nil, err
	}
	c := revision.Content
	p := &storyPage{
		Headline: c.Headline, Standfirst: c.Standfirst, Authors: newAuthors(c.Bylines),
		Published:  withZone(story.FirstPublished, rd.loc, layoutFull),
		Retraction: story.RetractionNote, Reserved: reserved(rd, story.Access),
	}
	if story.PublishedNumber > 1 && story.Updated.After(story.FirstPublished) {
		updated := updateMoment(story.FirstPublished, story.Updated, rd.loc)
		p.Updated = &updated
	}
	if p.Layout, err = rd.layout(at); err != nil {
		return nil, err
	}
	topics, err := p.places(rd, story)
	if err != nil {
		return nil, err
	}
	if p.Related, err = rd.related(story, topics, p.Section); err != nil {
		return nil, err
	}
	p.Source = rd.shareURL + at.path
	p.Check = rd.evidence(at, revision.Number)
	if p.Retraction != "" {
		p.Layout.describe(rd, "article", rd.words.Text("title.retracted", c.Headline), p.Retraction, at.path)
		p.Layout.Preview.article(story, p.Section, topics)
		if err := p.describeStory(rd, story, c, topics, nil); err != nil {
			return nil, err
		}
		return &view{template: "story", data: p}, p.retracted(rd, story)
	}
	p.disclose(rd, c)
	p.Layout.Script = "js/share.js"
	p.Edited, p.History = rd.edited(story), story.Path()+"/history"
	p.Layout.Feeds = append(p.Layout.Feeds, feedLink{"ninjs", story.Path() + ninjsBelow, "application/json"})
	if err := p.cite(rd, story.Current); err != nil {
		return nil, err
	}
	if p.Changes, p.Above, err = rd.notices(story); err != nil {
		return nil, err
	}
	p.Layout.describe(rd, "article", c.Headline, c.Standfirst, at.path)
	p.Layout.Preview.Title = cmp.Or(c.Social.Title, p.Layout.Preview.Title)
	p.Layout.Preview.article(story, p.Section, topics)
	if rd.shareURL != "" {
		p.Share = shareLinks(rd.words, c.Headline, p.Source)
	}
	var files []standfirst.PictureFile
	if p.Picture, files, err = rd.leadPicture(c.Picture); err != nil {
		return nil, err
	}
	if p.Layout.Preview.Image, err = rd.storyImage(story, c, files); err != nil {
		return nil, err
	}
	if p.Reserved != "" {
		return &view{template: "story", data: p}, p.describeStory(rd, story, c, topics, nil)
	}
	if p.Talk, err = rd.talkOf(story, c.Bylines, standfirst.OldestFirst, standfirst.CommentPosition{}); err != nil {
		return nil, err
	}
	if p.Talk != nil {
		p.Layout.Talk = "js/talk.js"
		if rd.follows {
			if p.Talk.Live, err = rd.liveLink(story); err != nil {
				return nil, err
			}
		}
	}
	text, err := rd.body(c, p.Figures)
	if err != nil {
		return nil, err
	}
	if p.Off, err = rd.dealsOff(story, text); err != nil {
		return nil, err
	}
	err = p.describeStory(rd, story, c, topics, text)
	return &view{template: "story", data: p, finish: func() error { return p.text(rd, text) }}, err
}

// cite gathers the figures that the revision cites, where readers get its text.
func (p *storyPage) cite(rd *reading, revision standfirst.RevisionID) (err error) {
	if p.Reserved != "" {
		return nil
	}
	if p.Figures, err = rd.figures(revision); p.Figures != nil {
		p.Layout.Figures = "js/figures.js"
	}
	return err
}

const (
	// retractAction is how the audit trail names a retraction.
	retractAction = "story.retract"
	// retractedWithin bounds how far back in the story's trail it is looked for.
	// Little can happen to a story after it was retracted.
	retractedWithin = 20
)

// retracted fills in when the story was retracted, which only its audit trail
// tells, in place of when its text last changed: that text is no longer there.
func (p *storyPage) retracted(rd *reading, story standfirst.Story) error {
	p.Updated = nil
	at, err := rd.retractedAt(story)
	if err == nil && !at.IsZero() {
		when := updateMoment(story.FirstPublished, at, rd.loc)
		p.Retracted = &when
		p.Layout.Preview.Modified = at.UTC().Format(time.RFC3339)
	}
	return err
}

// retractedAt returns when the story was retracted, and the zero time if nobody wrote that down.
func (rd *reading) retractedAt(story standfirst.Story) (time.Time, error) {
	trail, err := rd.tx.Audits("story:"+story.ID.String(), retractedWithin)
	for _, entry := range trail {
		if entry.Action == retractAction {
			return entry.At, nil
		}
	}
	return time.Time{}, err
}

// Roles reports whether a role stands in the byline, so that names need more than a
// comma between them.
func (p *storyPage) Roles() bool {
	return slices.ContainsFunc(p.Authors, func(a author) bool { return a.Role != "" })
}

// Noted reports whether something is said in the margin.
func (p *storyPage) Noted() bool {
	if p.Figures == nil {
		return false
	}
	for _, f := range p.Figures.places {
		if f.Note.Title != "" {
			return true
		}
	}
	return false
}

// text renders the body.
func (p *storyPage) text(rd *reading, b *body) error {
	text, err := b.render(rd)
	if err != nil {
		return err
	}
	c := b.content
	p.Body = withDateline(text.HTML, c.Dateline)
	p.Minutes = text.ReadingMinutes()
	if p.Layout.Description == "" && p.Layout.Preview != nil {
		p.Layout.Description = shorten(markup.PlainText(c.Body), maxDescription)
		p.Layout.Preview.Description = p.Layout.Description
	}
	return nil
}

// firstParagraph begins a text that begins with a paragraph, also one with a note in the
// margin.
var firstParagraph = regexp.MustCompile(`^\s*(?:<div class="row-noted">\s*)?<p(?:\s[^>]*)?>`)

// withDateline sets the dateline at the head of the first paragraph, as newspapers
// do, or before a text that begins otherwise.
func withDateline(body template.HTML, dateline string) template.HTML {
	if dateline == "" {
		return body
	}
	line := `<span class="dateline">` + template.HTMLEscapeString(dateline) + `</span>`
	if n := len(firstParagraph.FindString(string(body))); n > 0 {
		return body[:n] + template.HTML(line+" — ") + body[n:]
	}
	return template.HTML("<p>"+line+"</p>\n") + body
}

// places fills in where the story belongs: its section and topics.
func (p *storyPage) places(rd *reading, story standfirst.Story) ([]standfirst.Topic, error) {
	if story.Section != 0 {
		section, err := rd.tx.Section(story.Section)
		if err != nil {
			return nil, err
		}
		p.Section = &link{section.Name, standfirst.SectionPath(section.Slug)}
		p.Layout.within(section.Slug)
	}
	topics, err := rd.tx.StoryTopics(story.ID)
	for _, t := range topics {
		p.Topics = append(p.Topics, link{t.Name, standfirst.TopicPath(t.Slug)})
	}
	return topics, err
}

// article fills in what OpenGraph has about an article.
func (p *preview) article(story standfirst.Story, section *link, topics []standfirst.Topic) {
	p.Published = story.FirstPublished.UTC().Format(time.RFC3339)
	if story.PublishedNumber > 1 {
		p.Modified = story.Updated.UTC().Format(time.RFC3339)
	}
	if section != nil {
		p.Section = section.Name
	}
	for _, t := range topics {
		p.Topics = append(p.Topics, t.Name)
	}
}

// reserved returns what is said in place of the text of a story that not everybody
// may read. Readers cannot sign in yet, so nobody gets more.
func reserved(rd *reading, access standfirst.Access) string {
	switch access {
	case standfirst.AccessRegistered:
		return rd.words.Text("story.registered")
	case standfirst.AccessMembers:
		return rd.words.Text("story.members")
	}
	return ""
}

// disclose fills in what the authors and the story disclose.
func (p *storyPage) disclose(rd *reading, c standfirst.Content) {
	for _, b := range c.Bylines {
		if b.Disclosure != "" {
			p.Discloses = append(p.Discloses, b.Disclosure)
		}
	}
	if c.Disclosure != "" {
		p.Discloses = append(p.Discloses, c.Disclosure)
	}
	rd.sheets.Disclosure = len(p.Discloses) > 0
}
