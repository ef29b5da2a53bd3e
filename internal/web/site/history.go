package site

import (
	"slices"
	"strconv"

	"standfirst"
	"standfirst/internal/record"
)

// historyPage lists the published versions of a story, the newest first.
type historyPage struct {
	Layout   layout
	Story    link
	Edited   string // empty if it never was
	Versions []versionRow
	Newest   string // the first page, from any other; else empty
	Older    string // the next page; empty at the end
	// Compare is where two versions are compared; empty where there is only one. From and
	// To are proposed, and To is the newest.
	Compare  string
	From, To int
}

// versionRow is one version in the history of a story.
type versionRow struct {
	Number  int
	Path    string
	Present bool
	When    moment
	Kind    string // "Correction"
	Text    string // what readers were told; empty if nothing
	Authors []author
	Changes string   // address of what changed from the version before; empty for the first
	Later   []notice // of figures that changed while it stood
	Entry   *link    // of it on the public record, with what proves it; nil for none
}

// historyLength is how many versions one page of a history shows.
const historyLength = 20

// askHistory reads where a page of a history begins.
func askHistory(at address, values map[string]string) (address, error) {
	before := versionNumber(values["before"])
	if before < 2 {
		return at, errNoPage
	}
	at.versions.number = before - 1
	at.key = at.path + "?before=" + strconv.Itoa(before)
	return at, nil
}

func loadHistory(rd *reading, at address) (*view, error) {
	story, stub, err := rd.withVersions(at)
	if stub != nil || err != nil {
		return stub, err
	}
	from := story.PublishedNumber
	if at.versions.number != 0 {
		if at.versions.number >= from {
			return nil, errNoPage
		}
		from = at.versions.number
	}
	revision, err := rd.tx.Revision(story.Current)
	if err != nil {
		return nil, err
	}
	p := &historyPage{Story: link{revision.Content.Headline, story.Path()}, Edited: rd.edited(story)}
	if p.Layout, err = rd.layout(at); err != nil {
		return nil, err
	}
	p.Layout.Unlisted = true
	p.Layout.Title = documentTitle(rd.words.Text("history.title", revision.Content.Headline), p.Layout.SiteName)
	if n := story.PublishedNumber; n > 1 {
		p.Compare, p.From, p.To = story.Path()+"/compare", n-1, n
	}
	if at.versions.number != 0 {
		p.Newest = at.path
	}
	return &view{template: "history", data: p}, rd.versionRows(p, story, from)
}

// versionRows fills in the versions from the number down.
func (rd *reading) versionRows(p *historyPage, story standfirst.Story, from int) error {
	// One more on either side: the one after tells until when the first stood.
	versions, err := rd.tx.PublishedVersions(story.ID, from+1, historyLength+2)
	if err != nil {
		return err
	}
	told, err := rd.tx.NoticesOfStory(story.ID)
	if err != nil {
		return err
	}
	var after *standfirst.PublishedVersion
	if len(versions) > 0 && versions[0].Number > from {
		after, versions = &versions[0], versions[1:]
	}
	if len(versions) > historyLength {
		versions = versions[:historyLength]
		p.Older = story.Path() + "/history?before=" + strconv.Itoa(versions[historyLength-1].Number)
	}
	for i := range versions {
		row, err := rd.versionRow(story, versions[i], after, told)
		if err != nil {
			return err
		}
		p.Versions = append(p.Versions, row)
		after = &versions[i]
	}
	return nil
}

// versionRow returns what the history tells of the version. The one after it is nil for
// the present one.
func (rd *reading) versionRow(story standfirst.Story, v standfirst.PublishedVersion, after *standfirst.PublishedVersion, told []standfirst.Notice) (versionRow, error) {
	row := versionRow{
		Number: v.Number, Path: versionPath(story, v.Number), Present: after == nil,
		When: withZone(shownTime(story, v.Number, v.PublishedAt), rd.loc, layoutFull), Authors: newAuthors(v.Bylines),
	}
	if v.Number > 1 {
		row.Changes = comparePath(story, v.Number-1, v.Number)
	}
	class := v.Change.Class
	for _, n := range told {
		switch {
		case n.Claim == 0 && n.At.Equal(v.PublishedAt):
			class = n.Class
			shown := rd.notice(n, row.When)
			row.Text = shown.Text
			if n.Erased {
				row.Text = rd.words.Text("notice.erased")
			}
		case n.Claim != 0 && !n.At.Before(v.PublishedAt) && (after == nil || n.At.Before(after.PublishedAt)) && !n.Erased:
			row.Later = append(row.Later, rd.notice(n, withZone(n.At, rd.loc, layoutFull)))
		}
	}
	entry, err := rd.tx.RecordEntryOf(record.StorySubject(story.ID), string(record.RevisionKind), v.Number)
	switch {
	case err == nil:
		row.Entry = &link{rd.words.Text("history.entry", entry.Position), row.Path + jsonEnd}
	case standfirst.KindOf(err) != standfirst.NotFound:
		return row, err
	}
	row.Kind, err = rd.changeWords(story, v, class)
	return row, err
}

// changeWords says of what kind the change to the version was.
func (rd *reading) changeWords(story standfirst.Story, v standfirst.PublishedVersion, class standfirst.ChangeClass) (string, error) {
	switch {
	case v.Number == 1:
		return rd.words.Text("history.first"), nil
	case class == standfirst.Minor:
		return rd.words.Text("history.minor"), nil
	case class != "":
		return rd.words.Text("notice." + noticeKey(class)), nil
	}
	// Nobody gave a class where nothing changed but figures that were superseded, or
	// where the story came back as it was.
	before, err := rd.tx.PublishedVersions(story.ID, v.Number-1, 1)
	if err != nil || len(before) == 0 {
		return "", err
	}
	old, err := rd.tx.Citations(before[0].Revision)
	if err != nil {
		return "", err
	}
	now, err := rd.tx.Citations(v.Revision)
	if err != nil {
		return "", err
	}
	if slices.Equal(old, now) {
		return rd.words.Text("history.again"), nil
	}
	return rd.words.Text("history.figures"), nil
}
