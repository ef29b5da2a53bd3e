package site

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"standfirst"
	"standfirst/internal/diff"
	"standfirst/internal/ledger"
	"standfirst/internal/markup"
	"standfirst/internal/store"
)

// comparisonPage shows what changed from one version of a story to another.
type comparisonPage struct {
	Layout   layout
	Story    link
	History  string
	From, To versionHead
	Reserved string // said in place of a text that is not for everybody; else empty
	Side     bool   // side by side
	Switch   string // address of the other way to show it

	Same    bool // nothing changed that readers could see
	Figures []figureChange
	Parts   []comparedPart
	Groups  []comparedGroup
}

// versionHead names one of the two versions.
type versionHead struct {
	Number int
	Path   string
	When   moment
}

// figureChange is a figure that changed.
type figureChange struct {
	Title    string // what it is a figure of; empty if the ledger does not know it
	Path     string // of its page; empty for none
	Old, New string // empty where there are none
	Note     string // "added", "removed"
}

// comparedPart is a part of the story around its text that changed.
type comparedPart struct {
	Name string
	Note string // more than the words tell; may be empty
	comparedText
}

// comparedGroup is a stretch of blocks. One in which nothing changed may be folded.
type comparedGroup struct {
	Folded string // what its summary says; empty for one that is open
	Blocks []comparedBlock
}

// comparedBlock is one block of either version.
type comparedBlock struct {
	Kind string // of the block, as a class
	Note string // "Added", "Removed"; else empty
	comparedText
	LinksRemoved, LinksAdded []string
}

// comparedText is a text with what changed in it.
type comparedText struct {
	Changed bool
	Runs    []comparedRun
}

// Left returns the text without what was added, and nothing if all of it was.
func (t comparedText) Left() []comparedRun {
	return slices.DeleteFunc(slices.Clone(t.Runs), func(r comparedRun) bool { return r.Ins })
}

// Right returns the text without what was removed, and nothing if all of it was.
func (t comparedText) Right() []comparedRun {
	return slices.DeleteFunc(slices.Clone(t.Runs), func(r comparedRun) bool { return r.Del })
}

// comparedRun is a stretch of words. At most one of Del and Ins is set.
type comparedRun struct {
	Text     string
	Del, Ins bool
	Gap      bool // white space follows
}

// askComparison reads which versions are compared, and how they are shown.
func askComparison(at address, values map[string]string) (address, error) {
	at.versions.from, at.versions.to = versionNumber(values["from"]), versionNumber(values["to"])
	if at.versions.from == 0 || at.versions.to == 0 {
		return at, errNoPage
	}
	at.versions.side = values["view"] == sideBySide
	at.key = at.path + compareQuery(at.versions.from, at.versions.to, at.versions.side)
	return at, nil
}

// sideBySide is the value of the parameter view.
const sideBySide = "side"

// compareQuery returns the query of the page that compares two versions.
func compareQuery(from, to int, side bool) string {
	query := "?from=" + strconv.Itoa(from) + "&to=" + strconv.Itoa(to)
	if side {
		query += "&view=" + sideBySide
	}
	return query
}

func loadComparison(rd *reading, at address) (*view, error) {
	story, stub, err := rd.withVersions(at)
	switch {
	case stub != nil || err != nil:
		return stub, err
	case at.versions.from == 0:
		return nil, &moved{story.Path() + "/history"}
	case at.versions.from == at.versions.to:
		return nil, &moved{versionPath(story, at.versions.to)}
	case at.versions.from > at.versions.to:
		return nil, &moved{at.path + compareQuery(at.versions.to, at.versions.from, at.versions.side)}
	}
	old, err := rd.tx.PublishedRevision(story.ID, at.versions.from)
	if err != nil {
		return nil, err
	}
	now, err := rd.tx.PublishedRevision(story.ID, at.versions.to)
	if err != nil {
		return nil, err
	}
	p := &comparisonPage{
		Story: link{now.Content.Headline, story.Path()}, History: story.Path() + "/history", Side: at.versions.side,
		From: rd.versionHead(story, old), To: rd.versionHead(story, now), Reserved: reserved(rd, story.Access),
		Switch: at.path + compareQuery(at.versions.from, at.versions.to, !at.versions.side),
	}
	if p.Layout, err = rd.layout(at); err != nil {
		return nil, err
	}
	p.Layout.Unlisted = true
	p.Layout.Title = documentTitle(rd.words.Text("compare.title", at.versions.from, at.versions.to, now.Content.Headline), p.Layout.SiteName)
	if p.Reserved != "" {
		return &view{template: "compare", data: p}, nil
	}
	titles, err := rd.figureTitles(&old, &now)
	if err != nil {
		return nil, err
	}
	return &view{template: "compare", data: p, finish: func() error {
		p.fill(rd, diff.Compare(inBlocks(old), inBlocks(now)), titles)
		return nil
	}}, nil
}

func (rd *reading) versionHead(story standfirst.Story, r standfirst.Revision) versionHead {
	return versionHead{r.Number, versionPath(story, r.Number), withZone(shownTime(story, r.Number, r.PublishedAt), rd.loc, layoutFull)}
}

