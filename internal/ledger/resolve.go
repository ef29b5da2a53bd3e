package ledger

import (
	"slices"

	"standfirst"
	"standfirst/internal/store"
)

// Resolve returns the citations with the version of its claim that each means: the one
// whose value its words state, a held one before one that was superseded; where the
// words state none of them, the newest that readers hold, or else the newest that the
// desk holds. It returns an Invalid error that names the words of a link to a claim
// that does not exist.
func Resolve(tx *store.ReadTx, citations []standfirst.Citation) ([]standfirst.Citation, error) {
	if len(citations) == 0 {
		return nil, nil
	}
	ids := claimsOf(citations)
	versions, err := tx.VersionsByClaims(ids, store.ForDesk)
	if err != nil {
		return nil, err
	}
	shown, err := tx.VersionsByClaims(ids, store.ForReaders)
	if err != nil {
		return nil, err
	}
	forReaders := make(map[standfirst.ClaimVersionID]bool) // what they hold
	for _, v := range shown {
		forReaders[v.ID] = v.Ended == standfirst.Current
	}
	byClaim := make(map[standfirst.ClaimID][]standfirst.ClaimVersion)
	for _, v := range versions {
		byClaim[v.Claim] = append(byClaim[v.Claim], v)
	}
	resolved := slices.Clone(citations)
	for i, c := range resolved {
		if len(byClaim[c.Claim]) == 0 {
			return nil, standfirst.Errorf(standfirst.Invalid,
				"“%s” cites figure %s, and there is no such figure; standfirst claim list shows what there is", c.Words, c.Claim)
		}
		resolved[i].Version = meant(c.Words, byClaim[c.Claim], forReaders)
	}
	return resolved, nil
}

// meant returns the version that the words mean. Versions are in the order of
// recording, as the desk knows them. What is held back from readers is meant only where
// the words state exactly it, or where readers hold nothing.
func meant(words string, versions []standfirst.ClaimVersion, forReaders map[standfirst.ClaimVersionID]bool) standfirst.ClaimVersionID {
	stated, err := standfirst.ParseQuantity(words)
	known := slices.ContainsFunc(versions, func(v standfirst.ClaimVersion) bool { return forReaders[v.ID] })
	best, rank := standfirst.ClaimVersionID(0), -1
	for _, v := range versions {
		r := 0
		if err == nil && v.Value.Quantity != nil {
			q := asStated(*v.Value.Quantity, stated)
			switch {
			case stated.Equal(q):
				r += 8
			case stated.Overlaps(q) && (forReaders[v.ID] || v.Ended == standfirst.Current && !known):
				r += 4
			}
		}
		if forReaders[v.ID] {
			r += 2
		}
		if v.Ended == standfirst.Current {
			r++
		}
		if r >= rank { // the later of two equals
			best, rank = v.ID, r
		}
	}
	return best
}
