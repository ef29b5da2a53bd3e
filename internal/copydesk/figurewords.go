package copydesk

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed figurewords.txt
var figureText string

// figureLexicon is what figurewords.txt says.
type figureLexicon struct {
	counted, uncounted, stops, perUnit, priceWords, up, down, prospective, labels, ages, strong, ends, traded, offers, payouts, moves, steps, long wordSet
}

// figureWords returns the one lexicon of figures. It is read on first use.
var figureWords = sync.OnceValue(func() *figureLexicon {
	sets := readWordSets(figureText)
	return &figureLexicon{
		counted: sets["counted"], uncounted: sets["uncounted"], stops: sets["stops"], perUnit: sets["perunit"],
		priceWords: sets["pricewords"], up: sets["up"], down: sets["down"], prospective: sets["prospective"],
		labels: sets["labels"], ages: sets["ages"], strong: sets["strong"],
		ends: sets["ends"], traded: sets["traded"], offers: sets["offers"], payouts: sets["payouts"], moves: sets["moves"],
		steps: sets["steps"], long: sets["long"],
	}
})

// readWordSets reads sections of words in the form of the lexicons of this package.
func readWordSets(text string) map[string]wordSet {
	sets := make(map[string]wordSet)
	var set wordSet
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "["):
			set = wordSet{}
			sets[strings.Trim(line, "[]")] = set
		default:
			for word := range strings.FieldsSeq(line) {
				set[word] = true
			}
		}
	}
	return sets
}
