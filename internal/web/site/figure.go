package site

import (
	"slices"
	"strings"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/markup"
)

// figures is what a story page shows of the figures that the story cites.
type figures struct {
	Tally     string // "8 sourced figures: 3 confirmed, …", or "8 figures: …" if one has no source
	Unchecked bool   // some were read by the copy desk, and no editor has looked at them
	Sources   []figureSource

	cited  []ledger.StoryFigure
	places map[place]markup.CitedFigure
	deal   standfirst.DealID // that the story is about; zero for none, or for several
}

// figureSource is where one figure comes from.
type figureSource struct {
	ID, Back string // of this entry, and of the first place in the text
	Words    string
	State    string // "confirmed", "reported"
	Now      string // what changed, in words; empty if nothing did
	Sources  []sourceLine
	Answers  []sourceLine
	Claim    string // address of the figure's page
}

// sourceLine is one source, in the words that the story printed.
type sourceLine struct {
	Words string
	Day   *moment // nil if it is not known
}

// notice is one notice about a story, for readers.
type notice struct {
	Kind string // "Correction"
	Done string // "Corrected", for the byline
	Text string
	When moment
	Path string // of the figure that it is about; may be empty
}

// figures gathers the figures of the published revision, and nil if there are none.
func (rd *reading) figures(revision standfirst.RevisionID) (*figures, error) {
	citations, err := rd.tx.Citations(revision)
	if err != nil {
		return nil, err
	}
	return rd.cited(citations)
}

// cited gathers the figures of the citations, which have the versions that they mean, and
// nil if there are none.
func (rd *reading) cited(citations []standfirst.Citation) (*figures, error) {
	cited, err := ledger.StoryFigures(rd.tx, citations, rd.figuresFor)
	if err != nil || len(cited) == 0 {
		return nil, err
	}
	f := &figures{cited: cited, places: make(map[place]markup.CitedFigure), deal: mainDeal(cited)}
	counts := make(map[string]int)
	var responses []standfirst.Response
	for _, c := range cited {
		responses = append(responses, c.Responses...)
	}
	parties, err := rd.parties(responses)
	if err != nil {
		return nil, err
	}
	n, sourced := 0, true
	for _, c := range cited {
		rd.tag(standfirst.ClaimTag(c.Claim.ID))
		if !c.IsFigure() {
			continue
		}
		n++
		counts[tallyOf(c)]++
		f.Unchecked = f.Unchecked || c.Cited.Unchecked
		s := rd.figureSource(c, parties)
		sourced = sourced && len(s.Sources) > 0
		f.Sources = append(f.Sources, s)
	}
	if err := rd.place(f, citations, cited); err != nil {
		return nil, err
	}
	var parts []string
	for _, state := range []string{"confirmed", "reported", "corrected", "changed", "disputed", "denied", "withdrawn", "stale"} {
		if counts[state] > 0 {
			parts = append(parts, rd.words.Text("figures.tally."+state, counts[state]))
		}
	}
	switch {
	case n == 1 && sourced:
		f.Tally = rd.words.Text("figures.one.sourced", strings.Join(parts, ", "))
	case n == 1:
		f.Tally = rd.words.Text("figures.one", strings.Join(parts, ", "))
	case n > 1 && sourced:
		f.Tally = rd.words.Text("figures.many.sourced", n, strings.Join(parts, ", "))
	case n > 1:
		f.Tally = rd.words.Text("figures.many", n, strings.Join(parts, ", "))
	}
	return f, nil
}

// fewestOfDeal is how many figures of a deal a story cites at least to be about it.
const fewestOfDeal = 2

// mainDeal returns the deal that the story is about: it cites two figures of it or more,
// and more than of all others together. It returns zero if there is none.
func mainDeal(cited []ledger.StoryFigure) standfirst.DealID {
	counts := make(map[standfirst.DealID]int)
	all := 0
	for _, c := range cited {
		if deal := c.Claim.Subject.Deal; deal != 0 && c.IsFigure() {
			counts[deal]++
			all++
		}
	}
	for deal, n := range counts {
		if n >= fewestOfDeal && 2*n > all {
			return deal
		}
	}
	return 0
}

// tallyOf returns under what a figure counts in the line above the text.
func tallyOf(c ledger.StoryFigure) string {
	switch {
	case c.Standing == ledger.Withheld:
		return string(ledger.Withdrawn)
	case c.Standing == ledger.Changed && c.Cited.Ended == standfirst.Corrected:
		return "corrected"
	case c.Standing != ledger.Held:
		return string(c.Standing)
	case c.Cited.Evidence.Confirmed():
		return "confirmed"
	default:
		return "reported"
	}
}

// citedFigure returns how the figure is shown where the text cites it. The stage of a
// deal is told by the deal's page, and is never struck.
func (rd *reading) citedFigure(c ledger.StoryFigure) markup.CitedFigure {
	if !c.IsFigure() {
		return markup.CitedFigure{Href: standfirst.ClaimPath(c.Claim.ID)}
	}
	shown := markup.CitedFigure{Href: "#figure-" + c.Claim.ID.String(), Mark: rd.mark(c)}
	switch c.Standing {
	case ledger.Held, ledger.Stale, ledger.Withheld:
		return shown
	case ledger.Changed, ledger.Withdrawn:
		shown.Struck = true
	}
	shown.Note = markup.MarginNote{
		Title: capitalised(strings.TrimPrefix(c.Title, "the ")), Text: rd.marginText(c),
		Link: rd.words.Text("figures.history"), Href: standfirst.ClaimPath(c.Claim.ID),
	}
	return shown
}

