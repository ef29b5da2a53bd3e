package store

import (
	"math"
	"slices"

	"standfirst"
)

// Merged is what followed an entity into another.
type Merged struct {
	Claims []standfirst.Claim // as they are now
	Deals  []standfirst.DealID
}

// MergeEntities makes one entity of two of a kind: names, tickers, claims, deals, answers,
// sources, notices and the lists of stories of the one become those of the other. The one
// keeps its row and its slug, so that texts which mention it find the other; readers see
// the other if they saw either. A claim that says of the same what another says stays
// beside it, see [standfirst.Claim.SameAs]. What is on the record stays as it was recorded.
//
// It returns an Invalid error unless both are there, of one kind and not merged already,
// and a Conflict if one is the target and the other a party of a deal.
func (tx *Tx) MergeEntities(from, into standfirst.EntityID) (Merged, error) {
	var merged Merged
	gone, err := tx.Entity(from)
	if err != nil {
		return merged, err
	}
	kept, err := tx.Entity(into)
	if err != nil {
		return merged, err
	}
	if from == into || gone.Kind != kept.Kind || gone.MergedInto != 0 || kept.MergedInto != 0 {
		return merged, standfirst.Errorf(standfirst.Invalid, "%s and %s cannot be merged: they must be two of one kind", gone.Name, kept.Name)
	}
	if merged.Deals, err = tx.moveDeals(gone, kept); err != nil {
		return merged, err
	}
	if merged.Claims, err = tx.moveClaims(from, into); err != nil {
		return merged, err
	}
	if err := tx.moveMentions(from, into); err != nil {
		return merged, err
	}
	if err := tx.moveNames(gone, kept); err != nil {
		return merged, err
	}
	if !gone.ReleasedAt.IsZero() {
		if _, err := tx.ReleaseEntities([]standfirst.EntityID{into}, gone.ReleasedAt); err != nil {
			return merged, err
		}
	}
	_, err = tx.exec("MergeEntity", int64(into), int64(from), int64(from))
	return merged, err
}

// MergedSlugs returns the slugs of up to limit entities that were merged into the entity: texts
// link it by them still.
func (tx *ReadTx) MergedSlugs(id standfirst.EntityID, limit int) ([]standfirst.Slug, error) {
	return all(tx, func(row scanner) (slug standfirst.Slug, err error) {
		err = row.Scan(&slug)
		return slug, err
	}, "MergedSlugs", int64(id), int64(limit))
}

// moveDeals makes the kept entity what the other was in each of its deals.
func (tx *Tx) moveDeals(gone, kept standfirst.Entity) ([]standfirst.DealID, error) {
	deals, err := tx.DealsOfEntity(gone.ID, 0, math.MaxInt32, ForDesk)
	if err != nil {
		return nil, err
	}
	var moved []standfirst.DealID
	for _, d := range slices.Backward(deals) {
		has := func(id standfirst.EntityID) bool {
			return slices.ContainsFunc(d.Parties, func(p standfirst.DealParty) bool { return p.Entity == id })
		}
		if d.Target == gone.ID && has(kept.ID) || d.Target == kept.ID && has(gone.ID) {
			return nil, standfirst.Errorf(standfirst.Conflict, "%s and %s are two sides of “%s”; take one of them out of that deal first", gone.Name, kept.Name, d.Title)
		}
		if d.Target == gone.ID {
			d.Target = kept.ID
		}
		var parties []standfirst.DealParty
		for _, p := range d.Parties {
			if p.Entity == gone.ID {
				p.Entity = kept.ID
			}
			parties = addParty(parties, p)
		}
		if _, err := tx.exec("MoveDeal", int64(d.Target), toJSON(toParties(parties)), int64(d.ID)); err != nil {
			return nil, err
		}
		if _, err := tx.exec("InsertDealEntity", int64(kept.ID), int64(d.ID)); err != nil {
			return nil, err
		}
		if _, err := tx.exec("DeleteDealEntity", int64(gone.ID), int64(d.ID)); err != nil {
			return nil, err
		}
		moved = append(moved, d.ID)
	}
	return moved, nil
}

