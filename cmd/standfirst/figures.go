package main

import (
	"math/big"
	"strings"

	"standfirst"
	"standfirst/internal/copydesk"
)

// proseJSON is what the words of a text say, and what the copy desk would record of it.
type proseJSON struct {
	Tickers      []tickerJSON      `json:"tickers"`
	Figures      []figureJSON      `json:"figures"`
	Dates        []dateJSON        `json:"dates"`
	Attributions []attributionJSON `json:"attributions"`
	Entities     []entityJSON      `json:"entities"`
	Deals        []dealJSON        `json:"deals"`
	Claims       []claimJSON       `json:"claims"`
	Events       []eventJSON       `json:"events"`
	Checks       []checkJSON       `json:"checks"`
}

type tickerJSON struct {
	Exchange string `json:"exchange"`
	MIC      string `json:"mic"`
	Symbol   string `json:"symbol"`
	Company  string `json:"company"`
}

// quantityJSON is a quantity with its numbers as decimal strings in full units; those
// that it does not have are null.
type quantityJSON struct {
	Point       *string         `json:"point"`
	Lo          *string         `json:"lo"`
	Hi          *string         `json:"hi"`
	LoInclusive bool            `json:"lo_inclusive"`
	HiInclusive bool            `json:"hi_inclusive"`
	Approx      bool            `json:"approx"`
	Unit        standfirst.Unit `json:"unit"`
	Noun        string          `json:"noun"`
}

type figureJSON struct {
	Kind  copydesk.FigureKind `json:"kind"`
	Words string              `json:"words"`
	quantityJSON
	Modality  standfirst.Modality  `json:"modality"`
	Direction standfirst.Direction `json:"direction"`
	InQuote   bool                 `json:"in_quote"`
	Start     int                  `json:"start"`
	End       int                  `json:"end"`
}

type dateJSON struct {
	Words     string               `json:"words"`
	From      string               `json:"from"`
	To        string               `json:"to"`
	Precision standfirst.Precision `json:"precision"`
	Start     int                  `json:"start"`
	End       int                  `json:"end"`
}

type attributionJSON struct {
	Kind         standfirst.AttributionKind `json:"kind"`
	Words        string                     `json:"words"`
	LeastSources int                        `json:"least_sources"`
	Outlet       string                     `json:"outlet"`
	Proximity    standfirst.Proximity       `json:"proximity"`
}

type entityJSON struct {
	Name    string                `json:"name"`
	Kind    standfirst.EntityKind `json:"kind"`
	Aliases []string              `json:"aliases"`
}

type dealJSON struct {
	Kind       standfirst.DealKind  `json:"kind"`
	Target     string               `json:"target"`
	Stage      standfirst.DealStage `json:"stage"`
	StageWords string               `json:"stage_words"`
	Parties    []partyJSON          `json:"parties"`
	Amount     *quantityJSON        `json:"amount"`
	Valuation  *valuationJSON       `json:"valuation"`
}

type partyJSON struct {
	Name       string               `json:"name"`
	Role       standfirst.PartyRole `json:"role"`
	Stage      standfirst.DealStage `json:"stage"`
	StageWords string               `json:"stage_words"`
	Commitment *quantityJSON        `json:"commitment"`
}

type valuationJSON struct {
	quantityJSON
	Basis standfirst.Basis `json:"basis"`
}

type claimJSON struct {
	// Subject is the name of the entity, or the kind of the deal and its target.
	Subject    string              `json:"subject"`
	Property   standfirst.Property `json:"property"`
	Dimensions dimensionsJSON      `json:"dimensions"`
	Value      claimValueJSON      `json:"value"`
	Evidence   standfirst.Evidence `json:"evidence"`
	Words      string              `json:"words"`
	Start      int                 `json:"start"`
	End        int                 `json:"end"`
}