// mark returns what is said right behind the words of a figure.
func (rd *reading) mark(c ledger.StoryFigure) string {
	switch c.Standing {
	case ledger.Held, ledger.Withheld:
		return ""
	case ledger.Changed:
		return rd.words.Text("figures.now", c.Now)
	default:
		return rd.words.Text("figures.mark." + string(c.Standing))
	}
}

// marginText says in the margin what became of the figure.
func (rd *reading) marginText(c ledger.StoryFigure) string {
	switch c.Standing {
	case ledger.Changed:
		day := momentIn(c.Cited.EndedAt, rd.loc, layoutDay).Text
		return rd.words.Text("figures.margin.changed", c.Words, day, c.Now) + " " + rd.words.Text("lifecycle."+string(c.Cited.Ended))
	case ledger.InDispute:
		var held []string
		for _, v := range c.Held {
			held = append(held, c.Claim.Property.Words(v.Value))
		}
		return rd.words.Text("figures.margin.disputed", strings.Join(held, " / "))
	default:
		return rd.words.Text("figures.margin." + string(c.Standing))
	}
}

// figureSource returns the entry of the figure at the foot of the page.
func (rd *reading) figureSource(c ledger.StoryFigure, parties map[standfirst.EntityID]string) figureSource {
	s := figureSource{
		ID: "figure-" + c.Claim.ID.String(), Back: "#" + markup.CitedID(c.Claim.ID, 1), Words: c.Words,
		State: rd.words.Text("evidence." + string(c.Cited.Evidence)), Now: rd.mark(c), Claim: standfirst.ClaimPath(c.Claim.ID),
	}
	if c.Claim.Property.IsChange() && c.Cited.Value.Quantity != nil {
		s.Words = c.Claim.Property.Words(c.Cited.Value) // away from its sentence, "2.1%" may be a rise or a fall
	}
	s.Sources = sources(c.Cited.Attributions)
	s.Answers = rd.answers(c.Responses, parties)
	return s
}

// sources returns where a figure comes from, in the words that stories printed, each
// once.
func sources(attributions []standfirst.Attribution) []sourceLine {
	var lines []sourceLine
	for i, a := range attributions {
		said := func(b standfirst.Attribution) bool { return b.Words == a.Words && b.Day == a.Day }
		if a.Words != "" && !slices.ContainsFunc(attributions[:i], said) {
			lines = append(lines, newSourceLine(a.Words, a.Day))
		}
	}
	return lines
}

func newSourceLine(words string, day standfirst.Day) sourceLine {
	line := sourceLine{Words: capitalised(words)}
	if !day.IsZero() {
		on := momentOfDay(day)
		line.Day = &on
	}
	return line
}

// notices returns what readers are told about the story, the newest first.
func (rd *reading) notices(story standfirst.Story) ([]notice, *noticesAbove, error) {
	all, err := rd.tx.NoticesOfStory(story.ID)
	if err != nil {
		return nil, nil, err
	}
	var shown, grave []notice
	above := new(noticesAbove)
	for _, n := range all {
		if n.Erased {
			continue
		}
		item := rd.notice(n, updateMoment(story.FirstPublished, n.At, rd.loc))
		shown = append(shown, item)
		if n.Class == standfirst.Update {
			continue
		}
		grave = append(grave, item)
		if above.Done == "" || above.class == standfirst.Retraction && n.Class != standfirst.Retraction {
			above.Done, above.When, above.class = item.Done, item.When, n.Class
		}
	}
	if len(grave) == 0 {
		return shown, nil, nil
	}
	above.Notices, above.More = grave[:min(len(grave), mostAbove)], len(grave) > mostAbove
	return shown, above, nil
}

// mostAbove bounds how many notices stand under a headline.
const mostAbove = 3

// noticesAbove are the notices that stand under the headline: every one but updates.
type noticesAbove struct {
	Notices []notice // the newest first
	More    bool     // there are more of them
	// Done and When are for the byline, of the newest; that a figure was withdrawn does
	// not hide there that the text was corrected.
	Done string
	When moment

	class standfirst.ChangeClass // of that one
}

// notice returns the notice as pages show it.
func (rd *reading) notice(n standfirst.Notice, when moment) notice {
	item := notice{
		Kind: rd.words.Text("notice." + noticeKey(n.Class)), Done: rd.words.Text("noticed." + noticeKey(n.Class)), Text: n.Text, When: when,
	}
	if item.Text == "" {
		item.Text = rd.words.Text("notice.text")
	}
	if n.Claim != 0 && n.Class == standfirst.Retraction {
		item.Kind = rd.words.Text("noticed.retraction") // of the figure, not of the story
	}
	if n.Claim != 0 {
		item.Path = standfirst.ClaimPath(n.Claim)
	}
	return item
}

// noticeKey returns the class as the catalogue and addresses name it.
func noticeKey(c standfirst.ChangeClass) string {
	return strings.ReplaceAll(strings.ReplaceAll(string(c), "'", ""), " ", "-")
}

// capitalised returns the text with a capital at its beginning.
func capitalised(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}
