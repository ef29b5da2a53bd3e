package standfirst

import (
	"strings"
	"unicode/utf8"
)

// Note is what somebody of the desk says of a story to the others. Readers never see it.
type Note struct {
	ID      NoteID
	Story   StoryID
	Thread  NoteID  // the note that it answers; zero for one that begins a thread
	Passage Passage // that it is about; zero for the story as a whole, and in answers
	Text    string  // plain text
	For     string  // the actor who should look at it, as [Actor.String]; empty for nobody
	Written Deed
	// Resolved is zero while the note is open. Answers are resolved with what they answer.
	Resolved Deed
}

// MaxNoteLength is how long a note, a reason or a quoted passage may be, in bytes.
const MaxNoteLength = 4000

// Passage is a stretch of a story's text, quoted with some of what stands around it, so
// that it is found again when the text moves.
type Passage struct {
	Before string
	Words  string
	After  string
}

// passageContext is how many bytes around a passage are kept, on each side.
const passageContext = 60

// PassageAt returns the passage at the range of the body.
func PassageAt(body string, r Range) Passage {
	from, to := max(r.Start-passageContext, 0), min(r.End+passageContext, len(body))
	for from < r.Start && !utf8.RuneStart(body[from]) {
		from++
	}
	for to > r.End && to < len(body) && !utf8.RuneStart(body[to]) {
		to--
	}
	return Passage{Before: body[from:r.Start], Words: body[r.Start:r.End], After: body[r.End:to]}
}

// PassageOf returns the first passage of the body with the words, however they are broken
// into lines. It reports false if the body does not have them.
func PassageOf(body, words string) (Passage, bool) {
	r, ok := findWords(body, words)
	if !ok {
		return Passage{}, false
	}
	return PassageAt(body, r), true
}

// findWords returns where the words stand first in the body; any space between them counts
// as one blank.
func findWords(body, words string) (Range, bool) {
	words = strings.TrimSpace(words)
	if words == "" {
		return Range{}, false
	}
	if at := strings.Index(body, words); at >= 0 {
		return Range{at, at + len(words)}, true
	}
	var text strings.Builder // the body with single blanks
	var offsets []int        // of each byte of text in the body
	blank := true
	for i := range len(body) {
		space := strings.IndexByte(" \t\r\n", body[i]) >= 0
		if space && blank {
			continue
		}
		blank = space
		b := body[i]
		if space {
			b = ' '
		}
		text.WriteByte(b)
		offsets = append(offsets, i)
	}
	words = strings.Join(strings.Fields(words), " ")
	at := strings.Index(text.String(), words)
	if at < 0 {
		return Range{}, false
	}
	return Range{offsets[at], offsets[at+len(words)-1] + 1}, true
}

// Find returns where the passage stands in the body: of several places with its words
// the one whose surroundings are most like those that it had. It reports false if the
// words are gone.
func (p Passage) Find(body string) (Range, bool) {
	if p.Words == "" {
		return Range{}, false
	}
	best, most := Range{}, -1
	for at := 0; ; {
		i := strings.Index(body[at:], p.Words)
		if i < 0 {
			return best, most >= 0
		}
		start := at + i
		end := start + len(p.Words)
		if same := sameEnd(body[:start], p.Before) + sameBeginning(body[end:], p.After); same > most {
			best, most = Range{start, end}, same
		}
		at = start + 1
	}
}

// sameBeginning returns how many bytes at their beginning the texts have in common.
func sameBeginning(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// sameEnd returns how many bytes at their end the texts have in common.
func sameEnd(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	return n
}
