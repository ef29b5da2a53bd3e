package store

import "standfirst"

// subjectKey returns the text by which what is said of the subject is found.
func subjectKey(s standfirst.Subject) string {
	if s.Deal != 0 {
		return string(standfirst.DealTag(s.Deal))
	}
	return string(standfirst.EntityTag(s.Entity))
}

// requireSubject returns an Invalid error unless the subject is one deal or one entity.
func requireSubject(s standfirst.Subject) error {
	if (s.Deal == 0) == (s.Entity == 0) {
		return standfirst.Errorf(standfirst.Invalid, "it must be about one deal or one entity")
	}
	return nil
}

// Claim returns the claim with the identifier. Whether readers may know of it is for
// its versions to say.
func (tx *ReadTx) Claim(id standfirst.ClaimID) (standfirst.Claim, error) {
	c, err := one(tx, scanClaim, "Claim", int64(id))
	return c, missing(err, "there is no claim %d", id)
}

// ClaimByKey returns the claim of the property and dimensions about the subject.
func (tx *ReadTx) ClaimByKey(s standfirst.Subject, p standfirst.Property, d standfirst.Dimensions) (standfirst.Claim, error) {
	c, err := one(tx, scanClaim, "ClaimByKey", subjectKey(s), string(p), d.Key())
	return c, missing(err, "there is no claim of %s %s about %s", p, d.Key(), subjectKey(s))
}

// ClaimsOf returns every claim about the subject, in the order of their identifiers;
// for readers those of which a version is released.
func (tx *ReadTx) ClaimsOf(s standfirst.Subject, a Audience) ([]standfirst.Claim, error) {
	return all(tx, scanClaim, "ClaimsOf", subjectKey(s), a.everything())
}

// ClaimsOfParty returns every claim that is about the entity as a party, in the order of
// their identifiers, whether readers see something of it or not.
func (tx *ReadTx) ClaimsOfParty(id standfirst.EntityID) ([]standfirst.Claim, error) {
	return all(tx, scanClaim, "ClaimsOfParty", int64(id))
}

// ComparedClaims returns up to limit claims that figures of other claims may contradict, stakes
// and what was raised, the newest first. A list goes on with those before the last one it
// showed; it begins with before = 0.
func (tx *ReadTx) ComparedClaims(before standfirst.ClaimID, limit int) ([]standfirst.Claim, error) {
	return all(tx, scanClaim, "ComparedClaims", belowID(before), int64(limit))
}

// SeveralClaims returns up to limit claims of which several versions were recorded beside
// each other, or that say the same as others since entities were merged, the newest first.
// Whether what is held of them is in conflict is for its reader to find. A list goes on with
// those before the last one it showed; it begins with before = 0.
func (tx *ReadTx) SeveralClaims(before standfirst.ClaimID, limit int) ([]standfirst.Claim, error) {
	return all(tx, scanClaim, "SeveralClaims", belowID(before), int64(limit))
}

// ClaimsByID returns those of the claims that are there, each once, in the order of
// their identifiers.
func (tx *ReadTx) ClaimsByID(ids []standfirst.ClaimID) ([]standfirst.Claim, error) {
	return all(tx, scanClaim, "ClaimsByID", toList(ids))
}

func scanClaim(row scanner) (c standfirst.Claim, err error) {
	d := &c.Dimensions
	err = row.Scan(numberInto(&c.ID), numberInto(&c.Subject.Deal), numberInto(&c.Subject.Entity), textInto(&c.Property),
		numberInto(&d.Party), &d.Tranche, (*day)(&d.Day), &d.Period, &d.Event, (*instant)(&c.CreatedAt), numberInto(&c.SameAs))
	return c, err
}

// InsertClaim stores a new claim. A zero time of creation becomes now. It returns a
// Conflict error if there is one of the same subject, property and dimensions.
func (tx *Tx) InsertClaim(c standfirst.Claim) (standfirst.ClaimID, error) {
	if err := requireSubject(c.Subject); err != nil {
		return 0, err
	}
	d := c.Dimensions
	id, err := one(&tx.ReadTx, scanID[standfirst.ClaimID], "InsertClaim", subjectKey(c.Subject), toNumber(c.Subject.Deal),
		toNumber(c.Subject.Entity), string(c.Property), d.Key(), toNumber(d.Party), d.Tranche, toDay(d.Day), d.Period, d.Event,
		toMicros(tx.orNow(c.CreatedAt)))
	return id, taken(err, "there is already a claim of %s %s about %s", c.Property, d.Key(), subjectKey(c.Subject))
}
