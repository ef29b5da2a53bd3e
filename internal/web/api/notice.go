package api

import (
	"net/http"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// Notice is what readers are told about a change.
type Notice struct {
	ID    standfirst.NoticeID    `json:"id" example:"7"`
	Class standfirst.ChangeClass `json:"class" enum:"correction,clarification,update,editor's note,retraction" example:"correction"`
	Text  string                 `json:"text,omitempty" doc:"Absent where it was erased." example:"An earlier version gave the valuation as $120 billion."`
	At    time.Time              `json:"at" example:"2026-03-05T15:32:00Z"`
	Claim standfirst.ClaimID     `json:"claim,omitempty" doc:"The number of the claim that changed; absent where it is about other words." example:"88"`

	Erased bool `json:"erased,omitempty" doc:"The text is gone; the notice stays as a stub."`
}

// noticeWithStories is a notice in the list of all.
type noticeWithStories struct {
	Notice
	Stories []StoryCard `json:"stories" nullable:"false" doc:"The stories that show it, as far as readers see them."`
}

func (rd *reading) notice(n standfirst.Notice) Notice {
	out := Notice{ID: n.ID, Class: n.Class, Text: n.Text, At: n.At.UTC(), Claim: n.Claim, Erased: n.Erased}
	if n.Erased {
		out.Text = ""
	}
	return out
}

// NoticeFilter says which notices are asked for.
type NoticeFilter struct {
	Paging
	Class standfirst.ChangeClass `query:"class" enum:"correction,clarification,update,editor's note,retraction" doc:"Only those of that class."`
}

// notices lists what readers were told, the newest first.
func (p *program) notices(in *NoticeFilter) (out *Listed[noticeWithStories], err error) {
	err = p.read(func(rd *reading) error {
		name := "notices " + string(in.Class)
		at, id, err := parseMoment(name, in.Cursor)
		if err != nil {
			return err
		}
		found, err := rd.tx.Notices(in.Class, store.NoticePosition{At: at, ID: standfirst.NoticeID(id)}, in.Limit+1)
		if err != nil {
			return err
		}
		out, err = page(p, name, in.Limit, found,
			func(n standfirst.Notice) []string { return moment(n.At, n.ID) },
			func(n standfirst.Notice) (noticeWithStories, error) {
				shown := noticeWithStories{Notice: rd.notice(n), Stories: []StoryCard{}}
				cards, err := rd.tx.CardsByID(n.Stories)
				for _, c := range cards {
					shown.Stories = append(shown.Stories, rd.card(c))
				}
				return shown, err
			})
		return err
	})
	return out, err
}

func (a *API) registerNotices() {
	register(a, operation{
		id: "list-notices", method: http.MethodGet, path: "/api/v1/notices", tag: readingTag, public: true, summary: "List corrections and other notices",
		description: "What readers were told about changes of published text and of figures, the newest first.",
		example: list[noticeWithStories]{Items: []noticeWithStories{{
			Notice{7, standfirst.Correction, "An earlier version gave the valuation as $120 billion.", exampleStory.Updated, 88, false}, []StoryCard{exampleStory.StoryCard},
		}}},
	}, (*program).notices)
}
