package ledger

import (
	"slices"
	"strings"

	"standfirst"
	"standfirst/internal/copydesk"
	"standfirst/internal/store"
)

// Otherwise is what somebody at the desk says of a proposed figure otherwise than the copy
// desk. An empty field leaves what the copy desk read.
type Otherwise struct {
	Property standfirst.Property
	// About names the deal or the entity that the figure is about, and Party which party of
	// the deal: as the text or the ledger calls it.
	About, Party string
	Modality     standfirst.Modality
}

// Reread returns the proposal as it is to be recorded, and the proposals with what it needs
// of the ledger. It returns an Invalid error where the words name nothing, or for a value
// that the property does not have.
func Reread(tx *store.ReadTx, p copydesk.Proposals, c copydesk.ClaimProposal, o Otherwise) (copydesk.Proposals, copydesk.ClaimProposal, error) {
	p.Entities, p.Deals = slices.Clone(p.Entities), slices.Clone(p.Deals) // the caller's stay as they are
	names := naming{&p}
	if o.Modality != "" {
		if o.Modality != standfirst.Actual && o.Modality != standfirst.Prospective {
			return p, c, standfirst.Errorf(standfirst.Invalid, "a figure is a fact or expected; %q is neither", o.Modality)
		}
		c.Modality = o.Modality
	}
	if o.Property != "" {
		c.Property = o.Property
	}
	if o.About != "" {
		if err := names.about(tx, &c, o.About); err != nil {
			return p, c, err
		}
	}
	if o.Party != "" {
		party, err := names.entity(tx, o.Party)
		if err != nil {
			return p, c, err
		}
		c.Party = party
	}
	return p, c, fit(&c)
}

// fit leaves out what the property does not have, and returns an Invalid error if it cannot
// be of such a subject or have the value.
func fit(c *copydesk.ClaimProposal) error {
	rule, ok := c.Property.Rule()
	if !ok {
		return standfirst.Errorf(standfirst.Invalid, "there is no kind of figure %q", c.Property)
	}
	if c.Deal >= 0 && !rule.OfDeal {
		return standfirst.Errorf(standfirst.Invalid, "the %s is of a company, not of a deal; name the company", c.Property.Noun())
	}
	if c.Deal < 0 && !rule.OfEntity {
		return standfirst.Errorf(standfirst.Invalid, "the %s is of a deal; name the deal", c.Property.Noun())
	}
	if !rule.Party {
		c.Party = -1
	}
	if !rule.Day {
		c.Dimensions.Day = standfirst.Day{}
	}
	if !rule.Period {
		c.Dimensions.Period = ""
	}
	switch {
	case !rule.Basis:
		c.Value.Basis = ""
	case c.Value.Basis == "":
		c.Value.Basis = standfirst.BasisUnspecified
	}
	return checkValue(standfirst.Claim{Property: c.Property}, c.Value)
}

// naming adds to proposals what words name.
type naming struct{ *copydesk.Proposals }

// about makes the claim one about the deal or the entity that the words name: one of the
// text before one of the ledger, and a deal before an entity.
func (p naming) about(tx *store.ReadTx, c *copydesk.ClaimProposal, words string) error {
	words = standfirst.OneLine(words)
	for i, d := range p.Deals {
		if strings.EqualFold(proposedDealTitle(*p.Proposals, d), words) {
			c.Deal, c.Entity = i, -1
			return nil
		}
	}
	deal, found, err := dealNamed(tx, words)
	if err != nil {
		return err
	}
	if found {
		at := slices.IndexFunc(p.Deals, func(d copydesk.DealProposal) bool { return d.Known == deal.ID })
		if at < 0 {
			at = len(p.Deals)
			p.Deals = append(p.Deals, copydesk.DealProposal{Known: deal.ID, Kind: deal.Kind, Target: -1})
		}
		c.Deal, c.Entity = at, -1
		return nil
	}
	entity, err := p.entity(tx, words)
	if err != nil {
		return err
	}
	c.Deal, c.Entity = -1, entity
	return nil
}

// entity returns the index of the entity that the words name.
func (p naming) entity(tx *store.ReadTx, words string) (int, error) {
	key := standfirst.EntityKey(words)
	for i, e := range p.Entities {
		called := func(alias string) bool { return standfirst.EntityKey(alias) == key }
		if called(e.Name) || slices.ContainsFunc(e.Aliases, called) {
			return i, nil
		}
	}
	e, err := EntityCalled(tx, words)
	if err != nil {
		return -1, err
	}
	if at := slices.IndexFunc(p.Entities, func(k copydesk.EntityProposal) bool { return k.Known == e.ID }); at >= 0 {
		return at, nil
	}
	p.Entities = append(p.Entities, copydesk.EntityProposal{Known: e.ID, Kind: e.Kind, Name: e.Name})
	return len(p.Entities) - 1, nil
}

// SubjectNames returns what the proposals are about as words that [Reread] understands: the
// deals first, each once.
func SubjectNames(tx *store.ReadTx, p copydesk.Proposals) ([]string, error) {
	var names []string
	add := func(name string) {
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, d := range p.Deals {
		if d.Known == 0 {
			add(proposedDealTitle(p, d))
			continue
		}
		known, err := tx.Deal(d.Known)
		if err != nil {
			return nil, err
		}
		add(known.Title)
	}
	for _, e := range p.Entities {
		add(e.Name)
	}
	return names, nil
}
