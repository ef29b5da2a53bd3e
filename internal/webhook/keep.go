package webhook

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"slices"

	"standfirst"
	"standfirst/internal/store"
)

// keeping is the key under which the store knows what is told.
type keeping struct{}

// Keep sees to it that every transaction of the store notes what others are to be told of
// what it changed. Asking again does nothing.
func Keep(st *store.Store) { st.BeforeCommit(keeping{}, note) }

// The kinds of entries of the record, as internal/record names them.
const (
	revisionKind    = "revision"
	claimKind       = "claim"
	noticeKind      = "notice"
	unpublishedKind = "unpublished"
	retractedKind   = "retracted"
	takedownKind    = "takedown"
)

// told are the kinds of which anybody is told.
var told = []string{revisionKind, claimKind, noticeKind, unpublishedKind, retractedKind, takedownKind}

// note writes what is to be told.
func note(tx *store.Tx, c store.Changes) error {
	public := slices.ContainsFunc(c.Recorded, func(r store.Recorded) bool { return slices.Contains(told, r.Kind) })
	if !public && len(c.Held) == 0 {
		return nil
	}
	hooks, err := tx.Webhooks()
	if err != nil {
		return err
	}
	if slices.ContainsFunc(hooks, standfirst.Webhook.Active) {
		if err := noteEvents(tx, hooks, c); err != nil {
			return fmt.Errorf("webhook: note events: %w", err)
		}
	}
	if !public {
		return nil
	}
	pub, err := tx.Publication()
	switch {
	case standfirst.KindOf(err) == standfirst.NotFound:
		return nil
	case err != nil:
		return err
	}
	if pub.Hub != "" {
		if err := noteFeeds(tx, c.Tags); err != nil {
			return fmt.Errorf("webhook: note feeds: %w", err)
		}
	}
	if pub.IndexNowKey != "" {
		if err := noteAddresses(tx, c.Recorded); err != nil {
			return fmt.Errorf("webhook: note addresses: %w", err)
		}
	}
	return nil
}

// event is something that happened, as webhooks are told of it.
type event struct {
	kind    standfirst.WebhookEvent
	subject standfirst.Tag
	data    data
}

// same reports whether both are one event.
func (e event) same(o event) bool {
	return e.kind == o.kind && e.subject == o.subject
}

// data is what an event says. Fields that are empty are left out; addresses are paths until
// they are sent.
type data struct {
	ID      int64                  `json:"id"`
	Address string                 `json:"address,omitempty"`
	Kind    standfirst.StoryKind   `json:"kind,omitempty"`
	Version int                    `json:"version,omitempty"`
	Change  standfirst.ChangeClass `json:"change,omitempty"`
	Stage   standfirst.DealStage   `json:"stage,omitempty"`
	Claim   standfirst.ClaimID     `json:"claim,omitempty"`
	Story   standfirst.StoryID     `json:"story,omitempty"`
	Stories []standfirst.StoryID   `json:"stories,omitempty"`
}

