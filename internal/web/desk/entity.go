package desk

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/store"
)

const (
	// entityDeals and entityStories are how many deals and stories the page of an entity
	// names.
	entityDeals   = 50
	entityStories = 20
)

// entityPage shows what is known of a company, organisation, person or place, and lets it be
// changed.
type entityPage struct {
	Layout  layout
	Path    string
	Kind    string
	Public  string // the readers' page; empty while there is none
	Hidden  bool   // readers do not see it yet
	Done    string
	Failure string
	Manage  bool  // who asks may change it
	Merged  *link // what it was merged into; nil unless it was
	Form    entityForm
	Guard   guard
	Figures []subjectFigure
	More    bool // there are more figures than the page shows
	Deals   []dealLink
	Stories []storyLink
	Others  bool // more stories are listed with it

	Into         string // what was typed for the entity to merge it into
	MergeFailure string
}

// link leads to something.
type link struct{ Path, Text string }

// subjectFigure is one figure of a deal or an entity.
type subjectFigure struct {
	Path     string
	Title    string
	Values   []figureValue
	Conflict bool
}

// figureValue is one value that is held.
type figureValue struct {
	Value, Evidence string
	Hidden          bool // readers do not see it yet
}

// dealLink leads to a deal at the desk.
type dealLink struct {
	Path, Title, Role string
	Hidden            bool
}

// subjectFigures returns the figures of a subject as its page lists them.
func (m *member) subjectFigures(v ledger.SubjectView) (rows []subjectFigure) {
	for _, f := range v.Figures {
		row := subjectFigure{Path: figurePath(f.Claim.ID), Title: f.Title}
		for _, held := range f.Held {
			row.Values = append(row.Values, figureValue{
				Value: m.valueWords(f.Claim.Property, held), Evidence: m.Text("evidence." + string(held.Evidence)), Hidden: held.ReleasedAt.IsZero(),
			})
		}
		row.Conflict = slices.ContainsFunc(v.Conflicts, func(c ledger.Conflict) bool { return c.Claim.ID == f.Claim.ID })
		rows = append(rows, row)
	}
	return rows
}

// entityID returns which entity is asked for.
func (m *member) entityID() (standfirst.EntityID, error) {
	id, err := strconv.ParseInt(m.r.PathValue("id"), 10, 64)
	if err != nil || id < 1 {
		return 0, standfirst.Errorf(standfirst.NotFound, "there is nobody with the number %q", m.r.PathValue("id"))
	}
	return standfirst.EntityID(id), nil
}

func (m *member) entity() error {
	id, err := m.entityID()
	if err != nil {
		return err
	}
	p := new(entityPage)
	if what := m.r.URL.Query().Get("done"); slices.Contains([]string{"created", "changed", "merged"}, what) {
		p.Done = m.Text("desk.entity.done." + what)
	}
	return m.entityPage(http.StatusOK, id, p, nil)
}

// entityPage answers with the page of the entity, with what was typed into its form.
func (m *member) entityPage(status int, id standfirst.EntityID, p *entityPage, typed *entityForm) error {
	if err := m.staff.Actor().Require(standfirst.RecordClaim); err != nil {
		return err
	}
	p.Path, p.Manage = entityPath(id), m.staff.Role.Can(standfirst.ManageEntities)
	var e standfirst.Entity
	err := m.store.View(m.r.Context(), func(tx *store.ReadTx) (err error) {
		p.Deals, p.Stories, p.Merged, p.Others, p.Public = nil, nil, nil, false, ""
		e, err = tx.Entity(id)
		if err != nil {
			return err
		}
		p.Layout = m.layout(e.Name)
		p.Kind, p.Hidden = m.Text("entity."+string(e.Kind)), e.ReleasedAt.IsZero()
		if e.MergedInto != 0 {
			kept, err := tx.Entity(e.MergedInto)
			p.Merged, p.Manage = &link{entityPath(kept.ID), kept.Name}, false
			return err
		}
		if e.HasPage() {
			p.Public = e.Path()
		}
		if p.Form = formOfEntity(e); typed != nil {
			typed.Company, typed.Person = p.Form.Company, p.Form.Person
			p.Form = *typed
		}
		return m.knownOfEntity(tx, e, p)
	})
	if err != nil {
		return err
	}
	p.Guard.fill(e.Fingerprint(), m.entityFields(formOfEntity(e), p.Form)...)
	return m.render(m.w, m.r, status, "entity", p)
}

