package standfirst

import (
	"strconv"
	"time"
)

// String returns the number in decimal.
func (id CommentID) String() string { return strconv.FormatInt(int64(id), 10) }

// String returns the number in decimal.
func (id ReaderID) String() string { return strconv.FormatInt(int64(id), 10) }

// String returns the number in decimal.
func (id ReportID) String() string { return strconv.FormatInt(int64(id), 10) }

// String returns the number in decimal.
func (id BanID) String() string { return strconv.FormatInt(int64(id), 10) }

// String returns the number in decimal.
func (id VoiceID) String() string { return strconv.FormatInt(int64(id), 10) }

// CommentState is where a comment stands.
type CommentState string

const (
	CommentHeld     CommentState = "held"     // waits for a moderator; only its writer sees it
	CommentApproved CommentState = "approved" // readers see it
	CommentRejected CommentState = "rejected" // a moderator did not let it through, or took it away
	CommentSpam     CommentState = "spam"     // the same, and the filter learnt from it
	CommentDeleted  CommentState = "deleted"  // its writer took it away
	CommentErased   CommentState = "erased"   // its words are gone for good
)

// Valid reports whether there is such a state.
func (s CommentState) Valid() bool {
	switch s {
	case CommentHeld, CommentApproved, CommentRejected, CommentSpam, CommentDeleted, CommentErased:
		return true
	}
	return false
}

// Limits of what a comment has, in bytes.
const (
	MaxCommentLength  = 10_000
	MaxCommentName    = 80
	MaxReportLength   = 4_000
	MaxReasonLength   = 1_000 // of what a moderator adds to a reason
	MaxCommentLevels  = 3     // as a thread is shown; deeper answers stand flat in the last
	MaxCommentAgent   = 200
	MaxDisclosureText = 300
)

// Comment is one comment under a story, or an answer to one.
type Comment struct {
	ID     CommentID
	Story  StoryID
	Parent CommentID // zero for one that answers the story itself

	// Root, Branch and ID, in this order, are its place in the thread. A comment without a
	// parent is its own root and has branch 0; an answer to it is its own branch; what
	// answers below belongs to that branch. Level is 1, 2 or 3 by it.
	Root, Branch CommentID
	Level        int
	ParentName   string // of whom it answers; empty for none, for a comment that readers do not see, and where it is not read

	Reader ReaderID // who wrote it; zero for staff, and for a guest whose address was not theirs
	Staff  UserID   // zero for readers
	Name   string   // as it is shown

	Text string // as it was typed
	HTML string // rendered once, when it was taken

	State  CommentState
	Rule   Rule   // why it was held; empty if it was not
	Detail string // what the rule found: a word, a number; for moderators
	Reason Reason // why it was taken away; empty if it was not
	Note   string // what a moderator added to the reason, for its writer

	Shown   bool // it has a place in the thread: as itself, or as a stub
	Replies int  // how many answers to it are shown
	Notify  bool // its writer wants a mail for each answer

	Score       int    // of the spam filter, in thousandths
	Address     string // from which it came; kept as long as the writer's e-mail address
	Agent       string
	Fingerprint string // same story, parent, writer and text; forgotten after a while
	Words       string // digest of its words alone, for repeats; forgotten after a while

	CreatedAt time.Time
	EditedAt  time.Time // by its writer; zero for never
	ChangedAt time.Time // when readers last saw something new of it; zero for never
	DecidedAt time.Time // by a moderator; zero for never
	QueuedAt  time.Time // since when it waits in the queue; zero if it does not
	Escalated bool      // an editor is to look at it
	ClaimedBy UserID    // the moderator who looks at it
	ClaimedAt time.Time
}

// Path returns the address at which the comment can always be found.
func (c Comment) Path() string { return CommentPath(c.ID) }

// CommentPath returns the address at which the comment can always be found.
func CommentPath(id CommentID) string { return "/comment/" + id.String() }

// Position returns the place of the comment in its thread.
func (c Comment) Position() CommentPosition { return CommentPosition{c.Root, c.Branch, c.ID} }

// CommentPosition is a place in a thread. The zero value is before the first.
type CommentPosition struct{ Root, Branch, ID CommentID }

// CommentOrder is the order in which a thread is read. Answers always stand below what
// they answer, the oldest first.
type CommentOrder string

const (
	OldestFirst CommentOrder = "oldest"
	NewestFirst CommentOrder = "newest"
)

// Rule is why a comment was held.
type Rule string

