package api

import (
	"net/http"
	"net/url"
	"slices"
	"time"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/ledger"
	"standfirst/internal/store"
)

// StoryCard is what lists tell of a story.
type StoryCard struct {
	ID             standfirst.StoryID `json:"id" doc:"The number of the story, which stays when its address changes." example:"12"`
	State          standfirst.State   `json:"state" enum:"published,retracted" doc:"Of a retracted story nothing is left but its headline and why." example:"published"`
	Path           string             `json:"path" doc:"Its address below that of the publication." example:"/2026/03/05/northwind-in-talks-to-lead-halcyon-round"`
	URL            string             `json:"url" format:"uri-reference" doc:"Its page." example:"https://harbourledger.example/2026/03/05/northwind-in-talks-to-lead-halcyon-round"`
	Headline       string             `json:"headline" example:"Northwind in talks to lead Halcyon round"`
	Standfirst     string             `json:"standfirst,omitempty" doc:"The sentence under the headline." example:"The power company could put in up to $6 billion."`
	Authors        []author           `json:"authors" nullable:"false"`
	Section        *named             `json:"section,omitempty"`
	FirstPublished time.Time          `json:"first_published" doc:"When readers first saw it." example:"2026-03-05T10:00:00Z"`
	Updated        time.Time          `json:"updated" doc:"When its newest version went out." example:"2026-03-05T15:32:00Z"`
}

// author is one name in a byline.
type author struct {
	Name string `json:"name" example:"Mara Oduya"`
	Role string `json:"role,omitempty" doc:"As it stood then." example:"Senior Markets Correspondent"`
	Slug string `json:"slug,omitempty" example:"mara-oduya"`
	URL  string `json:"url,omitempty" format:"uri-reference"`
}

// story is a story as readers see it.
type story struct {
	StoryCard
	Version     int               `json:"version" minimum:"1" doc:"The number of the published version." example:"2"`
	Language    string            `json:"language" doc:"BCP 47." example:"en"`
	Access      standfirst.Access `json:"access" enum:"public,registered,members" doc:"Who may read the text: of a story that is not public it is not told." example:"public"`
	Topics      []named           `json:"topics" nullable:"false"`
	Dateline    string            `json:"dateline,omitempty" example:"ANTWERP, 5 March"`
	Disclosures []string          `json:"disclosures,omitempty" doc:"What its authors and the story disclose."`
	Text        string            `json:"text,omitempty" doc:"Story text in Markdown. [words](claim:88) cites a figure, and [Name](entity:slug) names somebody; the other constructs are in the documentation of story text. Absent where the story was retracted or is not public."`
	Retraction  string            `json:"retraction,omitempty" doc:"Why it was retracted."`
	Figures     []cited           `json:"figures" nullable:"false" doc:"The figures that the text cites, with how they stand today."`
	Notices     []Notice          `json:"notices" nullable:"false" doc:"What readers are told about changes, the newest first."`
	Comments    int               `json:"comments" minimum:"0" doc:"How many comments readers see."`
	Ninjs       string            `json:"ninjs,omitempty" format:"uri-reference" doc:"The story in ninjs 3.1 of the IPTC, with its text as HTML."`
}

// cited is one figure that a story cites.
type cited struct {
	Claim    standfirst.ClaimID  `json:"claim" doc:"The number of the claim." example:"88"`
	Title    string              `json:"title" doc:"What it is a figure of." example:"the valuation of Halcyon Compute"`
	Words    string              `json:"words" doc:"As the story has them." example:"up to $6 billion"`
	Standing string              `json:"standing" enum:"held,changed,withdrawn,stale,denied,disputed,withheld" doc:"How it stands today." example:"held"`
	Now      string              `json:"now,omitempty" doc:"The value that took its place, in words." example:"$110 billion"`
	Evidence standfirst.Evidence `json:"evidence,omitempty" doc:"How well it is borne out." example:"reported-anonymous"`
}

func (rd *reading) authors(bylines []standfirst.Byline) []author {
	all := make([]author, 0, len(bylines))
	for _, b := range bylines {
		a := author{Name: b.Name, Role: b.Role, Slug: string(b.Slug)}
		if b.Slug != "" {
			a.URL = rd.outside(standfirst.AuthorPath(b.Slug))
		}
		all = append(all, a)
	}
	return all
}

