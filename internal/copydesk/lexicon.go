package copydesk

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed lexicon.txt
var lexiconText string

// wordSet is a set of lower-case words.
type wordSet map[string]bool

// lexicon is what lexicon.txt says.
type lexicon struct {
	furniture patternIndex
	voices    patternIndex
	sets      map[string]wordSet

	networks, endMarks, kickers, roles, agencies, verbs, pronouns, particles, titles, abbreviations, capitals, crowds, chiefs wordSet
}

// words returns the one lexicon. It is read on first use, not at start.
var words = sync.OnceValue(readLexicon)

func readLexicon() *lexicon {
	l := &lexicon{furniture: patternIndex{}, voices: patternIndex{}, sets: map[string]wordSet{}}
	section := ""
	for line := range strings.Lines(lexiconText) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "["):
			if name, isSection := strings.CutSuffix(line[1:], "]"); isSection && !strings.Contains(name, " ") {
				section = name
				continue
			}
			l.add(section, line)
		case line == "", strings.HasPrefix(line, "# "), line == "#":
		default:
			l.add(section, line)
		}
	}
	l.networks, l.endMarks, l.kickers, l.roles = l.sets["networks"], l.sets["endmarks"], l.sets["kickers"], l.sets["roles"]
	l.agencies, l.verbs, l.pronouns, l.particles = l.sets["agencies"], l.sets["verbs"], l.sets["pronouns"], l.sets["particles"]
	l.titles, l.abbreviations, l.capitals = l.sets["titles"], l.sets["abbreviations"], l.sets["capitals"]
	l.crowds, l.chiefs = l.sets["crowds"], l.sets["chiefs"]
	return l
}

func (l *lexicon) add(section, line string) {
	switch section {
	case "furniture":
		reason, rest, _ := strings.Cut(line, " | ")
		place, pattern, _ := strings.Cut(rest, " | ")
		l.furniture.add(pattern, furniture{reason: reason, place: furniturePlace(place)})
	case "voices":
		l.voices.add(line, furniture{})
	default:
		set := l.sets[section]
		if set == nil {
			set = wordSet{}
			l.sets[section] = set
		}
		for _, word := range strings.Fields(line) {
			set[word] = true
		}
	}
}

// hasAny reports whether one of the words of s is in the set.
func (set wordSet) hasAny(s string) bool {
	for word := range strings.FieldsSeq(s) {
		if set[bare(word)] {
			return true
		}
	}
	return false
}

// around are the characters that may stand around a word without being part of it.
const around = ".,:;!?…*_»«>›|()[]{}\"“”„'‘’-–—•·→←✕×✓"

// bare returns a word in lower case without the punctuation around it.
func bare(word string) string {
	if word != "" && isPlain(word[0]) && isPlain(word[len(word)-1]) {
		return strings.ToLower(word)
	}
	return strings.ToLower(strings.Trim(word, around))
}

// isPlain reports whether a byte is an ASCII letter or digit.
func isPlain(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}
