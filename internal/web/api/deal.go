package api

import (
	"net/http"

	"standfirst"
	"standfirst/internal/feed"
	"standfirst/internal/ledger"
	"standfirst/internal/store"
)

// DealRef says which deal it is.
type DealRef struct {
	Slug  string              `json:"slug" example:"halcyon-compute-round"`
	Title string              `json:"title" example:"Halcyon Compute round"`
	Kind  standfirst.DealKind `json:"kind" example:"primary-round"`
	URL   string              `json:"url" format:"uri-reference" example:"https://harbourledger.example/deal/halcyon-compute-round"`
}

// dealCard is a deal in the list.
type dealCard struct {
	DealRef
	Target  Party                `json:"target" doc:"The company that gets the money, is bought, lists or supplies."`
	Stage   standfirst.DealStage `json:"stage,omitempty" doc:"Where it stands; absent if nobody has said." example:"advanced-talks"`
	Size    *feed.Amount         `json:"size,omitempty" doc:"How much it is about."`
	Updated string               `json:"updated" format:"date" doc:"The day on which something about it was released last." example:"2026-03-05"`
}

// Party is somebody who takes part. Who has no page has no address.
type Party struct {
	Name string               `json:"name" example:"Northwind Power"`
	URL  string               `json:"url,omitempty" format:"uri-reference" example:"https://harbourledger.example/company/northwind"`
	Role standfirst.PartyRole `json:"role,omitempty" doc:"What it does in the deal; absent for the target." example:"lead"`
}

// deal is a deal as readers see it.
type deal struct {
	DealRef
	Target    Party                `json:"target" doc:"The company that gets the money, is bought, lists or supplies."`
	Stage     standfirst.DealStage `json:"stage,omitempty" doc:"Where it stands; absent if nobody has said." example:"advanced-talks"`
	Parties   []dealParty          `json:"parties" nullable:"false"`
	Figures   []figure             `json:"figures" nullable:"false" doc:"What is held of the deal as a whole."`
	Derived   []derived            `json:"derived" nullable:"false" doc:"Our own arithmetic."`
	Conflicts []conflict           `json:"conflicts" nullable:"false" doc:"What cannot all hold."`
	Timeline  []recording          `json:"timeline" nullable:"false" doc:"What was recorded of it, the newest first."`
	Answers   []answerGiven        `json:"answers" nullable:"false" doc:"What parties said."`
	More      bool                 `json:"more" doc:"There are more figures or recordings than these."`
}

// dealParty is a party with what it puts in.
type dealParty struct {
	Party
	Stage      standfirst.DealStage `json:"stage,omitempty"`
	Commitment *figure              `json:"commitment,omitempty"`
	Derived    []derived            `json:"derived" nullable:"false"`
}

// derived is a figure of our own arithmetic.
type derived struct {
	Kind        string           `json:"kind" example:"share of the round"`
	Value       string           `json:"value" example:"at most 60%"`
	Reading     standfirst.Basis `json:"reading,omitempty" doc:"How the valuation was read: before or after the new money, or both." example:"post"`
	Formula     string           `json:"formula" example:"amount ÷ round"`
	Assumptions []string         `json:"assumptions" nullable:"false"`
	IfCeilings  bool             `json:"if_ceilings,omitempty" doc:"Only if both ceilings are reached."`
}

// conflict is two figures that cannot both hold.
type conflict struct {
	Claim  ClaimName `json:"claim"`
	First  string    `json:"first" example:"$100 billion"`
	Second string    `json:"second" example:"$120 billion"`
}

func (rd *reading) dealName(d standfirst.Deal) DealRef {
	return DealRef{string(d.Slug), d.Title, d.Kind, rd.outside(d.Path())}
}

func (rd *reading) party(e standfirst.Entity, role standfirst.PartyRole) Party {
	p := Party{Name: standfirst.ShortName(e.Name), Role: role}
	if e.HasPage() {
		p.URL = rd.outside(e.Path())
	}
	return p
}

func derivedOf(all ...[]standfirst.Derived) []derived {
	out := []derived{}
	for _, some := range all {
		for _, d := range some {
			shown := derived{Kind: string(d.Kind), Value: d.String(), Reading: d.Reading, Formula: d.Formula, Assumptions: d.Assumptions, IfCeilings: d.IfCeilings}
			if shown.Assumptions == nil {
				shown.Assumptions = []string{}
			}
			out = append(out, shown)
		}
	}
	return out
}

