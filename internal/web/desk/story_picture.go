package desk

import (
	"slices"

	"standfirst"
	"standfirst/internal/copydesk"
	"standfirst/internal/markup"
	"standfirst/internal/store"
)

// mostPictures bounds how many stored pictures one can choose from in a story's details.
const mostPictures = 50

// storyPictures reads the newest stored pictures and those that the story has.
func (m *member) storyPictures(tx *store.ReadTx, p *storyPage, c standfirst.Content) (err error) {
	p.Pictures, err = m.pictureChoices(tx, headPictures(c))
	return err
}

// pictureChoices returns the newest stored pictures, and those that are used already, to choose
// from.
func (m *member) pictureChoices(tx *store.ReadTx, used []standfirst.PictureID) ([]pictureChoice, error) {
	newest, err := tx.NewestPictures(0, mostPictures)
	if err != nil {
		return nil, err
	}
	used = slices.DeleteFunc(slices.Clone(used), func(id standfirst.PictureID) bool {
		return slices.ContainsFunc(newest, func(p standfirst.Picture) bool { return p.ID == id })
	})
	older, err := tx.PicturesByID(used)
	if err != nil {
		return nil, err
	}
	var choices []pictureChoice
	for _, picture := range append(newest, older...) {
		choices = append(choices, pictureChoice{
			picture.ID, m.Text("desk.story.picture.choice", int64(picture.ID), m.pictureTitle(picture), picture.File.Width, picture.File.Height), picture.PictureWords,
		})
	}
	return choices, nil
}

// headPictures returns the pictures that the story has beside its text.
func headPictures(c standfirst.Content) []standfirst.PictureID {
	c.Inset = nil
	return c.Pictures()
}

// sayOfPictures fills in what the library says of pictures of which the form of a page says
// nothing. A script has filled that in, and what it sends is meant.
func (m *member) sayOfPictures(c *standfirst.Content) error {
	lead := c.Picture != nil && c.Picture.Alt == "" && c.Picture.Caption == "" && c.Picture.Credit == ""
	social := c.Social.Picture != 0 && c.Social.Alt == ""
	if wantsJSON(m.r) || !lead && !social {
		return nil
	}
	return m.store.View(m.r.Context(), func(tx *store.ReadTx) error {
		stored, err := tx.PicturesByID(headPictures(*c))
		if err != nil {
			return err
		}
		for _, p := range stored {
			if lead && p.ID == c.Picture.ID {
				c.Picture = &standfirst.LeadPicture{ID: p.ID, Alt: p.Alt, Caption: p.Caption, Credit: p.Credit}
			}
			if social && p.ID == c.Social.Picture {
				c.Social.Alt = p.Alt
			}
		}
		return nil
	})
}

// pictureChecks returns what is to be asked of the pictures in the text.
func (m *member) pictureChecks(body string) []checkCard {
	var checks []checkCard
	var told []standfirst.PictureID
	for _, p := range markup.Pictures(body) {
		if p.Alt == "" && !slices.Contains(told, p.ID) {
			told = append(told, p.ID)
			checks = append(checks, checkCard{Rule: "picture-alt", Message: m.Text("desk.check.picture", int64(p.ID)), Place: placeNames[copydesk.InBody]})
		}
	}
	return checks
}
