package site

import (
	"slices"
	"strconv"
	"testing"

	"standfirst"
)

// TestFrontWithoutPictures holds how many stories stand where while none has a
// picture, in newsrooms with few stories and with many.
func TestFrontWithoutPictures(t *testing.T) {
	h := newHouse(t)
	for _, tt := range []struct{ stories, seconds, latest int }{{1, 0, 0}, {3, 2, 0}, {5, 4, 0}, {6, 2, 3}, {9, 2, 6}, {10, 4, 5}, {14, 4, 7}} {
		for n := len(get(h.site, "/archive").all("article.row")); n < tt.stories; n++ {
			h.publish(plainStory(n))
		}
		a := get(h.site, "/")
		seconds, latest, rails := len(a.all(".seconds article")), len(a.all(".latest li")), len(a.all(".with-rail"))
		if seconds != tt.seconds || latest != tt.latest || rails != min(latest, 1) {
			t.Errorf("%d stories: %d below the lead, %d beside it, %d rails", tt.stories, seconds, latest, rails)
		}
		if lead := textOf(a.all(".lead h2")[0]); lead != "Bulk rates, report "+strconv.Itoa(tt.stories-1) {
			t.Errorf("%d stories: %q leads", tt.stories, lead)
		}
	}
}

// TestFrontWithOldPictures holds that pictures below a lead that has none share a
// row, and that the list beside grows with that row.
func TestFrontWithOldPictures(t *testing.T) {
	h := newHouse(t)
	for n := range 14 {
		c := plainStory(n)
		if name := map[int]string{9: "hall", 11: "crane"}[n]; name != "" {
			c.Picture = &standfirst.LeadPicture{ID: h.picture(name, 480, 960), Alt: "Something grey"}
		}
		if n == 13 {
			h.now = h.now.AddDate(0, 0, 4)
		}
		h.publish(c)
	}
	a := get(h.site, "/")
	var order []string
	for _, headline := range a.all(".seconds h2") {
		order = append(order, textOf(headline))
	}
	want := []string{"Bulk rates, report 11", "Bulk rates, report 9", "Bulk rates, report 12", "Bulk rates, report 10"}
	if !slices.Equal(order, want) || len(a.all(".latest li")) != 8 {
		t.Errorf("below the lead stand %q, beside it %d", order, len(a.all(".latest li")))
	}
}
