package discuss

import (
	"math"

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

// scoreOf returns how much the message looks like spam, in thousandths, by what was learnt.
func scoreOf(tx *store.ReadTx, m spam.Message, learnt standfirst.SpamCounts) (int, error) {
	total := spam.Counts(learnt)
	if !spam.Enough(total) {
		return int(math.Round(1000 * spam.Score(nil, nil, total))), nil
	}
	features := spam.Features(m)
	counts, err := tx.SpamCounts(features)
	if err != nil {
		return 0, err
	}
	known := make(map[string]spam.Counts, len(counts))
	for feature, c := range counts {
		known[feature] = spam.Counts(c)
	}
	return int(math.Round(1000 * spam.Score(features, known, total))), nil
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

// learn takes back what the filter learnt of the comment and teaches it the new state. A
// decision that was not taken by a moderator taught nothing.
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
	return tx.LearnFeatures(append(features, totalFeature), spamCount, hamCount)
}
