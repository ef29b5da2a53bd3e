package standfirst

import "time"

// ChangeClass says why published text changed.
type ChangeClass string

const (
	Correction    ChangeClass = "correction"    // we were wrong
	Clarification ChangeClass = "clarification" // it was right and could be misread
	Update        ChangeClass = "update"        // an event, or better information
	EditorsNote   ChangeClass = "editor's note"
	Retraction    ChangeClass = "retraction"
	Minor         ChangeClass = "minor" // spelling, layout: on the record without a notice
)

// ChangeClasses returns every class, in the order in which they are offered.
func ChangeClasses() []ChangeClass {
	return []ChangeClass{Update, Correction, Clarification, EditorsNote, Minor, Retraction}
}

// Valid reports whether c is one of the classes.
func (c ChangeClass) Valid() bool {
	for _, k := range ChangeClasses() {
		if c == k {
			return true
		}
	}
	return false
}

// ChangesFigures reports whether a change of this class may change the bounds or the
// unit of a figure.
func (c ChangeClass) ChangesFigures() bool { return c.Valid() && c != Minor && c != Clarification }

// Notice is what readers are told about a change. One supersession makes one notice,
// which every story that cites the claim shows.
type Notice struct {
	ID    NoticeID
	Class ChangeClass // never Minor
	Text  string      // plain text, one paragraph
	At    time.Time
	// Claim and Version are set for a supersession or retraction of a claim.
	Claim   ClaimID
	Version ClaimVersionID // the version that is held now; of a retraction, the one withdrawn
	// Stories are those that show it.
	Stories []StoryID
	Erased  bool // the text is gone; the notice stays as a stub
}