// noteEvents writes a delivery for each event and each webhook that wants it.
func noteEvents(tx *store.Tx, hooks []standfirst.Webhook, c store.Changes) error {
	var events []event
	for _, r := range c.Recorded {
		found, err := recorded(&tx.ReadTx, r)
		if err != nil {
			return err
		}
		for _, e := range found {
			if r.Kind == takedownKind && slices.ContainsFunc(events, e.same) { // of each of its versions
				continue
			}
			events = append(events, e)
		}
	}
	if slices.ContainsFunc(hooks, func(h standfirst.Webhook) bool { return h.Wants(standfirst.CommentHeldEvent) }) {
		comments, err := tx.Comments(c.Held)
		if err != nil {
			return err
		}
		for _, comment := range comments {
			if comment.State != standfirst.CommentHeld {
				continue
			}
			events = append(events, event{
				standfirst.CommentHeldEvent, standfirst.Tag("comment:" + comment.ID.String()),
				data{ID: int64(comment.ID), Address: "/desk/talk/comment/" + comment.ID.String(), Story: comment.Story},
			})
		}
	}
	for _, e := range events {
		for _, h := range hooks {
			if h.Wants(e.kind) {
				if err := enqueueEvent(tx, h.ID, e); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// recorded returns the events of an entry of the record: those of what readers see as the
// transaction ends.
func recorded(tx *store.ReadTx, r store.Recorded) ([]event, error) {
	switch r.Kind {
	case revisionKind, unpublishedKind, retractedKind, takedownKind:
		if r.Story == 0 { // of a figure or a notice
			return nil, nil
		}
		return storyEvents(tx, r)
	case claimKind:
		return claimEvents(tx, r.Claim, r.Number)
	case noticeKind:
		return noticeEvents(tx, r)
	}
	return nil, nil
}

// storyEvents tells what became of a story. One of which something was erased, and that readers
// still see, was updated: whoever keeps its text must read it again.
func storyEvents(tx *store.ReadTx, r store.Recorded) ([]event, error) {
	story, err := tx.Story(r.Story)
	if err != nil {
		return nil, err
	}
	e := event{subject: standfirst.StoryTag(story.ID), data: data{ID: int64(story.ID), Address: story.Path(), Kind: story.Kind, Version: r.Number, Change: r.Class}}
	switch {
	case r.Kind == unpublishedKind:
		e.kind = standfirst.StoryUnpublishedEvent
	case r.Kind == retractedKind:
		e.kind = standfirst.StoryRetractedEvent
	case story.State != standfirst.Published: // taken away again in the same transaction
		return nil, nil
	case r.Kind == takedownKind:
		e.kind, e.data.Version = standfirst.StoryUpdatedEvent, story.PublishedNumber
	default:
		back, err := wasAway(tx, story.ID)
		if err != nil {
			return nil, err
		}
		if e.kind = standfirst.StoryUpdatedEvent; back {
			e.kind = standfirst.StoryPublishedEvent
		}
	}
	return []event{e}, nil
}

// wasAway reports whether readers saw nothing of the story before the transaction: the last
// entry about it, if there is one, says that it was taken away. What was erased of it since
// did not bring it back.
func wasAway(tx *store.ReadTx, id standfirst.StoryID) (bool, error) {
	position, err := tx.LastRecordEntryBut(string(standfirst.StoryTag(id)), takedownKind)
	if err != nil || position < 0 {
		return err == nil, err
	}
	last, err := tx.RecordEntry(position)
	return last.Kind == unpublishedKind, err
}

func claimEvents(tx *store.ReadTx, id standfirst.ClaimID, number int) ([]event, error) {
	versions, err := tx.Versions(id, store.ForReaders)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(versions, func(v standfirst.ClaimVersion) bool { return v.Number == number && !v.Erased })
	if i < 0 {
		return nil, nil
	}
	c, err := tx.Claim(id)
	if err != nil {
		return nil, err
	}
	events := []event{{
		standfirst.ClaimChangedEvent, standfirst.ClaimTag(c.ID),
		data{ID: int64(c.ID), Address: c.Path(), Version: number, Change: versions[i].Class},
	}}
	if c.Property != standfirst.Stage || c.Subject.Deal == 0 || c.Dimensions.Party != 0 {
		return events, nil
	}
	deal, err := tx.Deal(c.Subject.Deal)
	if err != nil || deal.ReleasedAt.IsZero() {
		return events, err
	}
	return append(events, event{
		standfirst.StageChangedEvent, standfirst.DealTag(deal.ID),
		data{ID: int64(deal.ID), Address: deal.Path(), Version: number, Stage: versions[i].Value.Stage, Claim: c.ID},
	}), nil
}

// noticeEvents returns the events of a notice, which is of the first story that shows it in
// what comes after what. A figure that is withdrawn has no other entry.
func noticeEvents(tx *store.ReadTx, r store.Recorded) ([]event, error) {
	n, err := tx.Notice(r.Notice)
	if err != nil || n.Erased {
		return nil, err
	}
	e := event{
		standfirst.NoticePublishedEvent, standfirst.Tag("notice:" + n.ID.String()),
		data{ID: int64(n.ID), Address: "/corrections#" + n.ID.String(), Change: n.Class, Claim: n.Claim, Stories: n.Stories},
	}
	if len(n.Stories) > 0 {
		e.subject = standfirst.StoryTag(n.Stories[0])
	}
	if n.Claim == 0 || n.Class != standfirst.Retraction {
		return []event{e}, nil
	}
	v, err := tx.Version(n.Version, store.ForReaders)
	switch {
	case standfirst.KindOf(err) == standfirst.NotFound:
		return []event{e}, nil
	case err != nil:
		return nil, err
	}
	return []event{e, {
		standfirst.ClaimChangedEvent, standfirst.ClaimTag(n.Claim),
		data{ID: int64(n.Claim), Address: standfirst.ClaimPath(n.Claim), Version: v.Number, Change: n.Class},
	}}, nil
}

// enqueueEvent lets the webhook be told of the event.
func enqueueEvent(tx *store.Tx, hook standfirst.WebhookID, e event) error {
	body, err := json.Marshal(e.data)
	if err != nil {
		return err
	}
	return enqueueDelivery(tx, standfirst.Delivery{Webhook: hook, Message: "msg_" + rand.Text(), Event: e.kind, Subject: string(e.subject), Data: body})
}

// enqueueDelivery stores the delivery, and the job that sends what waits of its subject. One
// that waits to try again goes on waiting.
func enqueueDelivery(tx *store.Tx, d standfirst.Delivery) error {
	if _, err := tx.InsertDelivery(d); err != nil {
		return err
	}
	return enqueueSubject(tx, d.Webhook, d.Subject)
}

func enqueueSubject(tx *store.Tx, hook standfirst.WebhookID, subject string) error {
	job, err := subjectJob(hook, subject)
	if err != nil {
		return err
	}
	return tx.EnqueueUnlessWaiting(job, 0)
}

// subjectJob returns the job that sends what waits to be delivered to the webhook about the
// subject. There is one of each.
func subjectJob(hook standfirst.WebhookID, subject string) (standfirst.Job, error) {
	payload, err := json.Marshal(standfirst.WebhookWork{Webhook: hook, Subject: subject})
	return standfirst.Job{
		Kind: standfirst.JobDeliverWebhook, Key: fmt.Sprintf("%s:%d:%s", standfirst.JobDeliverWebhook, hook, subject), Payload: payload,
	}, err
}
