package desk

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/store"
	"standfirst/internal/web"
)

const (
	ledgerPath = Prefix + "/ledger"
	// ledgerLength is how many figures one page of the ledger lists.
	ledgerLength = 30
	// countedFigures is how many figures of a list are counted at the most.
	countedFigures = 50
	// usualDays is how far the list of what expires looks ahead, unless one says otherwise.
	usualDays = 14
)

// expiryDays are how far ahead one can look.
var expiryDays = []int{7, usualDays, 30, 90}

// The lists of the ledger.
const (
	listConflicts  = "conflicts"
	listExpiring   = "expiring"
	listUnreleased = "unreleased"
)

// ledgerRoutes adds the page of what waits in the ledger.
func (d *Desk) ledgerRoutes(metrics *web.Metrics) {
	d.route("GET /desk/ledger", d.member((*member).ledgerLists), metrics)
	d.route("POST /desk/figure/{id}/heard", d.member((*member).heardAgain), metrics)
}

// ledgerPage lists figures that somebody should look at.
type ledgerPage struct {
	Layout    layout
	Lists     []stateLink
	List      string
	Done      string
	Conflicts []conflictRow
	Figures   []waitingFigure // that expire, or that readers do not see
	Overdue   []waitingFigure // those whose time is over, and that end when it is looked for them next
	Days      []choice        // how far ahead one can look
	Withdraws bool            // who looks may withdraw
	Releases  bool            // … and release
	More      string
	First     string
	Bounded   bool
}

// conflictRow is a figure of which values are held that cannot all hold.
type conflictRow struct {
	Title  string
	Values []conflictValue
	Why    string // what follows by our arithmetic, of figures that do not agree; else empty
	claim  standfirst.ClaimID
}

// conflictValue is one of its values, and where it is changed.
type conflictValue struct {
	Path, Value, Evidence, Words string
	Title                        string // what it is a value of, where that is not the title of the row
	Hidden                       bool
	version                      standfirst.ClaimVersionID
}

// waitingFigure is one version of a figure that waits for something.
type waitingFigure struct {
	Path     string
	Version  string
	Title    string
	Value    string
	Evidence string
	Words    string
	Due      moment // when it ends, of one that expires
	Recorded moment
	Hidden   bool

	Overdue   bool // its time is over, of one that expires
	Withdraws bool // who looks may withdraw it
}

// ledgerAt returns the address of the list.
func ledgerAt(list string, days int, after string) string {
	q := url.Values{}
	if list != listConflicts {
		q.Set("list", list)
	}
	if list == listExpiring && days != usualDays {
		q.Set("days", strconv.Itoa(days))
	}
	if after != "" {
		q.Set("after", after)
	}
	if len(q) == 0 {
		return ledgerPath
	}
	return ledgerPath + "?" + q.Encode()
}

func (m *member) ledgerLists() error {
	q := m.r.URL.Query()
	days := usualDays
	if text := q.Get("days"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 365 {
			return standfirst.Errorf(standfirst.NotFound, "the list looks 1 to 365 days ahead")
		}
		days = n
	}
	within := time.Duration(days) * 24 * time.Hour
	counts, err := m.ledger.Count(m.r.Context(), m.staff.Actor(), within, countedFigures)
	if err != nil {
		return err
	}
	p := &ledgerPage{
		Layout: m.layout(m.Text("desk.ledger")), List: listConflicts,
		Withdraws: m.staff.Role.Can(standfirst.SupersedeClaim), Releases: m.staff.Role.Can(standfirst.ReleaseClaim),
	}
	if list := q.Get("list"); list != "" {
		p.List = list
	}
	if q.Get("done") == "heard" {
		p.Done = m.Text("desk.ledger.done.heard")
	}
	for _, l := range []struct {
		list  string
		count int
	}{{listConflicts, counts.Conflicts}, {listExpiring, counts.Expiring}, {listUnreleased, counts.Unreleased}} {
		text := countText(l.count)
		if l.count >= countedFigures {
			text = strconv.Itoa(countedFigures-1) + "+"
		}
		p.Lists = append(p.Lists, stateLink{ledgerAt(l.list, days, ""), m.Text("desk.ledger." + l.list), text, l.list == p.List})
	}
	after := q.Get("after")
	if after != "" {
		p.First = ledgerAt(p.List, days, "")
	}
	pub, err := m.publication()
	if err != nil {
		return err
	}
	var next string
	switch p.List {
	case listConflicts:
		next, err = m.listConflicts(p, after)
	case listExpiring:
		p.Days = m.dayChoices(days)
		next, err = m.listExpiring(p, within, after, pub.Location())
	case listUnreleased:
		next, err = m.listUnreleased(p, after, pub.Location())
	default:
		return standfirst.Errorf(standfirst.NotFound, "there is no list of %q", p.List)
	}
	if err != nil {
		return err
	}
	if next != "" {
		p.More = ledgerAt(p.List, days, next)
	}
	return m.render(m.w, m.r, http.StatusOK, "ledger", p)
}

// dayChoices returns how far ahead one can look, with how far one does.
func (m *member) dayChoices(chosen int) (list []choice) {
	ahead := slices.Clone(expiryDays)
	if !slices.Contains(ahead, chosen) {
		ahead = append(ahead, chosen)
	}
	slices.Sort(ahead)
	for _, n := range ahead {
		list = append(list, choice{strconv.Itoa(n), m.Text("desk.ledger.days", n), n == chosen})
	}
	return list
}

