package standfirst

// SearchKind says what sort of thing a search finds.
type SearchKind string

const (
	FindStory        SearchKind = "story"
	FindPage         SearchKind = "page" // a standing page
	FindDeal         SearchKind = "deal"
	FindCompany      SearchKind = "company"
	FindOrganisation SearchKind = "organisation"
	FindPerson       SearchKind = "person"
	FindPlace        SearchKind = "place"
	FindClaim        SearchKind = "claim"
	FindComment      SearchKind = "comment"

	// The following are suggested and lead to their own lists.

	FindSection SearchKind = "section"
	FindAuthor  SearchKind = "author"
)

// SearchKinds returns what a search may be narrowed to, in the order in which it is offered.
func SearchKinds() []SearchKind {
	return []SearchKind{FindStory, FindDeal, FindCompany, FindOrganisation, FindPerson, FindPlace, FindClaim, FindComment, FindPage}
}

// Valid reports whether a search may be narrowed to the kind.
func (k SearchKind) Valid() bool {
	for _, known := range SearchKinds() {
		if k == known {
			return true
		}
	}
	return false
}

// SearchIndexing is the payload of [JobIndexSearch]: how far it has come.
type SearchIndexing struct {
	Step  int   `json:"step"`  // which sort of things is indexed now
	After int64 `json:"after"` // the last of them that was
	// Analysis is how the words are cut, as it was when the job began.
	Analysis string `json:"analysis"`
	// Story is set where only the comments under one story are indexed.
	Story StoryID `json:"story,omitempty"`
	// Posted is set where only new comments are indexed.
	Posted bool `json:"posted,omitempty"`
}
