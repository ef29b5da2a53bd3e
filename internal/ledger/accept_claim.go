package ledger

import (
	"slices"

	"standfirst"
	"standfirst/internal/copydesk"
	"standfirst/internal/store"
)

// claim finds or records the proposed claim and its version.
func (a *accepting) claim(p copydesk.ClaimProposal) (standfirst.ClaimID, error) {
	var subject standfirst.Subject
	if p.Deal >= 0 {
		subject.Deal = a.deal[p.Deal]
	} else {
		subject.Entity = a.entity[p.Entity]
	}
	dimensions := p.Dimensions
	if p.Party >= 0 {
		dimensions.Party = a.entity[p.Party]
	}
	id, held, err := a.find(subject, p.Property, dimensions)
	if err != nil {
		return 0, err
	}
	version := a.versionOf(p)
	version.Claim = id
	for _, v := range held {
		if canBothHold(v.Value, version.Value) {
			return v.Claim, a.corroborate(v, version.Attributions)
		}
	}
	_, err = a.record(version)
	return id, err
}

// find returns the claim about the subject, made if there is none, and what is held of
// it, in the order of recording.
func (a *accepting) find(s standfirst.Subject, p standfirst.Property, d standfirst.Dimensions) (standfirst.ClaimID, []standfirst.ClaimVersion, error) {
	claim, err := a.tx.ClaimByKey(s, p, d)
	if isNotFound(err) {
		id, err := a.tx.InsertClaim(standfirst.Claim{Subject: s, Property: p, Dimensions: d, CreatedAt: a.now()})
		return id, nil, err
	}
	if err != nil {
		return 0, nil, err
	}
	held, err := heldOf(&a.tx.ReadTx, claim)
	return claim.ID, held, err
}

// heldOf returns what the desk holds of the claim and of those that say the same of the
// same, in the order of recording.
func heldOf(tx *store.ReadTx, c standfirst.Claim) ([]standfirst.ClaimVersion, error) {
	all, err := tx.WithSame([]standfirst.Claim{c})
	if err != nil {
		return nil, err
	}
	versions, err := tx.VersionsByClaims(idsOf(all), store.ForDesk)
	if len(all) > 1 {
		versions = oneVoice(c.Property, versions)
	}
	return current(versions), err
}

// versionOf returns the version that the proposal states.
func (a *accepting) versionOf(p copydesk.ClaimProposal) standfirst.ClaimVersion {
	v := standfirst.ClaimVersion{
		Value: p.Value, AsOf: p.AsOf, Modality: p.Modality, Evidence: p.Evidence, Words: p.Text,
		Unchecked: a.options.Unchecked, RecordedAt: a.now(), RecordedBy: a.actor.String(),
	}
	if v.AsOf.From.IsZero() {
		v.AsOf = standfirst.DateRange{From: a.options.Day, To: a.options.Day, Precision: standfirst.PrecisionDay}
	}
	if v.Modality == "" {
		v.Modality = standfirst.Actual
	}
	if p.Attribution != nil {
		source := *p.Attribution
		if source.Day.IsZero() {
			source.Day = a.options.Day
		}
		v.Attributions = []standfirst.Attribution{source}
	}
	return v
}

// record stores a new version and, if it supersedes another, the end of that one.
func (a *accepting) record(v standfirst.ClaimVersion) (standfirst.ClaimVersion, error) {
	sources := v.Attributions
	v.Attributions = nil
	v, err := recordVersion(a.tx, v)
	if err != nil {
		return v, err
	}
	// They wait for the story: another draft may state the same and be published first.
	for _, source := range sources {
		if err := a.tx.AddAttribution(v.ID, source, a.options.Story, a.now()); err != nil {
			return v, err
		}
	}
	return v, nil
}

// corroborate adds the sources of the proposal to the version that it agrees with, where
// nobody of the same origin has said so already. What only another draft says does not
// count: its story may never be published. Evidence is not raised by it.
func (a *accepting) corroborate(held standfirst.ClaimVersion, sources []standfirst.Attribution) error {
	for _, source := range sources {
		same := func(k standfirst.Attribution) bool {
			return k.Origin() == source.Origin() && k.Kind == source.Kind && (k.Story == a.options.Story || !k.ReleasedAt.IsZero())
		}
		if slices.ContainsFunc(held.Attributions, same) {
			continue
		}
		if err := a.tx.AddAttribution(held.ID, source, a.options.Story, a.now()); err != nil {
			return err
		}
	}
	return nil
}

// canBothHold reports whether two values of one claim agree: figures that share a
// possible value, the same stage, or days that meet. What is stated on different bases
// is not compared here: a round may explain the difference.
func canBothHold(a, b standfirst.Value) bool {
	switch {
	case a.Quantity != nil && b.Quantity != nil:
		sameBasis := a.Basis == b.Basis || a.Basis == standfirst.BasisUnspecified || b.Basis == standfirst.BasisUnspecified
		return sameBasis && a.Quantity.Overlaps(*b.Quantity)
	case a.Date != nil && b.Date != nil:
		return !a.Date.To.Before(b.Date.From) && !b.Date.To.Before(a.Date.From)
	default:
		return a.Stage != "" && a.Stage == b.Stage
	}
}
