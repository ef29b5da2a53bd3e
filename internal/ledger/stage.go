package ledger

import (
	"cmp"
	"context"
	"slices"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// StageChange is where a deal, or one party of it, stands from a day on.
type StageChange struct {
	Party    standfirst.EntityID // zero for the deal as a whole
	Stage    standfirst.DealStage
	Words    string         // those of the source or the story; empty means those of the stage
	AsOf     standfirst.Day // zero means today
	Modality standfirst.Modality
	Evidence standfirst.Evidence
	Source   *standfirst.Attribution
	// Cause says why, and by that the class of the change; empty means an event. It is of no
	// consequence for the first stage.
	Cause standfirst.Lifecycle
	Note  string // for readers; empty means one that is drafted
	Hold  bool   // keep it from readers until it is released
}

// furthestEast is how far a publication's day is ahead of UTC, at the most.
const furthestEast = 14 * time.Hour

// SetStage records where the deal stands. It takes the place of everything that is held of
// that, also of what is in conflict. Readers of the deal see it at once unless it is held
// back; stories that cite the stage are told, and of an end all that cite a figure of the
// deal. It returns an Invalid error for what is no stage, or lies before the one that is
// held without being a correction, and a Conflict if the deal stands there already.
func (l *Ledger) SetStage(ctx context.Context, actor standfirst.Actor, id standfirst.DealID, s StageChange) error {
	if err := actor.Require(standfirst.SupersedeClaim); err != nil {
		return err
	}
	v, err := l.stageVersion(actor, s)
	if err != nil {
		return err
	}
	return l.update(ctx, "set the stage of deal "+id.String(), func(tx *store.Tx) error {
		deal, err := tx.Deal(id)
		if err != nil {
			return err
		}
		takesPart := func(p standfirst.DealParty) bool { return p.Entity == s.Party }
		if s.Party != 0 && !slices.ContainsFunc(deal.Parties, takesPart) {
			return standfirst.Errorf(standfirst.Invalid, "it is no party of “%s”", deal.Title)
		}
		claim, all, err := stageClaim(tx, id, s.Party)
		if err != nil {
			return err
		}
		next := v
		next.Claim, next.RecordedAt = claim.ID, l.now()
		if next, err = replaceStage(tx, next, all); err != nil {
			return err
		}
		if !s.Hold && !deal.ReleasedAt.IsZero() {
			r := l.newReleasing(tx, actor)
			if err := r.claim(claim, append(all, next), func(c standfirst.ClaimVersion) bool { return c.ID == next.ID }); err != nil {
				return err
			}
			if err := r.finish(); err != nil {
				return err
			}
		}
		return l.audit(tx, actor, "claim.stage", claim.ID, string(next.Value.Stage))
	})
}

// stageVersion returns the version that the change states.
func (l *Ledger) stageVersion(actor standfirst.Actor, s StageChange) (standfirst.ClaimVersion, error) {
	v := standfirst.ClaimVersion{
		Value: standfirst.Value{Stage: s.Stage}, Words: standfirst.OneLine(s.Words), Modality: s.Modality, Evidence: s.Evidence,
		Cause: s.Cause, Note: s.Note, RecordedBy: actor.String(),
	}
	switch {
	case !s.Stage.Valid():
		return v, standfirst.Errorf(standfirst.Invalid, "choose where the deal stands")
	case !s.Evidence.Valid():
		return v, standfirst.Errorf(standfirst.Invalid, "say how well it is borne out")
	case s.Modality != "" && s.Modality != standfirst.Actual && s.Modality != standfirst.Prospective:
		return v, standfirst.Errorf(standfirst.Invalid, "it has happened, or it is expected; %q is neither", s.Modality)
	}
	if v.Cause == "" {
		v.Cause = standfirst.SupersededByEvent
	}
	if v.Class = v.Cause.Class(); v.Class != standfirst.Update && v.Class != standfirst.Correction {
		return v, standfirst.Errorf(standfirst.Invalid, "say why it changes: an event, better information, or a correction")
	}
	if v.Words == "" {
		v.Words = standfirst.Stage.Words(v.Value)
	}
	if v.Modality == "" {
		v.Modality = standfirst.Actual
	}
	day := s.AsOf
	if day.IsZero() {
		day = standfirst.DayOf(l.now(), time.UTC)
	}
	if v.Modality == standfirst.Actual && standfirst.DayOf(l.now().Add(furthestEast), time.UTC).Before(day) {
		return v, standfirst.Errorf(standfirst.Invalid, "%s lies ahead; say that it is expected", standfirst.DateRange{From: day, To: day, Precision: standfirst.PrecisionDay}.Words())
	}
	v.AsOf = standfirst.DateRange{From: day, To: day, Precision: standfirst.PrecisionDay}
	if s.Source != nil {
		source := *s.Source
		if source.Day.IsZero() {
			source.Day = day
		}
		v.Attributions = []standfirst.Attribution{source}
	}
	return v, nil
}

// stageClaim returns the claim of where the deal or the party stands, made if there is
// none, and all its versions.
func stageClaim(tx *store.Tx, deal standfirst.DealID, party standfirst.EntityID) (standfirst.Claim, []standfirst.ClaimVersion, error) {
	about, which := standfirst.Subject{Deal: deal}, standfirst.Dimensions{Party: party}
	claim, err := tx.ClaimByKey(about, standfirst.Stage, which)
	if isNotFound(err) {
		claim = standfirst.Claim{Subject: about, Property: standfirst.Stage, Dimensions: which}
		claim.ID, err = tx.InsertClaim(claim)
		return claim, nil, err
	}
	if err != nil {
		return claim, nil, err
	}
	versions, err := tx.Versions(claim.ID, store.ForDesk)
	return claim, versions, err
}

// replaceStage stores the version in the place of those that are held.
func replaceStage(tx *store.Tx, v standfirst.ClaimVersion, all []standfirst.ClaimVersion) (standfirst.ClaimVersion, error) {
	v.Number = len(all) + 1
	// What is expected does not end what is, and what is ends what was expected once it
	// has come, or will not.
	held := slices.DeleteFunc(current(all), func(h standfirst.ClaimVersion) bool {
		return h.Modality != v.Modality && !comesTrue(h, v)
	})
	if len(held) == 0 {
		v.Class, v.Cause, v.Note = "", "", ""
		return recordVersion(tx, v)
	}
	// What is of its own kind goes before what it makes come true.
	slices.SortStableFunc(held, func(a, b standfirst.ClaimVersion) int {
		return cmp.Compare(kindOfStage(a, v), kindOfStage(b, v))
	})
	before := held[len(held)-1]
	corrects := v.Cause == standfirst.Corrected
	if len(held) == 1 && before.Value.Stage == v.Value.Stage && before.Modality == v.Modality {
		return v, standfirst.Errorf(standfirst.Conflict, "it stands there already: %s", standfirst.Stage.Words(v.Value))
	}
	if !corrects && before.Modality == v.Modality && v.AsOf.From.Before(before.AsOf.From) {
		return v, standfirst.Errorf(standfirst.Invalid, "it has been at %s since %s; what came before does not take its place", standfirst.Stage.Words(before.Value), before.AsOf.Words())
	}
	v.Supersedes = before.ID
	v, err := recordVersion(tx, v)
	if err != nil {
		return v, err
	}
	return v, endBy(tx, v, held[:len(held)-1])
}

// comesTrue reports whether the version is of a stage that was expected, and that the other
// reaches, or that will not be any more because of it.
func comesTrue(expected, v standfirst.ClaimVersion) bool {
	return expected.Modality == standfirst.Prospective && v.Modality == standfirst.Actual && (expected.Value.Stage == v.Value.Stage || v.Value.Stage.Over())
}

// endBy ends the versions because of the one given, which readers see when they see that.
func endBy(tx *store.Tx, v standfirst.ClaimVersion, ended []standfirst.ClaimVersion) error {
	cause := v.Cause
	if cause == "" {
		cause = standfirst.SupersededByEvent
	}
	for _, other := range ended {
		end := store.End{Version: other.ID, Lifecycle: cause, At: v.RecordedAt, By: v.ID, Class: v.Class, Note: v.Note, RecordedBy: v.RecordedBy}
		if err := tx.InsertEnd(end); err != nil {
			return err
		}
	}
	return nil
}

// kindOfStage orders what is of the modality of the version behind what is not.
func kindOfStage(held, v standfirst.ClaimVersion) int {
	if held.Modality == v.Modality {
		return 1
	}
	return 0
}

// tellStage tells readers that a deal, or a party of it, stands elsewhere. Its page tells
// the stages in order, so stories are told only where they say otherwise: those that cite
// the stage; of a correction also those that told of it, and of an end without a deal those
// that cite a figure which it makes void.
func (r *releasing) tellStage(c standfirst.Claim, before, now standfirst.ClaimVersion) error {
	cited, err := r.printed(c, before)
	if err != nil {
		return err
	}
	var others []standfirst.StoryID
	ends := now.Value.Stage.Over() && now.Value.Stage != standfirst.Closed && now.Modality != standfirst.Prospective
	if ends || now.Class == standfirst.Correction {
		if others, err = r.reporting(before); err != nil {
			return err
		}
	}
	if ends {
		void, err := r.citingDeal(c)
		if err != nil {
			return err
		}
		others = append(others, void...)
	}
	others = slices.DeleteFunc(others, func(id standfirst.StoryID) bool { return id == r.publishing })
	if len(cited)+len(others) == 0 && now.Class != standfirst.Correction {
		return nil
	}
	if now.Note == "" {
		if now.Note, err = stageNotice(&r.tx.ReadTx, c, before, now); err != nil {
			return err
		}
	}
	return r.tell(c, before, now, others...)
}

// stageNotice says where a deal stands now where nobody wrote a note.
func stageNotice(tx *store.ReadTx, c standfirst.Claim, before, now standfirst.ClaimVersion) (string, error) {
	n, err := namesOf(tx, []standfirst.Claim{c})
	about := "“" + n.deals[c.Subject.Deal] + "”"
	was, is := standfirst.Stage.Words(before.Value), standfirst.Stage.Words(now.Value)
	if party := c.Dimensions.Party; party != 0 {
		about = n.entities[party] + " in " + about
		if now.Value.Stage == standfirst.Withdrawn {
			about = n.entities[party] + " has withdrawn from “" + n.deals[c.Subject.Deal] + "”"
			is = ""
		}
	}
	switch {
	case is == "":
		return about + ".", err
	case now.Class == standfirst.Correction:
		return "The stage of " + about + " is " + is + ", not " + was + ".", err
	case now.Value.Stage == standfirst.Collapsed:
		return about + " has collapsed.", err
	case now.Value.Stage == standfirst.Withdrawn || now.Value.Stage == standfirst.Terminated:
		return about + " was " + is + ".", err
	}
	return "The stage of " + about + " is now " + is + "; it was " + was + ".", err
}

// reporting returns the stories that are out and say where the version comes from.
func (r *releasing) reporting(v standfirst.ClaimVersion) ([]standfirst.StoryID, error) {
	var stories []standfirst.StoryID
	for _, a := range v.Attributions {
		if a.Story == 0 || a.ReleasedAt.IsZero() || slices.Contains(stories, a.Story) {
			continue
		}
		story, err := r.tx.Story(a.Story)
		if err != nil {
			return nil, err
		}
		if story.State == standfirst.Published {
			stories = append(stories, a.Story)
		}
	}
	return stories, nil
}

// citingDeal returns the stories that cite a figure of the deal, or of the party if the
// claim is of one.
func (r *releasing) citingDeal(c standfirst.Claim) ([]standfirst.StoryID, error) {
	claims, err := r.tx.ClaimsOf(c.Subject, store.ForReaders)
	if err != nil {
		return nil, err
	}
	if party := c.Dimensions.Party; party != 0 {
		claims = slices.DeleteFunc(claims, func(k standfirst.Claim) bool { return k.Dimensions.Party != party })
	}
	return r.tx.StoriesCiting(idsOf(claims))
}