// figureTitles returns what the figures that the revisions cite are figures of, where
// readers may know it, and puts the citations with their versions into the contents.
func (rd *reading) figureTitles(revisions ...*standfirst.Revision) (map[standfirst.ClaimID]string, error) {
	titles := make(map[standfirst.ClaimID]string)
	for _, r := range revisions {
		cited, err := rd.tx.Citations(r.ID)
		if err != nil {
			return nil, err
		}
		r.Content.Citations = cited
		known, err := ledger.StoryFigures(rd.tx, cited, store.ForReaders)
		if err != nil {
			return nil, err
		}
		for _, f := range known {
			rd.tag(standfirst.ClaimTag(f.Claim.ID))
			titles[f.Claim.ID] = capitalised(strings.TrimPrefix(f.Title, "the "))
		}
	}
	return titles, nil
}

// inBlocks returns the revision as it is compared.
func inBlocks(r standfirst.Revision) diff.Story {
	s := diff.Story{Content: r.Content}
	for _, b := range markup.Blocks(r.Content.Body) {
		block := diff.Block{Kind: string(b.Kind), Text: b.Text, Links: b.Links}
		for _, c := range b.Cited {
			block.Cited = append(block.Cited, diff.Cited(c))
		}
		s.Blocks = append(s.Blocks, block)
	}
	return s
}

// fill puts the comparison into the page.
func (p *comparisonPage) fill(rd *reading, c diff.Comparison, titles map[standfirst.ClaimID]string) {
	p.Same = c.Same()
	for _, f := range c.Figures {
		p.Figures = append(p.Figures, rd.figureChange(f, titles))
	}
	for _, part := range c.Parts {
		if part.Kind == diff.Same {
			continue
		}
		shown := comparedPart{Name: rd.words.Text("compare.part." + string(part.Part)), comparedText: newComparedText(part.Runs, part.Kind)}
		if part.Replaced {
			shown.Note = rd.words.Text("compare.picture")
		}
		p.Parts = append(p.Parts, shown)
	}
	p.group(rd, c.Blocks)
}

// figureChange returns what became of a figure, as the page shows it.
func (rd *reading) figureChange(f diff.FigureChange, titles map[standfirst.ClaimID]string) figureChange {
	shown := figureChange{Title: titles[f.Claim], Old: f.Old, New: f.New}
	if shown.Title != "" {
		shown.Path = standfirst.ClaimPath(f.Claim)
	}
	switch f.Kind {
	case diff.Renewed:
		shown.Old, shown.Note = "", rd.words.Text("compare.figure.renewed")
	case diff.Added, diff.Removed:
		shown.Note = rd.words.Text("compare.figure." + string(f.Kind))
	}
	return shown
}

const (
	// around is how many unchanged blocks are shown before and after a change.
	around = 1
	// fewFolded is the least number of blocks that are worth folding.
	fewFolded = 3
)

// group puts the blocks into groups, and folds what is far from any change.
func (p *comparisonPage) group(rd *reading, blocks []diff.BlockChange) {
	open := comparedGroup{}
	for i := 0; i < len(blocks); {
		far := farFromChange(blocks, i)
		if far < fewFolded {
			far = 0
		}
		if far > 0 {
			if len(open.Blocks) > 0 {
				p.Groups = append(p.Groups, open)
			}
			folded := comparedGroup{Folded: rd.words.Text("compare.unchanged", far)}
			for _, b := range blocks[i : i+far] {
				folded.Blocks = append(folded.Blocks, rd.comparedBlock(b))
			}
			p.Groups = append(p.Groups, folded)
			open = comparedGroup{}
			i += far
			continue
		}
		open.Blocks = append(open.Blocks, rd.comparedBlock(blocks[i]))
		i++
	}
	if len(open.Blocks) > 0 {
		p.Groups = append(p.Groups, open)
	}
}

// farFromChange returns how many blocks from i on are neither changed nor next to one
// that is.
func farFromChange(blocks []diff.BlockChange, i int) int {
	if i > 0 && blocks[i-1].Kind != diff.Same {
		return 0
	}
	end := i
	for end < len(blocks) && blocks[end].Kind == diff.Same {
		end++
	}
	if end < len(blocks) {
		end -= around
	}
	return max(end-i, 0)
}

func (rd *reading) comparedBlock(b diff.BlockChange) comparedBlock {
	block := b.New
	if block == nil {
		block = b.Old
	}
	shown := comparedBlock{
		Kind: block.Kind, comparedText: newComparedText(b.Runs, b.Kind), LinksRemoved: b.LinksRemoved, LinksAdded: b.LinksAdded,
	}
	if b.Kind == diff.Added || b.Kind == diff.Removed {
		shown.Note = rd.words.Text("compare.block." + string(b.Kind))
	}
	return shown
}

func newComparedText(runs []diff.Run, kind diff.Kind) comparedText {
	t := comparedText{Changed: kind != diff.Same}
	for i, r := range runs {
		shown := comparedRun{Text: r.Text, Del: r.Op == diff.Delete, Ins: r.Op == diff.Insert}
		if r.Op != diff.Keep {
			shown.Text = strings.TrimRightFunc(r.Text, unicode.IsSpace)
			// What was removed never touches what was added in its place.
			shown.Gap = shown.Text != r.Text || shown.Del && i+1 < len(runs) && runs[i+1].Op == diff.Insert
		}
		t.Runs = append(t.Runs, shown)
	}
	return t
}
