package frontpage

import (
	"slices"
	"testing"
	"time"

	"standfirst"
)

func TestLeading(t *testing.T) {
	newest := time.Date(2026, time.March, 5, 12, 0, 0, 0, time.UTC)
	plain := func(hours int) standfirst.Card {
		return standfirst.Card{ID: standfirst.StoryID(100 - hours), State: standfirst.Published, FirstPublished: newest.Add(-time.Duration(hours) * time.Hour)}
	}
	pictured := func(hours int) standfirst.Card {
		c := plain(hours)
		c.Picture, c.Thumb = &standfirst.LeadPicture{}, make([]standfirst.PictureFile, 1)
		return c
	}
	retracted := func(c standfirst.Card) standfirst.Card {
		c.State = standfirst.Retracted
		return c
	}
	for name, tt := range map[string]struct {
		cards []standfirst.Card
		want  int
	}{
		"the newest":                              {[]standfirst.Card{plain(0), plain(1)}, 0},
		"the newest with a picture":               {[]standfirst.Card{plain(0), plain(1), pictured(2), pictured(3)}, 2},
		"a picture of just three days before":     {[]standfirst.Card{plain(0), pictured(72)}, 1},
		"an older picture does not count":         {[]standfirst.Card{plain(0), pictured(73)}, 0},
		"retracted stories stand back":            {[]standfirst.Card{retracted(pictured(0)), plain(1), retracted(pictured(2)), plain(3)}, 1},
		"the days count from the newest standing": {[]standfirst.Card{retracted(plain(0)), plain(10), pictured(82)}, 2},
		"nothing but retracted stories":           {[]standfirst.Card{retracted(plain(0)), retracted(pictured(1))}, 0},
	} {
		if got := leading(tt.cards); got.ID != tt.cards[tt.want].ID {
			t.Errorf("%s: story %d leads, want number %d", name, got.ID, tt.want)
		}
	}
}

// TestArrange holds where pinned stories stand among those that are only new.
func TestArrange(t *testing.T) {
	newest := time.Date(2026, time.March, 5, 12, 0, 0, 0, time.UTC)
	card := func(n int) standfirst.Card {
		return standfirst.Card{ID: standfirst.StoryID(n), State: standfirst.Published, FirstPublished: newest.Add(-time.Duration(n) * time.Hour)}
	}
	var many []standfirst.Card
	for n := 1; n <= 20; n++ {
		many = append(many, card(n))
	}
	top := func(n int, lead bool) Top {
		return Top{card(n), standfirst.Pin{Story: standfirst.StoryID(n), Lead: lead}}
	}
	for name, tt := range map[string]struct {
		newest          []standfirst.Card
		top             []Top
		lead            int
		seconds, latest []int
	}{
		"nothing pinned":        {many, nil, 1, []int{2, 3, 4, 5}, []int{6, 7, 8, 9, 10, 11, 12}},
		"an old story leads":    {many, []Top{top(40, true)}, 40, []int{1, 2, 3, 4}, []int{5, 6, 7, 8, 9, 10, 11}},
		"one below, none leads": {many, []Top{top(9, false)}, 1, []int{9, 2, 3, 4}, []int{5, 6, 7, 8, 10, 11, 12}},
		"five fill three rows":  {many, []Top{top(9, false), top(8, false), top(7, false), top(6, false), top(5, false)}, 1, []int{9, 8, 7, 6, 5, 2}, []int{3, 4, 10, 11, 12, 13, 14}},
		"a few in all":          {many[:3], []Top{top(3, true), top(2, false)}, 3, []int{2, 1}, nil},
		"all of them pinned":    {many[:2], []Top{top(2, false), top(1, false)}, 2, []int{1}, nil},
	} {
		p := arrange(tt.newest, tt.top)
		if p.Lead.ID != standfirst.StoryID(tt.lead) || !slices.Equal(ids(p.Seconds), tt.seconds) || !slices.Equal(ids(p.Latest), tt.latest) {
			t.Errorf("%s: %d leads, below it %v, beside it %v", name, p.Lead.ID, ids(p.Seconds), ids(p.Latest))
		}
	}
}

func ids(cards []standfirst.Card) []int {
	var ids []int
	for _, c := range cards {
		ids = append(ids, int(c.ID))
	}
	return ids
}
