package desk

import (
	"embed"
	"errors"
	"io"
	"net/http"
	"path"
	"strings"

	"standfirst"
	"standfirst/internal/intake"
	"standfirst/internal/newsroom"
)

// newStoryPage makes a story: of nothing, of a pasted text, or of a file.
type newStoryPage struct {
	Layout  layout
	Text    string // typed before
	Accept  bool
	Failure string
	Lost    string // name of the file that must be chosen again; empty for none
}

func (m *member) newStory() error {
	if err := m.staff.Actor().Require(standfirst.WriteStory); err != nil {
		return err
	}
	return m.newStoryPage(http.StatusOK, &newStoryPage{Accept: true})
}

func (m *member) newStoryPage(status int, p *newStoryPage) error {
	p.Layout = m.layout(m.Text("desk.new"))
	return m.render(m.w, m.r, status, "storynew", p)
}

// noFiles is where pictures are looked for that a text from a browser names: nowhere.
var noFiles embed.FS

// createStory makes a story of what was sent.
func (m *member) createStory() error {
	if err := m.form(); err != nil {
		return err
	}
	p := &newStoryPage{Text: m.r.PostFormValue("text"), Accept: m.r.PostFormValue("accept") != ""}
	name, r, err := m.sentText(p)
	if err != nil {
		return err
	}
	if r == nil {
		story, err := m.newsroom.Create(m.r.Context(), m.staff.Actor(), newsroom.Draft{Kind: standfirst.KindStory})
		if err != nil {
			return err
		}
		http.Redirect(m.w, m.r, storyPath(story.ID), http.StatusSeeOther)
		return nil
	}
	result, err := m.intake.File(m.r.Context(), m.staff.Actor(), name, r, intake.Options{Accept: p.Accept, Folder: noFiles})
	switch {
	case err == nil:
		done := "?done=filed"
		if result.Existing {
			done = "?done=existing"
		}
		http.Redirect(m.w, m.r, storyPath(result.Story.ID)+done, http.StatusSeeOther)
		return nil
	case standfirst.KindOf(err) == standfirst.Invalid || standfirst.KindOf(err) == standfirst.TooLarge || standfirst.KindOf(err) == standfirst.Conflict:
		p.Failure = message(err)
		return m.newStoryPage(http.StatusUnprocessableEntity, p)
	}
	return err
}

// sentText returns the text that was sent with its name, and no reader if there is none.
func (m *member) sentText(p *newStoryPage) (name string, r io.Reader, err error) {
	file, header, err := m.r.FormFile("file")
	switch {
	case err == nil && header.Size > 0:
		p.Lost = path.Base(strings.ReplaceAll(header.Filename, `\`, "/"))
		return p.Lost, file, nil // it lives as long as the request
	case err != nil && !errors.Is(err, http.ErrMissingFile) && !errors.Is(err, http.ErrNotMultipart):
		return "", nil, standfirst.WrapError(standfirst.Invalid, err, "the file could not be read")
	case strings.TrimSpace(p.Text) == "":
		return "", nil, nil
	}
	return m.Text("desk.new.pasted"), strings.NewReader(lineFeeds(p.Text)), nil
}
