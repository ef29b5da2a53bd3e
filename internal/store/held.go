package store

import "standfirst"

// ClaimsNamed returns those of the claims about the subject that are of one of the
// properties and have one of the dimensions, by property and dimensions. It
// costs the same however many other claims there are. Whether readers may know of a
// claim is for its versions to say.
func (tx *ReadTx) ClaimsNamed(s standfirst.Subject, properties []standfirst.Property, dimensions []standfirst.Dimensions) ([]standfirst.Claim, error) {
	keys := make([]string, len(dimensions))
	for i, d := range dimensions {
		keys[i] = d.Key()
	}
	return all(tx, scanClaim, "ClaimsNamed", subjectKey(s), toList(properties), toList(keys))
}

// ClaimsOfProperties returns the claims about one of the subjects that are of one of the
// properties, by identifier.
func (tx *ReadTx) ClaimsOfProperties(subjects []standfirst.Subject, properties []standfirst.Property) ([]standfirst.Claim, error) {
	keys := make([]string, len(subjects))
	for i, s := range subjects {
		keys[i] = subjectKey(s)
	}
	return all(tx, scanClaim, "ClaimsOfProperties", toList(keys), toList(properties))
}

// PlainClaims returns the claims of the property about one of the subjects as a whole, by
// identifier: where each of some deals stands, for instance.
func (tx *ReadTx) PlainClaims(subjects []standfirst.Subject, p standfirst.Property) ([]standfirst.Claim, error) {
	keys := make([]string, len(subjects))
	for i, s := range subjects {
		keys[i] = subjectKey(s)
	}
	return all(tx, scanClaim, "PlainClaims", toList(keys), string(p))
}

// HeldVersions returns the versions of the claims that are current and not erased, by
// claim and number, without their attributions.
func (tx *ReadTx) HeldVersions(ids []standfirst.ClaimID, a Audience) ([]standfirst.ClaimVersion, error) {
	return all(tx, scanVersion, "HeldVersions", a.everything(), toList(ids))
}

// NewestVersions returns up to limit versions of the claims, what was recorded last
// first, without their attributions.
func (tx *ReadTx) NewestVersions(ids []standfirst.ClaimID, limit int, a Audience) ([]standfirst.ClaimVersion, error) {
	return all(tx, scanVersion, "NewestVersions", a.everything(), toList(ids), int64(limit))
}

// LedgerLists says in which of its lists the ledger has anything for readers.
type LedgerLists struct{ Deals, Notices bool }

// LedgerLists returns in which of its lists the ledger has anything for readers.
func (tx *ReadTx) LedgerLists() (LedgerLists, error) {
	return one(tx, func(row scanner) (l LedgerLists, err error) {
		err = row.Scan((*flag)(&l.Deals), (*flag)(&l.Notices))
		return l, err
	}, "LedgerLists")
}
