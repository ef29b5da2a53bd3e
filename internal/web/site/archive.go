package site

import "standfirst"

// archivePage lists every story, grouped by day.
type archivePage struct {
	Layout layout
	Days   []archiveDay
	Turn   turn
}

// archiveDay is the part of one day that is on the page.
type archiveDay struct {
	Path  string
	Day   moment
	Cards []card
}

func loadArchive(rd *reading, at address) (*view, error) {
	rd.tag(standfirst.ArchiveTag)
	p := new(archivePage)
	found, t, err := rd.stretch(at, archiveLength, rd.tx.Latest)
	if err != nil {
		return nil, err
	}
	p.Turn = t
	if p.Layout, err = rd.layout(at); err != nil {
		return nil, err
	}
	p.Layout.AtArchive = at.before == standfirst.Position{}
	p.Layout.describe(rd, "website", rd.listTitle(at, rd.words.Text("archive")), "", at.key)
	for _, c := range found {
		day, _ := dayOfCard(c)
		path := standfirst.DayPath(day)
		if n := len(p.Days); n == 0 || p.Days[n-1].Path != path {
			p.Days = append(p.Days, archiveDay{Path: path, Day: momentOfDay(day)})
		}
		last := &p.Days[len(p.Days)-1]
		last.Cards = append(last.Cards, rd.card(c, layoutClock, ""))
	}
	return &view{template: "archive", data: p}, nil
}
