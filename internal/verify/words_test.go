package verify_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/newsroom"
	"standfirst/internal/record"
	"standfirst/internal/store"
)

// lie puts a server before the site that changes its answers.
func (h *house) lie(change func(path, body string) string) {
	h.Helper()
	honest := h.url
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		res, err := http.Get(honest + r.URL.Path)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		defer res.Body.Close()
		b, err := io.ReadAll(res.Body)
		if err != nil {
			h.Error(err)
		}
		w.WriteHeader(res.StatusCode)
		_, _ = io.WriteString(w, change(r.URL.Path, string(b)))
	}))
	h.Cleanup(server.Close)
	h.url = server.URL
}

// withheld returns the data of a version without what it says of the parts whose names
// begin so.
func (h *house) withheld(data, prefix string) string {
	h.Helper()
	var p record.Published
	h.must(json.Unmarshal([]byte(data), &p))
	for i := range p.Parts {
		if part := &p.Parts[i]; strings.HasPrefix(part.Name, prefix) {
			part.Text, part.Salt, part.Withheld = "", "", true
		}
	}
	b, err := json.Marshal(p)
	h.must(err)
	return string(b)
}

var textOfStory = regexp.MustCompile(`(?s)<div class="body">.*?(<section[^>]*sources)`)

// Who says that a part is not for everybody cannot show another in its place.
func TestWithheldParts(t *testing.T) {
	for name, test := range map[string]struct {
		part, old, now string
		succeeds       bool
		step           string
	}{
		"another headline":   {"headline", "What we know of", "What we knew of", false, "the headline on the page is not that of version 2"},
		"another standfirst": {"standfirst", "Two figures, and who says so.", "Two figures, and nobody says so.", false, "the standfirst on the page is not that of version 2"},
		"another byline":     {"byline.", "Mara Oduya", "Nora Oduya", false, "the byline on the page is not that of version 2"},
		"one name of two":    {"byline.2", "Jonas Elan", "Jonas Elan", false, "the byline on the page is not that of version 2"},
		"a text that is gone, under a headline that is not told": {"headline", "BODY", "", false, "the page has no text, and the version has one"},
		"a text that is for subscribers":                         {"block.", "BODY", "", true, "are not for everybody"},
		"a text that is for subscribers, and another is shown":   {"block.", "early talks", "late talks", false, "the text on the page is not that of version 2"},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.publish()
			h.lie(func(path, body string) string {
				switch {
				case strings.HasSuffix(path, ".json"):
					body = h.withheld(body, test.part)
					if test.part == "block." {
						body = h.withheld(h.withheld(body, "voice."), "citation.")
					}
				case path == h.story.Path() && test.old == "BODY":
					body = textOfStory.ReplaceAllString(body, "$1")
					if strings.Contains(body, `<div class="body">`) {
						t.Error("the page still has its text")
					}
				case path == h.story.Path():
					body = strings.ReplaceAll(body, test.old, test.now)
				}
				return body
			})
			h.step(test.succeeds, test.step)
		})
	}
}

// A version whose headline and names were erased, with a takedown that says so, is shown
// without them, and with nothing else in their place.
func TestErasedHeadlineAndByline(t *testing.T) {
	published := func(t *testing.T) *house {
		h := newHouse(t)
		h.publish()
		h.must(h.store.Update(t.Context(), func(tx *store.Tx) error {
			r, err := tx.PublishedRevision(h.story.ID, 2)
			if err != nil {
				return err
			}
			if r.Content.Citations, err = tx.Citations(r.ID); err != nil {
				return err
			}
			r.Content.Headline, r.Content.Bylines = record.RemovedHeadline, nil
			if err := tx.EraseInRevision(r.ID, r.Content, r.Change.Note); err != nil {
				return err
			}
			tx.Touch(standfirst.StoryTag(h.story.ID))
			return record.EraseRevision(tx, h.story.ID, 2, h.now, "headline", "byline.1", "byline.2")
		}))
		h.sign()
		return h
	}
	h := published(t)
	h.step(true, "3 of 18 parts were erased")
	h.sound()
	for name, test := range map[string]struct{ statement, step, problem string }{
		"another headline": {`UPDATE revision SET headline = 'All is well with Halcyon' WHERE number = 2`,
			"the headline on the page is not that of version 2", "headline was erased, and the database has words in its place"},
		"another byline": {`UPDATE revision SET rest = (SELECT old.rest FROM revision old WHERE old.story_id = revision.story_id AND old.number = 1) WHERE number = 2`,
			"the byline on the page is not that of version 2", "byline.1 was erased, and the database has words in its place"},
	} {
		t.Run(name, func(t *testing.T) {
			h := published(t)
			h.behind(test.statement)
			h.step(false, test.step)
			h.problem(test.problem)
		})
	}
}

