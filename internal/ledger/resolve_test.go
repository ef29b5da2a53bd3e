package ledger

import (
	"testing"
	"time"

	"standfirst"
)

func TestMeant(t *testing.T) {
	version := func(id standfirst.ClaimVersionID, words string, released bool) standfirst.ClaimVersion {
		q, err := standfirst.ParseQuantity(words)
		if err != nil {
			t.Fatal(err)
		}
		v := standfirst.ClaimVersion{ID: id, Value: standfirst.Value{Quantity: &q}}
		if released {
			v.ReleasedAt = time.Unix(1, 0)
		}
		return v
	}
	ended := version(1, "up to $6 billion", true)
	ended.Ended = standfirst.SupersededByEvent // for the desk only
	shown := map[standfirst.ClaimVersionID]bool{1: true, 99: true}
	held := []standfirst.ClaimVersion{ended, version(2, "up to $5 billion", false)}
	drafts := []standfirst.ClaimVersion{version(3, "$3 billion", false), version(4, "$9 billion", false)}
	for name, test := range map[string]struct {
		words    string
		versions []standfirst.ClaimVersion
		readers  map[standfirst.ClaimVersionID]bool
		want     standfirst.ClaimVersionID
	}{
		"the old words of what is held back":     {"up to $6 billion", held, shown, 1},
		"its new words":                          {"up to $5 billion", held, shown, 2},
		"words that fit both":                    {"$4 billion", held, shown, 1},
		"words without a figure":                 {"the sum", held, shown, 1},
		"unreleased, beside a claim that is not": {"up to $5 billion", drafts, shown, 3},
		"unreleased alone":                       {"up to $5 billion", drafts, nil, 3},
		"the newest of what nobody knows":        {"the sum", drafts, nil, 4},
	} {
		if got := meant(test.words, test.versions, test.readers); got != test.want {
			t.Errorf("%s: %q means version %d, not %d", name, test.words, got, test.want)
		}
	}
}
