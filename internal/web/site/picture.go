package site

import (
	"strconv"
	"strings"

	"standfirst"
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
	First         bool   // it is what readers see first: load it before the others
}

// The widths at which pictures are shown, as the style sheet has them.
const (
	sizesLead  = "(max-width: 43.5rem) calc(100vw - 2.5rem), 41rem"
	sizesHalf  = "(max-width: 40rem) calc(100vw - 2.5rem), 20rem"
	sizesThird = "(max-width: 40rem) calc(100vw - 2.5rem), (max-width: 67.5rem) 50vw, 19rem"
	sizesThumb = "(max-width: 40rem) 6.5rem, 11rem"
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
	usual := files[len(files)-1]
	for _, f := range files {
		if f.Width >= usualWidth {
			usual = f
			break
		}
	}
	p := &picture{
		Address: mediaPrefix + usual.Name, Sizes: sizes, Width: usual.Width, Height: usual.Height,
		Alt: lead.Alt, Caption: lead.Caption, Credit: lead.Credit,
	}
	if lead.Credit != "" && !strings.Contains(lead.Credit, ":") {
		p.Credit = rd.words.Text("picture.credit", lead.Credit)
	}
	if len(files) > 1 {
		set := make([]string, len(files))
		for i, f := range files {
			set[i] = mediaPrefix + f.Name + " " + strconv.Itoa(f.Width) + "w"
		}
		p.Set = strings.Join(set, ", ")
	}
	return p
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
// chosen for shared links, or else the one at its head, of which the files are.
func (rd *reading) storyImage(c standfirst.Content, files []standfirst.PictureFile) (*previewImage, error) {
	if c.Social.Picture == 0 {
		return rd.previewImage(c.Picture, files), nil
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
