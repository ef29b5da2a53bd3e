package site

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/newsroom"
)

// state matches the number that the stories of this test carry in headline and text.
var state = regexp.MustCompile(`State (\d+) of story (\d+)`)

// TestReadAfterWrite publishes several stories over and over while readers ask for
// the same pages without pause. After every acknowledged publication the story's
// page and the front page show it: what the cache gives is never older than what
// was acknowledged before the question.
func TestReadAfterWrite(t *testing.T) {
	const stories, states, readers = 4, 40, 8
	h := newHouse(t)
	text := func(story, number int) standfirst.Content {
		words := fmt.Sprintf("State %d of story %d", number, story)
		return standfirst.Content{Headline: words, Body: words + ", in the text.", Section: "Markets", Topics: []string{"Freshness"}}
	}
	published := make([]standfirst.Story, stories)
	for i := range published {
		published[i] = h.publish(text(i, 0), func(d *newsroom.Draft) { d.Slug = standfirst.Slug("story-" + strconv.Itoa(i)) })
	}
	reading, stop := context.WithCancel(t.Context())
	var crowd, desk sync.WaitGroup
	for r := range readers {
		crowd.Go(func() {
			for n := r; reading.Err() == nil; n++ {
				h.shown(t, published[n%stories].Path())
				h.shown(t, "/")
				h.shown(t, "/topic/freshness")
			}
		})
	}
	for i, story := range published {
		desk.Go(func() {
			for number := 1; number <= states; number++ {
				if _, err := h.news.Save(t.Context(), standfirst.Command(), story.ID, number, text(i, number)); err != nil {
					t.Errorf("save: %v", err)
					return
				}
				if _, err := h.news.Publish(t.Context(), standfirst.Command(), story.ID, newsroom.PublishOptions{Change: standfirst.Change{Class: standfirst.Update}}); err != nil {
					t.Errorf("publish: %v", err)
					return
				}
				for _, path := range []string{story.Path(), "/", "/section/markets", "/topic/freshness", "/archive"} {
					if got := h.shown(t, path)[i]; got < number {
						t.Errorf("%s shows state %d of story %d after state %d was acknowledged", path, got, i, number)
					}
				}
			}
		})
	}
	desk.Wait()
	stop()
	crowd.Wait()
}

// shown returns the lowest state of each story that the page at the path shows.
func (h *house) shown(t *testing.T, path string) map[int]int {
	w := httptest.NewRecorder()
	h.site.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	if w.Code != http.StatusOK {
		t.Errorf("GET %s: status %d", path, w.Code)
	}
	lowest := make(map[int]int)
	for _, m := range state.FindAllStringSubmatch(w.Body.String(), -1) {
		number, _ := strconv.Atoi(m[1]) // the pattern holds digits only
		story, _ := strconv.Atoi(m[2])
		if before, ok := lowest[story]; !ok || number < before {
			lowest[story] = number
		}
	}
	return lowest
}

// A story that is published with an older date changes the way back from the days
// after it.
func TestBackdatedStory(t *testing.T) {
	h := newHouse(t)
	on := func(day int) func(*newsroom.Draft) {
		return func(d *newsroom.Draft) { d.OriginalDate = time.Date(2026, time.February, day, 9, 0, 0, 0, time.UTC) }
	}
	for _, day := range []int{10, 20} {
		h.publish(standfirst.Content{Headline: fmt.Sprintf("Day %d", day), Body: "Words."}, on(day))
	}
	previous := func(path string) string {
		w := httptest.NewRecorder()
		h.site.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		return w.Body.String()
	}
	if page := previous("/2026/02/20/"); !strings.Contains(page, `href="/2026/02/10/"`) {
		t.Errorf("no way back from the 20th to the 10th in %s", page)
	}
	h.publish(standfirst.Content{Headline: "Between", Body: "Words."}, on(15))
	if page := previous("/2026/02/20/"); !strings.Contains(page, `href="/2026/02/15/"`) {
		t.Error("the way back from the 20th does not lead to the story that was filed later")
	}
}
