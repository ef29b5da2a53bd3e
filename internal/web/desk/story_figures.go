package desk

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"standfirst"
	"standfirst/internal/copydesk"
	"standfirst/internal/ledger"
	"standfirst/internal/newsroom"
)

// figuresPanel is what stands beside a text about its figures, as a page shows it and a
// script reads it. Places in the text are counted in UTF-16 code units of the part that they
// are in, with line feeds alone as line ends, as browsers count.
type figuresPanel struct {
	Path      string       `json:"-"`        // of the story
	CanCheck  bool         `json:"canCheck"` // who looks is an editor
	CanAccept bool         `json:"canAccept"`
	Proposals []figureCard `json:"proposals"`
	// Unread are numbers of the text of which the copy desk cannot tell what they state, for
	// somebody to record who can. They have no title, value, source or status.
	Unread    []figureCard `json:"unread"`
	Cited     []citedCard  `json:"cited"`
	Checks    []checkCard  `json:"checks"`
	Dismissed []string     `json:"dismissed"` // words that somebody called no figure
	Waiting   int          `json:"waiting"`   // how many figures somebody should look at
	// Evidence and Sources are what one can choose from when a figure is recorded otherwise
	// than the copy desk reads it.
	Evidence    []choice      `json:"-"`
	Sources     []choice      `json:"-"`
	Properties  []choice      `json:"-"`
	Subjects    []string      `json:"-"` // what the text tells of, by name
	Proximities []choice      `json:"-"`
	Typed       otherwiseForm `json:"-"`
	Chosen      string        `json:"-"` // the key of the figure that is recorded otherwise; empty for none

	Dates *datesPanel `json:"-"`
}

// Count returns how many figures the panel has, without those that nobody could read.
func (p figuresPanel) Count() int { return len(p.Proposals) + len(p.Cited) }

// ChosenUnread reports whether it is one of those that nobody could read that is recorded.
func (p figuresPanel) ChosenUnread() bool {
	return slices.ContainsFunc(p.Unread, func(c figureCard) bool { return c.Key == p.Chosen })
}

// figureCard is one figure that the copy desk proposes.
type figureCard struct {
	Key      string       `json:"key"` // by which a form names it: its place and its words
	Words    string       `json:"words"`
	Start    int          `json:"start"`
	End      int          `json:"end"`
	Title    string       `json:"title"` // what it is a figure of
	Value    string       `json:"value"`
	Source   string       `json:"source"`
	Evidence string       `json:"evidence"`
	Known    *knownFigure `json:"known"` // what the ledger has of the same; null for nothing
}

// knownFigure is what the ledger holds of the same claim.
type knownFigure struct {
	Claim  standfirst.ClaimID `json:"claim"`
	Path   string             `json:"path"`
	Held   string             `json:"held"`   // the value that is held, in words
	Agrees bool               `json:"agrees"` // it can hold together with the proposed one
	// InForm is the held value in the form of the words in the text, to take their place;
	// empty where only a human can word it.
	InForm string `json:"inForm"`
}

// citedCard is one place at which the text cites a figure.
type citedCard struct {
	Claim    standfirst.ClaimID `json:"claim"`
	Path     string             `json:"path"`
	Words    string             `json:"words"`
	Start    int                `json:"start"`
	End      int                `json:"end"`
	Title    string             `json:"title"`
	Value    string             `json:"value"`
	Evidence string             `json:"evidence"`
	State    string             `json:"state"` // "held", or how it stands: "changed", "withdrawn", "stale", "denied", "disputed", "withheld", "unknown"
	Note     string             `json:"note"`  // the state in words; empty for one that is held
	Now      string             `json:"now"`   // the value that took its place, of a changed one
	// Unchecked says that no editor has looked at it.
	Unchecked bool `json:"unchecked"`
}

// checkCard is what a careful copy editor would ask.
type checkCard struct {
	Rule     string `json:"rule"`
	Words    string `json:"words"`
	Message  string `json:"message"`
	Compared string `json:"compared"`
	Place    string `json:"place"` // "headline", "standfirst", "body" or "voice"; a voice stands in the body
	Start    int    `json:"start"`
	End      int    `json:"end"`
}

