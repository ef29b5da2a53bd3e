// Package spam tells comments that look like spam from others. It learns from what
// moderators decide, keeps nothing, and asks nobody: the caller keeps how often each
// feature was seen in rows, and passes the counts of the features that it asks about.
//
// A comment is told by its [Features]; [Score] weighs them against what was learnt.
// A [WordList] is what moderators wrote down themselves, and learns nothing.
package spam

// Limits of what a message is told by. The caller may size its columns by them.
const (
	MaxFeatures = 256 // strings for each message
	MaxFeature  = 64  // bytes for each string
)

// Message is what is looked at of a comment.
type Message struct {
	Name  string   // as the writer signs
	Email string   // may be empty; only its domain and shape are looked at
	Text  string   // as typed
	Links []string // addresses that the text links to
}

// Counts says in how many messages of each kind something was seen.
type Counts struct{ Spam, Ham int }