// formOfEntity returns the form of the entity as it is stored.
func formOfEntity(e standfirst.Entity) entityForm {
	return entityForm{
		Name: e.Name, Aliases: strings.Join(e.Aliases, "\n"), Tickers: strings.Join(tickerTexts(e.Tickers), "\n"), LEI: e.LEI, QID: e.QID,
		Public: e.PublicFigure, Company: e.Kind == standfirst.Company, Person: e.Kind == standfirst.Person,
	}
}

// entityFields returns the fields of the form as they stand and as they are typed.
func (m *member) entityFields(now, typed entityForm) []field {
	return []field{
		{m.Text("desk.entity.name"), now.Name, typed.Name}, {m.Text("desk.entity.aliases"), now.Aliases, typed.Aliases}, {m.Text("desk.entity.tickers"), now.Tickers, typed.Tickers},
		{m.Text("desk.entity.lei"), now.LEI, typed.LEI}, {m.Text("desk.entity.qid"), now.QID, typed.QID}, {m.Text("desk.entity.public"), m.ticked(now.Public), m.ticked(typed.Public)},
	}
}

// knownOfEntity adds the figures, the deals and the stories.
func (m *member) knownOfEntity(tx *store.ReadTx, e standfirst.Entity, p *entityPage) error {
	about := standfirst.Subject{Entity: e.ID}
	v, err := ledger.ViewSubject(tx, about)
	if err != nil {
		return err
	}
	p.Figures, p.More = m.subjectFigures(v), v.More
	deals, err := tx.DealsOfEntity(e.ID, 0, entityDeals, store.ForDesk)
	if err != nil {
		return err
	}
	for _, d := range deals {
		p.Deals = append(p.Deals, dealLink{Path: dealPath(d.ID), Title: d.Title, Role: m.rolesIn(d, e.ID), Hidden: d.ReleasedAt.IsZero()})
	}
	stories, err := tx.CitingStoriesOf(about, standfirst.Position{}, entityStories+1)
	p.Others = len(stories) > entityStories
	for _, s := range stories[:min(len(stories), entityStories)] {
		p.Stories = append(p.Stories, storyLink{storyPath(s.ID), s.Headline})
	}
	return err
}

// rolesIn returns what the entity is in the deal, in words.
func (m *member) rolesIn(d standfirst.Deal, id standfirst.EntityID) string {
	var roles []string
	if d.Target == id {
		roles = append(roles, m.Text("desk.deal.target"))
	}
	for _, p := range d.Parties {
		if role := m.Text("role." + string(p.Role)); p.Entity == id && !slices.Contains(roles, role) {
			roles = append(roles, role)
		}
	}
	return strings.Join(roles, ", ")
}

func (m *member) changeEntity() error {
	if err := m.staff.Actor().Require(standfirst.ManageEntities); err != nil {
		return err
	}
	id, err := m.entityID()
	if err != nil {
		return err
	}
	if err := m.form(); err != nil {
		return err
	}
	f, draft := m.typedEntity()
	draft.Seen = m.seen()
	err = m.ledger.ChangeEntity(m.r.Context(), m.staff.Actor(), id, draft)
	if status, told := refusedForm(err); told != "" {
		f.Taken = errors.Is(err, ledger.ErrNameTaken)
		return m.entityPage(status, id, &entityPage{Failure: told, Guard: m.guardOf(err)}, &f)
	}
	if err != nil {
		return err
	}
	http.Redirect(m.w, m.r, entityPath(id)+"?done=changed", http.StatusSeeOther)
	return nil
}

// mergePage shows what would follow an entity into another, before it is done.
type mergePage struct {
	Layout     layout
	Path       string // of the one that goes
	Into       string // number of the one that stays
	Kept       link
	Gone       string
	Names      string
	Tickers    string
	Figures    []string
	Again      []string
	Conflicts  []conflictLine
	Deals      []dealLink
	Stories    []storyLink
	More       bool
	Clash      string // the deal that stands in the way
	LEI, QID   bool   // both have one
	Address    string // that leads on; empty if there is none
	To         string // where it leads; empty where the one that stays has no page
	Moved      string // how much moves: "3 figures, 1 deal, 12 stories"
	HasNothing bool   // nothing but the name moves
}

