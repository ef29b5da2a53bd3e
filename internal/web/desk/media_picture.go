package desk

import (
	"net/http"
	"strconv"
	"strings"

	"standfirst"
	"standfirst/internal/markup"
	"standfirst/internal/media"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

// usesLength is how many stories that use a picture one page lists.
const usesLength = 20

// picturePage is one picture: what is said of it, and what uses it.
type picturePage struct {
	Layout    layout
	ID        standfirst.PictureID
	Path      string
	Query     string // of addresses that keep the story in mind; empty for none
	Story     *storyLink
	StoryID   standfirst.StoryID
	Shown     standfirst.PictureFile // the size that the page shows
	File      string                 // its address
	Full      string                 // address of the picture itself
	FullSize  standfirst.PictureFile
	Preparing bool // its sizes are being made
	Name      string
	Added     moment
	AddedBy   string // empty if nobody knows
	Words     standfirst.PictureWords
	FocusX    string // as typed
	FocusY    string
	Markdown  string
	MayChange bool
	Uses      []useRow
	MoreUses  string
	Used      bool // by anything

	Failure string
	Done    string
	Guard   guard
}

// useRow is one story that uses the picture.
type useRow struct {
	Story storyLink
	Where string
}

func (m *member) pictureID() (standfirst.PictureID, error) {
	id, err := m.pathID()
	return standfirst.PictureID(id), err
}

func (m *member) picture() error {
	p, err := m.picturePage()
	if err != nil {
		return err
	}
	switch m.r.URL.Query().Get("done") {
	case "added":
		p.Done = m.Text("desk.media.done.added")
	case "saved":
		p.Done = m.Text("desk.media.done.saved")
	}
	return m.render(m.w, m.r, http.StatusOK, "picture", p)
}

// picturePage gathers what the page shows.
func (m *member) picturePage() (*picturePage, error) {
	id, err := m.pictureID()
	if err != nil {
		return nil, err
	}
	actor := m.staff.Actor()
	picture, err := m.media.Show(m.r.Context(), actor, id)
	if err != nil {
		return nil, err
	}
	p := &picturePage{
		Layout: m.layout(m.pictureTitle(picture)), ID: id, Path: picturePath(id), Full: mediaFiles + picture.File.Name, FullSize: picture.File,
		Name: picture.Name, Words: picture.PictureWords, FocusX: strconv.Itoa(picture.Focus.X), FocusY: strconv.Itoa(picture.Focus.Y),
		Markdown:  markup.WriteFigure(id, picture.Alt, picture.Caption, picture.Credit),
		MayChange: media.MayChange(actor, picture) == nil, Shown: picture.File,
	}
	p.Guard.fill(picture.Fingerprint())
	if _, ready := smallFile(picture); !ready {
		p.Preparing = true
	}
	for _, f := range picture.Renditions {
		if p.Shown = f; f.Width >= shownWidth {
			break
		}
	}
	p.File = mediaFiles + p.Shown.Name
	if p.Story, p.StoryID = m.storyAsked(); p.Story != nil {
		p.Query = "?story=" + p.StoryID.String()
	}
	// A place that is none shows the first stories.
	before, _ := strconv.ParseInt(m.r.URL.Query().Get("before"), 10, 64)
	if err := m.pictureUses(p, standfirst.StoryID(max(0, before))); err != nil {
		return nil, err
	}
	p.Used = len(p.Uses) > 0 || before > 0
	return p, m.store.View(m.r.Context(), func(tx *store.ReadTx) error {
		pub, err := tx.Publication()
		if err != nil {
			return err
		}
		p.Added = m.moment(picture.CreatedAt, pub.Location())
		if picture.CreatedBy != "" {
			p.AddedBy = newsroom.ActorName(tx, picture.CreatedBy)
		}
		return nil
	})
}

// smallPicture leads to a small size of the picture, for the editor, which knows its number.
func (m *member) smallPicture() error {
	id, err := m.pictureID()
	if err != nil {
		return err
	}
	picture, err := m.media.Show(m.r.Context(), m.staff.Actor(), id)
	if err != nil {
		return err
	}
	file, ready := smallFile(picture)
	if !ready {
		file = picture.File
	}
	http.Redirect(m.w, m.r, mediaFiles+file.Name, http.StatusSeeOther)
	return nil
}

// shownWidth is the least width, in pixels, of what the page of a picture shows.
const shownWidth = 960

// describePicture stores what is said of the picture. A script need not send every field.
func (m *member) describePicture() error {
	id, err := m.pictureID()
	if err != nil {
		return err
	}
	if err := m.form(); err != nil {
		return err
	}
	actor := m.staff.Actor()
	picture, err := m.media.Show(m.r.Context(), actor, id)
	if err != nil {
		return err
	}
	words, focus := picture.PictureWords, picture.Focus
	for name, to := range map[string]*string{"alt": &words.Alt, "caption": &words.Caption, "credit": &words.Credit, "licence": &words.Licence} {
		if m.r.PostForm.Has(name) {
			*to = m.r.PostForm.Get(name)
		}
	}
	typed := [2]string{strconv.Itoa(focus.X), strconv.Itoa(focus.Y)}
	var wrong error
	for i, to := range []*int{&focus.X, &focus.Y} {
		name := []string{"focus-x", "focus-y"}[i]
		if !m.r.PostForm.Has(name) {
			continue
		}
		typed[i] = strings.TrimSpace(m.r.PostForm.Get(name))
		if *to, err = strconv.Atoi(typed[i]); err != nil {
			wrong = standfirst.Errorf(standfirst.Invalid, "%q is no place of the focal point; write a number from 0 to 100", typed[i])
		}
	}
	if wrong == nil {
		wrong = m.media.Describe(m.r.Context(), actor, id, words, focus, m.seen())
	}
	switch {
	case wrong == nil && wantsJSON(m.r):
		picture, err = m.media.Show(m.r.Context(), actor, id)
		if err != nil {
			return err
		}
		return m.json(http.StatusOK, m.pictureCard(picture))
	case wrong == nil:
		to := picturePath(id) + "?done=saved"
		if _, story := m.storyAsked(); story != 0 {
			to += "&story=" + story.String()
		}
		http.Redirect(m.w, m.r, to, http.StatusSeeOther)
		return nil
	}
	status, told := refusedForm(wrong)
	switch {
	case told == "":
		return wrong
	case wantsJSON(m.r):
		return m.json(status, errorAnswer{told})
	}
	p, err := m.picturePage()
	if err != nil {
		return err
	}
	now := *p
	p.Failure, p.Words, p.FocusX, p.FocusY = told, words, typed[0], typed[1]
	p.Guard = m.guardOf(wrong)
	p.Guard.fill(now.Guard.Seen,
		field{m.Text("desk.media.alt"), now.Words.Alt, words.Alt}, field{m.Text("desk.story.picture.caption"), now.Words.Caption, words.Caption},
		field{m.Text("desk.story.picture.credit"), now.Words.Credit, words.Credit}, field{m.Text("desk.media.licence"), now.Words.Licence, words.Licence},
		field{m.Text("desk.media.focus.x"), now.FocusX, p.FocusX}, field{m.Text("desk.media.focus.y"), now.FocusY, p.FocusY})
	return m.render(m.w, m.r, status, "picture", p)
}

// deletePicture deletes a picture that nothing uses.
func (m *member) deletePicture() error {
	id, err := m.pictureID()
	if err != nil {
		return err
	}
	refusal := m.media.Delete(m.r.Context(), m.staff.Actor(), id)
	switch {
	case refusal == nil:
		http.Redirect(m.w, m.r, mediaPath+"?done=deleted", http.StatusSeeOther)
		return nil
	case standfirst.KindOf(refusal) != standfirst.Conflict:
		return refusal
	}
	p, err := m.picturePage()
	if err != nil {
		return err
	}
	p.Failure = message(refusal)
	return m.render(m.w, m.r, http.StatusConflict, "picture", p)
}
