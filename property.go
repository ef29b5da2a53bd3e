package standfirst

import "time"

// Property is what a claim says of its subject. The table is closed: a new one is
// added here, with its rules.
type Property string

const (
	Commitment         Property = "commitment"
	RoundTarget        Property = "round-target"
	AmountRaised       Property = "amount-raised"
	DealValue          Property = "deal-value"
	Valuation          Property = "valuation"
	ValuationAtListing Property = "valuation-at-listing"
	Stake              Property = "stake"
	OfferPrice         Property = "offer-price"
	Stage              Property = "stage"
	ContractValue      Property = "contract-value"
	DebtRaised         Property = "debt-raised"
	JobsCut            Property = "jobs-cut"
	ShareOfStaffCut    Property = "share-of-staff-cut"
	Headcount          Property = "headcount"
	SharePriceMove     Property = "share-price-move"
	SharePrice         Property = "share-price"
	Revenue            Property = "revenue"
	RevenueChange      Property = "revenue-change"
	Profit             Property = "profit"
	ProfitChange       Property = "profit-change"
	Guidance           Property = "guidance"
	Dividend           Property = "dividend"
	Buyback            Property = "buyback"
	Fine               Property = "fine"
	Savings            Property = "savings"
	CapitalSpending    Property = "capital-spending"
	EventDate          Property = "event-date"
)

// Datatype is what kind of value a property has.
type Datatype string

const (
	TypeMoney   Datatype = "money"
	TypePercent Datatype = "percent"
	TypeCount   Datatype = "count"
	TypePrice   Datatype = "price" // money for one share
	TypeStage   Datatype = "stage"
	TypeDate    Datatype = "date"
)

// PropertyRule is one row of the table of properties.
type PropertyRule struct {
	Property Property
	Type     Datatype
	OfDeal   bool // its subject may be a deal
	OfEntity bool // its subject may be an entity
	Basis    bool // it is stated before or after new money, see [Basis]
	// Which dimensions tell one claim of the property from another.
	Party, Day, Period bool
	// TimeToLive is how long a rumoured or reported value counts as current when nothing
	// is heard of it again; zero means that it does not expire. What was documented or
	// confirmed never does.
	TimeToLive time.Duration
}

const (
	month   = 30 * 24 * time.Hour
	quarter = 91 * 24 * time.Hour
)

// properties is the table. The times to live are the newsroom's rule: what talks were
// about is stale after a quarter, a plan for the company's own figures after two.
var properties = []PropertyRule{
	{Property: Stage, Type: TypeStage, OfDeal: true, Party: true, TimeToLive: quarter},
	{Property: Commitment, Type: TypeMoney, OfDeal: true, Party: true, TimeToLive: quarter},
	{Property: RoundTarget, Type: TypeMoney, OfDeal: true, TimeToLive: quarter},
	{Property: AmountRaised, Type: TypeMoney, OfDeal: true},
	{Property: DealValue, Type: TypeMoney, OfDeal: true, TimeToLive: quarter},
	{Property: Valuation, Type: TypeMoney, OfDeal: true, OfEntity: true, Basis: true, TimeToLive: quarter},
	{Property: ValuationAtListing, Type: TypeMoney, OfDeal: true, OfEntity: true, TimeToLive: 2 * quarter},
	{Property: Stake, Type: TypePercent, OfDeal: true, Party: true, TimeToLive: quarter},
	{Property: OfferPrice, Type: TypePrice, OfDeal: true, TimeToLive: month},
	{Property: ContractValue, Type: TypeMoney, OfDeal: true, TimeToLive: quarter},
	{Property: DebtRaised, Type: TypeMoney, OfDeal: true, TimeToLive: quarter},
	{Property: JobsCut, Type: TypeCount, OfEntity: true, TimeToLive: quarter},
	{Property: ShareOfStaffCut, Type: TypePercent, OfEntity: true, TimeToLive: quarter},
	{Property: Headcount, Type: TypeCount, OfEntity: true, Day: true},
	{Property: SharePriceMove, Type: TypePercent, OfEntity: true, Day: true},
	{Property: SharePrice, Type: TypePrice, OfEntity: true, Day: true},
	{Property: Revenue, Type: TypeMoney, OfEntity: true, Period: true},
	{Property: RevenueChange, Type: TypePercent, OfEntity: true, Period: true},
	{Property: Profit, Type: TypeMoney, OfEntity: true, Period: true},
	{Property: ProfitChange, Type: TypePercent, OfEntity: true, Period: true},
	{Property: Guidance, Type: TypeMoney, OfEntity: true, Period: true, TimeToLive: 2 * quarter},
	{Property: Dividend, Type: TypePrice, OfEntity: true, Period: true},
	{Property: Buyback, Type: TypeMoney, OfEntity: true},
	{Property: Fine, Type: TypeMoney, OfEntity: true, TimeToLive: 2 * quarter},
	{Property: Savings, Type: TypeMoney, OfEntity: true, Period: true},
	{Property: CapitalSpending, Type: TypeMoney, OfEntity: true, Period: true},
	{Property: EventDate, Type: TypeDate, OfDeal: true, OfEntity: true, TimeToLive: quarter},
}

// Properties returns the table, in the order in which figures are listed.
func Properties() []PropertyRule { return append([]PropertyRule(nil), properties...) }

// Rule returns the row of the property, and false if there is no such property.
func (p Property) Rule() (PropertyRule, bool) {
	for _, rule := range properties {
		if rule.Property == p {
			return rule, true
		}
	}
	return PropertyRule{}, false
}
