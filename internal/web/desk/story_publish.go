package desk

import (
	"cmp"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/diff"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
	"standfirst/internal/web"
	"standfirst/internal/web/compared"
)

// publishRoutes adds the addresses at which stories go out, and are taken back.
func (d *Desk) publishRoutes(metrics *web.Metrics) {
	d.route("GET /desk/story/{id}/publish", d.member((*member).publish), metrics)
	d.route("POST /desk/story/{id}/publish", d.member((*member).sendOut), metrics)
	d.route("POST /desk/story/{id}/prepared", d.member((*member).publishPrepared), metrics)
	d.route("POST /desk/story/{id}/unschedule", d.member((*member).unschedule), metrics)
	d.route("GET /desk/story/{id}/unpublish", d.member((*member).confirmUnpublish), metrics)
	d.route("POST /desk/story/{id}/unpublish", d.member((*member).unpublish), metrics)
	d.route("POST /desk/story/{id}/retract", d.member((*member).retract), metrics)
	d.route("POST /desk/story/{id}/address", d.member((*member).changeAddress), metrics)
}

// publishPage shows what publishing a story would do, and asks what it needs to know.
type publishPage struct {
	Layout     layout
	Path       string // of the story
	Headline   string
	State      string
	StateKey   string
	Version    int    // of the working copy that is looked at
	Published  int    // the number of the version that readers see; zero if they see none
	Approved   string // by whom; empty if it is not
	ApprovedAt moment
	Next       int // the number of the version that it becomes
	First      bool
	Standing   bool          // it is a page
	Same       bool          // readers see the same text already
	Problem    string        // why it cannot go out as it is
	Reminders  []checkCard   // what one may have forgotten
	Unlooked   int           // figures of the text that nobody has looked at
	Events     []listedEvent // of the calendar, which go out with it
	Live       string        // address for readers; empty while there is none

	Changes *comparedTexts // nil at the first publication

	NeedsClass bool
	Figures    string // which figures no supersession explains
	Classes    []choice
	Note       string
	Anonymous  []newsroom.AnonymousFigure
	Approve    bool
	GoesOut    string // when, as it is typed
	Zone       string
	Due        moment // when a scheduled text goes out

	Prepared          *comparedTexts // the wording that waits because a figure changed
	PreparedReminders []checkCard    // of that wording
	CanUnpublish      bool
	CanRetract        bool
	Retraction        string
	Slug              string // of a story that has an address

	Failure string
	Done    string
}

// comparedTexts is what differs between two texts.
type comparedTexts struct {
	Figures []changedFigure
	Parts   []compared.Part
	Groups  []compared.Group
}

// changedFigure is a figure that differs.
type changedFigure struct {
	Title    string // what it is a figure of; empty if the ledger does not know it
	Old, New string // empty where there are none
	Note     string // "not in the older version"
}

// compare returns what differs from one text to the other.
func (m *member) compare(before, now standfirst.Content, titles map[standfirst.ClaimID]string) *comparedTexts {
	c := diff.Compare(compared.InBlocks(before), compared.InBlocks(now))
	t := &comparedTexts{Parts: compared.Parts(c, m.ui.Strings), Groups: compared.Groups(c.Blocks, m.ui.Strings)}
	for _, f := range c.Figures {
		shown := changedFigure{Old: f.Old, New: f.New}
		if title := titles[f.Claim]; title != "" {
			shown.Title = titleCase(title)
		}
		switch f.Kind {
		case diff.Renewed:
			shown.Old, shown.Note = "", m.Text("compare.figure.renewed")
		case diff.Added, diff.Removed:
			shown.Note = m.Text("compare.figure." + string(f.Kind))
		}
		t.Figures = append(t.Figures, shown)
	}
	return t
}

// storyGone are the words with which the address of a story tells what was done with it.
var storyGone = []string{"published", "unchanged", "scheduled", "unscheduled", "unpublished", "retracted", "address", "brought-back"}

