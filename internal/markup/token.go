package markup

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

// maxEntityLength is more than the longest name of a character has, with its
// ampersand and semicolon ("&CounterClockwiseContourIntegral;").
const maxEntityLength = 40

// token is the smallest piece of inline text: one character, perhaps written with
// a backslash or as an entity.
type token struct {
	size    int    // bytes of the source
	literal string // what an entity stands for; "" unless it is one
	escaped bool   // a backslash and the character that is meant
}

// nextToken reads the token at the beginning of the source, which is not empty.
func nextToken(source []byte) token {
	switch c := source[0]; {
	case c == '\\' && len(source) > 1 && util.IsPunct(source[1]):
		return token{size: 2, escaped: true}
	case c == '&':
		if literal, size := entity(source); size > 0 {
			return token{size: size, literal: literal}
		}
	case c >= utf8.RuneSelf:
		_, size := utf8.DecodeRune(source)
		return token{size: size}
	}
	return token{size: 1}
}

// entity reads a character reference. It returns zero if there is none.
func entity(source []byte) (literal string, size int) {
	end := 1
	for end < len(source) && end < maxEntityLength && source[end] != ';' {
		if !util.IsAlphaNumeric(source[end]) && source[end] != '#' {
			return "", 0
		}
		end++
	}
	if end >= len(source) || source[end] != ';' {
		return "", 0
	}
	name := string(source[1:end])
	number, isNumber := strings.CutPrefix(name, "#")
	if !isNumber {
		e, ok := util.LookUpHTML5EntityByName(name)
		if !ok {
			return "", 0
		}
		return string(e.Characters), end + 1
	}
	base, limit := 10, 7
	if strings.HasPrefix(number, "x") || strings.HasPrefix(number, "X") {
		number, base, limit = number[1:], 16, 6
	}
	value, err := strconv.ParseUint(number, base, 32)
	if err != nil || len(number) > limit {
		return "", 0
	}
	return string(validRune(rune(value))), end + 1
}

// validRune replaces what must not stand in HTML.
func validRune(r rune) rune {
	if !utf8.ValidRune(r) || isControl(r) {
		return utf8.RuneError
	}
	return r
}

// isControl reports whether the rune is a control character other than a tab or
// the end of a line, or one that Unicode says is no character.
func isControl(r rune) bool {
	switch {
	case r == '\t' || r == '\n' || r == '\r':
		return false
	case r < 0x20 || r >= 0x7f && r < 0xa0:
		return true
	}
	return r >= 0xfdd0 && r <= 0xfdef || r&0xfffe == 0xfffe
}

// decode returns the characters that a piece of inline text without marks stands
// for.
func decode(source []byte) string {
	var b strings.Builder
	b.Grow(len(source))
	for len(source) > 0 {
		t := nextToken(source)
		switch {
		case t.literal != "":
			b.WriteString(t.literal)
		case t.escaped:
			b.WriteByte(source[1])
		default:
			b.Write(source[:t.size])
		}
		source = source[t.size:]
	}
	return b.String()
}

// tokenStart and tokenEnd move an offset that falls inside a token of the source to
// where the token begins or ends.
func tokenStart(source []byte, offset int) int {
	at := 0
	for at < offset {
		size := nextToken(source[at:]).size
		if at+size > offset {
			return at
		}
		at += size
	}
	return at
}

func tokenEnd(source []byte, offset int) int {
	at := 0
	for at < offset {
		at += nextToken(source[at:]).size
	}
	return at
}

// clean returns the text without bytes that are not UTF-8 and with a space for each
// control character. It keeps offsets, and says so, unless bytes had to go.
func clean(body string) (source []byte, kept bool) {
	kept = utf8.ValidString(body)
	if !kept {
		body = strings.ToValidUTF8(body, string(utf8.RuneError))
	}
	source = []byte(body)
	for i, c := range source {
		if c < 0x20 && isControl(rune(c)) || c == 0x7f {
			source[i] = ' '
		}
	}
	return source, kept
}
