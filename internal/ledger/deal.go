package ledger

import (
	"context"
	"slices"

	"standfirst"
	"standfirst/internal/store"
)

// DealDraft is what the desk says of a new deal.
type DealDraft struct {
	Kind   standfirst.DealKind
	Title  string // empty means the one that a newsroom would give it
	Target string // as somebody calls it, see [EntityCalled]
}

// maxDealTitle bounds the title of a deal, in bytes.
const maxDealTitle = 200

// partyRoles are what a party can be in a deal, in the order in which they are offered.
var partyRoles = []standfirst.PartyRole{
	standfirst.Investor, standfirst.Lead, standfirst.Buyer, standfirst.Seller, standfirst.Lender, standfirst.Acquirer, standfirst.Partner,
	standfirst.Customer, standfirst.Underwriter,
}

// PartyRoles returns what a party can be in a deal, in the order in which they are offered.
func PartyRoles() []standfirst.PartyRole { return slices.Clone(partyRoles) }

// CreateDeal records a deal by hand. Readers see it once a figure of it, or where it
// stands, is released. It returns an Invalid error for a kind that there is not, or where
// it cannot be told who the deal is about.
func (l *Ledger) CreateDeal(ctx context.Context, actor standfirst.Actor, d DealDraft) (standfirst.DealID, error) {
	if err := actor.Require(standfirst.ManageEntities); err != nil {
		return 0, err
	}
	title, err := checkDeal(d.Kind, d.Title)
	if err != nil {
		return 0, err
	}
	var id standfirst.DealID
	err = l.update(ctx, "create a deal", func(tx *store.Tx) error {
		target, err := EntityCalled(&tx.ReadTx, d.Target)
		if err != nil {
			return err
		}
		deal := standfirst.Deal{Kind: d.Kind, Title: title, Target: target.ID, CreatedAt: l.now(), CreatedBy: actor.String()}
		if deal.Title == "" {
			deal.Title = dealTitle(d.Kind, standfirst.ShortName(target.Name), "")
		}
		if id, err = tx.InsertDeal(deal); err != nil {
			return err
		}
		return l.auditDeal(tx, actor, "deal.create", id, deal.Title)
	})
	return id, err
}

// checkDeal returns the title as it is stored, and an Invalid error for what cannot be.
func checkDeal(kind standfirst.DealKind, title string) (string, error) {
	title = standfirst.OneLine(title)
	switch {
	case !kind.Valid():
		return title, standfirst.Errorf(standfirst.Invalid, "choose what kind of deal it is")
	case len(title) > maxDealTitle:
		return title, standfirst.Errorf(standfirst.Invalid, "the title has %d bytes; %d is the most", len(title), maxDealTitle)
	}
	return title, nil
}

// ChangeDeal gives the deal another kind and title. Its address stays. It returns a Conflict
// error if they were changed since they were seen.
func (l *Ledger) ChangeDeal(ctx context.Context, actor standfirst.Actor, id standfirst.DealID, kind standfirst.DealKind, title string, seen standfirst.Fingerprint) error {
	if err := actor.Require(standfirst.ManageEntities); err != nil {
		return err
	}
	title, err := checkDeal(kind, title)
	if err != nil {
		return err
	}
	if title == "" {
		return standfirst.Errorf(standfirst.Invalid, "give the deal a title")
	}
	return l.changeDeal(ctx, actor, id, "deal.change", title, func(tx *store.Tx, d standfirst.Deal) error {
		if d.Kind != kind || d.Title != title {
			if err := seen.Check(d.Fingerprint(), "“"+d.Title+"”"); err != nil {
				return err
			}
		}
		return tx.ChangeDeal(d.ID, kind, title)
	})
}

// AddParty makes the entity a party of the deal. Readers of the deal see it at once. It
// returns an Invalid error for a role that there is not, or where the words name no entity.
func (l *Ledger) AddParty(ctx context.Context, actor standfirst.Actor, id standfirst.DealID, called string, role standfirst.PartyRole) error {
	if err := actor.Require(standfirst.ManageEntities); err != nil {
		return err
	}
	if !slices.Contains(partyRoles, role) {
		return standfirst.Errorf(standfirst.Invalid, "choose what the party is in the deal")
	}
	return l.changeDeal(ctx, actor, id, "deal.party", string(role)+" "+called, func(tx *store.Tx, d standfirst.Deal) error {
		e, err := EntityCalled(&tx.ReadTx, called)
		if err != nil {
			return err
		}
		party := standfirst.DealParty{Entity: e.ID, Role: role}
		if slices.Contains(d.Parties, party) {
			return standfirst.Errorf(standfirst.Conflict, "%s is in the deal already, as %s", e.Name, role)
		}
		// Whatever story it waited for, readers see it from now on.
		waits := func(p standfirst.DealParty) bool { return p.Entity == e.ID && p.Role == role }
		return tx.SetDealParties(d.ID, append(slices.DeleteFunc(d.Parties, waits), party))
	})
}

