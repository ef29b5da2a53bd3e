package site

import (
	"slices"
	"strings"

	"standfirst"
)

// parties returns the names of those whose answers have no words of their own. Whoever
// readers do not know has none.
func (rd *reading) parties(responses []standfirst.Response) (map[standfirst.EntityID]string, error) {
	var ids []standfirst.EntityID
	for _, r := range responses {
		if r.Words == "" && r.Party != 0 && !slices.Contains(ids, r.Party) {
			ids = append(ids, r.Party)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	found, err := rd.tx.EntitiesByID(ids)
	names := make(map[standfirst.EntityID]string)
	for _, e := range found {
		rd.tag(standfirst.EntityTag(e.ID))
		if !e.ReleasedAt.IsZero() {
			names[e.ID] = standfirst.ShortName(e.Name)
		}
	}
	return names, err
}

// answers returns what parties said when they were asked, the last word of each, in the
// order of recording.
func (rd *reading) answers(responses []standfirst.Response, parties map[standfirst.EntityID]string) []sourceLine {
	var lines []sourceLine
	var said []string
	for i, r := range responses {
		if replaced(responses, i) {
			continue
		}
		words := rd.answerWords(r, parties)
		key := strings.ToLower(strings.TrimRight(words, ". ")) + "|" + r.Day.String()
		if words == "" || slices.Contains(said, key) {
			continue
		}
		said = append(said, key)
		lines = append(lines, newSourceLine(words, r.Day))
	}
	return lines
}

// answerWords returns the answer in the words that a story printed, or in ours if it
// printed none, and "" if we cannot say whose it is.
func (rd *reading) answerWords(r standfirst.Response, parties map[standfirst.EntityID]string) string {
	if words := strings.TrimSpace(r.Words); words != "" {
		return words
	}
	name := parties[r.Party]
	if name == "" || !r.Kind.Valid() {
		return ""
	}
	return rd.words.Text("answer."+strings.ReplaceAll(string(r.Kind), " ", "-"), name)
}

// replaced reports whether another answer took the place of the one at i: a later one of
// the same party about the same.
func replaced(responses []standfirst.Response, i int) bool {
	r := responses[i]
	if r.Party == 0 {
		return false
	}
	for j, other := range responses {
		if other.Party != r.Party || other.Subject != r.Subject || j == i {
			continue
		}
		same := other.Claim == r.Claim || r.Kind == standfirst.ResponseNone // who answered anything did respond
		if same && isLater(other, r, j > i) {
			return true
		}
	}
	return false
}

// isLater reports whether a was given after b: on a later day, or as was recorded where
// the days do not tell.
func isLater(a, b standfirst.Response, recordedLater bool) bool {
	if a.Day.IsZero() || b.Day.IsZero() || a.Day == b.Day {
		return recordedLater
	}
	return b.Day.Before(a.Day)
}
