package desk

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/store"
)

// dealPage shows a deal as the desk knows it, and lets it be changed.
type dealPage struct {
	Layout   layout
	Path     string
	Public   string // the readers' page; empty while they do not see the deal
	Done     string
	Failure  string
	Manage   bool // who asks may change the deal and its parties
	Change   bool // … and where it stands
	Kind     string
	Target   link
	Stage    string // empty if nobody has said
	Parties  []dealPartyRow
	Figures  []subjectFigure
	Timeline []timelineRow
	More     bool
	Answers  []answerRow

	// The forms, with what was typed.
	Guard     guard // of the kind and the title
	Title     string
	Kinds     []choice
	Party     string
	Roles     []choice
	StageForm stageForm
	Answer    answerForm
}

// dealPartyRow is one party of the deal.
type dealPartyRow struct {
	Path, Name, Role, Stage string
	Entity, RoleKey         string // by which the form names it
	Figure                  string // address of what it puts in; empty for none
	Puts                    string
	Hidden                  bool // it waits for the publication of a story
}

// timelineRow is one thing that was recorded, the newest first.
type timelineRow struct {
	Path, Title, Value string
	Words, Evidence    string
	State              string // how it ended; empty while it is held
	AsOf               string
	Recorded           moment
	Hidden             bool // readers do not see it yet
	Sources            []string
}

// stageForm is what is typed of where a deal stands.
type stageForm struct {
	Who, Stages, Evidence, Sources, Causes []choice
	AsOf, Words, Source, Note              string
	Expected, Hold                         bool
	First                                  bool // nothing is held of it yet, so there is nothing to give a reason for
}

// dealID returns which deal is asked for.
func (m *member) dealID() (standfirst.DealID, error) {
	id, err := strconv.ParseInt(m.r.PathValue("id"), 10, 64)
	if err != nil || id < 1 {
		return 0, standfirst.Errorf(standfirst.NotFound, "there is no deal %q", m.r.PathValue("id"))
	}
	return standfirst.DealID(id), nil
}

func (m *member) deal() error {
	id, err := m.dealID()
	if err != nil {
		return err
	}
	p := new(dealPage)
	if what := m.r.URL.Query().Get("done"); slices.Contains([]string{"created", "changed", "party", "removed", "stage", "held", "answer"}, what) {
		p.Done = m.Text("desk.deal.done." + what)
	}
	return m.dealPage(http.StatusOK, id, p)
}

// dealPage answers with the page of the deal.
func (m *member) dealPage(status int, id standfirst.DealID, p *dealPage) error {
	if err := m.staff.Actor().Require(standfirst.RecordClaim); err != nil {
		return err
	}
	pub, err := m.publication()
	if err != nil {
		return err
	}
	var deal standfirst.Deal
	p.Path, p.Manage, p.Change = dealPath(id), m.staff.Role.Can(standfirst.ManageEntities), m.staff.Role.Can(standfirst.SupersedeClaim)
	err = m.store.View(m.r.Context(), func(tx *store.ReadTx) error {
		p.Parties, p.Figures, p.Timeline, p.Answers, p.Public, p.Stage = nil, nil, nil, nil, "", ""
		d, err := tx.Deal(id)
		if err != nil {
			return err
		}
		deal = d
		p.Layout = m.layout(d.Title)
		p.Kind = m.Text("deal.kind." + string(d.Kind))
		chosen := standfirst.DealKind(m.r.PostFormValue("kind"))
		if chosen == "" {
			chosen, p.Title = d.Kind, d.Title // another of its forms was sent
		}
		p.Kinds = m.dealKinds(chosen)
		if !d.ReleasedAt.IsZero() {
			p.Public = d.Path()
		}
		entities, err := entitiesOf(tx, d)
		if err != nil {
			return err
		}
		target := entities[d.Target]
		p.Target = link{entityPath(target.ID), target.Name}
		about := standfirst.Subject{Deal: id}
		v, err := ledger.ViewSubject(tx, about)
		if err != nil {
			return err
		}
		m.partiesOf(p, d, entities, v)
		p.Figures, p.More = m.subjectFigures(wholeOf(v)), v.More
		for _, r := range v.Timeline {
			p.Timeline = append(p.Timeline, m.timelineRow(r, pub))
		}
		if p.Answers, err = m.answerRows(tx, about, 0); err != nil {
			return err
		}
		m.stageChoices(p, d, entities, v)
		p.Answer = m.answerForm(p.Path, append([]standfirst.Entity{target}, partiesIn(d, entities)...))
		return nil
	})
	if err != nil {
		return err
	}
	typed := standfirst.DealKind(m.r.PostFormValue("kind"))
	p.Guard.fill(deal.Fingerprint(), field{m.Text("deals.kind"), p.Kind, m.Text("deal.kind." + string(typed))}, field{m.Text("desk.deals.title"), deal.Title, p.Title})
	if p.StageForm.AsOf == "" {
		p.StageForm.AsOf = standfirst.DayOf(m.clock(), pub.Location()).String()
	}
	for _, role := range ledger.PartyRoles() {
		p.Roles = append(p.Roles, choice{string(role), m.Text("role." + string(role)), string(role) == m.r.PostFormValue("role")})
	}
	return m.render(m.w, m.r, status, "deal", p)
}

// entitiesOf returns the target and the parties of the deal by their identifiers.
func entitiesOf(tx *store.ReadTx, d standfirst.Deal) (map[standfirst.EntityID]standfirst.Entity, error) {
	ids := []standfirst.EntityID{d.Target}
	for _, p := range d.Parties {
		ids = append(ids, p.Entity)
	}
	found, err := tx.EntitiesByID(ids)
	byID := make(map[standfirst.EntityID]standfirst.Entity, len(found))
	for _, e := range found {
		byID[e.ID] = e
	}
	return byID, err
}

