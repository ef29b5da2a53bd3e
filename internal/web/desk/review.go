package desk

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/web"
)

// reviewRoutes adds the addresses at which a story is handed on. Each takes the form of the
// story, whose text is saved first.
func (d *Desk) reviewRoutes(metrics *web.Metrics) {
	for _, s := range reviewSteps {
		d.route("POST /desk/story/{id}/"+s.path, d.keeping(func(m *member) error { return m.reviewStep(s) }), metrics)
	}
	d.route("POST /desk/story/{id}/previews", d.keeping((*member).sharePreview), metrics)
	d.route("POST /desk/story/{id}/lock", d.member((*member).lock), metrics)
	d.route("POST /desk/story/{id}/lock/release", d.member((*member).releaseLock), metrics)
}

// reviewStep is one thing that is done with a story as it is handed on.
type reviewStep struct {
	path string
	do   func(m *member, id standfirst.StoryID, version int) error
}

var reviewSteps = []reviewStep{
	{"submit", func(m *member, id standfirst.StoryID, _ int) error {
		assignee, err := m.numberIn("assignee")
		if err != nil {
			return err
		}
		o := newsroom.SubmitOptions{Assignee: standfirst.UserID(assignee), Note: m.r.PostForm.Get("review-note")}
		_, err = m.newsroom.Submit(m.r.Context(), m.staff.Actor(), id, o)
		return err
	}},
	{"reassign", func(m *member, id standfirst.StoryID, _ int) error {
		assignee, err := m.numberIn("assignee")
		if err != nil {
			return err
		}
		_, err = m.newsroom.Reassign(m.r.Context(), m.staff.Actor(), id, standfirst.UserID(assignee))
		return err
	}},
	{"approve", func(m *member, id standfirst.StoryID, version int) error {
		_, err := m.newsroom.Approve(m.r.Context(), m.staff.Actor(), id, version)
		return err
	}},
	{"changes", func(m *member, id standfirst.StoryID, version int) error {
		_, err := m.newsroom.AskForChanges(m.r.Context(), m.staff.Actor(), id, version, m.r.PostForm.Get("reason"))
		return err
	}},
	{"return", func(m *member, id standfirst.StoryID, _ int) error {
		_, err := m.newsroom.ReturnToDraft(m.r.Context(), m.staff.Actor(), id)
		return err
	}},
	{"spike", func(m *member, id standfirst.StoryID, _ int) error {
		_, err := m.newsroom.Spike(m.r.Context(), m.staff.Actor(), id)
		return err
	}},
	{"notes", func(m *member, id standfirst.StoryID, _ int) error {
		form := m.r.PostForm
		thread, err := m.numberIn("thread")
		if err != nil {
			return err
		}
		add := newsroom.NewNote{Words: form.Get("note-words"), Text: form.Get("note-text")}
		if thread != 0 {
			add = newsroom.NewNote{Thread: standfirst.NoteID(thread), Text: form.Get("answer-" + form.Get("thread"))}
		}
		_, err = m.newsroom.AddNote(m.r.Context(), m.staff.Actor(), id, add)
		return err
	}},
	{"notes/resolve", func(m *member, id standfirst.StoryID, _ int) error {
		note, err := m.numberIn("resolve")
		if err != nil {
			return err
		}
		return m.newsroom.ResolveNote(m.r.Context(), m.staff.Actor(), id, standfirst.NoteID(note))
	}},
	{"notes/reopen", func(m *member, id standfirst.StoryID, _ int) error {
		note, err := m.numberIn("reopen")
		if err != nil {
			return err
		}
		return m.newsroom.ReopenNote(m.r.Context(), m.staff.Actor(), id, standfirst.NoteID(note))
	}},
	{"embargo", func(m *member, id standfirst.StoryID, _ int) error {
		pub, err := m.publication()
		if err != nil {
			return err
		}
		until, err := parseTime(strings.TrimSpace(m.r.PostForm.Get("embargo-until")), pub.Location())
		if err != nil {
			return err
		}
		_, err = m.newsroom.SetEmbargo(m.r.Context(), m.staff.Actor(), id, until, m.r.PostForm.Get("embargo-note"))
		return err
	}},
	{"embargo/lift", func(m *member, id standfirst.StoryID, _ int) error {
		_, err := m.newsroom.LiftEmbargo(m.r.Context(), m.staff.Actor(), id)
		return err
	}},
	{"previews/revoke", func(m *member, id standfirst.StoryID, _ int) error {
		preview, err := m.numberIn("revoke")
		if err != nil {
			return err
		}
		return m.newsroom.RevokePreview(m.r.Context(), m.staff.Actor(), id, standfirst.PreviewID(preview))
	}},
	{"lock/take-over", func(m *member, id standfirst.StoryID, _ int) error {
		_, err := m.newsroom.TakeOver(m.r.Context(), m.staff.Actor(), id)
		return err
	}},
}

// numberIn reads a field of the form that names something by its number; an empty one is
// zero.
func (m *member) numberIn(field string) (int64, error) {
	typed := m.r.PostForm.Get(field)
	if typed == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(typed, 10, 64)
	if err != nil || n < 0 {
		return 0, standfirst.Errorf(standfirst.Invalid, "%q is no number", typed)
	}
	return n, nil
}

