package standfirst

import (
	"strings"
	"time"
)

// Byline is one name above a story, with the role at the desk as it stood then.
type Byline struct {
	Name string
	Role string // such as "Senior Markets Correspondent"; may be empty
	Slug Slug   // of the author's page; empty until the content is first saved
	// Disclosure is what the author's page disclosed when the text was published.
	Disclosure string
}

// Author is somebody with a page that lists what they wrote. Authors are made
// from bylines, by name.
type Author struct {
	ID   AuthorID
	Slug Slug
	Name string
	Role string // the role in the newest byline
	Bio  string // plain text; may be empty
	// Disclosure is a sentence that readers are told below the author's stories, such as
	// "Mara Oduya holds Northwind shares."; may be empty.
	Disclosure string
	Picture    PictureID // of them, on their page; zero for none
	CreatedAt  time.Time
}

// Section is a part of the publication, in the menu. Every story is in one or none.
type Section struct {
	ID       SectionID
	Slug     Slug
	Name     string
	Position int // place in the menu, from 1
}

// Topic is a subject that stories of several sections share.
type Topic struct {
	ID   TopicID
	Slug Slug
	Name string
}

// JoinNames returns the names of the bylines as a sentence has them: "A", "A and
// B", "A, B and C".
func JoinNames(bylines []Byline) string {
	names := make([]string, len(bylines))
	for i, b := range bylines {
		names[i] = b.Name
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}