// partiesIn returns the parties of the deal, each once.
func partiesIn(d standfirst.Deal, entities map[standfirst.EntityID]standfirst.Entity) (parties []standfirst.Entity) {
	for _, p := range d.Parties {
		if p.Entity != d.Target && !slices.ContainsFunc(parties, func(e standfirst.Entity) bool { return e.ID == p.Entity }) {
			parties = append(parties, entities[p.Entity])
		}
	}
	return parties
}

// wholeOf returns the view with the figures that are not where something stands: those have
// a place of their own.
func wholeOf(v ledger.SubjectView) ledger.SubjectView {
	v.Figures = slices.DeleteFunc(slices.Clone(v.Figures), func(f ledger.ClaimFigure) bool { return f.Claim.Property == standfirst.Stage })
	return v
}

// partiesOf adds the parties, and where the deal stands.
func (m *member) partiesOf(p *dealPage, d standfirst.Deal, entities map[standfirst.EntityID]standfirst.Entity, v ledger.SubjectView) {
	find := func(property standfirst.Property, party standfirst.EntityID) (ledger.ClaimFigure, bool) {
		at := slices.IndexFunc(v.Figures, func(f ledger.ClaimFigure) bool {
			return f.Claim.Property == property && f.Claim.Dimensions.Party == party
		})
		if at < 0 {
			return ledger.ClaimFigure{}, false
		}
		return v.Figures[at], true
	}
	stage := func(party standfirst.EntityID) string {
		if f, ok := find(standfirst.Stage, party); ok {
			if at := ledger.StandsAt(f.Held); at != "" {
				return m.Text("stage." + string(at))
			}
		}
		return ""
	}
	p.Stage = stage(0)
	for _, party := range d.Parties {
		row := dealPartyRow{
			Path: entityPath(party.Entity), Name: entities[party.Entity].Name, Role: m.Text("role." + string(party.Role)), Stage: stage(party.Entity),
			Entity: party.Entity.String(), RoleKey: string(party.Role), Hidden: party.Story != 0,
		}
		if f, ok := find(standfirst.Commitment, party.Entity); ok {
			row.Figure, row.Puts = figurePath(f.Claim.ID), f.Claim.Property.Words(f.Newest().Value)
		}
		p.Parties = append(p.Parties, row)
	}
}

// valueWords returns what the version states: of where a deal is only expected to stand,
// that it is.
func (m *member) valueWords(p standfirst.Property, v standfirst.ClaimVersion) string {
	words := p.Words(v.Value)
	if v.Value.Stage != "" && v.Modality == standfirst.Prospective {
		words = m.Text("stage.expected", words)
	}
	return words
}

// timelineRow returns one line of what was recorded.
func (m *member) timelineRow(r ledger.Recording, pub standfirst.Publication) timelineRow {
	v := r.Version
	row := timelineRow{
		Path: figurePath(r.Claim.ID), Title: r.Title, Value: m.valueWords(r.Claim.Property, v), Words: v.Words, Evidence: m.Text("evidence." + string(v.Evidence)),
		Recorded: m.moment(v.RecordedAt, pub.Location()), Hidden: v.ReleasedAt.IsZero(),
	}
	if row.Words == r.Claim.Property.Words(v.Value) {
		row.Words = "" // nobody's, or the same again
	}
	if !v.AsOf.From.IsZero() {
		row.AsOf = v.AsOf.Words()
	}
	if v.Ended != standfirst.Current {
		row.State = m.Text("ended." + string(v.Ended))
	}
	if v.Erased {
		row.Value, row.Words, row.State = m.Text("desk.figure.state.withheld"), "", ""
	}
	for _, a := range v.Attributions {
		if a.Words != "" {
			row.Sources = append(row.Sources, a.Words)
		}
	}
	return row
}

// stageChoices fills in what one can choose from of where the deal stands.
func (m *member) stageChoices(p *dealPage, d standfirst.Deal, entities map[standfirst.EntityID]standfirst.Entity, v ledger.SubjectView) {
	f, value := &p.StageForm, m.r.PostFormValue
	f.Who = []choice{{Value: "", Text: m.Text("desk.deal.whole"), Chosen: value("who") == ""}}
	for _, e := range partiesIn(d, entities) {
		f.Who = append(f.Who, choice{e.ID.String(), e.Name, e.ID.String() == value("who")})
	}
	f.Stages = m.dealStages(standfirst.DealStage(value("stage")))
	f.Evidence, f.Sources = m.evidenceChoices(value("evidence")), m.sourceChoices(value("source-kind"))
	f.Causes = m.causes(cmp.Or(standfirst.Lifecycle(value("because")), standfirst.SupersededByEvent))
	f.First = !slices.ContainsFunc(v.Figures, func(k ledger.ClaimFigure) bool { return k.Claim.Property == standfirst.Stage })
}

func (m *member) evidenceChoices(chosen string) (list []choice) {
	for _, e := range standfirst.EvidenceKinds() {
		list = append(list, choice{string(e), m.Text("desk.figure.evidence." + string(e)), string(e) == chosen})
	}
	return list
}

func (m *member) sourceChoices(chosen string) (list []choice) {
	for _, k := range standfirst.AttributionKinds() {
		list = append(list, choice{string(k), m.Text("desk.figure.source." + string(k)), string(k) == chosen})
	}
	return list
}