// RemoveParty takes the entity out of the deal in that role: it was recorded in error. Who
// withdraws from a deal gets a stage, see [Ledger.SetStage]. It returns a Conflict while a
// figure or a stage of the party is held.
func (l *Ledger) RemoveParty(ctx context.Context, actor standfirst.Actor, id standfirst.DealID, entity standfirst.EntityID, role standfirst.PartyRole) error {
	if err := actor.Require(standfirst.ManageEntities); err != nil {
		return err
	}
	return l.changeDeal(ctx, actor, id, "deal.party-removed", string(role)+" entity "+entity.String(), func(tx *store.Tx, d standfirst.Deal) error {
		before := len(d.Parties)
		parties := slices.DeleteFunc(slices.Clone(d.Parties), func(p standfirst.DealParty) bool { return p.Entity == entity && p.Role == role })
		if len(parties) == before {
			return standfirst.Errorf(standfirst.NotFound, "there is no such party of “%s”", d.Title)
		}
		stays := slices.ContainsFunc(parties, func(p standfirst.DealParty) bool { return p.Entity == entity })
		if !stays {
			if err := nothingHeld(tx, d, entity); err != nil {
				return err
			}
		}
		return tx.SetDealParties(d.ID, parties)
	})
}

// nothingHeld returns a Conflict error if something is held of the party in the deal.
func nothingHeld(tx *store.Tx, d standfirst.Deal, party standfirst.EntityID) error {
	var properties []standfirst.Property
	for _, rule := range standfirst.Properties() {
		if rule.Party {
			properties = append(properties, rule.Property)
		}
	}
	claims, err := tx.ClaimsNamed(standfirst.Subject{Deal: d.ID}, properties, []standfirst.Dimensions{{Party: party}})
	if err != nil {
		return err
	}
	held, err := tx.HeldVersions(idsOf(claims), store.ForDesk)
	if err != nil || len(held) == 0 {
		return err
	}
	e, err := tx.Entity(party)
	if err != nil {
		return err
	}
	return standfirst.Errorf(standfirst.Conflict, "a figure of %s in this deal is held; withdraw it first, or set the stage of %s to withdrawn if it took part", e.Name, e.Name)
}

// changeDeal changes the deal, and what readers see of it if they see it.
func (l *Ledger) changeDeal(ctx context.Context, actor standfirst.Actor, id standfirst.DealID, action, detail string, change func(*store.Tx, standfirst.Deal) error) error {
	return l.update(ctx, "change deal "+id.String(), func(tx *store.Tx) error {
		before, err := tx.Deal(id)
		if err != nil {
			return err
		}
		if err := change(tx, before); err != nil {
			return err
		}
		if err := l.auditDeal(tx, actor, action, id, detail); err != nil || before.ReleasedAt.IsZero() {
			return err
		}
		deal, err := tx.Deal(id)
		if err != nil {
			return err
		}
		r := l.newReleasing(tx, actor)
		r.deals[id] = true
		if err := r.deal(deal); err != nil {
			return err
		}
		tx.Touch(standfirst.LedgerTag)            // where each figure says of which deal it is
		for _, p := range before.ShownParties() { // whose page listed it
			tx.Touch(standfirst.EntityTag(p.Entity))
		}
		if err := touchAnswered(tx, standfirst.Subject{Deal: id}); err != nil {
			return err
		}
		return r.finish()
	})
}

// auditDeal leaves the row that says who did what to the deal.
func (l *Ledger) auditDeal(tx *store.Tx, actor standfirst.Actor, action string, id standfirst.DealID, detail string) error {
	return tx.Audit(standfirst.AuditEntry{At: l.now(), Actor: actor, Action: action, Object: "deal:" + id.String(), Detail: detail})
}
