package api

import (
	"net/http"
	"time"

	"standfirst"
	"standfirst/internal/discuss"
)

// comment is one comment under a story as readers see it.
type comment struct {
	ID      standfirst.CommentID `json:"id" example:"301"`
	Parent  standfirst.CommentID `json:"parent,omitempty" doc:"The comment that it answers; absent for one that answers the story."`
	Level   int                  `json:"level" minimum:"1" maximum:"3" doc:"How deep it stands." example:"1"`
	State   string               `json:"state" enum:"shown,removed" doc:"One that was removed stays as a stub while answers to it are shown." example:"shown"`
	Name    string               `json:"name,omitempty" doc:"As it is shown." example:"T. Imani"`
	Staff   bool                 `json:"staff,omitempty" doc:"Somebody of the newsroom wrote it."`
	HTML    string               `json:"html,omitempty" doc:"Its text: paragraphs, emphasis, links, quotes and code." example:"<p>Who else is in the round?</p>"`
	Created time.Time            `json:"created" example:"2026-03-05T11:20:00Z"`
	Edited  *time.Time           `json:"edited,omitempty"`
	Replies int                  `json:"replies" minimum:"0" doc:"How many answers to it are shown."`
	URL     string               `json:"url" format:"uri-reference" example:"https://harbourledger.example/comment/301"`
}

func (rd *reading) comment(c standfirst.Comment) comment {
	out := comment{
		ID: c.ID, Parent: c.Parent, Level: c.Level, State: "removed", Created: c.CreatedAt.UTC(), Replies: c.Replies, URL: rd.outside(c.Path()),
	}
	if c.State != standfirst.CommentApproved {
		return out
	}
	out.State, out.Name, out.Staff, out.HTML = "shown", c.Name, c.Staff != 0, c.HTML
	if !c.EditedAt.IsZero() {
		at := c.EditedAt.UTC()
		out.Edited = &at
	}
	return out
}

// comments lists the talk under a story, threads together, the oldest first.
func (p *program) comments(in *StoryList) (out *Listed[comment], err error) {
	err = p.read(func(rd *reading) error {
		s, err := rd.tx.Story(standfirst.StoryID(in.ID))
		if err != nil {
			return err
		}
		if _, err := rd.published(s); err != nil {
			return err
		}
		if !discuss.Talks(s) {
			return errNotFound
		}
		name := "comments " + number(s.ID)
		at, err := parseNumbers(name, in.Cursor, 3)
		if err != nil {
			return err
		}
		after := standfirst.CommentPosition{Root: standfirst.CommentID(at[0]), Branch: standfirst.CommentID(at[1]), ID: standfirst.CommentID(at[2])}
		found, err := rd.tx.Thread(s.ID, standfirst.OldestFirst, after, in.Limit+1)
		if err != nil {
			return err
		}
		out, err = page(p, name, in.Limit, found,
			func(c standfirst.Comment) []string { return []string{number(c.Root), number(c.Branch), number(c.ID)} },
			func(c standfirst.Comment) (comment, error) { return rd.comment(c), nil })
		return err
	})
	return out, err
}

func (a *API) registerComments() {
	register(a, operation{
		id: "list-comments", method: http.MethodGet, path: "/api/v1/stories/{id}/comments", tag: readingTag, public: true, summary: "List the comments under a story",
		description: "What readers see of the talk, threads together, the oldest first. Nothing is told of writers but the name that they signed with.",
		errors:      goneOrMissing,
		example: list[comment]{Items: []comment{{
			ID: 301, Level: 1, State: "shown", Name: "T. Imani", HTML: "<p>Who else is in the round?</p>",
			Created: time.Date(2026, 3, 5, 11, 20, 0, 0, time.UTC), URL: "https://harbourledger.example/comment/301",
		}}},
	}, (*program).comments)
}
