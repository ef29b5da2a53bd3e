package standfirst

import "strconv"

// The identifiers of stored things are positive numbers that the store gives
// out, each of a type of its own so that one cannot be passed for another. The
// zero value of each means "none yet".
type (
	StoryID    int64
	RevisionID int64
	AuthorID   int64
	SectionID  int64
	TopicID    int64
	PictureID  int64
	JobID      int64
	UserID     int64
	SessionID  int64
	PasskeyID  int64
	TokenID    int64
	AuditID    int64

	EntityID       int64
	DealID         int64
	ClaimID        int64
	ClaimVersionID int64
	ResponseID     int64
	NoticeID       int64
	EventID        int64

	CommentID  int64
	ReaderID   int64
	ReportID   int64
	BanID      int64
	VoiceID    int64
	DecisionID int64

	NoteID    int64
	PreviewID int64

	WebhookID  int64
	DeliveryID int64
)

// String returns the number in decimal.
func (id StoryID) String() string { return strconv.FormatInt(int64(id), 10) }

// String returns the number in decimal.
func (id RevisionID) String() string { return strconv.FormatInt(int64(id), 10) }

// String returns the number in decimal.
func (id AuthorID) String() string { return strconv.FormatInt(int64(id), 10) }

// String returns the number in decimal.
func (id SectionID) String() string { return strconv.FormatInt(int64(id), 10) }

// String returns the number in decimal.
func (id TopicID) String() string { return strconv.FormatInt(int64(id), 10) }

// String returns the number in decimal.
func (id PictureID) String() string { return strconv.FormatInt(int64(id), 10) }

// String returns the number in decimal.
func (id JobID) String() string { return strconv.FormatInt(int64(id), 10) }

// String returns the number in decimal.
func (id UserID) String() string { return strconv.FormatInt(int64(id), 10) }

// String returns the number in decimal.
func (id EntityID) String() string { return strconv.FormatInt(int64(id), 10) }

// String returns the number in decimal.
func (id DealID) String() string { return strconv.FormatInt(int64(id), 10) }

// String returns the number in decimal.
func (id ClaimID) String() string { return strconv.FormatInt(int64(id), 10) }

// String returns the number in decimal.
func (id ClaimVersionID) String() string { return strconv.FormatInt(int64(id), 10) }

// String returns the number in decimal.
func (id ResponseID) String() string { return strconv.FormatInt(int64(id), 10) }

// String returns the number in decimal.
func (id NoticeID) String() string { return strconv.FormatInt(int64(id), 10) }

// String returns the number in decimal.
func (id EventID) String() string { return strconv.FormatInt(int64(id), 10) }

// String returns the number in decimal.
func (id NoteID) String() string { return strconv.FormatInt(int64(id), 10) }

// String returns the number in decimal.
func (id PreviewID) String() string { return strconv.FormatInt(int64(id), 10) }

// String returns the number in decimal.
func (id WebhookID) String() string { return strconv.FormatInt(int64(id), 10) }

// String returns the number in decimal.
func (id DeliveryID) String() string { return strconv.FormatInt(int64(id), 10) }
