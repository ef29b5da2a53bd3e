package desk

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
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

// maxStoryForm bounds the bytes of a form with a story in it: the longest text, every
// character of which is spelt out by the browser.
const maxStoryForm = 4 << 20

// wantsJSON reports whether a script asks, and not a page.
func wantsJSON(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Accept"), "application/json")
}

// json answers a script.
func (v *visitor) json(status int, answer any) error {
	b, err := json.Marshal(answer)
	if err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(b)))
	v.w.WriteHeader(status)
	_, _ = v.w.Write(b) // a client that is gone needs no answer
	return nil
}

// keeping returns a handler for forms with a text in them: who is not signed in any more
// gets it back, to send it again.
func (d *Desk) keeping(answer func(*member) error) web.HandlerFunc {
	signedIn := d.member(answer)
	return func(w http.ResponseWriter, r *http.Request) error {
		_, _, err := d.accounts.Session(r.Context(), web.SessionToken(r))
		if err == nil || standfirst.KindOf(err) != standfirst.Unauthenticated || wantsJSON(r) {
			return signedIn(w, r)
		}
		v := &visitor{d, w, r}
		if err := v.form(); err != nil {
			return err
		}
		return v.keptPage()
	}
}

// keptPage gives a form back to who must sign in first.
type keptPage struct {
	Layout layout
	Path   string // where the form goes
	Fields []keptField
	Text   string // of the story, to be seen
}

// keptField is one field of the form as it was sent.
type keptField struct{ Name, Value string }

func (v *visitor) keptPage() error {
	p := &keptPage{Layout: v.layout(v.Text("desk.kept")), Path: v.r.URL.Path, Text: v.r.PostForm.Get("body")}
	var names []string
	for name := range v.r.PostForm {
		if name != "body" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		for _, value := range v.r.PostForm[name] {
			p.Fields = append(p.Fields, keptField{name, value})
		}
	}
	return v.render(v.w, v.r, http.StatusUnauthorized, "kept", p)
}

// savedAnswer tells a script what was saved.
type savedAnswer struct {
	Version int       `json:"version"`
	SavedAt time.Time `json:"savedAt"`
	Words   int       `json:"words"`
	Minutes int       `json:"minutes"`
}

// conflictAnswer tells a script what somebody else saved meanwhile.
type conflictAnswer struct {
	Error      string    `json:"error"`
	Version    int       `json:"version"`
	By         string    `json:"by"`
	At         time.Time `json:"at"`
	Headline   string    `json:"headline"`
	Standfirst string    `json:"standfirst"`
	Body       string    `json:"body"`
}

// errorAnswer tells a script why something was refused.
type errorAnswer struct {
	Error string `json:"error"`
}

// storyConflict is the other text, where two were saved of one version.
type storyConflict struct {
	By         string
	At         moment
	Headline   string
	Standfirst string
	Body       string
	Parts      []compared.Part
	Groups     []compared.Group
}

// typedStory reads the form of a story, and what it saves.
func (m *member) typedStory() (storyForm, newsroom.Saving, error) {
	if err := m.form(); err != nil {
		return storyForm{}, newsroom.Saving{}, err
	}
	f := readStoryForm(m.r.PostForm)
	pub, err := m.publication()
	if err != nil {
		return f, newsroom.Saving{}, err
	}
	s, err := f.saving(m.r.PostForm, pub.Location(), m.clock())
	return f, s, err
}

// leadsOn are the pages to which a button of the form leads once the text is saved.
var leadsOn = map[string]string{"publish": "/publish", "history": "/history"}

