package standfirst

import (
	"slices"
	"time"
)

// DealKind says what sort of transaction a deal is.
type DealKind string

const (
	PrimaryRound DealKind = "primary-round" // new money for shares of a company that is not listed
	Secondary    DealKind = "secondary"     // existing shares change hands
	Convertible  DealKind = "convertible"
	Debt         DealKind = "debt"
	Acquisition  DealKind = "acquisition"
	Merger       DealKind = "merger"
	Listing      DealKind = "listing"
	Contract     DealKind = "contract"
)

// DealKinds returns every kind, in the order in which they are listed.
func DealKinds() []DealKind {
	return []DealKind{PrimaryRound, Secondary, Convertible, Debt, Acquisition, Merger, Listing, Contract}
}

// Valid reports whether k is one of the kinds.
func (k DealKind) Valid() bool { return slices.Contains(DealKinds(), k) }

// PartyRole is what a party does in a deal.
type PartyRole string

const (
	Investor    PartyRole = "investor"
	Lead        PartyRole = "lead" // the investor who leads a round
	Buyer       PartyRole = "buyer"
	Seller      PartyRole = "seller"
	Lender      PartyRole = "lender"
	Acquirer    PartyRole = "acquirer"
	Partner     PartyRole = "partner" // the other side of a merger
	Customer    PartyRole = "customer"
	Underwriter PartyRole = "underwriter"
)

// Deal is a transaction that is followed over time. Where it stands, who puts in how
// much and at which value are claims about it. Until it is released it is the desk's
// own.
type Deal struct {
	ID         DealID
	Kind       DealKind
	Slug       Slug
	Title      string   // such as "Halcyon Compute round"
	Target     EntityID // the company that gets the money, is bought, lists or supplies
	Parties    []DealParty
	ReleasedAt time.Time // zero until readers may see it
	CreatedAt  time.Time
	CreatedBy  string // the actor, as [Actor.String]
}

// BringsNewMoney reports whether a company may get new money in such a deal, so that a
// valuation is one before it or with it: in a share sale existing shares change hands.
func (k DealKind) BringsNewMoney() bool { return k != Secondary && k != Acquisition && k != Merger }

// DealParty is one side of a deal beside its target.
type DealParty struct {
	Entity EntityID
	Role   PartyRole
	// Story is one that names the party, until it is published: readers do not see the
	// party before that, and it stands once for each story that they wait for. Zero once
	// they may see it.
	Story StoryID
}

// ShownParties returns the parties that readers may see.
func (d Deal) ShownParties() []DealParty {
	var shown []DealParty
	for _, p := range d.Parties {
		if p.Story == 0 {
			shown = append(shown, p)
		}
	}
	return shown
}

// Path returns the address of the deal's page.
func (d Deal) Path() string { return DealPath(d.Slug) }

// DealPath returns the address of the page of a deal.
func DealPath(slug Slug) string { return "/deal/" + string(slug) }

// DealStage is where a deal, or one party of it, stands.
type DealStage string

const (
	Considering     DealStage = "considering"
	EarlyTalks      DealStage = "early-talks"
	Talks           DealStage = "talks"
	AdvancedTalks   DealStage = "advanced-talks"
	ExclusiveTalks  DealStage = "exclusive-talks"
	TermSheet       DealStage = "term-sheet"
	Agreed          DealStage = "agreed"
	Signed          DealStage = "signed"
	PartiallyClosed DealStage = "partially-closed"
	Closed          DealStage = "closed"
	Withdrawn       DealStage = "withdrawn"
	Collapsed       DealStage = "collapsed"
	Terminated      DealStage = "terminated"
)

// DealStages returns every stage, the way of a deal first and then its other ends.
func DealStages() []DealStage {
	return []DealStage{Considering, EarlyTalks, Talks, AdvancedTalks, ExclusiveTalks, TermSheet, Agreed, Signed,
		PartiallyClosed, Closed, Withdrawn, Collapsed, Terminated}
}

// Valid reports whether s is one of the stages.
func (s DealStage) Valid() bool { return slices.Contains(DealStages(), s) }

// Over reports whether nothing more is to come of the deal.
func (s DealStage) Over() bool {
	return s == Closed || s.Off()
}

// Off reports whether the deal ended without coming about.
func (s DealStage) Off() bool { return s == Withdrawn || s == Collapsed || s == Terminated }
