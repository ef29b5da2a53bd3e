package desk

import (
	"cmp"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/markup"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
	"standfirst/internal/web"
)

const storyPrefix = Prefix + "/story"

// storyPath returns the address of the story at the desk.
func storyPath(id standfirst.StoryID) string { return storyPrefix + "/" + id.String() }

// storyRoutes adds the addresses of stories.
func (d *Desk) storyRoutes(metrics *web.Metrics) {
	d.route("GET /desk/stories", d.member((*member).stories), metrics)
	d.route("GET /desk/story/new", d.member((*member).newStory), metrics)
	d.route("POST /desk/story/new", d.keeping((*member).createStory), metrics)
	d.route("GET /desk/story/{id}", d.member((*member).story), metrics)
	d.route("POST /desk/story/{id}", d.keeping((*member).saveStory), metrics)
	d.route("POST /desk/story/{id}/figures", d.keeping((*member).readFigures), metrics)
	d.route("POST /desk/story/{id}/figures/accept", d.keeping((*member).acceptFigure), metrics)
	d.route("POST /desk/story/{id}"+otherwiseBelow, d.keeping((*member).figureOtherwise), metrics)
	d.route("POST /desk/story/{id}/figures/check", d.keeping((*member).checkFigure), metrics)
	d.route("POST /desk/story/{id}/figures/dismiss", d.keeping((*member).dismissFigure), metrics)
	d.route("POST /desk/story/{id}/figures/restore", d.keeping((*member).restoreFigures), metrics)
	d.route("POST /desk/story/{id}/events", d.keeping((*member).addEvent), metrics)
	d.route("POST /desk/story/{id}/events/dismiss", d.keeping((*member).dismissEvent), metrics)
	d.route("POST /desk/story/{id}/events/restore", d.keeping((*member).restoreEvents), metrics)
}

// storyPage is one story as its writer works on it: its text in the middle, and panels
// beside it. All of it is one form, so that no press of a button loses what was typed.
type storyPage struct {
	Layout    layout
	ID        standfirst.StoryID
	Path      string
	State     string // "In review"
	StateKey  string // "in-review", for its look
	Published int    // how many versions readers have seen
	Live      string // address for readers; empty while there is none
	Due       moment // when it goes out by itself; zero if it does not
	Spiked    bool
	Pending   bool   // readers see another text, or none
	Prepared  bool   // a new wording is prepared, because a figure changed
	Saved     moment // of the working copy
	SavedBy   string
	Words     int
	Minutes   int

	Standing   bool // it is a page: without byline, section, topics and dateline
	CanEdit    bool
	CanPublish bool
	Fixed      bool // it has an address, so that slug and date are not of its form
	Form       storyForm
	Editor     *editor // nil for who only reads
	Sections   []string
	Pictures   []pictureChoice
	Zone       string // of the dates in the form

	Failure  string
	Done     string
	Conflict *storyConflict

	Review *reviewPanel // nil for who may not edit it
	Lock   *lockNote    // nil unless somebody else has it open

	Figures figuresPanel
	Voices  []voiceRow
	// AddVoice is where a voice of the desk's own is added; empty for who may not.
	AddVoice string
}

// pictureChoice is one stored picture to choose, with what is said of it.
type pictureChoice struct {
	ID   standfirst.PictureID
	Text string
	standfirst.PictureWords
}

// storyID reads which story the address names.
func (m *member) storyID() (standfirst.StoryID, error) {
	id, err := m.pathID()
	return standfirst.StoryID(id), err
}

// story shows the story as it is saved.
func (m *member) story() error {
	id, err := m.storyID()
	if err != nil {
		return err
	}
	p, err := m.storyPage(id, nil)
	if err != nil {
		return err
	}
	if done := m.r.URL.Query().Get("done"); slices.Contains(storyDone, done) || slices.Contains(storyGone, done) {
		p.Done = m.Text("desk.story.done." + done)
	}
	if p.CanEdit && m.r.Method == http.MethodGet {
		pub, err := m.publication()
		if err != nil {
			return err
		}
		if p.Lock, err = m.takeLock(id, pub.Location()); err != nil {
			return err
		}
	}
	return m.render(m.w, m.r, http.StatusOK, "story", p)
}

// storyDone are the words with which an address tells what was done.
var storyDone = []string{
	"filed", "existing", "saved", "accepted", "event", "not-event", "checked", "dismissed", "restored", "submit", "reassign", "approve", "changes", "return",
	"notes", "notes-resolve", "notes-reopen", "embargo", "embargo-lift", "previews-revoke", "lock-take-over", "picture",
}

