package desk

import (
	"strconv"
	"strings"

	"standfirst"
	"standfirst/internal/store"
)

// answerForm asks for what a party said when it was asked.
type answerForm struct {
	Path       string // of the page that the form is on
	Who, Kinds []choice
	Words, Day string
	Most       int // characters of the words
}

// answerRow is what a party said.
type answerRow struct {
	Who, What, Words string
	Day              string
	Hidden           bool // readers do not see it yet
}

// answerForm returns the form with what was typed, for those who can have answered.
func (m *member) answerForm(path string, who []standfirst.Entity) answerForm {
	value := m.r.PostFormValue
	f := answerForm{Path: path, Words: value("answer-words"), Day: value("answer-day"), Most: standfirst.MaxResponseWords}
	for _, e := range who {
		f.Who = append(f.Who, choice{e.ID.String(), e.Name, e.ID.String() == value("answer-who")})
	}
	for _, k := range standfirst.ResponseKinds() {
		f.Kinds = append(f.Kinds, choice{string(k), m.Text("desk.answer." + strings.ReplaceAll(string(k), " ", "-")), string(k) == value("answer")})
	}
	return f
}

// answerRows returns what parties said about the subject; with a claim, only what is about
// that claim or the subject as a whole.
func (m *member) answerRows(tx *store.ReadTx, about standfirst.Subject, claim standfirst.ClaimID) ([]answerRow, error) {
	answers, err := tx.Responses(about, store.ForDesk)
	if err != nil {
		return nil, err
	}
	var ids []standfirst.EntityID
	for _, a := range answers {
		ids = append(ids, a.Party)
	}
	parties, err := tx.EntitiesByID(ids)
	if err != nil {
		return nil, err
	}
	names := make(map[standfirst.EntityID]string)
	for _, e := range parties {
		names[e.ID] = e.Name
	}
	var rows []answerRow
	for _, a := range answers {
		if claim != 0 && a.Claim != 0 && a.Claim != claim {
			continue
		}
		row := answerRow{Who: names[a.Party], What: m.Text("desk.answer." + strings.ReplaceAll(string(a.Kind), " ", "-")), Words: a.Words, Hidden: a.ReleasedAt.IsZero()}
		if !a.Day.IsZero() {
			row.Day = standfirst.DateRange{From: a.Day, To: a.Day, Precision: standfirst.PrecisionDay}.Words()
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// typedAnswer returns what the form says that a party answered.
func (m *member) typedAnswer() (r standfirst.Response, err error) {
	value := m.r.PostFormValue
	r = standfirst.Response{Kind: standfirst.ResponseKind(value("answer")), Words: standfirst.OneLine(value("answer-words"))}
	who, err := strconv.ParseInt(value("answer-who"), 10, 64)
	if err != nil || who < 1 {
		return r, standfirst.Errorf(standfirst.Invalid, "say who answered")
	}
	r.Party = standfirst.EntityID(who)
	r.Day, err = m.typedDay("answer-day")
	return r, err
}

func (m *member) answerDeal() error {
	id, err := m.changingDeal(standfirst.RecordClaim)
	if err != nil {
		return err
	}
	r, err := m.typedAnswer()
	if err == nil {
		r.Subject.Deal = id
		_, err = m.ledger.Respond(m.r.Context(), m.staff.Actor(), r)
	}
	return m.dealChanged(id, "answer", err)
}

func (m *member) answerFigure() error {
	id, err := m.changing(standfirst.RecordClaim)
	if err != nil {
		return err
	}
	r, err := m.typedAnswer()
	if err == nil {
		r.Claim = id
		_, err = m.ledger.Respond(m.r.Context(), m.staff.Actor(), r)
	}
	if err != nil {
		return m.figureRefusal(err, id)
	}
	m.figureDone(id, "answer")
	return nil
}
