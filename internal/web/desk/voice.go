package desk

import (
	"net/http"
	"strconv"
	"time"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/markup"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
	"standfirst/internal/web"
)

// voicesLength is how many voices one page lists.
const voicesLength = 50

// voiceRoutes adds the addresses of voices.
func (d *Desk) voiceRoutes(metrics *web.Metrics) {
	d.route("GET /desk/voices", d.member((*member).voices), metrics)
	d.route("POST /desk/voices", d.member((*member).addVoice), metrics)
	d.route("GET /desk/voices/new", d.member((*member).newVoice), metrics)
	d.route("GET /desk/voices/{n}", d.member((*member).voice), metrics)
	d.route("POST /desk/voices/{n}/take-back", d.member((*member).takeVoiceBack), metrics)
	d.route("POST /desk/voices/{n}/retry", d.member((*member).retryVoice), metrics)
}

// voiceRow is one voice in the list.
type voiceRow struct {
	Path    string
	Name    string // empty once it is forgotten
	State   string
	Problem string
	Story   string
	Made    moment
}

// voicesPage lists voices, the newest first.
type voicesPage struct {
	Layout layout
	Voices []voiceRow
	More   string
}

func (m *member) voices() error {
	var before int64
	if text := m.r.URL.Query().Get("before"); text != "" {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n <= 0 {
			return standfirst.Errorf(standfirst.NotFound, "there is no such page of voices")
		}
		before = n
	}
	list, err := m.talk.Voices(m.r.Context(), m.staff.Actor(), standfirst.VoiceID(before), voicesLength+1)
	if err != nil {
		return err
	}
	p := &voicesPage{Layout: m.layout(m.ui.Strings.Text("desk.voices"))}
	if len(list) > voicesLength {
		list = list[:voicesLength]
		p.More = Prefix + "/voices?before=" + list[voicesLength-1].ID.String()
	}
	err = m.store.View(m.r.Context(), func(tx *store.ReadTx) error {
		pub, err := tx.Publication()
		if err != nil {
			return err
		}
		p.Voices = nil
		for _, v := range list {
			story, err := tx.Story(v.Story)
			if err != nil {
				return err
			}
			p.Voices = append(p.Voices, voiceRow{
				Path: voicePath(v.ID), Name: v.Voice.Speaker.Name, State: m.ui.Strings.Text("desk.voice.state." + string(v.State)),
				Problem: sentence(v.Problem), Story: story.Headline, Made: m.moment(v.CreatedAt, pub.Location()),
			})
		}
		return nil
	})
	if err != nil {
		return err
	}
	return m.render(m.w, m.r, http.StatusOK, "voices", p)
}

func voicePath(id standfirst.VoiceID) string { return Prefix + "/voices/" + id.String() }

// newVoicePage is the form for a voice: from a comment, or the desk's own.
type newVoicePage struct {
	Layout  layout
	Comment standfirst.CommentID // zero for the desk's own
	Story   standfirst.StoryID
	About   string // headline of the story
	Said    string // what the comment says
	Voice   standfirst.Voice
	Domain  string
	Sources []choice
	On      string
	Failure string
}

// choice is one thing to choose from.
type choice struct {
	Value, Text string
	Chosen      bool
}

func (m *member) newVoice() error {
	q := m.r.URL.Query()
	p := &newVoicePage{}
	var err error
	if p.Comment, p.Story, err = whichVoice(q.Get("comment"), q.Get("story")); err != nil {
		return err
	}
	return m.newVoicePage(http.StatusOK, p, "")
}

// whichVoice reads from which comment, or for which story, a voice is.
func whichVoice(comment, story string) (standfirst.CommentID, standfirst.StoryID, error) {
	c, err := strconv.ParseInt("0"+comment, 10, 64)
	s, failure := strconv.ParseInt("0"+story, 10, 64)
	if err != nil || failure != nil || (c > 0) == (s > 0) {
		return 0, 0, standfirst.Errorf(standfirst.NotFound, "a voice is picked from a comment, or added to a story: the address names neither")
	}
	return standfirst.CommentID(c), standfirst.StoryID(s), nil
}

// newVoicePage answers with the form, with what was typed in it if there is anything.
func (m *member) newVoicePage(status int, p *newVoicePage, source standfirst.VoiceSource) error {
	p.Layout = m.layout(m.ui.Strings.Text("desk.voice.new"))
	if p.Comment != 0 {
		p.Layout.Title = m.ui.Strings.Text("desk.voice.pick")
		w, err := m.talk.Look(m.r.Context(), m.staff.Actor(), p.Comment)
		if err != nil {
			return err
		}
		rendered, err := markup.RenderComment(w.Comment.Text)
		if err != nil {
			return err
		}
		p.About, p.Said = w.Headline, rendered.Plain
		if status == http.StatusOK {
			p.Voice.Text, p.Voice.Speaker.Name = rendered.Plain, w.Comment.Name
		}
		return m.render(m.w, m.r, status, "voicenew", p)
	}
	if err := m.staff.Actor().Require(standfirst.PublishStory); err != nil {
		return err
	}
	err := m.store.View(m.r.Context(), func(tx *store.ReadTx) error {
		story, err := tx.Story(p.Story)
		p.About = story.Headline
		return err
	})
	if err != nil {
		return err
	}
	for _, s := range standfirst.DeskVoiceSources {
		p.Sources = append(p.Sources, choice{string(s), m.ui.Strings.Text("desk.voice.source." + string(s)), s == source})
	}
	return m.render(m.w, m.r, status, "voicenew", p)
}

