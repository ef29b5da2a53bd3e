package ledger

import (
	"slices"

	"standfirst"
	"standfirst/internal/store"
)

// ClaimView is what readers see of a claim.
type ClaimView struct {
	Claim    standfirst.Claim
	Title    string // "the valuation of Halcyon Compute"
	Subject  string // name of the deal or entity
	Path     string // of the subject's page; empty if it has none
	Held     []standfirst.ClaimVersion
	Versions []standfirst.ClaimVersion // the newest first
	Conflict bool                      // what is held cannot all hold
	Answers  []standfirst.Response
	// Endings say why versions were withdrawn, by version, as far as readers were told.
	Endings map[standfirst.ClaimVersionID]string
}

// ViewClaim returns the claim as readers see it, and a NotFound error if they see no
// version of it.
func ViewClaim(tx *store.ReadTx, id standfirst.ClaimID) (ClaimView, error) {
	var v ClaimView
	var err error
	if v.Claim, err = tx.Claim(id); err != nil {
		return v, err
	}
	if v.Versions, err = tx.Versions(id, store.ForReaders); err != nil {
		return v, err
	}
	if len(v.Versions) == 0 {
		return v, standfirst.Errorf(standfirst.NotFound, "there is no claim %s", id)
	}
	v.Held = current(v.Versions)
	ends, err := tx.Ends(id, store.ForReaders)
	if err != nil {
		return v, err
	}
	v.Endings = make(map[standfirst.ClaimVersionID]string)
	for _, end := range ends {
		if end.Lifecycle == standfirst.RetractedClaim && end.Note != "" {
			v.Endings[end.Version] = end.Note
		}
	}
	beside, err := heldBeside(tx, []standfirst.Claim{v.Claim}, store.ForReaders)
	if err != nil {
		return v, err
	}
	v.Conflict = len(standfirst.Conflicts(append(beside[v.Claim.ID], v.Held...), nil)) > 0
	slices.Reverse(v.Versions)
	if v.Title, err = subjectName(tx, v.Claim); err != nil {
		return v, err
	}
	answers, err := tx.Responses(v.Claim.Subject, store.ForReaders)
	if err != nil {
		return v, err
	}
	v.Answers = answersTo(v.Claim, answers)
	if v.Claim.Subject.Deal != 0 {
		deal, err := tx.Deal(v.Claim.Subject.Deal)
		v.Subject, v.Path = deal.Title, deal.Path()
		return v, err
	}
	entity, err := tx.Entity(v.Claim.Subject.Entity)
	v.Subject = entity.Name
	if entity.HasPage() {
		v.Path = entity.Path()
	}
	return v, err
}

// heldBeside returns what is held of other claims that say the same of the same as each of
// the claims, by claim. It costs nothing where there are none.
func heldBeside(tx *store.ReadTx, claims []standfirst.Claim, a store.Audience) (map[standfirst.ClaimID][]standfirst.ClaimVersion, error) {
	same, err := tx.SameClaims(claims)
	if err != nil || len(same) == 0 {
		return nil, err
	}
	held, err := tx.HeldVersions(idsOf(same), a)
	if err != nil {
		return nil, err
	}
	beside := make(map[standfirst.ClaimID][]standfirst.ClaimVersion)
	for _, c := range claims {
		for _, s := range same {
			if s.ID == c.ID || s.SameAs != c.SameAs {
				continue
			}
			for _, v := range held {
				if v.Claim == s.ID {
					beside[c.ID] = append(beside[c.ID], v)
				}
			}
		}
	}
	return beside, nil
}

// EntityView is what readers see of a company, organisation, place or public figure.
type EntityView struct {
	Entity   standfirst.Entity
	Figures  []ClaimFigure
	Deals    []standfirst.Deal // in which it is the target or a party, the newest first
	Timeline []Recording       // the newest first
	More     bool              // there are more figures or recordings than are in the view
}

// mostDeals bounds how many deals a page of an entity lists.
const mostDeals = 50

// ViewEntity returns the entity as readers see it, and a NotFound error if it has no
// page.
func ViewEntity(tx *store.ReadTx, e standfirst.Entity) (EntityView, error) {
	v := EntityView{Entity: e}
	if !e.HasPage() {
		return v, standfirst.Errorf(standfirst.NotFound, "there is no page of %s", e.Name)
	}
	about, err := readSubject(tx, standfirst.Subject{Entity: e.ID}, store.ForReaders)
	if err != nil {
		return v, err
	}
	var more bool
	v.Figures, v.More = firstShown(about.figures())
	v.Timeline, more = firstShown(about.timeline())
	v.More = v.More || more
	if err := sayWhy(tx, v.Timeline); err != nil {
		return v, err
	}
	deals, err := tx.DealsOfEntity(e.ID, 0, mostDeals, store.ForReaders)
	for _, d := range deals {
		takesPart := func(p standfirst.DealParty) bool { return p.Entity == e.ID }
		if d.Target == e.ID || slices.ContainsFunc(d.ShownParties(), takesPart) {
			v.Deals = append(v.Deals, d)
		}
	}
	return v, err
}
