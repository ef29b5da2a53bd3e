package newsroom

import (
	"testing"

	"standfirst"
)

func TestChangedFiguresAreNotPairedAcrossUnits(t *testing.T) {
	const all = "The port handled 26% more boxes and cut 400 jobs."
	for _, tt := range []struct{ name, old, now, want string }{
		{"nothing", all, "It cut 400 jobs. The port handled 26% more boxes.", ""},
		{"one of a unit", all, "The port handled 31% more boxes and cut 400 jobs.", "“26%” becomes “31%”"},
		{"of two units", all, "The port handled more boxes at $3 million and cut 400 jobs.", "gone: “26%”; new: “$3 million”"},
		{"only gone", all, "The port cut 400 jobs.", "gone: “26%”"},
	} {
		if got := changedFigures(standfirst.Content{Body: tt.old}, standfirst.Content{Body: tt.now}); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestADifferenceIsToldWithoutMarkdown(t *testing.T) {
	was, is := firstDifference(
		standfirst.Content{Body: "It pays [up to $6 billion](claim:1@1)."}, standfirst.Content{Body: "It pays [nothing](https://example.org/)."})
	if was != "“up to $6 billion.”" || is != "“nothing.”" {
		t.Errorf("%s becomes %s", was, is)
	}
}
