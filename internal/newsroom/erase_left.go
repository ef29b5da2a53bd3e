package newsroom

import (
	"strings"
	"unicode"

	"standfirst"
	"standfirst/internal/markup"
	"standfirst/internal/record"
)

// Left is a part of another version, or another part of the same one, that still has
// words which were erased: a paragraph that stands within a longer one is not the same
// block, and is the operator's to erase by itself or to let stand.
type Left struct {
	Version int    // published; zero for a text that readers never saw
	Part    string // "block.3" or "voice.1"; or "headline", "standfirst", "picture.caption" and the like, which go with the version; or NoticePart
}

// NoticePart is the part of a notice that readers of the story are shown. It is of no version.
const NoticePart = "notice"

// Alone reports whether the part can be erased by itself, and not only with its version.
func (l Left) Alone() bool {
	return l.Version != 0 && (strings.HasPrefix(l.Part, "block.") || strings.HasPrefix(l.Part, "voice."))
}

// leastLeft is the fewest words that are looked for in what is left: fewer say the same in
// many places without being the same.
const leastLeft = 5

// lookForLeft finds the erased blocks, and the sentences of them, in what is left of the story.
func (x *erasing) lookForLeft() error {
	wanted := erasedPhrases(x.words)
	if len(wanted) == 0 {
		return nil
	}
	err := x.each(func(r standfirst.Revision) error {
		x.leftIn(r.Number, r.Content, r.Change.Note, wanted)
		return nil
	})
	if err != nil {
		return err
	}
	work, err := x.tx.WorkingCopy(x.story.ID)
	if err != nil {
		return err
	}
	x.leftIn(0, work.Content, "", wanted)
	notices, err := x.tx.NoticesOfStory(x.story.ID)
	for _, n := range notices {
		x.look(Left{Part: NoticePart}, n.Text, wanted)
	}
	return err
}

// look takes up the part if its text has one of the phrases. A part of texts that readers never
// saw is told once.
func (x *erasing) look(part Left, text string, wanted []string) {
	if containsAny(phrase(text), wanted) && !x.found[part] {
		x.found[part] = true
		x.left = append(x.left, part)
	}
}

// leftIn finds the phrases in a version or draft.
func (x *erasing) leftIn(version int, c standfirst.Content, note string, wanted []string) {
	look := func(part, text string) { x.look(Left{version, part}, text, wanted) }
	look("headline", c.Headline)
	look("standfirst", c.Standfirst)
	look("note", note)
	if p := c.Picture; p != nil {
		look("picture.alt", p.Alt)
		look("picture.caption", p.Caption)
		look("picture.credit", p.Credit)
	}
	for _, b := range record.Blocks(c.Body) {
		look(b.Name, markup.PlainText(c.Body[b.Start:b.End]))
	}
}

// erasedPhrases returns what to look for of the erased blocks: each as a whole, and each of its
// sentences, if they are long enough. Who speaks is no part of what a voice said.
func erasedPhrases(blocks []string) []string {
	var phrases []string
	for _, block := range blocks {
		if line := speakerLine(block); line != "" {
			block = strings.ReplaceAll(block, line, "")
		}
		plain := strings.Join(strings.Fields(markup.PlainText(block)), " ")
		for _, words := range append(sentences(plain), plain) {
			if len(strings.Fields(phrase(words))) >= leastLeft {
				phrases = append(phrases, phrase(words))
			}
		}
	}
	return phrases
}

// sentences cuts words after each stop that a space follows. That it also cuts after an
// abbreviation does no harm: what is too short is not looked for.
func sentences(plain string) []string {
	var found []string
	start := 0
	for i := 0; i+1 < len(plain); i++ {
		if strings.IndexByte(".!?", plain[i]) >= 0 && plain[i+1] == ' ' {
			found = append(found, plain[start:i+1])
			start = i + 1
		}
	}
	return append(found, plain[start:])
}

// phrase returns the words in a form in which they are found whatever stands between them
// or in capitals, with a space on each side.
func phrase(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) == 0 {
		return ""
	}
	return " " + strings.Join(words, " ") + " "
}

func containsAny(text string, phrases []string) bool {
	for _, p := range phrases {
		if strings.Contains(text, p) {
			return true
		}
	}
	return false
}
