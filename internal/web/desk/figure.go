package desk

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/store"
	"standfirst/internal/web"
)

const (
	figurePrefix = Prefix + "/figure/"
	// citingLength is how many of the stories that cite a figure its page names.
	citingLength = 50
)

// figurePath returns the address of a figure at the desk.
func figurePath(id standfirst.ClaimID) string { return figurePrefix + id.String() }

// figureRoutes adds the pages of the figures in the ledger.
func (d *Desk) figureRoutes(metrics *web.Metrics) {
	for pattern, answer := range map[string]func(*member) error{
		"GET /desk/figure/{id}":            (*member).figure,
		"POST /desk/figure/{id}/supersede": (*member).supersede,
		"POST /desk/figure/{id}/withdraw":  (*member).withdraw,
		"POST /desk/figure/{id}/release":   (*member).release,
		"POST /desk/figure/{id}/answer":    (*member).answerFigure,
	} {
		d.route(pattern, d.member(answer), metrics)
	}
}

// figurePage shows everything that was said of a figure, and lets it be changed.
type figurePage struct {
	Layout   layout
	Path     string
	Public   string // the readers' page; empty while they do not see the figure
	Done     string
	Failure  string
	Money    bool // the figure is a sum of money
	Change   bool // who asks may supersede and withdraw
	Release  bool // readers do not see it yet, and who asks may let them
	Versions []versionRow
	Held     []choice // the versions that are held
	Answers  []answerRow
	Stories  []storyLink
	More     bool // cite it besides
	Subject  link // the deal or the entity that it is about
	Answer   answerForm

	// What was typed.
	Value, Note, Withdrawal, Source string
	Hold                            bool
	Causes, Evidence                []choice
	Bases                           []choice // of a valuation that may be before or with new money
}

// versionRow is one version of the figure, the newest first.
type versionRow struct {
	Number   int
	Value    string
	Words    string
	Evidence string
	State    string // how it ended; empty while it is held
	Note     string // what readers were told
	Recorded moment
	Hidden   bool // readers do not see it yet
	Sources  []string
}

// supersessionCauses are why a figure gets a new value, in the order in which they are
// offered.
var supersessionCauses = []standfirst.Lifecycle{
	standfirst.SupersededByEvent, standfirst.SupersededByBetterInformation, standfirst.Corrected,
}

// figureID returns which figure is asked for.
func (m *member) figureID() (standfirst.ClaimID, error) {
	id, err := strconv.ParseInt(m.r.PathValue("id"), 10, 64)
	if err != nil || id < 1 {
		return 0, standfirst.Errorf(standfirst.NotFound, "there is no figure %q", m.r.PathValue("id"))
	}
	return standfirst.ClaimID(id), nil
}

func (m *member) figure() error {
	id, err := m.figureID()
	if err != nil {
		return err
	}
	p := new(figurePage)
	switch m.r.URL.Query().Get("done") {
	case "supersede":
		p.Done = m.Text("desk.figure.done.supersede")
	case "withdraw":
		p.Done = m.Text("desk.figure.done.withdraw")
	case "release":
		p.Done = m.Text("desk.figure.done.release")
	case "held":
		p.Done = m.Text("desk.figure.done.held")
	case "answer":
		p.Done = m.Text("desk.deal.done.answer")
	}
	return m.figurePage(http.StatusOK, id, p)
}

