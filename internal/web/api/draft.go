package api

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/newsroom"
)

// Content is what is written of a story.
type Content struct {
	Headline   string   `json:"headline" minLength:"1" maxLength:"400" doc:"Plain text, one line." example:"Northwind in talks to lead Halcyon round"`
	Standfirst string   `json:"standfirst,omitempty" maxLength:"1500" doc:"The sentence under the headline." example:"The power company could put in up to $6 billion."`
	Authors    []Byline `json:"authors,omitempty" maxItems:"20"`
	Disclosure string   `json:"disclosure,omitempty" maxLength:"300" doc:"A sentence below the byline."`
	Dateline   string   `json:"dateline,omitempty" maxLength:"200" example:"ANTWERP, 5 March"`
	Section    string   `json:"section,omitempty" maxLength:"200" doc:"Its name. One that does not exist is made when the story is published." example:"Deals"`
	Topics     []string `json:"topics,omitempty" maxItems:"20" doc:"Their names."`
	Text       string   `json:"text,omitempty" maxLength:"1048576" doc:"Story text in Markdown. Publishing needs one." example:"Northwind (NYSE: NWF) is in advanced talks to put up to $6 billion into Halcyon Compute, people familiar with the matter said."`
}

// Byline is one name above a story.
type Byline struct {
	Name string `json:"name" minLength:"1" maxLength:"200" example:"Mara Oduya"`
	Role string `json:"role,omitempty" maxLength:"200" doc:"At the desk." example:"Senior Markets Correspondent"`
}

// onto returns what is kept with what the program wrote in its place. Pictures stay.
func (c Content) onto(kept standfirst.Content) standfirst.Content {
	kept.Headline, kept.Standfirst, kept.Disclosure, kept.Dateline = c.Headline, c.Standfirst, c.Disclosure, c.Dateline
	kept.Section, kept.Topics, kept.Body, kept.Bylines = c.Section, c.Topics, c.Text, nil
	for _, b := range c.Authors {
		kept.Bylines = append(kept.Bylines, standfirst.Byline{Name: b.Name, Role: b.Role})
	}
	return kept
}

// contentOf returns what a program is told of it.
func contentOf(c standfirst.Content) Content {
	out := Content{
		Headline: c.Headline, Standfirst: c.Standfirst, Disclosure: c.Disclosure, Dateline: c.Dateline, Section: c.Section, Topics: c.Topics, Text: c.Body,
	}
	for _, b := range c.Bylines {
		out.Authors = append(out.Authors, Byline{b.Name, b.Role})
	}
	return out
}

// draft is the working copy of a story.
type draft struct {
	ID        standfirst.StoryID `json:"id" doc:"The number of the story." example:"12"`
	State     standfirst.State   `json:"state" enum:"draft,in review,scheduled,published,unpublished,retracted,spiked" example:"draft"`
	Version   int                `json:"version" minimum:"0" doc:"Grows with each save." example:"3"`
	Pending   bool               `json:"pending" doc:"It says something else than what readers see."`
	Published int                `json:"published" minimum:"0" doc:"How many versions were published." example:"0"`
	URL       string             `json:"url,omitempty" format:"uri-reference" doc:"Its page; absent until it is published."`
	Scheduled *time.Time         `json:"scheduled,omitempty" doc:"When it goes out by itself."`
	Embargo   *time.Time         `json:"embargo,omitempty" doc:"Before when nobody may publish it."`
	Saved     time.Time          `json:"saved" example:"2026-03-05T09:40:00Z"`
	Content   Content            `json:"content"`
}

// Drafted is the answer with a draft.
type Drafted struct {
	ETag     string `header:"ETag" doc:"Of this version, for If-Match."`
	Location string `header:"Location" doc:"Where it is read and changed."`
	Body     draft
}

// draftOf returns the working copy to who may see it.
func (p *program) draftOf(id standfirst.StoryID) (*Drafted, newsroom.Details, error) {
	d, err := p.Newsroom.Show(p.r.Context(), p.actor, id)
	if err != nil {
		return nil, d, err
	}
	work := d.WorkingCopy
	out := &Drafted{ETag: versionTag(work.Version), Location: draftPath(id), Body: draft{
		ID: id, State: d.Story.State, Version: work.Version, Pending: d.Pending, Published: d.Story.PublishedNumber,
		Saved: work.UpdatedAt.UTC(), Content: contentOf(work.Content),
	}}
	if d.Story.State.Public() {
		err = p.read(func(rd *reading) error {
			out.Body.URL = rd.outside(d.Story.Path())
			return nil
		})
	}
	if d.Schedule != nil {
		at := d.Schedule.At.UTC()
		out.Body.Scheduled = &at
	}
	if d.Embargo != nil {
		at := d.Embargo.Until.UTC()
		out.Body.Embargo = &at
	}
	return out, d, err
}

