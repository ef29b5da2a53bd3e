package standfirst

import (
	"encoding/json"
	"time"
)

// JobKind names the handler of a job.
type JobKind string

const (
	// JobPublishScheduled publishes what is scheduled for a time; its payload is [ScheduledPublication].
	JobPublishScheduled JobKind = "story.publish"
	// JobEndPins takes stories from the top of pages whose time there is over; it has no
	// payload and enqueues its own successor.
	JobEndPins JobKind = "pin.end"
	// JobRenderPicture makes the renditions of a picture; its payload is [PictureRendering].
	JobRenderPicture JobKind = "picture.render"
	// JobRemovePicture removes the files of a picture that was deleted; its payload is
	// [PictureRemoval].
	JobRemovePicture JobKind = "picture.remove"
	// JobPruneTouched removes old rows of touched tags; it has no payload and
	// enqueues its own successor.
	JobPruneTouched JobKind = "touched.prune"
	// JobExpireClaims ends what was reported and never heard of again; it has no payload
	// and enqueues its own successor.
	JobExpireClaims JobKind = "claim.expire"
	// JobTouchEntity touches what names an entity that was renamed or merged, bit by bit; its
	// payload is [EntityTouching].
	JobTouchEntity JobKind = "entity.touch"
	// JobPruneSessions removes sessions, sign-in links and counted attempts that are over;
	// it has no payload and enqueues its own successor.
	JobPruneSessions JobKind = "session.prune"
	// JobPruneComments forgets the addresses of guests that were kept for as long as was
	// said; it has no payload and enqueues its own successor.
	JobPruneComments JobKind = "comment.prune"
	// JobSettleVoice brings a story in step with what became of a voice; its payload is
	// [VoiceSettling].
	JobSettleVoice JobKind = "voice.settle"
	// JobNoticeAnswers writes the mail about new answers to a comment; its payload is
	// [CommentWork].
	JobNoticeAnswers JobKind = "comment.answers"
	// JobTellWriter writes the mail about what was decided of a comment; its payload is
	// [CommentWork].
	JobTellWriter JobKind = "comment.tell"
	// JobTellAkismet tells Akismet where it was wrong about a comment; its payload is
	// [CommentWork].
	JobTellAkismet JobKind = "comment.akismet"
	// JobIndexSearch brings the index of the search in step with what readers see, some
	// things at a time; its payload is [SearchIndexing].
	JobIndexSearch JobKind = "search.index"
	// JobDrawCard draws the picture by which a story is shared; its payload is [CardDrawing].
	JobDrawCard JobKind = "card.draw"
	// JobRedrawCards asks for the cards of more stories than one transaction should ask for, a
	// few at a time; its payload is [CardRedrawing].
	JobRedrawCards JobKind = "card.redraw"
	// JobDeliverWebhook tells a webhook what happened to one subject, one event after the
	// other; its payload is [WebhookWork].
	JobDeliverWebhook JobKind = "webhook.deliver"
	// JobPruneDeliveries forgets deliveries that are old; it has no payload and enqueues its
	// own successor.
	JobPruneDeliveries JobKind = "webhook.prune"
	// JobTellHub tells the hub of WebSub which feeds have changed; its payload is [HubWork].
	JobTellHub JobKind = "websub.publish"
	// JobIndexNow tells search engines which addresses have changed; it has no payload.
	JobIndexNow JobKind = "indexnow.submit"
	// JobSendMail sends a mail; its payload is [Mail]. See [Mail.Job].
	JobSendMail JobKind = "mail.send"
)

// ScheduledPublication is the payload of [JobPublishScheduled].
type ScheduledPublication struct {
	At time.Time `json:"at"` // of what is to go out; microseconds, UTC
}

// PictureRendering is the payload of [JobRenderPicture].
type PictureRendering struct {
	Picture PictureID `json:"picture"`
}

// PictureRemoval is the payload of [JobRemovePicture].
type PictureRemoval struct {
	Digest string `json:"digest"` // as in [Picture]
}

// CardDrawing is the payload of [JobDrawCard].
type CardDrawing struct {
	Story StoryID `json:"story"`
}

// CardRedrawing is the payload of [JobRedrawCards]: the stories that cite figures of the deal,
// or for zero those that have a card, that come after the position.
type CardRedrawing struct {
	Deal  DealID   `json:"deal,omitempty"`
	After Position `json:"after,omitzero"`
}

// EntityTouching is the payload of [JobTouchEntity]: the claims of the entity that come after
// the one, and then the stories that come after the other.
type EntityTouching struct {
	Entity EntityID `json:"entity"`
	Claim  ClaimID  `json:"claim,omitempty"`
	Story  StoryID  `json:"story,omitempty"`
}

// CommentWork is the payload of jobs about one comment.
type CommentWork struct {
	Comment CommentID `json:"comment"`
}

// Job is a piece of work that is done after the transaction that asked for it:
// at least once, by one worker at a time, again after a failure with growing
// pauses until MaxAttempts. Handlers are idempotent.
type Job struct {
	ID      JobID
	Kind    JobKind
	Payload json.RawMessage
	// Key, when not empty, is unique among the jobs that are not done: enqueuing
	// the same key again moves the waiting job to the new time and payload.
	Key         string
	RunAt       time.Time
	Attempts    int
	MaxAttempts int // zero means [DefaultMaxAttempts]
	LastError   string
}

// DefaultMaxAttempts is how often a failing job is tried before it is set aside
// for somebody to look at.
const DefaultMaxAttempts = 12

// AuditEntry is one line of the trail of who changed what.
type AuditEntry struct {
	ID     AuditID // zero until it is stored
	At     time.Time
	Actor  Actor
	Action string // such as "story.publish"
	Object string // such as "story:12"
	Detail string // a short sentence for people; may be empty
}