// figurePage answers with the page of the figure.
func (m *member) figurePage(status int, id standfirst.ClaimID, p *figurePage) error {
	if err := m.staff.Actor().Require(standfirst.RecordClaim); err != nil {
		return err
	}
	pub, err := m.publication()
	if err != nil {
		return err
	}
	p.Path = figurePath(id)
	p.Change = m.staff.Role.Can(standfirst.SupersedeClaim)
	title := ""
	err = m.store.View(m.r.Context(), func(tx *store.ReadTx) error {
		p.Versions, p.Held, p.Answers, p.Stories, p.Public, p.Release = nil, nil, nil, nil, "", false
		claim, err := tx.Claim(id)
		if err != nil {
			return err
		}
		if title, err = ledger.Title(tx, claim); err != nil {
			return err
		}
		versions, err := tx.Versions(id, store.ForDesk)
		if err != nil {
			return err
		}
		for _, v := range slices.Backward(versions) {
			m.addVersion(p, claim, v, pub)
		}
		if p.Answers, err = m.answerRows(tx, claim.Subject, claim.ID); err != nil {
			return err
		}
		if p.Subject, err = m.subjectOf(tx, claim, p); err != nil {
			return err
		}
		stories, err := tx.CitingStories(id, standfirst.Position{}, citingLength+1)
		p.More = len(stories) > citingLength
		for _, s := range stories[:min(len(stories), citingLength)] {
			p.Stories = append(p.Stories, storyLink{storyPath(s.ID), s.Headline})
		}
		return err
	})
	if err != nil {
		return err
	}
	p.Layout = m.layout(titleCase(title))
	p.Causes = m.causes(standfirst.Lifecycle(m.r.PostFormValue("because")))
	p.Evidence = m.evidenceChoices(m.r.PostFormValue("evidence"))
	return m.render(m.w, m.r, status, "figure", p)
}

// causes returns the reasons to choose from.
func (m *member) causes(chosen standfirst.Lifecycle) (list []choice) {
	for _, c := range supersessionCauses {
		list = append(list, choice{Value: string(c), Text: m.Text("desk.figure.because." + string(c)), Chosen: c == chosen})
	}
	return list
}

// addVersion adds a version to the page.
func (m *member) addVersion(p *figurePage, claim standfirst.Claim, v standfirst.ClaimVersion, pub standfirst.Publication) {
	row := versionRow{
		Number: v.Number, Value: m.valueWords(claim.Property, v), Words: v.Words, Evidence: m.Text("evidence." + string(v.Evidence)), Note: v.Note,
		Recorded: m.moment(v.RecordedAt, pub.Location()), Hidden: v.ReleasedAt.IsZero(),
	}
	if v.Erased {
		row = versionRow{Number: v.Number, Value: m.Text("desk.figure.state.withheld"), Recorded: row.Recorded}
	}
	for _, a := range v.Attributions {
		row.Sources = append(row.Sources, a.Words)
	}
	if v.Ended != standfirst.Current {
		row.State = m.Text("ended." + string(v.Ended))
	} else {
		p.Held = append(p.Held, choice{
			Value: v.ID.String(), Text: row.Value + ", " + row.Evidence, Chosen: v.ID.String() == m.r.PostFormValue("version"),
		})
		p.Money = p.Money || v.Value.Quantity != nil && v.Value.Quantity.Unit.IsCurrency()
		p.Release = p.Release || row.Hidden && m.staff.Role.Can(standfirst.ReleaseClaim)
	}
	if !row.Hidden {
		p.Public = standfirst.ClaimPath(claim.ID)
	}
	p.Versions = append(p.Versions, row)
}

// subjectOf returns what the figure is about, and adds the form for what those said about it
// who are concerned.
func (m *member) subjectOf(tx *store.ReadTx, claim standfirst.Claim, p *figurePage) (link, error) {
	p.Bases = nil
	if claim.Subject.Entity != 0 {
		p.Bases = m.bases(claim.Property)
		e, err := tx.Entity(claim.Subject.Entity)
		p.Answer = m.answerForm(p.Path, []standfirst.Entity{e})
		return link{entityPath(e.ID), e.Name}, err
	}
	d, err := tx.Deal(claim.Subject.Deal)
	if err != nil {
		return link{}, err
	}
	if d.Kind.BringsNewMoney() {
		p.Bases = m.bases(claim.Property)
	}
	entities, err := entitiesOf(tx, d)
	p.Answer = m.answerForm(p.Path, append([]standfirst.Entity{entities[d.Target]}, partiesIn(d, entities)...))
	return link{dealPath(d.ID), d.Title}, err
}

// bases returns what a figure of the property may be: before the new money, or with it.
func (m *member) bases(property standfirst.Property) (list []choice) {
	if rule, ok := property.Rule(); !ok || !rule.Basis {
		return nil
	}
	for _, b := range standfirst.Bases() {
		list = append(list, choice{string(b), m.Text("desk.figure.basis." + string(b)), string(b) == m.r.PostFormValue("basis")})
	}
	return list
}