const (
	RuleFirst      Rule = "first"     // nobody approved a comment of this writer yet
	RuleElsewhere  Rule = "elsewhere" // a guest whose approved comments came from other networks
	RuleEverything Rule = "all"       // everything is held here
	RuleHours      Rule = "hours"     // it came outside the hours at which somebody moderates
	RuleWord       Rule = "word"      // it has a word of the list
	RuleLinks      Rule = "links"     // it has too many links
	RuleRepeat     Rule = "repeat"    // the same words were posted before
	RuleFast       Rule = "fast"      // it came faster than anybody types
	RuleMany       Rule = "many"      // the writer posts too much
	RulePromotion  Rule = "share"     // it urges to buy or sell a share
	RuleScore      Rule = "score"     // the filter takes it for spam
	RuleAkismet    Rule = "akismet"   // a service outside takes it for spam
	RuleBanned     Rule = "banned"    // the writer, address or network is banned for now
	RuleOffender   Rule = "offender"  // comments of this writer were taken away repeatedly
	RuleUnproven   Rule = "unproven"  // the e-mail address is that of a reader who signs in
	RuleTrap       Rule = "trap"      // a field that people do not see was filled in
	RuleReported   Rule = "reported"  // somebody reported it
	RuleObjection  Rule = "objection"
	RuleEdited     Rule = "edited" // its writer changed what a moderator had approved
)

// Reason is why a comment was taken away or not let through. Its writer is told.
type Reason string

const (
	ReasonOffTopic   Reason = "off-topic"
	ReasonAbuse      Reason = "abuse"
	ReasonHate       Reason = "hate"
	ReasonPromotion  Reason = "promotion"
	ReasonInterest   Reason = "interest" // an interest was not disclosed
	ReasonFalse      Reason = "false"
	ReasonPersonal   Reason = "personal" // personal data of somebody
	ReasonUnlawful   Reason = "unlawful"
	ReasonDuplicate  Reason = "duplicate"
	ReasonSpam       Reason = "spam"
	ReasonOther      Reason = "other"
	ReasonHouseRules Reason = "rules"
)

// Reasons are the reasons that a moderator chooses from.
var Reasons = []Reason{
	ReasonOffTopic, ReasonAbuse, ReasonHate, ReasonPromotion, ReasonInterest, ReasonFalse, ReasonPersonal,
	ReasonUnlawful, ReasonDuplicate, ReasonHouseRules, ReasonOther,
}

// Valid reports whether there is such a reason.
func (r Reason) Valid() bool {
	if r == ReasonSpam {
		return true
	}
	for _, known := range Reasons {
		if r == known {
			return true
		}
	}
	return false
}

// CommentDecision is what was decided about a comment, with what undoes it.
type CommentDecision struct {
	ID      DecisionID
	Batch   string // decisions that were taken at once have the same
	Comment CommentID
	At      time.Time
	Staff   UserID // zero for the command and the system
	Actor   string // as Actor.String

	Was       CommentState
	WasRule   Rule
	WasReason Reason
	WasNote   string
	// WasQueuedAt is since when it waited; zero if it did not.
	WasQueuedAt time.Time

	Became CommentState
	Reason Reason
	Note   string

	UndoneAt time.Time // zero if it stands
}

// Commenter is a reader as the talk knows them: by an address that is never shown.
type Commenter struct {
	ID          ReaderID
	Email       string // empty once it was kept for as long as was said
	Name        string // as they signed last
	CreatedAt   time.Time
	SeenAt      time.Time
	ConfirmedAt time.Time // when the address was proved to be theirs; zero for a guest
	Approved    int       // how many of their comments were approved
	Rejected    int       // how many were taken away or not let through
}

// Trusted reports whether comments of the writer were approved and hardly any taken away.
func (c Commenter) Trusted() bool { return c.Approved > 0 && c.Rejected*4 <= c.Approved }

// Offender reports whether comments of the writer were taken away again and again.
func (c Commenter) Offender() bool { return c.Rejected >= 3 && c.Rejected*2 > c.Approved }

// ReportKind says who reports.
type ReportKind string

const (
	ReportReader    ReportKind = "reader"    // somebody who read it
	ReportLegal     ReportKind = "legal"     // somebody who says that it is against the law
	ReportObjection ReportKind = "objection" // its writer, who does not agree with a decision
)

// String returns the number in decimal.
func (id DecisionID) String() string { return strconv.FormatInt(int64(id), 10) }

// Report is what somebody says against a comment, or against what was decided of it.
type Report struct {
	ID      ReportID
	Comment CommentID
	Kind    ReportKind
	Reason  Reason // empty for an objection
	Text    string
	Name    string // needed for a legal complaint
	Email   string // where to answer; needed for a legal complaint
	Address string

	Evidence string // the comment as it stood, as HTML

	CreatedAt  time.Time
	DueAt      time.Time // until when it must be answered; zero for no such time
	ResolvedAt time.Time // zero while it is open
	ResolvedBy string
	Outcome    string // what was answered
}

// BanKind says what is banned.
type BanKind string

const (
	BanEmail   BanKind = "email"
	BanName    BanKind = "name"
	BanAddress BanKind = "address"
	BanNetwork BanKind = "network"
)

// Ban keeps the comments of somebody from appearing by themselves, for a time.
type Ban struct {
	ID        BanID
	Kind      BanKind
	Value     string
	Reason    string
	CreatedAt time.Time
	CreatedBy string
	ExpiresAt time.Time
}

// SpamCounts says in how many comments of each kind a feature was seen.
type SpamCounts struct{ Spam, Ham int }
