package store

import (
	"slices"

	"standfirst"
)

// ChangeEntity stores the names, tickers, codes and mark of the entity over those that it
// had. Its kind and its address stay. It returns a Conflict error if a ticker is another's.
func (tx *Tx) ChangeEntity(e standfirst.Entity) error {
	before, err := tx.Entity(e.ID)
	if err != nil {
		return err
	}
	if err := tx.dropNames(before); err != nil {
		return err
	}
	aliases, keys := newNames(nil, e.Name, e.Aliases)
	if err := tx.insertNameKeys(e.ID, append(keys, standfirst.EntityKey(e.Name))); err != nil {
		return err
	}
	if _, err := tx.exec("UpdateEntity", e.Name, toList(aliases), e.LEI, e.QID, toFlag(e.PublicFigure), int64(e.ID)); err != nil {
		return err
	}
	return tx.AddTickers(e.ID, e.Tickers)
}

// dropNames makes the entity be found under no name and no ticker.
func (tx *Tx) dropNames(e standfirst.Entity) error {
	keys := []string{standfirst.EntityKey(e.Name)}
	for _, alias := range e.Aliases {
		keys = append(keys, standfirst.EntityKey(alias))
	}
	if _, err := tx.exec("DeleteEntityAliases", int64(e.ID), toList(keys)); err != nil {
		return err
	}
	for _, t := range e.Tickers {
		if _, err := tx.exec("DeleteEntityTicker", t.Exchange.MIC, t.Symbol, int64(e.ID)); err != nil {
			return err
		}
	}
	_, err := tx.exec("UpdateEntityTickers", toJSON(toTickers(nil)), int64(e.ID))
	return err
}

// SameClaims returns the claims that say the same of the same as the claim since entities
// were merged, itself among them, in the order of their identifiers; none for a claim that
// stands alone.
func (tx *ReadTx) SameClaims(claims []standfirst.Claim) ([]standfirst.Claim, error) {
	var groups []standfirst.ClaimID
	for _, c := range claims {
		if c.SameAs != 0 && !slices.Contains(groups, c.SameAs) {
			groups = append(groups, c.SameAs)
		}
	}
	if len(groups) == 0 {
		return nil, nil
	}
	return all(tx, scanClaim, "SameClaims", toList(groups))
}

// WithSame returns the claims, each followed by those that say the same of the same.
func (tx *ReadTx) WithSame(claims []standfirst.Claim) ([]standfirst.Claim, error) {
	same, err := tx.SameClaims(claims)
	if err != nil || len(same) == 0 {
		return claims, err
	}
	var with []standfirst.Claim
	add := func(c standfirst.Claim) {
		if !slices.ContainsFunc(with, func(k standfirst.Claim) bool { return k.ID == c.ID }) {
			with = append(with, c)
		}
	}
	for _, c := range claims {
		add(c)
		for _, s := range same {
			if s.SameAs == c.SameAs {
				add(s)
			}
		}
	}
	return with, nil
}

// FormerClaim is what a version was about when it went on the record.
type FormerClaim struct{ Entity, Party standfirst.EntityID }

// FormerClaims returns what those of the versions were about that went on the record
// before an entity was merged into another.
func (tx *ReadTx) FormerClaims(versions []standfirst.ClaimVersionID) (map[standfirst.ClaimVersionID]FormerClaim, error) {
	former := make(map[standfirst.ClaimVersionID]FormerClaim)
	err := tx.each(func(row scanner) error {
		var (
			id    standfirst.ClaimVersionID
			about FormerClaim
		)
		err := row.Scan(numberInto(&id), numberInto(&about.Entity), numberInto(&about.Party))
		former[id] = about
		return err
	}, "FormerClaims", toList(versions))
	return former, err
}
