package ledger

import (
	"testing"

	"standfirst"
)

func TestStandingOfAFall(t *testing.T) {
	change := func(words string) standfirst.Value {
		q, err := standfirst.ParseChange(words)
		if err != nil {
			t.Fatal(err)
		}
		return standfirst.Value{Quantity: &q}
	}
	for name, test := range map[string]struct {
		words, held string
		want        Standing
		now         string
	}{
		"another fall":        {"2.1%", "a fall of 2.4%", Changed, "2.4%"},
		"in its own manner":   {"a 2.1 per cent drop", "a fall of 8%", Changed, "an 8 per cent drop"},
		"said so already":     {"2.4%", "a fall of 2.4%", Held, ""},
		"a rise for a fall":   {"2.1%", "a rise of 2.1%", Changed, "a rise of 2.1%"},
		"written with a sign": {"-2.1%", "a fall of 2.4%", Changed, "-2.4%"},
	} {
		f := StoryFigure{
			Claim: standfirst.Claim{Property: standfirst.SharePriceMove}, Words: test.words,
			Cited: standfirst.ClaimVersion{ID: 1, Value: change("a fall of 2.1%"), Ended: standfirst.Corrected},
			Held:  []standfirst.ClaimVersion{{ID: 2, Value: change(test.held)}},
		}
		f.settle()
		if f.Standing != test.want || f.Now != test.now {
			t.Errorf("%s: %q, now %q", name, f.Standing, f.Now)
		}
	}
}

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
