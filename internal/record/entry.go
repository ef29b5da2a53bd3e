package record

import (
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"standfirst"
)

// Kind says what an entry is about.
type Kind string

const (
	RevisionKind    Kind = "revision"    // a version of a story or page was published
	ClaimKind       Kind = "claim"       // readers see a version of a figure from then on
	NoticeKind      Kind = "notice"      // readers were told of a change
	UnpublishedKind Kind = "unpublished" // a story was taken away
	RetractedKind   Kind = "retracted"   // a story was withdrawn for good
	TakedownKind    Kind = "takedown"    // something published was erased
	KeyKind         Kind = "key"         // another key signs from then on
	EpochKind       Kind = "epoch"       // the record goes on under another origin
)

// Entry is one entry of the record. It holds numbers and digests, and never slugs, names
// or words. Fields that are zero are not written.
type Entry struct {
	Kind Kind
	// What it is about: a story, a claim or a notice, or the record itself.
	Story  standfirst.StoryID
	Claim  standfirst.ClaimID
	Notice standfirst.NoticeID
	Number int                    // of the version of the story or claim
	Change standfirst.ChangeClass // why it changed
	Time   time.Time              // when readers saw it; of the moment for what is no publication
	Digest string                 // of the parts, in hexadecimal
	// Previous is the position of the entry before it about the same thing; -1 for none.
	Previous int64
	// Backfilled says that it was published before the newsroom kept a record.
	Backfilled bool
	// Parts are the names of what was erased, of a takedown; none means everything.
	Parts []string
	// Stories are those on which a notice stands, in the order of their ids. Nil means that
	// the entry does not say: it is older than the field, or they were more than maxStories.
	Stories []standfirst.StoryID
	// ClaimVersion is the number of the version of Claim that a notice tells of; zero for
	// one about no figure.
	ClaimVersion int

	Key *KeyChange
	// Epoch is set for the entry with which one begins.
	Epoch *EpochChange

	// Salted are the parts with their salts, which are kept beside the entry.
	Salted []Part
}

// KeyChange says which key signs.
type KeyChange struct {
	Public string // base64 of the 32 bytes of an Ed25519 key
	// Before is the key until then, and Signature its signature over [KeyChange.Message]:
	// both empty for the first key, the signature for one whose predecessor was lost.
	Before, Signature string
}

// Message is what the key before signs.
func (k KeyChange) Message() []byte {
	return []byte("standfirst record key\n" + k.Before + "\n" + k.Public + "\n")
}

// EpochChange says how the record goes on.
type EpochChange struct {
	Number int // from 1
	Origin string
	// What was signed last under the origin before; empty for the first epoch.
	OldOrigin string
	OldSize   int64
	OldRoot   string // base64
}

// timeLayout is RFC 3339 in UTC to the microsecond, always of one length.
const timeLayout = "2006-01-02T15:04:05.000000Z"

// FormatTime returns the time as entries have it.
func FormatTime(t time.Time) string { return t.UTC().Format(timeLayout) }

// maxEntry is the most bytes of an entry: their length has 16 bits in a bundle.
const maxEntry = 1<<16 - 1

// Subject names what the entry is about.
func (e Entry) Subject() string {
	switch {
	case e.Notice != 0: // before the figure that it tells of
		return NoticeSubject(e.Notice)
	case e.Story != 0:
		return StorySubject(e.Story)
	case e.Claim != 0:
		return ClaimSubject(e.Claim)
	default:
		return recordSubject
	}
}

// Told reports whether readers were told of the change with which a version of a story was
// published, in a notice of the same time and kind.
func (e Entry) Told() bool {
	return e.Kind == RevisionKind && e.Change != "" && e.Change != standfirst.Minor
}

// maxStories is how many stories an entry names at most, so that it stays well below
// maxEntry whatever their ids are.
const maxStories = 3000

// StandsOn reports whether the entry is of a notice that stands on the story. known is
// false for one that does not say on which it stands.
func (e Entry) StandsOn(story standfirst.StoryID) (stands, known bool) {
	if e.Kind != NoticeKind || e.Stories == nil {
		return false, false
	}
	return slices.Contains(e.Stories, story), true
}

// recordSubject is the record itself.
const recordSubject = "record"

// StorySubject names a story as what entries are about.
func StorySubject(id standfirst.StoryID) string { return "story:" + id.String() }

// ClaimSubject names a claim as what entries are about.
func ClaimSubject(id standfirst.ClaimID) string { return "claim:" + id.String() }

// NoticeSubject names a notice as what entries are about.
func NoticeSubject(id standfirst.NoticeID) string { return "notice:" + id.String() }

