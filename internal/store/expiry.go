package store

import (
	"time"

	"standfirst"
)

// VersionsToExpire returns up to limit current versions whose time to live is over at
// the time, the longest overdue first. [Tx.InsertEnd] takes a version out of them, so
// that asking again goes on.
func (tx *ReadTx) VersionsToExpire(now time.Time, limit int) ([]standfirst.ClaimVersion, error) {
	return tx.versions(ForDesk, "VersionsToExpire", ForDesk.everything(), now.UnixMicro(), int64(limit))
}

// Expiry is when a version ends unless it is heard of again. It is a place in the list of
// them as well; the zero Expiry is before the first.
type Expiry struct {
	DueAt   time.Time
	Version standfirst.ClaimVersionID
}

// Expiring returns up to limit of the versions that end by the time, after the one given,
// the first to end first.
func (tx *ReadTx) Expiring(after Expiry, until time.Time, limit int) ([]Expiry, error) {
	from := int64(0)
	if after.Version != 0 {
		from = after.DueAt.UnixMicro()
	}
	return all(tx, func(row scanner) (e Expiry, err error) {
		err = row.Scan((*instant)(&e.DueAt), numberInto(&e.Version))
		return e, err
	}, "Expiring", from, int64(after.Version), until.UnixMicro(), int64(limit))
}

// HearAgain lets the time to live of the version begin anew at the time. It returns a
// Conflict error for one that does not expire, or has.
func (tx *Tx) HearAgain(id standfirst.ClaimVersionID, at time.Time) error {
	property, err := one(&tx.ReadTx, scanProperty, "PropertyOfVersion", int64(id))
	if err != nil {
		return missing(err, "there is no version %d of a claim", id)
	}
	rule, _ := property.Rule()
	moved, err := tx.exec("MoveExpiry", toMicros(at.Add(rule.TimeToLive)), int64(id))
	if err == nil && moved == 0 {
		err = standfirst.Errorf(standfirst.Conflict, "version %d does not expire, or was heard of already", id)
	}
	return err
}

// expect notes when the new version expires, if it is of the kind that does.
func (tx *Tx) expect(id standfirst.ClaimVersionID, p standfirst.Property, e standfirst.Evidence, heardAt time.Time) error {
	rule, _ := p.Rule()
	if rule.TimeToLive == 0 || !expires(e) {
		return nil
	}
	_, err := tx.exec("InsertExpiry", int64(id), toMicros(heardAt.Add(rule.TimeToLive)))
	return err
}

// expires reports whether a version with the evidence is stale when nothing is heard
// of it any more: what was documented, confirmed or contradicted is not.
func expires(e standfirst.Evidence) bool {
	return e == standfirst.Rumoured || e == standfirst.ReportedAnonymous || e == standfirst.ReportedNamed
}

// hearAgain moves the expiry of the version, if it has one.
func (tx *Tx) hearAgain(id standfirst.ClaimVersionID, p standfirst.Property, at time.Time) error {
	rule, _ := p.Rule()
	_, err := tx.exec("MoveExpiry", toMicros(at.Add(rule.TimeToLive)), int64(id))
	return err
}

func scanProperty(row scanner) (p standfirst.Property, err error) {
	err = row.Scan(&p)
	return p, err
}