// DealFilter says which deals are asked for.
type DealFilter struct {
	Paging
	Kind  standfirst.DealKind  `query:"kind" enum:"primary-round,secondary,convertible,debt,acquisition,merger,listing,contract" doc:"Only those of that kind."`
	Stage standfirst.DealStage `query:"stage" enum:"considering,early-talks,talks,advanced-talks,exclusive-talks,term-sheet,agreed,signed,partially-closed,closed,withdrawn,collapsed,terminated" doc:"Only those that stand there."`
}

// deals lists the deals that readers see, what changed last first.
func (p *program) deals(in *DealFilter) (out *Listed[dealCard], err error) {
	err = p.read(func(rd *reading) error {
		name := "deals " + string(in.Kind) + " " + string(in.Stage)
		at, id, err := parseMoment(name, in.Cursor)
		if err != nil {
			return err
		}
		filter := store.DealFilter{Kind: in.Kind, Stage: in.Stage, Order: store.ByUpdate}
		found, err := rd.tx.DealListings(filter, store.DealPosition{UpdatedAt: at, ID: standfirst.DealID(id)}, in.Limit+1)
		if err != nil {
			return err
		}
		out, err = page(p, name, in.Limit, found,
			func(d store.DealListing) []string { return moment(d.UpdatedAt, d.Deal.ID) },
			func(d store.DealListing) (dealCard, error) {
				return dealCard{rd.dealName(d.Deal), rd.party(d.Target, ""), d.Stage, feed.NewAmount(d.Size), rd.day(d.UpdatedAt)}, nil
			})
		return err
	})
	return out, err
}

// DealName is a deal by its slug.
type DealName struct {
	Slug string `path:"slug" maxLength:"200" doc:"The end of its address." example:"halcyon-compute-round"`
}

// deal tells one deal with its figures and how it came about.
func (p *program) deal(in *DealName) (out *Shown[deal], err error) {
	err = p.read(func(rd *reading) error {
		d, err := rd.tx.DealAt(standfirst.Slug(in.Slug))
		if err != nil {
			return err
		}
		v, err := ledger.ViewDeal(rd.tx, d)
		if err != nil {
			return err
		}
		out = &Shown[deal]{deal{
			DealRef: rd.dealName(d), Target: rd.party(v.Target, ""), Stage: v.Stage, Parties: []dealParty{}, Figures: rd.figures(v.Figures),
			Derived: derivedOf(v.Derived), Conflicts: []conflict{}, Timeline: rd.recordings(v.Timeline), More: v.More,
		}}
		for _, found := range v.Parties {
			shown := dealParty{Party: rd.party(found.Entity, found.Role), Stage: found.Stage, Derived: derivedOf(found.Stakes, found.Shares)}
			if found.Commitment != nil {
				f := rd.figure(*found.Commitment)
				shown.Commitment = &f
			}
			out.Body.Parties = append(out.Body.Parties, shown)
		}
		for _, c := range v.Conflicts {
			words := c.Claim.Property.Words
			out.Body.Conflicts = append(out.Body.Conflicts, conflict{rd.claimName(c.Claim, c.Title), words(c.First.Value), words(c.Second.Value)})
		}
		out.Body.Answers, err = rd.answers(v.Responses)
		return err
	})
	return out, err
}

var exampleDealName = DealRef{"halcyon-compute-round", "Halcyon Compute round", standfirst.PrimaryRound, "https://harbourledger.example/deal/halcyon-compute-round"}

func (a *API) registerDeals() {
	target := Party{Name: "Halcyon Compute", URL: "https://harbourledger.example/company/halcyon-compute"}
	register(a, operation{
		id: "list-deals", method: http.MethodGet, path: "/api/v1/deals", tag: readingTag, public: true, summary: "List deals",
		description: "The deals that the newsroom follows, what changed last first.",
		example:     list[dealCard]{Items: []dealCard{{exampleDealName, target, standfirst.AdvancedTalks, &feed.Amount{Value: 10000000000, Unit: "USD"}, "2026-03-05"}}},
	}, (*program).deals)
	register(a, operation{
		id: "read-deal", method: http.MethodGet, path: "/api/v1/deals/{slug}", tag: readingTag, public: true, summary: "Read a deal",
		description: "One deal: where it stands, who takes part, its figures, what follows from them, and how it came about.",
		errors:      []int{http.StatusNotFound},
		example: deal{
			DealRef: exampleDealName, Target: target, Stage: standfirst.AdvancedTalks,
			Parties: []dealParty{{Party: Party{"Northwind Power", exampleEntity.URL, standfirst.Lead}, Commitment: &figure{exampleClaimName, []claimVersion{exampleVersion}}, Derived: []derived{}}},
			Figures: []figure{}, Derived: []derived{}, Conflicts: []conflict{}, Timeline: []recording{{exampleClaimName, exampleVersion}}, Answers: []answerGiven{},
		},
	}, (*program).deal)
}
