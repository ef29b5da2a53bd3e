package copydesk

import (
	_ "embed"
	"maps"
	"sync"
)

//go:embed sourcewords.txt
var sourceText string

// sourceLexicon is what sourcewords.txt says.
type sourceLexicon struct {
	one, several, modifiers, familiar, briefed, involved, direct, ends, says, speaks, between, companies,
	documents, shows, outlets, spokespeople, asked wordSet

	// tells are the words by which an attribution is told, whatever its form. Most words
	// are none of them, and nothing more of a sentence is looked at for those.
	tells wordSet
}

// answerWords are the words with which what a party answered begins, and those of a
// speaker who is named after the words.
var answerWords = wordSet{
	"declined": true, "declines": true, "refused": true, "would": true, "did": true, "could": true, "responded": true,
	"replied": true, "denied": true, "denies": true, "said": true, "says": true,
}

// sourceWords returns the one lexicon of attributions. It is read on first use.
var sourceWords = sync.OnceValue(func() *sourceLexicon {
	sets := readWordSets(sourceText)
	w := &sourceLexicon{
		one: sets["onesource"], several: sets["sources"], modifiers: sets["sourcemodifiers"], familiar: sets["familiar"],
		briefed: sets["briefed"], involved: sets["involved"], direct: sets["direct"], ends: sets["sourceends"], says: sets["says"],
		speaks: sets["speaks"], between: sets["between"], companies: sets["companies"], documents: sets["documents"],
		shows: sets["shows"], outlets: sets["outlets"], spokespeople: sets["spokespeople"], asked: sets["asked"],
		tells: wordSet{},
	}
	for _, set := range []wordSet{w.one, w.several, w.documents, w.outlets, w.spokespeople, w.speaks, answerWords} {
		maps.Copy(w.tells, set)
	}
	return w
})
