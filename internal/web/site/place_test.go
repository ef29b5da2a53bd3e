package site

import (
	"strings"
	"testing"

	"standfirst"
)

// TestOneFigureInTwoVersions holds that each place at which a text cites a claim has the
// standing of the version that its words mean, in whichever order they stand.
func TestOneFigureInTwoVersions(t *testing.T) {
	h := newHouse(t)
	round := h.publishRound()
	link := "](claim:" + h.claimOf(round, "$120 billion").String() + ")"
	oldWords, newWords := "At first they gave [$120 billion"+link+".", "They give [$110 billion"+link+" now."
	for name, body := range map[string]string{
		"old first": oldWords + "\n\n" + newWords,
		"new first": newWords + "\n\n" + oldWords,
		"as it was": oldWords + " " + newWords + " And once more: [$120 billion" + link + ".",
	} {
		t.Run(name, func(t *testing.T) {
			story := h.publish(standfirst.Content{Headline: "A listing, " + name, Body: body})
			a := get(h.site, story.Path())
			struck := a.all(".cited s")
			if len(struck) != strings.Count(body, "$120 billion") || len(a.all(".body .now")) != len(struck) {
				t.Errorf("%d places are struck in\n%s", len(struck), textOf(a.all(".body")[0]))
			}
			for _, s := range struck {
				if got := textOf(s); got != "$120 billion" {
					t.Errorf("%q is struck", got)
				}
			}
			if got := len(a.all(".margin p")); got != 1 {
				t.Errorf("%d notes in the margin", got)
			}
		})
	}
}
