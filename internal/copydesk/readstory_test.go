package copydesk

import (
	"strings"
	"testing"
)

func TestReadStoryPlaces(t *testing.T) {
	p := ReadStory("Orrin to pay $5bn", "It pays $5bn.", "# Head $9\n\n- It pays $5bn.\n\n> $8bn\n\n:::voices\n> “It is $5bn.”\n>\n> — Jane Roe, Reader\n:::", readOn)
	var places []Place
	for _, f := range p.Figures {
		places = append(places, f.Place)
	}
	want := []Place{InHeadline, InStandfirst, InBody, InVoice}
	if len(places) != len(want) {
		t.Fatalf("figures stand in %v, want %v", places, want)
	}
	for i := range want {
		if places[i] != want[i] {
			t.Errorf("figure %d stands in %v, want %v", i, places[i], want[i])
		}
	}
}

// TestReadingProse holds that what is found in a plain text stands where it says.
func TestReadingProse(t *testing.T) {
	for _, text := range texts(t) {
		r := Read(text, readOn)
		p := r.Prose(text, readOn)
		check := func(m Mark) {
			if got := clean(text, m.Start, m.End, nil).text; got != m.Text {
				t.Errorf("%q stands where %q is said to be", got, m.Text)
			}
		}
		for _, x := range p.Figures {
			check(x.Mark)
		}
		for _, x := range p.Dates {
			check(x.Mark)
		}
		for _, x := range p.Tickers {
			check(x.Mark)
		}
		for _, x := range p.Attributions {
			check(x.Mark)
		}
	}
}

func TestReadingProseOfAnInterview(t *testing.T) {
	text := "Orrin looks ahead\n\nQ: Why $5 million?\n\nA: Because $6 million is too much, we thought at the time.\n\nQ: And then?\n\nA: We sold it for $7 million.\n"
	r := Read(text, readOn)
	var got []string
	for _, line := range tell(r.Prose(text, readOn)) {
		if strings.HasPrefix(line, "money") {
			got = append(got, line)
		}
	}
	want := "money $5 million = 5000000 USD; money $6 million = 6000000 USD quoted; money $7 million = 7000000 USD quoted"
	if found := strings.Join(got, "; "); found != want {
		t.Errorf("got %s, want %s", found, want)
	}
}
