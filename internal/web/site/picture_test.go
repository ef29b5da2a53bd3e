package site

import (
	"strings"
	"testing"

	"standfirst"
	"standfirst/internal/store"
)

// TestPicturesOfTheLibrary holds that a text shows stored pictures in their sizes, that
// licence and focal point are those of the picture, and that pages follow them.
func TestPicturesOfTheLibrary(t *testing.T) {
	h := newHouse(t)
	lead, inset := h.picture("quay", 480, 960), h.picture("crane", 480, 960)
	body := "The pier is sold.\n\n:::figure\n![A crane](" + inset.Address() + ")\nThe last crane.\nCredit: Jo Maas\n:::"
	s := h.publish(standfirst.Content{
		Headline: "Northwind buys a pier", Body: body,
		Picture: &standfirst.LeadPicture{ID: lead, Alt: "A quay", Caption: "The quay.", Credit: "Jo Maas"},
	})
	describe := func(id standfirst.PictureID, licence string, focus standfirst.Focus) {
		t.Helper()
		h.must(h.store.Update(t.Context(), func(tx *store.Tx) error {
			tx.Touch(standfirst.PictureTag(id))
			return tx.DescribePicture(id, standfirst.PictureWords{Licence: licence}, focus)
		}))
	}
	holds := func(path string, all bool, words ...string) {
		t.Helper()
		text := get(h.site, path).text
		for _, w := range words {
			if strings.Contains(text, w) != all {
				t.Errorf("%s: has %q: %v\n%s", path, w, !all, text)
			}
		}
	}
	inText := `<img src="/media/aa/crane-960.jpg" srcset="/media/aa/crane-480.jpg 480w, /media/aa/crane-960.jpg 960w" sizes="` + sizesLead +
		`" width="960" height="540" alt="A crane" loading="lazy" decoding="async">`
	holds(s.Path(), true, inText, `<figcaption>The last crane. <span class="credit">Credit: Jo Maas</span></figcaption>`,
		`<figcaption>The quay. <span class="credit">`)
	holds("/", false, "focus.", "fx-")
	describe(lead, "CC BY 4.0", standfirst.Focus{X: 17, Y: 100})
	describe(inset, "Public domain", standfirst.Focus{})
	holds(s.Path(), true, `rel="license noopener">CC BY 4.0</a></span></figcaption>`, `<span class="licence">Public domain</span></figcaption>`)
	holds(s.Path(), false, "/assets/focus.", "fx-") // nothing is cropped there
	holds("/feed.atom", true, "/media/aa/crane-960.jpg", "A crane", "Public domain")
	holds("/feed.rss", true, "Jo Maas, CC BY 4.0")
	holds("/", true, `<img class="fx-2 fy-10" src="/media/aa/quay-960.jpg"`, assetPath(t, h.site, "focus.css"))
	if css := get(h.site, assetPath(t, h.site, "focus.css")).text; !strings.Contains(css, ".fy-10{--fy:100%}") {
		t.Error(css)
	}
}
