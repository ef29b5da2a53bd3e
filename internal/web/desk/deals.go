package desk

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/web"
)

const (
	dealsPath  = Prefix + "/deals"
	dealPrefix = Prefix + "/deal/"
	// dealsLength is how many deals one page lists.
	dealsLength = 40
)

// dealPath returns the address of a deal at the desk.
func dealPath(id standfirst.DealID) string { return dealPrefix + id.String() }

// dealRoutes adds the pages of the deals.
func (d *Desk) dealRoutes(metrics *web.Metrics) {
	for pattern, answer := range map[string]func(*member) error{
		"GET /desk/deals":                     (*member).deals,
		"GET /desk/deals/new":                 (*member).newDeal,
		"POST /desk/deals/new":                (*member).createDeal,
		"GET /desk/deal/{id}":                 (*member).deal,
		"POST /desk/deal/{id}":                (*member).changeDeal,
		"POST /desk/deal/{id}/parties":        (*member).addParty,
		"POST /desk/deal/{id}/parties/remove": (*member).removeParty,
		"POST /desk/deal/{id}/stage":          (*member).setStage,
		"POST /desk/deal/{id}/answer":         (*member).answerDeal,
	} {
		d.route(pattern, d.member(answer), metrics)
	}
}

// dealsPage lists deals, the newest first.
type dealsPage struct {
	Layout   layout
	Kinds    []choice
	Stages   []choice // where they stand; "open" is one
	Words    string
	New      string // address of the form for a new one; empty for who may not
	Deals    []listedDeal
	More     string
	First    string
	Bounded  bool
	Window   int
	Filtered bool
}

// listedDeal is one deal in the list.
type listedDeal struct {
	Path, Title, Kind, Target, Stage string
	Over                             bool
	Hidden                           bool // readers do not see it yet
	Made                             moment
}

// stageOpen is what the filter says for deals of which more is to come.
const stageOpen = "open"

// dealSearch reads what is looked for.
func (m *member) dealSearch() (ledger.DealSearch, error) {
	q := m.r.URL.Query()
	s := ledger.DealSearch{Kind: standfirst.DealKind(q.Get("kind")), Stage: standfirst.DealStage(q.Get("stage")), Words: strings.TrimSpace(q.Get("q"))}
	if s.Stage == stageOpen {
		s.Open, s.Stage = true, ""
	}
	if s.Kind != "" && !s.Kind.Valid() || s.Stage != "" && !s.Stage.Valid() {
		return s, standfirst.Errorf(standfirst.NotFound, "there is no such list of deals")
	}
	if before := q.Get("before"); before != "" {
		n, err := strconv.ParseInt(before, 10, 64)
		if err != nil || n <= 0 {
			return s, standfirst.Errorf(standfirst.NotFound, "there is no such page of deals")
		}
		s.Before = standfirst.DealID(n)
	}
	return s, nil
}

// dealsAt returns the address of the list of what is looked for.
func dealsAt(s ledger.DealSearch) string {
	q := url.Values{}
	set := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	set("kind", string(s.Kind))
	set("stage", string(s.Stage))
	if s.Open {
		q.Set("stage", stageOpen)
	}
	set("q", s.Words)
	if s.Before != 0 {
		q.Set("before", s.Before.String())
	}
	if len(q) == 0 {
		return dealsPath
	}
	return dealsPath + "?" + q.Encode()
}

func (m *member) deals() error {
	s, err := m.dealSearch()
	if err != nil {
		return err
	}
	found, err := m.ledger.FindDeals(m.r.Context(), m.staff.Actor(), s, dealsLength)
	if err != nil {
		return err
	}
	pub, err := m.publication()
	if err != nil {
		return err
	}
	p := &dealsPage{
		Layout: m.layout(m.Text("deals")), Words: s.Words, Bounded: found.Bounded, Window: ledger.SearchWindow, Filtered: s != ledger.DealSearch{Before: s.Before},
		Kinds:  m.dealKinds(s.Kind),
		Stages: append([]choice{{Value: stageOpen, Text: m.Text("desk.deals.open"), Chosen: s.Open}}, m.dealStages(s.Stage)...),
	}
	if m.staff.Role.Can(standfirst.ManageEntities) {
		p.New = dealsPath + "/new"
	}
	if s.Before != 0 {
		first := s
		first.Before = 0
		p.First = dealsAt(first)
	}
	if found.Next != 0 {
		next := s
		next.Before = found.Next
		p.More = dealsAt(next)
	}
	for _, d := range found.Deals {
		row := listedDeal{
			Path: dealPath(d.ID), Title: d.Title, Kind: m.Text("deal.kind." + string(d.Kind)), Target: d.Target.Name, Over: d.Stage.Over(),
			Hidden: d.ReleasedAt.IsZero(), Made: m.moment(d.CreatedAt, pub.Location()),
		}
		if d.Stage != "" {
			row.Stage = m.Text("stage." + string(d.Stage))
		}
		p.Deals = append(p.Deals, row)
	}
	return m.render(m.w, m.r, http.StatusOK, "deals", p)
}

func (m *member) dealKinds(chosen standfirst.DealKind) (list []choice) {
	for _, k := range standfirst.DealKinds() {
		list = append(list, choice{string(k), m.Text("deal.kind." + string(k)), k == chosen})
	}
	return list
}

func (m *member) dealStages(chosen standfirst.DealStage) (list []choice) {
	for _, s := range standfirst.DealStages() {
		list = append(list, choice{string(s), m.Text("stage." + string(s)), s == chosen})
	}
	return list
}

// newDealPage asks for a new deal.
type newDealPage struct {
	Layout        layout
	Failure       string
	Kinds         []choice
	Target, Title string
}

func (m *member) newDeal() error { return m.newDealPage(http.StatusOK, &newDealPage{}, "") }

func (m *member) newDealPage(status int, p *newDealPage, kind string) error {
	if err := m.staff.Actor().Require(standfirst.ManageEntities); err != nil {
		return err
	}
	p.Layout, p.Kinds = m.layout(m.Text("desk.deals.new")), m.dealKinds(standfirst.DealKind(kind))
	return m.render(m.w, m.r, status, "dealnew", p)
}

func (m *member) createDeal() error {
	if err := m.staff.Actor().Require(standfirst.ManageEntities); err != nil {
		return err
	}
	if err := m.form(); err != nil {
		return err
	}
	value := m.r.PostFormValue
	draft := ledger.DealDraft{Kind: standfirst.DealKind(value("kind")), Title: value("title"), Target: value("target")}
	id, err := m.ledger.CreateDeal(m.r.Context(), m.staff.Actor(), draft)
	if status, told := refusedForm(err); told != "" {
		return m.newDealPage(status, &newDealPage{Failure: told, Target: draft.Target, Title: draft.Title}, value("kind"))
	}
	if err != nil {
		return err
	}
	http.Redirect(m.w, m.r, dealPath(id)+"?done=created", http.StatusSeeOther)
	return nil
}