type eventJSON struct {
	Kind    standfirst.EventKind `json:"kind"`
	What    string               `json:"what"`
	Subject string               `json:"subject"` // the name of the entity; empty where the text does not say
	When    daysJSON             `json:"when"`
	Words   string               `json:"words"`
	Start   int                  `json:"start"`
	End     int                  `json:"end"`
}

type dimensionsJSON struct {
	Party   string `json:"party,omitempty"`
	Tranche string `json:"tranche,omitempty"`
	Day     string `json:"day,omitempty"`
	Period  string `json:"period,omitempty"`
	Event   string `json:"event,omitempty"`
}

// claimValueJSON is the value of a claim as the words give it: a change downwards is a
// positive number with the direction down.
type claimValueJSON struct {
	quantityJSON
	Direction standfirst.Direction `json:"direction"`
	Basis     standfirst.Basis     `json:"basis,omitempty"`
	Date      *daysJSON            `json:"date,omitempty"`
}

// daysJSON is the first and last day that a date means.
type daysJSON struct {
	From      string               `json:"from"`
	To        string               `json:"to"`
	Precision standfirst.Precision `json:"precision"`
}

type checkJSON struct {
	Rule    string `json:"rule"`
	Message string `json:"message"`
	Words   string `json:"words"`
	Start   int    `json:"start"`
	End     int    `json:"end"`
}

// newProseJSON returns what the prose says and what would be recorded of it.
func newProseJSON(prose copydesk.Prose, p copydesk.Proposals) proseJSON {
	out := proseJSON{
		Tickers: []tickerJSON{}, Figures: []figureJSON{}, Dates: []dateJSON{}, Attributions: []attributionJSON{},
		Entities: []entityJSON{}, Deals: []dealJSON{}, Claims: []claimJSON{}, Events: []eventJSON{}, Checks: []checkJSON{},
	}
	for _, t := range prose.Tickers {
		out.Tickers = append(out.Tickers, tickerJSON{t.Ticker.Exchange.Codes[0], t.Ticker.Exchange.MIC, t.Ticker.Symbol, t.Company})
	}
	for _, f := range prose.Figures {
		out.Figures = append(out.Figures, figureJSON{f.Kind, f.Text, newQuantityJSON(f.Quantity), f.Modality, f.Direction, f.InQuote, f.Start, f.End})
	}
	for _, d := range prose.Dates {
		out.Dates = append(out.Dates, dateJSON{d.Text, d.Range.From.String(), d.Range.To.String(), d.Range.Precision, d.Start, d.End})
	}
	for _, a := range prose.Attributions {
		if a.Response == "" {
			s := a.Attribution
			out.Attributions = append(out.Attributions, attributionJSON{s.Kind, a.Text, s.LeastSources, s.Outlet, s.Proximity})
		}
	}
	for _, e := range p.Entities {
		out.Entities = append(out.Entities, entityJSON{e.Name, e.Kind, append([]string{}, e.Aliases...)})
	}
	for _, d := range p.Deals {
		out.Deals = append(out.Deals, newDealJSON(p, d))
	}
	for _, c := range p.Claims {
		out.Claims = append(out.Claims, newClaimJSON(p, c))
	}
	for _, e := range p.Events {
		event := eventJSON{Kind: e.Kind, What: e.What, When: daysJSON{e.When.From.String(), e.When.To.String(), e.When.Precision}, Words: e.Text, Start: e.Start, End: e.End}
		if e.Entity >= 0 {
			event.Subject = p.Entities[e.Entity].Name
		}
		out.Events = append(out.Events, event)
	}
	for _, c := range p.Checks {
		out.Checks = append(out.Checks, checkJSON{c.Rule, c.Message, c.Text, c.Start, c.End})
	}
	return out
}

func newQuantityJSON(q standfirst.Quantity) quantityJSON {
	return quantityJSON{
		Point: decimal(q.Point), Lo: decimal(q.Lo), Hi: decimal(q.Hi),
		LoInclusive: q.Lo != nil && !q.LoExclusive, HiInclusive: q.Hi != nil && !q.HiExclusive,
		Approx: q.Approx, Unit: q.Unit, Noun: q.Noun,
	}
}