// publish shows what publishing would do.
func (m *member) publish() error {
	id, err := m.storyID()
	if err != nil {
		return err
	}
	p, err := m.publishPage(id)
	if err != nil {
		return err
	}
	return m.render(m.w, m.r, http.StatusOK, "publish", p)
}

// deskClasses are the kinds of change from which one chooses, in their order.
var deskClasses = []standfirst.ChangeClass{standfirst.Update, standfirst.Correction, standfirst.Clarification, standfirst.EditorsNote, standfirst.Minor}

// classKey returns the kind of change as keys have it.
func classKey(c standfirst.ChangeClass) string {
	return strings.ReplaceAll(strings.ReplaceAll(string(c), "'", ""), " ", "-")
}

func (m *member) publishPage(id standfirst.StoryID) (*publishPage, error) {
	o, err := m.newsroom.Outlook(m.r.Context(), m.staff.Actor(), id)
	if err != nil {
		return nil, err
	}
	s, role := o.Story, m.staff.Role
	p := &publishPage{
		Layout: m.layout(m.Text("desk.publish.title", o.Now.Headline)), Path: storyPath(id), Headline: o.Now.Headline,
		State: m.Text("state." + stateKey(s.State)), StateKey: stateKey(s.State), Version: o.WorkingCopy.Version, Next: s.PublishedNumber + 1,
		First: o.Before == nil, Standing: s.Kind == standfirst.KindPage, Same: s.State == standfirst.Published && !o.Pending, NeedsClass: o.NeedsClass, Figures: o.Figures, Note: o.Note,
		Anonymous: o.Anonymous, CanUnpublish: s.State == standfirst.Published && role.Can(standfirst.UnpublishStory),
		CanRetract: (s.State == standfirst.Published || s.State == standfirst.Unpublished) && s.Kind == standfirst.KindStory && role.Can(standfirst.RetractStory),
	}
	if o.Problem != nil {
		p.Problem = message(o.Problem)
	}
	if p.Reminders, p.Unlooked, err = m.reminders(s, o.Now); err != nil {
		return nil, err
	}
	for _, e := range o.Events {
		row := m.listedEvent(e)
		row.Seen = ""
		if waits := e.Waits(); waits != "" {
			row.Seen = m.Text("desk.event.waits", waits)
		}
		p.Events = append(p.Events, row)
	}
	if s.PublishedNumber > 0 || s.Kind == standfirst.KindPage {
		p.Slug = string(s.Slug)
	}
	if s.State.Public() {
		p.Live, p.Published = s.Path(), s.PublishedNumber
	}
	if o.Before != nil && o.Pending {
		p.Changes = m.compare(*o.Before, o.Now, o.Titles)
	}
	for _, class := range deskClasses {
		p.Classes = append(p.Classes, choice{Value: string(class), Text: m.Text("desk.class." + classKey(class))})
	}
	var prepared *standfirst.Content
	err = m.store.View(m.r.Context(), func(tx *store.ReadTx) error {
		prepared = nil
		pub, err := tx.Publication()
		if err != nil {
			return err
		}
		p.Zone = pub.Location().String()
		if v := o.Review; v != nil && v.Stage == standfirst.Approved {
			p.Approved, p.ApprovedAt = cmp.Or(v.Decided.Name, v.Decided.By), m.moment(v.Decided.At, pub.Location())
			if s.State == standfirst.InReview {
				p.State = m.Text("desk.review.approved")
			}
		}
		if o.Schedule != nil {
			p.Due = m.moment(o.Schedule.At, pub.Location())
			p.GoesOut = o.Schedule.At.In(pub.Location()).Format(formDate)
		}
		pending, err := tx.Pending(id)
		if standfirst.KindOf(orInternal(err)) == standfirst.NotFound || o.Before == nil {
			return nil
		}
		if err != nil {
			return err
		}
		revision, err := tx.Revision(pending.Revision)
		prepared = &revision.Content
		return err
	})
	if err != nil || prepared == nil {
		return p, err
	}
	p.Prepared = m.compare(*o.Before, *prepared, o.Titles)
	p.PreparedReminders, _, err = m.reminders(s, *prepared)
	return p, err
}

