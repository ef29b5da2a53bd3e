package store

import (
	"time"

	"standfirst"
)

type storedTicker struct {
	MIC    string `json:"mic"`
	Symbol string `json:"symbol"`
}

func toTickers(tickers []standfirst.Ticker) []storedTicker {
	stored := make([]storedTicker, 0, len(tickers))
	for _, t := range tickers {
		stored = append(stored, storedTicker{t.Exchange.MIC, t.Symbol})
	}
	return stored
}

func fromTickers(stored []storedTicker) []standfirst.Ticker {
	var tickers []standfirst.Ticker
	for _, s := range stored {
		exchange, known := standfirst.FindExchange(s.MIC)
		if !known {
			exchange.MIC = s.MIC
		}
		tickers = append(tickers, standfirst.Ticker{Exchange: exchange, Symbol: s.Symbol})
	}
	return tickers
}

// Entity returns the entity with the identifier, released or not.
func (tx *ReadTx) Entity(id standfirst.EntityID) (standfirst.Entity, error) {
	e, err := one(tx, scanEntity, "Entity", int64(id))
	return e, missing(err, "there is no entity %d", id)
}

// EntityAt returns the entity at the address, released or not.
func (tx *ReadTx) EntityAt(kind standfirst.EntityKind, slug standfirst.Slug) (standfirst.Entity, error) {
	e, err := one(tx, scanEntity, "EntityAt", string(kind), string(slug))
	return e, missing(err, "there is nothing at %s", standfirst.EntityPath(kind, slug))
}

// EntityByTicker returns the company whose shares have the symbol on the exchange
// with the MIC.
func (tx *ReadTx) EntityByTicker(mic, symbol string) (standfirst.Entity, error) {
	e, err := one(tx, scanEntity, "EntityByTicker", mic, symbol)
	return e, missing(err, "there is no company with the ticker %s on %s", symbol, mic)
}

// EntitiesByKeys returns the entities that have one of the keys, see
// [standfirst.EntityKey], by their name or an alias. Several may share a key.
func (tx *ReadTx) EntitiesByKeys(keys []string) ([]standfirst.Entity, error) {
	return all(tx, scanEntity, "EntitiesByKeys", toList(keys))
}

// EntitiesByID returns those of the entities that are there, each once, in the order
// of their identifiers.
func (tx *ReadTx) EntitiesByID(ids []standfirst.EntityID) ([]standfirst.Entity, error) {
	return all(tx, scanEntity, "EntitiesByID", toList(ids))
}

// EntitiesNamed returns the entities of any kind with one of the slugs and the companies
// with one of the tickers, released or not, each once, in the order of their
// identifiers. It costs one query, and may return companies with one of the symbols on
// another of the exchanges.
func (tx *ReadTx) EntitiesNamed(slugs []standfirst.Slug, tickers []standfirst.Ticker) ([]standfirst.Entity, error) {
	exchanges, symbols := make([]string, len(tickers)), make([]string, len(tickers))
	for i, t := range tickers {
		exchanges[i], symbols[i] = t.Exchange.MIC, t.Symbol
	}
	return all(tx, scanEntity, "EntitiesNamed", toList(slugs), toList(exchanges), toList(symbols))
}

// Entities returns up to limit entities of the kind in the order of their slugs, for
// readers only those that have a page. A list goes on after the slug of the last one
// that it showed; it begins with "".
func (tx *ReadTx) Entities(kind standfirst.EntityKind, after standfirst.Slug, limit int, a Audience) ([]standfirst.Entity, error) {
	if a == ForDesk {
		return all(tx, scanEntity, "Entities", string(kind), string(after), int64(limit))
	}
	return all(tx, scanEntity, "EntitiesWithPage", string(kind), string(after), int64(limit))
}

func scanEntity(row scanner) (e standfirst.Entity, err error) {
	var tickers []storedTicker
	err = row.Scan(entityColumns(&e, &tickers)...)
	e.Tickers = fromTickers(tickers)
	return e, err
}

// entityColumns returns where the columns of an entity are scanned to.
func entityColumns(e *standfirst.Entity, tickers *[]storedTicker) []any {
	return []any{
		&e.ID, &e.Kind, &e.Slug, &e.Name, fromJSON{&e.Aliases}, fromJSON{tickers}, &e.LEI, &e.QID, (*flag)(&e.PublicFigure),
		(*instant)(&e.CreatedAt), &e.CreatedBy, (*instant)(&e.ReleasedAt), numberInto(&e.MergedInto),
	}
}

