package desk

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"standfirst"
	"standfirst/internal/ledger"
)

// changingDeal reads the form of who changes a deal, and returns which one. Who may not is
// told so before anything that was typed is looked at; the use case asks again.
func (m *member) changingDeal(p standfirst.Permission) (standfirst.DealID, error) {
	if err := m.staff.Actor().Require(p); err != nil {
		return 0, err
	}
	id, err := m.dealID()
	if err != nil {
		return 0, err
	}
	return id, m.form()
}

// dealChanged goes back to the deal, which says what was done, or answers with the page and
// what was typed where the error is one that it tells.
func (m *member) dealChanged(id standfirst.DealID, done string, err error) error {
	if status, told := refusedForm(err); told != "" {
		value := m.r.PostFormValue
		return m.dealPage(status, id, &dealPage{
			Failure: told, Guard: m.guardOf(err), Title: value("title"), Party: value("party"),
			StageForm: stageForm{AsOf: value("as-of"), Words: value("words"), Source: value("source"), Note: value("note"), Expected: value("expected") != "", Hold: value("hold") != ""},
		})
	}
	if err != nil {
		return err
	}
	http.Redirect(m.w, m.r, dealPath(id)+"?done="+done, http.StatusSeeOther)
	return nil
}

func (m *member) changeDeal() error {
	id, err := m.changingDeal(standfirst.ManageEntities)
	if err != nil {
		return err
	}
	err = m.ledger.ChangeDeal(m.r.Context(), m.staff.Actor(), id, standfirst.DealKind(m.r.PostFormValue("kind")), m.r.PostFormValue("title"), m.seen())
	return m.dealChanged(id, "changed", err)
}

func (m *member) addParty() error {
	id, err := m.changingDeal(standfirst.ManageEntities)
	if err != nil {
		return err
	}
	err = m.ledger.AddParty(m.r.Context(), m.staff.Actor(), id, m.r.PostFormValue("party"), standfirst.PartyRole(m.r.PostFormValue("role")))
	return m.dealChanged(id, "party", err)
}

func (m *member) removeParty() error {
	id, err := m.changingDeal(standfirst.ManageEntities)
	if err != nil {
		return err
	}
	entity, _ := strconv.ParseInt(m.r.PostFormValue("entity"), 10, 64) // none is zero, which is no party
	err = m.ledger.RemoveParty(m.r.Context(), m.staff.Actor(), id, standfirst.EntityID(entity), standfirst.PartyRole(m.r.PostFormValue("role")))
	return m.dealChanged(id, "removed", err)
}

func (m *member) setStage() error {
	id, err := m.changingDeal(standfirst.SupersedeClaim)
	if err != nil {
		return err
	}
	s, err := m.stageChange()
	if err == nil {
		err = m.ledger.SetStage(m.r.Context(), m.staff.Actor(), id, s)
	}
	done := "stage"
	if s.Hold {
		done = "held"
	}
	return m.dealChanged(id, done, err)
}

// stageChange returns what the form says of where the deal stands.
func (m *member) stageChange() (s ledger.StageChange, err error) {
	value := m.r.PostFormValue
	s = ledger.StageChange{
		Stage: standfirst.DealStage(value("stage")), Words: value("words"), Evidence: standfirst.Evidence(value("evidence")), Modality: standfirst.Actual,
		Cause: standfirst.Lifecycle(value("because")), Note: strings.TrimSpace(value("note")), Hold: value("hold") != "",
	}
	if value("expected") != "" {
		s.Modality = standfirst.Prospective
	}
	if who := value("who"); who != "" {
		n, err := strconv.ParseInt(who, 10, 64)
		if err != nil || n < 1 {
			return s, standfirst.Errorf(standfirst.Invalid, "choose the deal as a whole, or one of its parties")
		}
		s.Party = standfirst.EntityID(n)
	}
	if s.Cause != "" && !slices.Contains(supersessionCauses, s.Cause) {
		return s, standfirst.Errorf(standfirst.Invalid, "say why it stands elsewhere now")
	}
	if s.AsOf, err = m.typedDay("as-of"); err != nil {
		return s, err
	}
	s.Source, err = m.typedSource("source-kind", "source")
	return s, err
}

// typedDay returns the day that the form has under the name; that of today in the
// publication's time zone where it has none.
func (m *member) typedDay(name string) (standfirst.Day, error) {
	text := strings.TrimSpace(m.r.PostFormValue(name))
	if text == "" {
		pub, err := m.publication()
		return standfirst.DayOf(m.clock(), pub.Location()), err
	}
	day, err := standfirst.ParseDay(text)
	if err != nil {
		return day, standfirst.Errorf(standfirst.Invalid, "%q is no day; write it as 2026-03-05", text)
	}
	return day, nil
}

// typedSource returns the source that the form has under the names of its kind and its
// words; nil where it has neither.
func (m *member) typedSource(kindName, wordsName string) (*standfirst.Attribution, error) {
	words := standfirst.OneLine(m.r.PostFormValue(wordsName))
	kind := standfirst.AttributionKind(m.r.PostFormValue(kindName))
	switch {
	case words == "" && kind == "":
		return nil, nil
	case !kind.Valid():
		return nil, standfirst.Errorf(standfirst.Invalid, "say what kind of source “%s” is", words)
	case len(words) > maxSource:
		return nil, standfirst.Errorf(standfirst.Invalid, "the words about the source have %d bytes; %d is the most", len(words), maxSource)
	}
	return &standfirst.Attribution{Kind: kind, Words: words}, nil
}