// storyPage gathers what the page shows of the story, with the text of the form in the
// place of the saved one if there is one.
func (m *member) storyPage(id standfirst.StoryID, typed *storyForm) (*storyPage, error) {
	actor := m.staff.Actor()
	details, err := m.newsroom.Show(m.r.Context(), actor, id)
	if err != nil {
		return nil, err
	}
	s, work := details.Story, details.WorkingCopy
	p := &storyPage{
		ID: id, Path: storyPath(id), State: m.Text("state." + stateKey(s.State)), StateKey: stateKey(s.State),
		Published: s.PublishedNumber, Pending: details.Pending, Spiked: s.State == standfirst.Spiked, Fixed: s.PublishedNumber > 0 || s.Kind == standfirst.KindPage,
		Standing: s.Kind == standfirst.KindPage, CanEdit: actor.RequireEdit(s) == nil, CanPublish: actor.Can(standfirst.PublishStory) && s.State != standfirst.Spiked,
	}
	if s.State.Public() {
		p.Live = s.Path()
	}
	pub, err := m.storyAround(p, details)
	if err != nil {
		return nil, err
	}
	if p.CanEdit {
		if err := m.storyReview(p, details, pub.Location()); err != nil {
			return nil, err
		}
		if p.Review.Approved && s.State == standfirst.InReview {
			p.State = m.Text("desk.review.approved")
		}
	}
	p.Form = storyFormOf(s, work, pub.Location())
	content := work.Content
	if typed != nil {
		p.Form = *typed
		content.Headline, content.Standfirst, content.Body, content.Dateline = typed.Headline, typed.Standfirst, typed.Body, typed.Dateline
	}
	p.Form.addBylines()
	p.Words, p.Minutes = wordsAndMinutes(content.Body)
	p.Layout = m.layout(cmp.Or(p.Form.Headline, m.Text("desk.story.untitled")))
	if p.Figures, err = m.figuresPanel(id, content); err != nil {
		return nil, err
	}
	if p.CanEdit {
		p.Editor, err = m.editor()
	}
	return p, err
}

// storyAround reads what stands around the text.
func (m *member) storyAround(p *storyPage, details newsroom.Details) (pub standfirst.Publication, err error) {
	s, work := details.Story, details.WorkingCopy
	err = m.store.View(m.r.Context(), func(tx *store.ReadTx) (err error) {
		if pub, err = tx.Publication(); err != nil {
			return err
		}
		zone := pub.Location()
		p.Zone = zone.String()
		p.Saved, p.SavedBy = m.moment(work.UpdatedAt, zone), newsroom.ActorName(tx, work.UpdatedBy)
		if details.Schedule != nil {
			p.Due = m.moment(details.Schedule.At, zone)
		}
		if _, err := tx.Pending(s.ID); err == nil {
			p.Prepared = true
		} else if standfirst.KindOf(err) != standfirst.NotFound {
			return err
		}
		sections, err := tx.Sections()
		if err != nil {
			return err
		}
		p.Sections, p.Pictures, p.Voices = nil, nil, nil
		for _, section := range sections {
			p.Sections = append(p.Sections, section.Name)
		}
		if err := m.storyVoices(tx, p, zone); err != nil {
			return err
		}
		return m.storyPictures(tx, p, work.Content)
	})
	return pub, err
}

// mostStoryVoices bounds how many voices the panel lists.
const mostStoryVoices = 30

// storyVoices reads the voices for the story, for who may know of them.
func (m *member) storyVoices(tx *store.ReadTx, p *storyPage, zone *time.Location) error {
	if m.staff.Role.Can(standfirst.PublishStory) {
		p.AddVoice = Prefix + "/voices/new?story=" + p.ID.String()
	}
	if !m.staff.Role.Can(standfirst.ModerateComments) {
		return nil
	}
	voices, err := tx.VoicesOfStory(p.ID, 0, mostStoryVoices)
	for _, v := range voices {
		p.Voices = append(p.Voices, voiceRow{
			Path: voicePath(v.ID), Name: v.Voice.Speaker.Name, State: m.Text("desk.voice.state." + string(v.State)),
			Problem: sentence(v.Problem), Made: m.moment(v.CreatedAt, zone),
		})
	}
	return err
}

// stateKey returns the state as keys and classes have it.
func stateKey(s standfirst.State) string { return strings.ReplaceAll(string(s), " ", "-") }

// wordsAndMinutes returns how many words the text has, and how long reading it takes.
func wordsAndMinutes(body string) (words, minutes int) {
	words = len(strings.Fields(markup.PlainText(body)))
	return words, markup.Rendered{Words: words}.ReadingMinutes()
}

// countedStories is how many stories of a state are counted at the most.
const countedStories = 100

// readInReview returns how many stories wait in review, and "" for none or when that cannot
// be read: no page fails for it.
func (m *member) readInReview() string {
	n := 0
	err := m.store.View(m.r.Context(), func(tx *store.ReadTx) (err error) {
		n, err = tx.CountStories(standfirst.KindStory, standfirst.InReview, countedStories)
		return err
	})
	if err != nil {
		m.log.WarnContext(m.r.Context(), "the stories in review are not counted", slog.Any("error", err))
	}
	return countText(n)
}

// countText says how many there are, as far as they are counted, and "" for none.
func countText(n int) string {
	switch {
	case n == 0:
		return ""
	case n >= countedStories:
		return strconv.Itoa(countedStories-1) + "+"
	}
	return strconv.Itoa(n)
}
