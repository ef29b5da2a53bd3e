package ledger

import (
	"standfirst"
	"standfirst/internal/store"
)

// Released returns up to limit versions that readers see after the one that is given, in the
// order in which they came to see them. It costs the same few queries whatever the ledger holds.
func Released(tx *store.ReadTx, after standfirst.ClaimVersionID, limit int) ([]Recording, error) {
	versions, err := tx.ReleasedVersions(after, limit)
	if err != nil {
		return nil, err
	}
	return described(tx, versions)
}

// ReleasedOf returns every version about the subject that readers see, by claim.
func ReleasedOf(tx *store.ReadTx, s standfirst.Subject) ([]Recording, error) {
	versions, err := tx.VersionsOf(s, store.ForReaders)
	if err != nil {
		return nil, err
	}
	return described(tx, versions)
}

// described returns the versions with their claims and what those are figures of.
func described(tx *store.ReadTx, versions []standfirst.ClaimVersion) ([]Recording, error) {
	ids := make([]standfirst.ClaimID, len(versions))
	for i, v := range versions {
		ids[i] = v.Claim
	}
	claims, err := tx.ClaimsByID(ids)
	if err != nil {
		return nil, err
	}
	called, err := namesOf(tx, claims)
	byID := make(map[standfirst.ClaimID]standfirst.Claim, len(claims))
	for _, c := range claims {
		byID[c.ID] = c
	}
	found := make([]Recording, len(versions))
	for i, v := range versions {
		c := byID[v.Claim]
		found[i] = Recording{Claim: c, Title: called.of(c), Version: v}
	}
	return found, err
}
