package standfirst

import "time"

// ReviewStage is where the review of a text stands.
type ReviewStage string

const (
	ReviewAsked  ReviewStage = "asked"         // waits for an editor
	ChangesAsked ReviewStage = "changes asked" // went back to be written, with a reason
	Approved     ReviewStage = "approved"      // may go out as it stands
)

// Deed says who did something and when. The zero Deed says that nobody has.
type Deed struct {
	By   string // the actor, as [Actor.String]
	Name string // what they were called then; may be empty
	At   time.Time
}

// DeedOf returns that the actor did something at the time.
func DeedOf(a Actor, at time.Time) Deed { return Deed{By: a.String(), Name: a.Name, At: at} }

// Done reports whether somebody has done it.
func (d Deed) Done() bool { return !d.At.IsZero() }

// Review is how a story was handed to an editor, and what came of it. A story that
// readers see already keeps its state meanwhile: what is looked at is its working copy,
// which goes out as an update. A story has one review at most, which ends when its text
// is published.
type Review struct {
	Story    StoryID
	Stage    ReviewStage
	Assignee UserID // who is to look at it; zero for any editor
	// AssigneeName is what the assignee is called; it is read, not stored.
	AssigneeName string
	Note         string // of who asked, for the editor; may be empty
	Asked        Deed   // changes go back to this one
	// Decided is who asked for changes or approved, Reason is why, and Version is that of
	// the working copy which they saw. An approval ends when the text is saved again.
	Decided Deed
	Reason  string
	Version int
}

// Embargo is a time before which nobody may publish the working copy of a story. An
// editor can lift it.
type Embargo struct {
	Story StoryID
	Until time.Time
	Note  string // whose it is, and what was agreed; may be empty
	Set   Deed
}

// EditLock says who has a story open for writing. It refuses nobody: it is there so that
// two people notice each other before their saves meet.
type EditLock struct {
	Story     StoryID
	Holder    string // the actor, as [Actor.String]; empty if nobody has it
	Name      string
	Since     time.Time
	RenewedAt time.Time
}

// EditLockLifetime is how long a lock lasts that is not renewed.
const EditLockLifetime = 90 * time.Second

// HeldBy reports whether the lock is the actor's own.
func (l EditLock) HeldBy(a Actor) bool { return l.Holder != "" && l.Holder == a.String() }

// Held reports whether somebody has the lock at the time.
func (l EditLock) Held(at time.Time) bool {
	return l.Holder != "" && at.Before(l.RenewedAt.Add(EditLockLifetime))
}

// Preview is an address at which whoever knows it sees the working copy as readers would.
type Preview struct {
	ID        PreviewID
	Story     StoryID
	Made      Deed
	ExpiresAt time.Time
}

// PreviewPath returns the address of a preview with the token.
func PreviewPath(token string) string { return "/preview/" + token }

// SourceApproval says that an editor stands for what an anonymous source told.
type SourceApproval struct {
	Version  ClaimVersionID
	Story    StoryID // for whose publication it was asked
	Approved Deed
}

// NeedKind is why somebody should look at something.
type NeedKind string

const (
	NeedReview    NeedKind = "review"    // a story waits for an editor
	NeedChanges   NeedKind = "changes"   // an editor asked for changes
	NeedNote      NeedKind = "note"      // a note is not resolved
	NeedPending   NeedKind = "pending"   // an update is prepared, since a figure changed
	NeedEscalated NeedKind = "escalated" // moderators ask what to do with a comment
)

// NeedKinds returns every kind, in the order in which those of one moment stand.
func NeedKinds() []NeedKind {
	return []NeedKind{NeedReview, NeedChanges, NeedNote, NeedPending, NeedEscalated}
}

// Need is something that a member of the staff should look at.
type Need struct {
	Kind     NeedKind
	At       time.Time // since when
	Story    StoryID
	Headline string // of the working copy
	ID       int64  // of the note or comment, otherwise of the story; tells needs of a kind apart
	Who      string // whose doing it is, by name; may be empty
	Text     string // what they said; may be empty
	Sources  int    // of a review: the figures of anonymous sources for which an editor has to stand
}

// NeedPosition is a place in a list of needs, newest first. The list continues with what
// comes strictly after it. The zero NeedPosition is before the newest.
type NeedPosition struct {
	At   time.Time
	Kind NeedKind
	ID   int64
}

// Position returns where the need stands in the list.
func (n Need) Position() NeedPosition { return NeedPosition{n.At, n.Kind, n.ID} }
