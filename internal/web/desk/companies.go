package desk

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/web"
)

const (
	companiesPath = Prefix + "/companies"
	entityPrefix  = Prefix + "/entity/"
	// companiesLength is how many companies, people or places one page lists.
	companiesLength = 50
)

// entityPath returns the address of a company, organisation, person or place at the desk.
func entityPath(id standfirst.EntityID) string { return entityPrefix + id.String() }

// entityRoutes adds the pages of the companies, organisations, people and places.
func (d *Desk) entityRoutes(metrics *web.Metrics) {
	for pattern, answer := range map[string]func(*member) error{
		"GET /desk/companies":          (*member).companies,
		"GET /desk/companies/new":      (*member).newEntity,
		"POST /desk/companies/new":     (*member).createEntity,
		"GET /desk/entity/{id}":        (*member).entity,
		"POST /desk/entity/{id}":       (*member).changeEntity,
		"GET /desk/entity/{id}/merge":  (*member).planMerge,
		"POST /desk/entity/{id}/merge": (*member).mergeEntity,
	} {
		d.route(pattern, d.member(answer), metrics)
	}
}

// companiesPage lists the entities of one kind.
type companiesPage struct {
	Layout   layout
	Kinds    []stateLink
	Kind     string
	Words    string
	New      string // address of the form for a new one; empty for who may not
	Entities []listedEntity
	More     string
	First    string
	Bounded  bool // the search stopped before it had looked at every one
	Window   int
	Clear    string // address of the list without the words
}

// listedEntity is one entity in the list.
type listedEntity struct {
	Path, Name string
	Aliases    string
	Tickers    string
	Hidden     bool // readers do not see it yet
	NoPage     bool // readers see it, and it is a person without a page
}

// companiesAt returns the address of the list of what is looked for.
func companiesAt(s ledger.EntitySearch) string {
	q := url.Values{}
	if s.Kind != standfirst.Company {
		q.Set("kind", string(s.Kind))
	}
	if s.Words != "" {
		q.Set("q", s.Words)
	}
	if s.After != "" {
		q.Set("after", string(s.After))
	}
	if len(q) == 0 {
		return companiesPath
	}
	return companiesPath + "?" + q.Encode()
}

func (m *member) companies() error {
	q := m.r.URL.Query()
	s := ledger.EntitySearch{Kind: standfirst.Company, Words: strings.TrimSpace(q.Get("q")), After: standfirst.Slug(q.Get("after"))}
	if kind := q.Get("kind"); kind != "" {
		s.Kind = standfirst.EntityKind(kind)
	}
	if s.After != "" && s.After.Validate() != nil {
		return standfirst.Errorf(standfirst.NotFound, "there is no such page of the list")
	}
	found, err := m.ledger.FindEntities(m.r.Context(), m.staff.Actor(), s, companiesLength)
	if err != nil {
		return err
	}
	p := &companiesPage{
		Layout: m.layout(m.Text("desk.companies")), Kind: string(s.Kind), Words: s.Words, Bounded: found.Bounded, Window: ledger.SearchWindow,
		Clear: companiesAt(ledger.EntitySearch{Kind: s.Kind}),
	}
	if m.staff.Role.Can(standfirst.ManageEntities) {
		p.New = companiesPath + "/new?kind=" + string(s.Kind)
	}
	for _, kind := range standfirst.EntityKinds() {
		at := ledger.EntitySearch{Kind: kind, Words: s.Words}
		p.Kinds = append(p.Kinds, stateLink{Path: companiesAt(at), Text: m.Text("desk.companies." + string(kind)), Current: kind == s.Kind})
	}
	if s.After != "" {
		p.First = companiesAt(ledger.EntitySearch{Kind: s.Kind, Words: s.Words})
	}
	if found.Next != "" {
		next := s
		next.After = found.Next
		p.More = companiesAt(next)
	}
	for _, e := range found.Entities {
		p.Entities = append(p.Entities, listedEntity{
			Path: entityPath(e.ID), Name: e.Name, Aliases: strings.Join(e.Aliases, ", "), Tickers: strings.Join(tickerTexts(e.Tickers), ", "),
			Hidden: e.ReleasedAt.IsZero(), NoPage: !e.ReleasedAt.IsZero() && !e.HasPage(),
		})
	}
	return m.render(m.w, m.r, http.StatusOK, "companies", p)
}

