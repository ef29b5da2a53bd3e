package copydesk

import (
	"strings"

	"standfirst"
)

// saidByPronoun reports whether what follows a quotation says that he or she said it.
func saidByPronoun(after string) bool {
	first, rest, _ := strings.Cut(strings.TrimLeft(after, ", —–-"), " ")
	second, _, _ := strings.Cut(rest, " ")
	return isPersonal(first) && words().verbs[bare(second)] || words().verbs[first] && isPersonal(bare(second))
}

func isPersonal(word string) bool { return word == "he" || word == "she" }

// personBefore returns the person who speaks in the last sentence of the text, for a
// pronoun in the next: "Jane Roe, the chair, said it was late. “We begin,” she said."
func (f *quoteFinder) personBefore(before string) standfirst.Speaker {
	if len(before) > maxClause {
		before = before[len(before)-maxClause:]
	}
	sentence := strings.TrimSpace(before)
	for start := 0; ; {
		end := sentenceEnd(sentence, start)
		if end >= len(sentence) {
			sentence = sentence[start:]
			break
		}
		start = end
	}
	verb, _ := findVerb(sentence)
	if verb <= 0 {
		return standfirst.Speaker{}
	}
	// The name that stands nearest to the verb is its subject; what stands before that may
	// add the role.
	var person standfirst.Speaker
	for start := verb; start > 0; {
		start = max(strings.LastIndex(sentence[:start], ", "), 0)
		from := start
		if from > 0 {
			from += len(", ")
		}
		c := f.named(sentence, from, verb)
		switch name := c.speaker.Name; {
		case !strings.Contains(name, " ") || !isPersonName(name):
		case person.Name == "" || person.Name == name && person.Role == "":
			person = c.speaker
		}
	}
	return person
}
