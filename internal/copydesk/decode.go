package copydesk

import (
	"bytes"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"standfirst"
)

// The encodings that Decode tells apart.
const (
	UTF8        = "utf-8"
	UTF8Damaged = "utf-8, damaged" // with bytes that are not UTF-8, which became U+FFFD
	UTF16LE     = "utf-16le"
	UTF16BE     = "utf-16be"
	Windows1252 = "windows-1252" // which holds Latin-1
)

// signatures are how files begin that somebody may take for a text.
var signatures = []struct{ prefix, name string }{
	{"%PDF-", "a PDF file"},
	{"\x89PNG", "a PNG picture"},
	{"\xff\xd8\xff", "a JPEG picture"},
	{"GIF8", "a GIF picture"},
	{"PK\x03\x04", "a ZIP archive or an office document"},
	{"\x1f\x8b", "a gzip archive"},
	{"\xd0\xcf\x11\xe0", "an old office document"},
	{"{\\rtf", "a rich-text (RTF) document"},
	{"\x7fELF", "a program"},
	{"SQLite format 3\x00", "a database"},
}

// Decode turns the bytes of a file into text and names the encoding they were in:
// UTF-8 with or without byte-order mark, UTF-16 with one, or Windows-1252 when the
// bytes are not UTF-8. A byte-order mark is not part of the text. UTF-8 with a few
// broken bytes stays UTF-8, each broken byte becoming U+FFFD, because reading all of
// it as Windows-1252 would spoil every accent and curly quote.
//
// It returns an Invalid error that names what was seen for bytes that are no text.
func Decode(b []byte) (text, encoding string, err error) {
	for _, s := range signatures {
		if bytes.HasPrefix(b, []byte(s.prefix)) {
			return "", "", standfirst.Errorf(standfirst.Invalid, "this is not plain text: it begins like %s; save it as plain text first", s.name)
		}
	}
	text, encoding = decode(b)
	if err := checkText(text); err != nil {
		return "", "", err
	}
	return text, encoding, nil
}

func decode(b []byte) (text, encoding string) {
	switch {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		b = b[3:]
	case bytes.HasPrefix(b, []byte("\xff\xfe")):
		return decodeUTF16(b[2:], 0, 1), UTF16LE
	case bytes.HasPrefix(b, []byte("\xfe\xff")):
		return decodeUTF16(b[2:], 1, 0), UTF16BE
	}
	if utf8.Valid(b) {
		return string(b), UTF8
	}
	good, bad := countSequences(b)
	if good > bad {
		return string(bytes.ToValidUTF8(b, []byte("\ufffd"))), UTF8Damaged
	}
	return decodeWindows1252(b), Windows1252
}

// countSequences counts the multi-byte sequences that are UTF-8 and the bytes that
// are not.
func countSequences(b []byte) (good, bad int) {
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good++
		}
		b = b[size:]
	}
	return good, bad
}

// decodeUTF16 reads pairs of bytes whose low byte is at index low. A last odd byte
// becomes U+FFFD.
func decodeUTF16(b []byte, low, high int) string {
	units := make([]uint16, 0, len(b)/2+1)
	for ; len(b) >= 2; b = b[2:] {
		units = append(units, uint16(b[low])|uint16(b[high])<<8)
	}
	if len(b) == 1 {
		units = append(units, 0xfffd)
	}
	return string(utf16.Decode(units))
}

// windows1252 holds what the bytes 0x80 to 0x9f mean, from the WHATWG Encoding
// Standard: the five bytes without a character keep their number, as in Latin-1.
var windows1252 = [32]rune{
	0x20ac, 0x81, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8d, 0x017d, 0x8f,
	0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d, 0x017e, 0x0178,
}

func decodeWindows1252(b []byte) string {
	var s strings.Builder
	s.Grow(len(b) + len(b)/8)
	for _, c := range b {
		if c >= 0x80 && c < 0xa0 {
			s.WriteRune(windows1252[c-0x80])
		} else {
			s.WriteRune(rune(c))
		}
	}
	return s.String()
}

// checkText returns an Invalid error if the text has a NUL or more control
// characters than a stray one here and there: one in two hundred, and at least four.
func checkText(text string) error {
	controls, first := 0, rune(0)
	for _, r := range text {
		switch {
		case r == 0:
			return standfirst.Errorf(standfirst.Invalid, "this is not plain text: it has NUL bytes, as binary files and UTF-16 without a byte-order mark do")
		case r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f' && r != '\v', r >= 0x7f && r < 0xa0 && r != 0x85:
			if controls == 0 {
				first = r
			}
			controls++
		}
	}
	if controls > 3 && controls*200 > len(text) {
		return standfirst.Errorf(standfirst.Invalid, "this is not plain text: %d of its %d bytes are control characters, the first is U+%04X", controls, len(text), first)
	}
	return nil
}
