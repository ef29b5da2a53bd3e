package spam_test

import (
	"strings"
	"testing"

	"standfirst/internal/spam"
)

func TestWordListFind(t *testing.T) {
	list := spam.NewWordList(
		[]string{"Dämlack", "double your money", "赌场", ""},
		[]string{"casino", "viagra", "ass", "bet", "sell", "online pharmacy", "казино", "--", "cialis"},
	)
	for _, test := range []struct{ name, text, want string }{
		{"exact word", "what a dämlack he is", "Dämlack"},
		{"exact, capitals and no accents", "DAMLACK!", "Dämlack"},
		{"exact, decomposed accent", "da\u0308mlack", "Dämlack"},
		{"exact phrase across punctuation", "We double your... money", "double your money"},
		{"exact in a script without spaces", "在线赌场网站", "赌场"},
		{"exact is no part of a word", "Dämlacke", ""},
		{"exact is not found in disguise", "d4mlack", ""},

		{"loose, plain", "the CASINO.", "casino"},
		{"loose, digits", "best cas1n0 here", "casino"},
		{"loose, a one for an l", "c1a1is", ""},
		{"loose, signs", "V!@gra", "viagra"},
		{"loose, dots between", "c.a.s.i.n.o", "casino"},
		{"loose, spaces between", "play c a s i n o today", "casino"},
		{"loose, spaces between after a", "a c a s i n o", "casino"},
		{"loose, digits with spaces between", "c 4 s 1 n 0", "casino"},
		{"loose, hyphens inside", "ca-si-no", "casino"},
		{"loose, beside a hyphen", "casino-bonus", "casino"},
		{"loose, as a host", "https://casino.example", "casino"},
		{"loose, Cyrillic look-alikes", "саsіnо", "casino"},
		{"loose, Greek look-alikes", "cαsιnο", "casino"},
		{"loose, zero width", "ca\u200bsi\u200dno", "casino"},
		{"loose, soft hyphen", "ca\u00adsino", "casino"},
		{"loose, mathematical letters", "𝐜𝐚𝐬𝐢𝐧𝐨", "casino"},
		{"loose, full width", "ｃａｓｉｎｏ", "casino"},
		{"loose, circled", "🅒🅐🅢🅘🅝🅞", "casino"},
		{"loose, repeated letters", "caaasiiinooooo", "casino"},
		{"loose, capital I for l", "seIl", "sell"},
		{"loose, phrase", "0nl1ne ph4rmacy", "online pharmacy"},
		{"loose, phrase with a hyphen", "online-pharmacy", "online pharmacy"},
		{"loose, of another script", "лучшее Казино города", "казино"},
		{"loose, of another script with Latin letters", "кaзинo", "казино"},
		{"loose, signs for most letters", "what an @s$, an a$$", "ass"},

		{"not in assets", "assets and classes pass the compass", ""},
		{"not over a space", "has set as sets", ""},
		{"not over a space between pieces", "as so", ""},
		{"not with a letter less", "as as AS", ""},
		{"not in spelled letters", "p a s s", ""},
		{"not in a doubled letter", "beet root", ""},
		{"not in a number", "455 000 or 45.5", ""},
		{"not in a price", "$5 or 5$ or @ 55", ""},
		{"not in a ticker of digits", "8E7 at 1%", ""},
		{"not in specialist", "a specialist writes", ""},
		{"not in a longer place name", "Scunthorpe, Penistone, Cassino and Casinos", ""},
		{"nothing", "", ""},
		{"bytes that are no text", "\xff\xfe\x80", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			word, ok := list.Find(test.text)
			if word != test.want || ok != (test.want != "") {
				t.Errorf("Find(%q) = %q, %v, want %q", test.text, word, ok, test.want)
			}
		})
	}
}

func TestWordListRussianIsNotLatin(t *testing.T) {
	list := spam.NewWordList(nil, []string{"cop"})
	if word, ok := list.Find("выносить сор из избы"); ok {
		t.Errorf("found %q in a Russian sentence", word)
	}
	if _, ok := list.Find("every сор is bought"); !ok {
		t.Error("found nothing in an English sentence with a word in Cyrillic letters")
	}
}

func TestWordListZeroValue(t *testing.T) {
	var list spam.WordList
	if word, ok := list.Find("anything"); ok {
		t.Errorf("found %q", word)
	}
}

func FuzzWordList(f *testing.F) {
	f.Add("casino", "c.a.s.i.n.o in a c a s 1 n 0")
	f.Add("赌场", "在线赌场")
	f.Add("a\u0308\u0308", "\xff\u200b|!1 \ufdfa")
	f.Fuzz(func(t *testing.T, entry, text string) {
		list := spam.NewWordList([]string{entry}, []string{entry})
		if word, ok := list.Find(text); ok && word != entry {
			t.Errorf("found %q, which is not in the list", word)
		}
		exact := spam.NewWordList([]string{entry}, nil)
		if _, ok := exact.Find(entry); !ok && strings.ContainsAny(entry, "abcdefghijklmnopqrstuvwxyz") && isPlain(entry) {
			t.Errorf("%q is not found in itself", entry)
		}
		if _, ok := exact.Find("…\n" + entry + "\n…"); !ok && strings.ContainsAny(entry, "abcdefghijklmnopqrstuvwxyz") && isPlain(entry) {
			t.Errorf("%q is not found between other lines", entry)
		}
	})
}

// isPlain reports whether the text is ASCII, and short enough not to be cut.
func isPlain(text string) bool {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return false
		}
	}
	return len(text) < 16
}

func BenchmarkWordList(b *testing.B) {
	var exact, loose []string
	for _, word := range strings.Fields(comment) {
		exact, loose = append(exact, word+"qx "+word), append(loose, word+"zq")
	}
	list := spam.NewWordList(exact, loose)
	b.ReportAllocs()
	for b.Loop() {
		if word, ok := list.Find(comment); ok {
			b.Fatalf("found %q", word)
		}
	}
}

// BenchmarkWordListOfHostileText takes texts of one length; none may take much longer
// than the others.
func BenchmarkWordListOfHostileText(b *testing.B) {
	list := spam.NewWordList([]string{"one two three"}, []string{"casino", "online casino games"})
	for _, part := range []string{"!", "a!", "a ", "a.", "1", "caasin", "漢", "а", "\xff", "ﷺ", "a\u0300\u0300\u0300"} {
		text := strings.Repeat(part, 1<<16/len(part))
		b.Run(part, func(b *testing.B) {
			for b.Loop() {
				list.Find(text)
			}
		})
	}
}
