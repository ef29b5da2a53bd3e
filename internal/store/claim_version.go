package store

import (
	"time"

	"standfirst"
)

// Version returns the version with the identifier.
func (tx *ReadTx) Version(id standfirst.ClaimVersionID, a Audience) (standfirst.ClaimVersion, error) {
	versions, err := tx.versions(a, "Version", a.everything(), int64(id))
	if err == nil && len(versions) == 0 {
		err = errNoRow
	}
	if err != nil {
		return standfirst.ClaimVersion{}, missing(err, "there is no version %d of a claim", id)
	}
	return versions[0], nil
}

// Versions returns every version of the claim, by number.
func (tx *ReadTx) Versions(id standfirst.ClaimID, a Audience) ([]standfirst.ClaimVersion, error) {
	return tx.versions(a, "Versions", a.everything(), int64(id))
}

// VersionsOf returns every version of every claim about the subject, by claim and
// number. It costs two queries.
func (tx *ReadTx) VersionsOf(s standfirst.Subject, a Audience) ([]standfirst.ClaimVersion, error) {
	return tx.versions(a, "VersionsOf", a.everything(), subjectKey(s))
}

// plainVersions bounds how many versions of claims without further dimensions
// [ReadTx.ShownVersionsOf] returns: stages, commitments of parties, a valuation.
const plainVersions = 500

// ShownVersionsOf returns what there is to show of a subject of whatever size: the newest
// 500 versions of plain claims, up to most of those that are
// current, and up to most of those that were recorded last, each once, by claim and
// number. It costs two queries.
func (tx *ReadTx) ShownVersionsOf(s standfirst.Subject, most int, a Audience) ([]standfirst.ClaimVersion, error) {
	return tx.versions(a, "ShownVersionsOf", a.everything(), subjectKey(s), int64(plainVersions), int64(most))
}

// VersionsByClaims returns every version of the claims, by claim and number. It costs
// two queries.
func (tx *ReadTx) VersionsByClaims(ids []standfirst.ClaimID, a Audience) ([]standfirst.ClaimVersion, error) {
	return tx.versions(a, "VersionsByClaims", a.everything(), toList(ids))
}

// VersionsByID returns those of the versions that are there, by identifier. It costs two
// queries.
func (tx *ReadTx) VersionsByID(ids []standfirst.ClaimVersionID, a Audience) ([]standfirst.ClaimVersion, error) {
	return tx.versions(a, "VersionsByID", a.everything(), toList(ids))
}

// UnreleasedVersions returns up to limit current versions that readers do not see, the
// newest first. A list goes on with those before the last one it showed; it begins with
// before = 0.
func (tx *ReadTx) UnreleasedVersions(before standfirst.ClaimVersionID, limit int) ([]standfirst.ClaimVersionID, error) {
	return all(tx, scanID[standfirst.ClaimVersionID], "UnreleasedVersions", belowID(before), int64(limit))
}

// UncheckedVersions returns up to limit current versions that no editor has looked at,
// oldest first. A list goes on after the last one it showed; it begins with after = 0.
func (tx *ReadTx) UncheckedVersions(after standfirst.ClaimVersionID, limit int) ([]standfirst.ClaimVersion, error) {
	return tx.versions(ForDesk, "UncheckedVersions", ForDesk.everything(), int64(after), int64(limit))
}

// ReleasedVersions returns up to limit versions that readers see, of any claim, in the order
// in which they came to see them. A list goes on after the last one it showed; it begins with after = 0.
func (tx *ReadTx) ReleasedVersions(after standfirst.ClaimVersionID, limit int) ([]standfirst.ClaimVersion, error) {
	return tx.versions(ForReaders, "ReleasedVersions", ForReaders.everything(), int64(after), int64(limit))
}

// versions returns the versions of the query with their attributions.
func (tx *ReadTx) versions(a Audience, name string, args ...any) ([]standfirst.ClaimVersion, error) {
	versions, err := all(tx, scanVersion, name, args...)
	if err != nil || len(versions) == 0 {
		return nil, err
	}
	return versions, tx.attribute(versions, a)
}

