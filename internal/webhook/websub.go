package webhook

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// gatherPause is how long changes are gathered before others are told of them together.
const gatherPause = 2 * time.Second

// feedEnds are the ends of the addresses of feeds, below those of the pages that list the
// same.
var feedEnds = [...]string{"/feed.atom", "/feed.rss", "/feed.json"}

// hasFeeds reports whether something that carries the tag has feeds that name the hub.
func hasFeeds(tag standfirst.Tag) bool {
	switch tag {
	case standfirst.FrontTag, standfirst.CorrectionsTag:
		return true
	}
	noun, _, ok := tag.Of()
	return ok && slices.Contains([]string{"section", "topic", "author", "deal", "entity"}, noun)
}

// noteFeeds lets the hub be told of the feeds of what the tags name.
func noteFeeds(tx *store.Tx, tags []standfirst.Tag) error {
	for _, tag := range tags {
		if !hasFeeds(tag) {
			continue
		}
		payload, err := json.Marshal(standfirst.HubWork{Tag: tag})
		if err != nil {
			return err
		}
		job := standfirst.Job{Kind: standfirst.JobTellHub, Key: string(standfirst.JobTellHub) + ":" + string(tag), Payload: payload}
		if err := tx.EnqueueUnlessWaiting(job, gatherPause); err != nil {
			return err
		}
	}
	return nil
}

// HubJob tells the hub that the feeds of one list have changed. It is the handler of
// [standfirst.JobTellHub].
func (w *Webhooks) HubJob(ctx context.Context, job standfirst.Job) error {
	var work standfirst.HubWork
	if err := json.Unmarshal(job.Payload, &work); err != nil {
		return fmt.Errorf("webhook: read job %d: %w", job.ID, err)
	}
	var pub standfirst.Publication
	var home string
	listed := false
	err := w.view(ctx, "find the feeds of "+string(work.Tag), func(tx *store.ReadTx) (err error) {
		if pub, err = tx.Publication(); err != nil {
			return err
		}
		home, listed, err = listPath(tx, work.Tag)
		return err
	})
	base := w.base(pub)
	if err != nil || !listed || pub.Hub == "" || base == "" {
		return err
	}
	for _, end := range feedEnds {
		topic := base + strings.TrimSuffix(home, "/") + end
		answer, err := w.client.Load().PostForm(ctx, pub.Hub, url.Values{"hub.mode": {"publish"}, "hub.url": {topic}})
		switch {
		case err != nil:
			return fmt.Errorf("webhook: tell the hub of %s: %w", topic, err)
		case !answer.OK():
			return fmt.Errorf("webhook: tell the hub of %s: it answers %d: %s", topic, answer.Status, clip(string(answer.Body)))
		}
	}
	return nil
}

// listPath returns the address of the page that lists what the tag names. It reports false if
// readers have none.
func listPath(tx *store.ReadTx, tag standfirst.Tag) (path string, ok bool, err error) {
	switch tag {
	case standfirst.FrontTag:
		return "/", true, nil
	case standfirst.CorrectionsTag:
		return "/corrections", true, nil
	}
	noun, id, ok := tag.Of()
	if !ok {
		return "", false, nil
	}
	switch noun {
	case "section":
		var s standfirst.Section
		s, err = tx.Section(standfirst.SectionID(id))
		path = standfirst.SectionPath(s.Slug)
	case "topic":
		var t standfirst.Topic
		t, err = tx.Topic(standfirst.TopicID(id))
		path = standfirst.TopicPath(t.Slug)
	case "author":
		var a standfirst.Author
		a, err = tx.Author(standfirst.AuthorID(id))
		path = standfirst.AuthorPath(a.Slug)
	case "deal":
		var d standfirst.Deal
		d, err = tx.Deal(standfirst.DealID(id))
		path, ok = d.Path(), !d.ReleasedAt.IsZero()
	case "entity":
		var e standfirst.Entity
		e, err = tx.Entity(standfirst.EntityID(id))
		path, ok = e.Path(), e.HasPage()
	default:
		return "", false, nil
	}
	if standfirst.KindOf(err) == standfirst.NotFound { // deleted meanwhile
		return "", false, nil
	}
	return path, ok, err
}
