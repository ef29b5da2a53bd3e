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
	if unicode.IsDigit(r) {
		// "4Front", not "21st" or "5G"
		rest := strings.TrimLeft(s, "0123456789")
		r, _ := utf8.DecodeRuneInString(rest)
		return len(rest) > 2 && unicode.IsUpper(r) && strings.ToUpper(rest) != rest
	}
	if !unicode.IsLower(r) || len(s) < 3 {
		return false
	}
	if _, rest, ok := strings.Cut(s, "'"); ok && size == 1 && len(s)-len(rest) == 2 {
		r, _ := utf8.DecodeRuneInString(rest)
		return unicode.IsUpper(r) // "d'Arcy"
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
	"à": true, "do": true, "dos": true, "den": true, "ter": true, "ten": true, "af": true, "av": true, "zu": true, "en": true, "sur": true, "für": true, "zur": true, "zum": true, "ved": true, "på": true, "e": true, ",": true,
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
	if p := n.particlesAt(i); p > i && n.canBegin(p) {
		j := n.nameAt(p)
		if j > p {
			return j
		}
	}
	if !n.canBegin(i) {
		return i
	}
	if n.startsSentence(i) && !n.beginsSentenceAsName(i) {
		return i
	}
	j := i + 1
	for j < len(n.toks) {
		if n.extends(j) || n.isLegalForm(j) {
			j++
			continue
		}
		if n.genitiveInName(j) {
			j += 2
			continue
		}
		k := n.joined(i, j)
		if k == j {
			break
		}
		j = k + 1
	}
	if last := n.toks[j-1].lower; j == i+2 && list.peoples[last] && len(last) > 2 {
		j--
	}
	if tail := n.withTail(i, j); tail > j && (!list.peoples[n.toks[i].lower] || j > i+1 || stateBodies[n.toks[tail-1].text]) {
		j = tail
	}
	if j == i+1 {
		lower := n.toks[i].lower
		if list.peoples[lower] || utf8.RuneCountInString(lower) < 2 {
			return i
		}
	}
	return j
}

// particlesAt returns the token after "van der" at token i, with which a name may begin; i
// if there is none.
func (n *namer) particlesAt(i int) int {
	j := i
	for j < len(n.toks) && j < i+2 && !n.blocked[j] {
		switch n.toks[j].text {
		case "van", "von", "der", "de", "du", "della":
			j++
			continue
		}
		break
	}
	if j >= len(n.toks) || j == i {
		return i
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
	if lower := strings.ToLower(t); neverNames[lower] && (len(t) > 3 || strings.ToUpper(t) != t || lower == "i" || !n.extendsAt(i+1)) {
		return false // "AI Foundry" is a name
	}
	return !n.blocked[i] && isNameToken(t) && !isModelNumber(t)
}

// isLegalForm reports whether a legal form without a capital stands at token j.
func (n *namer) isLegalForm(j int) bool {
	switch n.toks[j].text {
	case "plc", "ag", "nv", "gmbh", "spa", "llc", "oyj", "asa":
		return !n.blocked[j]
	}
	return false
}

// genitiveInName reports whether the genitive at token j is inside a name, as in "St.
// Brannock's Dairies": a word follows that ends the names of firms and is no name alone.
func (n *namer) genitiveInName(j int) bool {
	if !isGenitive(n.toks[j].text) || j+1 >= len(n.toks) || n.blocked[j+1] || n.toks[j].start != n.toks[j-1].end {
		return false
	}
	next := n.toks[j+1].lower
	if pensions[next] && (n.toks[j].text == "'" || n.toks[j].text == "’") && isNameToken(n.toks[j+1].text) {
		return true // "Carleton Nurses' Pension Plan"
	}
	if !isNameToken(n.toks[j+1].text) || j+2 < len(n.toks) && n.extends(j+2) {
		return false
	}
	return nameWords().companies[next] && next != "capital" && next != "group" || n.toks[j-2+1].text != "" && j >= 2 && n.toks[j-2].text == "St."
}

// pensions follow, in names, the genitive of those whom a fund is for.
var pensions = wordSet{"pension": true, "pensions": true, "retirement": true, "superannuation": true, "provident": true, "benefit": true}

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
	if isRoomNumber(t) {
		return true // "Studio 54B"
	}
	if !isNameToken(t) || isModelNumber(t) {
		return false
	}
	switch lower {
	case "executive", "officer", "ai", "tv", "it", "president", "may", "march", "august":
		return lower != "president" && lower != "executive" && lower != "officer"
	}
	return !neverNames[lower]
}

// isRoomNumber reports whether a word is as "54B" is: digits and one capital.
func isRoomNumber(s string) bool {
	rest := strings.TrimLeft(s, "0123456789")
	return len(rest) == 1 && len(s) > 2 && rest[0] >= 'A' && rest[0] <= 'Z'
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
	if k >= len(n.toks) || n.blocked[k] && t != "&" || n.toks[k].quoted || !isNameToken(n.toks[k].text) || neverNames[n.toks[k].lower] && t != "&" {
		return j
	}
	before := n.toks[j-1].lower
	switch t {
	case ",":
		switch n.toks[k].text {
		case "Inc", "Inc.", "Ltd", "Ltd.", "LLC", "Corp", "Corp.":
			return k
		}
		// "Barlow, Pym & Partners"
		if k == j+1 && k+2 < len(n.toks) && n.toks[k+1].text == "&" && isNameToken(n.toks[k+2].text) {
			return k
		}
		return j
	case "&", "+":
		return k
	case "of", "for":
		if nameWords().organisations[before] || before == "bank" || before == "mutual" || before == "house" || before == "city" || before == "kingdom" || before == "port" || before == "duke" || before == "chamber" {
			return k
		}
		return j
	case "and":
		// "Ministry of Trade and Industry"
		if nameWords().organisations[n.toks[i].lower] && j > i+2 && k+1 < len(n.toks) {
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
func (n *namer) withTail(i, j int) int {
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
	// "Kent county council", "Polish defence ministry"
	if lower := n.toks[i].lower; j == i+1 && (nameWords().peoples[lower] || nameWords().places[lower]) {
		for k := j; k < j+3; k++ {
			w := word(k)
			if w == "" || !isPlain(w[0]) || isCapitalised(w) || dealWords().sets["prepositions"][w] || dealWords().sets["clauses"][w] || dealWords().sets["links"][w] || dealWords().sets["auxiliaries"][w] || dealWords().verbs[w].groups != 0 {
				break
			}
			if stateBodies[w] {
				return k + 1
			}
		}
	}
	return j
}

// stateBodies end the names of public bodies that are written without capitals.
var stateBodies = wordSet{"council": true, "ministry": true, "government": true, "navy": true, "army": true, "police": true, "authority": true, "treasury": true}

func (n *namer) extendsAt(j int) bool { return j < len(n.toks) && n.extends(j) }