// reviewStep saves the text, takes the step and leads back to the panel. What is refused
// gives all back that was typed.
func (m *member) reviewStep(s reviewStep) error {
	id, err := m.storyID()
	if err != nil {
		return err
	}
	f, err := m.saved(id)
	if err == nil {
		err = s.do(m, id, f.Version)
	}
	if err != nil {
		return m.refuseStory(id, f, err)
	}
	http.Redirect(m.w, m.r, storyPath(id)+"?done="+strings.ReplaceAll(s.path, "/", "-")+"#review", http.StatusSeeOther)
	return nil
}

// saved saves the text of the form, and returns the form as it stands then.
func (m *member) saved(id standfirst.StoryID) (storyForm, error) {
	f, s, err := m.typedStory()
	if err != nil {
		return f, err
	}
	work, err := m.newsroom.SaveAll(m.r.Context(), m.staff.Actor(), id, s)
	if err == nil {
		f.Version = work.Version
	}
	return f, err
}

// sharePreview makes an address of the text as it stands, and shows it this once.
func (m *member) sharePreview() error {
	id, err := m.storyID()
	if err != nil {
		return err
	}
	f, err := m.saved(id)
	if err != nil {
		return m.refuseStory(id, f, err)
	}
	days, err := m.numberIn("preview-days")
	if err != nil {
		return m.refuseStory(id, f, err)
	}
	days = min(days, int64(newsroom.MaxPreviewLifetime/(24*time.Hour))+1) // more is too long all the same
	token, _, err := m.newsroom.SharePreview(m.r.Context(), m.staff.Actor(), id, time.Duration(days)*24*time.Hour)
	if err != nil {
		return m.refuseStory(id, f, err)
	}
	pub, err := m.publication()
	if err != nil {
		return err
	}
	p, err := m.storyPage(id, nil)
	if err != nil {
		return err
	}
	p.Done = m.Text("desk.preview.made")
	p.Review.Link = web.Origin(m.r, cmp.Or(m.baseURL, pub.BaseURL)) + standfirst.PreviewPath(token)
	return m.render(m.w, m.r, http.StatusOK, "story", p)
}

// lockAnswer tells a script who has the story open.
type lockAnswer struct {
	Holder string    `json:"holder"` // by name; empty if nobody has it
	Mine   bool      `json:"mine"`
	Since  time.Time `json:"since"`
}

// lock takes or renews the lock of the story, as a page does while it is open.
func (m *member) lock() error {
	id, err := m.storyID()
	if err != nil {
		return err
	}
	l, err := m.newsroom.Lock(m.r.Context(), m.staff.Actor(), id)
	if err != nil {
		return err
	}
	return m.locked(id, l)
}

// releaseLock gives the lock up when a page is left.
func (m *member) releaseLock() error {
	id, err := m.storyID()
	if err != nil {
		return err
	}
	if err := m.newsroom.Release(m.r.Context(), m.staff.Actor(), id); err != nil {
		return err
	}
	return m.locked(id, standfirst.EditLock{})
}

func (m *member) locked(id standfirst.StoryID, l standfirst.EditLock) error {
	if wantsJSON(m.r) {
		return m.json(http.StatusOK, lockAnswer{l.Name, l.HeldBy(m.staff.Actor()), l.Since})
	}
	http.Redirect(m.w, m.r, storyPath(id), http.StatusSeeOther)
	return nil
}

// reviewPanel is what stands beside a text about how it is handed on.
type reviewPanel struct {
	Path    string
	Several bool // others write here too; otherwise there is no review, and there are no notes
	Title   string

	Asked    string // by whom, and the note
	Note     string
	AskedAt  moment
	Decided  string // by whom
	Reason   string
	Approved bool
	At       moment // of the decision

	CanSubmit, CanReturn, CanDecide, CanReassign bool
	CanSpike                                     bool
	Reviewers                                    []choice

	Notes []noteThread
	Open  int

	Embargo     moment // zero for none
	EmbargoNote string
	EmbargoBy   string
	CanLift     bool
	Zone        string
	Previews    []previewRow
	Link        string // of a preview that was just made

	Typed url.Values // what a form said that was refused
}

// noteThread is a note with its answers.
type noteThread struct {
	ID       standfirst.NoteID
	Words    string
	Gone     bool // the words are not in the text any more
	Said     []noteSaid
	Resolved string // by whom; empty while it is open
}

// noteSaid is what somebody said.
type noteSaid struct {
	Who, Text string
	At        moment
}

// previewRow is one preview that is good.
type previewRow struct {
	ID    standfirst.PreviewID
	Who   string
	Until moment
}

// lockNote says who else has the story open.
type lockNote struct {
	Who   string
	Since moment
	Path  string // of the story
}

const (
	// mostNotes bounds how many notes the panel shows, answers among them.
	mostNotes     = 200
	mostPreviews  = 20
	mostReviewers = 100
)

