package site

import (
	"time"

	"standfirst"
)

// dayPage lists the stories of a day.
type dayPage struct {
	Layout   layout
	Weekday  string
	Day      moment
	List     list
	Previous *link // the nearest day before that has stories; nil if there is none
}

func loadDay(rd *reading, at address) (*view, error) {
	rd.tag(standfirst.DayTag(at.date))
	p := &dayPage{Weekday: at.date.In(time.UTC).Weekday().String(), Day: momentOfDay(at.date)}
	var err error
	p.List, err = rd.list(at, layoutClock, func(after standfirst.Position, limit int) ([]standfirst.Card, error) {
		return rd.tx.DayCards(at.date, after, limit)
	})
	if err != nil {
		return nil, err
	}
	if len(p.List.Cards) == 0 {
		return nil, errNoPage
	}
	if p.Layout, err = rd.layout(at); err != nil {
		return nil, err
	}
	p.Layout.describe(rd, "website", rd.listTitle(at, p.Day.Text), "", at.key)
	if p.Previous, err = rd.dayBefore(at.date); err != nil {
		return nil, err
	}
	return &view{template: "day", data: p}, rd.describeList(&p.Layout, at, p.Day.Text, p.List.Cards)
}

// dayBefore returns the nearest day before that has stories, or nil.
func (rd *reading) dayBefore(day standfirst.Day) (*link, error) {
	// Any story that comes or goes, with whatever date, may change which day that is.
	rd.tag(standfirst.ArchiveTag)
	found, err := rd.tx.Latest(standfirst.Position{FirstPublished: day.In(rd.loc)}, 1)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	before, ok := dayOfCard(found[0])
	if !ok || !before.Before(day) {
		return nil, nil // the publication has moved to another time zone since
	}
	rd.tag(standfirst.StoryTag(found[0].ID), standfirst.DayTag(before))
	return &link{momentOfDay(before).Text, standfirst.DayPath(before)}, nil
}

// dayOfCard returns the day in the story's address. It reports false for a story
// that has none there.
func dayOfCard(c standfirst.Card) (standfirst.Day, bool) {
	day, _, ok := standfirst.ParseStoryPath(c.Path)
	return day, ok
}
