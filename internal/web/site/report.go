package site

import (
	"html/template"
	"net/http"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/store"
	"standfirst/internal/web"
)

// reportPage is where somebody says what is wrong with a comment.
type reportPage struct {
	Layout  layout
	Story   link
	Name    string // of the writer
	HTML    template.HTML
	Action  string
	Back    string
	Reasons []reasonChoice
	Legal   bool
	Text    string
	Who     string
	Email   string
	Failure string
	Done    bool
}

// reasonChoice is one reason to choose.
type reasonChoice struct {
	Reason standfirst.Reason
	Name   string
	Chosen bool
}

// reportReasons are the reasons that readers choose from.
var reportReasons = []standfirst.Reason{
	standfirst.ReasonAbuse, standfirst.ReasonHate, standfirst.ReasonPromotion, standfirst.ReasonInterest, standfirst.ReasonFalse,
	standfirst.ReasonPersonal, standfirst.ReasonOffTopic, standfirst.ReasonUnlawful, standfirst.ReasonOther,
}

// serveReport shows the form for a report, and takes it.
func (s *Site) serveReport(w http.ResponseWriter, r *http.Request, id standfirst.CommentID) error {
	if r.Method != http.MethodPost {
		return s.reportForm(w, r, id, http.StatusOK, reportPage{Done: r.URL.Query().Get("done") == "1"}, "")
	}
	if err := readForm(w, r); err != nil {
		return err
	}
	f := r.PostForm
	p := reportPage{Legal: f.Get("legal") != "", Text: f.Get("text"), Who: f.Get("name"), Email: f.Get("email")}
	reason := standfirst.Reason(f.Get("reason"))
	err := s.talk.Report(r.Context(), discuss.Complaint{
		Comment: id, Reason: reason, Legal: p.Legal, Text: p.Text, Name: p.Who, Email: p.Email, Address: web.ClientOrigin(r).Address,
	})
	if err == nil {
		http.Redirect(w, r, standfirst.CommentPath(id)+"/report?done=1", http.StatusSeeOther)
		return nil
	}
	status := http.StatusUnprocessableEntity
	switch standfirst.KindOf(err) {
	case standfirst.Invalid:
	case standfirst.TooMany:
		status = http.StatusTooManyRequests
	default:
		return err
	}
	p.Legal = p.Legal || reason == standfirst.ReasonUnlawful // it leads on to a complaint, with all that was typed
	p.Failure = sentence(standfirst.PublicMessage(err))
	return s.reportForm(w, r, id, status, p, reason)
}

func (s *Site) reportForm(w http.ResponseWriter, r *http.Request, id standfirst.CommentID, status int, p reportPage, chosen standfirst.Reason) error {
	err := s.store.View(r.Context(), func(tx *store.ReadTx) error {
		rd, err := s.read(tx)
		if err != nil {
			return err
		}
		c, err := tx.Comment(id)
		if err != nil {
			return err
		}
		story, err := tx.Story(c.Story)
		if err != nil {
			return err
		}
		if !discuss.Talks(story) || c.State != standfirst.CommentApproved && !p.Done {
			return standfirst.Errorf(standfirst.NotFound, "there is no such comment")
		}
		revision, err := rd.published(story)
		if err != nil {
			return err
		}
		p.Story, p.Back, p.Action = link{revision.Content.Headline, story.Path()}, c.Path(), c.Path()+"/report"
		if !c.Shown {
			p.Back = story.Path() + "#comments"
		}
		if c.State == standfirst.CommentApproved {
			p.Name, p.HTML = c.Name, template.HTML(c.HTML) //nolint:gosec // markup.RenderComment made it
		}
		if p.Layout, err = rd.layout(address{}); err != nil {
			return err
		}
		p.Layout.Unlisted = true
		p.Layout.Title = documentTitle(rd.words.Text("report.title"), p.Layout.SiteName)
		for _, reason := range reportReasons {
			p.Reasons = append(p.Reasons, reasonChoice{reason, rd.words.Text("reason." + string(reason)), reason == chosen})
		}
		return nil
	})
	return s.answerView(w, r, status, &view{template: "report", data: &p}, err)
}
