package diff

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is one word or sign of a text, from start up to end, with the white space behind
// it up to next. Two are the same whatever white space follows.
type word struct{ start, end, next int }

// split returns the words of the text. A number keeps its signs and separators ("$4.1bn",
// "1.7%", "4,200"), a word its apostrophes and hyphens; in scripts that write without
// spaces every character is a word.
func split(text string) []word {
	var list []word
	for at := 0; at < len(text); {
		w := word{start: at, end: at + wordLength(text[at:])}
		w.next = w.end + spaceLength(text[w.end:])
		if w.end > w.start {
			list = append(list, w)
		} else if len(list) > 0 {
			list[len(list)-1].next = w.next
		}
		at = w.next
	}
	return list
}

func spaceLength(text string) int {
	return len(text) - len(strings.TrimLeftFunc(text, unicode.IsSpace))
}

// wordLength returns the length of the word at the beginning of the text, and zero where
// white space stands there.
func wordLength(text string) int {
	first, n := utf8.DecodeRuneInString(text)
	switch {
	case unicode.IsSpace(first):
		return 0
	case unicode.Is(unicode.Sc, first): // a sign of a currency belongs to its number
		if next, _ := utf8.DecodeRuneInString(text[n:]); !unicode.IsDigit(next) {
			return n
		}
	case !isLetter(first) || isAlone(first):
		return n
	}
	for n < len(text) {
		r, size := utf8.DecodeRuneInString(text[n:])
		next, _ := utf8.DecodeRuneInString(text[n+size:])
		before, _ := utf8.DecodeLastRuneInString(text[:n])
		switch {
		case isLetter(r) && !isAlone(r):
		case joins(r) && isLetter(next) && isLetter(before):
		case r == '%' && unicode.IsDigit(before):
			return n + size
		default:
			return n
		}
		n += size
	}
	return n
}

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// isAlone reports whether the character is of a script without spaces between words.
func isAlone(r rune) bool {
	return r > 0x0e00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// joins reports whether the character between two letters or digits makes one word of
// them.
func joins(r rune) bool { return strings.ContainsRune("'’-‑.,:/&", r) }

// words compares two texts by word.
func words(old, now string) []Run {
	a, b := split(old), split(now)
	in := make(interner)
	keys := func(text string, list []word) []rune {
		ids := make([]rune, len(list))
		for i, w := range list {
			ids[i] = in.of(text[w.start:w.end])
		}
		return ids
	}
	oldAt, nowAt := stretches{old, a}, stretches{now, b}
	w := new(runs)
	i, j := 0, 0
	for _, d := range differences(keys(old, a), keys(now, b)) {
		w.kept(oldAt.text(i, d.Start), nowAt.text(j, d.ReplStart))
		w.changed(oldAt.text(d.Start, d.End), nowAt.text(d.ReplStart, d.ReplEnd))
		i, j = d.End, d.ReplEnd
	}
	w.kept(oldAt.text(i, len(a)), nowAt.text(j, len(b)))
	return w.done()
}

// stretches gives stretches of a text by the numbers of their words.
type stretches struct {
	source string
	words  []word
}

// text returns the words from i up to j, with the white space behind the last.
func (s stretches) text(i, j int) string {
	if i == j {
		return ""
	}
	return s.source[s.words[i].start:s.words[j-1].next]
}

// runs collects runs.
type runs struct {
	list     []Run
	del, ins strings.Builder // what changed and is not in the list yet
	old, new string          // what was kept after it
}

// kept adds words that both texts have. They wait for what follows: if they are too few
// to help anybody, they belong to the change.
func (w *runs) kept(old, now string) {
	w.old, w.new = old, now
	if w.del.Len() == 0 && w.ins.Len() == 0 {
		w.flush()
	}
}

func (w *runs) changed(del, ins string) {
	if w.new != "" && (w.del.Len() > 0 || w.ins.Len() > 0) {
		if isShort(w.new) {
			w.del.WriteString(w.old)
			w.ins.WriteString(w.new)
			w.old, w.new = "", ""
		} else {
			w.flush()
		}
	}
	w.del.WriteString(del)
	w.ins.WriteString(ins)
}

// isShort reports whether what stayed between two changes is so short that it reads
// better as part of them.
func isShort(kept string) bool {
	const most = 3
	return utf8.RuneCountInString(strings.TrimSpace(kept)) <= most && !strings.ContainsFunc(kept, unicode.IsDigit)
}

func (w *runs) flush() {
	for _, r := range []Run{{Delete, w.del.String()}, {Insert, w.ins.String()}, {Keep, w.new}} {
		if r.Text != "" {
			w.list = append(w.list, r)
		}
	}
	w.del.Reset()
	w.ins.Reset()
	w.old, w.new = "", ""
}

func (w *runs) done() []Run {
	w.flush()
	return w.list
}
