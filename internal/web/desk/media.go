package desk

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"standfirst"
	"standfirst/internal/media"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
	"standfirst/internal/web"
)

const (
	mediaPath = Prefix + "/media"
	// mediaFiles is where the files of pictures are served.
	mediaFiles = "/media/"
	// mediaLength is how many pictures one page lists.
	mediaLength = 24
)

// picturePath returns the address of the picture at the desk.
func picturePath(id standfirst.PictureID) string { return mediaPath + "/" + id.String() }

// mediaRoutes adds the pages of the pictures.
func (d *Desk) mediaRoutes(metrics *web.Metrics) {
	d.route("GET /desk/media", d.member((*member).pictures), metrics)
	d.route("POST /desk/media", d.member((*member).uploadPictures), metrics)
	d.route("GET /desk/media/{id}", d.member((*member).picture), metrics)
	d.route("POST /desk/media/{id}", d.member((*member).describePicture), metrics)
	d.route("GET /desk/media/{id}/small", d.member((*member).smallPicture), metrics)
	d.route("POST /desk/media/{id}/choose", d.member((*member).choosePicture), metrics)
	d.route("POST /desk/media/{id}/delete", d.member((*member).deletePicture), metrics)
}

// mediaPage lists the pictures, the newest first.
type mediaPage struct {
	Layout   layout
	For      *storyLink // the story for which one is chosen; nil for none
	Query    string     // of addresses that keep it in mind; empty for none
	StoryID  standfirst.StoryID
	Words    string
	Mine     bool
	Pictures []pictureCard
	More     string
	First    string
	Bounded  bool
	Window   int
	Filtered bool
	Clear    string

	Most, MostBytes int // files at a time, and megabytes of one
	Done            string
	Failures        []uploadFailure
}

// pictureCard is one picture in the list, as the page shows it and a script reads it.
type pictureCard struct {
	ID      standfirst.PictureID `json:"id"`
	Address string               `json:"address"` // in the text of a story
	Path    string               `json:"path"`    // of its page at the desk
	File    string               `json:"file"`    // of a small size; empty while none is made
	Width   int                  `json:"width"`   // of File
	Height  int                  `json:"height"`
	Title   string               `json:"title"` // by which people know it
	Alt     string               `json:"alt"`
	Caption string               `json:"caption"`
	Credit  string               `json:"credit"`
	Mine    bool                 `json:"mine"` // who looks may change what is said of it
}

// pictureCard returns what a list shows of the picture.
func (m *member) pictureCard(p standfirst.Picture) pictureCard {
	c := pictureCard{
		ID: p.ID, Address: p.ID.Address(), Path: picturePath(p.ID), Title: m.pictureTitle(p), Alt: p.Alt, Caption: p.Caption, Credit: p.Credit,
		Mine: media.MayChange(m.staff.Actor(), p) == nil,
	}
	if small, ok := smallFile(p); ok {
		c.File, c.Width, c.Height = mediaFiles+small.Name, small.Width, small.Height
	}
	return c
}

// pictureTitle returns what people know a picture by.
func (m *member) pictureTitle(p standfirst.Picture) string {
	switch {
	case p.Name != "":
		return p.Name
	case p.Alt != "":
		return p.Alt
	}
	return m.Text("desk.media.number", int64(p.ID))
}

// smallFile returns the smallest size of a picture, and false while it is being prepared: the
// picture itself may be as large as cameras make them.
func smallFile(p standfirst.Picture) (standfirst.PictureFile, bool) {
	switch {
	case len(p.Renditions) > 0:
		return p.Renditions[0], true
	case p.File.Width < standfirst.PictureWidths[0]:
		return p.File, true
	}
	return standfirst.PictureFile{}, false
}

// pictureSearch reads what is looked for.
func (m *member) pictureSearch() (media.Search, error) {
	q := m.r.URL.Query()
	s := media.Search{Words: strings.TrimSpace(q.Get("q"))}
	if len(s.Words) > maxSearchWords {
		s.Words = strings.ToValidUTF8(s.Words[:maxSearchWords], "")
	}
	if q.Get("mine") != "" {
		s.By = m.staff.Actor().String()
	}
	if before := q.Get("before"); before != "" {
		n, err := strconv.ParseInt(before, 10, 64)
		if err != nil || n <= 0 {
			return s, standfirst.Errorf(standfirst.NotFound, "there is no such page of pictures")
		}
		s.Before = standfirst.PictureID(n)
	}
	return s, nil
}

// maxSearchWords bounds the bytes of what is looked for.
const maxSearchWords = 200

// storyAsked returns the story for which a picture is chosen, and nil for none, or for one
// that the member may not change.
func (m *member) storyAsked() (*storyLink, standfirst.StoryID) {
	n, err := strconv.ParseInt(m.r.URL.Query().Get("story"), 10, 64)
	if err != nil || n <= 0 {
		return nil, 0
	}
	id := standfirst.StoryID(n)
	details, err := m.newsroom.Show(m.r.Context(), m.staff.Actor(), id)
	if err != nil || m.staff.Actor().RequireEdit(details.Story) != nil {
		return nil, 0
	}
	headline := details.WorkingCopy.Content.Headline
	if headline == "" {
		headline = m.Text("desk.story.untitled")
	}
	return &storyLink{storyPath(id), headline}, id
}

