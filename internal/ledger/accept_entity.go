package ledger

import (
	"slices"

	"standfirst"
	"standfirst/internal/copydesk"
)

// entities finds or records the entities that deals, claims and responses need, and
// the companies that the text names with a ticker.
func (a *accepting) entities() error {
	needed := make([]bool, len(a.proposals.Entities))
	for i, e := range a.proposals.Entities {
		needed[i] = !a.alone && e.Kind == standfirst.Company && len(e.Tickers) > 0
	}
	need := func(index int) {
		if index >= 0 {
			needed[index] = true
		}
	}
	for _, d := range a.proposals.Deals {
		need(d.Target)
		for _, p := range d.Parties {
			need(p.Entity)
		}
	}
	for _, c := range a.proposals.Claims {
		need(c.Entity)
		need(c.Party)
	}
	for _, r := range a.proposals.Responses {
		need(r.Party)
	}
	a.entity = make([]standfirst.EntityID, len(needed))
	for i, e := range a.proposals.Entities {
		if !needed[i] {
			continue
		}
		id, err := a.oneEntity(e)
		if err != nil {
			return err
		}
		a.entity[i] = id
	}
	return nil
}

// oneEntity finds the entity, and adds what is new about its names, or records it.
func (a *accepting) oneEntity(e copydesk.EntityProposal) (standfirst.EntityID, error) {
	known, found, err := a.findEntity(e)
	if err != nil {
		return 0, err
	}
	if !found {
		return a.tx.InsertEntity(standfirst.Entity{
			Kind: e.Kind, Name: e.Name, Aliases: e.Aliases, Tickers: e.Tickers,
			CreatedAt: a.now(), CreatedBy: a.actor.String(),
		})
	}
	names := append([]string{known.Name}, known.Aliases...)
	var fresh []string
	for _, name := range append([]string{e.Name}, e.Aliases...) {
		if !slices.ContainsFunc(names, func(n string) bool { return standfirst.EntityKey(n) == standfirst.EntityKey(name) }) {
			names, fresh = append(names, name), append(fresh, name)
		}
	}
	if len(fresh) > 0 {
		if err := a.tx.AddAliases(known.ID, fresh); err != nil {
			return 0, err
		}
	}
	if len(known.Tickers) == 0 && len(e.Tickers) > 0 && known.ReleasedAt.IsZero() { // a page of its own shows it
		return known.ID, a.tx.AddTickers(known.ID, e.Tickers)
	}
	return known.ID, nil
}

// findEntity looks for the entity: as the copy desk knew it, by a ticker, by its full
// name, and by a name that only one entity of its kind has.
func (a *accepting) findEntity(e copydesk.EntityProposal) (standfirst.Entity, bool, error) {
	if e.Known != 0 {
		known, err := a.tx.Entity(e.Known)
		if err == nil && known.MergedInto != 0 { // since the text was read
			known, err = a.tx.Entity(known.MergedInto)
		}
		return known, err == nil, err
	}
	for _, t := range e.Tickers {
		known, err := a.tx.EntityByTicker(t.Exchange.MIC, t.Symbol)
		if err == nil || !isNotFound(err) {
			return known, err == nil, err
		}
	}
	key := standfirst.EntityKey(e.Name)
	named, err := a.tx.EntitiesByKeys([]string{key})
	if err != nil {
		return standfirst.Entity{}, false, err
	}
	named = slices.DeleteFunc(named, func(k standfirst.Entity) bool { return k.Kind != e.Kind })
	for _, k := range named {
		if standfirst.EntityKey(k.Name) == key {
			return k, true, nil
		}
	}
	if len(named) == 1 {
		return named[0], true, nil
	}
	return standfirst.Entity{}, false, nil
}