func (rd *reading) card(c standfirst.Card) StoryCard {
	shown := StoryCard{
		ID: c.ID, State: c.State, Path: c.Path, URL: rd.outside(c.Path), Headline: c.Headline, Standfirst: c.Standfirst,
		Authors: rd.authors(c.Bylines), FirstPublished: c.FirstPublished.UTC(), Updated: c.Updated.UTC(),
	}
	if c.Section != "" {
		shown.Section = &named{c.Section, string(c.SectionSlug), rd.outside(standfirst.SectionPath(c.SectionSlug))}
	}
	if c.State == standfirst.Retracted {
		shown.Standfirst = ""
	}
	return shown
}

// StoryFilter says which stories are asked for.
type StoryFilter struct {
	Paging
	Section string    `query:"section" maxLength:"200" doc:"Only those of the section with this slug."`
	Author  string    `query:"author" maxLength:"200" doc:"Only those by the author with this slug."`
	Company string    `query:"company" maxLength:"200" doc:"Only those that cite a figure about the company with this slug."`
	Topic   string    `query:"topic" maxLength:"200" doc:"Only those on the topic with this slug."`
	Since   time.Time `query:"since" doc:"Only those that were first published at that time or later."`
}

// lister reads a stretch of a list of stories, the newest first.
type lister func(after standfirst.Position, limit int) ([]standfirst.Card, error)

// lister returns what the filter asks for, and the name of that list in cursors.
func (f *StoryFilter) lister(tx *store.ReadTx) (lister, string, error) {
	given := 0
	for _, slug := range []string{f.Section, f.Author, f.Company, f.Topic} {
		if slug != "" {
			given++
		}
	}
	switch {
	case given > 1:
		return nil, "", standfirst.Errorf(standfirst.Invalid, "choose one of section, author, company and topic; a list is walked by one of them")
	case f.Section != "":
		s, err := tx.SectionBySlug(standfirst.Slug(f.Section))
		return func(after standfirst.Position, limit int) ([]standfirst.Card, error) {
			return tx.SectionCards(s.ID, after, limit)
		}, "section " + number(s.ID), err
	case f.Author != "":
		a, err := tx.AuthorBySlug(standfirst.Slug(f.Author))
		return func(after standfirst.Position, limit int) ([]standfirst.Card, error) {
			return tx.AuthorCards(a.ID, after, limit)
		}, "author " + number(a.ID), err
	case f.Topic != "":
		t, err := tx.TopicBySlug(standfirst.Slug(f.Topic))
		return func(after standfirst.Position, limit int) ([]standfirst.Card, error) {
			return tx.TopicCards(t.ID, after, limit)
		}, "topic " + number(t.ID), err
	case f.Company != "":
		e, err := tx.EntityAt(standfirst.Company, standfirst.Slug(f.Company))
		if err == nil && !e.HasPage() {
			err = errNotFound
		}
		return func(after standfirst.Position, limit int) ([]standfirst.Card, error) {
			return tx.CitingStoriesOf(standfirst.Subject{Entity: e.ID}, after, limit)
		}, "company " + number(e.ID), err
	default:
		return tx.Latest, "stories", nil
	}
}

// stories lists what readers see, the newest first.
func (p *program) stories(in *StoryFilter) (out *Listed[StoryCard], err error) {
	err = p.read(func(rd *reading) error {
		read, name, err := in.lister(rd.tx)
		if err != nil {
			return err
		}
		at, id, err := parseMoment(name, in.Cursor)
		if err != nil {
			return err
		}
		found, err := read(standfirst.Position{FirstPublished: at, ID: standfirst.StoryID(id)}, in.Limit+1)
		if err != nil {
			return err
		}
		if older := slices.IndexFunc(found, func(c standfirst.Card) bool { return c.FirstPublished.Before(in.Since) }); older >= 0 {
			found = found[:older]
		}
		out, err = page(p, name, in.Limit, found,
			func(c standfirst.Card) []string { return moment(c.FirstPublished, c.ID) },
			func(c standfirst.Card) (StoryCard, error) { return rd.card(c), nil })
		return err
	})
	return out, err
}

// published returns the story with the text that readers see, or why they see none.
func (rd *reading) published(s standfirst.Story) (standfirst.Revision, error) {
	switch {
	case s.Kind != standfirst.KindStory:
		return standfirst.Revision{}, errNotFound
	case s.State.Public():
		return rd.tx.Revision(s.Current)
	case s.PublishedNumber > 0:
		return standfirst.Revision{}, errGone
	default:
		return standfirst.Revision{}, errNotFound
	}
}

