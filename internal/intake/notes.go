package intake

import (
	"fmt"
	"time"

	"standfirst/internal/copydesk"
)

// noteWords is how much of what was left out a note quotes, in bytes.
const noteWords = 90

// notes tells what the one who files a text should know of how it was read.
func (c Composition) notes() []string {
	var notes []string
	if c.Encoding != copydesk.UTF8 && c.Encoding != "" {
		notes = append(notes, "read as "+c.Encoding)
	}
	if c.Form == WebPage {
		notes = append(notes, "read as a saved web page")
	}
	if c.Suggested {
		notes = append(notes, fmt.Sprintf("has no headline; it is now “%s”, from the first sentence", c.Content.Headline))
	}
	if c.Form != Markdown && len(c.Content.Bylines) == 0 {
		notes = append(notes, "has no byline")
	}
	for _, l := range c.Left {
		note := "left out: " + l.Reason
		if l.Words != "" {
			note += " (“" + clip(l.Words, noteWords) + "”)"
		}
		notes = append(notes, note)
	}
	for _, name := range inlinePictures(c.Content.Body) {
		notes = append(notes, fmt.Sprintf("the picture %s inside the text is not shown yet; only a lead picture is", clip(name, noteWords)))
	}
	if !c.Stated.IsZero() && c.Date == "" {
		notes = append(notes, fmt.Sprintf("says that it is of %s; --date %s files it under that day",
			c.Stated.In(time.UTC).Format("2 January 2006"), c.Stated))
	}
	return notes
}
