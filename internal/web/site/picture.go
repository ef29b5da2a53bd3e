package site

import (
	"fmt"
	"strconv"
	"strings"

	"standfirst"
	"standfirst/internal/markup"
)

// picture is a picture on a page.
type picture struct {
	Address       string // that of the size for browsers that do not choose
	Set           string // the srcset; empty if there is one size only
	Sizes         string
	Width, Height int // of Address: they give the shape before the file is there
	Alt           string
	Caption       string
	Credit        string // with the word that names it
	Licence       string // under which it is shown
	LicenceText   string // address of its text; empty where none is known
	Focus         string // classes that keep its focal point in sight where it is cropped; empty for the centre
	First         bool   // it is what readers see first: load it before the others
}

// The widths at which pictures are shown, as the style sheet has them.
const (
	sizesLead  = "(max-width: 43.5rem) calc(100vw - 2.5rem), 41rem"
	sizesHalf  = "(max-width: 40rem) calc(100vw - 2.5rem), 20rem"
	sizesThird = "(max-width: 40rem) calc(100vw - 2.5rem), (max-width: 67.5rem) 50vw, 19rem"
	sizesThumb = "(max-width: 40rem) 6.5rem, 11rem"

	sizesPortrait = "7rem"
)

// usualWidth is the least width, in pixels, of what browsers get that do not choose.
const usualWidth = 960

// picture returns the picture for a page and tags the page with it, and nil if
// there is no file of it. The files are its sizes, narrowest first.
func (rd *reading) picture(lead *standfirst.LeadPicture, files []standfirst.PictureFile, sizes string) *picture {
	if lead == nil || len(files) == 0 {
		return nil
	}
	rd.tag(standfirst.PictureTag(lead.ID))
	usual, set := sized(files)
	p := &picture{
		Address: mediaPrefix + usual.Name, Set: set, Sizes: sizes, Width: usual.Width, Height: usual.Height,
		Alt: lead.Alt, Caption: lead.Caption, Credit: lead.Credit,
	}
	if lead.Credit != "" && !strings.Contains(lead.Credit, ":") {
		p.Credit = rd.words.Text("picture.credit", lead.Credit)
	}
	return p
}

// sized returns the file for browsers that do not choose, and the srcset for those that do,
// which is empty if there is one size only. The files are not empty, narrowest first.
func sized(files []standfirst.PictureFile) (usual standfirst.PictureFile, set string) {
	usual = files[len(files)-1]
	for _, f := range files {
		if f.Width >= usualWidth {
			usual = f
			break
		}
	}
	if len(files) == 1 {
		return usual, ""
	}
	sizes := make([]string, len(files))
	for i, f := range files {
		sizes[i] = mediaPrefix + f.Name + " " + strconv.Itoa(f.Width) + "w"
	}
	return usual, strings.Join(sizes, ", ")
}

// crop keeps the focal point of a picture in sight where the page crops it.
func (rd *reading) crop(p *picture, focus standfirst.Focus) {
	if p == nil || focus == standfirst.Centre {
		return
	}
	rd.sheets.Focus = true
	p.Focus = fmt.Sprintf("fx-%d fy-%d", (focus.X+focusStep/2)/focusStep, (focus.Y+focusStep/2)/focusStep)
}

// focusStep is how many percent lie between the places that the style sheet knows.
const focusStep = 10

// insetPictures returns what the text shows of stored pictures, by their addresses in it, and
// tags the page with them.
func (rd *reading) insetPictures(c standfirst.Content) (map[string]markup.Picture, error) {
	stored, err := rd.tx.PicturesByID(c.Inset)
	if err != nil || len(stored) == 0 {
		return nil, err
	}
	shown := make(map[string]markup.Picture, len(stored))
	for _, p := range stored {
		rd.tag(standfirst.PictureTag(p.ID))
		usual, set := sized(shownFiles(p))
		shown[p.ID.Address()] = markup.Picture{
			Address: mediaPrefix + usual.Name, Set: set, Sizes: sizesLead, Width: usual.Width, Height: usual.Height, Licence: p.Licence,
		}
	}
	return shown, nil
}

// shownFiles returns the files that pages show of a picture: its renditions, or
// itself while they are not made or where it is too narrow to have any.
func shownFiles(p standfirst.Picture) []standfirst.PictureFile {
	if len(p.Renditions) > 0 {
		return p.Renditions
	}
	return []standfirst.PictureFile{p.File}
}

// storyImage returns the picture of a story for other sites to show: the one that is
// chosen for shared links, or else the one at its head, of which the files are, or else its
// card.
func (rd *reading) storyImage(story standfirst.Story, c standfirst.Content, files []standfirst.PictureFile) (*previewImage, error) {
	if c.Social.Picture == 0 {
		if lead := rd.previewImage(c.Picture, files); lead != nil {
			return lead, nil
		}
		return rd.cardImage(story, c)
	}
	chosen := &standfirst.LeadPicture{ID: c.Social.Picture, Alt: c.Social.Alt}
	_, files, err := rd.leadPicture(chosen)
	if err != nil {
		return nil, err
	}
	return rd.previewImage(chosen, files), nil
}

// previewImage returns the widest size for other sites to show, or nil where its
// absolute address is not known.
func (rd *reading) previewImage(lead *standfirst.LeadPicture, files []standfirst.PictureFile) *previewImage {
	if lead == nil || len(files) == 0 || rd.baseURL == "" {
		return nil
	}
	widest := files[len(files)-1]
	return &previewImage{
		Address: rd.absolute(mediaPrefix + widest.Name), Width: widest.Width, Height: widest.Height, Alt: lead.Alt,
	}
}
