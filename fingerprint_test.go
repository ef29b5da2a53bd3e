package standfirst_test

import (
	"errors"
	"testing"

	"standfirst"
)

// TestFingerprints holds that what a form can change is told apart, and nothing else.
func TestFingerprints(t *testing.T) {
	author := standfirst.Author{Name: "Mara Oduya", Role: "Reporter"}
	renamed, discloses := author, author
	renamed.Name, discloses.Disclosure = "M. Oduya", "She holds Northwind shares."
	if author.Fingerprint() != renamed.Fingerprint() || author.Fingerprint() == discloses.Fingerprint() {
		t.Error("an author's page is told apart by the name, or not by the disclosure")
	}
	talk := standfirst.Discussion{Mode: standfirst.ModeOpen}
	held, words := talk, talk
	held.HoldNow, words.Exact = true, []string{"gusher"}
	if talk.Fingerprint() != held.Fingerprint() || talk.Fingerprint() == words.Fingerprint() {
		t.Error("the talk is told apart by the button that holds it, or not by its words")
	}
	if standfirst.FingerprintOf("a", "bc") == standfirst.FingerprintOf("ab", "c") {
		t.Error("fields run into each other")
	}
	one, two := standfirst.Section{ID: 1}, standfirst.Section{ID: 2}
	if standfirst.SectionOrder([]standfirst.Section{one, two}) == standfirst.SectionOrder([]standfirst.Section{two, one}) {
		t.Error("orders of the sections are not told apart")
	}
}

func TestFingerprintCheck(t *testing.T) {
	now := standfirst.FingerprintOf("now")
	for _, seen := range []standfirst.Fingerprint{"", now} {
		if err := seen.Check(now, "it"); err != nil {
			t.Errorf("%q is refused: %v", seen, err)
		}
	}
	err := standfirst.FingerprintOf("before").Check(now, "the section Deals")
	if !errors.Is(err, standfirst.ErrChanged) || standfirst.KindOf(err) != standfirst.Conflict {
		t.Errorf("a change of another state gives %v", err)
	}
}
