package site

import (
	"strconv"
	"strings"

	"standfirst"
	"standfirst/internal/diff"
	"standfirst/internal/ledger"
	"standfirst/internal/store"
	"standfirst/internal/web/compared"
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
	Parts   []compared.Part
	Groups  []compared.Group
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
		p.fill(rd, diff.Compare(compared.InBlocks(old.Content), compared.InBlocks(now.Content)), titles)
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

// fill puts the comparison into the page.
func (p *comparisonPage) fill(rd *reading, c diff.Comparison, titles map[standfirst.ClaimID]string) {
	p.Same = c.Same()
	for _, f := range c.Figures {
		p.Figures = append(p.Figures, rd.figureChange(f, titles))
	}
	p.Parts, p.Groups = compared.Parts(c, rd.words), compared.Groups(c.Blocks, rd.words)
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
