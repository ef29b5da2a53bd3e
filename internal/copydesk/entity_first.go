package copydesk

import "strings"

// beginsSentenceAsName reports whether the capital at the start of a sentence is that of a
// name.
func (n *namer) beginsSentenceAsName(i int) bool {
	list := nameWords()
	lower := n.toks[i].lower
	if list.common[lower] || list.peoples[lower] && !n.extendsAt(i+1) {
		return false
	}
	if n.joined(i, min(i+1, len(n.toks)-1)) > i+1 {
		return true
	}
	if n.extendsAt(i + 1) {
		return list.weak[lower] || !words().roles[lower] && !list.things[lower]
	}
	if list.weak[lower] || words().roles[lower] || list.things[lower] || words().crowds[lower] || list.things[strings.TrimSuffix(lower, "s")] {
		return false
	}
	if i+1 >= len(n.toks) {
		return false
	}
	j := i + 1
	for j < len(n.toks) && n.blocked[j] && !n.toks[j].quoted {
		j++ // "Northwind on Monday said", "Northwind (NYSE: NWF) said"
	}
	if j == len(n.toks) {
		return false
	}
	next := n.toks[j].text
	switch next {
	case ",", "(", "'s", "’s", "and", "or", "&", "–", "—":
		return true
	case "of":
		return j+1 < len(n.toks) && list.places[n.toks[j+1].lower] && !isPluralShaped(lower)
	case "on", "last", "this", "yesterday", "today", "also", "now", "then", "still", "already", "since", "which", "who", "itself":
		return !isPluralShaped(lower) && !strings.HasSuffix(lower, "ing") && !strings.HasSuffix(lower, "ed") && !strings.HasSuffix(lower, "ly")
	}
	if stockWords[next] {
		return true
	}
	v, isVerb := dealWords().verbs[next]
	sets := dealWords().sets
	if isVerb && strings.HasSuffix(lower, "s") {
		return v.shape&shapeS != 0 && v.shape&shapeBase == 0 || v.shape&shapeBase == 0 && v.shape&shapePast != 0 && !isPluralShaped(lower)
	}
	return isVerb && v.shape != shapeIng || sets["auxiliaries"][next] && !strings.HasSuffix(lower, "ers") || sets["modals"][next] && next != "to"
}

// isPluralShaped reports whether a word ends as common plurals do.
func isPluralShaped(s string) bool {
	for _, end := range [...]string{"ers", "ors", "ies", "ings", "ions", "ments", "ants", "ents", "ists", "ages", "ances", "ences", "ties", "ves", "ses", "sts", "ians", "ees", "als", "ars", "ats", "ets", "ips", "ads", "ands", "ards", "eds", "ods", "ots", "uts", "ays", "eys", "oys", "ows", "els", "ils", "ols", "aws", "ews", "ikes", "ines", "ants"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return len(s) < 5
}

// stockWords follow the name of a company at the start of a sentence.
var stockWords = wordSet{"shares": true, "stock": true, "investors": true, "shareholders": true, "executives": true, "chairman": true, "chairwoman": true, "spokesman": true, "spokeswoman": true, "founder": true, "employees": true, "bonds": true, "boss": true, "plc": true}
