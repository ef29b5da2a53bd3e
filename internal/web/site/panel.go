package site

import (
	"bytes"
	"html/template"
	"slices"
	"strings"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/markup"
)

// dealPanel is what a story shows of a deal: where it stands, who puts in how much, and
// at which value.
type dealPanel struct {
	ID        string // of its heading
	Title     link
	Stage     string // empty if nobody has said
	Off       string // that it ended without coming about; empty unless it did
	Bar       *interestBar
	Goal      string // what the bar is drawn against, in words; empty without a bar or a goal
	Rows      []panelRow
	More      bool // there are more parties
	Unchecked bool // some of it no editor has looked at
}

// panelRow is one party of a deal, or one figure of it.
type panelRow struct {
	Name  link // Path is empty for what has no page
	Value string
	Claim string // address of the figure; empty for none
	Notes []string
}

// timelinePanel is the end of a deal's timeline in a story, the newest first.
type timelinePanel struct {
	ID    string
	Title link
	Rows  []recordingRow
}

// mostPanels bounds how many panels a text shows.
const mostPanels = 4

// part is a piece of a page that is set into a text, before it is rendered.
type part struct {
	template string
	data     any
}

// panels gathers the panels that a text shows. A deal that readers do not know has none,
// and the page is tagged with it all the same, because it gets one when the deal is
// released.
func (rd *reading) panels(wanted []markup.Panel) (map[markup.Panel]part, error) {
	wanted = wanted[:min(len(wanted), mostPanels)]
	var ids []standfirst.DealID
	for _, w := range wanted {
		ids = append(ids, w.Deal)
		rd.tag(standfirst.DealTag(w.Deal))
	}
	if len(ids) == 0 {
		return nil, nil
	}
	deals, err := rd.tx.DealsByID(ids)
	if err != nil {
		return nil, err
	}
	found := make(map[markup.Panel]part)
	for _, w := range wanted {
		at := slices.IndexFunc(deals, func(d standfirst.Deal) bool { return d.ID == w.Deal && !d.ReleasedAt.IsZero() })
		if at < 0 {
			continue
		}
		if found[w], err = rd.panel(w.Name, deals[at]); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// panel gathers one panel of a deal that is released.
func (rd *reading) panel(name string, d standfirst.Deal) (part, error) {
	title := link{d.Title, d.Path()}
	if name == markup.TimelinePanel {
		rows, err := ledger.ViewPanelTimeline(rd.tx, d)
		p := &timelinePanel{ID: "timeline-" + d.ID.String(), Title: link{rd.words.Text("panel.timeline", d.Title), d.Path()}}
		for _, r := range rows {
			p.Rows = append(p.Rows, rd.recording(r))
		}
		return part{"timelinepanel", p}, err
	}
	v, err := ledger.ViewPanel(rd.tx, d)
	if err != nil {
		return part{}, err
	}
	p := &dealPanel{ID: "deal-" + d.ID.String(), Title: title, More: v.More, Unchecked: v.Unchecked, Bar: rd.bar(d.ID, v.Parties, v.Goal)}
	if v.Stage != "" {
		p.Stage = rd.words.Text("stage." + string(v.Stage))
	}
	if v.Stage.Off() {
		p.Off = rd.words.Text("deal.off." + string(v.Stage))
	}
	goal := standfirst.RoundTarget
	switch {
	case v.Raised:
		goal = standfirst.AmountRaised
	case d.Kind == standfirst.Secondary:
		goal = standfirst.DealValue
	}
	drawn := p.Bar != nil && p.Bar.Goal != ""
	if drawn {
		p.Goal = rd.words.Text("panel.goal."+string(goal), v.Goal.Short())
	}
	for _, party := range v.Parties {
		rd.tag(standfirst.EntityTag(party.Entity.ID))
		p.Rows = append(p.Rows, rd.partyPanelRow(party))
	}
	for _, f := range v.Figures {
		if drawn && f.Claim.Property == goal { // the bar says it
			continue
		}
		p.Rows = append(p.Rows, rd.figurePanelRow(f, d.Kind))
	}
	return part{"dealpanel", p}, nil
}

func (rd *reading) partyPanelRow(v ledger.PartyView) panelRow {
	row := panelRow{Name: entityLink(v.Entity), Value: rd.words.Text("role." + string(v.Role))}
	if v.Commitment != nil {
		row.Value, row.Claim = heldShort(*v.Commitment), v.Commitment.Claim.Path()
		row.note(rd.evidenceNote(v.Commitment.Newest()))
	}
	if v.Stage != "" {
		row.note(rd.words.Text("stage." + string(v.Stage)))
	}
	if stake := rd.stakeWords(v.Stakes); stake != "" {
		row.note(rd.words.Text("panel.stake", stake))
	}
	return row
}

func (rd *reading) figurePanelRow(f ledger.ClaimFigure, of standfirst.DealKind) panelRow {
	row := panelRow{Name: link{Name: f.Title}, Value: heldShort(f), Claim: f.Claim.Path()}
	row.note(rd.evidenceNote(f.Newest()))
	if f.Claim.Property == standfirst.Valuation {
		row.Name.Name = rd.words.Text("panel.valuation")
		if of.BringsNewMoney() {
			row.note(capitalised(rd.basis(f.Newest().Value)))
		}
	}
	return row
}

func (r *panelRow) note(words string) {
	if words != "" {
		r.Notes = append(r.Notes, words)
	}
}

// evidenceNote says how sure a figure is where that is not what readers expect of the
// news: that somebody told it.
func (rd *reading) evidenceNote(v standfirst.ClaimVersion) string {
	switch v.Evidence {
	case standfirst.ReportedAnonymous, standfirst.ReportedNamed:
		return ""
	}
	return capitalised(rd.words.Text("evidence." + string(v.Evidence)))
}

// stakeWords says what a party's money buys, in each reading of the valuation.
func (rd *reading) stakeWords(stakes []standfirst.Derived) string {
	var readings []standfirst.Derived
	for _, d := range stakes {
		if !d.IfCeilings && d.Reading != standfirst.BasisUnspecified {
			readings = append(readings, d)
		}
	}
	var words []string
	for i, d := range readings {
		value := d.String()
		if i == 0 {
			value = rd.words.Text("panel.share", value)
		}
		if len(readings) > 1 {
			value += " " + rd.words.Text("reading."+string(d.Reading))
		}
		words = append(words, value)
	}
	return capitalised(strings.Join(words, ", "))
}

// heldShort returns every value that is held of the figure.
func heldShort(f ledger.ClaimFigure) string {
	var values []string
	for _, v := range f.Held {
		value := f.Claim.Property.Words(v.Value)
		if v.Value.Quantity != nil {
			value = v.Value.Quantity.Short()
		}
		values = append(values, value)
	}
	return strings.Join(values, " / ")
}

// html renders the part.
func (rd *reading) html(p part) (template.HTML, error) {
	var b bytes.Buffer
	err := rd.ui.Part(&b, "story", p.template, p.data)
	return template.HTML(b.String()), err //nolint:gosec // a template of ours escaped it
}
