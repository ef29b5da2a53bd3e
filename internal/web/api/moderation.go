package api

import (
	"net/http"
	"time"

	"standfirst"
	"standfirst/internal/discuss"
)

// waiting is a comment that waits for a moderator.
type waiting struct {
	ID       standfirst.CommentID    `json:"id" example:"301"`
	Story    standfirst.StoryID      `json:"story" doc:"The number of the story." example:"12"`
	Headline string                  `json:"headline" example:"Northwind in talks to lead Halcyon round"`
	State    standfirst.CommentState `json:"state" enum:"held,approved,rejected,spam,deleted,erased" doc:"One that readers see can wait too, where it was reported." example:"held"`
	Rule     standfirst.Rule         `json:"rule,omitempty" doc:"Why it waits." example:"first"`
	Name     string                  `json:"name" doc:"As it is signed." example:"T. Imani"`
	Text     string                  `json:"text" doc:"As it was typed." example:"Who else is in the round?"`
	Reports  int                     `json:"reports" minimum:"0" doc:"How many reports wait for an answer."`
	Created  time.Time               `json:"created" example:"2026-03-05T11:20:00Z"`
}

// queue lists the comments that wait, the longest waiting first.
func (p *program) queue(in *Paging) (*Listed[waiting], error) {
	at, id, err := parseMoment("queue", in.Cursor)
	if err != nil {
		return nil, err
	}
	found, err := p.Talk.Queue(p.r.Context(), p.actor, false, discuss.QueuePosition{Since: at, ID: standfirst.CommentID(id)}, in.Limit+1)
	if err != nil {
		return nil, err
	}
	return page(p, "queue", in.Limit, found,
		func(w discuss.Waiting) []string { return moment(w.Position().Since, w.Position().ID) },
		func(w discuss.Waiting) (waiting, error) {
			c := w.Comment
			return waiting{c.ID, c.Story, w.Headline, c.State, c.Rule, c.Name, c.Text, len(w.Reports), c.CreatedAt.UTC()}, nil
		})
}

// Deciding is a decision about a comment.
type Deciding struct {
	ID   int64 `path:"id" minimum:"1" doc:"The number of the comment." example:"301"`
	Body struct {
		State  standfirst.CommentState `json:"state" enum:"approved,rejected,spam" doc:"What it becomes." example:"rejected"`
		Reason standfirst.Reason       `json:"reason,omitempty" enum:"off-topic,abuse,hate,promotion,interest,false,personal,unlawful,duplicate,rules,other" doc:"Needed where it is rejected: its writer is told." example:"off-topic"`
		Note   string                  `json:"note,omitempty" maxLength:"1000" doc:"For its writer, beside the reason."`
	}
}

// decided is what became of a decision.
type decided struct {
	ID      standfirst.CommentID    `json:"id" example:"301"`
	State   standfirst.CommentState `json:"state" enum:"approved,rejected,spam" example:"rejected"`
	Changed bool                    `json:"changed" doc:"It was decided otherwise before, or not at all."`
}

// decide decides about a comment.
func (p *program) decide(in *Deciding) (*Shown[decided], error) {
	id := standfirst.CommentID(in.ID)
	done, err := p.Talk.Decide(p.r.Context(), p.actor, []standfirst.CommentID{id}, discuss.Decision{State: in.Body.State, Reason: in.Body.Reason, Note: in.Body.Note})
	if err == nil && len(done.Missing) > 0 {
		err = standfirst.Errorf(standfirst.NotFound, "there is no comment %s, or its words are gone", id)
	}
	if err != nil {
		return nil, err
	}
	return &Shown[decided]{decided{id, in.Body.State, done.Changed > 0}}, nil
}

func (a *API) registerModeration() {
	register(a, operation{
		id: "list-queue", method: http.MethodGet, path: "/api/v1/comments/queue", tag: talkTag, permission: standfirst.ModerateComments,
		summary: "List the comments that wait", description: "What waits for a moderator, the longest waiting first. Addresses of writers are not told.",
		example: list[waiting]{Items: []waiting{{301, 12, exampleStory.Headline, standfirst.CommentHeld, standfirst.RuleFirst, "T. Imani", "Who else is in the round?", 0, time.Date(2026, 3, 5, 11, 20, 0, 0, time.UTC)}}},
	}, (*program).queue)
	deciding := new(Deciding).Body
	deciding.State, deciding.Reason = standfirst.CommentRejected, standfirst.ReasonOffTopic
	register(a, operation{
		id: "decide-comment", method: http.MethodPost, path: "/api/v1/comments/{id}/decision", tag: talkTag, permission: standfirst.ModerateComments,
		summary: "Decide about a comment", description: "Approves it, rejects it with a reason, or calls it spam, from which the filter learns. Its writer is told as if a moderator had pressed the button.",
		errors: []int{http.StatusNotFound}, body: deciding, example: decided{301, standfirst.CommentRejected, true},
	}, (*program).decide)
}
