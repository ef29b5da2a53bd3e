package discuss

import (
	"math"
	"slices"
	"sync"

	"standfirst"
	"standfirst/internal/markup"
	"standfirst/internal/spam"
	"standfirst/internal/store"
)

// The filter learns from the decisions of moderators alone: what the rules let through
// nobody has looked at.

// totalFeature is the row under which the number of all comments is kept.
const totalFeature = ""

// message returns what the filter looks at.
func (p *Posting) message(rendered markup.RenderedComment) spam.Message {
	return spam.Message{Name: p.Name, Email: p.Email, Text: p.Text, Links: rendered.Links}
}

// filter remembers what was learnt of the features that comments have: most of them are in
// many comments, and moderators decide far more rarely than readers write.
type filter struct {
	mu         sync.Mutex
	known      map[string]spam.Counts
	generation int
}

// maxKnownFeatures bounds how many features are remembered: a few megabytes.
const maxKnownFeatures = 1 << 15

// touched forgets everything when something was learnt, here or on another node.
func (f *filter) touched(tags []standfirst.Tag) {
	if tags != nil && !slices.Contains(tags, standfirst.FilterTag) {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.known = nil
	f.generation++
}

// now returns the generation, before what is remembered under it is read.
func (f *filter) now() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.generation
}

// recall returns what is remembered of each of the features, in their order, and the
// places of those of which nothing is.
func (f *filter) recall(features []string) (seen []spam.Counts, missing []int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	seen = make([]spam.Counts, len(features))
	for i, feature := range features {
		var ok bool
		if seen[i], ok = f.known[feature]; !ok {
			missing = append(missing, i)
		}
	}
	return seen, missing
}

// remember keeps what was read since the generation, unless something was learnt meanwhile.
func (f *filter) remember(generation int, missing []string, read map[string]standfirst.SpamCounts) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if generation != f.generation {
		return
	}
	if f.known == nil || len(f.known)+len(missing) > maxKnownFeatures {
		f.known = make(map[string]spam.Counts)
	}
	for _, feature := range missing {
		f.known[feature] = spam.Counts(read[feature]) // nothing, where it was never seen
	}
}

// score returns how much the message looks like spam, in thousandths, by what was learnt.
// The generation is that of before the transaction began.
func (f *filter) score(tx *store.ReadTx, m spam.Message, learnt standfirst.SpamCounts, generation int) (int, error) {
	total := spam.Counts(learnt)
	var seen []spam.Counts
	if spam.Enough(total) {
		var err error
		if seen, err = f.seen(tx, spam.Features(m), generation); err != nil {
			return 0, err
		}
	}
	return int(math.Round(1000 * spam.Score(seen, total))), nil
}

// seen returns what was learnt of each of the features, in their order.
func (f *filter) seen(tx *store.ReadTx, features []string, generation int) ([]spam.Counts, error) {
	seen, missing := f.recall(features)
	if len(missing) == 0 {
		return seen, nil
	}
	unknown := make([]string, len(missing))
	for i, at := range missing {
		unknown[i] = features[at]
	}
	read, err := tx.SpamCounts(unknown)
	if err != nil {
		return nil, err
	}
	for _, at := range missing {
		seen[at] = spam.Counts(read[features[at]])
	}
	f.remember(generation, unknown, read)
	return seen, nil
}

// lesson returns what the filter learns from a state: +1 spam, +1 ham, or nothing.
func lesson(s standfirst.CommentState) (spamCount, hamCount int) {
	switch s {
	case standfirst.CommentSpam:
		return 1, 0
	case standfirst.CommentApproved:
		return 0, 1
	}
	return 0, 0
}

// learn takes back what the filter learnt of the comment and teaches it the new state, or
// nothing for none. A decision that was not taken by a moderator taught nothing.
func learn(tx *store.Tx, c standfirst.Comment, email string, decidedBefore bool, now standfirst.CommentState) error {
	var spamCount, hamCount int
	if decidedBefore {
		s, h := lesson(c.State)
		spamCount, hamCount = -s, -h
	}
	s, h := lesson(now)
	if spamCount, hamCount = spamCount+s, hamCount+h; spamCount == 0 && hamCount == 0 || c.Text == "" {
		return nil
	}
	rendered, err := markup.RenderComment(c.Text)
	if err != nil {
		return err
	}
	features := spam.Features(spam.Message{Name: c.Name, Email: email, Text: c.Text, Links: rendered.Links})
	tx.Touch(standfirst.FilterTag)
	return tx.LearnFeatures(append(features, totalFeature), spamCount, hamCount)
}
