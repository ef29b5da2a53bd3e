package spam

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// markStrokes writes a capital I after a small letter, which looks like an l, as the
// sign that stands for either.
func markStrokes(text string) string {
	small := false
	return strings.Map(func(r rune) rune {
		after := small
		small = unicode.IsLower(r)
		if r == 'I' && after {
			return stroke
		}
		return r
	}, text)
}

// piece is a part of a word in disguise: letters, and digits and signs read as such.
type piece struct {
	text  string
	glued bool // no space stands between it and the piece before
	near  bool // at most one space does
}

// disguised returns the pieces of plain text.
func disguised(text string) []piece {
	var pieces []piece
	mask := !mostlyOther(text)
	spaces := 2
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		if unicode.IsSpace(r) {
			spaces++
			text = text[size:]
			continue
		}
		n, seen := pieceLength(text)
		if n == 0 {
			text = text[max(size, seen):]
			continue
		}
		raw := text[:n]
		text = text[n:]
		pieces = append(pieces, piece{text: undisguise(raw, mask), glued: spaces == 0, near: spaces <= 1})
		spaces = 0
	}
	return pieces
}

// pieceLength returns how many bytes at the beginning of the text are one piece, and how
// many were looked at. Signs that end a sentence belong to a piece only inside it.
func pieceLength(text string) (n, seen int) {
	for i, r := range text {
		switch {
		case ideographic(r):
			if i == 0 {
				return utf8.RuneLen(r), utf8.RuneLen(r)
			}
			return n, i
		case wordRune(r), r == '$', r == '@', r == '€':
			n = i + utf8.RuneLen(r)
		case r == '!' || r == '|' || r == '+' || r == '\'':
		default:
			return n, i
		}
	}
	return n, len(text)
}

// undisguise returns the piece as letters. Where it has no letter, or more digits than
// letters, it is left as it is: 455 is a number. Words that are wholly of another script
// are told from disguises by mask, which says whether to take those for Latin.
func undisguise(raw string, mask bool) string {
	raw = strings.ReplaceAll(raw, "'", "")
	letters, digits, signs := 0, 0, 0
	for _, r := range raw {
		switch {
		case isLetter(r):
			letters++
		case unicode.IsDigit(r):
			digits++
		default:
			signs++
		}
	}
	if mask || mixedScripts(raw) || !isASCII(raw) && !latinTwin(raw) {
		raw = unmask(raw)
	}
	if digits+signs == 0 || letters == 0 || letters < digits {
		return raw
	}
	return strings.Map(func(r rune) rune {
		if letter := letterFor(r); letter != 0 {
			return letter
		}
		return r
	}, raw)
}

// latinTwin reports whether every letter of the word has a Latin look-alike, as in the
// Russian word for litter, which looks like "cop".
func latinTwin(word string) bool {
	for _, r := range word {
		if r >= utf8.RuneSelf && lookAlike(r) == r {
			return false
		}
	}
	return true
}

// mostlyOther reports whether more letters of the text are of other scripts than Latin.
func mostlyOther(text string) bool {
	latin, other := 0, 0
	for _, r := range text {
		switch {
		case 'a' <= r && r <= 'z':
			latin++
		case r >= utf8.RuneSelf && isLetter(r) && !unicode.Is(unicode.Latin, r):
			other++
		}
	}
	return other > latin
}

// spelled reads pieces as words, and three and more single letters in a row as one.
// One-letter words at its ends are read apart from it: "a c a s i n o".
func spelled(pieces []piece) []string {
	read := make([]string, 0, len(pieces))
	for i := 0; i < len(pieces); {
		end := i
		for end < len(pieces) && single(pieces[end].text) && (end == i || pieces[end].near) {
			end++
		}
		if end-i < 3 {
			end = max(end, i+1)
			for ; i < end; i++ {
				read = append(read, pieces[i].text)
			}
			continue
		}
		for ; end-i > 3 && strings.Contains(oneLetterWords, pieces[i].text); i++ {
			read = append(read, pieces[i].text)
		}
		var b strings.Builder
		for ; i < end; i++ {
			b.WriteString(letters(pieces[i].text))
		}
		read = append(read, b.String())
	}
	return read
}

// oneLetterWords are words of one letter in the languages that most readers write.
const oneLetterWords = "aiyoeu"

// single reports whether the piece is one character that is or stands for a letter.
func single(piece string) bool {
	r, size := utf8.DecodeRuneInString(piece)
	return size == len(piece) && !ideographic(r)
}

// letters returns a single character as the letter for which it stands.
func letters(piece string) string {
	r, _ := utf8.DecodeRuneInString(piece)
	if letter := letterFor(r); letter != 0 {
		return string(letter)
	}
	return piece
}

// joined reads pieces between which there is no space as one word: "ca-si-no".
func joined(pieces []piece) []string {
	read := make([]string, 0, len(pieces))
	for i := 0; i < len(pieces); {
		var b strings.Builder
		b.WriteString(pieces[i].text)
		for i++; i < len(pieces) && pieces[i].glued && !ideographicPiece(pieces[i]); i++ {
			b.WriteString(pieces[i].text)
		}
		read = append(read, b.String())
	}
	return read
}

// ideographicPiece reports whether the piece is a letter that is a word.
func ideographicPiece(p piece) bool {
	r, _ := utf8.DecodeRuneInString(p.text)
	return ideographic(r)
}

// spacedLetters reports whether the chunk is letters with signs between them, as in
// "c.a.s.i.n.o".
func spacedLetters(chunk string) bool {
	letters, sign := 0, true
	for _, r := range chunk {
		if wordRune(r) {
			if !sign {
				return false
			}
			letters++
			sign = false
			continue
		}
		sign = true
	}
	return letters >= 3
}

// disguisedWord returns the letters of a word with digits or signs among them
// ("v1agra", "ca$h") or with signs between short parts of it ("vi-ag-ra").
func disguisedWord(chunk string) (string, bool) {
	chunk = strings.TrimRight(chunk, ".,;:!?)\"'")
	letters, others, signs, longest, part := 0, 0, 0, 0, 0
	inside := false // something that stands for a letter is between letters
	pending := false
	for _, c := range chunk {
		switch {
		case isLetter(c):
			letters++
			part++
			inside = inside || pending
		case c == '.' || c == '-' || c == '_' || c == '*' || c == '~' || c == '|' || c == '/':
			signs++
			part = 0
		case letterFor(c) != 0:
			others++
			part++
			pending = letters > 0
		default:
			return "", false
		}
		longest = max(longest, part)
	}
	switch {
	case letters < 3 || letters < others:
		return "", false
	case signs == 0 && inside:
	case signs >= 2 && longest <= 3:
	default:
		return "", false
	}
	return strings.Map(func(c rune) rune {
		if c = lookAlike(c); isLetter(c) {
			return c
		}
		switch letter := letterFor(c); letter {
		case 0:
			return -1
		case stroke:
			return 'i'
		default:
			return letter
		}
	}, chunk), true
}
