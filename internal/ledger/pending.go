package ledger

import (
	"slices"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/copydesk"
	"standfirst/internal/store"
)

// prepare makes the revision with which a story takes up the value that is held now:
// its published text, or the revision that waits already, with the words of each
// citation of the claim replaced. Readers see nothing of it before an editor publishes
// it. A story whose words say the new value already needs none.
func prepare(tx *store.Tx, actor standfirst.Actor, at time.Time, id standfirst.StoryID, claim standfirst.ClaimID, before, now standfirst.ClaimVersion) error {
	if now.Value.Quantity == nil {
		return nil // a stage or a day is for a human to word
	}
	if turned(before.Value, now.Value) {
		return nil // "fell" is for a human to word, too
	}
	story, err := tx.Story(id)
	if err != nil {
		return err
	}
	base := story.Current
	waiting, err := tx.Pending(id)
	switch {
	case err == nil:
		base = waiting.Revision
	case !isNotFound(err):
		return err
	}
	revision, err := tx.Revision(base)
	if err != nil {
		return err
	}
	others, err := otherValues(tx, claim, now)
	if err != nil {
		return err
	}
	content, changed := Reword(revision.Content, claim, *now.Value.Quantity, others...)
	if !changed {
		return nil
	}
	prepared, err := tx.InsertRevision(standfirst.Revision{
		StoryID: id, Purpose: standfirst.ForSupersession, Content: content, CreatedAt: at, CreatedBy: actor.String(),
	})
	if err != nil {
		return err
	}
	return tx.SetPending(store.Pending{Story: id, Revision: prepared, Version: now.ID, MadeAt: at})
}

// prepareAnew makes the revision that waits for a story again from its published text,
// after something that it takes up was withdrawn.
func prepareAnew(tx *store.Tx, actor standfirst.Actor, at time.Time, id standfirst.StoryID) error {
	if _, err := tx.Pending(id); err != nil {
		if isNotFound(err) {
			return nil
		}
		return err
	}
	if err := tx.DropPending(id); err != nil {
		return err
	}
	story, err := tx.Story(id)
	if err != nil {
		return err
	}
	cited, err := tx.Citations(story.Current)
	if err != nil {
		return err
	}
	for _, claim := range claimsOf(cited) {
		versions, err := tx.Versions(claim, store.ForReaders)
		if err != nil {
			return err
		}
		held := current(versions)
		before := slices.IndexFunc(versions, func(v standfirst.ClaimVersion) bool {
			return slices.ContainsFunc(cited, func(c standfirst.Citation) bool { return c.Version == v.ID })
		})
		if len(held) != 1 || held[0].Supersedes == 0 || before < 0 {
			continue
		}
		if err := prepare(tx, actor, at, id, claim, versions[before], held[0]); err != nil {
			return err
		}
	}
	return nil
}

// otherValues returns what else readers hold of the claim.
func otherValues(tx *store.Tx, claim standfirst.ClaimID, now standfirst.ClaimVersion) ([]standfirst.Quantity, error) {
	versions, err := tx.Versions(claim, store.ForReaders)
	var others []standfirst.Quantity
	for _, v := range current(versions) {
		if v.ID != now.ID && v.Value.Quantity != nil {
			others = append(others, *v.Value.Quantity)
		}
	}
	return others, err
}

// Reword returns the content with the words of every citation of the claim replaced by
// the quantity, in the form that the old words had, and whether any were. Words that say
// one of the other values, which are held beside it, stay.
func Reword(c standfirst.Content, claim standfirst.ClaimID, held standfirst.Quantity, others ...standfirst.Quantity) (standfirst.Content, bool) {
	known := append(slices.Clone(others), held)
	stays := func(words string) bool {
		return slices.ContainsFunc(known, func(q standfirst.Quantity) bool { return states(words, q) })
	}
	var b strings.Builder
	at, shift, changed := 0, 0, false
	citations := make([]standfirst.Citation, len(c.Citations))
	for i, citation := range c.Citations {
		citations[i] = citation
		citations[i].Start += shift
		if citation.Claim == claim && !stays(citation.Words) {
			words := inFormOf(held, citation.Words)
			link := "[" + words + "](" + standfirst.ClaimScheme + claim.String() + ")"
			b.WriteString(c.Body[at:citation.Start])
			b.WriteString(link)
			at, changed = citation.End, true
			shift += len(link) - (citation.End - citation.Start)
			citations[i].Words = words
		}
		citations[i].End = citation.End + shift
	}
	if !changed {
		return c, false
	}
	c.Body = b.String() + c.Body[at:]
	c.Quotations, c.Citations = copydesk.Quotations(c.Body), citations
	return c, true
}

// states reports whether the words say exactly the quantity.
func states(words string, q standfirst.Quantity) bool {
	stated, err := standfirst.ParseQuantity(words)
	return err == nil && stated.Equal(asStated(q, stated))
}

// InFormOf returns the quantity in the form of the words that it is to replace, as a story
// would print it there.
func InFormOf(q standfirst.Quantity, words string) string { return inFormOf(q, words) }

// inFormOf returns the quantity in the form of the words that it is to replace.
func inFormOf(q standfirst.Quantity, words string) string {
	if stated, err := standfirst.ParseQuantity(words); err == nil {
		q = asStated(q, stated)
	}
	return q.InFormOf(words)
}

// asStated returns the quantity to hold against one that words in a story state. A fall is
// negative here, and the sentence around its words says that it was one.
func asStated(q, stated standfirst.Quantity) standfirst.Quantity {
	size, direction := q.Change()
	if _, way := stated.Change(); direction == standfirst.Down && way == standfirst.Up {
		return size
	}
	return q
}

// turned reports whether one value is a fall and the other is not.
func turned(before, now standfirst.Value) bool {
	if before.Quantity == nil || now.Quantity == nil {
		return false
	}
	_, first := before.Quantity.Change()
	_, second := now.Quantity.Change()
	return first != second && (first == standfirst.Down || second == standfirst.Down)
}
