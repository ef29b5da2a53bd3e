package ledger

import (
	"testing"

	"standfirst"
)

func TestStandingOfAFigure(t *testing.T) {
	value := func(words string) standfirst.Value {
		q, err := standfirst.ParseQuantity(words)
		if err != nil {
			t.Fatal(err)
		}
		return standfirst.Value{Quantity: &q}
	}
	held := standfirst.ClaimVersion{ID: 2, Value: value("$5.5 billion"), Evidence: standfirst.ConfirmedBySubject}
	for name, test := range map[string]struct {
		words string
		ended standfirst.Lifecycle
		want  Standing
		now   string
		cited standfirst.ClaimVersionID
	}{
		"held":                                  {"up to $6 billion", standfirst.Current, Held, "", 1},
		"changed":                               {"up to $6 billion", standfirst.SupersededByEvent, Changed, "$5.5 billion", 1},
		"changed, and said so already":          {"$5.5 billion", standfirst.SupersededByEvent, Held, "", 2},
		"corrected, in the story's own manner":  {"$6bn", standfirst.Corrected, Changed, "$5.5bn", 1},
		"withdrawn, whatever is held beside it": {"$5.5 billion", standfirst.RetractedClaim, Withdrawn, "", 1},
		"not heard of since":                    {"$5.5 billion", standfirst.Expired, Stale, "", 1},
	} {
		f := StoryFigure{Words: test.words, Held: []standfirst.ClaimVersion{held}}
		f.Cited = standfirst.ClaimVersion{ID: 1, Value: value("up to $6 billion"), Ended: test.ended}
		f.settle()
		if f.Standing != test.want || f.Now != test.now || f.Cited.ID != test.cited {
			t.Errorf("%s: %q, now %q, version %d", name, f.Standing, f.Now, f.Cited.ID)
		}
	}
}
