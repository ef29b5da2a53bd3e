package newsroom

import "testing"

func TestAlike(t *testing.T) {
	voice := func(words, speaker string) string { return "> " + words + "\n>\n> — " + speaker }
	const jane = "Jane Orrell, shipbroker, Saltway Partners"
	for name, test := range map[string]struct {
		a, b string
		want bool
	}{
		"a paragraph, edited":             {"The quay opens in May after two winters of work.", "The quay opens in June after two winters of work.", true},
		"another paragraph":               {"The quay opens in May after two winters of work.", "Nobody asked the fishermen what they thought.", false},
		"a voice, shortened":              {voice("I would not put my own money into it, not at this price.", jane), voice("I would not put money into it.", jane), true},
		"another voice of one speaker":    {voice("I would not put my own money into it.", jane), voice("The harbour was always too small for these ships.", jane), false},
		"the same words of a renamed one": {voice("I would not put my own money into it.", jane), voice("I would not put my own money into it.", "Jane Orrel, shipbroker, Saltway Partners"), true},
	} {
		if got := alike(test.a, test.b); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