// retracted publishes the story and retracts it.
func retracted(t *testing.T) *house {
	t.Helper()
	h := newHouse(t)
	h.publish()
	_, err := h.news.Retract(t.Context(), standfirst.Command(), h.story.ID, "The talks had ended in January, and we knew no better.")
	h.must(err)
	h.sign()
	return h
}

// What stays of a story that was retracted is checked as well.
func TestRetractedStory(t *testing.T) {
	retracted(t).sound()
	for name, test := range map[string]struct{ statement, step string }{
		"headline":          {`UPDATE revision SET headline = 'What we knew of the Halcyon round' WHERE number = 2`, "headline is not what was published"},
		"byline":            {`UPDATE revision SET rest = replace(rest, 'Mara Oduya', 'Nora Oduya') WHERE number = 2`, "byline.1 is not what was published"},
		"back as published": {`UPDATE story SET state = 'published', retraction_note = '' WHERE state = 'retracted'`, "says that the story was retracted on"},
		"gone":              {`UPDATE story SET state = 'unpublished' WHERE state = 'retracted'`, "has been taken down"},
	} {
		t.Run(name, func(t *testing.T) {
			h := retracted(t)
			h.behind(test.statement)
			h.step(false, test.step)
			if len(h.audit()) == 0 {
				t.Error("the newsroom does not see it")
			}
		})
	}
}

// The page of a retracted story shows why, and nothing that is of no entry.
func TestPageOfARetractedStory(t *testing.T) {
	const note = "The talks had ended in January, and we knew no better."
	for name, test := range map[string]struct{ old, now, step string }{
		"another headline": {"What we know of", "What we knew of", "the headline on the page is not that of version 2"},
		"another byline":   {"Mara Oduya", "Nora Oduya", "the byline on the page is not that of version 2"},
		"without the note": {note, "", "the page does not show why the story was retracted"},
		"another note":     {note, "All of it was right.", "the page does not show why the story was retracted"},
		"with a text":      {note, note + "</p><p>All the same, the yard was busy.", "stands in the article, and is of no version"},
	} {
		t.Run(name, func(t *testing.T) {
			h := retracted(t)
			h.lie(func(path, body string) string {
				if path == h.story.Path() {
					return strings.ReplaceAll(body, test.old, test.now)
				}
				return body
			})
			h.step(false, test.step)
		})
	}
}

// Of a story that was retracted and then erased a stub stays, which says only that.
func TestRetractedAndErased(t *testing.T) {
	h := retracted(t)
	_, err := h.news.Erase(t.Context(), standfirst.Command(), h.story.ID, newsroom.Erasure{})
	h.must(err)
	h.sign()
	h.step(true, "parts were erased")
	h.sound()
	h.behind(`UPDATE revision SET headline = 'All is well with Halcyon' WHERE number = 2`)
	h.step(false, "the headline on the page is not that of version 2")
	h.problem("headline was erased, and the database has words in its place")
}

// A story that came back after it was unpublished is checked like any other.
func TestUnpublishedAndBack(t *testing.T) {
	h := newHouse(t)
	h.publish()
	_, err := h.news.Unpublish(t.Context(), standfirst.Command(), h.story.ID)
	h.must(err)
	h.sign()
	h.step(false, "has been taken down")
	published, err := h.news.Publish(t.Context(), standfirst.Command(), h.story.ID, newsroom.PublishOptions{})
	h.must(err)
	h.story = published.Story
	h.sign()
	h.sound()
}

// TestTheTalkIsNotTheArticle holds that what readers say is no part of what is verified,
// where it stands behind the article, and is where it stands in the midst of it.
func TestTheTalkIsNotTheArticle(t *testing.T) {
	h := newHouse(t)
	h.publish()
	talk := discuss.New(h.store, discuss.Options{})
	h.must(talk.SetSettings(t.Context(), standfirst.Command(), standfirst.PublicationScope, standfirst.Discussion{Mode: standfirst.ModeOpen}, ""))
	_, err := talk.Post(t.Context(), discuss.Posting{Story: h.story.ID, Name: "Ana", Email: "ana@readers.example", Text: "Words that are on no record.", Address: "192.0.2.1"})
	h.must(err)
	if _, page := h.fetch(h.story.Path()); !strings.Contains(page, "Words that are on no record.") {
		t.Error("the comment is not on the page")
	}
	h.step(true, "words")
	h.lie(func(_, body string) string {
		return strings.Replace(body, `<div class="body">`, `<section id="comments"><p>Words that are on no record.</p></section><div class="body">`, 1)
	})
	h.step(false, "Words that are on no record.")
}
