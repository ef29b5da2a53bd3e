package site

import (
	"cmp"
	"slices"
	"strings"

	"standfirst"
	"standfirst/internal/feed"
	"standfirst/internal/ledger"
)

// dealPage follows one deal.
type dealPage struct {
	Layout    layout
	Title     string
	Kind      string
	Stage     string   // empty if nobody has said
	Off       *dealOff // nil unless it ended without coming about
	Target    link     // Path is empty for one without a page
	Stages    []recordingRow
	Bar       *interestBar // nil if there is nothing to draw
	Parties   []partyRow
	Figures   []figureRow
	Derived   []derivedRow
	Conflicts []conflictRow
	Apart     []apartRow // figures that do not agree with each other
	Answers   []sourceLine
	Timeline  []recordingRow
	Coming    []eventRow // what is to come of it
	More      bool       // there are more figures or recordings than the page shows
	Unchecked bool       // some of the figures no editor has looked at
	List      list
}

// partyRow is one party of a deal.
type partyRow struct {
	Name       link
	Role       string
	Stage      string
	Commitment string
	Evidence   string
	Claim      string // address of the figure; empty for none
	Derived    []derivedRow
}

// figureRow is one figure that is held.
type figureRow struct {
	Title    string
	Values   []string
	Basis    string // of a valuation; else empty
	Evidence string
	Claim    string
}

// derivedRow is one figure of our own arithmetic.
type derivedRow struct {
	Title       string
	Value       string
	Reading     string // empty where it plays no part
	Formula     string
	Assumptions string
}

// conflictRow is two figures that cannot both hold.
type conflictRow struct {
	Title, First, Second, Claim string
}

// apartRow is figures that do not agree, and what follows from them by our arithmetic.
type apartRow struct {
	Figures []link
	Follows string
}

// recordingRow is one line of a timeline.
type recordingRow struct {
	When     moment
	Title    string
	Value    string
	State    string // what became of it; empty while it is held
	Evidence string
	Sources  []sourceLine
	Note     string
	Claim    string
}

func loadDeal(rd *reading, at address) (*view, error) {
	deal, err := rd.tx.DealAt(at.slug)
	if err != nil {
		return nil, err
	}
	v, err := ledger.ViewDeal(rd.tx, deal)
	if err != nil {
		return nil, err
	}
	rd.tag(standfirst.DealTag(deal.ID), standfirst.EntityTag(v.Target.ID))
	p := &dealPage{Title: deal.Title, Kind: rd.words.Text("deal.kind." + string(deal.Kind)), Target: entityLink(v.Target)}
	if v.Stage != "" {
		p.Stage = rd.words.Text("stage." + string(v.Stage))
	}
	p.Off = rd.dealOff(deal, v.Stage, v.StageAt)
	if p.Layout, err = rd.layout(at); err != nil {
		return nil, err
	}
	p.Layout.describe(rd, "article", rd.listTitle(at, deal.Title), rd.words.Text("deal.about", deal.Title), at.key)
	p.Layout.followed(at.path, deal.Title)
	p.Layout.calendar(rd.words.Text("calendar.of", deal.Title), at.path)
	if p.Coming, err = rd.coming(standfirst.Subject{Deal: deal.ID}); err != nil {
		return nil, err
	}
	for _, s := range v.Stages {
		p.Stages = append(p.Stages, rd.recording(ledger.Recording{Version: s}))
	}
	for _, party := range v.Parties {
		p.Parties = append(p.Parties, rd.party(party))
		p.Unchecked = p.Unchecked || party.Commitment != nil && party.Commitment.Unchecked()
		rd.tag(standfirst.EntityTag(party.Entity.ID))
	}
	for _, f := range v.Figures {
		row := rd.figureRow(f)
		if !v.Deal.Kind.BringsNewMoney() {
			row.Basis = ""
		}
		p.Figures = append(p.Figures, row)
		p.Unchecked = p.Unchecked || f.Unchecked()
	}
	p.More = v.More
	p.Derived = rd.derived(v.Derived)
	for _, c := range v.Conflicts {
		p.Conflicts = append(p.Conflicts, conflictRow{c.Title, c.Claim.Property.Words(c.First.Value), c.Claim.Property.Words(c.Second.Value), c.Claim.Path()})
	}
	for _, c := range v.Contradictions {
		p.Apart = append(p.Apart, rd.apart(c))
	}
	p.Bar = rd.bar(deal.ID, v.Parties, v.Goal)
	for _, r := range v.Timeline {
		p.Timeline = append(p.Timeline, rd.recording(r))
	}
	parties, err := rd.parties(v.Responses)
	if err != nil {
		return nil, err
	}
	p.Answers = rd.answers(v.Responses, parties)
	p.List, err = rd.list(at, layoutList, func(after standfirst.Position, limit int) ([]standfirst.Card, error) {
		return rd.tx.CitingStoriesOf(standfirst.Subject{Deal: deal.ID}, after, limit)
	})
	if err != nil {
		return nil, err
	}
	var about []feed.Node
	if v.Target.HasPage() {
		about = append(about, feed.EntityPage(v.Target, rd.outside(v.Target.Path())))
	}
	return &view{template: "deal", data: p}, rd.describeList(&p.Layout, at, deal.Title, p.List.Cards, about...)
}

