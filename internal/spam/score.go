package spam

import (
	"math"
	"slices"
)

// Suspect is the score at or above which a comment is held for a moderator. Like the
// weights below it was chosen on the part of the evaluation set that is for tuning; see
// testdata/README.md.
const Suspect = 0.88

const (
	// enough is how many messages of each kind must have been learnt before the score
	// says anything.
	enough = 30

	// belief is the weight of the assumption that a feature tells nothing, in messages:
	// s of Robinson's f(w), whose x is undecided.
	belief    = 1.5
	undecided = 0.5

	// Features closer to undecided than this are left out, and of the others the most
	// telling ones count.
	indifference = 0.05
	mostTelling  = 150
)

// Enough reports whether so much was learnt that scores mean something.
func Enough(total Counts) bool { return total.Spam >= enough && total.Ham >= enough }

// Score returns how much a message looks like spam, from 0 to 1, by what was learnt of
// each of its features and in all. It is 0.5 where too little was learnt: fewer than 30
// messages of either kind, or nothing of these features. A score in the middle also says that there is as much for as against it.
//
// The method is the one of SpamBayes: Gary Robinson's estimate for each feature
// ("A Statistical Approach to the Spam Problem", Linux Journal 107, March 2003),
// combined twice by R. A. Fisher's method, once as evidence for spam and once for ham,
// as in chi2_spamprob of spambayes/classifier.py.
func Score(seen []Counts, total Counts) float64 {
	if !Enough(total) {
		return undecided
	}
	telling := make([]float64, 0, len(seen))
	for _, counts := range seen {
		if p := likelihood(counts, total); math.Abs(p-undecided) >= indifference {
			telling = append(telling, p)
		}
	}
	if len(telling) > mostTelling {
		slices.SortFunc(telling, func(a, b float64) int {
			return compareFloats(math.Abs(b-undecided), math.Abs(a-undecided), a, b)
		})
		telling = telling[:mostTelling]
	}
	return combine(telling)
}

// compareFloats compares a with b, and where they are the same, c with d.
func compareFloats(a, b, c, d float64) int {
	switch {
	case a < b, a == b && c < d:
		return -1
	case a == b && c == d:
		return 0
	}
	return 1
}

// likelihood returns how likely a message with the feature is spam, were there as many
// of both kinds; near to undecided for what was rarely seen. It is never 0 or 1.
func likelihood(seen, total Counts) float64 {
	spam, ham := clamp(seen.Spam, total.Spam), clamp(seen.Ham, total.Ham)
	n := spam + ham
	if n == 0 {
		return undecided
	}
	spamShare, hamShare := spam/float64(total.Spam), ham/float64(total.Ham)
	return (belief*undecided + n*spamShare/(spamShare+hamShare)) / (belief + n)
}

// clamp returns n as far as it can be true of so many messages.
func clamp(n, most int) float64 { return float64(max(0, min(n, most))) }

// combine is Fisher's method from both ends.
func combine(likelihoods []float64) float64 {
	if len(likelihoods) == 0 {
		return undecided
	}
	var forSpam, forHam float64 // sums of logarithms
	for _, p := range likelihoods {
		forSpam += math.Log(1 - p)
		forHam += math.Log(p)
	}
	spam := 1 - chiSquareTail(-2*forSpam, len(likelihoods))
	ham := 1 - chiSquareTail(-2*forHam, len(likelihoods))
	return (1 + spam - ham) / 2
}

// chiSquareTail returns the probability that a chi-square with 2·half degrees of
// freedom is at least x.
func chiSquareTail(x float64, half int) float64 {
	m := x / 2
	term := math.Exp(-m)
	sum := term
	for i := 1; i < half; i++ {
		term *= m / float64(i)
		sum += term
	}
	return min(sum, 1)
}