// storyAt returns the story at the address, of now or of before.
func (rd *reading) storyAt(address string) (standfirst.Story, error) {
	u, err := url.Parse(address)
	if err != nil {
		return standfirst.Story{}, standfirst.Errorf(standfirst.Invalid, "%q is no address of a story; write it as /2026/03/05/northwind-in-talks", address)
	}
	day, slug, ok := standfirst.ParseStoryPath(u.Path)
	if ok {
		s, err := rd.tx.StoryAt(day, slug)
		if err == nil || standfirst.KindOf(err) != standfirst.NotFound {
			return s, err
		}
	}
	old, err := rd.tx.OldAddress(u.Path)
	switch {
	case err != nil && standfirst.KindOf(err) == standfirst.NotFound:
		return standfirst.Story{}, errNotFound
	case err != nil:
		return standfirst.Story{}, err
	case old.Target == "":
		return standfirst.Story{}, errGone
	}
	if day, slug, ok = standfirst.ParseStoryPath(old.Target); !ok {
		return standfirst.Story{}, errNotFound
	}
	return rd.tx.StoryAt(day, slug)
}

// StoryID is a story by its number.
type StoryID struct {
	ID int64 `path:"id" minimum:"1" doc:"The number of the story." example:"12"`
}

// StoryAddress is a story by its address.
type StoryAddress struct {
	Address string `query:"address" required:"true" minLength:"1" maxLength:"2000" doc:"The address of its page, with or without that of the publication. Addresses that it had before will do." example:"/2026/03/05/northwind-in-talks-to-lead-halcyon-round"`
}

// Shown is the answer to one thing.
type Shown[T any] struct{ Body T }

// story tells one story by its number.
func (p *program) story(in *StoryID) (out *Shown[story], err error) {
	return p.storyOf(func(rd *reading) (standfirst.Story, error) { return rd.tx.Story(standfirst.StoryID(in.ID)) })
}

// storyAt tells one story by its address.
func (p *program) storyAt(in *StoryAddress) (*Shown[story], error) {
	return p.storyOf(func(rd *reading) (standfirst.Story, error) { return rd.storyAt(in.Address) })
}

func (p *program) storyOf(find func(*reading) (standfirst.Story, error)) (out *Shown[story], err error) {
	err = p.read(func(rd *reading) error {
		s, err := find(rd)
		if err != nil {
			return err
		}
		revision, err := rd.published(s)
		if err != nil {
			return err
		}
		out = new(Shown[story])
		out.Body, err = rd.story(s, revision)
		return err
	})
	return out, err
}

// story returns the story in the version that readers see.
func (rd *reading) story(s standfirst.Story, revision standfirst.Revision) (story, error) {
	c := revision.Content
	out := story{
		StoryCard: StoryCard{
			ID: s.ID, State: s.State, Path: s.Path(), URL: rd.outside(s.Path()), Headline: c.Headline, Authors: rd.authors(c.Bylines),
			FirstPublished: s.FirstPublished.UTC(), Updated: s.Updated.UTC(),
		},
		Version: revision.Number, Language: rd.pub.Language, Access: s.Access, Topics: []named{}, Figures: []cited{}, Notices: []Notice{},
	}
	if s.Section != 0 {
		section, err := rd.tx.Section(s.Section)
		if err != nil {
			return out, err
		}
		out.Section = &named{section.Name, string(section.Slug), rd.outside(standfirst.SectionPath(section.Slug))}
	}
	topics, err := rd.tx.StoryTopics(s.ID)
	if err != nil {
		return out, err
	}
	for _, t := range topics {
		out.Topics = append(out.Topics, named{t.Name, string(t.Slug), rd.outside(standfirst.TopicPath(t.Slug))})
	}
	if s.State == standfirst.Retracted {
		out.Retraction = s.RetractionNote
		return out, nil
	}
	out.Standfirst, out.Dateline, out.Disclosures = c.Standfirst, c.Dateline, disclosures(c)
	out.Ninjs = rd.outside(s.Path() + ".ninjs.json")
	notices, err := rd.tx.NoticesOfStory(s.ID)
	if err != nil {
		return out, err
	}
	for _, n := range notices {
		out.Notices = append(out.Notices, rd.notice(n))
	}
	if discuss.Talks(s) {
		if out.Comments, err = rd.tx.CommentCount(s.ID); err != nil {
			return out, err
		}
	}
	out.Text, out.Figures, err = rd.text(s, revision)
	return out, err
}

