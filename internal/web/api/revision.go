package api

import (
	"net/http"
	"time"

	"standfirst"
)

// RevisionCard is what the history of a story tells of a published version.
type RevisionCard struct {
	Number    int                    `json:"number" minimum:"1" example:"2"`
	Published time.Time              `json:"published" example:"2026-03-05T15:32:00Z"`
	Headline  string                 `json:"headline" example:"Northwind in talks to lead Halcyon round"`
	Change    standfirst.ChangeClass `json:"change,omitempty" doc:"Why it was changed; absent for the first version, and where nothing changed but figures." example:"correction"`
	URL       string                 `json:"url" format:"uri-reference" doc:"Its page."`
}

// revision is one published version of a story.
type revision struct {
	RevisionCard
	Standfirst  string   `json:"standfirst,omitempty"`
	Authors     []author `json:"authors" nullable:"false"`
	Dateline    string   `json:"dateline,omitempty"`
	Disclosures []string `json:"disclosures,omitempty"`
	Text        string   `json:"text,omitempty" doc:"As in the story."`
	Figures     []cited  `json:"figures" nullable:"false" doc:"As in the story: how they stand today, not then."`
}

// versioned returns the story whose versions readers may see: they see none of one that was
// retracted.
func (rd *reading) versioned(id int64) (standfirst.Story, error) {
	s, err := rd.tx.Story(standfirst.StoryID(id))
	if err != nil {
		return s, err
	}
	if s.State == standfirst.Retracted {
		return s, errGone
	}
	_, err = rd.published(s)
	return s, err
}

func (rd *reading) revisionCard(s standfirst.Story, number int, published time.Time, headline string, change standfirst.ChangeClass) RevisionCard {
	if number == 1 && !s.FirstPublished.IsZero() {
		published = s.FirstPublished // it may carry an original date
	}
	return RevisionCard{
		Number: number, Published: published.UTC(), Headline: headline, Change: change,
		URL: rd.outside(s.Path() + "/version/" + number64(number)),
	}
}

func number64(n int) string { return number(int64(n)) }

// StoryList is a list below a story.
type StoryList struct {
	StoryID
	Paging
}

// revisions lists the published versions of a story, the newest first.
func (p *program) revisions(in *StoryList) (out *Listed[RevisionCard], err error) {
	err = p.read(func(rd *reading) error {
		s, err := rd.versioned(in.ID)
		if err != nil {
			return err
		}
		name := "revisions " + number(s.ID)
		at, err := parseNumbers(name, in.Cursor, 1)
		if err != nil {
			return err
		}
		from := s.PublishedNumber
		if in.Cursor != "" {
			if from = int(min(at[0], int64(from)+1)) - 1; from < 1 {
				return errCursor()
			}
		}
		found, err := rd.tx.PublishedVersions(s.ID, from, in.Limit+1)
		if err != nil {
			return err
		}
		out, err = page(p, name, in.Limit, found,
			func(v standfirst.PublishedVersion) []string { return []string{number64(v.Number)} },
			func(v standfirst.PublishedVersion) (RevisionCard, error) {
				return rd.revisionCard(s, v.Number, v.PublishedAt, v.Headline, v.Change.Class), nil
			})
		return err
	})
	return out, err
}

// RevisionNumber is a version of a story.
type RevisionNumber struct {
	StoryID
	Number int `path:"number" minimum:"1" maximum:"1000000" doc:"The number of the version." example:"1"`
}

// revision tells one published version.
func (p *program) revision(in *RevisionNumber) (out *Shown[revision], err error) {
	err = p.read(func(rd *reading) error {
		s, err := rd.versioned(in.ID)
		if err != nil {
			return err
		}
		r, err := rd.tx.PublishedRevision(s.ID, in.Number)
		if err != nil {
			return err
		}
		c := r.Content
		out = &Shown[revision]{Body: revision{
			RevisionCard: rd.revisionCard(s, r.Number, r.PublishedAt, c.Headline, r.Change.Class),
			Standfirst:   c.Standfirst, Authors: rd.authors(c.Bylines), Dateline: c.Dateline, Disclosures: disclosures(c),
		}}
		out.Body.Text, out.Body.Figures, err = rd.text(s, r)
		return err
	})
	return out, err
}

func (a *API) registerRevisions() {
	card := RevisionCard{
		Number: 2, Published: exampleStory.Updated, Headline: exampleStory.Headline, Change: standfirst.Correction, URL: exampleStory.URL + "/version/2",
	}
	register(a, operation{
		id: "list-revisions", method: http.MethodGet, path: "/api/v1/stories/{id}/revisions", tag: readingTag, public: true, summary: "List the versions of a story",
		description: "Every version that was published, the newest first. Of a story that was taken down or retracted there are none: 410.",
		errors:      goneOrMissing, example: list[RevisionCard]{Items: []RevisionCard{card}},
	}, (*program).revisions)
	register(a, operation{
		id: "read-revision", method: http.MethodGet, path: "/api/v1/stories/{id}/revisions/{number}", tag: readingTag, public: true, summary: "Read a version of a story",
		description: "One published version. What was erased of it is not in it.",
		errors:      goneOrMissing,
		example: revision{
			RevisionCard: card, Standfirst: exampleStory.Standfirst, Authors: exampleStory.Authors, Dateline: exampleStory.Dateline,
			Text: exampleStory.Text, Figures: exampleStory.Figures,
		},
	}, (*program).revision)
}
