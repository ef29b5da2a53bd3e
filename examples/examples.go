// Package examples holds the texts and pictures of The Harbour Ledger, an
// invented newsroom that `standfirst demo` files one after the other.
//
// Its one responsibility is to carry them in the binary, with a manifest that
// says in which order they went out and what a plain text cannot say of itself.
// It imports nothing of the project and must not know how a text is read, filed
// or shown. All companies and people in the texts are invented.
package examples

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"time"
)

// FS holds the manifest, the texts beside it and the pictures under pictures/. A
// Markdown text names its picture by the path from here. The pattern for
// Markdown begins with a lower-case letter because README.md is not a story.
//
//go:embed manifest.json *.txt [a-z]*.md pictures/*.jpg
var FS embed.FS

// Latin1 is the [Entry] encoding of a text that is not UTF-8 but ISO 8859-1.
const Latin1 = "iso-8859-1"

// Manifest lists the example texts in the order of their publication, the oldest
// first.
type Manifest []Entry

// Entry is one example text. Section and Topics are set for plain texts only: Markdown
// texts carry theirs in their front matter, as they carry the date.
type Entry struct {
	File     string    `json:"file"`               // name in [FS]
	Encoding string    `json:"encoding,omitempty"` // [Latin1], or empty for UTF-8
	Date     time.Time `json:"date,omitzero"`      // when the story went out; seconds are zero
	Section  string    `json:"section,omitempty"`
	Topics   []string  `json:"topics,omitempty"`
	Then     []Step    `json:"then,omitempty"`
	Edits    []Edit    `json:"edits,omitempty"`
	Talk     []Remark  `json:"talk,omitempty"`
	Events   []Event   `json:"events,omitempty"`
}

// Event is something that the story announces, as the calendar has it.
type Event struct {
	Kind      string `json:"kind"` // as in the product's table of kinds
	Title     string `json:"title"`
	Day       string `json:"day"`                 // as 2026-01-31; of a period, any day in it
	Precision string `json:"precision,omitempty"` // empty for a day
	Clock     string `json:"clock,omitempty"`     // of an instant, with its zone
	Zone      string `json:"zone,omitempty"`
	Confirmed bool   `json:"confirmed,omitempty"`
	Place     string `json:"place,omitempty"`
	Company   string `json:"company,omitempty"` // its slug
	Deal      string `json:"deal,omitempty"`    // its slug
	// Moved is the day to which it was moved, and Cancelled that it was called off, each for
	// the reason in the note.
	Moved     string `json:"moved,omitempty"`
	Cancelled bool   `json:"cancelled,omitempty"`
	Note      string `json:"note,omitempty"`
}

// Remark is one comment under the story, in the order in which they came, and what a
// moderator did with it.
type Remark struct {
	At      time.Time `json:"at"`
	Name    string    `json:"name"`
	Text    string    `json:"text"`
	To      int       `json:"to,omitempty"`      // which remark it answers, from 1; zero for the story
	Staff   bool      `json:"staff,omitempty"`   // its writer works for the newsroom
	Decide  string    `json:"decide,omitempty"`  // approved or spam; empty leaves it to the rules
	Removed string    `json:"removed,omitempty"` // why it was taken away once the last remark was there
	Note    string    `json:"note,omitempty"`    // what its writer was told besides
	Report  string    `json:"report,omitempty"`  // what somebody reported of it
	Voice   *Voice    `json:"voice,omitempty"`   // what of it stands in the story
}

// Voice is what a moderator picked from a remark, and how its writer wanted to be named when
// they agreed to it.
type Voice struct {
	At          time.Time `json:"at"` // when its writer agreed
	Words       string    `json:"words"`
	Name        string    `json:"name"`
	Role        string    `json:"role,omitempty"`
	Affiliation string    `json:"affiliation,omitempty"`
	Disclosure  string    `json:"disclosure,omitempty"`
}

// Edit is what an editor changed in the words of a story after it went out, and what
// readers were told. Old stands in the text once.
type Edit struct {
	At     time.Time `json:"at"`
	Old    string    `json:"old"`
	New    string    `json:"new"`
	Change string    `json:"change"` // as the product's table of kinds of change has it
	Note   string    `json:"note"`
}

// Step is what an editor does with a figure in the ledger after a story went out.
type Step struct {
	At       time.Time `json:"at"`
	Subject  string    `json:"subject"`         // slug of a deal or company
	Property string    `json:"property"`        // as in the product's table of properties
	Party    string    `json:"party,omitempty"` // slug of the party that the figure is of
	// Value supersedes what is held, because of an event, better-information or a
	// correction; Denied records that the subject denies it, in these words.
	Value    string `json:"value,omitempty"`
	Because  string `json:"because,omitempty"`
	Evidence string `json:"evidence,omitempty"`
	Source   string `json:"source,omitempty"`
	Note     string `json:"note,omitempty"`
	Denied   string `json:"denied,omitempty"`
}

// ReadManifest reads manifest.json from the file system, usually [FS]. The error
// names what is wrong: a file that cannot be read, JSON that is none, a field
// that is not known, or a text that is listed without a name or twice.
func ReadManifest(fsys fs.FS) (Manifest, error) {
	f, err := fsys.Open("manifest.json")
	if err != nil {
		return nil, fmt.Errorf("examples: read manifest: %w", err)
	}
	defer f.Close()
	dec := json.NewDecoder(f)
	dec.DisallowUnknownFields()
	var m Manifest
	if err := dec.Decode(&m); err != nil {
		return nil, fmt.Errorf("examples: decode manifest.json: %w", err)
	}
	seen := make(map[string]bool, len(m))
	for i, e := range m {
		if e.File == "" {
			return nil, fmt.Errorf("examples: manifest.json: entry %d names no file", i+1)
		}
		if seen[e.File] {
			return nil, fmt.Errorf("examples: manifest.json: %s is listed twice", e.File)
		}
		seen[e.File] = true
	}
	return m, nil
}