// moveClaims makes every claim about the one entity, or of it as a party, one about the
// other. It notes first what the record says of them.
func (tx *Tx) moveClaims(from, into standfirst.EntityID) ([]standfirst.Claim, error) {
	old := standfirst.Subject{Entity: from}
	if _, err := tx.exec("FormerClaimsOfSubject", subjectKey(old)); err != nil {
		return nil, err
	}
	if _, err := tx.exec("FormerClaimsOfParty", int64(from)); err != nil {
		return nil, err
	}
	claims, err := tx.ClaimsOf(old, ForDesk)
	if err != nil {
		return nil, err
	}
	ofParty, err := tx.ClaimsOfParty(from)
	if err != nil {
		return nil, err
	}
	var moved []standfirst.Claim
	for _, c := range append(claims, ofParty...) {
		if slices.ContainsFunc(moved, func(m standfirst.Claim) bool { return m.ID == c.ID }) {
			continue
		}
		if c, err = tx.moveClaim(c, from, into); err != nil {
			return nil, err
		}
		moved = append(moved, c)
	}
	for i, c := range moved { // one that was moved later may have joined it
		if moved[i], err = tx.Claim(c.ID); err != nil {
			return nil, err
		}
	}
	return moved, nil
}

// moveClaim moves one claim. Where there is one of the same, both are of one group from
// then on, and the one that was there is found by what they say.
func (tx *Tx) moveClaim(c standfirst.Claim, from, into standfirst.EntityID) (standfirst.Claim, error) {
	if c.Subject.Entity == from {
		c.Subject.Entity = into
	}
	if c.Dimensions.Party == from {
		c.Dimensions.Party = into
	}
	key := c.Dimensions.Key()
	there, err := tx.ClaimByKey(c.Subject, c.Property, c.Dimensions)
	joins := err == nil
	if err != nil && standfirst.KindOf(err) != standfirst.NotFound {
		return c, err
	}
	if joins || c.SameAs != 0 && c.SameAs != c.ID {
		key += "#" + c.ID.String() // so that it is not found instead
	}
	_, err = tx.exec("MoveClaim", subjectKey(c.Subject), toNumber(c.Subject.Entity), toNumber(c.Dimensions.Party), key, int64(c.ID))
	if err != nil {
		return c, err
	}
	if _, err := tx.exec("MoveVersions", subjectKey(c.Subject), int64(c.ID)); err != nil {
		return c, err
	}
	if joins {
		group := there.ID
		if there.SameAs != 0 {
			group = there.SameAs
		}
		_, err = tx.exec("JoinClaims", int64(group), int64(c.ID), int64(there.ID), int64(c.ID))
	}
	return c, err
}

// moveMentions moves what else names the entity: answers, sources, notices, and the
// stories that are listed with it.
func (tx *Tx) moveMentions(from, into standfirst.EntityID) error {
	old, now := subjectKey(standfirst.Subject{Entity: from}), subjectKey(standfirst.Subject{Entity: into})
	for _, step := range []struct {
		query string
		args  []any
	}{
		{"MoveAttributions", []any{int64(into), int64(from)}},
		{"MoveAnswers", []any{int64(into), int64(from)}},
		{"MoveResponses", []any{now, int64(into), old}},
		{"MoveCitingSubjects", []any{now, old}},
		{"DeleteCitingSubject", []any{old}},
		{"MoveNotices", []any{now, old}},
		{"MoveEvents", []any{int64(into), int64(from)}},
	} {
		if _, err := tx.exec(step.query, step.args...); err != nil {
			return err
		}
	}
	return nil
}

// moveNames gives the kept entity the names, tickers and codes that it does not have.
func (tx *Tx) moveNames(gone, kept standfirst.Entity) error {
	if err := tx.dropNames(gone); err != nil {
		return err
	}
	kept.Aliases = append(append(kept.Aliases, gone.Name), gone.Aliases...)
	kept.Tickers = append(kept.Tickers, gone.Tickers...)
	if kept.LEI == "" {
		kept.LEI = gone.LEI
	}
	if kept.QID == "" {
		kept.QID = gone.QID
	}
	kept.PublicFigure = kept.PublicFigure || gone.PublicFigure
	return tx.ChangeEntity(kept)
}

// addParty adds the party to those of a deal, unless it is among them: one that readers see
// takes the place of the same that waits for a story.
func addParty(parties []standfirst.DealParty, p standfirst.DealParty) []standfirst.DealParty {
	if hasParty(parties, p) {
		return parties
	}
	if p.Story == 0 {
		parties = slices.DeleteFunc(parties, func(k standfirst.DealParty) bool { return k.Entity == p.Entity && k.Role == p.Role })
	}
	return append(parties, p)
}
