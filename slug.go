package standfirst

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Slug is the last part of an address: lower-case ASCII letters, digits and
// single hyphens, neither first nor last, at most [MaxSlugLength] bytes.
type Slug string

// MaxSlugLength is the longest that a slug may be, in bytes.
const MaxSlugLength = 80

// latinFolds spells the Latin letters that have no decomposition, or whose usual
// spelling in an address is not the bare letter.
var latinFolds = strings.NewReplacer(
	"ß", "ss", "æ", "ae", "Æ", "ae", "œ", "oe", "Œ", "oe", "ø", "o", "Ø", "o", "đ", "d", "Đ", "d", "ð", "d", "Ð", "d",
	"þ", "th", "Þ", "th", "ł", "l", "Ł", "l", "ı", "i", "&", " and ", "+", " plus ", "%", " percent ",
	"’", "", "'", "", "‘", "",
	"à", "a", "á", "a", "â", "a", "ã", "a", "ä", "a", "å", "a", "ā", "a", "ă", "a", "ą", "a",
	"À", "a", "Á", "a", "Â", "a", "Ã", "a", "Ä", "a", "Å", "a", "Ā", "a", "Ă", "a", "Ą", "a",
	"ç", "c", "ć", "c", "č", "c", "Ç", "c", "Ć", "c", "Č", "c", "ď", "d", "Ď", "d",
	"è", "e", "é", "e", "ê", "e", "ë", "e", "ē", "e", "ę", "e", "ě", "e", "È", "e", "É", "e", "Ê", "e", "Ë", "e", "Ē", "e", "Ę", "e", "Ě", "e",
	"ğ", "g", "Ğ", "g", "ì", "i", "í", "i", "î", "i", "ï", "i", "ī", "i", "Ì", "i", "Í", "i", "Î", "i", "Ï", "i", "Ī", "i", "İ", "i",
	"ñ", "n", "ń", "n", "ň", "n", "Ñ", "n", "Ń", "n", "Ň", "n",
	"ò", "o", "ó", "o", "ô", "o", "õ", "o", "ö", "o", "ō", "o", "ő", "o", "Ò", "o", "Ó", "o", "Ô", "o", "Õ", "o", "Ö", "o", "Ō", "o", "Ő", "o",
	"ř", "r", "Ř", "r", "ś", "s", "š", "s", "ş", "s", "ș", "s", "Ś", "s", "Š", "s", "Ş", "s", "Ș", "s", "ť", "t", "ț", "t", "Ť", "t", "Ț", "t",
	"ù", "u", "ú", "u", "û", "u", "ü", "u", "ū", "u", "ů", "u", "ű", "u", "Ù", "u", "Ú", "u", "Û", "u", "Ü", "u", "Ū", "u", "Ů", "u", "Ű", "u",
	"ý", "y", "ÿ", "y", "Ý", "y", "Ÿ", "y", "ź", "z", "ż", "z", "ž", "z", "Ź", "z", "Ż", "z", "Ž", "z",
)

// Slugify makes a slug of a headline or name. Accented Latin letters lose their
// accents, an apostrophe vanishes, anything else that is neither letter nor digit
// becomes a hyphen, and words that do not fit [MaxSlugLength] are left off whole.
// It returns "" when nothing is left; the caller then chooses a slug.
func Slugify(text string) Slug {
	var b strings.Builder
	gap := false
	for _, r := range latinFolds.Replace(text) {
		switch {
		case r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		case unicode.Is(unicode.Mn, r): // a combining accent belongs to the letter before it
		default:
			gap = true
		}
	}
	s := b.String()
	if len(s) > MaxSlugLength {
		cut := s[:MaxSlugLength+1]
		if i := strings.LastIndexByte(cut, '-'); i > 0 {
			s = cut[:i]
		} else {
			s = s[:MaxSlugLength]
		}
	}
	return Slug(s)
}

// Numbered returns the slug with -n appended, shortened where it would grow past
// [MaxSlugLength]. It is how a second story of the same day and headline gets an
// address of its own.
func (s Slug) Numbered(n int) Slug {
	suffix := "-" + strconv.Itoa(n)
	base := string(s)
	if len(base)+len(suffix) > MaxSlugLength {
		base = strings.TrimRight(base[:MaxSlugLength-len(suffix)], "-")
	}
	return Slug(base + suffix)
}

// Validate returns an Invalid error that says what is wrong with the slug.
func (s Slug) Validate() error {
	switch {
	case s == "":
		return Errorf(Invalid, "the slug is empty; give a few words of lower-case letters and digits, joined by hyphens")
	case len(s) > MaxSlugLength:
		return Errorf(Invalid, "the slug %q is %d characters long; %d is the most", string(s[:20])+"…", len(s), MaxSlugLength)
	}
	for i, r := range string(s) {
		ok := r >= 'a' && r <= 'z' || r >= '0' && r <= '9' ||
			r == '-' && i > 0 && i < len(s)-1 && s[i-1] != '-'
		if !ok {
			return Errorf(Invalid, "the slug %q may hold only lower-case letters, digits and single hyphens between them; try %q", string(s), string(Slugify(string(s))))
		}
	}
	return nil
}
