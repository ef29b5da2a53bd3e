package store

import (
	"slices"
	"time"

	"standfirst"
)

// attributionRow is an attribution and the version that it belongs to.
type attributionRow struct {
	version     standfirst.ClaimVersionID
	attribution standfirst.Attribution
}

// attribute reads the attributions of the versions, in the order of recording.
func (tx *ReadTx) attribute(versions []standfirst.ClaimVersion, a Audience) error {
	ids := make([]standfirst.ClaimVersionID, len(versions))
	at := make(map[standfirst.ClaimVersionID]int, len(versions))
	for i, v := range versions {
		ids[i], at[v.ID] = v.ID, i
	}
	name, scan := "Attributions", scanAttribution
	if a == ForReaders {
		name, scan = "ReleasedAttributions", scanReleasedAttribution
	}
	rows, err := all(tx, scan, name, toList(ids))
	for _, row := range rows {
		v := &versions[at[row.version]]
		v.Attributions = append(v.Attributions, row.attribution)
	}
	return err
}

func scanAttribution(row scanner) (r attributionRow, err error) {
	a := &r.attribution
	err = row.Scan(numberInto(&r.version), textInto(&a.Kind), &a.Name, numberInto(&a.Entity), &a.Outlet, &a.ViaOutlet, &a.DocumentURL,
		numberInto(&a.LeastSources), textInto(&a.Proximity), &a.GroundRule, &a.Words, (*day)(&a.Day), numberInto(&a.Story), (*instant)(&a.ReleasedAt))
	return r, err
}

func scanReleasedAttribution(row scanner) (r attributionRow, err error) {
	err = row.Scan(numberInto(&r.version), &r.attribution.Words, (*day)(&r.attribution.Day))
	return r, err
}

func (tx *Tx) insertAttribution(id standfirst.ClaimVersionID, a standfirst.Attribution, story standfirst.StoryID, at, releasedAt time.Time) error {
	_, err := tx.exec("InsertAttribution", int64(id), toNumber(story), string(a.Kind), a.Name, toNumber(a.Entity), a.Outlet, a.ViaOutlet,
		a.DocumentURL, int64(a.LeastSources), string(a.Proximity), a.GroundRule, a.Words, toDay(a.Day), toMicros(at), toMicros(releasedAt))
	return err
}

// AddAttribution adds another place where the version comes from. It was heard of
// again, so its time to live begins anew. A zero time becomes now.
//
// The attribution waits for the publication of the story that prints its words, see
// [Tx.ReleaseAttributions]: the version may be known to readers already, and the
// publication of other stories that cite it must not show what a draft holds. With a
// zero story it waits for the next [Tx.ReleaseVersions].
func (tx *Tx) AddAttribution(id standfirst.ClaimVersionID, a standfirst.Attribution, story standfirst.StoryID, at time.Time) error {
	at = tx.orNow(at)
	property, err := one(&tx.ReadTx, scanProperty, "PropertyOfVersion", int64(id))
	if err != nil {
		return missing(err, "there is no version %d of a claim", id)
	}
	if err := tx.insertAttribution(id, a, story, at, time.Time{}); err != nil {
		return err
	}
	return tx.hearAgain(id, property, at)
}

// VersionsOfStory returns the versions for which the story names a source, in the order of
// their identifiers.
func (tx *ReadTx) VersionsOfStory(id standfirst.StoryID) ([]standfirst.ClaimVersionID, error) {
	return all(tx, scanID[standfirst.ClaimVersionID], "VersionsOfStory", int64(id))
}

// ReleaseAttributions lets readers see from the time on what the story added to
// versions. It returns the versions to which it added something that they could not
// see before, each once.
func (tx *Tx) ReleaseAttributions(story standfirst.StoryID, at time.Time) ([]standfirst.ClaimVersionID, error) {
	ids, err := all(&tx.ReadTx, scanID[standfirst.ClaimVersionID], "ReleaseAttributionsOfStory", toMicros(at), int64(story))
	slices.Sort(ids)
	return slices.Compact(ids), err
}
