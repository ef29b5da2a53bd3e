package record

import (
	"fmt"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"standfirst"
	"standfirst/internal/store"
)

// Append puts the entries on the record, in their order, in the transaction that does
// what they say: they are written as its last step, so that transactions which wait for
// each other at the head of the record do so shortly. The fields Previous and Digest are
// filled in: the digest is over Salted, whose parts get their salts here.
func Append(tx *store.Tx, entries ...Entry) {
	if len(entries) > 0 {
		put(tx, entries)
	}
}

// put is gather, in a variable so that a benchmark can see what publishing costs without
// it; nothing but export_test.go sets it.
var put = gather

// gather keeps the entries for the end of the transaction.
func gather(tx *store.Tx, entries []Entry) {
	tx.Touch(standfirst.RecordTag)
	for _, e := range entries {
		if e.Key != nil || e.Epoch != nil {
			tx.Touch(standfirst.RecordKeyTag)
		}
		if !e.Backfilled {
			tx.Recorded(store.Recorded{Kind: string(e.Kind), Story: e.Story, Claim: e.Claim, Notice: e.Notice, Number: e.Number, Class: e.Change})
		}
	}
	store.Gather(tx, gathering{}, appendNow, entries...)
}

// gathering is the key under which the entries of a transaction are gathered.
type gathering struct{}

// appendNow writes the entries.
func appendNow(tx *store.Tx, entries []Entry) error {
	head, err := tx.RecordHead()
	if err != nil {
		return err
	}
	tree, err := parseTree(head.Size, head.Edge)
	if err != nil {
		return err
	}
	last := make(map[string]int64, len(entries))
	rows := make([]store.RecordEntry, len(entries))
	for i, e := range entries {
		subject := e.Subject()
		before, known := last[subject]
		if !known {
			if before, err = tx.LastRecordEntry(subject); err != nil {
				return err
			}
		}
		e.Previous, last[subject] = before, tree.Size
		if e.Salted != nil {
			e.Salted = salt(e.Salted)
			e.Digest = Digest(e.Salted)
		}
		body := e.Canonical()
		if len(body) > maxEntry {
			return fmt.Errorf("record: the entry about %s has %d bytes", subject, len(body))
		}
		rows[i] = store.RecordEntry{
			Position: tree.Size, Subject: subject, Kind: string(e.Kind), Number: e.Number, Body: string(body), Parts: formatParts(e.Salted),
		}
		rows[i].Hashes = formatHashes(tree.Append(tlog.RecordHash(body)))
	}
	// The head first: who comes second waits there, and then begins anew.
	if err := tx.MoveRecordHead(head.Size, store.RecordHead{Size: tree.Size, Edge: formatHashes(tree.edge)}); err != nil {
		return err
	}
	for _, row := range rows {
		if err := tx.InsertRecordEntry(row); err != nil {
			return err
		}
	}
	return nil
}

// Revision returns the entry of a published revision.
func Revision(story standfirst.Story, r standfirst.Revision) Entry {
	return Entry{
		Kind: RevisionKind, Story: story.ID, Number: r.Number, Change: r.Change.Class, Time: r.PublishedAt,
		Salted: RevisionParts(r.Content, story.FirstPublished),
	}
}

// Claims returns the entries of versions of the claim that readers see from the time on.
func Claims(at time.Time, c standfirst.Claim, versions ...standfirst.ClaimVersion) []Entry {
	var entries []Entry
	for _, v := range versions {
		entries = append(entries, Entry{
			Kind: ClaimKind, Claim: v.Claim, Number: v.Number, Change: v.Class, Time: at, Salted: ClaimParts(c, v),
		})
	}
	return entries
}

// Withdrawn returns the entry of a story that was taken away from readers: unpublished or
// retracted, with the note that stands in its place.
func Withdrawn(story standfirst.Story, at time.Time) Entry {
	e := Entry{Kind: UnpublishedKind, Story: story.ID, Number: story.PublishedNumber, Time: at}
	if story.State == standfirst.Retracted {
		e.Kind, e.Salted = RetractedKind, NoteParts(story.RetractionNote)
	}
	return e
}

// Takedown returns the entry of something published that was erased: the story or its
// version, the version of a claim, or the notice, as a whole or the named parts of it.
func Takedown(at time.Time, e Entry, parts ...string) Entry {
	return Entry{Kind: TakedownKind, Story: e.Story, Claim: e.Claim, Notice: e.Notice, Number: e.Number, Time: at, Parts: parts}
}

// Notice returns the entry of a notice, which names the stories on which it stands and the
// version of a figure that it tells of.
func Notice(tx *store.ReadTx, n standfirst.Notice) (Entry, error) {
	e := Entry{Kind: NoticeKind, Notice: n.ID, Claim: n.Claim, Change: n.Class, Time: n.At, Salted: NoteParts(n.Text), Stories: noticeStories(n)}
	if n.Version == 0 {
		return e, nil
	}
	v, err := tx.Version(n.Version, store.ForDesk)
	e.ClaimVersion = v.Number
	return e, err
}

// noticeStories returns the stories of the notice as its entry has them.
func noticeStories(n standfirst.Notice) []standfirst.StoryID {
	if len(n.Stories) > maxStories {
		return nil
	}
	stories := append([]standfirst.StoryID{}, n.Stories...) // not nil: none is something to say
	slices.Sort(stories)
	return slices.Compact(stories)
}
