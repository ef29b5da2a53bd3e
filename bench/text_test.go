package main

import (
	"reflect"
	"strings"
	"testing"
)

func TestStoryTextIsWholeAndRepeatable(t *testing.T) {
	words := 0
	const stories = 200
	for seed := range stories {
		content, about := storyText(seed)
		if again, _ := storyText(seed); !reflect.DeepEqual(content, again) {
			t.Fatalf("seed %d writes two different texts", seed)
		}
		if strings.ContainsAny(content.Body+content.Headline+content.Standfirst, "{}") || strings.Contains(content.Headline, "!(") {
			t.Fatalf("seed %d leaves a blank:\n%s\n%s", seed, content.Headline, content.Body)
		}
		if !strings.Contains(content.Body, "\n:::voices\n") || content.Section == "" || len(content.Topics) != 2 || len(content.Bylines) != 1 {
			t.Fatalf("seed %d lacks voices, a section, topics or a byline", seed)
		}
		figures, err := figuresOf(seed*figuresEvery, content, about)
		if err != nil || len(figures.Claims) != figuresEach {
			t.Fatalf("seed %d has %d figures, %v", seed, len(figures.Claims), err)
		}
		words += len(strings.Fields(content.Body))
	}
	if mean := words / stories; mean < 480 || mean > 720 {
		t.Errorf("the stories have %d words on average; about 600 are promised", mean)
	}
}
