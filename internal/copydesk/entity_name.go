package copydesk

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"standfirst"
)

// mention is a place in the prose that names something.
type mention struct {
	Mark
	name string // as written, without the genitive
	// first tells that it begins a sentence, so that its capital says nothing; single is
	// one word.
	first, single bool
	entity        int                   // an index into the entities; negative if it names none of them
	kind          standfirst.EntityKind // what the words around it say it is; may be empty
	tickers       []standfirst.Ticker
}

// isCapitalised reports whether a word is written as the word of a name is: with a capital,
// or as "eBay" is.
func isCapitalised(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	if unicode.IsUpper(r) {
		return true
	}
	if !unicode.IsLower(r) || len(s) < 3 {
		return false
	}
	next, _ := utf8.DecodeRuneInString(s[size:])
	return unicode.IsUpper(next) && size == 1
}

// isNameToken reports whether a word can stand in a name of a company.
func isNameToken(s string) bool {
	if !isCapitalised(s) {
		return false
	}
	// "Cardiff-based" is an adjective, "Saint-Orens" is a name.
	for i := strings.IndexByte(s, '-'); i >= 0 && i+1 < len(s); {
		rest := s[i+1:]
		if r, _ := utf8.DecodeRuneInString(rest); unicode.IsLower(r) && !words().particles[strings.ToLower(rest)] {
			return false
		}
		k := strings.IndexByte(rest, '-')
		if k < 0 {
			break
		}
		i += 1 + k
	}
	return true
}

// hasDigit reports whether a word has a digit, as model numbers have.
func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// joinsNames are what may stand between the capitals of one name.
var joinsNames = wordSet{
	"of": true, "&": true, "+": true, "du": true, "de": true, "del": true, "della": true, "di": true, "da": true, "des": true, "von": true, "van": true,
	"der": true, "la": true, "le": true, "las": true, "los": true, "el": true, "al": true, "bin": true, "y": true, "et": true, "und": true, "og": true, "och": true, "for": true, "and": true, "the": true,
	"à": true, "do": true, "dos": true, "den": true, "ter": true, "ten": true, "af": true, "av": true, "zu": true,
}

// neverNames are words with a capital that are no names of their own in any place.
var neverNames = wordSet{
	"i": true, "monday": true, "tuesday": true, "wednesday": true, "thursday": true, "friday": true, "saturday": true, "sunday": true, "january": true,
	"february": true, "march": true, "april": true, "may": true, "june": true, "july": true, "august": true, "september": true, "october": true, "november": true, "december": true,
	"series": true, "section": true, "chapter": true, "article": true, "rule": true, "class": true, "clause": true, "directive": true, "schedule": true, "appendix": true,
	"q1": true, "q2": true, "q3": true, "q4": true, "ceo": true, "cfo": true, "coo": true, "cto": true, "ipo": true, "ai": true, "esg": true, "gdp": true, "it": true, "m&a": true, "hr": true, "pr": true,
	"ebitda": true, "sofr": true, "euribor": true, "libor": true, "gmt": true, "cet": true, "est": true, "edt": true, "utc": true, "am": true, "pm": true, "a.m.": true, "p.m.": true, "spac": true, "b2b": true, "ev": true, "evs": true, "lng": true, "rs": true, "covid": true, "tv": true, "5g": true, "4g": true,
	"usd": true, "eur": true, "gbp": true, "chf": true, "jpy": true, "sek": true, "nok": true, "dkk": true, "christmas": true, "easter": true, "internet": true, "dr": true, "dr.": true, "mr": true, "mr.": true, "ms": true, "ms.": true, "mrs": true, "mrs.": true, "prof": true, "prof.": true, "sir": true, "dame": true, "lord": true, "lady": true,
	"chief": true, "chairman": true, "chairwoman": true, "president": true, "executive": true, "officer": true, "ceo's": true, "vice-president": true, "co-founder": true, "founder": true, "vp": true, "evp": true,
}

// namer finds the names in one sentence.
type namer struct {
	toks    []tok
	blocked []bool // tokens of figures, dates, tickers and quotations
	known   *knownNames
	found   []foundName
}

// foundName is a name in tokens, hi exclusive.
type foundName struct {
	lo, hi        int
	first, single bool
}

// find finds the names from the forms of words alone.
func (n *namer) find() {
	for i := 0; i < len(n.toks); {
		if j := n.nameAt(i); j > i {
			first := n.startsSentence(i)
			n.found = append(n.found, foundName{lo: i, hi: j, first: first, single: j == i+1})
			i = j
			continue
		}
		i++
	}
}

// startsSentence reports whether the capital of token i is owed to its place.
func (n *namer) startsSentence(i int) bool {
	if i == 0 {
		return true
	}
	switch n.toks[i-1].text {
	case "\"", "“", "‘", "–", "—", ":", "•", "?", "!":
		return true
	case ".":
		return i < 2 || len(n.toks[i-2].text) > 1
	}
	return false
}