// addVoice asks for a voice, or places one of the desk's own.
func (m *member) addVoice() error {
	if err := m.form(); err != nil {
		return err
	}
	f := m.r.PostFormValue
	p := &newVoicePage{Domain: f("domain"), On: f("on"), Voice: standfirst.Voice{
		Text: f("words"), Speaker: standfirst.Speaker{Name: f("name"), Role: f("role"), Affiliation: f("affiliation")}, Disclosure: f("disclosure"),
	}}
	var err error
	if p.Comment, p.Story, err = whichVoice(f("comment"), f("story")); err != nil {
		return err
	}
	source := standfirst.VoiceSource(f("source"))
	v, err := m.makeVoice(p, source)
	switch standfirst.KindOf(err) {
	case standfirst.Invalid, standfirst.Conflict:
		p.Failure = message(err)
		return m.newVoicePage(http.StatusUnprocessableEntity, p, source)
	}
	if err != nil {
		return err
	}
	http.Redirect(m.w, m.r, voicePath(v.ID), http.StatusSeeOther)
	return nil
}

func (m *member) makeVoice(p *newVoicePage, source standfirst.VoiceSource) (v standfirst.VoiceRecord, err error) {
	if p.Comment != 0 {
		return m.talk.Pick(m.r.Context(), m.staff.Actor(), discuss.Pick{Comment: p.Comment, Voice: p.Voice, Domain: p.Domain, Site: m.baseURL})
	}
	d := newsroom.DeskVoice{Story: p.Story, Voice: p.Voice, Source: source}
	if p.On != "" {
		if d.ObtainedOn, err = standfirst.ParseDay(p.On); err != nil {
			return v, standfirst.Errorf(standfirst.Invalid, "%q is no day; write it as 2026-03-05", p.On)
		}
	}
	return m.newsroom.AddVoice(m.r.Context(), m.staff.Actor(), d)
}

// deskVoicePage is one voice with all that is known of it.
type deskVoicePage struct {
	Layout     layout
	State      string
	Problem    string
	Paragraphs []string // empty once it is forgotten
	Line       string
	Story      string
	StoryPath  string // empty where readers do not see it
	Comment    string // address of the comment; empty for none
	Source     string
	On         string
	Made       moment
	Answered   moment
	Path       string
	CanEnd     bool
	CanRetry   bool
}

func (m *member) voiceID() (standfirst.VoiceID, error) {
	n, err := strconv.ParseInt(m.r.PathValue("n"), 10, 64)
	if err != nil || n <= 0 {
		return 0, standfirst.Errorf(standfirst.NotFound, "there is no such voice")
	}
	return standfirst.VoiceID(n), nil
}

func (m *member) voice() error {
	id, err := m.voiceID()
	if err != nil {
		return err
	}
	v, err := m.talk.Voice(m.r.Context(), m.staff.Actor(), id)
	if err != nil {
		return err
	}
	pub, err := m.publication()
	if err != nil {
		return err
	}
	shown := v.Voice
	if !v.AnsweredAt.IsZero() { // before that, what is known of the address is the writer's
		shown = v.Shown()
	}
	p := &deskVoicePage{
		Layout: m.layout(m.ui.Strings.Text("desk.voice")), State: m.ui.Strings.Text("desk.voice.state." + string(v.State)), Problem: sentence(v.Problem),
		Paragraphs: shown.Paragraphs(), Line: shown.Line(), Source: m.ui.Strings.Text("desk.voice.source." + string(v.Source)),
		Made: m.moment(v.CreatedAt, pub.Location()), Path: voicePath(v.ID),
	}
	role := m.staff.Role
	live := v.State == standfirst.VoiceAsked || v.State == standfirst.VoiceAgreed || v.State == standfirst.VoicePlaced
	p.CanEnd = live && (v.PlacedAt.IsZero() || role.Can(standfirst.EraseStory))
	p.CanRetry = v.State == standfirst.VoiceAgreed && role.Can(standfirst.PublishStory)
	if v.Comment != 0 {
		p.Comment = standfirst.CommentPath(v.Comment)
	}
	if !v.ObtainedOn.IsZero() {
		p.On = v.ObtainedOn.In(time.UTC).Format("2 January 2006")
	}
	if !v.AnsweredAt.IsZero() {
		p.Answered = m.moment(v.AnsweredAt, pub.Location())
	}
	err = m.store.View(m.r.Context(), func(tx *store.ReadTx) error {
		story, err := tx.Story(v.Story)
		p.Story = story.Headline
		if story.State.Public() {
			p.StoryPath = story.Path()
		}
		return err
	})
	if err != nil {
		return err
	}
	return m.render(m.w, m.r, http.StatusOK, "voice", p)
}

// takeVoiceBack takes back a request, or a voice out of its story.
func (m *member) takeVoiceBack() error {
	return m.changeVoice(func(id standfirst.VoiceID) error { return m.talk.TakeBack(m.r.Context(), m.staff.Actor(), id) })
}

// retryVoice tries again to place a voice.
func (m *member) retryVoice() error {
	return m.changeVoice(func(id standfirst.VoiceID) error {
		return m.newsroom.RetryVoice(m.r.Context(), m.staff.Actor(), id)
	})
}

func (m *member) changeVoice(change func(standfirst.VoiceID) error) error {
	id, err := m.voiceID()
	if err != nil {
		return err
	}
	if err := change(id); err != nil {
		return err
	}
	http.Redirect(m.w, m.r, voicePath(id), http.StatusSeeOther)
	return nil
}

// sentence makes a sentence of what is kept as a part of one.
func sentence(problem string) string {
	if problem == "" {
		return ""
	}
	return message(standfirst.Errorf(standfirst.Conflict, "%s", problem))
}
