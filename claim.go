package standfirst

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Subject is what a claim is about: a deal or an entity, exactly one of them.
type Subject struct {
	Deal   DealID
	Entity EntityID
}

// Dimensions tell claims of one property and subject apart. The property's rule says
// which of them it has; the others are zero.
type Dimensions struct {
	Party   EntityID // which investor, which side
	Tranche string   // which part of the deal, as written, in lower case
	Day     Day
	Period  string // such as 2026, 2026-Q1, 2026-H1
	Event   string // which event an event date is of, as written, in lower case
}

// Key returns the dimensions as one text that is equal exactly when they are.
func (d Dimensions) Key() string {
	var parts []string
	add := func(name, value string) {
		if value != "" {
			parts = append(parts, name+"="+strings.NewReplacer(";", ",", "=", "-").Replace(value))
		}
	}
	if d.Party != 0 {
		add("party", d.Party.String())
	}
	add("tranche", d.Tranche)
	add("day", d.Day.String())
	add("period", d.Period)
	add("event", d.Event)
	return strings.Join(parts, ";")
}

// Plain reports whether nothing but a party tells the claim from others of its property:
// the valuation of a round and each commitment are plain, a tranche or the revenue of
// one quarter is not.
func (d Dimensions) Plain() bool {
	d.Party = 0
	return d == Dimensions{}
}

// Claim is a statement about a deal or an entity, such as what Northwind puts into
// Halcyon's round. What has been said of it over time are its versions; there is one
// claim for a subject, property and dimensions.
type Claim struct {
	ID         ClaimID // its address is /claim/88
	Subject    Subject
	Property   Property
	Dimensions Dimensions
	// SameAs is zero unless two entities became one and there are other claims that say
	// this of the same since: then it is the first of them, for all. What they hold may be
	// in conflict as what one holds.
	SameAs    ClaimID
	CreatedAt time.Time
}

// Group returns what the claims of the same have in common, see [Claim.SameAs]: of a claim
// that stands alone, its own identifier.
func (c Claim) Group() ClaimID {
	if c.SameAs != 0 {
		return c.SameAs
	}
	return c.ID
}

// Path returns the address of the claim's page.
func (c Claim) Path() string { return ClaimPath(c.ID) }

// ClaimPath returns the address of the page of a claim.
func ClaimPath(id ClaimID) string { return "/claim/" + id.String() }

// Basis says whether a valuation includes the new money of the round.
type Basis string

const (
	BasisUnspecified Basis = "unspecified" // nobody has said
	PreMoney         Basis = "pre"
	PostMoney        Basis = "post"
)

// Bases returns every basis, in the order in which they are offered.
func Bases() []Basis { return []Basis{PreMoney, PostMoney, BasisUnspecified} }

// Valid reports whether b is one of them.
func (b Basis) Valid() bool { return slices.Contains(Bases(), b) }

// Value is what a claim version states: exactly one of its fields but Basis, which
// goes with the quantity of a valuation.
type Value struct {
	Quantity *Quantity
	Basis    Basis // empty where the property has none
	Stage    DealStage
	Date     *DateRange
}

// Noun returns the property as a sentence has it: "valuation", "number of jobs cut".
func (p Property) Noun() string {
	switch p {
	case JobsCut:
		return "number of jobs cut"
	case EventDate:
		return "date"
	}
	return strings.ReplaceAll(string(p), "-", " ")
}

// Words returns a value of the property as a sentence has it: "about $96 billion", "a fall
// of 2.1%", "12 March 2026", "advanced talks".
func (p Property) Words(v Value) string {
	switch {
	case v.Quantity != nil && p.IsChange():
		return v.Quantity.ChangeString()
	case v.Quantity != nil:
		return v.Quantity.String()
	case v.Date != nil:
		return v.Date.Words()
	default:
		return strings.ReplaceAll(string(v.Stage), "-", " ")
	}
}

// Precision is how exactly a date was said.
type Precision string

const (
	PrecisionInstant Precision = "instant"
	PrecisionDay     Precision = "day"
	PrecisionWeek    Precision = "week"
	PrecisionMonth   Precision = "month"
	PrecisionQuarter Precision = "quarter"
	PrecisionHalf    Precision = "half"
	PrecisionYear    Precision = "year"
)

// DateRange is a date as said: its first and last day, the same for a day.
type DateRange struct {
	From, To  Day
	Precision Precision
}

// ClaimVersion is one immutable recording of a claim. Several versions of a claim may
// be current at once; if they cannot all hold, they are in conflict.
type ClaimVersion struct {
	ID     ClaimVersionID
	Claim  ClaimID
	Number int // from 1, in the order of recording
	Value  Value
	// AsOf is when it held, as valid time; RecordedAt is when the newsroom wrote it down.
	AsOf     DateRange
	Modality Modality
	Evidence Evidence
	Words    string // verbatim, as the story or document has them
	// Supersedes is the version that this one replaces; zero for none. Class and Cause are
	// then set, and Note tells readers what was wrong or what happened.
	Supersedes ClaimVersionID
	Class      ChangeClass
	Cause      Lifecycle // of the version before: SupersededByEvent, SupersededByBetterInformation or Corrected
	Note       string
	// Unchecked says that the copy desk recorded it and no editor has looked at it.
	Unchecked    bool
	Attributions []Attribution
	RecordedAt   time.Time
	RecordedBy   string    // the actor, as [Actor.String]
	ReleasedAt   time.Time // zero until readers may see it
	// Ended is how its time as current ended, derived from later rows that count: for
	// readers only those that are released. Current while it has not.
	Ended   Lifecycle
	EndedAt time.Time
	Erased  bool // the value, words and attributions are gone; the version stays as a stub
}

// Lifecycle is where a claim version stands. It is derived from later rows.
type Lifecycle string

const (
	Current                       Lifecycle = "" // still held
	SupersededByEvent             Lifecycle = "superseded-by-event"
	SupersededByBetterInformation Lifecycle = "superseded-by-better-information"
	Corrected                     Lifecycle = "corrected"
	RetractedClaim                Lifecycle = "retracted"
	Expired                       Lifecycle = "expired"
)

// Superseded reports whether another version took the place of the one that ended so.
func (l Lifecycle) Superseded() bool {
	return l == SupersededByEvent || l == SupersededByBetterInformation || l == Corrected
}

// Class returns the class that a change for this cause has when readers are told of it.
func (l Lifecycle) Class() ChangeClass {
	switch l {
	case SupersededByEvent, SupersededByBetterInformation:
		return Update
	case Corrected:
		return Correction
	case RetractedClaim:
		return Retraction
	}
	return ""
}

// Citation is a place in a story where a claim version is used. In the text it is the
// link [up to $6 billion](claim:88).
type Citation struct {
	Claim   ClaimID
	Version ClaimVersionID
	Words   string // of the link, as readers see them
	// Start and End are byte offsets of the whole link in the body, End exclusive.
	Start, End int
}

// ClaimScheme begins the address of a link that cites a claim.
const ClaimScheme = "claim:"

// ParseClaimLink reads the address of a link that cites a claim, "claim:88". It
// reports false for any other.
func ParseClaimLink(address string) (ClaimID, bool) {
	digits, ok := strings.CutPrefix(address, ClaimScheme)
	if !ok || digits == "" || digits[0] == '0' || digits[0] == '+' {
		return 0, false
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	return ClaimID(n), err == nil && n > 0
}