// tickerTexts returns the tickers as the trade writes them.
func tickerTexts(tickers []standfirst.Ticker) (texts []string) {
	for _, t := range tickers {
		code := t.Exchange.MIC
		if len(t.Exchange.Codes) > 0 {
			code = t.Exchange.Codes[0]
		}
		texts = append(texts, code+": "+t.Symbol)
	}
	return texts
}

// entityForm is what is typed of an entity.
type entityForm struct {
	Name, Aliases, Tickers, LEI, QID string
	Public, Another                  bool
	Company, Person                  bool // what its kind has
	Taken                            bool // there is one of the name: one can say that this is another
}

// newEntityPage asks for a new entity.
type newEntityPage struct {
	Layout  layout
	Failure string
	Kinds   []choice
	Form    entityForm
}

func (m *member) newEntity() error {
	return m.newEntityPage(http.StatusOK, m.r.URL.Query().Get("kind"), entityForm{Name: m.r.URL.Query().Get("name")}, "")
}

func (m *member) newEntityPage(status int, chosen string, f entityForm, failure string) error {
	if err := m.staff.Actor().Require(standfirst.ManageEntities); err != nil {
		return err
	}
	f.Company, f.Person = true, true // the kind is chosen with the rest
	p := &newEntityPage{Layout: m.layout(m.Text("desk.companies.new")), Form: f, Failure: failure}
	for _, kind := range standfirst.EntityKinds() {
		p.Kinds = append(p.Kinds, choice{Value: string(kind), Text: m.Text("entity." + string(kind)), Chosen: string(kind) == chosen || chosen == "" && kind == standfirst.Company})
	}
	return m.render(m.w, m.r, status, "companynew", p)
}

// typedEntity reads the form of an entity.
func (m *member) typedEntity() (entityForm, ledger.EntityDraft) {
	value := m.r.PostFormValue
	f := entityForm{
		Name: value("name"), Aliases: value("aliases"), Tickers: value("tickers"), LEI: value("lei"), QID: value("qid"),
		Public: value("public") != "", Another: value("another") != "",
	}
	return f, ledger.EntityDraft{
		Kind: standfirst.EntityKind(value("kind")), Name: f.Name, Aliases: strings.Split(f.Aliases, "\n"), Tickers: strings.FieldsFunc(f.Tickers, lineOrComma),
		LEI: f.LEI, QID: f.QID, PublicFigure: f.Public, Another: f.Another,
	}
}

func lineOrComma(r rune) bool { return r == '\n' || r == ',' || r == ';' }

func (m *member) createEntity() error {
	if err := m.staff.Actor().Require(standfirst.ManageEntities); err != nil {
		return err
	}
	if err := m.form(); err != nil {
		return err
	}
	f, draft := m.typedEntity()
	id, err := m.ledger.CreateEntity(m.r.Context(), m.staff.Actor(), draft)
	if status, told := refusedForm(err); told != "" {
		f.Taken = errors.Is(err, ledger.ErrNameTaken)
		return m.newEntityPage(status, m.r.PostFormValue("kind"), f, told)
	}
	if err != nil {
		return err
	}
	http.Redirect(m.w, m.r, entityPath(id)+"?done=created", http.StatusSeeOther)
	return nil
}

// refusedForm returns the status and the words for an error that the form itself tells, and
// "" for any other.
func refusedForm(err error) (status int, told string) {
	if err == nil {
		return 0, ""
	}
	switch standfirst.KindOf(err) {
	case standfirst.Invalid:
		return http.StatusUnprocessableEntity, message(err)
	case standfirst.Conflict:
		return http.StatusConflict, message(err)
	}
	return 0, ""
}