// reminders returns what a careful copy editor would ask of a text that is about to go out,
// and how many figures nobody has looked at. Of a page nothing is asked but of its pictures.
func (m *member) reminders(s standfirst.Story, c standfirst.Content) ([]checkCard, int, error) {
	if s.Kind != standfirst.KindStory {
		return m.pictureChecks(c.Body), 0, nil
	}
	panel, err := m.figuresPanel(s.ID, c)
	return panel.Checks, len(panel.Proposals), err
}

// errNone stands for no error where its kind is asked for.
var errNone = errors.New("none")

func orInternal(err error) error {
	if err == nil {
		return errNone
	}
	return err
}

// sendOut publishes the story, or sets when it goes out by itself.
func (m *member) sendOut() error {
	id, err := m.storyID()
	if err != nil {
		return err
	}
	if err := m.form(); err != nil {
		return err
	}
	f := m.r.PostFormValue
	o := newsroom.PublishOptions{
		Change:           standfirst.Change{Class: standfirst.ChangeClass(f("class")), Note: strings.TrimSpace(f("note"))},
		ApproveAnonymous: f("approve-anonymous") != "",
	}
	if o.Change.Class == standfirst.Minor || o.Change.Class == "" && o.Change.Note == strings.TrimSpace(f("drafted")) {
		o.Change.Note = "" // what was only drafted for another kind
	}
	if o.Version, err = strconv.Atoi(f("version")); err != nil || o.Version <= 0 {
		return m.refusePublication(id, standfirst.Errorf(standfirst.Invalid, "the form does not say which version of the text it is about; look at it again"))
	}
	if f("do") == "schedule" {
		return m.schedule(id, o)
	}
	published, err := m.newsroom.Publish(m.r.Context(), m.staff.Actor(), id, o)
	if err != nil {
		return m.refusePublication(id, err)
	}
	done := "published"
	if published.Unchanged {
		done = "unchanged"
	}
	m.toStory(id, done)
	return nil
}

// toStory goes to the story, which says what was done.
func (m *member) toStory(id standfirst.StoryID, done string) {
	http.Redirect(m.w, m.r, storyPath(id)+"?done="+done, http.StatusSeeOther)
}

// schedule sets when the text goes out.
func (m *member) schedule(id standfirst.StoryID, o newsroom.PublishOptions) error {
	pub, err := m.publication()
	if err != nil {
		return err
	}
	typed := strings.TrimSpace(m.r.PostFormValue("at"))
	at, err := parseTime(typed, pub.Location())
	if err != nil {
		return m.refusePublication(id, err)
	}
	if _, err := m.newsroom.Schedule(m.r.Context(), m.staff.Actor(), id, at, o); err != nil {
		return m.refusePublication(id, err)
	}
	m.toStory(id, "scheduled")
	return nil
}

// parseTime reads a date and time in the zone. One that the zone leaves out when its clocks
// go forward is refused, because nobody knows what was meant.
func parseTime(typed string, zone *time.Location) (time.Time, error) {
	for _, layout := range []string{formDate, "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02T15:04:05"} {
		at, err := time.ParseInLocation(layout, typed, zone)
		if err != nil {
			continue
		}
		if at.Format(layout) != typed {
			return at, standfirst.Errorf(standfirst.Invalid, "%s does not exist in %s: the clocks go forward there then", typed, zone)
		}
		return at, nil
	}
	return time.Time{}, standfirst.Errorf(standfirst.Invalid, "%q is not a date with a time; write it as 2026-03-05 14:10", typed)
}

