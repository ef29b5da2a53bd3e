package store

import (
	"slices"
	"time"

	"standfirst"
)

// End is how the time of a claim version as current ended. The last end of a version
// counts.
type End struct {
	Version   standfirst.ClaimVersionID
	Lifecycle standfirst.Lifecycle
	// At is when the newsroom recorded it, for readers when it was released.
	At         time.Time
	By         standfirst.ClaimVersionID // the version that superseded it; zero for a retraction or expiry
	Class      standfirst.ChangeClass
	Note       string // for readers, plain text
	RecordedBy string
	ReleasedAt time.Time // zero until readers may see it
}

// Ends returns the ends of all versions of the claim in the order of recording.
func (tx *ReadTx) Ends(id standfirst.ClaimID, a Audience) ([]End, error) {
	ends, err := all(tx, scanEnd, "Ends", int64(id), a.everything())
	return seenBy(ends, a), err
}

// EndsOfVersions returns the ends of the versions in the order of recording.
func (tx *ReadTx) EndsOfVersions(ids []standfirst.ClaimVersionID, a Audience) ([]End, error) {
	ends, err := all(tx, scanEnd, "EndsOfVersions", toList(ids), a.everything())
	return seenBy(ends, a), err
}

// seenBy returns the ends with the time from which the audience knows them.
func seenBy(ends []End, a Audience) []End {
	if a == ForReaders {
		for i := range ends {
			ends[i].At = ends[i].ReleasedAt
		}
	}
	return ends
}

func scanEnd(row scanner) (e End, err error) {
	err = row.Scan(&e.Version, &e.Lifecycle, (*instant)(&e.At), numberInto(&e.By), &e.Class, &e.Note, &e.RecordedBy,
		(*instant)(&e.ReleasedAt))
	return e, err
}

// InsertEnd records that a version is current no more. A zero At becomes now.
func (tx *Tx) InsertEnd(e End) error {
	_, err := tx.exec("InsertEnd", int64(e.Version), string(e.Lifecycle), toMicros(tx.orNow(e.At)), toNumber(e.By), string(e.Class),
		e.Note, e.RecordedBy, toMicros(e.ReleasedAt))
	if err != nil {
		return err
	}
	_, err = tx.exec("DeleteExpiry", int64(e.Version))
	return err
}

// ReleaseEnds lets readers see from the time on that the versions by superseded
// others. It returns the ends that they could not see before, by version.
func (tx *Tx) ReleaseEnds(by []standfirst.ClaimVersionID, at time.Time) ([]End, error) {
	ends, err := all(&tx.ReadTx, scanEnd, "ReleaseEnds", toMicros(at), toList(by))
	return sortedEnds(ends), err
}

// ReleaseEndsOf lets readers see from the time on how the time of the versions ended.
// It returns the ends that they could not see before, by version.
func (tx *Tx) ReleaseEndsOf(versions []standfirst.ClaimVersionID, at time.Time) ([]End, error) {
	ends, err := all(&tx.ReadTx, scanEnd, "ReleaseEndsOf", toMicros(at), toList(versions))
	return sortedEnds(ends), err
}

func sortedEnds(ends []End) []End {
	slices.SortStableFunc(ends, func(a, b End) int { return int(a.Version - b.Version) })
	return ends
}
