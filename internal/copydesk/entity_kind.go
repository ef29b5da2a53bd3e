package copydesk

import "standfirst"

// alsoCompanies are roles that companies have as well as people.
var alsoCompanies = wordSet{
	"partner": true, "partners": true, "investor": true, "owner": true, "broker": true, "operator": true, "dealer": true, "developer": true, "customer": true,
	"shareholder": true, "publisher": true, "agency": true, "press": true, "team": true, "desk": true, "bureau": true, "lead": true, "trader": true,
	"regulator": true, "contractor": true, "staff": true, "senior": true, "general": true, "member": true, "associate": true, "producer": true, "planner": true, "consultant": true, "controller": true, "principal": true, "steward": true, "banker": true, "head": true, "author": true, "resident": true, "deputy": true, "presenter": true,
	"strategist": true, "dean": true, "chair": true, "vice": true, "specialist": true, "adviser": true, "advisor": true, "fellow": true, "judge": true, "leader": true, "general's": true, "engineer": true, "researcher": true, "driver": true, "student": true, "worker": true,
}

// personRole reports whether a word says of somebody that they are a person.
func personRole(w string) bool {
	return words().roles[w] && !alsoCompanies[w] || w == "chief" || w == "chair" || w == "head"
}

// kinds reads the kinds of the names in a sentence off the words around them.
func kinds(ph []phrase) {
	for i := range ph {
		p := &ph[i]
		if p.kind != phraseName || p.name.kind == standfirst.Person {
			continue
		}
		if kind := kindAt(ph, i); kind != "" && p.name.kind == "" {
			p.name.kind = kind
		}
	}
}

func kindAt(ph []phrase, i int) standfirst.EntityKind {
	at := func(k int) *phrase {
		if k < 0 || k >= len(ph) {
			return &phrase{kind: phraseStop}
		}
		return &ph[k]
	}
	p := &ph[i]
	before, after := at(i-1), at(i+1)
	shape := shapeOf(p.name.name)
	if shape.strong {
		return shape.kind
	}
	if after.is("who") || after.kind == phraseComma && (at(i+2).is("who") || at(i+2).kind == phraseFigure && at(i+3).kind == phraseComma) {
		return standfirst.Person
	}
	if before.kind == phraseWord && !p.owner {
		w := before.low
		switch {
		case nameWords().things[w] && !personRole(w):
			return standfirst.Company
		case nameWords().bodies[w]:
			return standfirst.Organisation
		case personRole(w) || words().titles[w]:
			return standfirst.Person
		}
	}
	// "Dunmore's chairman, Alasdair Whyte, said"
	if before.kind == phraseComma && i >= 2 && at(i-2).kind == phraseWord && personRole(at(i-2).low) {
		return standfirst.Person
	}
	if after.kind == phraseComma && !p.owner {
		// Up to the next comma an apposition says what it is.
		first := at(i + 2)
		if first.in("determiners") || first.kind == phraseWord && (personRole(first.low) || first.is("finance", "portfolio", "head", "managing", "general")) || first.owner {
			for k := i + 2; k < len(ph) && k < i+12 && !saidBefore(ph, i+2); k++ {
				q := at(k)
				if q.kind == phraseComma || q.kind == phraseStop || q.in("prepositions") && q.low != "of" || q.is("that", "which") || q.verb.shape == shapePast|shapeParticiple && k > i+3 {
					break
				}
				if q.kind != phraseWord {
					continue
				}
				next := at(k + 1)
				if personRole(q.low) && q.low != "head" && q.low != "chief" || q.is("chief", "head") && (next.is("executive", "financial", "operating", "economist", "of") || next.kind == phraseComma) {
					return standfirst.Person
				}
				if nameWords().things[q.low] && !at(k+1).is("chief") && k+1 < len(ph) && !(at(k+1).kind == phraseWord && personRole(at(k+1).low)) && at(k+1).kind != phraseName {
					return standfirst.Company
				}
				if nameWords().bodies[q.low] {
					return standfirst.Organisation
				}
			}
		}
	}
	if before.is("of", "in") && at(i-2).is("shares", "stock") && !p.owner || p.owner && after.is("shares", "stock", "share") {
		return standfirst.Company
	}
	return shape.kind
}

// saidBefore reports whether a verb of saying stands between phrase i and the next comma:
// "…, its chief executive said" is no apposition.
func saidBefore(ph []phrase, i int) bool {
	for ; i < len(ph) && ph[i].kind != phraseComma && ph[i].kind != phraseStop && ph[i].kind != phraseQuote; i++ {
		if v := ph[i].verb; v.groups&dealWords().groups["say"] != 0 && v.shape&(shapePast|shapeS) != 0 && ph[i].kind == phraseWord {
			return true
		}
	}
	return false
}
