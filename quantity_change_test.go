package standfirst_test

import (
	"testing"

	"standfirst"
)

func TestChange(t *testing.T) {
	for words, want := range map[string]struct {
		direction standfirst.Direction
		words     string
	}{
		"-2.1%":          {standfirst.Down, "a fall of 2.1%"},
		"-3.0%":          {standfirst.Down, "a fall of 3.0%"},
		"about -3%":      {standfirst.Down, "a fall of about 3%"},
		"2.1%":           {standfirst.Up, "a rise of 2.1%"},
		"more than 10%":  {standfirst.Up, "a rise of more than 10%"},
		"less than -10%": {standfirst.Down, "a fall of more than 10%"},
		"-3% to -2%":     {standfirst.Down, "a fall of 2% to 3%"},
		"-1% to 2%":      {standfirst.NoDirection, "-1% to 2%"},
		"0%":             {standfirst.NoDirection, "0%"},
		"-$5 million":    {standfirst.Down, "a fall of $5 million"},
		"up to 4%":       {standfirst.Up, "a rise of up to 4%"},
		"nearly 5%":      {standfirst.Up, "a rise of nearly 5%"},
	} {
		q, err := standfirst.ParseQuantity(words)
		if err != nil {
			t.Fatalf("%s: %v", words, err)
		}
		if _, direction := q.Change(); direction != want.direction || q.ChangeString() != want.words {
			t.Errorf("%s: %q, %q", words, direction, q.ChangeString())
		}
		if back, err := standfirst.ParseChange(want.words); err != nil || !back.Equal(q) {
			t.Errorf("%s reads back as %s, %v", want.words, back, err)
		}
	}
}