func quantityOrNull(q *standfirst.Quantity) *quantityJSON {
	if q == nil {
		return nil
	}
	out := newQuantityJSON(*q)
	return &out
}

// decimal writes a number with all its digits; one whose digits do not end is a fraction.
func decimal(r *big.Rat) *string {
	if r == nil {
		return nil
	}
	s := r.RatString()
	if digits, exact := r.FloatPrec(); exact {
		s = r.FloatString(digits)
	}
	return &s
}

func newDealJSON(p copydesk.Proposals, d copydesk.DealProposal) dealJSON {
	out := dealJSON{
		Kind: d.Kind, Target: p.Entities[d.Target].Name, Stage: d.Stage, StageWords: d.StageWords,
		Parties: []partyJSON{}, Amount: quantityOrNull(d.Amount),
	}
	for _, party := range d.Parties {
		out.Parties = append(out.Parties, partyJSON{
			p.Entities[party.Entity].Name, party.Role, party.Stage, party.StageWords, quantityOrNull(party.Commitment),
		})
	}
	if d.Valuation != nil {
		out.Valuation = &valuationJSON{newQuantityJSON(*d.Valuation), d.Basis}
	}
	return out
}

func newClaimJSON(p copydesk.Proposals, c copydesk.ClaimProposal) claimJSON {
	out := claimJSON{Property: c.Property, Evidence: c.Evidence, Words: c.Text, Start: c.Start, End: c.End}
	if c.Deal >= 0 {
		out.Subject = string(p.Deals[c.Deal].Kind) + " in " + p.Entities[p.Deals[c.Deal].Target].Name
	} else {
		out.Subject = p.Entities[c.Entity].Name
	}
	out.Dimensions = dimensionsJSON{Tranche: c.Dimensions.Tranche, Day: c.Dimensions.Day.String(), Period: c.Dimensions.Period, Event: c.Dimensions.Event}
	if c.Party >= 0 {
		out.Dimensions.Party = p.Entities[c.Party].Name
	}
	if c.Value.Quantity != nil {
		q, direction := *c.Value.Quantity, standfirst.NoDirection
		if c.Property.IsChange() {
			q, direction = q.Change()
		}
		out.Value = claimValueJSON{newQuantityJSON(q), direction, c.Value.Basis, nil}
	}
	if d := c.Value.Date; d != nil {
		out.Value.Date = &daysJSON{d.From.String(), d.To.String(), d.Precision}
	}
	return out
}

// printProse prints for people what would be recorded and asked, a line each.
func printProse(con *console, p copydesk.Proposals) {
	part := func(name, text string) { con.printf("%-12s %s", name, text) }
	for _, e := range p.Entities {
		line := string(e.Kind) + " " + e.Name
		if len(e.Aliases) > 0 {
			line += " (" + strings.Join(e.Aliases, ", ") + ")"
		}
		part("entity", line)
	}
	for _, d := range p.Deals {
		line := string(d.Kind) + " in " + p.Entities[d.Target].Name
		if d.Stage != "" {
			line += ", " + string(d.Stage)
		}
		part("deal", line)
		for _, party := range d.Parties {
			line := string(party.Role) + " " + p.Entities[party.Entity].Name
			if party.Commitment != nil {
				line += ", " + party.Commitment.String()
			}
			if party.Stage != "" {
				line += ", " + string(party.Stage)
			}
			part("", line)
		}
	}
	for _, c := range p.Claims {
		j := newClaimJSON(p, c)
		words := c.Text
		if c.Property.IsChange() {
			words = c.Value.Quantity.ChangeString()
		}
		part("claim", j.Subject+": "+string(c.Property)+" "+words+", "+string(c.Evidence))
	}
	for _, e := range p.Events {
		part("event", string(e.Kind)+": "+e.What+", "+e.When.Words())
	}
	for _, c := range p.Checks {
		part("check", c.Rule+": "+c.Message)
	}
}