// nameAt returns the token after the name that begins at token i, or i if none does.
func (n *namer) nameAt(i int) int {
	list := nameWords()
	if j := n.known.at(n.toks, n.blocked, i); j > i && !n.extendsAt(j) {
		return j
	}
	if j := n.bodyAt(i); j > i {
		return j
	}
	if !n.canBegin(i) {
		return i
	}
	if n.startsSentence(i) && !n.beginsSentenceAsName(i) {
		return i
	}
	j := i + 1
	for j < len(n.toks) {
		if n.extends(j) {
			j++
			continue
		}
		k := n.joined(i, j)
		if k == j {
			break
		}
		j = k + 1
	}
	for j > i+1 && list.peoples[strings.ToLower(n.toks[j-1].text)] && j == i+2 {
		j--
	}
	if !list.peoples[strings.ToLower(n.toks[i].text)] || j > i+1 {
		j = n.withTail(j)
	}
	if j == i+1 {
		lower := strings.ToLower(n.toks[i].text)
		if list.peoples[lower] || utf8.RuneCountInString(lower) < 2 {
			return i
		}
	}
	return j
}

// bodyAt reads "city of Ghent", whose first word has no capital.
func (n *namer) bodyAt(i int) int {
	if i+2 >= len(n.toks) || n.blocked[i] || n.blocked[i+2] || n.toks[i+1].text != "of" {
		return i
	}
	switch n.toks[i].text {
	case "city", "province", "state", "government", "kingdom", "municipality", "canton", "region", "emirate", "port", "county":
		j := i + 2
		for j < len(n.toks) && !n.blocked[j] && isNameToken(n.toks[j].text) && !neverNames[strings.ToLower(n.toks[j].text)] {
			j++
		}
		if j > i+2 {
			return j
		}
	}
	return i
}

func (n *namer) canBegin(i int) bool {
	t := n.toks[i].text
	return !n.blocked[i] && isNameToken(t) && !neverNames[strings.ToLower(t)] && !(hasDigit(t) && !strings.ContainsAny(t[:1], "ABCDEFGHIJKLMNOPQRSTUVWXYZ")) && !isModelNumber(t)
}

// isModelNumber reports whether a word is one as "KX-900" is.
func isModelNumber(s string) bool {
	return hasDigit(s) && strings.ToUpper(s) == s
}

// extends reports whether token j goes on a name.
func (n *namer) extends(j int) bool {
	t := n.toks[j].text
	if n.blocked[j] || n.toks[j].start == n.toks[j-1].end && t[0] != '.' {
		return false
	}
	lower := strings.ToLower(t)
	if !isNameToken(t) || isModelNumber(t) {
		return false
	}
	switch lower {
	case "executive", "officer", "ai", "tv", "it", "president", "may", "march", "august":
		return lower != "president" && lower != "executive" && lower != "officer"
	}
	return !neverNames[lower]
}

// joined returns the token of the next capital if a joining word stands at token j that
// the name from i on may hold, or else j.
func (n *namer) joined(i, j int) int {
	t := n.toks[j].text
	if n.blocked[j] || !joinsNames[t] {
		return j
	}
	k := j + 1
	for k < len(n.toks) && joinsNames[n.toks[k].text] && !n.blocked[k] && k < j+3 && n.toks[k].text != "and" {
		k++
	}
	if k >= len(n.toks) || n.blocked[k] || !isNameToken(n.toks[k].text) || neverNames[strings.ToLower(n.toks[k].text)] {
		return j
	}
	before := strings.ToLower(n.toks[j-1].text)
	switch t {
	case "&", "+":
		return k
	case "of", "for":
		if nameWords().organisations[before] || before == "bank" || before == "mutual" || before == "house" || before == "city" || before == "kingdom" || before == "port" || before == "duke" || before == "chamber" {
			return k
		}
		return j
	case "and":
		// "Ministry of Trade and Industry"
		if nameWords().organisations[strings.ToLower(n.toks[i].text)] && j > i+2 && k+1 < len(n.toks) {
			return k
		}
		return j
	case "the":
		return j
	}
	return k
}

// withTail takes in words without a capital that end names of investors: "Ibarra family
// office", "Ostrava pension scheme".
func (n *namer) withTail(j int) int {
	word := func(k int) string {
		if k < len(n.toks) && !n.blocked[k] {
			return n.toks[k].text
		}
		return ""
	}
	switch word(j) {
	case "family":
		if word(j+1) == "office" || word(j+1) == "trust" || word(j+1) == "foundation" {
			return j + 2
		}
		return j + 1
	case "pension":
		if word(j+1) == "fund" || word(j+1) == "scheme" || word(j+1) == "plan" {
			return j + 2
		}
	case "foundation", "estate":
		return j + 1
	}
	return j
}

// beginsSentenceAsName reports whether the capital at the start of a sentence is that of a
// name.
func (n *namer) beginsSentenceAsName(i int) bool {
	list := nameWords()
	lower := strings.ToLower(n.toks[i].text)
	if list.common[lower] || list.peoples[lower] && !n.extendsAt(i+1) {
		return false
	}
	if n.extendsAt(i+1) || n.joined(i, min(i+1, len(n.toks)-1)) > i+1 {
		if words().roles[lower] || list.things[lower] {
			return false
		}
		return true
	}
	if list.weak[lower] || words().roles[lower] || list.things[lower] || words().crowds[lower] || list.things[strings.TrimSuffix(lower, "s")] {
		return false
	}
	if i+1 >= len(n.toks) {
		return false
	}
	next := n.toks[i+1].text
	switch next {
	case ",", "(", "'s", "’s", "and", "or":
		return true
	}
	v, isVerb := dealWords().verbs[next]
	sets := dealWords().sets
	return isVerb && v.shape != shapeIng && !strings.HasSuffix(lower, "s") || sets["auxiliaries"][next] && !strings.HasSuffix(lower, "ers") || sets["modals"][next] && next != "to"
}

func (n *namer) extendsAt(j int) bool { return j < len(n.toks) && n.extends(j) }
