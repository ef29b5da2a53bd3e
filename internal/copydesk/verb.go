package copydesk

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:embed deals.txt
var dealText string

// verbGroup is a set of the groups of verbs in deals.txt.
type verbGroup uint64

// verbShape is a set of the forms that a word can have as a verb.
type verbShape uint8

const (
	shapeBase verbShape = 1 << iota
	shapeS
	shapeIng
	shapePast
	shapeParticiple
)

// verb is a word as a form of a verb. The zero verb is none.
type verb struct {
	groups verbGroup
	shape  verbShape
	lemma  string // of the first verb in the file that has the form
}

// wordClass is a set of the sets of small words in deals.txt.
type wordClass uint8

// classOf returns the class of a set; zero for a set that is none.
func classOf(set string) wordClass {
	switch set {
	case "prepositions":
		return 1 << 0
	case "determiners":
		return 1 << 1
	case "pronouns":
		return 1 << 2
	case "links":
		return 1 << 3
	case "clauses":
		return 1 << 4
	case "adverbs":
		return 1 << 5
	case "auxiliaries":
		return 1 << 6
	case "modals":
		return 1 << 7
	}
	return 0
}

// knownWord is what deals.txt says of a word.
type knownWord struct {
	verb  verb
	class wordClass
}

// grammar is what deals.txt says.
type grammar struct {
	verbs  map[string]verb
	groups map[string]verbGroup
	sets   map[string]wordSet
	stages phraseTable // what a stage is said with, by its first word
	words  map[string]knownWord
}

// dealWords returns the one grammar. It is read on first use.
var dealWords = sync.OnceValue(func() *grammar {
	g := &grammar{verbs: map[string]verb{}, groups: map[string]verbGroup{}, sets: map[string]wordSet{}, stages: phraseTable{}}
	eachEntry(dealText, func(section, group, entry string) {
		switch section {
		case "verbs":
			g.addVerb(group, entry)
		case "stages":
			g.stages.add(entry, group)
		default:
			if g.sets[section] == nil {
				g.sets[section] = wordSet{}
			}
			g.sets[section][entry] = true
		}
	})
	g.words = make(map[string]knownWord, len(g.verbs))
	for word, v := range g.verbs {
		g.words[word] = knownWord{verb: v}
	}
	for name, set := range g.sets {
		for word := range set {
			w := g.words[word]
			w.class |= classOf(name)
			g.words[word] = w
		}
	}
	return g
})

// eachEntry reads a word list: sections in brackets, remarks after "#", and entries
// between commas, which may have the name of a group and "|" before them.
func eachEntry(text string, add func(section, group, entry string)) {
	section := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if name, ok := strings.CutPrefix(line, "["); ok {
			section = strings.TrimSuffix(name, "]")
			continue
		}
		group, rest, grouped := strings.Cut(line, " | ")
		if !grouped {
			group, rest = "", line
		}
		for entry := range strings.SplitSeq(rest, ",") {
			if entry = strings.TrimSpace(entry); entry != "" {
				add(section, group, entry)
			}
		}
	}
}

// addVerb adds the forms of a verb to a group.
func (g *grammar) addVerb(group, entry string) {
	bit, ok := g.groups[group]
	if !ok {
		bit = 1 << len(g.groups)
		g.groups[group] = bit
	}
	forms := strings.Split(entry, "/")
	base := forms[0]
	past, participle, third, ing := regular(base)
	if len(forms) > 2 {
		past, participle = forms[1], forms[2]
	}
	if len(forms) > 4 {
		third, ing = forms[3], forms[4]
	}
	for shape, form := range map[verbShape]string{shapeBase: base, shapeS: third, shapeIng: ing, shapePast: past, shapeParticiple: participle} {
		v := g.verbs[form]
		v.groups |= bit
		v.shape |= shape
		if v.lemma == "" {
			v.lemma = base
		}
		g.verbs[form] = v
	}
}

// regular returns the forms of a regular verb.
func regular(base string) (past, participle, third, ing string) {
	stem := strings.TrimSuffix(base, "e")
	switch n := len(base); {
	case stem != base:
		past, third, ing = base+"d", base+"s", stem+"ing"
		if strings.HasSuffix(base, "ee") {
			ing = base + "ing"
		}
	case strings.HasSuffix(base, "y") && n > 1 && !strings.ContainsRune("aeiou", rune(base[n-2])):
		past, third, ing = base[:n-1]+"ied", base[:n-1]+"ies", base+"ing"
	case strings.HasSuffix(base, "s"), strings.HasSuffix(base, "x"), strings.HasSuffix(base, "ch"), strings.HasSuffix(base, "sh"):
		past, third, ing = base+"ed", base+"es", base+"ing"
	default:
		past, third, ing = base+"ed", base+"s", base+"ing"
	}
	return past, past, third, ing
}

// phraseTable holds phrases by their first word, the longest first.
type phraseTable map[string][]tablePhrase

type tablePhrase struct {
	words []string
	means string
}

func (t phraseTable) add(phrase, means string) {
	words := strings.Fields(phrase)
	list := slices.Concat(t[words[0]], []tablePhrase{{words, means}})
	for i := len(list) - 1; i > 0 && len(list[i].words) > len(list[i-1].words); i-- {
		list[i], list[i-1] = list[i-1], list[i]
	}
	t[words[0]] = list
}