// afterNumber reads the number after which a list goes on; zero for its beginning.
func afterNumber(text string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 1 {
		return 0, standfirst.Errorf(standfirst.NotFound, "there is no page after %q", text)
	}
	return n, nil
}

func (m *member) listConflicts(p *ledgerPage, after string) (next string, err error) {
	before, err := afterNumber(after)
	if err != nil {
		return "", err
	}
	found, err := m.ledger.FindConflicts(m.r.Context(), m.staff.Actor(), standfirst.ClaimID(before), ledgerLength)
	if err != nil {
		return "", err
	}
	p.Bounded = found.Bounded
	for _, c := range found.Conflicts {
		if c.Contradiction != nil {
			p.Conflicts = append(p.Conflicts, m.contradictionRow(c))
			continue
		}
		if n := len(p.Conflicts); n == 0 || p.Conflicts[n-1].claim != c.Claim.ID {
			p.Conflicts = append(p.Conflicts, conflictRow{Title: c.Title, claim: c.Claim.ID})
		}
		row := &p.Conflicts[len(p.Conflicts)-1]
		for _, v := range []standfirst.ClaimVersion{c.First, c.Second} {
			if !slices.ContainsFunc(row.Values, func(k conflictValue) bool { return k.version == v.ID }) {
				row.Values = append(row.Values, m.conflictValue(c.Claim.Property, v))
			}
		}
	}
	if found.Next != 0 {
		next = found.Next.String()
	}
	return next, nil
}

func (m *member) conflictValue(p standfirst.Property, v standfirst.ClaimVersion) conflictValue {
	return conflictValue{
		Path: figurePath(v.Claim), Value: m.valueWords(p, v), Evidence: m.Text("evidence." + string(v.Evidence)), Words: v.Words,
		Hidden: v.ReleasedAt.IsZero(), version: v.ID,
	}
}

// contradictionRow returns figures of a deal that do not agree, and what follows from them.
func (m *member) contradictionRow(c ledger.Conflict) conflictRow {
	row := conflictRow{Title: c.Title, Why: m.Text("desk.ledger.conflicts.buys", c.Contradiction.Words)}
	if c.Contradiction.Sum {
		row.Why = m.Text("desk.ledger.conflicts.sum", c.Contradiction.Words)
	}
	for _, f := range c.Contradiction.Figures {
		value := m.conflictValue(f.Claim.Property, f.Newest())
		value.Title = f.Title
		row.Values = append(row.Values, value)
	}
	return row
}

func (m *member) listExpiring(p *ledgerPage, within time.Duration, after string, zone *time.Location) (next string, err error) {
	var from store.Expiry
	if after != "" {
		at, id, err := positionIn(after)
		if err != nil {
			return "", err
		}
		from = store.Expiry{DueAt: at, Version: standfirst.ClaimVersionID(id)}
	}
	figures, err := m.ledger.Expiring(m.r.Context(), m.staff.Actor(), within, from, ledgerLength+1)
	if err != nil {
		return "", err
	}
	if len(figures) > ledgerLength {
		last := figures[ledgerLength-1].At
		figures, next = figures[:ledgerLength], positionText(last.DueAt, int64(last.Version))
	}
	now := m.clock()
	for _, f := range figures {
		row := m.waitingFigure(ledger.Recording{Claim: f.Claim, Title: f.Title, Version: f.Version}, zone)
		row.Due, row.Overdue, row.Withdraws = m.moment(f.At.DueAt, zone), !f.At.DueAt.After(now), p.Withdraws
		if row.Overdue {
			p.Overdue = append(p.Overdue, row)
		} else {
			p.Figures = append(p.Figures, row)
		}
	}
	return next, nil
}

func (m *member) listUnreleased(p *ledgerPage, after string, zone *time.Location) (next string, err error) {
	before, err := afterNumber(after)
	if err != nil {
		return "", err
	}
	recorded, err := m.ledger.Unreleased(m.r.Context(), m.staff.Actor(), standfirst.ClaimVersionID(before), ledgerLength+1)
	if err != nil {
		return "", err
	}
	if len(recorded) > ledgerLength {
		recorded = recorded[:ledgerLength]
		next = recorded[ledgerLength-1].Version.ID.String()
	}
	for _, r := range recorded {
		p.Figures = append(p.Figures, m.waitingFigure(r, zone))
	}
	return next, nil
}

func (m *member) waitingFigure(r ledger.Recording, zone *time.Location) waitingFigure {
	v := r.Version
	return waitingFigure{
		Path: figurePath(v.Claim), Version: v.ID.String(), Title: r.Title, Value: m.valueWords(r.Claim.Property, v), Words: v.Words,
		Evidence: m.Text("evidence." + string(v.Evidence)), Recorded: m.moment(v.RecordedAt, zone), Hidden: v.ReleasedAt.IsZero(),
	}
}

// heardAgain notes that a figure was heard of again, and goes back to the list of those
// that expire.
func (m *member) heardAgain() error {
	id, err := m.changing(standfirst.RecordClaim)
	if err != nil {
		return err
	}
	if err := m.ledger.HeardAgain(m.r.Context(), m.staff.Actor(), id, m.namedVersion()); err != nil {
		return m.figureRefusal(err, id)
	}
	http.Redirect(m.w, m.r, ledgerAt(listExpiring, usualDays, "")+"&done=heard", http.StatusSeeOther)
	return nil
}
