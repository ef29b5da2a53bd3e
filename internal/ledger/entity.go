package ledger

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"

	"standfirst"
	"standfirst/internal/store"
)

// EntityDraft is what the desk says of a company, organisation, person or place.
type EntityDraft struct {
	Kind         standfirst.EntityKind // of a new one
	Name         string
	Aliases      []string
	Tickers      []string // as the trade writes them: "NYSE: NWF"
	LEI, QID     string
	PublicFigure bool
	// Another says that there may be another of the name.
	Another bool
	// Seen is the fingerprint of what was changed.
	Seen standfirst.Fingerprint
}

const (
	maxEntityName = 200
	// maxAliases bounds how many other names, and how many tickers, an entity has.
	maxAliases = 100
)

var qid = regexp.MustCompile(`^Q[1-9][0-9]{0,11}$`)

// entity returns the entity that the draft describes, or an Invalid error.
func (d EntityDraft) entity() (standfirst.Entity, error) {
	e := standfirst.Entity{
		Kind: d.Kind, Name: standfirst.OneLine(d.Name), LEI: strings.ToUpper(standfirst.OneLine(d.LEI)), QID: strings.ToUpper(standfirst.OneLine(d.QID)),
		PublicFigure: d.PublicFigure && d.Kind == standfirst.Person,
	}
	switch {
	case !d.Kind.Valid():
		return e, standfirst.Errorf(standfirst.Invalid, "say whether it is a company, an organisation, a person or a place")
	case standfirst.EntityKey(e.Name) == "":
		return e, standfirst.Errorf(standfirst.Invalid, "give it a name")
	case len(e.Name) > maxEntityName:
		return e, standfirst.Errorf(standfirst.Invalid, "the name has %d bytes; %d is the most", len(e.Name), maxEntityName)
	case e.LEI != "" && !standfirst.ValidLEI(e.LEI):
		return e, standfirst.Errorf(standfirst.Invalid, "%q is no LEI: it has 20 letters and digits, and the last two check the others", e.LEI)
	case e.QID != "" && !qid.MatchString(e.QID):
		return e, standfirst.Errorf(standfirst.Invalid, "%q is no Wikidata number, such as Q42", e.QID)
	case len(d.Aliases) > maxAliases || len(d.Tickers) > maxAliases:
		return e, standfirst.Errorf(standfirst.Invalid, "%d other names and %d tickers are the most", maxAliases, maxAliases)
	}
	for _, alias := range d.Aliases {
		if alias = standfirst.OneLine(alias); len(alias) > maxEntityName {
			return e, standfirst.Errorf(standfirst.Invalid, "another name has %d bytes; %d is the most", len(alias), maxEntityName)
		} else if alias != "" {
			e.Aliases = append(e.Aliases, alias)
		}
	}
	for _, text := range d.Tickers {
		if text = standfirst.OneLine(text); text == "" {
			continue
		}
		t, ok := standfirst.ParseTicker(text)
		if !ok {
			return e, standfirst.Errorf(standfirst.Invalid, "%q is no ticker that is known; write the exchange and the symbol, such as NYSE: NWF", text)
		}
		if d.Kind != standfirst.Company {
			return e, standfirst.Errorf(standfirst.Invalid, "only a company has tickers")
		}
		if !slices.ContainsFunc(e.Tickers, t.Same) {
			e.Tickers = append(e.Tickers, t)
		}
	}
	return e, nil
}

// CreateEntity records an entity by hand. Readers see it once something that is released
// names it. It returns a Conflict error if there is one of its kind and name, unless the
// draft says that this is another, or if a ticker is another company's.
func (l *Ledger) CreateEntity(ctx context.Context, actor standfirst.Actor, d EntityDraft) (standfirst.EntityID, error) {
	if err := actor.Require(standfirst.ManageEntities); err != nil {
		return 0, err
	}
	e, err := d.entity()
	if err != nil {
		return 0, err
	}
	e.CreatedBy = actor.String()
	var id standfirst.EntityID
	err = l.update(ctx, "create "+string(e.Kind), func(tx *store.Tx) error {
		if err := onlyOne(tx, e, d.Another); err != nil {
			return err
		}
		e.CreatedAt = l.now()
		if id, err = tx.InsertEntity(e); err != nil {
			return err
		}
		return l.auditEntity(tx, actor, "entity.create", id, e.Name)
	})
	return id, err
}

// ErrNameTaken is the cause of the Conflict error for an entity of which there is one of the
// name: a draft can say that it is another.
var ErrNameTaken = errors.New("ledger: the name is taken")

// onlyOne returns a Conflict error if another entity of the kind is called so.
func onlyOne(tx *store.Tx, e standfirst.Entity, another bool) error {
	if another {
		return nil
	}
	key := standfirst.EntityKey(e.Name)
	named, err := tx.EntitiesByKeys([]string{key})
	for _, k := range named {
		if k.ID != e.ID && k.Kind == e.Kind && standfirst.EntityKey(k.Name) == key {
			return standfirst.WrapError(standfirst.Conflict, ErrNameTaken, "there is already a %s of the name %s; say that this is another, if it is", e.Kind, k.Name)
		}
	}
	return err
}

// ChangeEntity changes what is known of the entity. Its kind and its address stay. It
// returns a Conflict error as [Ledger.CreateEntity] does, if somebody changed it meanwhile,
// or if it was merged into another.
func (l *Ledger) ChangeEntity(ctx context.Context, actor standfirst.Actor, id standfirst.EntityID, d EntityDraft) error {
	if err := actor.Require(standfirst.ManageEntities); err != nil {
		return err
	}
	return l.update(ctx, "change entity "+id.String(), func(tx *store.Tx) error {
		before, err := tx.Entity(id)
		if err != nil {
			return err
		}
		if before.MergedInto != 0 {
			return standfirst.Errorf(standfirst.Conflict, "%s was merged into another meanwhile", before.Name)
		}
		if err := d.Seen.Check(before.Fingerprint(), before.Name); err != nil {
			return err
		}
		d.Kind = before.Kind
		e, err := d.entity()
		if err != nil {
			return err
		}
		e.ID = id
		if standfirst.EntityKey(e.Name) != standfirst.EntityKey(before.Name) {
			if err := onlyOne(tx, e, d.Another); err != nil {
				return err
			}
		}
		if err := tx.ChangeEntity(e); err != nil {
			return err
		}
		e.Slug = before.Slug
		for _, shown := range []standfirst.Entity{before, e} {
			if err := touchEntity(tx, shown); err != nil {
				return err
			}
		}
		return l.auditEntity(tx, actor, "entity.change", id, e.Name)
	})
}

// claimsNaming returns the claims about the entity, and those of it as a party.
func claimsNaming(tx *store.ReadTx, id standfirst.EntityID) ([]standfirst.Claim, error) {
	claims, err := tx.ClaimsOf(standfirst.Subject{Entity: id}, store.ForDesk)
	if err != nil {
		return nil, err
	}
	ofParty, err := tx.ClaimsOfParty(id)
	return append(claims, ofParty...), err
}

// auditEntity leaves the row that says who did what to the entity.
func (l *Ledger) auditEntity(tx *store.Tx, actor standfirst.Actor, action string, id standfirst.EntityID, detail string) error {
	return tx.Audit(standfirst.AuditEntry{At: l.now(), Actor: actor, Action: action, Object: "entity:" + id.String(), Detail: detail})
}
