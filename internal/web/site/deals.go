package site

import (
	"strconv"
	"strings"

	"standfirst"
	"standfirst/internal/store"
)

// dealsPage lists the deals.
type dealsPage struct {
	Layout layout
	Rows   []dealRow
	First  string // the beginning of the list, from any other page of it; else empty
	More   string // the next page; empty at the end
	Kinds  []option
	Stages []option
	Orders []option
}

// option is one choice of a form.
type option struct {
	Value, Name string
	Chosen      bool
}

// dealRow is one deal in the list.
type dealRow struct {
	Title   link
	Target  link
	Kind    string
	Stage   string
	Size    string
	Updated moment
}

// dealsLength is how many deals a page of the list shows.
const dealsLength = 50

// sizeCurrencies are those by whose amounts deals may be ordered.
var sizeCurrencies = []standfirst.Unit{"USD", "EUR", "GBP", "JPY", "CHF", "CAD", "AUD", "INR", "CNY"}

func loadDeals(rd *reading, at address) (*view, error) {
	rd.tag(standfirst.DealsTag)
	filter := parseDealFilter(string(at.slug))
	p := &dealsPage{}
	found, err := p.stretch(rd, at, filter)
	if err != nil {
		return nil, err
	}
	if p.Layout, err = rd.layout(at); err != nil {
		return nil, err
	}
	p.Layout.AtDeals = at.key == at.path
	title := rd.words.Text("deals")
	if at.before.ID != 0 {
		title = rd.words.Text("deals.continued")
	}
	p.Layout.describe(rd, "website", title, rd.words.Text("deals.about"), at.key)
	p.choices(rd, filter)
	for _, d := range found {
		p.Rows = append(p.Rows, rd.dealRow(d))
	}
	return &view{template: "deals", data: p}, nil
}

// choices fills in the form.
func (p *dealsPage) choices(rd *reading, filter store.DealFilter) {
	p.Kinds = append(p.Kinds, option{"", rd.words.Text("deals.any-kind"), filter.Kind == ""})
	for _, k := range standfirst.DealKinds() {
		p.Kinds = append(p.Kinds, option{string(k), rd.words.Text("deal.kind." + string(k)), k == filter.Kind})
	}
	p.Stages = append(p.Stages, option{"", rd.words.Text("deals.any-stage"), filter.Stage == ""})
	for _, s := range standfirst.DealStages() {
		p.Stages = append(p.Stages, option{string(s), rd.words.Text("stage." + string(s)), s == filter.Stage})
	}
	p.Orders = append(p.Orders, option{"", rd.words.Text("deals.by-update"), filter.Order == store.ByUpdate})
	for _, c := range sizeCurrencies {
		p.Orders = append(p.Orders, option{string(c), rd.words.Text("deals.by-size", string(c)), filter.Order == store.BySize && c == filter.Currency})
	}
}

// stretch reads the part of the list that begins after the address's deal, wherever that
// stands by now. It asks for one deal more than it returns, to know whether there are
// more.
func (p *dealsPage) stretch(rd *reading, at address, filter store.DealFilter) ([]store.DealListing, error) {
	var after store.DealPosition
	if at.before.ID != 0 {
		last, err := rd.tx.DealListing(standfirst.DealID(at.before.ID))
		if err != nil {
			return nil, err
		}
		if filter.Order == store.BySize && (last.Size == nil || last.Size.Unit != filter.Currency) {
			return nil, errNoPage // it is not in this list
		}
		after, p.First = last.Position(), dealsPath(string(at.slug), 0)
	}
	found, err := rd.tx.DealListings(filter, after, dealsLength+1)
	if len(found) > dealsLength {
		found = found[:dealsLength]
		p.More = dealsPath(string(at.slug), found[dealsLength-1].Deal.ID)
	}
	return found, err
}

func (rd *reading) dealRow(d store.DealListing) dealRow {
	rd.tag(standfirst.DealTag(d.Deal.ID))
	row := dealRow{
		Title: link{d.Deal.Title, d.Deal.Path()}, Target: entityLink(d.Target), Kind: rd.words.Text("deal.kind." + string(d.Deal.Kind)),
		Updated: momentIn(d.UpdatedAt, rd.loc, layoutDay),
	}
	if d.Stage != "" {
		row.Stage = rd.words.Text("stage." + string(d.Stage))
	}
	if d.Size != nil {
		row.Size = d.Size.Short()
	}
	return row
}

// dealParameters are the parameters of the list of deals, in their canonical order.
var dealParameters = []string{"kind", "stage", "order", "after"}

// list reads the parameters of the list of deals into the address.
func (at *address) list(values map[string]string) error {
	query := canonicalDealQuery(values)
	if after := values["after"]; after != "" {
		id, err := strconv.ParseInt(after, 10, 64)
		if err != nil || id <= 0 || strconv.FormatInt(id, 10) != after {
			return errNoPage
		}
		at.before.ID = standfirst.StoryID(id)
	}
	at.key, at.slug = dealsPath(query, standfirst.DealID(at.before.ID)), standfirst.Slug(query)
	return nil
}

// dealsPath returns the address of the list of deals with the canonical query, after the
// deal; from the beginning for zero.
func dealsPath(query string, after standfirst.DealID) string {
	if after != 0 {
		query = strings.TrimPrefix(query+"&after="+after.String(), "&")
	}
	if query == "" {
		return "/deals"
	}
	return "/deals?" + query
}

// canonicalDealQuery returns the query of a list of deals with the values that mean
// something, in one order, so that one list has one address.
func canonicalDealQuery(values map[string]string) string {
	var parts []string
	for _, name := range dealParameters {
		value := values[name]
		ok := false
		switch name {
		case "kind":
			ok = standfirst.DealKind(value).Valid()
		case "stage":
			ok = standfirst.DealStage(value).Valid()
		case "order":
			for _, c := range sizeCurrencies {
				ok = ok || string(c) == value
			}
		}
		if ok {
			parts = append(parts, name+"="+value)
		}
	}
	return strings.Join(parts, "&")
}

// parseDealFilter reads what canonicalDealQuery makes.
func parseDealFilter(query string) store.DealFilter {
	var f store.DealFilter
	for pair := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		switch name {
		case "kind":
			f.Kind = standfirst.DealKind(value)
		case "stage":
			f.Stage = standfirst.DealStage(value)
		case "order":
			f.Order, f.Currency = store.BySize, standfirst.Unit(value)
		}
	}
	return f
}
