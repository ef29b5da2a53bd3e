package ledger

import (
	"slices"

	"standfirst"
)

// stages records where the proposed deals and their parties stand. No words of the text
// cite a stage: it is shown when the story that tells of it is published.
func (a *accepting) stages() error {
	for i, d := range a.proposals.Deals {
		subject := standfirst.Subject{Deal: a.deal[i]}
		if err := a.stage(i, subject, standfirst.Dimensions{}, d.Stage, d.StageWords); err != nil {
			return err
		}
		for _, p := range d.Parties {
			party := standfirst.Dimensions{Party: a.entity[p.Entity]}
			if err := a.stage(i, subject, party, p.Stage, p.StageWords); err != nil {
				return err
			}
		}
	}
	return nil
}

// stage records one stage, if the text says one and it is not known already. A later
// stage takes the place of the one before; what an older text says is left out.
func (a *accepting) stage(deal int, s standfirst.Subject, d standfirst.Dimensions, stage standfirst.DealStage, words string) error {
	if stage == "" {
		return nil
	}
	day := standfirst.DateRange{From: a.options.Day, To: a.options.Day, Precision: standfirst.PrecisionDay}
	v := standfirst.ClaimVersion{
		Value: standfirst.Value{Stage: stage}, AsOf: day, Modality: standfirst.Actual, Words: words,
		Unchecked: a.options.Unchecked, RecordedAt: a.now(), RecordedBy: a.actor.String(),
	}
	evidence, source := a.sourceOf(deal)
	v.Evidence, v.Attributions = evidence, []standfirst.Attribution{source}
	id, held, err := a.find(s, standfirst.Stage, d)
	if err != nil {
		return err
	}
	v.Claim = id
	var expected []standfirst.ClaimVersion
	held = slices.DeleteFunc(held, func(h standfirst.ClaimVersion) bool {
		if comesTrue(h, v) {
			expected = append(expected, h)
		}
		return h.Modality == standfirst.Prospective
	})
	if len(held) > 0 {
		before := held[len(held)-1]
		if before.Value.Stage == stage {
			return a.corroborate(before, v.Attributions)
		}
		if a.options.Day.Before(before.AsOf.From) {
			return nil
		}
		v.Claim, v.Supersedes, v.Class, v.Cause = before.Claim, before.ID, standfirst.Update, standfirst.SupersededByEvent
	}
	if n := len(expected); len(held) == 0 && n > 0 { // it has come, or will not
		v.Claim, v.Supersedes, v.Class, v.Cause = expected[n-1].Claim, expected[n-1].ID, standfirst.Update, standfirst.SupersededByEvent
		expected = expected[:n-1]
	}
	if v, err = a.record(v); err != nil { // its source waits for the story, and it with its source
		return err
	}
	return endBy(a.tx, v, expected)
}

// sourceOf returns how the text bears out what it says of the deal, and who says it: as
// it does for the first figure of the deal that names a source. Where none does, it is the
// story's own statement, for which nobody is named.
func (a *accepting) sourceOf(deal int) (standfirst.Evidence, standfirst.Attribution) {
	evidence, source := standfirst.ReportedAnonymous, standfirst.Attribution{Kind: standfirst.OwnObservation}
	for _, c := range a.proposals.Claims {
		if c.Deal == deal && c.Attribution != nil {
			evidence, source = c.Evidence, *c.Attribution
			break
		}
	}
	if source.Day.IsZero() {
		source.Day = a.options.Day
	}
	return evidence, source
}
