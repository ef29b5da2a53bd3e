package copydesk

import (
	"strings"
	"testing"
	"unicode/utf8"

	"standfirst"
)

func TestDecode(t *testing.T) {
	tests := []struct{ name, in, text, encoding string }{
		{"empty", "", "", UTF8},
		{"ascii", "Merrow\r\n", "Merrow\r\n", UTF8},
		{"utf-8", "Zoë — “so”", "Zoë — “so”", UTF8},
		{"byte-order mark", "\xef\xbb\xbfZoë", "Zoë", UTF8},
		{"utf-16 little-endian", "\xff\xfeZ\x00\xeb\x00\x1c\x20", "Zë“", UTF16LE},
		{"utf-16 big-endian", "\xfe\xff\x00Z\x00\xeb\xd8\x3d\xde\x80", "Zë🚀", UTF16BE},
		{"utf-16 cut off", "\xff\xfeZ\x00\xeb", "Z\ufffd", UTF16LE},
		{"latin-1", "Zo\xeb Br\xe8s", "Zoë Brès", Windows1252},
		{"windows-1252", "\x93It\x92s \x80 4\x94 \x97 so", "“It’s € 4” — so", Windows1252},
		{"damaged", "Zoë — “so” \xff it is", "Zoë — “so” \ufffd it is", UTF8Damaged},
		{"a stray control character", "Merrow\x1b said", "Merrow\x1b said", UTF8},
	}
	for _, test := range tests {
		text, encoding, err := Decode([]byte(test.in))
		if text != test.text || encoding != test.encoding || err != nil {
			t.Errorf("%s: %q in %s, %v", test.name, text, encoding, err)
		}
	}
}

func TestDecodeRefusesBinary(t *testing.T) {
	tests := []struct{ name, in, names string }{
		{"nul", "Merrow\x00Skelby", "NUL"},
		{"pdf", "%PDF-1.7\n", "PDF"},
		{"png", "\x89PNG\r\n\x1a\n", "PNG"},
		{"jpeg", "\xff\xd8\xff\xe0", "JPEG"},
		{"zip", "PK\x03\x04abc", "ZIP"},
		{"rtf", "{\\rtf1 Merrow}", "RTF"},
		{"noise", strings.Repeat("\x01\x02ab\xf3", 40), "control characters, the first is U+0001"},
	}
	for _, test := range tests {
		_, _, err := Decode([]byte(test.in))
		if err == nil || standfirst.KindOf(err) != standfirst.Invalid || !strings.Contains(err.Error(), test.names) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, seed := range []string{"Zoë", "\xff\xfeZ\x00", "\xfe\xff\x00Z", "Zo\xeb", "\xef\xbb\xbf", "\x00", "%PDF-"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		text, encoding, err := Decode(b)
		if err != nil {
			if text != "" || standfirst.KindOf(err) != standfirst.Invalid {
				t.Fatalf("%q with %v", text, err)
			}
			return
		}
		if !utf8.ValidString(text) || strings.ContainsRune(text, 0) || encoding == "" {
			t.Fatalf("%q in %q", text, encoding)
		}
	})
}
