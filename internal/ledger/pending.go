package ledger

import (
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
func prepare(tx *store.Tx, actor standfirst.Actor, at time.Time, id standfirst.StoryID, claim standfirst.ClaimID, now standfirst.ClaimVersion) error {
	if now.Value.Quantity == nil {
		return nil // a stage or a day is for a human to word
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
	content, changed := Reword(revision.Content, claim, *now.Value.Quantity)
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

// Reword returns the content with the words of every citation of the claim replaced by
// the quantity, in the form that the old words had, and whether any were.
func Reword(c standfirst.Content, claim standfirst.ClaimID, held standfirst.Quantity) (standfirst.Content, bool) {
	var b strings.Builder
	at, shift, changed := 0, 0, false
	citations := make([]standfirst.Citation, len(c.Citations))
	for i, citation := range c.Citations {
		citations[i] = citation
		citations[i].Start += shift
		if citation.Claim == claim && !states(citation.Words, held) {
			words := held.InFormOf(citation.Words)
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
	return err == nil && stated.Equal(q)
}