// picturesPath returns the address of the list of what is looked for.
func (p *mediaPage) picturesPath(s media.Search) string {
	q := make(url.Values)
	if p.StoryID != 0 {
		q.Set("story", p.StoryID.String())
	}
	if s.Words != "" {
		q.Set("q", s.Words)
	}
	if s.By != "" {
		q.Set("mine", "1")
	}
	if s.Before != 0 {
		q.Set("before", s.Before.String())
	}
	if len(q) == 0 {
		return mediaPath
	}
	return mediaPath + "?" + q.Encode()
}

// picturesAnswer is a list of pictures for a script.
type picturesAnswer struct {
	Pictures []pictureCard `json:"pictures"`
	More     string        `json:"more"` // address of the next page; empty for none
}

func (m *member) pictures() error {
	p := &mediaPage{}
	if m.r.URL.Query().Get("done") == "deleted" {
		p.Done = m.Text("desk.media.done.deleted")
	} else if n, err := strconv.Atoi(m.r.URL.Query().Get("added")); err == nil && n > 1 && n <= maxFiles {
		p.Done = m.Text("desk.media.done.several", n)
	}
	return m.picturesPage(http.StatusOK, p)
}

// picturesPage answers with the list.
func (m *member) picturesPage(status int, p *mediaPage) error {
	s, err := m.pictureSearch()
	if err != nil {
		return err
	}
	found, err := m.media.Find(m.r.Context(), m.staff.Actor(), s, mediaLength)
	if err != nil {
		return err
	}
	p.For, p.StoryID = m.storyAsked()
	if p.For != nil {
		p.Query = "?story=" + p.StoryID.String()
	}
	p.Words, p.Mine, p.Bounded, p.Window, p.Clear = s.Words, s.By != "", found.Bounded, media.SearchWindow, p.picturesPath(media.Search{})
	p.Filtered = s.Words != "" || s.By != ""
	p.Most, p.MostBytes = maxFiles, standfirst.MaxPictureBytes>>20
	if s.Before != 0 {
		first := s
		first.Before = 0
		p.First = p.picturesPath(first)
	}
	if found.Next != 0 {
		next := s
		next.Before = found.Next
		p.More = p.picturesPath(next)
	}
	p.Pictures = make([]pictureCard, 0, len(found.Pictures))
	for _, picture := range found.Pictures {
		p.Pictures = append(p.Pictures, m.pictureCard(picture))
	}
	if wantsJSON(m.r) {
		return m.json(http.StatusOK, picturesAnswer{p.Pictures, p.More})
	}
	p.Layout = m.layout(m.Text("desk.media"))
	return m.render(m.w, m.r, status, "media", p)
}

// choosePicture gives a story the picture, and leads back to it.
func (m *member) choosePicture() error {
	id, err := m.pathID()
	if err != nil {
		return err
	}
	if err := m.form(); err != nil {
		return err
	}
	n, err := strconv.ParseInt(m.r.PostFormValue("story"), 10, 64)
	if err != nil || n <= 0 {
		return standfirst.Errorf(standfirst.Invalid, "the form does not say for which story the picture is")
	}
	story := standfirst.StoryID(n)
	use := newsroom.PictureUse(m.r.PostFormValue("use"))
	if err := m.newsroom.ChoosePicture(m.r.Context(), m.staff.Actor(), story, standfirst.PictureID(id), use); err != nil {
		return err
	}
	http.Redirect(m.w, m.r, storyPath(story)+"?done=picture#details", http.StatusSeeOther)
	return nil
}

// pictureUses lists the stories that use the picture.
func (m *member) pictureUses(p *picturePage, before standfirst.StoryID) error {
	uses, err := m.media.Uses(m.r.Context(), m.staff.Actor(), p.ID, before, usesLength+1)
	if err != nil {
		return err
	}
	if len(uses) > usesLength {
		uses = uses[:usesLength]
		p.MoreUses = picturePath(p.ID) + "?before=" + uses[usesLength-1].Story.String() + strings.Replace(p.Query, "?", "&", 1) + "#uses"
	}
	return m.store.View(m.r.Context(), func(tx *store.ReadTx) error {
		p.Uses = nil
		if before == 0 {
			authors, err := tx.AuthorsOfPicture(p.ID, usesLength)
			if err != nil {
				return err
			}
			for _, a := range authors {
				p.Uses = append(p.Uses, useRow{Story: storyLink{authorPrefix + a.ID.String(), a.Name}, Where: m.Text("desk.media.use.author")})
			}
		}
		for _, u := range uses {
			s, err := tx.Story(u.Story)
			if err != nil {
				return err
			}
			row := useRow{Story: storyLink{storyPath(s.ID), s.Headline}, Where: m.Text("desk.media.use.version")}
			if row.Story.Headline == "" {
				row.Story.Headline = m.Text("desk.story.untitled")
			}
			switch {
			case u.Draft && u.Version:
				row.Where = m.Text("desk.media.use.both")
			case u.Draft:
				row.Where = m.Text("desk.media.use.draft")
			}
			p.Uses = append(p.Uses, row)
		}
		return nil
	})
}
