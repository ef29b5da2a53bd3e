package desk

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"standfirst"
	"standfirst/internal/copydesk"
	"standfirst/internal/ledger"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

// otherwiseForm is what was typed of a figure that is recorded otherwise, in a form that was
// refused.
type otherwiseForm struct {
	Value, About, Party, Source, Count, Rule string
	Planned, Fact                            bool
	Open                                     bool // something was
}

// typedOtherwise returns what was typed.
func (m *member) typedOtherwise() otherwiseForm {
	value := m.r.PostFormValue
	f := otherwiseForm{
		Value: value("figure-value"), About: value("figure-about"), Party: value("figure-party"), Source: value("figure-source"),
		Count: value("figure-sources"), Rule: value("figure-source-rule"),
		Planned: value("figure-modality") == string(standfirst.Prospective), Fact: value("figure-modality") == string(standfirst.Actual),
	}
	for _, name := range []string{"figure-value", "figure-property", "figure-about", "figure-party", "figure-modality", "figure-evidence", "figure-source-kind", "figure-source", "figure-sources", "figure-source-proximity", "figure-source-rule"} {
		f.Open = f.Open || value(name) != ""
	}
	return f
}

// otherwiseBelow is where one asks, without a script, to record a figure otherwise.
const otherwiseBelow = "/figures/otherwise"

// asksOtherwise reports whether the request does.
func (m *member) asksOtherwise() bool { return strings.HasSuffix(m.r.URL.Path, otherwiseBelow) }

// figureOtherwise answers with the page of the story as it was typed, and a form at the figure
// that was chosen, for what is to be recorded of it.
func (m *member) figureOtherwise() error {
	id, err := m.storyID()
	if err != nil {
		return err
	}
	actor := m.staff.Actor()
	if err := actor.Require(standfirst.RecordClaim); err != nil {
		return err
	}
	details, err := m.newsroom.Show(m.r.Context(), actor, id)
	if err != nil {
		return err
	}
	if err := actor.RequireEdit(details.Story); err != nil {
		return err
	}
	f, _, err := m.typedStory()
	if err != nil {
		return m.refuseStory(id, f, err)
	}
	if _, _, err := figureKey(m.r.PostFormValue("figure")); err != nil {
		return m.refuseStory(id, f, err)
	}
	return m.storyAgain(http.StatusOK, id, f, "", nil)
}

// otherwise fills in what one can choose from to record a figure otherwise than the copy desk
// reads it.
func (m *member) otherwise(p *figuresPanel, read copydesk.Proposals) error {
	value := m.r.PostFormValue
	if p.Typed = m.typedOtherwise(); p.Typed.Open || m.asksOtherwise() {
		p.Chosen = chosenCard(slices.Concat(p.Proposals, p.Unread), value("figure"))
	}
	p.Evidence, p.Sources = m.evidenceChoices(value("figure-evidence")), m.sourceChoices(value("figure-source-kind"))
	for _, rule := range standfirst.Properties() {
		if rule.Type != standfirst.TypeStage && rule.Type != standfirst.TypeDate { // those are no quantities
			p.Properties = append(p.Properties, choice{Value: string(rule.Property), Text: titleCase(rule.Property.Noun()), Chosen: string(rule.Property) == value("figure-property")})
		}
	}
	for _, near := range standfirst.Proximities() {
		p.Proximities = append(p.Proximities, choice{Value: string(near), Text: m.Text("desk.figure.proximity." + string(near)), Chosen: string(near) == value("figure-source-proximity")})
	}
	return m.store.View(m.r.Context(), func(tx *store.ReadTx) (err error) {
		p.Subjects, err = ledger.SubjectNames(tx, read)
		return err
	})
}

// readEdits reads what the one who accepts says otherwise than the copy desk.
func (m *member) readEdits(a *newsroom.Acceptance) error {
	if value := strings.TrimSpace(m.r.PostFormValue("figure-value")); value != "" {
		q, err := standfirst.ParseChange(value)
		if err != nil {
			return standfirst.Errorf(standfirst.Invalid, "%q is not a value; write it as the text would, such as “up to $6 billion”", value)
		}
		a.Value = &q
	}
	text := func(name string) string { return standfirst.OneLine(m.r.PostFormValue(name)) }
	a.Evidence = standfirst.Evidence(text("figure-evidence"))
	a.Otherwise = ledger.Otherwise{
		Property: standfirst.Property(text("figure-property")), About: text("figure-about"), Party: text("figure-party"),
		Modality: standfirst.Modality(text("figure-modality")),
	}
	return m.readSource(a)
}

// readSource reads who said it, and how close they were to it.
func (m *member) readSource(a *newsroom.Acceptance) (err error) {
	proximity := standfirst.Proximity(m.r.PostFormValue("figure-source-proximity"))
	rule := standfirst.OneLine(m.r.PostFormValue("figure-source-rule"))
	if a.Source, err = m.typedSource("figure-source-kind", "figure-source"); err != nil {
		return err
	}
	switch {
	case a.Source == nil && (proximity != "" || rule != ""):
		return standfirst.Errorf(standfirst.Invalid, "say what kind of source it is")
	case a.Source == nil:
		return nil
	case proximity != "" && !proximity.Valid():
		return standfirst.Errorf(standfirst.Invalid, "%q does not say how close the source was", proximity)
	case len(rule) > maxSource:
		return standfirst.Errorf(standfirst.Invalid, "the ground rule has %d bytes; %d is the most", len(rule), maxSource)
	}
	a.Source.Proximity, a.Source.GroundRule = proximity, rule
	if n, err := strconv.Atoi(m.r.PostFormValue("figure-sources")); err == nil && n > 0 && n < 100 {
		a.Source.LeastSources = n
	}
	return nil
}

// maxSource bounds the words about a source, in bytes.
const maxSource = 300

// chosenCard returns the key of the proposal that a form names: of those with its words the one
// that is nearest to its place, because the text may have moved; empty for none.
func chosenCard(cards []figureCard, key string) (chosen string) {
	at, words, err := figureKey(key)
	if err != nil {
		return ""
	}
	nearest := -1
	for _, c := range cards {
		distance := max(c.Start-at, at-c.Start)
		if c.Words == words && (nearest < 0 || distance < nearest) {
			chosen, nearest = c.Key, distance
		}
	}
	return chosen
}