// conflictLine is two values of one figure that cannot both hold.
type conflictLine struct{ Title, First, Second string }

func (m *member) planMerge() error {
	if err := m.staff.Actor().Require(standfirst.ManageEntities); err != nil {
		return err
	}
	id, err := m.entityID()
	if err != nil {
		return err
	}
	into := m.r.URL.Query().Get("into")
	var kept standfirst.Entity
	err = m.store.View(m.r.Context(), func(tx *store.ReadTx) (err error) {
		kept, err = ledger.EntityCalled(tx, into)
		return err
	})
	var plan ledger.MergePlan
	if err == nil {
		plan, err = m.ledger.PlanMerge(m.r.Context(), m.staff.Actor(), id, kept.ID)
	}
	if status, told := refusedForm(err); told != "" {
		return m.entityPage(status, id, &entityPage{Into: into, MergeFailure: told}, nil)
	}
	if err != nil {
		return err
	}
	p := &mergePage{
		Layout: m.layout(m.Text("desk.merge", plan.Gone.Name, plan.Kept.Name)), Path: entityPath(id), Into: kept.ID.String(),
		Kept: link{entityPath(kept.ID), plan.Kept.Name}, Gone: plan.Gone.Name, Names: strings.Join(plan.Names, ", "), Tickers: strings.Join(tickerTexts(plan.Tickers), ", "),
		Figures: plan.Figures, Again: plan.Again, More: plan.More, Clash: plan.Clash, LEI: plan.OtherLEI, QID: plan.OtherQID,
	}
	for _, c := range plan.Conflicts {
		p.Conflicts = append(p.Conflicts, conflictLine{c.Title, c.Claim.Property.Words(c.First.Value), c.Claim.Property.Words(c.Second.Value)})
	}
	for _, d := range plan.Deals {
		p.Deals = append(p.Deals, dealLink{Path: dealPath(d.ID), Title: d.Title, Role: m.rolesIn(d, id)})
	}
	for _, s := range plan.Stories {
		p.Stories = append(p.Stories, storyLink{storyPath(s.ID), s.Headline})
	}
	if plan.Moves {
		p.Address = plan.Gone.Path()
		if plan.Kept.HasPage() {
			p.To = plan.Kept.Path()
		}
	}
	p.Moved = m.movedWords(plan)
	p.HasNothing = len(p.Figures)+len(p.Again)+len(p.Conflicts)+len(p.Deals) == 0
	return m.render(m.w, m.r, http.StatusOK, "merge", p)
}

// movedWords says how much a merge moves. What the plan does not name is not counted.
func (m *member) movedWords(plan ledger.MergePlan) string {
	figures := len(plan.Figures) + len(plan.Again)
	var last standfirst.ClaimID
	for _, c := range plan.Conflicts { // the pairs of one figure follow each other
		if c.Claim.ID != last {
			figures, last = figures+1, c.Claim.ID
		}
	}
	var words []string
	for _, count := range []struct {
		of string
		n  int
	}{{"figures", figures}, {"deals", len(plan.Deals)}, {"stories", len(plan.Stories)}} {
		words = append(words, m.Text("desk.merge.count."+count.of+"."+number(count.n), count.n))
	}
	if plan.More {
		return m.Text("desk.merge.count.more", strings.Join(words, ", "))
	}
	return strings.Join(words, ", ")
}

func (m *member) mergeEntity() error {
	if err := m.staff.Actor().Require(standfirst.ManageEntities); err != nil {
		return err
	}
	id, err := m.entityID()
	if err != nil {
		return err
	}
	if err := m.form(); err != nil {
		return err
	}
	into, _ := strconv.ParseInt(m.r.PostFormValue("into"), 10, 64) // none is zero, which there is not
	err = m.ledger.Merge(m.r.Context(), m.staff.Actor(), id, standfirst.EntityID(into))
	if status, told := refusedForm(err); told != "" {
		return m.entityPage(status, id, &entityPage{Into: m.r.PostFormValue("into"), MergeFailure: told}, nil)
	}
	if err != nil {
		return err
	}
	http.Redirect(m.w, m.r, entityPath(standfirst.EntityID(into))+"?done=merged", http.StatusSeeOther)
	return nil
}
