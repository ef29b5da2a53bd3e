package record

import (
	"math"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// Published is a published revision as verifiers get it, with what else its page shows.
type Published struct {
	Story   standfirst.StoryID `json:"story"`
	Version int                `json:"version"`
	Newest  int                `json:"newest"` // the highest version that was published
	State   standfirst.State   `json:"state"`
	Evidence
	// Claims are the versions of the figures that it cites which readers see, and
	// Notices those that the story shows.
	Claims  []PublishedClaim  `json:"claims,omitempty"`
	Notices []PublishedNotice `json:"notices,omitempty"`
	// Record says under what key the record is signed, to be believed as far as a
	// verifier knows it.
	Record State `json:"record"`
	// Withdrawal is set for a retracted story: what stands in place of its text.
	Withdrawal *Evidence `json:"withdrawal,omitempty"`
}

// State is how the record stands at a checkpoint.
type State struct {
	Key string `json:"key"` // base64 of the public key that signs the checkpoint
	// Newest is the position of the newest entry under it about the record itself: its
	// key or its epoch.
	Newest int64 `json:"newest"`
}

// Evidence is where something is on the record, and of what its digest was made.
type Evidence struct {
	Entry  int64         `json:"entry"`
	Digest string        `json:"digest"`
	Parts  []PartInPlace `json:"parts"`
}

// PartInPlace is a part with what its digest is made of, as far as readers get it.
type PartInPlace struct {
	Name     string `json:"name"`
	Text     string `json:"text,omitempty"`
	Salt     string `json:"salt,omitempty"`
	Digest   string `json:"digest"`
	Erased   bool   `json:"erased,omitempty"`   // text and salt are gone
	Withheld bool   `json:"withheld,omitempty"` // not for everybody
}

// PublishedClaim is a version of a figure.
type PublishedClaim struct {
	Claim   standfirst.ClaimID `json:"claim"`
	Version int                `json:"version"`
	Evidence
}

// PublishedNotice is a notice.
type PublishedNotice struct {
	Notice standfirst.NoticeID `json:"notice"`
	Evidence
}

// ReadPublished gathers the published version of the story. The texts of parts whose
// names withhold admits are left out. It returns a NotFound error if there is no such
// version, or none on the record.
func ReadPublished(tx *store.ReadTx, story standfirst.Story, number int, withhold func(name string) bool) (Published, error) {
	p := Published{Story: story.ID, Version: number, Newest: story.PublishedNumber, State: story.State}
	revision, err := tx.PublishedRevision(story.ID, number)
	if err != nil {
		return p, err
	}
	if revision.Content.Citations, err = tx.Citations(revision.ID); err != nil {
		return p, err
	}
	row, err := tx.RecordEntryOf(StorySubject(story.ID), string(RevisionKind), number)
	if err != nil {
		return p, err
	}
	if p.Evidence, err = evidence(row, RevisionParts(revision.Content, story.FirstPublished), withhold); err != nil {
		return p, err
	}
	if p.Claims, err = publishedClaims(tx, revision.Content.Citations); err != nil {
		return p, err
	}
	if p.Notices, err = publishedNotices(tx, story.ID); err != nil {
		return p, err
	}
	if p.Record, err = ReadState(tx); err != nil {
		return p, err
	}
	if story.State == standfirst.Retracted {
		row, err := tx.RecordEntryOf(StorySubject(story.ID), string(RetractedKind), story.PublishedNumber)
		if err != nil {
			return p, err
		}
		withdrawal, err := evidence(row, NoteParts(story.RetractionNote), nil)
		if err != nil {
			return p, err
		}
		p.Withdrawal = &withdrawal
	}
	return p, nil
}

// ReadState reads how the record stands at the newest checkpoint: with what readers are
// shown, that checkpoint must be checked. A change of key or epoch counts once it is
// signed. While nothing is, the newest entries count.
func ReadState(tx *store.ReadTx) (s State, err error) {
	signed := int64(math.MaxInt64)
	switch last, err := tx.LastRecordCheckpoint(); {
	case err == nil:
		signed = last.Size
	case standfirst.KindOf(err) != standfirst.NotFound:
		return s, err
	}
	s.Newest = -1
	at, err := tx.LastRecordEntry(recordSubject)
	for err == nil && at >= 0 && s.Key == "" {
		var e Entry
		if e, err = readEntry(tx, at); err != nil {
			break
		}
		if at < signed {
			s.Newest = max(s.Newest, at)
			if e.Key != nil {
				s.Key = e.Key.Public
			}
		}
		at = e.Previous
	}
	return s, err
}

// WaitingSince returns the time of the first entry that the checkpoint of the size does not
// hold: since when nothing is signed. It is zero if there is none, or if that entry is
// about something published before there was a record.
func WaitingSince(tx *store.ReadTx, head store.RecordHead, signed int64) (time.Time, error) {
	if signed >= head.Size {
		return time.Time{}, nil
	}
	e, err := readEntry(tx, signed)
	if err != nil || e.Backfilled {
		return time.Time{}, err
	}
	return e.Time, nil
}

// readEntry reads the entry at the position.
func readEntry(tx *store.ReadTx, position int64) (Entry, error) {
	row, err := tx.RecordEntry(position)
	if err != nil {
		return Entry{}, err
	}
	return ParseEntry([]byte(row.Body))
}

// evidence puts the texts to the stored salts and digests.
func evidence(row store.RecordEntry, now []Part, withhold func(name string) bool) (Evidence, error) {
	ev := Evidence{Entry: row.Position, Parts: []PartInPlace{}}
	e, err := ParseEntry([]byte(row.Body))
	if err != nil {
		return ev, err
	}
	ev.Digest = e.Digest
	parts, err := Parts(row, now)
	for _, p := range parts {
		shown := PartInPlace{Name: p.Name, Text: p.Text, Salt: p.Salt, Digest: p.Digest, Erased: p.Erased}
		if withhold != nil && withhold(p.Name) && !p.Erased {
			shown.Text, shown.Salt, shown.Withheld = "", "", true
		}
		ev.Parts = append(ev.Parts, shown)
	}
	return ev, err
}

// publishedClaims gathers what readers see of the claims that are cited.
func publishedClaims(tx *store.ReadTx, citations []standfirst.Citation) ([]PublishedClaim, error) {
	var ids []standfirst.ClaimID
	var subjects []string
	known := make(map[standfirst.ClaimID]bool)
	for _, c := range citations {
		if !known[c.Claim] {
			known[c.Claim] = true
			ids, subjects = append(ids, c.Claim), append(subjects, ClaimSubject(c.Claim))
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	versions, err := tx.VersionsByClaims(ids, store.ForReaders)
	if err != nil {
		return nil, err
	}
	rows, err := tx.RecordEntriesOf(subjects, string(ClaimKind))
	if err != nil {
		return nil, err
	}
	type version struct {
		subject string
		number  int
	}
	entries := make(map[version]store.RecordEntry)
	for _, row := range rows {
		entries[version{row.Subject, row.Number}] = row
	}
	about := make(map[standfirst.ClaimID]standfirst.Claim, len(ids))
	for _, id := range ids {
		if about[id], err = tx.Claim(id); err != nil {
			return nil, err
		}
	}
	recorded, err := asRecorded(tx, versions...)
	if err != nil {
		return nil, err
	}
	var claims []PublishedClaim
	for _, v := range versions {
		row, ok := entries[version{ClaimSubject(v.Claim), v.Number}]
		if !ok {
			continue
		}
		ev, err := evidence(row, ClaimParts(recorded(about[v.Claim], v), v), nil)
		if err != nil {
			return nil, err
		}
		claims = append(claims, PublishedClaim{Claim: v.Claim, Version: v.Number, Evidence: ev})
	}
	return claims, nil
}

// publishedNotices gathers the notices that the story shows.
func publishedNotices(tx *store.ReadTx, id standfirst.StoryID) ([]PublishedNotice, error) {
	notices, err := tx.NoticesOfStory(id)
	if err != nil || len(notices) == 0 {
		return nil, err
	}
	subjects := make([]string, len(notices))
	for i, n := range notices {
		subjects[i] = NoticeSubject(n.ID)
	}
	rows, err := tx.RecordEntriesOf(subjects, string(NoticeKind))
	if err != nil {
		return nil, err
	}
	entries := make(map[string]store.RecordEntry)
	for _, row := range rows {
		entries[row.Subject] = row
	}
	var shown []PublishedNotice
	for i, n := range notices {
		row, ok := entries[subjects[i]]
		if !ok {
			continue
		}
		ev, err := evidence(row, NoteParts(n.Text), nil)
		if err != nil {
			return nil, err
		}
		shown = append(shown, PublishedNotice{Notice: n.ID, Evidence: ev})
	}
	return shown, nil
}

// IsText reports whether the part of a revision is of its text, and not of what stands
// around it: headline, standfirst, names and places.
func IsText(name string) bool {
	for _, prefix := range []string{"block.", "voice.", "citation."} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// IsAround reports whether the part of a revision stands around its text even when that
// is withdrawn: headline, names, section, topics and time.
func IsAround(name string) bool {
	for _, prefix := range []string{"headline", "byline.", "section", "topic.", "first-published"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}
