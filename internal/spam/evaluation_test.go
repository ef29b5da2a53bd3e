package spam_test

import (
	"maps"
	"slices"
	"testing"

	"standfirst/internal/spam"
)

// filter is a filter that has learnt, as a caller keeps it in rows.
type filter struct {
	of    map[string]spam.Counts
	total spam.Counts
}

// learn counts the examples of the splits.
func learn(spams, hams []example, splits ...string) filter {
	f := filter{of: make(map[string]spam.Counts)}
	for _, e := range spams {
		if slices.Contains(splits, e.Split) {
			f.total.Spam++
			for _, feature := range spam.Features(e.message()) {
				counts := f.of[feature]
				counts.Spam++
				f.of[feature] = counts
			}
		}
	}
	for _, e := range hams {
		if slices.Contains(splits, e.Split) {
			f.total.Ham++
			for _, feature := range spam.Features(e.message()) {
				counts := f.of[feature]
				counts.Ham++
				f.of[feature] = counts
			}
		}
	}
	return f
}

func (f filter) score(e example) float64 {
	return spam.Score(spam.Features(e.message()), f.of, f.total)
}

// held returns how many examples of the split are held, in all and by style, and logs
// the ones on the wrong side.
func (f filter) held(t *testing.T, set []example, split string, isSpam bool) (held, all int) {
	t.Helper()
	type tally struct{ held, all int }
	styles := make(map[string]tally)
	for _, e := range set {
		if e.Split != split {
			continue
		}
		style := e.style()
		count := styles[style]
		count.all++
		all++
		score := f.score(e)
		if score >= spam.Suspect {
			count.held++
			held++
		}
		if (score >= spam.Suspect) != isSpam {
			t.Logf("%.3f %s: %s", score, e.Part, e.Text)
		}
		styles[style] = count
	}
	for _, style := range slices.Sorted(maps.Keys(styles)) {
		t.Logf("%-20s %3d of %3d held", style, styles[style].held, styles[style].all)
	}
	return held, all
}

// TestTuning is the evaluation that the filter was tuned on: after learning on one part
// of the set, how it does on templates that it has not learnt.
func TestTuning(t *testing.T) {
	spams, hams := readSet(t, "spam"), readSet(t, "ham")
	f := learn(spams, hams, "learn")
	caughtSpam, allSpam := f.held(t, spams, "tune", true)
	caughtHam, allHam := f.held(t, hams, "tune", false)
	t.Logf("held %d of %d spam and %d of %d ham", caughtSpam, allSpam, caughtHam, allHam)
}

// TestEvaluation learns on two thirds of the set and is held to what it does with the
// third, whose templates, and some of whose styles, are in neither.
func TestEvaluation(t *testing.T) {
	spams, hams := readSet(t, "spam"), readSet(t, "ham")
	f := learn(spams, hams, "learn", "tune")
	caughtSpam, allSpam := f.held(t, spams, "unseen", true)
	caughtHam, allHam := f.held(t, hams, "unseen", false)
	t.Logf("held %d of %d spam and %d of %d ham", caughtSpam, allSpam, caughtHam, allHam)
	if caughtHam > 3 {
		t.Errorf("%d of %d unseen ham held, want 3 at most", caughtHam, allHam)
	}
	if float64(caughtSpam) < 0.85*float64(allSpam) {
		t.Errorf("%d of %d unseen spam held, want 85%%", caughtSpam, allSpam)
	}
}