func draftPath(id standfirst.StoryID) string { return "/api/v1/drafts/" + id.String() }

// readDraft tells the working copy of a story.
func (p *program) readDraft(in *StoryID) (*Drafted, error) {
	out, _, err := p.draftOf(standfirst.StoryID(in.ID))
	return out, err
}

// Filing is a story that is filed.
type Filing struct {
	Body struct {
		Content
		Slug         string            `json:"slug,omitempty" maxLength:"100" doc:"The end of its address; without one it is made of the headline." example:"northwind-in-talks"`
		Access       standfirst.Access `json:"access,omitempty" enum:"public,registered,members" doc:"Who may read it; everybody, if nothing is said."`
		OriginalDate *time.Time        `json:"original_date,omitempty" doc:"The date that the text carries, if it is from the past."`
		Publish      bool              `json:"publish,omitempty" doc:"Publish it at once: it is filed and published, or neither. The token needs the scope “publish” as well."`
	}
}

// file files a story, and publishes it if that is asked for.
func (p *program) file(in *Filing) (*Drafted, error) {
	b := in.Body
	d := newsroom.Draft{
		Content: b.Content.onto(standfirst.Content{}), Slug: standfirst.Slug(b.Slug), Access: b.Access,
	}
	if b.OriginalDate != nil {
		d.OriginalDate = *b.OriginalDate
	}
	if key := p.r.Header.Get(keyHeader); key != "" {
		// A story is filed once under a key even where the process ended before it could keep
		// that it was.
		d.FilingDigest = requestDigest(p.r, []byte(number(p.token.ID)+" "+key))
	}
	var filed standfirst.Story
	var err error
	if b.Publish {
		var published newsroom.Published
		published, err = p.Newsroom.CreateAndPublish(p.r.Context(), p.actor, d)
		filed = published.Story
	} else {
		filed, err = p.Newsroom.Create(p.r.Context(), p.actor, d)
	}
	if err != nil {
		return nil, err
	}
	out, _, err := p.draftOf(filed.ID)
	return out, err
}

// Guard is the version from which a change was made.
type Guard struct {
	IfMatch string `header:"If-Match" required:"true" minLength:"1" maxLength:"200" doc:"The ETag of the version that the change was made from; * for whatever is there." example:"\"3\""`
}

// guarded returns the version that the program has seen, and a problem where the story has
// another by now.
func (p *program) guarded(id standfirst.StoryID, g Guard) (newsroom.Details, error) {
	_, d, err := p.draftOf(id)
	if err != nil {
		return d, err
	}
	if tag := strings.TrimSpace(g.IfMatch); tag != "*" {
		seen, ok := parseVersion(tag)
		if !ok || seen != d.WorkingCopy.Version {
			return d, newProblem(http.StatusPreconditionFailed, "the draft is at version "+strconv.Itoa(d.WorkingCopy.Version)+" by now, and nothing was overwritten; read it again and bring the two together")
		}
	}
	return d, nil
}

// parseVersion reads the version in an ETag of a draft.
func parseVersion(tag string) (int, bool) {
	inner, ok := strings.CutPrefix(tag, `"`)
	inner, closed := strings.CutSuffix(inner, `"`)
	version, _, _ := strings.Cut(inner, ".")
	n, err := strconv.Atoi(version)
	return n, ok && closed && err == nil
}

// stale tells somebody else's save as a precondition that failed.
func stale(err error) error {
	if errors.Is(err, newsroom.ErrStale) {
		return newProblem(http.StatusPreconditionFailed, standfirst.PublicMessage(err))
	}
	return err
}

// Revising is another text of a story.
type Revising struct {
	StoryID
	Guard
	Body Content
}