// typedFigure returns the page with what was typed into its forms.
func (m *member) typedFigure() *figurePage {
	value := m.r.PostFormValue
	return &figurePage{
		Value: value("value"), Note: value("note"), Withdrawal: value("withdrawal"), Source: value("source"), Hold: value("hold") != "",
	}
}

// figureRefusal answers with the page where the error is one that it tells.
func (m *member) figureRefusal(err error, id standfirst.ClaimID) error {
	p := m.typedFigure()
	p.Failure = message(err)
	switch standfirst.KindOf(err) {
	case standfirst.Invalid:
		return m.figurePage(http.StatusUnprocessableEntity, id, p)
	case standfirst.Conflict:
		return m.figurePage(http.StatusConflict, id, p)
	}
	return err
}

// figureDone goes back to the figure, which says what was done.
func (m *member) figureDone(id standfirst.ClaimID, what string) {
	http.Redirect(m.w, m.r, figurePath(id)+"?done="+what, http.StatusSeeOther)
}

// changing reads the form of who changes a figure, and returns which one. Who may not is told
// so before anything that was typed is looked at; the use case asks again.
func (m *member) changing(p standfirst.Permission) (standfirst.ClaimID, error) {
	if err := m.staff.Actor().Require(p); err != nil {
		return 0, err
	}
	id, err := m.figureID()
	if err != nil {
		return 0, err
	}
	return id, m.form()
}

// namedVersion returns the version that the form names; zero where it names none.
func (m *member) namedVersion() standfirst.ClaimVersionID {
	id, err := strconv.ParseInt(m.r.PostFormValue("version"), 10, 64)
	if err != nil {
		return 0
	}
	return standfirst.ClaimVersionID(id)
}

func (m *member) supersede() error {
	id, err := m.changing(standfirst.SupersedeClaim)
	if err != nil {
		return err
	}
	s, err := m.supersession()
	if err != nil {
		return m.figureRefusal(err, id)
	}
	if _, err := m.ledger.Supersede(m.r.Context(), m.staff.Actor(), id, s); err != nil {
		return m.figureRefusal(err, id)
	}
	done := "supersede"
	if s.Hold {
		done = "held"
	}
	m.figureDone(id, done)
	return nil
}

// supersession returns what the form says of the new value.
func (m *member) supersession() (s ledger.Supersession, err error) {
	value := m.r.PostFormValue
	s = ledger.Supersession{
		Version: m.namedVersion(), Cause: standfirst.Lifecycle(value("because")), Note: value("note"),
		Evidence: standfirst.Evidence(value("evidence")), Hold: value("hold") != "",
	}
	if !slices.Contains(supersessionCauses, s.Cause) {
		return s, standfirst.Errorf(standfirst.Invalid, "say why the figure has a new value")
	}
	words := strings.Join(strings.Fields(value("value")), " ")
	if stage := standfirst.DealStage(words); stage.Valid() {
		s.Value.Stage = stage
	} else {
		q, err := standfirst.ParseChange(words)
		if err != nil {
			return s, err
		}
		s.Value, s.Words = standfirst.Value{Quantity: &q, Basis: standfirst.Basis(value("basis"))}, words
	}
	if source := strings.Join(strings.Fields(value("source")), " "); source != "" {
		s.Source = &standfirst.Attribution{Kind: standfirst.NamedSource, Words: source}
	}
	return s, nil
}

func (m *member) withdraw() error {
	id, err := m.changing(standfirst.SupersedeClaim)
	if err != nil {
		return err
	}
	if _, err := m.ledger.Retract(m.r.Context(), m.staff.Actor(), id, m.namedVersion(), m.r.PostFormValue("withdrawal"), false); err != nil {
		return m.figureRefusal(err, id)
	}
	m.figureDone(id, "withdraw")
	return nil
}

func (m *member) release() error {
	id, err := m.changing(standfirst.ReleaseClaim)
	if err != nil {
		return err
	}
	if err := m.ledger.Release(m.r.Context(), m.staff.Actor(), id); err != nil {
		return m.figureRefusal(err, id)
	}
	m.figureDone(id, "release")
	return nil
}
