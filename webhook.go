package standfirst

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"time"
)

// WebhookEvent names something that other programs are told of.
type WebhookEvent string

// What other programs are told of: what readers see, and comments that wait for a moderator.
const (
	StoryPublishedEvent   WebhookEvent = "story.published"
	StoryUpdatedEvent     WebhookEvent = "story.updated"
	StoryUnpublishedEvent WebhookEvent = "story.unpublished"
	StoryRetractedEvent   WebhookEvent = "story.retracted"
	NoticePublishedEvent  WebhookEvent = "notice.published"
	ClaimChangedEvent     WebhookEvent = "claim.changed"
	StageChangedEvent     WebhookEvent = "deal.stage_changed"
	CommentHeldEvent      WebhookEvent = "comment.held"

	// WebhookTestEvent is what an administrator sends to see whether it arrives. Nobody
	// chooses it.
	WebhookTestEvent WebhookEvent = "webhook.test"
)

// WebhookEvents returns the events that can be chosen.
func WebhookEvents() []WebhookEvent {
	return []WebhookEvent{
		StoryPublishedEvent, StoryUpdatedEvent, StoryUnpublishedEvent, StoryRetractedEvent,
		NoticePublishedEvent, ClaimChangedEvent, StageChangedEvent, CommentHeldEvent,
	}
}

// Webhook is a program elsewhere that is told of events at its address.
type Webhook struct {
	ID      WebhookID
	Address string
	Events  []WebhookEvent
	// Secret signs what is sent. Until FormerUntil, FormerSecret signs beside it, so that
	// nothing is lost while the receiver takes up a new one.
	Secret       string
	FormerSecret string
	FormerUntil  time.Time
	// Paused says why nothing is sent to it; empty while it is.
	Paused    WebhookPause
	PausedAt  time.Time
	CreatedAt time.Time
	CreatedBy string // the actor, as [Actor.String]
}

// Active reports whether the webhook is told of events.
func (w Webhook) Active() bool { return w.Paused == "" }

// Wants reports whether the webhook is to be told of such an event.
func (w Webhook) Wants(e WebhookEvent) bool { return w.Active() && slices.Contains(w.Events, e) }

// WebhookPause is why a webhook is not told of anything.
type WebhookPause string

const (
	PausedByHand   WebhookPause = "hand"    // an administrator's doing
	PausedFailing  WebhookPause = "failing" // something could not be delivered in about three days
	PausedGone     WebhookPause = "gone"    // the receiver answered that it is gone for good
	maxWebhookAddr              = 500
)

// Validate returns an Invalid error that names the first field that cannot stand.
func (w Webhook) Validate() error {
	u, err := url.Parse(w.Address)
	switch {
	case err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || strings.ContainsAny(w.Address, " \r\n\t"):
		return Errorf(Invalid, "%q is no address that can be told; it begins with https://, and holds no user or password", w.Address)
	case len(w.Address) > maxWebhookAddr:
		return Errorf(Invalid, "the address has %d characters; %d are the most", len(w.Address), maxWebhookAddr)
	case len(w.Events) == 0:
		return Errorf(Invalid, "choose at least one event")
	}
	for _, e := range w.Events {
		if !slices.Contains(WebhookEvents(), e) {
			return Errorf(Invalid, "there is no event %q", e)
		}
	}
	return nil
}

// Delivery is one event on its way to one webhook, or what became of it.
type Delivery struct {
	ID      DeliveryID
	Webhook WebhookID
	// Message is the identifier that the receiver sees: the same each time this is sent.
	Message string
	Event   WebhookEvent
	// Subject is what it is about, such as "story:12": of one subject, one is sent after the
	// other.
	Subject   string
	Data      json.RawMessage // addresses in it begin with a slash
	CreatedAt time.Time
	State     DeliveryState

	// Of the last attempt.
	Attempts int
	TriedAt  time.Time
	NextAt   time.Time // when it is tried again; zero if it was not tried or is not again
	Status   int       // zero if there was no answer
	Took     time.Duration
	Answer   string // its first bytes, or why there was none
}

// DeliveryState is where a delivery stands.
type DeliveryState string

const (
	DeliveryWaiting  DeliveryState = "waiting"
	DeliveryDone     DeliveryState = "done"
	DeliverySetAside DeliveryState = "set-aside" // given up
)

// WebhookWork is the payload of [JobDeliverWebhook].
type WebhookWork struct {
	Webhook WebhookID `json:"webhook"`
	Subject string    `json:"subject"`
}

// HubWork is the payload of [JobTellHub].
type HubWork struct {
	Tag Tag `json:"tag"` // of the list whose feeds have changed
}
