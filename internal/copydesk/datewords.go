package copydesk

import (
	_ "embed"
	"sync"
)

//go:embed datewords.txt
var dateText string

// dateLexicon is what datewords.txt says.
type dateLexicon struct {
	ahead, nearby, past, noVerbs, noPurpose, beforeMonth, beforeYear, ofYear wordSet
}

// dateLexiconWords returns the one lexicon of dates. It is read on first use.
var dateLexiconWords = sync.OnceValue(func() *dateLexicon {
	sets := readWordSets(dateText)
	return &dateLexicon{
		ahead: sets["ahead"], nearby: sets["nearby"], past: sets["past"], noVerbs: sets["noverbs"], noPurpose: sets["nopurpose"],
		beforeMonth: sets["beforemonth"], beforeYear: sets["beforeyear"], ofYear: sets["ofyear"],
	}
})
