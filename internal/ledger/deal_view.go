package ledger

import (
	"cmp"
	"math/big"
	"slices"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// DealView is what readers see of a deal.
type DealView struct {
	Deal   standfirst.Deal
	Target standfirst.Entity
	// Stage is where the deal stands, and Stages how it came there, the newest first.
	Stage   standfirst.DealStage
	StageAt time.Time // since when readers know that; zero if nobody has said
	Stages  []standfirst.ClaimVersion
	Parties []PartyView
	Figures []ClaimFigure // of the deal as a whole
	// Derived is computed of what is held: the valuation before and after the new money,
	// and how much of the company is sold.
	Derived   []standfirst.Derived
	Conflicts []Conflict
	// Contradictions are figures that do not agree with each other.
	Contradictions []Contradiction
	Timeline       []Recording // the newest first
	More           bool        // there are more figures or recordings than are in the view
	Responses      []standfirst.Response

	// Goal is what the round seeks or has raised, nil if nobody has said.
	Goal *standfirst.Quantity
}

// PartyView is one party of a deal.
type PartyView struct {
	Entity     standfirst.Entity
	Role       standfirst.PartyRole
	Stage      standfirst.DealStage
	Commitment *ClaimFigure         // nil if nobody has said
	Shares     []standfirst.Derived // which part of the round it puts in
	Stakes     []standfirst.Derived // which part of the company that buys
}

// ClaimFigure is a claim with what is held of it, in the order of recording.
type ClaimFigure struct {
	Claim standfirst.Claim
	Title string
	Held  []standfirst.ClaimVersion
}

// Newest returns what was recorded last of what is held.
func (f ClaimFigure) Newest() standfirst.ClaimVersion { return f.Held[len(f.Held)-1] }

// Unchecked reports whether no editor has looked at some of what is held.
func (f ClaimFigure) Unchecked() bool {
	return slices.ContainsFunc(f.Held, func(v standfirst.ClaimVersion) bool { return v.Unchecked })
}

// Conflict is two held versions of a claim that cannot both hold, or a claim that others
// contradict.
type Conflict struct {
	Title         string
	Claim         standfirst.Claim
	First, Second standfirst.ClaimVersion
	Contradiction *Contradiction // nil for two versions of one claim
}

// Recording is one version in the timeline of a deal, an entity or a claim.
type Recording struct {
	Claim   standfirst.Claim
	Title   string
	Version standfirst.ClaimVersion
	Ending  string // why it was withdrawn; empty if it was not, or nobody said why
}

// ViewDeal returns the deal as readers see it. It returns a NotFound error for one that
// is not released. It costs a fixed number of queries.
func ViewDeal(tx *store.ReadTx, d standfirst.Deal) (DealView, error) {
	v := DealView{Deal: d}
	if d.ReleasedAt.IsZero() {
		return v, standfirst.Errorf(standfirst.NotFound, "there is no such deal")
	}
	about, err := readSubject(tx, standfirst.Subject{Deal: d.ID}, store.ForReaders)
	if err != nil {
		return v, err
	}
	if v.Target, err = tx.Entity(d.Target); err != nil {
		return v, err
	}
	figures := about.figures()
	if err := v.parties(tx, about, figures); err != nil {
		return v, err
	}
	for _, f := range figures {
		if f.Claim.Dimensions.Party == 0 && f.Claim.Property != standfirst.Stage {
			v.Figures = append(v.Figures, f)
		}
	}
	stage := about.of(standfirst.Stage, 0)
	slices.Reverse(stage)
	v.Stages = stage
	stands := standing(current(about.of(standfirst.Stage, 0)))
	v.Stage, v.StageAt = stands.Value.Stage, stands.ReleasedAt
	v.derive(about, figures)
	v.Contradictions = contradictions(d, about.named())
	var more bool
	v.Figures, v.More = firstShown(v.Figures)
	v.Timeline, more = firstShown(about.timeline())
	v.More = v.More || more
	if err := sayWhy(tx, v.Timeline); err != nil {
		return v, err
	}
	v.Responses, err = tx.Responses(standfirst.Subject{Deal: d.ID}, store.ForReaders)
	return v, err
}

// parties fills in who takes part, as far as readers may know.
func (v *DealView) parties(tx *store.ReadTx, about subjectReading, figures []ClaimFigure) error {
	shown := v.Deal.ShownParties()
	var ids []standfirst.EntityID
	for _, p := range shown {
		ids = append(ids, p.Entity)
	}
	entities, err := tx.EntitiesByID(ids)
	if err != nil {
		return err
	}
	for _, p := range shown {
		at := slices.IndexFunc(entities, func(e standfirst.Entity) bool { return e.ID == p.Entity })
		if at < 0 {
			continue
		}
		party := PartyView{Entity: entities[at], Role: p.Role}
		party.Stage = about.stands(p.Entity)
		for _, f := range figures {
			if f.Claim.Property == standfirst.Commitment && f.Claim.Dimensions.Party == p.Entity {
				party.Commitment = &f
			}
		}
		v.Parties = append(v.Parties, party)
	}
	return nil
}

// derive computes what follows from the figures that are held, where each of them is
// held in one version only.
func (v *DealView) derive(about subjectReading, figures []ClaimFigure) {
	round := standfirst.Round{Kind: v.Deal.Kind}
	one := func(property standfirst.Property) *standfirst.ClaimVersion {
		if held := current(about.of(property, 0)); len(held) == 1 {
			return &held[0]
		}
		return nil // nobody has said, or two say different things
	}
	for _, property := range []standfirst.Property{standfirst.AmountRaised, standfirst.RoundTarget} {
		if money := one(property); money != nil && round.NewMoney == nil {
			round.NewMoney = money.Value.Quantity
		}
	}
	v.Goal = round.NewMoney
	if value := one(standfirst.Valuation); value != nil {
		round.Valuation, round.Basis = value.Value.Quantity, value.Value.Basis
	}
	if sold := one(standfirst.DealValue); sold != nil && v.Deal.Kind == standfirst.Secondary {
		round.Secondary, v.Goal = sold.Value.Quantity, sold.Value.Quantity
	}
	v.Derived = slices.Concat(round.Post(), round.Pre(), round.Sold(), round.ChangesHands())
	for i, p := range v.Parties {
		if p.Commitment != nil && len(p.Commitment.Held) == 1 && p.Commitment.Newest().Value.Quantity != nil {
			amount := *p.Commitment.Newest().Value.Quantity
			v.Parties[i].Shares, v.Parties[i].Stakes = round.ShareOfRound(amount), round.Stake(amount)
		}
	}
	for _, f := range figures {
		for _, c := range standfirst.Conflicts(f.Held, round.NewMoney) {
			v.Conflicts = append(v.Conflicts, Conflict{Title: f.Title, Claim: f.Claim, First: c.First, Second: c.Second})
		}
	}
}

// firstShown returns as many as are shown, and whether there are more.
func firstShown[T any](all []T) ([]T, bool) {
	return all[:min(len(all), mostShown)], len(all) > mostShown
}

// Upper returns the largest value that a quantity allows, and whether it is a ceiling
// only; nil where there is none.
func Upper(q *standfirst.Quantity) (most *big.Rat, ceiling bool) {
	switch {
	case q == nil:
		return nil, false
	case q.Point != nil:
		return q.Point, false
	default:
		return q.Hi, true
	}
}

// mostShown bounds how many figures, and how many recordings, are shown of a subject:
// the newest. The page of each figure has all of its own.
const mostShown = 100

// subjectReading is what there is to show of one subject.
type subjectReading struct {
	claims   []standfirst.Claim
	versions map[standfirst.ClaimID][]standfirst.ClaimVersion
	names    names
}

// readSubject reads it in a fixed number of queries and at a bounded cost.
func readSubject(tx *store.ReadTx, s standfirst.Subject, a store.Audience) (subjectReading, error) {
	r := subjectReading{versions: make(map[standfirst.ClaimID][]standfirst.ClaimVersion)}
	versions, err := tx.ShownVersionsOf(s, mostShown+1, a) // one more tells that there is more
	if err != nil {
		return r, err
	}
	var ids []standfirst.ClaimID
	for start, v := range versions {
		if _, known := r.versions[v.Claim]; known {
			continue
		}
		end := start
		for end < len(versions) && versions[end].Claim == v.Claim {
			end++
		}
		r.versions[v.Claim] = versions[start:end:end]
		ids = append(ids, v.Claim)
	}
	if r.claims, err = tx.ClaimsByID(ids); err != nil {
		return r, err
	}
	r.names, err = namesOf(tx, r.claims)
	return r, err
}

// of returns the versions of the claim of that property and party, in the order of
// recording.
func (r subjectReading) of(p standfirst.Property, party standfirst.EntityID) []standfirst.ClaimVersion {
	for _, c := range r.claims {
		if c.Property == p && c.Dimensions.Party == party {
			return r.group(c)
		}
	}
	return nil
}

// stands returns where the deal as a whole stands, or the party, see [StandsAt].
func (r subjectReading) stands(party standfirst.EntityID) standfirst.DealStage {
	return StandsAt(current(r.of(standfirst.Stage, party)))
}

// StandsAt returns the stage that was recorded last of those that are held; empty if there
// is none. Where a deal is only expected to be some day it does not stand.
func StandsAt(held []standfirst.ClaimVersion) standfirst.DealStage { return standing(held).Value.Stage }

// standing returns the version that says where a deal stands; the zero one if none does.
func standing(held []standfirst.ClaimVersion) standfirst.ClaimVersion {
	for _, v := range slices.Backward(held) {
		if v.Modality != standfirst.Prospective {
			return v
		}
	}
	return standfirst.ClaimVersion{}
}

// DealStands returns the version that says to readers where the deal as a whole stands; the
// zero one if none does. It reads nothing else of the deal.
func DealStands(tx *store.ReadTx, id standfirst.DealID) (standfirst.ClaimVersion, error) {
	claims, err := tx.ClaimsNamed(standfirst.Subject{Deal: id}, []standfirst.Property{standfirst.Stage}, []standfirst.Dimensions{{}})
	if err == nil {
		claims, err = tx.WithSame(claims)
	}
	if err != nil || len(claims) == 0 {
		return standfirst.ClaimVersion{}, err
	}
	held, err := tx.HeldVersions(idsOf(claims), store.ForReaders)
	return standing(oneVoice(standfirst.Stage, held)), err
}

// group returns the versions of the claim and of those that say the same of the same, in
// the order of recording. What one of these says again is left out.
func (r subjectReading) group(c standfirst.Claim) []standfirst.ClaimVersion {
	all := slices.Clone(r.versions[c.ID])
	if c.SameAs == 0 {
		return all
	}
	for _, other := range r.claims {
		if other.ID != c.ID && other.SameAs == c.SameAs {
			all = append(all, r.versions[other.ID]...)
		}
	}
	return oneVoice(c.Property, all)
}

// oneVoice returns versions of claims that say the same of the same in the order of
// recording, and those that are held in one value once.
func oneVoice(p standfirst.Property, versions []standfirst.ClaimVersion) []standfirst.ClaimVersion {
	slices.SortStableFunc(versions, func(a, b standfirst.ClaimVersion) int {
		return cmp.Or(a.RecordedAt.Compare(b.RecordedAt), cmp.Compare(a.ID, b.ID))
	})
	var kept []standfirst.ClaimVersion
	for _, v := range versions {
		again := func(k standfirst.ClaimVersion) bool {
			return k.Claim != v.Claim && k.Ended == standfirst.Current && !k.Erased && p.Words(k.Value) == p.Words(v.Value) && k.Value.Basis == v.Value.Basis
		}
		if v.Ended != standfirst.Current || v.Erased || !slices.ContainsFunc(kept, again) {
			kept = append(kept, v)
		}
	}
	return kept
}

// figures returns the claims of which something is held, in the order of the table of
// properties.
func (r subjectReading) figures() []ClaimFigure {
	var all []ClaimFigure
	shown := make(map[standfirst.ClaimID]bool)
	for _, c := range r.claims {
		if shown[c.Group()] {
			continue
		}
		if held := current(r.group(c)); len(held) > 0 {
			shown[c.Group()] = true
			all = append(all, ClaimFigure{Claim: c, Title: capitalised(c.Property.Noun()), Held: held})
		}
	}
	rank := make(map[standfirst.Property]int)
	for i, rule := range standfirst.Properties() {
		rank[rule.Property] = i
	}
	slices.SortStableFunc(all, func(a, b ClaimFigure) int { return rank[a.Claim.Property] - rank[b.Claim.Property] })
	return all
}

// timeline returns everything that was recorded, the newest first.
func (r subjectReading) timeline() []Recording {
	var all []Recording
	for _, c := range r.claims {
		title := capitalised(c.Property.Noun())
		if c.Dimensions.Party != 0 {
			title += ", " + r.names.entities[c.Dimensions.Party]
		}
		for _, v := range r.versions[c.ID] {
			all = append(all, Recording{Claim: c, Title: title, Version: v})
		}
	}
	slices.SortStableFunc(all, func(a, b Recording) int { return b.Version.RecordedAt.Compare(a.Version.RecordedAt) })
	return all
}

// sayWhy fills in why versions were withdrawn, as far as readers were told. It costs nothing
// where none was.
func sayWhy(tx *store.ReadTx, timeline []Recording) error {
	withdrawn := make(map[standfirst.ClaimVersionID]int)
	var ids []standfirst.ClaimVersionID
	for i, r := range timeline {
		if r.Version.Ended == standfirst.RetractedClaim && !r.Version.Erased {
			withdrawn[r.Version.ID] = i
			ids = append(ids, r.Version.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	ends, err := tx.EndsOfVersions(ids, store.ForReaders)
	for _, end := range ends {
		if end.Lifecycle == standfirst.RetractedClaim {
			timeline[withdrawn[end.Version]].Ending = end.Note
		}
	}
	return err
}