// InsertEntity stores a new entity. Its slug is numbered until no other of its kind
// has it; an empty one is made of the name first. A zero time of creation becomes
// now. It returns a Conflict error if one of the tickers is another's.
func (tx *Tx) InsertEntity(e standfirst.Entity) (standfirst.EntityID, error) {
	aliases, keys := newNames(nil, e.Name, e.Aliases)
	id, err := insertWithSlug(e.Slug, e.Name, string(e.Kind), func(slug standfirst.Slug) (standfirst.EntityID, error) {
		return one(&tx.ReadTx, scanID[standfirst.EntityID], "InsertEntity", string(e.Kind), string(slug), e.Name,
			toList(aliases), "[]", e.LEI, e.QID, toFlag(e.PublicFigure), toMicros(tx.orNow(e.CreatedAt)), e.CreatedBy,
			toMicros(e.ReleasedAt))
	})
	if err != nil {
		return 0, err
	}
	if err := tx.insertNameKeys(id, append(keys, standfirst.EntityKey(e.Name))); err != nil {
		return 0, err
	}
	return id, tx.AddTickers(id, e.Tickers)
}

// insertWithSlug calls insert with the slug, or one that is made of the name, or the
// fallback; and while that is taken, which errNoRow says, with the next number.
func insertWithSlug[T any](slug standfirst.Slug, name, fallback string, insert func(standfirst.Slug) (T, error)) (T, error) {
	if slug == "" {
		slug = standfirst.Slugify(name)
	}
	if slug == "" {
		slug = standfirst.Slug(fallback)
	}
	id, err := insert(slug)
	for n := 2; err == errNoRow; n++ {
		id, err = insert(slug.Numbered(n))
	}
	return id, err
}

// AddAliases adds those of the names under which the entity is not yet found.
func (tx *Tx) AddAliases(id standfirst.EntityID, names []string) error {
	e, err := tx.Entity(id)
	if err != nil {
		return err
	}
	aliases, keys := newNames(e.Aliases, e.Name, names)
	if len(keys) == 0 {
		return nil
	}
	if err := tx.insertNameKeys(id, keys); err != nil {
		return err
	}
	_, err = tx.exec("UpdateEntityAliases", toList(aliases), int64(id))
	return err
}

// newNames returns the aliases with those of the names that have a key of their own
// behind them, and their keys.
func newNames(aliases []string, name string, names []string) (with, keys []string) {
	known := map[string]bool{"": true, standfirst.EntityKey(name): true}
	for _, alias := range aliases {
		known[standfirst.EntityKey(alias)] = true
	}
	for _, n := range names {
		if key := standfirst.EntityKey(n); !known[key] {
			known[key] = true
			aliases, keys = append(aliases, n), append(keys, key)
		}
	}
	return aliases, keys
}

func (tx *Tx) insertNameKeys(id standfirst.EntityID, keys []string) error {
	for _, key := range keys {
		if _, err := tx.exec("InsertEntityAlias", key, int64(id)); err != nil {
			return err
		}
	}
	return nil
}

// AddTickers adds those of the tickers that the company does not have yet. It returns
// a Conflict error if one is another's.
func (tx *Tx) AddTickers(id standfirst.EntityID, tickers []standfirst.Ticker) error {
	if len(tickers) == 0 {
		return nil
	}
	e, err := tx.Entity(id)
	if err != nil {
		return err
	}
	before := len(e.Tickers)
	for _, t := range tickers {
		added, err := tx.exec("InsertEntityTicker", t.Exchange.MIC, t.Symbol, int64(id))
		if err != nil {
			return err
		}
		if added > 0 {
			e.Tickers = append(e.Tickers, t)
			continue
		}
		owner, err := tx.EntityByTicker(t.Exchange.MIC, t.Symbol)
		if err != nil {
			return err
		}
		if owner.ID != id {
			return standfirst.Errorf(standfirst.Conflict, "the ticker %s on %s is that of %s", t.Symbol, t.Exchange.MIC, owner.Name)
		}
	}
	if len(e.Tickers) == before {
		return nil
	}
	_, err = tx.exec("UpdateEntityTickers", toJSON(toTickers(e.Tickers)), int64(id))
	return err
}

// SetPublicFigure says whether a person may have a page.
func (tx *Tx) SetPublicFigure(id standfirst.EntityID, public bool) error {
	changed, err := tx.exec("SetPublicFigure", toFlag(public), int64(id))
	if err == nil && changed == 0 {
		err = errNoRow
	}
	return missing(err, "there is no entity %d", id)
}

// ReleaseEntities lets readers see the entities from the time on. It returns those
// that they could not see before.
func (tx *Tx) ReleaseEntities(ids []standfirst.EntityID, at time.Time) ([]standfirst.EntityID, error) {
	return release(tx, "ReleaseEntities", ids, at)
}
