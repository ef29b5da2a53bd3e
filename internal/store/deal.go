package store

import (
	"slices"
	"time"

	"standfirst"
)

type storedParty struct {
	Entity standfirst.EntityID  `json:"entity"`
	Role   standfirst.PartyRole `json:"role"`
	Story  standfirst.StoryID   `json:"story,omitempty"`
}

func toParties(parties []standfirst.DealParty) []storedParty {
	stored := make([]storedParty, 0, len(parties))
	for _, p := range parties {
		stored = append(stored, storedParty(p))
	}
	return stored
}

func fromParties(stored []storedParty) []standfirst.DealParty {
	var parties []standfirst.DealParty
	for _, p := range stored {
		parties = append(parties, standfirst.DealParty(p))
	}
	return parties
}

// Deal returns the deal with the identifier, released or not.
func (tx *ReadTx) Deal(id standfirst.DealID) (standfirst.Deal, error) {
	d, err := one(tx, scanDeal, "Deal", int64(id))
	return d, missing(err, "there is no deal %d", id)
}

// DealAt returns the deal at the address, released or not.
func (tx *ReadTx) DealAt(slug standfirst.Slug) (standfirst.Deal, error) {
	d, err := one(tx, scanDeal, "DealAt", string(slug))
	return d, missing(err, "there is no deal at %s", standfirst.DealPath(slug))
}

// DealsByID returns those of the deals that are there, each once, in the order of
// their identifiers.
func (tx *ReadTx) DealsByID(ids []standfirst.DealID) ([]standfirst.Deal, error) {
	return all(tx, scanDeal, "DealsByID", toList(ids))
}

// DealsOfTargets returns every deal whose target is one of the entities, newest first.
func (tx *ReadTx) DealsOfTargets(ids []standfirst.EntityID) ([]standfirst.Deal, error) {
	return all(tx, scanDeal, "DealsOfTargets", toList(ids))
}

// DealsOfEntity returns up to limit deals in which the entity is the target or a
// party, newest first. A list goes on with those before the last one it showed; it
// begins with before = 0.
func (tx *ReadTx) DealsOfEntity(id standfirst.EntityID, before standfirst.DealID, limit int, a Audience) ([]standfirst.Deal, error) {
	return all(tx, scanDeal, "DealsOfEntity", int64(id), belowID(before), a.everything(), int64(limit))
}

// NewestDeals returns up to limit deals, newest first, those that readers do not see
// among them. A list goes on with those before the last one it showed; it begins with
// before = 0.
func (tx *ReadTx) NewestDeals(before standfirst.DealID, limit int) ([]standfirst.Deal, error) {
	return all(tx, scanDeal, "NewestDeals", belowID(before), int64(limit))
}

func scanDeal(row scanner) (d standfirst.Deal, err error) {
	var parties []storedParty
	err = row.Scan(dealColumns(&d, &parties)...)
	d.Parties = fromParties(parties)
	return d, err
}

// dealColumns returns where the columns of a deal are scanned to.
func dealColumns(d *standfirst.Deal, parties *[]storedParty) []any {
	return []any{
		&d.ID, &d.Kind, &d.Slug, &d.Title, &d.Target, fromJSON{parties}, (*instant)(&d.CreatedAt), &d.CreatedBy,
		(*instant)(&d.ReleasedAt),
	}
}

// InsertDeal stores a new deal with its parties. Its slug is numbered until no other
// deal has it; an empty one is made of the title first. A zero time of creation
// becomes now.
func (tx *Tx) InsertDeal(d standfirst.Deal) (standfirst.DealID, error) {
	id, err := insertWithSlug(d.Slug, d.Title, string(d.Kind), func(slug standfirst.Slug) (standfirst.DealID, error) {
		return one(&tx.ReadTx, scanID[standfirst.DealID], "InsertDeal", string(d.Kind), string(slug), d.Title, int64(d.Target),
			"[]", toMicros(tx.orNow(d.CreatedAt)), d.CreatedBy, toMicros(d.ReleasedAt))
	})
	if err != nil {
		return 0, err
	}
	if _, err := tx.exec("InsertDealEntity", int64(d.Target), int64(id)); err != nil {
		return 0, err
	}
	return id, tx.AddDealParties(id, d.Parties)
}