// revise overwrites the working copy.
func (p *program) revise(in *Revising) (*Drafted, error) {
	id := standfirst.StoryID(in.ID)
	d, err := p.guarded(id, in.Guard)
	if err != nil {
		return nil, err
	}
	if _, err := p.Newsroom.Save(p.r.Context(), p.actor, id, d.WorkingCopy.Version, in.Body.onto(d.WorkingCopy.Content)); err != nil {
		return nil, stale(err)
	}
	out, _, err := p.draftOf(id)
	return out, err
}

// Publishing is what a publication depends on.
type Publishing struct {
	StoryID
	Guard
	Body struct {
		Change standfirst.ChangeClass `json:"change,omitempty" enum:"correction,clarification,update,editor's note,minor" doc:"Why published words change. Not needed the first time, and where a new value of a figure explains it all." example:"correction"`
		Note   string                 `json:"note,omitempty" maxLength:"1500" doc:"What readers are told." example:"An earlier version gave the wrong day."`
	}
}

// publish makes the working copy public.
func (p *program) publish(in *Publishing) (*Drafted, error) {
	id := standfirst.StoryID(in.ID)
	d, err := p.guarded(id, in.Guard)
	if err != nil {
		return nil, err
	}
	_, err = p.Newsroom.Publish(p.r.Context(), p.actor, id, newsroom.PublishOptions{
		Version: d.WorkingCopy.Version, Change: standfirst.Change{Class: in.Body.Change, Note: in.Body.Note},
	})
	if err != nil {
		return nil, stale(err)
	}
	out, _, err := p.draftOf(id)
	return out, err
}

var exampleContent = Content{
	Headline: exampleStory.Headline, Standfirst: exampleStory.Standfirst, Authors: []Byline{{"Mara Oduya", "Senior Markets Correspondent"}}, Section: "Deals",
	Text: "Northwind (NYSE: NWF) is in advanced talks to put up to $6 billion into Halcyon Compute, people familiar with the matter said.",
}

var exampleDraft = draft{
	ID: 12, State: standfirst.Draft, Version: 3, Pending: true, Saved: time.Date(2026, 3, 5, 9, 40, 0, 0, time.UTC), Content: exampleContent,
}

func (a *API) registerDrafts() {
	filing := new(Filing).Body
	filing.Content, filing.Publish = exampleContent, false
	register(a, operation{
		id: "file-story", method: http.MethodPost, path: "/api/v1/stories", tag: writingTag, permission: standfirst.WriteStory, status: http.StatusCreated,
		summary:     "File a story",
		description: "A new draft, from Markdown. With publish it goes out at once, if the token has that scope and its owner may.",
		errors:      []int{http.StatusConflict}, body: filing, example: exampleDraft,
	}, (*program).file)
	register(a, operation{
		id: "read-draft", method: http.MethodGet, path: "/api/v1/drafts/{id}", tag: writingTag, permission: standfirst.ReadDraft, versioned: true,
		summary: "Read a draft", description: "The working copy of a story, published or not. Its ETag is what a change is made from.",
		errors: []int{http.StatusNotFound}, example: exampleDraft,
	}, (*program).readDraft)
	changing := []int{http.StatusNotFound, http.StatusConflict, http.StatusPreconditionFailed}
	register(a, operation{
		id: "revise-draft", method: http.MethodPut, path: "/api/v1/drafts/{id}", tag: writingTag, permission: standfirst.WriteStory,
		summary: "Revise a draft",
		description: "Overwrites the working copy, which readers do not see before it is published. What is left out becomes empty; pictures stay. " +
			"A token revises what its owner wrote.",
		errors: changing, body: exampleContent, example: exampleDraft,
	}, (*program).revise)
	publishing := new(Publishing).Body
	publishing.Change, publishing.Note = standfirst.Correction, "An earlier version gave the wrong day."
	live := exampleDraft
	live.State, live.Pending, live.Published, live.URL = standfirst.Published, false, 1, exampleStory.URL
	register(a, operation{
		id: "publish-draft", method: http.MethodPost, path: "/api/v1/drafts/{id}/publish", tag: writingTag, permission: standfirst.PublishStory,
		summary:     "Publish a draft",
		description: "Makes the working copy public, the first time or as an update. 400 says what is missing, such as why published words change; 409 that it may not be published as it stands: under an embargo, or with a figure from an anonymous source for whom no editor stands. No program can; an editor does so at the desk.",
		errors:      changing, body: publishing, example: live,
	}, (*program).publish)
}
