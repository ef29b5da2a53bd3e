package copydesk

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// isNameWord reports whether a word can be part of a person's name: it begins with a
// capital, and has letters, a hyphen, apostrophes or the stop of an initial.
func isNameWord(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	if !unicode.IsUpper(first) {
		return false
	}
	for _, r := range word {
		if !unicode.IsLetter(r) && r != '.' && r != '-' && r != '\'' && r != '’' && r != '‑' {
			return false
		}
	}
	return true
}

// isPersonName reports whether s is a name of two to six words, such as "Jane Roe",
// "Dr. J. van der Berg" or "Roe Jr.".
func isPersonName(s string) bool {
	n, particles, capitals := 0, 0, 0
	for word := range strings.FieldsSeq(s) {
		switch {
		case words().particles[strings.ToLower(word)] && n > 0:
			particles++
		case words().particles[word]:
			particles++
		case isNameWord(word):
			capitals++
		default:
			return false
		}
		if n++; n > 6 {
			return false
		}
	}
	return n >= 2 && capitals >= 1 && !(capitals == 1 && particles == 0)
}

// nameNoise are words with a capital that begin no name.
var nameNoise = wordSet{
	"the": true, "a": true, "an": true, "our": true, "its": true, "and": true, "but": true, "for": true, "with": true, "how": true,
	"why": true, "what": true, "when": true, "where": true, "who": true, "in": true, "on": true, "at": true, "if": true,
	"monday": true, "tuesday": true, "wednesday": true, "thursday": true, "friday": true, "saturday": true, "sunday": true,
	"january": true, "february": true, "march": true, "april": true, "may": true, "june": true, "july": true, "august": true,
	"september": true, "october": true, "november": true, "december": true, "this": true, "that": true, "then": true, "early": true,
	"late": true, "asked": true, "contrast": true, "comparison": true, "popular": true, "far": true, "all": true, "as": true, "by": true,
}

// isByName reports whether s can stand after "By": a person, or one word such as the
// name of an agency.
func isByName(s string) bool {
	first, _, more := strings.Cut(s, " ")
	if nameNoise[strings.ToLower(first)] && strings.ToUpper(first) != first {
		return false
	}
	if more {
		return isPersonName(s)
	}
	return isNameWord(s) && len(s) > 1 && !nameNoise[strings.ToLower(s)]
}

// isRole reports whether s names what somebody is: a few words, one of which is in the
// lexicon.
func isRole(s string) bool {
	return len(s) < 120 && strings.Count(s, " ") < 10 && words().roles.hasAny(s)
}

// isAffiliation reports whether s names a newsroom.
func isAffiliation(s string) bool {
	return len(s) < 80 && strings.Count(s, " ") < 6 && words().agencies.hasAny(s)
}

// lowerName gives a name or role that is all in capitals its usual form. Others are
// returned as they are.
func lowerName(s string) string {
	if s != strings.ToUpper(s) || strings.Count(s, " ") == 0 && len(s) < 5 {
		return s
	}
	fields := strings.Fields(s)
	for i, word := range fields {
		lower := strings.ToLower(word)
		switch {
		case words().particles[lower] && i > 0, lower == "of", lower == "and", lower == "for", lower == "at", lower == "the":
			fields[i] = lower
		case len(word) <= 3 && words().capitals[lower], strings.Contains(word, "&"), strings.Count(word, ".") > 1:
		default:
			fields[i] = capitalise(lower)
		}
	}
	return strings.Join(fields, " ")
}

// capitalise raises the first letter of a name and those after a hyphen, "Mc" and
// the apostrophe of "O'Neil".
func capitalise(lower string) string {
	var b strings.Builder
	up := true
	for i, r := range lower {
		if up {
			r = unicode.ToUpper(r)
		}
		b.WriteRune(r)
		up = r == '-' || i == 1 && (r == '\'' || r == '’') || i == 1 && strings.HasPrefix(lower, "mc")
	}
	return b.String()
}
