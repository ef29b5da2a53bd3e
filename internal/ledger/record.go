package ledger

import (
	"standfirst"
	"standfirst/internal/store"
)

// recordVersion stores a version and, if it supersedes another, the end of that one,
// which readers do not see before the version is released.
func recordVersion(tx *store.Tx, v standfirst.ClaimVersion) (standfirst.ClaimVersion, error) {
	id, err := tx.InsertVersion(v)
	if err != nil || v.Supersedes == 0 {
		v.ID = id
		return v, err
	}
	v.ID = id
	return v, tx.InsertEnd(store.End{
		Version: v.Supersedes, Lifecycle: v.Cause, At: v.RecordedAt, By: id, Class: v.Class, Note: v.Note, RecordedBy: v.RecordedBy,
	})
}

// claimTags returns the tags of the pages that show the claim: its own, those of its
// subject and its party, and the lists in which its deal stands.
func claimTags(c standfirst.Claim) []standfirst.Tag {
	tags := []standfirst.Tag{standfirst.ClaimTag(c.ID), standfirst.LedgerTag}
	if c.Subject.Deal != 0 {
		tags = append(tags, standfirst.DealTag(c.Subject.Deal), standfirst.DealsTag)
	}
	for _, id := range []standfirst.EntityID{c.Subject.Entity, c.Dimensions.Party} {
		if id != 0 {
			tags = append(tags, standfirst.EntityTag(id))
		}
	}
	return tags
}
