package site

import (
	"standfirst"
	"standfirst/internal/store"
)

// correctionsPage lists every notice, the newest first.
type correctionsPage struct {
	Layout  layout
	Kinds   []menuItem
	Notices []noticeRow
	Turn    turn
}

// noticeRow is one notice with the stories that show it.
type noticeRow struct {
	notice
	Stories []link
}

// noticeClasses are those that readers are told of, in the order of the filter.
var noticeClasses = []standfirst.ChangeClass{
	standfirst.Correction, standfirst.Clarification, standfirst.Update, standfirst.EditorsNote, standfirst.Retraction,
}

func loadCorrections(rd *reading, at address) (*view, error) {
	rd.tag(standfirst.CorrectionsTag)
	p := new(correctionsPage)
	class := standfirst.ChangeClass("")
	for _, c := range noticeClasses {
		if noticeKey(c) == string(at.slug) {
			class = c
		}
	}
	if string(at.slug) != "" && class == "" {
		return nil, errNoPage
	}
	after := store.NoticePosition{At: at.before.FirstPublished, ID: standfirst.NoticeID(at.before.ID)}
	if after.ID != 0 { // so that the list has no more addresses than there are notices
		last, err := rd.tx.Notice(after.ID)
		if err != nil {
			return nil, err
		}
		if !last.At.Equal(after.At) {
			return nil, errNoPage
		}
	}
	found, err := rd.tx.Notices(class, after, listLength+1)
	if err != nil {
		return nil, err
	}
	if at.before != (standfirst.Position{}) {
		p.Turn.Newest = at.path
	}
	if len(found) > listLength {
		found = found[:listLength]
		last := found[listLength-1]
		p.Turn.Older = at.path + "?before=" + formatPosition(standfirst.Position{FirstPublished: last.At, ID: standfirst.StoryID(last.ID)})
	}
	if p.Layout, err = rd.layout(at); err != nil {
		return nil, err
	}
	p.Layout.AtCorrections = string(at.slug) == "" && at.before == standfirst.Position{}
	p.Layout.describe(rd, "website", rd.listTitle(at, rd.words.Text("corrections")), "", at.key)
	p.Layout.followed("/corrections", rd.words.Text("corrections"))
	p.Kinds = append(p.Kinds, menuItem{link: link{rd.words.Text("corrections.all"), "/corrections"}, Current: string(at.slug) == ""})
	for _, c := range noticeClasses {
		p.Kinds = append(p.Kinds, menuItem{link: link{rd.words.Text("notices." + noticeKey(c)), "/corrections/" + noticeKey(c)}, Current: c == class})
	}
	return &view{template: "corrections", data: p}, rd.noticeRows(p, found)
}

// noticeRows fills in the rows with their stories.
func (rd *reading) noticeRows(p *correctionsPage, found []standfirst.Notice) error {
	for _, n := range found {
		row := noticeRow{notice: rd.notice(n, withZone(n.At, rd.loc, layoutFull))}
		if n.Erased {
			row.Text = rd.words.Text("notice.erased")
		}
		cards, err := rd.tx.CardsByID(n.Stories)
		if err != nil {
			return err
		}
		for _, id := range n.Stories { // also those that readers do not see now
			rd.tag(standfirst.StoryTag(id))
		}
		for _, c := range cards {
			row.Stories = append(row.Stories, link{c.Headline, c.Path})
		}
		p.Notices = append(p.Notices, row)
	}
	return nil
}
