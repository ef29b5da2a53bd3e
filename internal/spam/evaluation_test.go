package spam_test

import (
	"maps"
	"slices"
	"strconv"
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
	return spam.Score(learnt(f.of, spam.Features(e.message())), f.total)
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

// folds is in how many parts the examples for tuning are taken in turn.
const folds = 6

// byFold returns the examples that are not unseen, with the fold of their template as
// their split.
func byFold(set []example) []example {
	foldOf := make(map[string]int)
	var found []example
	for _, e := range set {
		if e.Split == "unseen" {
			continue
		}
		if _, ok := foldOf[e.Part]; !ok {
			foldOf[e.Part] = len(foldOf) % folds
		}
		e.Split = strconv.Itoa(foldOf[e.Part])
		found = append(found, e)
	}
	return found
}

// TestTuning is what the filter was tuned on: the two thirds that are not unseen, a
// sixth of their templates after the other, each after learning on the rest. It fails
// only when the filter has become much worse than it was tuned to.
func TestTuning(t *testing.T) {
	spams, hams := byFold(readSet(t, "spam")), byFold(readSet(t, "ham"))
	var caughtSpam, allSpam, caughtHam, allHam int
	for fold := range folds {
		var others []string
		for other := range folds {
			if other != fold {
				others = append(others, strconv.Itoa(other))
			}
		}
		f := learn(spams, hams, others...)
		held, all := f.held(t, spams, strconv.Itoa(fold), true)
		caughtSpam, allSpam = caughtSpam+held, allSpam+all
		held, all = f.held(t, hams, strconv.Itoa(fold), false)
		caughtHam, allHam = caughtHam+held, allHam+all
	}
	t.Logf("held %d of %d spam and %d of %d ham", caughtSpam, allSpam, caughtHam, allHam)
	if float64(caughtSpam) < 0.8*float64(allSpam) || float64(caughtHam) > 0.02*float64(allHam) {
		t.Errorf("held %d of %d spam and %d of %d ham", caughtSpam, allSpam, caughtHam, allHam)
	}
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
