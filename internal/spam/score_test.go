package spam_test

import (
	"math"
	"testing"

	"standfirst/internal/spam"
)

func TestScore(t *testing.T) {
	total := spam.Counts{Spam: 100, Ham: 400}
	of := map[string]spam.Counts{
		"bad":        {Spam: 50},
		"worse":      {Spam: 90, Ham: 1},
		"good":       {Ham: 200},
		"better":     {Spam: 1, Ham: 380},
		"both":       {Spam: 10, Ham: 40},
		"once":       {Spam: 1},
		"nonsense":   {Spam: -3, Ham: 1000},
		"impossible": {Spam: 1000, Ham: -3},
	}
	for _, test := range []struct {
		name     string
		features []string
		total    spam.Counts
		min, max float64
	}{
		{"nothing", nil, total, 0.5, 0.5},
		{"unknown", []string{"new", "newer"}, total, 0.5, 0.5},
		{"as often in both, for so many messages", []string{"both"}, total, 0.5, 0.5},
		{"spam", []string{"bad", "worse"}, total, 0.95, 1},
		{"ham", []string{"good", "better"}, total, 0, 0.05},
		{"as much for as against", []string{"bad", "good"}, total, 0.4, 0.6},
		{"seen once is not enough to hold", []string{"once"}, total, 0.5, spam.Suspect - 0.01},
		{"too little spam learnt", []string{"bad", "worse"}, spam.Counts{Spam: 29, Ham: 400}, 0.5, 0.5},
		{"too little ham learnt", []string{"bad", "worse"}, spam.Counts{Spam: 400, Ham: 29}, 0.5, 0.5},
		{"counts that cannot be", []string{"nonsense"}, total, 0, 0.3},
		{"other counts that cannot be", []string{"impossible"}, total, 0.7, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			if score := spam.Score(learnt(of, test.features), test.total); score < test.min || score > test.max {
				t.Errorf("score %v, want %v to %v", score, test.min, test.max)
			}
		})
	}
}

// TestScoreStaysInItsRange takes as many features as there can be, all telling.
func TestScoreStaysInItsRange(t *testing.T) {
	var seen []spam.Counts
	for i := range spam.MaxFeatures {
		seen = append(seen, spam.Counts{Spam: 1_000_000 * (i % 2), Ham: 1_000_000 * (1 - i%2)})
	}
	total := spam.Counts{Spam: 1_000_000, Ham: 1_000_000}
	if score := spam.Score(seen, total); math.IsNaN(score) || math.Abs(score-0.5) > 0.01 {
		t.Errorf("score %v of as much for as against", score)
	}
	for i := range seen {
		seen[i] = spam.Counts{Spam: 1_000_000}
	}
	if score := spam.Score(seen, total); score < 0.99 || score > 1 {
		t.Errorf("score %v of nothing but spam", score)
	}
}

// learnt returns what was learnt of each of the features.
func learnt(of map[string]spam.Counts, features []string) []spam.Counts {
	seen := make([]spam.Counts, len(features))
	for i, feature := range features {
		seen[i] = of[feature]
	}
	return seen
}