// storyReview gathers how the story is handed on, for who may edit it.
func (m *member) storyReview(p *storyPage, d newsroom.Details, zone *time.Location) error {
	ctx, actor, id := m.r.Context(), m.staff.Actor(), d.Story.ID
	r := &reviewPanel{Path: p.Path, Zone: zone.String(), Typed: m.r.PostForm}
	var err error
	if r.Several, err = m.newsroom.SeveralPeople(ctx); err != nil {
		return err
	}
	r.Title = m.Text("desk.review.none")
	m.tellReview(r, d, zone)
	if d.Embargo != nil {
		r.Embargo, r.EmbargoNote, r.EmbargoBy = m.moment(d.Embargo.Until, zone), d.Embargo.Note, d.Embargo.Set.Name
		r.CanLift = actor.Can(standfirst.LiftEmbargo)
	}
	if r.Several {
		if err := m.reviewers(r, d.Review); err != nil {
			return err
		}
		notes, err := m.newsroom.Notes(ctx, actor, id, 0, mostNotes)
		if err != nil {
			return err
		}
		m.threads(r, notes, zone)
	}
	previews, err := m.newsroom.Previews(ctx, actor, id, 0, mostPreviews)
	for _, v := range previews {
		r.Previews = append(r.Previews, previewRow{v.ID, v.Made.Name, m.moment(v.ExpiresAt, zone)})
	}
	p.Review = r
	return err
}

// tellReview fills in where the review stands, and what may come next.
func (m *member) tellReview(r *reviewPanel, d newsroom.Details, zone *time.Location) {
	role, s := m.staff.Role, d.Story
	waiting := false
	if v := d.Review; v != nil {
		r.Asked, r.Note, r.AskedAt = v.Asked.Name, v.Note, m.moment(v.Asked.At, zone)
		r.Reason, r.Decided = v.Reason, v.Decided.Name
		if v.Decided.Done() {
			r.At = m.moment(v.Decided.At, zone)
		}
		waiting = v.Stage != standfirst.ChangesAsked
		switch {
		case v.Stage == standfirst.Approved:
			r.Title, r.Approved = m.Text("desk.review.approved"), true
		case v.Stage == standfirst.ChangesAsked:
			r.Title = m.Text("desk.review.changes")
		case v.Assignee == m.staff.ID:
			r.Title = m.Text("desk.review.yours")
		case v.Assignee != 0:
			r.Title = m.Text("desk.review.with", v.AssigneeName)
		default:
			r.Title = m.Text("desk.review.any")
		}
		r.CanReassign = v.Stage == standfirst.ReviewAsked && role.Can(standfirst.SubmitStory)
	}
	r.CanReturn = waiting && d.Schedule == nil
	r.CanSpike = s.State.CanBecome(standfirst.Spiked) && d.Schedule == nil
	r.CanDecide = waiting && role.Can(standfirst.ReviewStory)
	r.CanSubmit = !waiting && role.Can(standfirst.SubmitStory) && d.Schedule == nil && s.State != standfirst.Retracted && s.State != standfirst.Spiked &&
		(s.State != standfirst.Published || d.Pending)
}

// reviewers fills in to whom the story can be given.
func (m *member) reviewers(r *reviewPanel, review *standfirst.Review) error {
	staff, err := m.newsroom.Reviewers(m.r.Context(), m.staff.Actor(), mostReviewers)
	for _, s := range staff {
		chosen := review != nil && review.Assignee == s.ID
		r.Reviewers = append(r.Reviewers, choice{Value: s.ID.String(), Text: s.Name, Chosen: chosen})
	}
	return err
}

// threads puts answers under what they answer, and what is open before what is resolved.
func (m *member) threads(r *reviewPanel, notes []newsroom.StoryNote, zone *time.Location) {
	at := make(map[standfirst.NoteID]int)
	for _, n := range notes {
		said := noteSaid{cmp.Or(n.Written.Name, n.Written.By), n.Text, m.moment(n.Written.At, zone)}
		if i, ok := at[n.Thread]; ok && n.Thread != 0 {
			r.Notes[i].Said = append(r.Notes[i].Said, said)
			continue
		}
		at[n.ID] = len(r.Notes)
		t := noteThread{ID: n.ID, Words: n.Passage.Words, Gone: n.Gone, Said: []noteSaid{said}}
		if n.Resolved.Done() {
			t.Resolved = cmp.Or(n.Resolved.Name, n.Resolved.By)
		} else {
			r.Open++
		}
		r.Notes = append(r.Notes, t)
	}
	slices.SortStableFunc(r.Notes, func(a, b noteThread) int {
		return cmp.Compare(min(len(a.Resolved), 1), min(len(b.Resolved), 1))
	})
}

// takeLock takes the lock of a story that is opened for writing, and returns who else has
// it open; nil for nobody.
func (m *member) takeLock(id standfirst.StoryID, zone *time.Location) (*lockNote, error) {
	l, err := m.newsroom.Lock(m.r.Context(), m.staff.Actor(), id)
	if err != nil || l.Holder == "" || l.HeldBy(m.staff.Actor()) {
		return nil, err
	}
	return &lockNote{Who: cmp.Or(l.Name, l.Holder), Since: m.moment(l.Since, zone), Path: storyPath(id)}, nil
}
