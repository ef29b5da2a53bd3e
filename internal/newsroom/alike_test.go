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

func TestErasedPhrases(t *testing.T) {
	for name, test := range map[string]struct {
		erased, other string
		want          bool
	}{
		"the paragraph within a longer one": {"The quay opens in May after two winters.", "Nobody had asked, but the quay *opens*\nin May after two winters, and then the crews come back.", true},
		"one of its sentences":              {"The quay opens in May after two winters. Nobody paid.", "They say: “The quay opens in May after two winters.”", true},
		"a voice, quoted":                   {"> It was **never** the price that mattered.\n>\n> — Jane Orrell, shipbroker, Saltway Partners", "“It was never the price that mattered,” she said.", true},
		"another voice of the speaker":      {"> It was never the price that mattered.\n>\n> — Jane Orrell, shipbroker, Saltway Partners", "> Ask me again in May, then.\n>\n> — Jane Orrell, shipbroker, Saltway Partners", false},
		"part of a sentence":                {"The quay opens in May after two winters.", "The quay opens in May.", false},
		"too few words to tell":             {"Kestrel declined to comment.", "Kestrel declined to comment. Others did not.", false},
		"words that only begin alike":       {"The quay opens in May after two winter", "The quay opens in May after two winters.", false},
	} {
		if got := containsAny(phrase(test.other), erasedPhrases([]string{test.erased})); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
