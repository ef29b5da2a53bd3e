package record

import (
	"slices"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// EraseClaim removes the salts of a claim version that is erased, and puts the takedown
// on the record if readers have seen it.
func EraseClaim(tx *store.Tx, v standfirst.ClaimVersion, at time.Time) error {
	return erase(tx, Entry{Kind: ClaimKind, Claim: v.Claim, Number: v.Number}, at)
}

// EraseNotice is the same for a notice.
func EraseNotice(tx *store.Tx, id standfirst.NoticeID, at time.Time) error {
	return erase(tx, Entry{Kind: NoticeKind, Notice: id}, at)
}

// EraseRevision is the same for the published version of a story: for the named parts of
// it, or all of it.
func EraseRevision(tx *store.Tx, story standfirst.StoryID, number int, at time.Time, parts ...string) error {
	return erase(tx, Entry{Kind: RevisionKind, Story: story, Number: number}, at, parts...)
}

// EraseRetraction is the same for the note of a retraction.
func EraseRetraction(tx *store.Tx, story standfirst.Story, at time.Time) error {
	return erase(tx, Entry{Kind: RetractedKind, Story: story.ID, Number: story.PublishedNumber}, at)
}

// erase removes the salts of the named parts of what the entry is about, or of all.
func erase(tx *store.Tx, e Entry, at time.Time, names ...string) error {
	row, err := tx.RecordEntryOf(e.Subject(), string(e.Kind), e.Number)
	if err != nil {
		if standfirst.KindOf(err) == standfirst.NotFound {
			return nil // readers never saw it
		}
		return err
	}
	parts, err := parseParts(row.Parts)
	if err != nil {
		return err
	}
	for i := range parts {
		if len(names) == 0 || slices.Contains(names, parts[i].Name) {
			parts[i].Salt = ""
		}
	}
	if err := tx.SetRecordParts(row.Position, formatParts(parts)); err != nil {
		return err
	}
	Append(tx, Takedown(at, e, names...))
	return nil
}