// Canonical returns the entry in canonical JSON as RFC 8785 has it. What is in an entry
// needs little of that: its strings are ASCII and its numbers small integers.
func (e Entry) Canonical() []byte {
	o := make(object)
	o.text("kind", string(e.Kind))
	o.number("story", int64(e.Story))
	o.number("claim", int64(e.Claim))
	o.number("notice", int64(e.Notice))
	o.number("number", int64(e.Number))
	o.text("change", string(e.Change))
	if !e.Time.IsZero() {
		o.text("time", FormatTime(e.Time))
	}
	o.text("digest", e.Digest)
	if e.Previous >= 0 {
		o["previous"] = strconv.FormatInt(e.Previous, 10)
	}
	if e.Backfilled {
		o["backfilled"] = "true"
	}
	if len(e.Parts) > 0 {
		var list []string
		for _, p := range e.Parts {
			list = append(list, quote(p))
		}
		o["parts"] = "[" + strings.Join(list, ",") + "]"
	}
	if e.Stories != nil {
		list := make([]string, len(e.Stories))
		for i, id := range e.Stories {
			list[i] = id.String()
		}
		o["stories"] = "[" + strings.Join(list, ",") + "]"
	}
	o.number("claimVersion", int64(e.ClaimVersion))
	if k := e.Key; k != nil {
		o.text("key", k.Public)
		o.text("keyBefore", k.Before)
		o.text("keySignature", k.Signature)
	}
	if p := e.Epoch; p != nil {
		o.number("epoch", int64(p.Number))
		o.text("origin", p.Origin)
		if p.OldOrigin != "" {
			o.text("oldOrigin", p.OldOrigin)
			o["oldSize"] = strconv.FormatInt(p.OldSize, 10)
			o.text("oldRoot", p.OldRoot)
		}
	}
	return o.canonical()
}

// object is a JSON object by key, with values that are written already.
type object map[string]string

func (o object) text(key, value string) {
	if value != "" {
		o[key] = quote(value)
	}
}

func (o object) number(key string, value int64) {
	if value != 0 {
		o[key] = strconv.FormatInt(value, 10)
	}
}

// canonical writes the object with its keys in order. They are ASCII, so the order of
// bytes is that of UTF-16 which the RFC asks for.
func (o object) canonical() []byte {
	keys := make([]string, 0, len(o))
	for key := range o {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	b := []byte{'{'}
	for i, key := range keys {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, quote(key)...)
		b = append(b, ':')
		b = append(b, o[key]...)
	}
	return append(b, '}')
}

// quote writes a string of printable ASCII as JSON; of any other it drops what cannot be
// written without an escape.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r >= ' ' && r < 0x7f:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// entryJSON is an entry as it is read.
type entryJSON struct {
	Kind       Kind                   `json:"kind"`
	Story      standfirst.StoryID     `json:"story"`
	Claim      standfirst.ClaimID     `json:"claim"`
	Notice     standfirst.NoticeID    `json:"notice"`
	Number     int                    `json:"number"`
	Change     standfirst.ChangeClass `json:"change"`
	Time       string                 `json:"time"`
	Digest     string                 `json:"digest"`
	Previous   *int64                 `json:"previous"`
	Backfilled bool                   `json:"backfilled"`
	Parts      []string               `json:"parts"`

	Stories      []standfirst.StoryID `json:"stories"`
	ClaimVersion int                  `json:"claimVersion"`

	Key          string `json:"key"`
	KeyBefore    string `json:"keyBefore"`
	KeySignature string `json:"keySignature"`

	Epoch     int    `json:"epoch"`
	Origin    string `json:"origin"`
	OldOrigin string `json:"oldOrigin"`
	OldSize   int64  `json:"oldSize"`
	OldRoot   string `json:"oldRoot"`
}

// ParseEntry reads an entry. It returns an error for one that is not in the canonical
// form, so that an entry means the same to everybody who reads it.
func ParseEntry(b []byte) (Entry, error) {
	if len(b) > maxEntry {
		return Entry{}, fmt.Errorf("record: an entry of %d bytes is too long", len(b))
	}
	var j entryJSON
	if err := json.Unmarshal(b, &j); err != nil {
		return Entry{}, fmt.Errorf("record: an entry is not JSON: %w", err)
	}
	e := Entry{
		Kind: j.Kind, Story: j.Story, Claim: j.Claim, Notice: j.Notice, Number: j.Number, Change: j.Change, Digest: j.Digest,
		Previous: -1, Backfilled: j.Backfilled, Parts: j.Parts,
		Stories: j.Stories, ClaimVersion: j.ClaimVersion,
	}
	if j.Time != "" {
		t, err := time.Parse(timeLayout, j.Time)
		if err != nil {
			return Entry{}, fmt.Errorf("record: the time of an entry: %w", err)
		}
		e.Time = t
	}
	if j.Previous != nil {
		e.Previous = *j.Previous
	}
	if j.Key != "" || j.KeyBefore != "" || j.KeySignature != "" {
		e.Key = &KeyChange{Public: j.Key, Before: j.KeyBefore, Signature: j.KeySignature}
	}
	if j.Epoch != 0 || j.Origin != "" || j.OldOrigin != "" {
		e.Epoch = &EpochChange{Number: j.Epoch, Origin: j.Origin, OldOrigin: j.OldOrigin, OldSize: j.OldSize, OldRoot: j.OldRoot}
	}
	if string(e.Canonical()) != string(b) {
		return Entry{}, fmt.Errorf("record: the entry %.200q is not in the canonical form", b)
	}
	return e, nil
}
