package spam_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"standfirst/internal/spam"
)

var update = flag.Bool("update", false, "write the evaluation set anew from its parts")

// example is one line of the evaluation set.
type example struct {
	Split string   `json:"split"` // learn, tune or unseen
	Part  string   `json:"part"`  // style and number of its template
	Name  string   `json:"name"`
	Email string   `json:"email,omitempty"`
	Text  string   `json:"text"`
	Links []string `json:"links,omitempty"`
}

// style returns what the part is one of.
func (e example) style() string {
	style, _, _ := strings.Cut(e.Part, "/")
	return style
}

func (e example) message() spam.Message {
	return spam.Message{Name: e.Name, Email: e.Email, Text: e.Text, Links: e.Links}
}

// sizes says how many examples of each kind a split has.
var sizes = []struct {
	split string
	count int
}{{"learn", 500}, {"tune", 166}, {"unseen", 334}}

// part is a template of the evaluation set.
type part struct{ split, name, text string }

// generator makes examples from parts. It is seeded, so that it makes the same again.
type generator struct {
	*rand.Rand
	lists map[string]string
	used  map[string]bool
}

func newGenerator(t *testing.T, seed uint64) *generator {
	t.Helper()
	g := &generator{
		Rand:  rand.New(rand.NewPCG(seed, 2026)),
		lists: make(map[string]string),
		used:  make(map[string]bool),
	}
	for _, line := range lines(t, "parts/lists.txt") {
		name, choices, _ := strings.Cut(line, ": ")
		g.lists[name] = choices
	}
	return g
}

// lines returns the lines of a file of testdata that are not empty.
func lines(t *testing.T, name string) []string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for line := range strings.Lines(string(content)) {
		if line = strings.TrimSpace(line); line != "" {
			found = append(found, line)
		}
	}
	return found
}

// readParts returns the templates of a kind.
func readParts(t *testing.T, kind string) []part {
	t.Helper()
	var parts []part
	var split, style string
	numbers := make(map[string]int)
	for _, line := range lines(t, "parts/"+kind+".txt") {
		if heading, ok := strings.CutPrefix(line, "["); ok && strings.HasSuffix(line, "]") && !strings.Contains(line, "{") {
			split, style, _ = strings.Cut(strings.TrimSuffix(heading, "]"), " ")
			continue
		}
		numbers[style]++
		parts = append(parts, part{split: split, name: fmt.Sprintf("%s/%d", style, numbers[style]), text: line})
	}
	return parts
}

// expand chooses one of each "{one|other}", inside out, and reads names of lists. The
// unseen third has lists of its own, so that it shares no names of people, companies and
// hosts with what was learnt.
func (g *generator) expand(split, text string) string {
	for {
		closing := strings.IndexByte(text, '}')
		if closing < 0 {
			return text
		}
		opening := strings.LastIndexByte(text[:closing], '{')
		inner := text[opening+1 : closing]
		if choices, ok := g.lists[split+" "+inner]; ok {
			inner = choices
		} else if choices, ok := g.lists[inner]; ok {
			inner = choices
		}
		choices := splitChoices(inner)
		text = text[:opening] + choices[g.IntN(len(choices))] + text[closing+1:]
	}
}

// splitChoices splits at the strokes outside of braces.
func splitChoices(text string) []string {
	var choices []string
	depth, start := 0, 0
	for i := range len(text) {
		switch text[i] {
		case '{':
			depth++
		case '}':
			depth--
		case '|':
			if depth == 0 {
				choices = append(choices, text[start:i])
				start = i + 1
			}
		}
	}
	return append(choices, text[start:])
}

var link = regexp.MustCompile(`https?://[^\s)]+|www\.[^\s)]+`)

// example makes an example of the part that was not made before, if it can.
func (g *generator) example(p part) (example, bool) {
	for range 40 {
		name, text, named := strings.Cut(p.text, " ~ ")
		if !named {
			name, text = g.name(), p.text
		}
		e := example{Split: p.split, Part: p.name, Name: g.expand(p.split, name), Text: g.expand(p.split, text), Email: g.email(p.split)}
		if g.used[e.Text] {
			continue
		}
		g.used[e.Text] = true
		e.Links = link.FindAllString(e.Text, -1)
		return e, true
	}
	return example{}, false
}

// name returns what a writer signs with; spam and ham have the same names.
func (g *generator) name() string {
	return []string{"{first}", "{first} {last}", "{first} {last}", "{nick}", "{first}{d}{d}"}[g.IntN(5)]
}

// email returns the address of a writer, or none; spam and ham have the same ones.
func (g *generator) email(split string) string {
	return g.expand(split, []string{"", "", "{first}.{last}@postbox.example", "{last}{d}{d}@freemail.example"}[g.IntN(4)])
}

// make makes the examples of a kind: each part of a split takes its turn.
func (g *generator) make(t *testing.T, kind string) []example {
	t.Helper()
	parts := readParts(t, kind)
	var made []example
	for _, size := range sizes {
		var turn []part
		for _, p := range parts {
			if p.split == size.split {
				turn = append(turn, p)
			}
		}
		for n := 0; n < size.count; {
			left := turn[:0:0]
			for _, p := range turn {
				e, ok := g.example(p)
				if !ok {
					continue
				}
				left = append(left, p)
				if made = append(made, e); n+1 == size.count {
					n++
					break
				}
				n++
			}
			if turn = left; len(turn) == 0 {
				t.Fatalf("%s: the parts of %s make only %d examples", kind, size.split, n)
			}
		}
	}
	return made
}

// readSet reads the examples of a kind.
func readSet(t *testing.T, kind string) []example {
	t.Helper()
	var set []example
	for i, line := range lines(t, kind+".jsonl") {
		var e example
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatalf("%s.jsonl:%d: %v", kind, i+1, err)
		}
		set = append(set, e)
	}
	return set
}

// TestSetIsMadeOfItsParts holds the set to its parts; -update writes it.
func TestSetIsMadeOfItsParts(t *testing.T) {
	g := newGenerator(t, 7)
	for _, kind := range []string{"spam", "ham"} {
		var made bytes.Buffer
		encoder := json.NewEncoder(&made)
		encoder.SetEscapeHTML(false)
		for _, e := range g.make(t, kind) {
			if err := encoder.Encode(e); err != nil {
				t.Fatal(err)
			}
		}
		name := filepath.Join("testdata", kind+".jsonl")
		if *update {
			if err := os.WriteFile(name, made.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			continue
		}
		kept, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(kept, made.Bytes()) {
			t.Errorf("%s is not what its parts make: run go test ./internal/spam -run TestSetIsMadeOfItsParts -update", name)
		}
	}
}

// TestUnseenIsUnseen holds that no text of one split is in another.
func TestUnseenIsUnseen(t *testing.T) {
	for _, kind := range []string{"spam", "ham"} {
		splits := make(map[string]string)
		for _, e := range readSet(t, kind) {
			if other, ok := splits[e.Text]; ok {
				t.Errorf("%s: %q is in %s and in %s", kind, e.Text, other, e.Split)
			}
			splits[e.Text] = e.Split
		}
		counts := make(map[string]int)
		for _, split := range splits {
			counts[split]++
		}
		for _, size := range sizes {
			if counts[size.split] != size.count {
				t.Errorf("%s: %d in %s, want %d", kind, counts[size.split], size.split, size.count)
			}
		}
	}
}
