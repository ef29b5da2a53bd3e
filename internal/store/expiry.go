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
