package copydesk

import "standfirst"

// Place says in which part of a story something stands.
type Place uint8

// The places. In what a plain text becomes, all offsets are into the one text; in a
// story, they are into the part that Place names.
const (
	InBody Place = iota
	InHeadline
	InStandfirst
	InVoice // in a block of voices: the speaker's own words
)

// Mark is a stretch of the prose with where it stands.
type Mark struct {
	Span
	Place   Place
	InQuote bool // inside a direct quotation or a voice: the speaker's words
	Cited   bool // in a link that cites a claim already, in a story
}

// Prose is what the words of a story say: each kind in the order of the text,
// headline and standfirst before the body.
type Prose struct {
	Tickers      []TickerMark
	Figures      []Figure
	Dates        []DateMark
	Attributions []Attribution
	// Quotations are those of the body, as [Reading.Quotations].
	Quotations []standfirst.Quotation
	Voices     []Voice // of a plain text

	passages []scanned // the words themselves, for Propose
	on       standfirst.Day
}

// TickerMark is a ticker as the text names it.
type TickerMark struct {
	Mark
	Ticker  standfirst.Ticker
	Company string // the name before it; may be empty
}

// FigureKind says what sort of figure it is.
type FigureKind string

// The kinds of figures.
const (
	Money    FigureKind = "money"
	Percent  FigureKind = "percent"
	Points   FigureKind = "points"
	Count    FigureKind = "count"
	Multiple FigureKind = "multiple"
	Price    FigureKind = "price"
)

// Figure is a figure with its hedge. Its words take in the hedge and end before "a
// share" and the noun of a count.
type Figure struct {
	Mark
	Kind      FigureKind
	Quantity  standfirst.Quantity
	Modality  standfirst.Modality
	Direction standfirst.Direction
}

// DateMark is a date or period that the text names.
type DateMark struct {
	Mark
	Range standfirst.DateRange
}

// Attribution is a phrase that says who something comes from.
type Attribution struct {
	Mark
	Attribution standfirst.Attribution // its Entity and Day are for the caller
	Evidence    standfirst.Evidence
	// Response is set for a phrase such as "declined to comment"; Party names who.
	Response standfirst.ResponseKind
	Party    string
}

// Known is what the newsroom knows of what a prose names.
type Known struct {
	Entities []standfirst.Entity
	Deals    []standfirst.Deal // of those entities
	// Claims are those about the deals and entities, Versions their current versions.
	Claims   []standfirst.Claim
	Versions []standfirst.ClaimVersion
}

// Proposals is what the copy desk would record. It holds only what has exactly one
// reading.
type Proposals struct {
	Entities []EntityProposal
	Deals    []DealProposal
	Claims   []ClaimProposal // in the order of the text
	// Unread are the figures of the body of which the copy desk cannot tell what they state:
	// without a property, a subject and a party, which are for a human to say.
	Unread []ClaimProposal // in the order of the text
	// Responses are what parties said when they were asked.
	Responses []ResponseProposal
	Events    []EventProposal // in the order of the text
	Checks    []Check
}

// EntityProposal is a company, person, organisation or place that the text names.
type EntityProposal struct {
	Known   standfirst.EntityID // zero for one that the newsroom does not know
	Kind    standfirst.EntityKind
	Name    string   // the first full mention
	Aliases []string // short forms that the text uses later
	Tickers []standfirst.Ticker
}

// DealProposal is a deal that the text tells of. Numbers are indexes into
// [Proposals.Entities].
type DealProposal struct {
	Known      standfirst.DealID // zero for one that the newsroom does not know
	Kind       standfirst.DealKind
	Target     int
	Stage      standfirst.DealStage // empty if the text does not say
	StageWords string
	Parties    []PartyProposal
	Amount     *standfirst.Quantity // of a round what it seeks to raise or has raised, else the price or sum
	Valuation  *standfirst.Quantity
	Basis      standfirst.Basis // of Valuation
}

// PartyProposal is one party of a proposed deal.
type PartyProposal struct {
	Entity     int
	Role       standfirst.PartyRole
	Stage      standfirst.DealStage
	StageWords string
	Commitment *standfirst.Quantity
}

// ClaimProposal is one claim that the text makes. Its Mark is the words that become
// the citation; it lies in the body, outside quotations and voices.
type ClaimProposal struct {
	Mark
	// Deal and Entity are indexes into [Proposals.Deals] and [Proposals.Entities], of the
	// subject; exactly one is not negative.
	Deal, Entity int
	Property     standfirst.Property
	// Party is an index into [Proposals.Entities], negative for none; Dimensions has the
	// others.
	Party       int
	Dimensions  standfirst.Dimensions
	Value       standfirst.Value
	AsOf        standfirst.DateRange
	Modality    standfirst.Modality
	Evidence    standfirst.Evidence
	Attribution *standfirst.Attribution // nil if the text does not say
}

// EventProposal is a day or period of the body on which something is announced to happen.
// Whether it is confirmed is for a human to say.
type EventProposal struct {
	Mark // from the words that announce it to its date
	Kind standfirst.EventKind
	What string // in lower-case words: "third-quarter results", "hearing"
	When standfirst.DateRange
	// Deal and Entity are indexes into [Proposals.Deals] and [Proposals.Entities], negative
	// where the text does not say what it is about.
	Deal, Entity int
}

// ResponseProposal is what a party said about a deal, by index.
type ResponseProposal struct {
	Mark
	Deal, Party int
	Kind        standfirst.ResponseKind
}

// Check is what a careful copy editor would ask about.
type Check struct {
	Mark
	Rule     string // such as "headline-figure"
	Message  string // one line
	Compared string // what the words were compared with
}