// saveStory saves the form over the working copy.
func (m *member) saveStory() error {
	id, err := m.storyID()
	if err != nil {
		return err
	}
	f, s, err := m.typedStory()
	if err != nil {
		return m.refuseStory(id, f, err)
	}
	if err := m.sayOfPictures(&s.Content); err != nil {
		return err
	}
	work, err := m.newsroom.SaveAll(m.r.Context(), m.staff.Actor(), id, s)
	if err != nil {
		return m.refuseStory(id, f, err)
	}
	if wantsJSON(m.r) {
		words, minutes := wordsAndMinutes(work.Content.Body)
		return m.json(http.StatusOK, savedAnswer{work.Version, work.UpdatedAt.UTC(), words, minutes})
	}
	to := storyPath(id) + "?done=saved"
	if m.r.PostFormValue("panel") == "details" {
		to += "#details"
	}
	if on, ok := leadsOn[m.r.PostFormValue("do")]; ok {
		to = storyPath(id) + on
	} else if m.r.PostFormValue("do") == "pictures" {
		to = mediaPath + "?story=" + id.String()
	}
	http.Redirect(m.w, m.r, to, http.StatusSeeOther)
	return nil
}

// refuseStory answers a form of a story that was refused, with what was typed and why. Where
// somebody else saved meanwhile, both texts are shown, and saving again is deliberate.
func (m *member) refuseStory(id standfirst.StoryID, f storyForm, refusal error) error {
	kind := standfirst.KindOf(refusal)
	if kind != standfirst.Invalid && kind != standfirst.Conflict {
		return refusal
	}
	if m.r.PostForm == nil { // the form itself could not be read
		return refusal
	}
	if !errors.Is(refusal, newsroom.ErrStale) {
		status := http.StatusUnprocessableEntity
		if wantsJSON(m.r) {
			return m.json(status, errorAnswer{message(refusal)})
		}
		return m.storyAgain(status, id, f, message(refusal), nil)
	}
	details, err := m.newsroom.Show(m.r.Context(), m.staff.Actor(), id)
	if err != nil {
		return err
	}
	work := details.WorkingCopy
	var by string
	var pub standfirst.Publication
	err = m.store.View(m.r.Context(), func(tx *store.ReadTx) (err error) {
		by = newsroom.ActorName(tx, work.UpdatedBy)
		pub, err = tx.Publication()
		return err
	})
	if err != nil {
		return err
	}
	if wantsJSON(m.r) {
		return m.json(http.StatusConflict, conflictAnswer{
			Error: message(refusal), Version: work.Version, By: by, At: work.UpdatedAt.UTC(),
			Headline: work.Content.Headline, Standfirst: work.Content.Standfirst, Body: work.Content.Body,
		})
	}
	f.Version = work.Version // from here on, saving means to know the other text
	c := &storyConflict{
		By: by, At: m.moment(work.UpdatedAt, pub.Location()),
		Headline: work.Content.Headline, Standfirst: work.Content.Standfirst, Body: work.Content.Body,
	}
	changes := diff.Compare(compared.InBlocks(work.Content), compared.InBlocks(newsroom.Prepare(f.content())))
	c.Parts, c.Groups = compared.Parts(changes, m.ui.Strings), compared.Groups(changes.Blocks, m.ui.Strings)
	return m.storyAgain(http.StatusConflict, id, f, "", c)
}

// storyAgain shows the story with what was typed.
func (m *member) storyAgain(status int, id standfirst.StoryID, f storyForm, failure string, c *storyConflict) error {
	p, err := m.storyPage(id, &f)
	if err != nil {
		return err
	}
	p.Failure, p.Conflict = failure, c
	return m.render(m.w, m.r, status, "story", p)
}

// jsonError answers a script with a failure.
func (d *Desk) jsonError(w http.ResponseWriter, f web.Failure) {
	var b bytes.Buffer
	told := f.Message
	if told == "" {
		told = http.StatusText(f.Status)
	}
	if err := json.NewEncoder(&b).Encode(errorAnswer{message(standfirst.Errorf(standfirst.Invalid, "%s", told))}); err != nil {
		web.PlainErrorPage(w, nil, f)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(f.Status)
	_, _ = w.Write(b.Bytes())
}
