package storetest

import (
	"slices"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

func testWebhooks(t *testing.T, s *store.Store) {
	hook := standfirst.Webhook{Address: "https://told.example", Events: standfirst.WebhookEvents(), Secret: "whsec_a", CreatedAt: noon, CreatedBy: "staff:1"}
	var story, comment standfirst.Delivery
	update(t, s, func(tx *store.Tx) (err error) {
		if hook.ID, err = tx.InsertWebhook(hook); err != nil {
			return err
		}
		for i, d := range []*standfirst.Delivery{&story, &comment} {
			*d = standfirst.Delivery{
				Webhook: hook.ID, Message: "msg_1", Event: standfirst.StoryPublishedEvent, Subject: []string{"story:1", "comment:1"}[i],
				Data: []byte(`{"id":1}`), CreatedAt: noon, State: standfirst.DeliveryWaiting,
			}
			if d.ID, err = tx.InsertDelivery(*d); err != nil {
				return err
			}
		}
		return nil
	})
	hook.Secret, hook.FormerSecret, hook.FormerUntil = "whsec_b", "whsec_a", noon.Add(time.Hour)
	hook.Paused, hook.PausedAt = standfirst.PausedByHand, noon.Add(time.Minute)
	update(t, s, func(tx *store.Tx) error {
		if err := tx.SetWebhookSecret(hook); err != nil {
			return err
		}
		return tx.SetWebhookPaused(hook.ID, hook.Paused, hook.PausedAt)
	})
	wantSame(t, []standfirst.Webhook{hook}, read(t, s, (*store.ReadTx).Webhooks), nil)
	wantSame(t, hook, read(t, s, func(tx *store.ReadTx) (standfirst.Webhook, error) { return tx.Webhook(hook.ID) }), nil)

	story.State, story.Attempts, story.TriedAt, story.NextAt = standfirst.DeliverySetAside, 2, noon.Add(time.Second), noon.Add(time.Hour)
	story.Status, story.Took, story.Answer = 500, 1500*time.Microsecond, "out of order"
	update(t, s, func(tx *store.Tx) error { return tx.SetDelivery(story) })
	wantSame(t, story, read(t, s, func(tx *store.ReadTx) (standfirst.Delivery, error) { return tx.Delivery(story.ID) }), nil)
	wantSame(t, []standfirst.Delivery{comment, story}, read(t, s, func(tx *store.ReadTx) ([]standfirst.Delivery, error) { return tx.Deliveries(hook.ID, 0, 5) }), nil)
	wantSame(t, []standfirst.Delivery{story}, read(t, s, func(tx *store.ReadTx) ([]standfirst.Delivery, error) { return tx.Deliveries(hook.ID, comment.ID, 5) }), nil)
	wantSame(t, []string{"comment:1"}, read(t, s, func(tx *store.ReadTx) ([]string, error) { return tx.WaitingSubjects(hook.ID) }), nil)
	for subject, waits := range map[string]bool{"story:1": false, "comment:1": true, "story:2": false} {
		view(t, s, func(tx *store.ReadTx) error {
			if _, ok, err := tx.NextDelivery(hook.ID, subject); ok != waits || err != nil {
				t.Errorf("%s waits: %v, %v", subject, ok, err)
			}
			return nil
		})
	}
	update(t, s, func(tx *store.Tx) error { return tx.PruneDeliveries(noon.Add(time.Second)) })
	wantKind(t, s.View(t.Context(), func(tx *store.ReadTx) error { _, err := tx.Delivery(story.ID); return err }), standfirst.NotFound)
	view(t, s, func(tx *store.ReadTx) error { _, err := tx.Delivery(comment.ID); return err })
	update(t, s, func(tx *store.Tx) error {
		if _, err := tx.InsertDelivery(comment); err != nil {
			return err
		}
		return tx.DeleteWebhook(hook.ID)
	})
	wantKind(t, s.View(t.Context(), func(tx *store.ReadTx) error { _, err := tx.Webhook(hook.ID); return err }), standfirst.NotFound)
}

func testIndexNow(t *testing.T, s *store.Store) {
	paths := func() (all []string) {
		for _, c := range read(t, s, func(tx *store.ReadTx) ([]store.ChangedPath, error) { return tx.IndexNow(10) }) {
			all = append(all, c.Path)
		}
		return all
	}
	put := func(path string) { update(t, s, func(tx *store.Tx) error { return tx.PutIndexNow(path) }) }
	put("/b")
	put("/a")
	put("/b")
	told := read(t, s, func(tx *store.ReadTx) ([]store.ChangedPath, error) { return tx.IndexNow(10) })
	if all := paths(); !slices.Equal(all, []string{"/a", "/b"}) {
		t.Errorf("changed: %q", all)
	}
	told[1].At = told[1].At.Add(-time.Second) // it has changed since
	update(t, s, func(tx *store.Tx) error { return tx.DeleteIndexNow(told) })
	if all := paths(); !slices.Equal(all, []string{"/b"}) {
		t.Errorf("left: %q", all)
	}
	update(t, s, (*store.Tx).ClearIndexNow)
	if all := paths(); len(all) != 0 {
		t.Errorf("left after all: %q", all)
	}
}

func testHeldAndRecorded(t *testing.T, s *store.Store) {
	var changes []store.Changes
	s.BeforeCommit("held", func(_ *store.Tx, c store.Changes) error { changes = append(changes, c); return nil })
	story := talkedStory(t, s)
	held := comment(t, s, standfirst.Comment{Story: story, Name: "Ana", Text: "Who says so?", State: standfirst.CommentHeld, QueuedAt: noon}, standfirst.Comment{})
	comment(t, s, standfirst.Comment{Story: story, Name: "Ben", Text: "We do."}, standfirst.Comment{})
	update(t, s, func(tx *store.Tx) error {
		tx.Recorded(store.Recorded{Kind: "revision", Story: story, Number: 1})
		return nil
	})
	var all []standfirst.CommentID
	recorded := 0
	for _, c := range changes {
		all, recorded = append(all, c.Held...), recorded+len(c.Recorded)
	}
	if !slices.Equal(all, []standfirst.CommentID{held.ID}) || recorded != 1 {
		t.Errorf("held: %v; recorded: %d", all, recorded)
	}
}