// refusePublication shows the page again with what was typed and why it was refused.
func (m *member) refusePublication(id standfirst.StoryID, refusal error) error {
	status := http.StatusUnprocessableEntity
	switch standfirst.KindOf(refusal) {
	case standfirst.Conflict:
		status = http.StatusConflict
	case standfirst.Invalid:
	default:
		return refusal
	}
	p, err := m.publishPage(id)
	if err != nil {
		return err
	}
	f := m.r.PostFormValue
	p.Failure, p.Approve = message(refusal), f("approve-anonymous") != ""
	p.NeedsClass = p.NeedsClass || errors.Is(refusal, newsroom.ErrUnexplained)
	for i := range p.Classes {
		p.Classes[i].Chosen = p.Classes[i].Value == f("class")
	}
	if m.r.PostForm.Has("note") {
		p.Note = f("note")
	}
	if m.r.PostForm.Has("at") {
		p.GoesOut = f("at")
	}
	if m.r.PostForm.Has("retraction") {
		p.Retraction = f("retraction")
	}
	if m.r.PostForm.Has("slug") {
		p.Slug = f("slug")
	}
	return m.render(m.w, m.r, status, "publish", p)
}

// step carries out one step with the story, and goes to its page.
func (m *member) step(done string, do func(standfirst.StoryID) error) error {
	id, err := m.storyID()
	if err != nil {
		return err
	}
	if err := m.form(); err != nil {
		return err
	}
	if err := do(id); err != nil {
		return m.refusePublication(id, err)
	}
	m.toStory(id, done)
	return nil
}

// publishPrepared publishes the wording that waits because a figure changed.
func (m *member) publishPrepared() error {
	return m.step("published", func(id standfirst.StoryID) error {
		_, err := m.newsroom.PublishPending(m.r.Context(), m.staff.Actor(), id)
		return err
	})
}

// unschedule takes the schedule back.
func (m *member) unschedule() error {
	return m.step("unscheduled", func(id standfirst.StoryID) error {
		_, err := m.newsroom.Unschedule(m.r.Context(), m.staff.Actor(), id)
		return err
	})
}

// unpublishPage says what readers will see, before the story is taken away from them.
type unpublishPage struct {
	Layout   layout
	Path     string // of the story
	Headline string
	Live     string // its address for readers
	Standing bool   // it is a page
}

// confirmUnpublish asks whether the story is really taken away.
func (m *member) confirmUnpublish() error {
	id, err := m.storyID()
	if err != nil {
		return err
	}
	if err := m.staff.Actor().Require(standfirst.UnpublishStory); err != nil {
		return err
	}
	p, err := m.publishPage(id)
	if err != nil {
		return err
	}
	if !p.CanUnpublish {
		return standfirst.Errorf(standfirst.Conflict, "readers do not see it as it is, so there is nothing to take away")
	}
	return m.render(m.w, m.r, http.StatusOK, "unpublish", &unpublishPage{
		Layout: m.layout(m.Text("desk.unpublish.title", p.Headline)), Path: p.Path, Headline: p.Headline, Live: p.Live, Standing: p.Standing,
	})
}

// unpublish takes the story away from its readers.
func (m *member) unpublish() error {
	return m.step("unpublished", func(id standfirst.StoryID) error {
		_, err := m.newsroom.Unpublish(m.r.Context(), m.staff.Actor(), id)
		return err
	})
}

// retract puts a note in the place of the story, for good.
func (m *member) retract() error {
	return m.step("retracted", func(id standfirst.StoryID) error {
		_, err := m.newsroom.Retract(m.r.Context(), m.staff.Actor(), id, m.r.PostFormValue("retraction"))
		return err
	})
}

// changeAddress gives a story that was published another address.
func (m *member) changeAddress() error {
	return m.step("address", func(id standfirst.StoryID) error {
		_, err := m.newsroom.ChangeSlug(m.r.Context(), m.staff.Actor(), id, standfirst.Slug(strings.TrimSpace(m.r.PostFormValue("slug"))))
		return err
	})
}
