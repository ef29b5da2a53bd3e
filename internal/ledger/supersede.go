package ledger

import (
	"context"
	"slices"

	"standfirst"
	"standfirst/internal/store"
)

// Supersession is a new version in the place of one that is held.
type Supersession struct {
	Version standfirst.ClaimVersionID // the one that it replaces; zero means the only one that is held
	Value   standfirst.Value
	Words   string // verbatim, as the source or story has them; empty means those of the value
	AsOf    standfirst.DateRange
	// Cause says why, and by that the class of the change: SupersededByEvent and
	// SupersededByBetterInformation are updates, Corrected is a correction.
	Cause    standfirst.Lifecycle
	Note     string // for readers; empty means one that is drafted from the values
	Evidence standfirst.Evidence
	Modality standfirst.Modality // empty means that of the version before
	Source   *standfirst.Attribution
	Hold     bool // keep it from readers until it is released or a story that cites it is published
}

// Superseded is what a supersession made.
type Superseded struct {
	Version standfirst.ClaimVersion
	// Stories cite the claim; those of them with a revision prepared are in the list of
	// pending ones. Notice is zero where readers were told nothing.
	Stories []standfirst.StoryID
	Notice  standfirst.NoticeID
}

// Supersede records a new version of the claim and, unless it is held back, releases
// it: every story that cites the claim shows what changed from that moment, readers get
// one notice, and the new wording of those stories is prepared. It returns a NotFound
// error if there is no such claim, a Conflict if the version is not held or several are
// and none was named, and an Invalid error for a value that the property does not have.
func (l *Ledger) Supersede(ctx context.Context, actor standfirst.Actor, id standfirst.ClaimID, s Supersession) (Superseded, error) {
	if err := actor.Require(standfirst.SupersedeClaim); err != nil {
		return Superseded{}, err
	}
	var done Superseded
	err := l.update(ctx, "supersede claim "+id.String(), func(tx *store.Tx) error {
		done = Superseded{}
		claim, err := tx.Claim(id)
		if err != nil {
			return err
		}
		versions, err := tx.Versions(id, store.ForDesk)
		if err != nil {
			return err
		}
		before, err := heldVersion(claim, versions, s.Version)
		if err != nil {
			return err
		}
		next, err := l.nextVersion(actor, claim, before, s)
		if err != nil {
			return err
		}
		if next.Attributions, err = sourcesOf(tx, before, s); err != nil {
			return err
		}
		next.Number = versions[len(versions)-1].Number + 1
		if next, err = recordVersion(tx, next); err != nil {
			return err
		}
		done.Version = next
		if done.Stories, err = tx.StoriesCiting([]standfirst.ClaimID{id}); err != nil {
			return err
		}
		if !s.Hold && !before.ReleasedAt.IsZero() {
			r := l.newReleasing(tx, actor)
			if err := r.claim(claim, append(versions, next), func(v standfirst.ClaimVersion) bool { return v.ID == next.ID }); err != nil {
				return err
			}
			if err := r.finish(); err != nil {
				return err
			}
			done.Version.ReleasedAt = r.at
			if len(r.notices) > 0 {
				done.Notice = r.notices[0]
			}
		}
		return l.audit(tx, actor, "claim.supersede", id, claim.Property.Words(before.Value)+" by "+claim.Property.Words(next.Value))
	})
	return done, err
}

// heldVersion returns the named version if it is held, or the only one that is.
func heldVersion(c standfirst.Claim, versions []standfirst.ClaimVersion, id standfirst.ClaimVersionID) (standfirst.ClaimVersion, error) {
	held := current(versions)
	if id != 0 {
		for _, v := range held {
			if v.ID == id {
				return v, nil
			}
		}
		return standfirst.ClaimVersion{}, standfirst.Errorf(standfirst.Conflict, "version %s of claim %s is not held; standfirst claim show %[2]s tells which are", id, c.ID)
	}
	if n := len(versions); len(held) == 0 && n > 0 && versions[n-1].Ended == standfirst.Expired {
		return versions[n-1], nil // it is heard of again
	}
	switch len(held) {
	case 0:
		return standfirst.ClaimVersion{}, standfirst.Errorf(standfirst.Conflict, "no version of claim %s is held", c.ID)
	case 1:
		return held[0], nil
	default:
		return standfirst.ClaimVersion{}, standfirst.Errorf(standfirst.Conflict, "claim %s has %d versions that are held; name the one that is replaced", c.ID, len(held))
	}
}