// figuresPanel returns what stands beside the text, saved or not.
func (m *member) figuresPanel(id standfirst.StoryID, c standfirst.Content) (figuresPanel, error) {
	p := figuresPanel{
		Path: storyPath(id), CanAccept: m.staff.Role.Can(standfirst.RecordClaim), CanCheck: m.staff.Role.Can(standfirst.SupersedeClaim),
		Proposals: []figureCard{}, Unread: []figureCard{}, Cited: []citedCard{}, Checks: []checkCard{}, Dismissed: []string{},
	}
	seen, err := m.newsroom.ReviewFigures(m.r.Context(), m.staff.Actor(), id, c)
	if err != nil {
		return p, err
	}
	body := lineFeeds(c.Body)
	units := map[copydesk.Place]*unitCounter{
		copydesk.InBody: {text: body}, copydesk.InVoice: {text: body}, copydesk.InHeadline: {text: c.Headline}, copydesk.InStandfirst: {text: c.Standfirst},
	}
	for _, f := range seen.Claims {
		p.Proposals = append(p.Proposals, m.figureCard(f, units[copydesk.InBody]))
	}
	p.Waiting = len(p.Proposals)
	for _, f := range seen.Proposals.Unread {
		p.Unread = append(p.Unread, placedCard(f, units[copydesk.InBody]))
	}
	for _, f := range seen.Cited {
		card := m.citedCard(f, units[copydesk.InBody])
		if card.State != "held" {
			p.Waiting++
		}
		p.Cited = append(p.Cited, card)
	}
	for _, check := range seen.Proposals.Checks {
		at := units[check.Place]
		p.Checks = append(p.Checks, checkCard{
			Rule: check.Rule, Words: check.Text, Message: sentence(check.Message), Compared: check.Compared, Place: placeNames[check.Place],
			Start: at.units(check.Start), End: at.units(check.End),
		})
	}
	p.Checks = append(p.Checks, m.pictureChecks(body)...)
	p.Dismissed = append(p.Dismissed, seen.NotFigures...)
	p.Dates = m.datesPanel(id, body, seen)
	return p, m.otherwise(&p, seen.Proposals)
}

var placeNames = map[copydesk.Place]string{
	copydesk.InBody: "body", copydesk.InHeadline: "headline", copydesk.InStandfirst: "standfirst", copydesk.InVoice: "voice",
}

// placedCard returns a card that says where the words stand, and no more.
func placedCard(f copydesk.ClaimProposal, at *unitCounter) figureCard {
	card := figureCard{Words: f.Text, Start: at.units(f.Start), End: at.units(f.End)}
	card.Key = strconv.Itoa(card.Start) + " " + f.Text
	return card
}

func (m *member) figureCard(f ledger.ProposedFigure, at *unitCounter) figureCard {
	card := placedCard(f.ClaimProposal, at)
	card.Title, card.Value = titleCase(f.Title), f.Property.Words(f.Value)
	card.Source, card.Evidence = m.Text("desk.figure.source.none"), m.Text("evidence."+string(f.Evidence))
	if a := f.Attribution; a != nil {
		card.Source = cmp.Or(a.Words, a.Name, a.Outlet, m.Text("desk.figure.source."+string(a.Kind)))
	}
	if len(f.Held) > 0 {
		newest := f.Held[len(f.Held)-1]
		held := newest.Value
		card.Known = &knownFigure{Claim: f.Known, Path: shownClaim(newest), Held: f.Property.Words(held), Agrees: f.Agrees}
		if held.Quantity != nil {
			card.Known.InForm = ledger.InFormOf(*held.Quantity, f.Text)
		}
	}
	return card
}

func (m *member) citedCard(f ledger.CitedFigure, at *unitCounter) citedCard {
	card := citedCard{
		Claim: f.Claim.ID, Path: shownClaim(f.Cited), Words: f.Words, Start: at.units(f.Start), End: at.units(f.End), State: "unknown",
		Note: m.Text("desk.figure.state.unknown"),
	}
	if f.Unknown {
		return card
	}
	card.Title, card.Value = titleCase(f.Title), f.Claim.Property.Words(f.Cited.Value)
	card.Evidence, card.Unchecked, card.Now = m.Text("evidence."+string(f.Cited.Evidence)), f.Cited.Unchecked, f.Now
	card.State, card.Note = "held", ""
	if f.Standing != ledger.Held {
		card.State = string(f.Standing)
		card.Note = m.Text("desk.figure.state." + card.State)
	}
	return card
}

// shownClaim returns the address of the page of the version's claim, and "" while readers do
// not see it.
func shownClaim(v standfirst.ClaimVersion) string {
	if v.ReleasedAt.IsZero() {
		return ""
	}
	return standfirst.ClaimPath(v.Claim)
}

// titleCase returns the title of a figure as a heading has it: "Valuation of Halcyon".
func titleCase(title string) string {
	title = strings.TrimPrefix(title, "the ")
	r, size := utf8.DecodeRuneInString(title)
	return string(unicode.ToUpper(r)) + title[size:]
}

// lineFeeds returns the text with line feeds alone as line ends, as browsers count it.
func lineFeeds(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}

// unitCounter turns bytes of a text into UTF-16 code units. It is quick where it is asked in
// the order of the text.
type unitCounter struct {
	text        string
	bytes, code int // so far
}

// units returns how many code units stand before the byte.
func (u *unitCounter) units(byteAt int) int {
	byteAt = min(byteAt, len(u.text))
	if byteAt < u.bytes {
		u.bytes, u.code = 0, 0
	}
	for u.bytes < byteAt {
		r, size := utf8.DecodeRuneInString(u.text[u.bytes:])
		u.bytes += size
		u.code += max(1, utf16.RuneLen(r))
	}
	return u.code
}