// text returns the text of a version with its figures, where everybody may read it.
func (rd *reading) text(s standfirst.Story, revision standfirst.Revision) (string, []cited, error) {
	figures := []cited{}
	if s.Access != standfirst.AccessPublic {
		return "", figures, nil
	}
	citations, err := rd.tx.Citations(revision.ID)
	if err != nil {
		return "", figures, err
	}
	found, err := ledger.StoryFigures(rd.tx, citations, store.ForReaders)
	for _, f := range found {
		c := cited{Claim: f.Claim.ID, Title: f.Title, Words: f.Words, Standing: string(f.Standing), Now: f.Now, Evidence: f.Cited.Evidence}
		if f.Standing == ledger.Held {
			c.Standing = "held"
		}
		if f.Cited.Erased {
			c.Evidence = ""
		}
		figures = append(figures, c)
	}
	return revision.Content.Body, figures, err
}

// disclosures returns what the authors and the story disclose.
func disclosures(c standfirst.Content) []string {
	var all []string
	for _, b := range c.Bylines {
		if b.Disclosure != "" {
			all = append(all, b.Disclosure)
		}
	}
	if c.Disclosure != "" {
		all = append(all, c.Disclosure)
	}
	return all
}

// goneOrMissing are the failures of what readers may not see, or no longer.
var goneOrMissing = []int{http.StatusNotFound, http.StatusGone}

func (a *API) registerStories() {
	register(a, operation{
		id: "list-stories", method: http.MethodGet, path: "/api/v1/stories", tag: readingTag, public: true, summary: "List stories",
		description: "What is published, the newest first. At most one of section, author, company and topic can be named.",
		errors:      []int{http.StatusNotFound}, example: list[StoryCard]{Items: []StoryCard{exampleStory.StoryCard}},
	}, (*program).stories)
	register(a, operation{
		id: "read-story", method: http.MethodGet, path: "/api/v1/stories/{id}", tag: readingTag, public: true, summary: "Read a story",
		description: "One story as readers see it. A story that was retracted tells why, in place of its text; one that was taken down answers 410.",
		errors:      goneOrMissing, example: exampleStory,
	}, (*program).story)
	register(a, operation{
		id: "find-story", method: http.MethodGet, path: "/api/v1/stories/at", tag: readingTag, public: true, summary: "Read the story at an address",
		description: "The same by the address of its page.",
		errors:      goneOrMissing, example: exampleStory,
	}, (*program).storyAt)
}

// exampleStory stands in the description.
var exampleStory = story{
	StoryCard: StoryCard{
		ID: 12, State: standfirst.Published, Path: "/2026/03/05/northwind-in-talks-to-lead-halcyon-round",
		URL:      "https://harbourledger.example/2026/03/05/northwind-in-talks-to-lead-halcyon-round",
		Headline: "Northwind in talks to lead Halcyon round", Standfirst: "The power company could put in up to $6 billion.",
		Authors:        []author{{Name: "Mara Oduya", Role: "Senior Markets Correspondent", Slug: "mara-oduya", URL: "https://harbourledger.example/author/mara-oduya"}},
		Section:        &named{"Deals", "deals", "https://harbourledger.example/section/deals"},
		FirstPublished: time.Date(2026, 3, 5, 10, 0, 0, 0, time.UTC), Updated: time.Date(2026, 3, 5, 15, 32, 0, 0, time.UTC),
	},
	Version: 2, Language: "en", Access: standfirst.AccessPublic, Topics: []named{}, Dateline: "ANTWERP, 5 March",
	Text:    "Northwind (NYSE: NWF) is in advanced talks to put [up to $6 billion](claim:88) into Halcyon Compute.",
	Figures: []cited{{88, "the commitment of Northwind to Halcyon Compute round", "up to $6 billion", "held", "", standfirst.ReportedAnonymous}},
	Notices: []Notice{}, Comments: 4, Ninjs: "https://harbourledger.example/2026/03/05/northwind-in-talks-to-lead-halcyon-round.ninjs.json",
}