// apart returns figures that do not agree.
func (rd *reading) apart(c ledger.Contradiction) apartRow {
	row := apartRow{Follows: rd.words.Text("conflicts.buys", c.Words)}
	if c.Sum {
		row.Follows = rd.words.Text("conflicts.sum", c.Words)
	}
	for _, f := range c.Figures {
		row.Figures = append(row.Figures, link{f.Title + " " + f.Claim.Property.Words(f.Newest().Value), f.Claim.Path()})
	}
	return row
}

// entityLink returns the name of an entity and where its page is, if it has one.
func entityLink(e standfirst.Entity) link {
	l := link{Name: standfirst.ShortName(e.Name)}
	if e.HasPage() {
		l.Path = e.Path()
	}
	return l
}

func (rd *reading) party(v ledger.PartyView) partyRow {
	row := partyRow{Name: entityLink(v.Entity), Role: rd.words.Text("role." + string(v.Role)), Derived: rd.derived(slices.Concat(v.Stakes, v.Shares))}
	if v.Stage != "" {
		row.Stage = rd.words.Text("stage." + string(v.Stage))
	}
	if v.Commitment != nil {
		f := rd.figureRow(*v.Commitment)
		row.Commitment, row.Evidence, row.Claim = strings.Join(f.Values, " / "), f.Evidence, f.Claim
	}
	return row
}

func (rd *reading) figureRow(f ledger.ClaimFigure) figureRow {
	row := figureRow{Title: f.Title, Claim: f.Claim.Path()}
	for _, v := range f.Held {
		value, evidence := f.Claim.Property.Words(v.Value), rd.words.Text("evidence."+string(v.Evidence))
		if len(f.Held) > 1 { // each is borne out in its own way
			value += " (" + evidence + ")"
		} else {
			row.Evidence = evidence
		}
		row.Values = append(row.Values, value)
	}
	if f.Claim.Property == standfirst.Valuation && len(f.Held) == 1 {
		row.Basis = rd.basis(f.Newest().Value)
	}
	return row
}

// basis says whether a valuation includes the new money.
func (rd *reading) basis(v standfirst.Value) string {
	return rd.words.Text("basis." + string(cmp.Or(v.Basis, standfirst.BasisUnspecified)))
}

// derived returns the figures of our own arithmetic, but no hull of two readings that says
// the same as one of them.
func (rd *reading) derived(all []standfirst.Derived) []derivedRow {
	var rows []derivedRow
	for _, d := range all {
		says := func(other standfirst.Derived) bool {
			return other.Kind == d.Kind && other.Reading != d.Reading && !other.IfCeilings && other.String() == d.String()
		}
		if d.Reading == standfirst.BasisUnspecified && slices.ContainsFunc(all, says) {
			continue
		}
		row := derivedRow{
			Title: rd.words.Text("derived." + strings.ReplaceAll(string(d.Kind), " ", "-")), Value: d.String(), Formula: d.Formula,
			Assumptions: strings.Join(d.Assumptions, "; "),
		}
		if d.Reading != "" {
			row.Reading = rd.words.Text("reading." + string(d.Reading))
		}
		rows = append(rows, row)
	}
	return rows
}

// stated returns what the version states: of where a deal is only expected to stand, that it
// is.
func (rd *reading) stated(p standfirst.Property, v standfirst.ClaimVersion) string {
	words := p.Words(v.Value)
	if v.Value.Stage != "" && v.Modality == standfirst.Prospective {
		words = rd.words.Text("stage.expected", words)
	}
	return words
}

// recording returns one line of a timeline. Readers get the words of the sources, and
// days.
func (rd *reading) recording(r ledger.Recording) recordingRow {
	v := r.Version
	row := recordingRow{
		When: momentIn(v.RecordedAt, rd.loc, layoutDay), Title: r.Title, Value: rd.stated(r.Claim.Property, v), Note: cmp.Or(r.Ending, v.Note),
		Evidence: rd.words.Text("evidence." + string(v.Evidence)),
	}
	if r.Claim.ID != 0 {
		row.Claim = r.Claim.Path()
	}
	switch {
	case v.Erased:
		row.Value, row.State = rd.words.Text("figures.withheld"), ""
	case v.Ended == standfirst.SupersededByEvent && v.Value.Stage != "":
		// A deal has moved on; where it stood was right.
	case v.Ended != standfirst.Current:
		row.State = rd.words.Text("ended." + string(v.Ended))
	}
	row.Sources = sources(v.Attributions)
	return row
}