// byteAt returns the byte at which that many code units end, or the end of the text.
func byteAt(text string, units int) int {
	code := 0
	for at, r := range text {
		if code >= units {
			return at
		}
		code += max(1, utf16.RuneLen(r))
	}
	return len(text)
}

// readFigures answers with the panel of a text that need not be saved: to a script its
// data, and else the panel as a page shows it.
func (m *member) readFigures() error {
	id, err := m.storyID()
	if err != nil {
		return err
	}
	if err := m.form(); err != nil {
		return err
	}
	p, err := m.figuresPanel(id, readStoryForm(m.r.PostForm).content())
	if err != nil {
		return err
	}
	if wantsJSON(m.r) {
		return m.livePanel(p)
	}
	return m.part("story", "figures", p)
}

// acceptedAnswer tells a script what takes the place of the words.
type acceptedAnswer struct {
	Claim standfirst.ClaimID `json:"claim"`
	Words string             `json:"words"`
	Start int                `json:"start"`
	End   int                `json:"end"`
	Link  string             `json:"link"`
}

// acceptFigure records a proposed figure. A script gets the link for its text; from a page
// the text is saved with it.
func (m *member) acceptFigure() error {
	id, err := m.storyID()
	if err != nil {
		return err
	}
	f, s, err := m.typedStory()
	if err != nil {
		return m.refuseStory(id, f, err)
	}
	a := newsroom.Acceptance{Content: s.Content}
	if !wantsJSON(m.r) {
		a.Save = &s
	}
	a.Content.Body = lineFeeds(a.Content.Body)
	var at int
	if at, a.Words, err = figureKey(m.r.PostFormValue("figure")); err == nil {
		a.Start = byteAt(a.Content.Body, at)
		err = m.readEdits(&a)
	}
	if err != nil {
		return m.refuseStory(id, f, err)
	}
	done, err := m.newsroom.AcceptFigure(m.r.Context(), m.staff.Actor(), id, a)
	if err != nil {
		return m.refuseStory(id, f, err)
	}
	if wantsJSON(m.r) {
		at := &unitCounter{text: a.Content.Body}
		return m.json(http.StatusOK, acceptedAnswer{done.Claim, done.Words, at.units(done.Start), at.units(done.End), done.Link})
	}
	m.toPanel(id, "accepted")
	return nil
}

// toPanel goes back to the figures of the story.
func (m *member) toPanel(id standfirst.StoryID, done string) { m.toPart(id, done, "figures") }

// toPart goes back to a part of the page of the story.
func (m *member) toPart(id standfirst.StoryID, done, part string) {
	http.Redirect(m.w, m.r, storyPath(id)+"?done="+done+"#"+part, http.StatusSeeOther)
}

// figureKey reads by what a form names a proposal.
func figureKey(key string) (at int, words string, err error) {
	number, words, ok := strings.Cut(key, " ")
	at, err = strconv.Atoi(number)
	if !ok || err != nil || at < 0 || strings.TrimSpace(words) == "" {
		return 0, "", standfirst.Errorf(standfirst.Invalid, "the form names no figure")
	}
	return at, words, nil
}

// checkFigure records that an editor has looked at a figure that the text cites.
func (m *member) checkFigure() error {
	return m.noteFigure("checked", func(standfirst.StoryID) error {
		claim, err := strconv.ParseInt(m.r.PostFormValue("claim"), 10, 64)
		if err != nil {
			return standfirst.Errorf(standfirst.Invalid, "the form names no figure")
		}
		return m.newsroom.CheckFigure(m.r.Context(), m.staff.Actor(), standfirst.ClaimID(claim))
	})
}

// dismissFigure notes that words are no figure in the story. From a page the text is saved.
func (m *member) dismissFigure() error {
	return m.noteFigure("dismissed", func(id standfirst.StoryID) error {
		_, words, err := figureKey(m.r.PostFormValue("figure"))
		if err != nil {
			return err
		}
		return m.newsroom.NotAFigure(m.r.Context(), m.staff.Actor(), id, words)
	})
}

// restoreFigures lets words, or all, be proposed again.
func (m *member) restoreFigures() error {
	return m.noteFigure("restored", func(id standfirst.StoryID) error {
		return m.newsroom.ProposeAgain(m.r.Context(), m.staff.Actor(), id, m.r.PostFormValue("words"))
	})
}

func (m *member) noteFigure(done string, note func(standfirst.StoryID) error) error {
	id, err := m.storyID()
	if err != nil {
		return err
	}
	f, s, err := m.typedStory()
	if err != nil && !wantsJSON(m.r) {
		return m.refuseStory(id, f, err)
	}
	if !wantsJSON(m.r) {
		if _, err := m.newsroom.SaveAll(m.r.Context(), m.staff.Actor(), id, s); err != nil {
			return m.refuseStory(id, f, err)
		}
	}
	if err := note(id); err != nil {
		return m.refuseStory(id, f, err)
	}
	if wantsJSON(m.r) {
		p, err := m.figuresPanel(id, f.content())
		if err != nil {
			return err
		}
		return m.livePanel(p)
	}
	m.toPanel(id, done)
	return nil
}
