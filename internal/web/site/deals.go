package site

import (
	"strings"

	"standfirst"
	"standfirst/internal/store"
)

// dealsPage lists the deals.
type dealsPage struct {
	Layout layout
	Rows   []dealRow
	Turn   turn
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
	found, err := rd.tx.DealListings(filter, store.DealPosition{}, dealsLength)
	if err != nil {
		return nil, err
	}
	p := &dealsPage{}
	if p.Layout, err = rd.layout(at); err != nil {
		return nil, err
	}
	p.Layout.AtDeals = at.key == at.path
	p.Layout.describe(rd, "website", rd.words.Text("deals"), rd.words.Text("deals.about"), at.key)
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
	for _, d := range found {
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
		p.Rows = append(p.Rows, row)
	}
	return &view{template: "deals", data: p}, nil
}

// dealParameters are the parameters of the list of deals, in their canonical order.
var dealParameters = []string{"kind", "stage", "order"}

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