// nextVersion makes the version that takes the place of the one before.
func (l *Ledger) nextVersion(actor standfirst.Actor, c standfirst.Claim, before standfirst.ClaimVersion, s Supersession) (standfirst.ClaimVersion, error) {
	if err := checkValue(c, s.Value); err != nil {
		return standfirst.ClaimVersion{}, err
	}
	class := s.Cause.Class()
	if class != standfirst.Update && class != standfirst.Correction {
		return standfirst.ClaimVersion{}, standfirst.Errorf(standfirst.Invalid, "say why the figure changes: an event, better information, or a correction")
	}
	if s.Evidence != "" && !s.Evidence.Valid() {
		return standfirst.ClaimVersion{}, standfirst.Errorf(standfirst.Invalid, "%q is no kind of evidence", s.Evidence)
	}
	v := standfirst.ClaimVersion{
		Claim: c.ID, Value: s.Value, AsOf: s.AsOf, Modality: s.Modality, Evidence: s.Evidence, Words: s.Words,
		Supersedes: before.ID, Class: class, Cause: s.Cause, Note: s.Note, RecordedAt: l.now(), RecordedBy: actor.String(),
	}
	if v.Value.Basis == "" {
		v.Value.Basis = before.Value.Basis
	}
	if v.Words == "" {
		v.Words = c.Property.Words(v.Value)
	}
	if v.AsOf.From.IsZero() {
		day := standfirst.DayOf(l.now(), l.now().Location())
		v.AsOf = standfirst.DateRange{From: day, To: day, Precision: standfirst.PrecisionDay}
	}
	if v.Modality == "" {
		v.Modality = before.Modality
	}
	if v.Evidence == "" {
		v.Evidence = before.Evidence
	}
	return v, nil
}

// sourcesOf returns where the new version comes from: as the supersession says, or else
// those sources of the version before that readers see. The others wait for the stories
// that print them.
func sourcesOf(tx *store.Tx, v standfirst.ClaimVersion, s Supersession) ([]standfirst.Attribution, error) {
	if s.Source != nil {
		return []standfirst.Attribution{*s.Source}, nil
	}
	if v.ReleasedAt.IsZero() {
		return nil, nil
	}
	shown, err := tx.Version(v.ID, store.ForReaders)
	if err != nil {
		return nil, err
	}
	var sources []standfirst.Attribution
	for _, source := range v.Attributions {
		same := func(s standfirst.Attribution) bool { return s.Words == source.Words && s.Day == source.Day }
		if slices.ContainsFunc(shown.Attributions, same) {
			sources = append(sources, source)
		}
	}
	return sources, nil
}

// checkValue returns an Invalid error if the property cannot have the value.
func checkValue(c standfirst.Claim, v standfirst.Value) error {
	rule, ok := c.Property.Rule()
	if !ok {
		return standfirst.Errorf(standfirst.Internal, "there is no property %q", c.Property)
	}
	if v.Basis != "" && (!rule.Basis || !v.Basis.Valid()) {
		return standfirst.Errorf(standfirst.Invalid, "the %s is not said to be pre-money or post-money by %q", c.Property.Noun(), v.Basis)
	}
	fits := false
	switch rule.Type {
	case standfirst.TypeStage:
		fits = v.Stage.Valid()
	case standfirst.TypeDate:
		fits = v.Date != nil
	case standfirst.TypePercent:
		fits = v.Quantity != nil && v.Quantity.Unit == standfirst.Percent
	case standfirst.TypeCount:
		fits = v.Quantity != nil && v.Quantity.Unit == standfirst.UnitOfCount
	case standfirst.TypeMoney, standfirst.TypePrice:
		fits = v.Quantity != nil && v.Quantity.Unit.IsCurrency()
	}
	if !fits {
		return standfirst.Errorf(standfirst.Invalid, "the %s takes a value of the kind %s", c.Property.Noun(), rule.Type)
	}
	return nil
}