func scanVersion(row scanner) (v standfirst.ClaimVersion, err error) {
	var (
		date      standfirst.DateRange
		checkedAt time.Time
	)
	// Every column is scanned by a type of this package: a row has many, and the database
	// package would convert each by reflection.
	err = row.Scan(numberInto(&v.ID), numberInto(&v.Claim), numberInto(&v.Number), quantityInto{&v.Value.Quantity},
		textInto(&v.Value.Basis), textInto(&v.Value.Stage), (*day)(&date.From), (*day)(&date.To), textInto(&date.Precision),
		(*day)(&v.AsOf.From), (*day)(&v.AsOf.To), textInto(&v.AsOf.Precision), textInto(&v.Modality), textInto(&v.Evidence), &v.Words,
		numberInto(&v.Supersedes), textInto(&v.Class), textInto(&v.Cause), &v.Note,
		(*flag)(&v.Unchecked), (*instant)(&checkedAt), (*instant)(&v.RecordedAt), &v.RecordedBy, (*instant)(&v.ReleasedAt),
		(*flag)(&v.Erased), textInto(&v.Ended), (*instant)(&v.EndedAt))
	if date != (standfirst.DateRange{}) {
		v.Value.Date = &date
	}
	v.Unchecked = v.Unchecked && checkedAt.IsZero()
	return v, err
}

// InsertVersion stores a new version of a claim with its attributions and gives it its
// number, from 1. It returns an Invalid error for a quantity that says nothing or the
// impossible. A zero time of recording becomes now; if the version is released, so
// are its attributions. It does not end the version that it supersedes: see
// [Tx.InsertEnd]. A version that does not stay current by itself is due to expire from
// then on, see [ReadTx.VersionsToExpire].
func (tx *Tx) InsertVersion(v standfirst.ClaimVersion) (standfirst.ClaimVersionID, error) {
	claim, err := tx.Claim(v.Claim)
	if err != nil {
		return 0, err
	}
	v.RecordedAt = tx.orNow(v.RecordedAt)
	var quantity any
	if v.Value.Quantity != nil {
		if err := v.Value.Quantity.Validate(); err != nil {
			return 0, err
		}
		quantity = toJSON(v.Value.Quantity)
	}
	var date standfirst.DateRange
	if v.Value.Date != nil {
		date = *v.Value.Date
	}
	id, err := one(&tx.ReadTx, scanID[standfirst.ClaimVersionID], "InsertVersion", int64(v.Claim), quantity, string(v.Value.Basis),
		string(v.Value.Stage), toDay(date.From), toDay(date.To), string(date.Precision),
		toDay(v.AsOf.From), toDay(v.AsOf.To), string(v.AsOf.Precision), string(v.Modality), string(v.Evidence), v.Words,
		toNumber(v.Supersedes), string(v.Class), string(v.Cause), v.Note, toFlag(v.Unchecked),
		toMicros(v.RecordedAt), v.RecordedBy, toMicros(v.ReleasedAt), subjectKey(claim.Subject), toFlag(claim.Dimensions.Plain()))
	if err != nil {
		return 0, err
	}
	for _, a := range v.Attributions {
		if err := tx.insertAttribution(id, a, 0, v.RecordedAt, v.ReleasedAt); err != nil {
			return 0, err
		}
	}
	if v.Supersedes == 0 {
		if _, err := tx.exec("NoteSeveral", int64(v.Claim), int64(v.Claim), int64(id)); err != nil {
			return 0, err
		}
	}
	return id, tx.expect(id, claim.Property, v.Evidence, v.RecordedAt)
}

// CheckVersion records that somebody looked at a version that the copy desk recorded.
func (tx *Tx) CheckVersion(id standfirst.ClaimVersionID, at time.Time, by string) error {
	changed, err := tx.exec("CheckVersion", toMicros(tx.orNow(at)), by, int64(id))
	if err == nil && changed == 0 {
		err = errNoRow
	}
	return missing(err, "there is no version %d of a claim", id)
}

// ReleaseVersions lets readers see the versions from the time on, with the
// attributions that belong to no story's publication. It returns the versions that
// they could not see before.
func (tx *Tx) ReleaseVersions(ids []standfirst.ClaimVersionID, at time.Time) ([]standfirst.ClaimVersionID, error) {
	released, err := release(tx, "ReleaseVersions", ids, at)
	if err != nil || len(ids) == 0 {
		return released, err
	}
	_, err = tx.exec("ReleaseAttributionsOfVersions", toMicros(at), toList(ids))
	return released, err
}

// EraseVersion removes what the version states, its words and where it comes from, and
// what was noted when it or the one before it ended. The version stays as a stub.
func (tx *Tx) EraseVersion(id standfirst.ClaimVersionID) error {
	changed, err := tx.exec("EraseVersion", int64(id))
	if err == nil && changed == 0 {
		err = errNoRow
	}
	if err != nil {
		return missing(err, "there is no version %d of a claim", id)
	}
	for _, name := range []string{"DeleteAttributions", "DeleteExpiry"} {
		if _, err := tx.exec(name, int64(id)); err != nil {
			return err
		}
	}
	_, err = tx.exec("EraseEnds", int64(id))
	return err
}
