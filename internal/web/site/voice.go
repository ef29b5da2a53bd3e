package site

import (
	"html/template"
	"net/http"
	"strconv"
	"strings"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/markup"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
	"standfirst/internal/web"
)

// voicePrefix is the address below which writers answer whether their words may stand in a
// story.
const voicePrefix = "/voice/"

// voicePage is a voice as its writer sees it, at an address that came by mail.
type voicePage struct {
	Layout  layout
	Story   link
	Heading string // what became of it
	Text    string
	HTML    template.HTML // as it stands or would stand; empty once it is forgotten
	Action  string
	See     string // where it stands; empty if it does not
	Open    bool   // the writer can agree
	Ends    bool   // there is something to take back
	Naming  standfirst.Speaker
	Shares  string // the disclosure
	Said    string // what readers see of the address; empty for nothing
	Failure string
	Preview bool // it is shown as it was just named
}

// serveVoice shows a writer what they are asked for, and takes the answer. Opening the
// address changes nothing: programs that look at links in mails do that.
func (s *Site) serveVoice(w http.ResponseWriter, r *http.Request) error {
	private(w)
	number, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, voicePrefix), "/")
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || n <= 0 || rest == "" || s.talk == nil {
		return errNoPage
	}
	web.HidePath(w, voicePrefix+number+"/…") // who reads the log must not answer
	id := standfirst.VoiceID(n)
	if r.Method != http.MethodPost {
		return s.voice(w, r, id, rest, http.StatusOK, nil, "")
	}
	if err := readForm(w, r); err != nil {
		return err
	}
	typed := newNaming(r)
	switch r.PostForm.Get("do") {
	case "preview":
		return s.voice(w, r, id, rest, http.StatusOK, &typed, "")
	case "agree":
		err = s.talk.Agree(r.Context(), id, rest, typed.speaker, typed.disclosure)
	case "decline":
		err = s.talk.Decline(r.Context(), id, rest)
	case "withdraw":
		err = s.talk.Withdraw(r.Context(), id, rest)
	default:
		return standfirst.Errorf(standfirst.Invalid, "the form does not say what to do")
	}
	if err == nil {
		http.Redirect(w, r, discuss.VoicePath(id, rest), http.StatusSeeOther)
		return nil
	}
	switch standfirst.KindOf(err) {
	case standfirst.Invalid, standfirst.Conflict:
		return s.voice(w, r, id, rest, http.StatusUnprocessableEntity, &typed, sentence(standfirst.PublicMessage(err)))
	}
	return err
}

// naming is how a writer wants to be named.
type naming struct {
	speaker    standfirst.Speaker
	disclosure string
}

func newNaming(r *http.Request) naming {
	f := r.PostForm
	return naming{standfirst.Speaker{Name: f.Get("name"), Role: f.Get("role"), Affiliation: f.Get("affiliation")}, f.Get("disclosure")}
}

// voice answers with the writer's page. What was typed is nil where nothing was.
func (s *Site) voice(w http.ResponseWriter, r *http.Request, id standfirst.VoiceID, key string, status int, typed *naming, failure string) error {
	asked, err := s.talk.AskedVoice(r.Context(), id, key)
	if err != nil {
		return err
	}
	p := voicePage{Action: discuss.VoicePath(id, key), Open: asked.Open(), Failure: failure, Preview: typed != nil && failure == ""}
	err = s.store.View(r.Context(), func(tx *store.ReadTx) error {
		rd, err := s.read(tx)
		if err != nil {
			return err
		}
		revision, err := tx.Revision(asked.Story.Current) // also of a story that was taken down: consent can be taken back then too
		if err != nil {
			return err
		}
		p.Story.Name = revision.Content.Headline
		if asked.Story.State.Public() {
			p.Story.Path = asked.Story.Path()
		}
		if p.Layout, err = rd.layout(address{}); err != nil {
			return err
		}
		return p.tell(rd, asked, typed)
	})
	if err != nil {
		return err
	}
	return s.answerView(w, r, status, &view{template: "voice", data: &p}, nil)
}

// tell says what became of the voice, and how it stands or would stand.
func (p *voicePage) tell(rd *reading, asked discuss.AskedVoice, typed *naming) error {
	v := asked.Voice
	state := string(v.State)
	if v.State == standfirst.VoiceAsked && !p.Open {
		state = "late"
	}
	p.Heading, p.Text = rd.words.Text("voice."+state), rd.words.Text("voice.text."+state)
	p.Layout.Title = documentTitle(p.Heading, p.Layout.SiteName)
	p.Layout.Unlisted = true
	p.Ends = v.State == standfirst.VoiceAgreed || v.State == standfirst.VoicePlaced
	if v.State == standfirst.VoicePlaced && asked.Story.State == standfirst.Published {
		p.See = asked.Story.Path() + "#voice-" + v.Comment.String()
	}
	p.Naming, p.Shares = v.Voice.Speaker, v.Voice.Disclosure
	if typed != nil {
		v = discuss.Named(v, typed.speaker, typed.disclosure)
		p.Naming, p.Shares = typed.speaker, typed.disclosure
		if err := v.Voice.ValidateSpeaker(); err != nil && p.Preview {
			p.Failure = sentence(standfirst.PublicMessage(err))
		}
	}
	if v.Voice.Text == "" || v.State == standfirst.VoiceWithdrawn {
		return nil
	}
	if v.Employer && v.Voice.Speaker.Affiliation != "" {
		p.Said = rd.words.Text("voice.employer", v.Voice.Speaker.Affiliation, standfirst.EmployerConfirmed)
	}
	rendered, err := markup.Render(newsroom.VoiceText(v), markup.Options{VoicesHeading: rd.words.Text("story.voices")})
	p.HTML = rendered.HTML
	return err
}
