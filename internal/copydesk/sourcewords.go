package copydesk

import (
	_ "embed"
	"sync"
)

//go:embed sourcewords.txt
var sourceText string

// sourceLexicon is what sourcewords.txt says.
type sourceLexicon struct {
	one, several, modifiers, familiar, briefed, involved, direct, ends, says, speaks, between, companies,
	documents, shows, outlets, spokespeople, asked wordSet
}

// sourceWords returns the one lexicon of attributions. It is read on first use.
var sourceWords = sync.OnceValue(func() *sourceLexicon {
	sets := readWordSets(sourceText)
	return &sourceLexicon{
		one: sets["onesource"], several: sets["sources"], modifiers: sets["sourcemodifiers"], familiar: sets["familiar"],
		briefed: sets["briefed"], involved: sets["involved"], direct: sets["direct"], ends: sets["sourceends"], says: sets["says"],
		speaks: sets["speaks"], between: sets["between"], companies: sets["companies"], documents: sets["documents"],
		shows: sets["shows"], outlets: sets["outlets"], spokespeople: sets["spokespeople"], asked: sets["asked"],
	}
})