// RetitleDeal gives the deal another title, and the slug that is made of it.
func (tx *Tx) RetitleDeal(id standfirst.DealID, title string) error {
	d, err := tx.Deal(id)
	if err != nil {
		return err
	}
	_, err = insertWithSlug("", title, string(d.Kind), func(slug standfirst.Slug) (standfirst.DealID, error) {
		return one(&tx.ReadTx, scanID[standfirst.DealID], "RetitleDeal", title, string(slug), int64(id))
	})
	return err
}

// AddDealParties adds those of the parties that the deal does not have in that role, or
// that wait there for another story.
func (tx *Tx) AddDealParties(id standfirst.DealID, parties []standfirst.DealParty) error {
	if len(parties) == 0 {
		return nil
	}
	d, err := tx.Deal(id)
	if err != nil {
		return err
	}
	before := len(d.Parties)
	for _, p := range parties {
		if hasParty(d.Parties, p) {
			continue
		}
		d.Parties = append(d.Parties, p)
		if _, err := tx.exec("InsertDealEntity", int64(p.Entity), int64(id)); err != nil {
			return err
		}
	}
	if len(d.Parties) == before {
		return nil
	}
	_, err = tx.exec("UpdateDealParties", toJSON(toParties(d.Parties)), int64(id))
	return err
}

// hasParty reports whether the party is among those of a deal: itself, or the same as readers
// see it.
func hasParty(parties []standfirst.DealParty, p standfirst.DealParty) bool {
	return slices.ContainsFunc(parties, func(k standfirst.DealParty) bool {
		return k.Entity == p.Entity && (k.Role == p.Role && k.Story == 0 || k == p)
	})
}

// SetDealParties stores the parties of the deal instead of those that it had.
func (tx *Tx) SetDealParties(id standfirst.DealID, parties []standfirst.DealParty) error {
	d, err := tx.Deal(id)
	if err != nil {
		return err
	}
	stays := func(e standfirst.EntityID) bool {
		return e == d.Target || slices.ContainsFunc(parties, func(p standfirst.DealParty) bool { return p.Entity == e })
	}
	for _, p := range d.Parties {
		if stays(p.Entity) {
			continue
		}
		if _, err := tx.exec("DeleteDealEntity", int64(p.Entity), int64(id)); err != nil {
			return err
		}
	}
	for _, p := range parties {
		if _, err := tx.exec("InsertDealEntity", int64(p.Entity), int64(id)); err != nil {
			return err
		}
	}
	_, err = tx.exec("UpdateDealParties", toJSON(toParties(parties)), int64(id))
	return err
}

// ChangeDeal stores another kind and title of the deal. Its address stays.
func (tx *Tx) ChangeDeal(id standfirst.DealID, kind standfirst.DealKind, title string) error {
	changed, err := tx.exec("UpdateDeal", string(kind), title, int64(id))
	if err == nil && changed == 0 {
		err = errNoRow
	}
	return missing(err, "there is no deal %d", id)
}

// ShowDealParties lets readers see the parties of the deal that waited for the story.
// They wait for no other story any more.
func (tx *Tx) ShowDealParties(id standfirst.DealID, story standfirst.StoryID) error {
	d, err := tx.Deal(id)
	if err != nil {
		return err
	}
	shown := make(map[standfirst.EntityID]bool)
	for i, p := range d.Parties {
		if p.Story != 0 && p.Story == story {
			d.Parties[i].Story, shown[p.Entity] = 0, true
		}
	}
	if len(shown) == 0 {
		return nil
	}
	waits := func(p standfirst.DealParty) bool { return p.Story != 0 && shown[p.Entity] }
	_, err = tx.exec("UpdateDealParties", toJSON(toParties(slices.DeleteFunc(d.Parties, waits))), int64(id))
	return err
}

// ReleaseDeals lets readers see the deals from the time on. It returns those that
// they could not see before.
func (tx *Tx) ReleaseDeals(ids []standfirst.DealID, at time.Time) ([]standfirst.DealID, error) {
	return release(tx, "ReleaseDeals", ids, at)
}
