package intake

import (
	"slices"
	"strings"

	"standfirst"
	"standfirst/internal/markup"
)

// storedPictures is the folder of addresses whose pictures a text shows.
const storedPictures = "/media/"

// inlinePictures returns the names of the pictures inside a text, each once, that
// its readers do not see.
func inlinePictures(body string) []string {
	var names []string
	note := func(name string) (markup.Picture, bool) {
		_, stored := standfirst.ParsePictureAddress(name)
		if name != "" && !stored && !strings.HasPrefix(name, storedPictures) && !slices.Contains(names, name) {
			names = append(names, name)
		}
		return markup.Picture{}, false
	}
	// A text that cannot be shown is refused with a reason when it is filed.
	if _, err := markup.Render(body, markup.Options{Picture: note}); err != nil {
		return nil
	}
	return names
}
