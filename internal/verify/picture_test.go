package verify_test

import (
	"strings"
	"testing"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

// Pictures in a text are described as the version describes them. Their licences belong to the
// pictures, and may not be prose.
func TestPicturesInTheText(t *testing.T) {
	h := newHouse(t)
	var id standfirst.PictureID
	h.must(h.store.Update(t.Context(), func(tx *store.Tx) (err error) {
		id, err = tx.InsertPicture(standfirst.Picture{
			Digest: "3f", Format: "png", File: standfirst.PictureFile{Name: "3f/3f.png", Width: 300, Height: 200}, Focus: standfirst.Centre,
			PictureWords: standfirst.PictureWords{Licence: "CC BY 4.0"},
		})
		return err
	}))
	published, err := h.news.CreateAndPublish(t.Context(), standfirst.Command(), newsroom.Draft{Content: standfirst.Content{
		Headline: "A pier is sold", Picture: &standfirst.LeadPicture{ID: id, Alt: "A pier", Caption: "The pier.", Credit: "Jo Maas"},
		Body: "The pier is sold.\n\n:::figure\n![The crane on the pier](" + id.Address() + ")\nIts crane.\nCredit: Jo Maas\n:::\n\nMore follows.",
	}})
	h.must(err)
	h.story = published.Story
	h.sign()
	h.step(true, "the terms under which pictures are shown are not on the record: “CC BY 4.0”, “CC BY 4.0”")
	for name, test := range map[string]struct{ old, now, step string }{
		"another description": {`alt="The crane on the pier"`, `alt="A bribe on the pier"`, "the descriptions of the pictures in the text are not those of version 1"},
		"another caption":     {"Its crane.", "Its end.", "the text on the page is not that of version 1"},
		"prose as a licence":  {"CC BY 4.0", strings.Repeat("It was sold for nothing. ", 4), "stands as the licence of a picture"},
	} {
		t.Run(name, func(t *testing.T) {
			honest := h.url
			defer func() { h.url = honest }()
			h.lie(func(path, body string) string {
				if path == h.story.Path() {
					body = strings.ReplaceAll(body, test.old, test.now)
				}
				return body
			})
			h.step(false, test.step)
		})
	}
}
