package ledger

import (
	"standfirst"
	"standfirst/internal/store"
)

// PanelView is what the panel of a deal in a story shows: a small part of its page.
type PanelView struct {
	Deal    standfirst.Deal
	Stage   standfirst.DealStage // empty if nobody has said
	Parties []PartyView
	More    bool                 // there are more parties than are in the view
	Figures []ClaimFigure        // of the deal as a whole
	Goal    *standfirst.Quantity // what the round seeks or has raised; nil if nobody has said
	Raised  bool                 // the goal was raised already
	// Unchecked says that the copy desk recorded some of it and no editor has looked at it.
	Unchecked bool
}

const (
	// mostPanelParties bounds how many parties a panel shows.
	mostPanelParties = 8
	// mostPanelTimeline bounds how many recordings a short timeline shows.
	mostPanelTimeline = 6
)

// panelProperties are what a panel shows of the deal as a whole, beside its stage.
var panelProperties = []standfirst.Property{
	standfirst.AmountRaised, standfirst.RoundTarget, standfirst.DealValue, standfirst.Valuation, standfirst.ValuationAtListing,
	standfirst.OfferPrice, standfirst.ContractValue, standfirst.DebtRaised, standfirst.Stage,
}

// partyProperties are what it shows of each party.
var partyProperties = []standfirst.Property{standfirst.Commitment, standfirst.Stage}

// ViewPanel returns what a panel shows of the deal to readers. It returns a NotFound
// error for a deal that is not released. Its cost does not depend on how many other
// claims there are about the deal.
func ViewPanel(tx *store.ReadTx, d standfirst.Deal) (PanelView, error) {
	claims, err := panelClaims(tx, d)
	if err != nil {
		return PanelView{}, err
	}
	view := PanelView{Deal: d, More: len(d.ShownParties()) > mostPanelParties}
	about := subjectReading{claims: claims, versions: make(map[standfirst.ClaimID][]standfirst.ClaimVersion)}
	held, err := tx.HeldVersions(idsOf(claims), store.ForReaders)
	if err != nil {
		return view, err
	}
	for _, v := range held {
		about.versions[v.Claim] = append(about.versions[v.Claim], v)
		view.Unchecked = view.Unchecked || v.Unchecked
	}
	d.Parties = panelParties(d)
	figures := about.figures()
	whole := DealView{Deal: d}
	if err := whole.parties(tx, about, figures); err != nil {
		return view, err
	}
	whole.derive(about, figures)
	view.Parties, view.Goal = whole.Parties, whole.Goal
	for _, f := range figures {
		view.Raised = view.Raised || f.Claim.Property == standfirst.AmountRaised
		if f.Claim.Dimensions.Party == 0 && f.Claim.Property != standfirst.Stage {
			view.Figures = append(view.Figures, f)
		}
	}
	view.Stage = about.stands(0)
	return view, nil
}

// ViewPanelTimeline returns what was recorded last of what the panel of the deal shows,
// the newest first. It returns a NotFound error for a deal that is not released.
func ViewPanelTimeline(tx *store.ReadTx, d standfirst.Deal) ([]Recording, error) {
	claims, err := panelClaims(tx, d)
	if err != nil {
		return nil, err
	}
	about := subjectReading{claims: claims, versions: make(map[standfirst.ClaimID][]standfirst.ClaimVersion)}
	newest, err := tx.NewestVersions(idsOf(claims), mostPanelTimeline, store.ForReaders)
	if err != nil {
		return nil, err
	}
	for _, v := range newest {
		about.versions[v.Claim] = append(about.versions[v.Claim], v)
	}
	if about.names, err = namesOf(tx, claims); err != nil {
		return nil, err
	}
	timeline := about.timeline()
	return timeline, sayWhy(tx, timeline)
}

// panelClaims returns the claims that a panel shows of the deal.
func panelClaims(tx *store.ReadTx, d standfirst.Deal) ([]standfirst.Claim, error) {
	if d.ReleasedAt.IsZero() {
		return nil, standfirst.Errorf(standfirst.NotFound, "there is no such deal")
	}
	about := standfirst.Subject{Deal: d.ID}
	claims, err := tx.ClaimsNamed(about, panelProperties, []standfirst.Dimensions{{}})
	parties := panelParties(d)
	if err != nil || len(parties) == 0 {
		if err == nil {
			claims, err = tx.WithSame(claims)
		}
		return claims, err
	}
	dimensions := make([]standfirst.Dimensions, len(parties))
	for i, p := range parties {
		dimensions[i].Party = p.Entity
	}
	ofParties, err := tx.ClaimsNamed(about, partyProperties, dimensions)
	if err != nil {
		return nil, err
	}
	return tx.WithSame(append(claims, ofParties...))
}

// panelParties returns the parties that a panel shows.
func panelParties(d standfirst.Deal) []standfirst.DealParty {
	shown := d.ShownParties()
	return shown[:min(len(shown), mostPanelParties)]
}

func idsOf(claims []standfirst.Claim) []standfirst.ClaimID {
	ids := make([]standfirst.ClaimID, len(claims))
	for i, c := range claims {
		ids[i] = c.ID
	}
	return ids
}
