package copydesk

import (
	"slices"
	"strings"

	"standfirst"
)

// foundParty is one party of one deal, as one place in the text tells it.
type foundParty struct {
	kind   standfirst.DealKind
	target int // entities
	party  int
	role   standfirst.PartyRole
	// sentence and at are the sentence and the chunk that tell it; target stands in the
	// chunk targetAt and the party in partyAt.
	sentence                    *sentenceReader
	at, targetAt, partyAt       int
	targetMention, partyMention *mention
}

// dealReader reads the deals of a prose, sentence by sentence.
type dealReader struct {
	names     *nameTable
	outlets   map[int]bool // entities that only report
	sentences []*sentenceReader
	found     []foundParty
	topic     []argName // what the last sentence was about
	main      []argName // what the first was about
	lastDay   *DateMark // that was named last in the paragraph
	room      room[chunk]
	lastRound *argName // the company of the round that was named last
}

// readSentence reads one sentence. begins tells that it begins a paragraph.
func (d *dealReader) readSentence(ph []phrase, begins bool) *sentenceReader {
	if begins && !sameNames(d.topic, d.main) {
		d.topic = nil // a new paragraph: what "the company" is there is not told
	}
	r := &sentenceReader{ph: ph, d: d, subjects: map[int]argument{}}
	r.cs = chunksOf(ph, &d.room)
	r.collapse()
	d.sentences = append(d.sentences, r)
	for i := range r.cs {
		switch r.cs[i].kind {
		case chunkVerb:
			r.frames(i)
		case chunkNoun:
			r.nounFrames(i)
		}
	}
	r.formerOwners()
	if topic := r.topicOf(begins); len(topic) > 0 {
		d.topic = topic
		if len(d.main) == 0 {
			d.main = topic
		}
	}
	return r
}

// emitAll adds the parties of a deal. It stays silent unless there is exactly one target.
func (r *sentenceReader) emitAll(kind standfirst.DealKind, targets []argName, role standfirst.PartyRole, parties []argName, at int) {
	if len(targets) != 1 || targets[0].m.entity < 0 || !r.d.canBeTarget(targets[0].m) {
		return
	}
	target := targets[0]
	if kind == standfirst.PrimaryRound && r.d.names.entities[target.m.entity].listed() {
		return
	}
	for _, p := range parties {
		if p.m.entity < 0 || p.m.entity == target.m.entity || !r.d.canBeParty(p.m, role) {
			continue
		}
		as := role
		if role == standfirst.Investor && kind == standfirst.PrimaryRound && r.at(p.chunk).hasWord("lead") {
			as = standfirst.Lead
		}
		r.d.found = append(r.d.found, foundParty{
			kind: kind, target: target.m.entity, party: p.m.entity, role: as,
			sentence: r, at: at, targetAt: target.chunk, partyAt: p.chunk, targetMention: target.m, partyMention: p.m,
		})
	}
	if len(parties) > 0 {
		r.gapped(kind, target, role, at)
	}
	switch {
	case kind == standfirst.PrimaryRound:
		r.d.lastRound = &argName{target.m, target.chunk}
	case kind == standfirst.Acquisition && role == standfirst.Acquirer && len(parties) > 0:
		r.ownerInApposition(target, at)
	}
}

// gapped reads the second half of "A puts in $5 million and B the rest".
func (r *sentenceReader) gapped(kind standfirst.DealKind, target argName, role standfirst.PartyRole, at int) {
	for i := at + 1; i+2 < len(r.cs) && i < at+12; i++ {
		k, rest := r.at(i+1), r.at(i+2)
		if r.at(i).kind == chunkLink && k.kind == chunkNoun && len(k.names) == 1 && rest.kind == chunkNoun && rest.hasWord("rest", "remainder", "balance") && r.at(i+3).kind != chunkVerb {
			if n := k.names[0]; n.entity >= 0 && n.entity != target.m.entity && r.d.canBeParty(n, role) {
				r.d.found = append(r.d.found, foundParty{
					kind: kind, target: target.m.entity, party: n.entity, role: role,
					sentence: r, at: at, targetAt: target.chunk, partyAt: i + 1, targetMention: target.m, partyMention: n,
				})
			}
			return
		}
	}
}

// ownerInApposition reads "Halcyon, a unit of Northwind," of what is bought.
func (r *sentenceReader) ownerInApposition(target argName, at int) {
	i := target.chunk
	if r.at(i+1).kind == chunkComma && partWords[r.at(i+2).word] && r.at(i+3).word == "of" {
		r.emitAll(standfirst.Acquisition, []argName{target}, standfirst.Seller, r.argumentAt(i+4, true).names, at)
	}
}

// isOutlet reports whether the mention names who reported, not who is reported on.
func (d *dealReader) isOutlet(m *mention) bool {
	return m.entity >= 0 && d.outlets[m.entity]
}

// canBeTarget reports whether deals are made in what the mention names.
func (d *dealReader) canBeTarget(m *mention) bool {
	e := &d.names.entities[m.entity]
	return e.kind != standfirst.Place && e.kind != standfirst.Person && !d.isOutlet(m)
}

// canBeParty reports whether what the mention names can have the role.
func (d *dealReader) canBeParty(m *mention, role standfirst.PartyRole) bool {
	if d.isOutlet(m) {
		return false
	}
	switch d.names.entities[m.entity].kind {
	case standfirst.Place:
		return false
	case standfirst.Person:
		return role == standfirst.Investor || role == standfirst.Seller || role == standfirst.Buyer || role == standfirst.Acquirer || role == standfirst.Lender
	}
	return true
}

func (d *dealReader) isPlace(m *mention) bool {
	return m.entity < 0 || d.names.entities[m.entity].kind == standfirst.Place
}

func (d *dealReader) isPerson(m *mention) bool {
	return m.entity >= 0 && d.names.entities[m.entity].kind == standfirst.Person
}

// last returns the target of the deal of the kind that was read last, or nil.
func (d *dealReader) last(kind standfirst.DealKind) *argName {
	for i := len(d.found) - 1; i >= 0; i-- {
		if f := d.found[i]; f.kind == kind {
			return &argName{f.targetMention, f.targetAt}
		}
	}
	return nil
}

// invests reports whether the name is of one who puts money into the round that was named last.
func (d *dealReader) invests(n argName) bool {
	return d.lastRound != nil && slices.ContainsFunc(d.found, func(f foundParty) bool {
		return f.kind == standfirst.PrimaryRound && f.party == n.m.entity && f.target == d.lastRound.m.entity
	})
}

// lastHere is the same for a deal that this sentence told of last of all; nil for another.
func (r *sentenceReader) lastHere(kind standfirst.DealKind) *argName {
	if n := len(r.d.found); n == 0 || r.d.found[n-1].sentence != r || r.d.found[n-1].kind != kind {
		return nil
	}
	return r.d.last(kind)
}

// tells reports whether one of the words stands in the sentence.
func (r *sentenceReader) tells(words ...string) bool {
	for i := range r.ph {
		if r.ph[i].kind == phraseWord && slices.Contains(words, strings.TrimSuffix(r.ph[i].low, "'s")) {
			return true
		}
	}
	return false
}

// isPronoun reports whether the argument is a pronoun that can stand for a company.
func (r *sentenceReader) isPronoun(a argument) bool {
	if a.noun < 0 {
		return false
	}
	k := r.at(a.noun)
	return k.hi == k.lo+1 && (k.word == "it" || k.word == "they" || k.word == "them")
}

// resolve returns the names of an argument, or those that its pronoun or description
// ("the company") stands for.
func (r *sentenceReader) resolve(a argument, at int) []argName {
	if a.some() || a.noun < 0 {
		return a.names
	}
	k := r.at(a.noun)
	switch {
	case k.hi == k.lo+1 && (k.word == "it" || k.word == "they" || k.word == "them"):
		if u := r.at(at); u.kind == chunkVerb && a.noun > at && !u.v.passive {
			return r.topicBut(a.noun, r.subjectOf(at).names) // nobody lends to itself
		}
		return r.topicAt(a.noun)
	case k.det == "the" && k.hi <= k.lo+3 && k.figure == nil && k.owner == nil && len(k.mods) == 0 && describes(k.word):
		if u := r.at(at); u.kind == chunkVerb && a.noun > at && !u.v.passive {
			return r.topicBut(a.noun, r.subjectOf(at).names)
		}
		return r.topicAt(a.noun)
	}
	return nil
}

// notDescriptions are said of others than the one that the text is about.
var notDescriptions = wordSet{
	"buyer": true, "bidder": true, "seller": true, "suitor": true, "rival": true, "competitor": true, "peer": true, "neighbour": true, "neighbor": true, "partner": true, "customer": true, "client": true, "parent": true,
	"predecessor": true, "owner": true, "backer": true, "holder": true, "shareholder": true, "stakeholder": true, "stockholder": true, "exchange": true, "family": true, "founder": true, "manager": true, "trader": true, "dealer": true,
	"syndicate": true, "consortium": true, "venture": true, "scheme": true, "vehicle": true, "team": true, "investor": true, "lender": true, "supplier": true, "association": true, "institution": true, "agency": true,
}

// describes reports whether a noun can stand for the company that the text is about: "the
// brewer".
func describes(word string) bool {
	return nameWords().things[word] && !notDescriptions[word] && !partWords[word]
}

// topicAt returns what "it" stands for before chunk i: the first subject of the sentence
// that is a name, or what the sentence before was about.
func (r *sentenceReader) topicAt(i int) []argName { return r.topicBut(i, nil) }

// topicBut is topicAt for one that is none of the given names.
func (r *sentenceReader) topicBut(i int, but []argName) []argName {
	for v := 0; v < i; v++ {
		k := r.at(v)
		if k.kind != chunkVerb || !k.v.finite && !k.v.infinitive {
			continue
		}
		a, ok := r.subjects[v]
		if !ok && r.depth < maxClauses {
			a = r.subjectOf(v)
		}
		if a.noun < 0 || a.noun >= i {
			continue
		}
		n := r.companies(a.names)
		if len(n) == 0 && !a.some() && len(but) > 0 {
			n = r.companies(r.belongs(a.noun)) // "Northwind's shares fell after …"
		}
		if len(n) > 0 && !sameNames(n, but) {
			return n
		}
	}
	// A genitive before the first verb: "Northwind's shares fell after it …".
	for v := 0; v < i; v++ {
		k := r.at(v)
		if k.kind == chunkVerb {
			break
		}
		if k.kind == chunkNoun && k.owner != nil && !r.d.isPlace(k.owner) && !r.d.isPerson(k.owner) {
			return []argName{{k.owner, v}}
		}
	}
	if len(r.d.topic) > 0 && !sameNames(r.d.topic, but) {
		return r.d.topic
	}
	if n := r.speaksAfter(i); len(n) == 1 && !sameNames(n, but) {
		return n
	}
	// "Talks on … of Northwind have"
	for v := 0; v < i; v++ {
		if k := r.at(v); k.kind == chunkNoun && len(k.names) > 0 {
			if n := r.companies(r.argNames(v)); len(n) > 0 && !sameNames(n, but) {
				return n
			}
		}
	}
	return nil
}

// speaksAfter returns the company that says what stands before: of "…, said Northwind" and
// "…, Northwind said".
func (r *sentenceReader) speaksAfter(i int) []argName {
	for v := i + 1; v < len(r.cs); v++ {
		k := r.at(v)
		if k.kind != chunkVerb || !k.v.in("say") || !k.v.bare {
			continue
		}
		switch before, after := r.at(v-1), r.at(v+1); {
		case before.kind == chunkComma && after.kind == chunkNoun:
			return r.companies(r.argNames(v + 1))
		case before.kind == chunkNoun && r.at(v-2).kind == chunkComma && (after.kind == chunkStop || after.kind == chunkDate):
			return r.companies(r.argNames(v - 1))
		}
	}
	return nil
}

// companies returns those names that are neither people nor places.
func (r *sentenceReader) companies(names []argName) []argName {
	var out []argName
	for _, n := range names {
		if n.m.entity >= 0 && !r.d.isPerson(n.m) && !r.d.isPlace(n.m) && !r.d.isOutlet(n.m) {
			out = append(out, n)
		}
	}
	return out
}

// topicOf returns what the sentence is about: its first subject, or, where it begins a
// paragraph, the first company that it names.
func (r *sentenceReader) topicOf(begins bool) []argName {
	for v := range r.cs {
		if k := r.at(v); k.kind == chunkVerb && k.v.finite {
			a := r.subjectOf(v)
			if n := r.companies(a.names); len(n) > 0 {
				return n
			}
			if a.noun >= 0 && !a.some() {
				if n := r.companies(r.belongs(a.noun)); len(n) == 1 {
					return n
				}
			}
		}
	}
	if !begins && len(r.d.topic) > 0 {
		return nil
	}
	for i := range r.cs {
		if k := r.at(i); k.kind == chunkNoun && len(k.names) > 0 {
			if n := r.companies(r.argNames(i)); len(n) > 0 {
				return n[:1]
			}
		}
	}
	return nil
}

// belongs returns the names before and after a noun that it belongs to: of "Northwind
// shares", "Northwind's shares", "shareholders in Northwind".
func (r *sentenceReader) belongs(i int) []argName {
	k := r.at(i)
	switch {
	case k.owner != nil:
		return []argName{{k.owner, i}}
	case len(k.mods) > 0:
		return []argName{{k.mods[len(k.mods)-1], i}}
	case r.at(i+1).kind == chunkPrep && (r.at(i+1).word == "of" || r.at(i+1).word == "in" || r.at(i+1).word == "at"):
		return r.argumentAt(i+2, true).names
	}
	return nil
}

// otherCompany returns the one company that the sentence names beside the given ones, or
// else what the sentence is about.
func (r *sentenceReader) otherCompany(but []argName, at int) []argName {
	isBut := func(e int) bool {
		return slices.ContainsFunc(but, func(n argName) bool { return n.m.entity == e })
	}
	if topic := r.topicAt(at); len(topic) == 1 && !isBut(topic[0].m.entity) {
		return topic
	}
	var found []argName
	for i := range r.cs {
		k := r.at(i)
		if k.kind != chunkNoun {
			continue
		}
		for _, m := range append(append([]*mention{k.owner}, k.mods...), k.names...) {
			if m == nil || m.entity < 0 || isBut(m.entity) || r.d.isPlace(m) || r.d.isPerson(m) || r.d.isOutlet(m) {
				continue
			}
			if !slices.ContainsFunc(found, func(n argName) bool { return n.m.entity == m.entity }) {
				found = append(found, argName{m, i})
			}
		}
	}
	if len(found) == 1 {
		return found
	}
	return nil
}

// formerOwners reads "that A had owned since" of what is bought in the sentence.
func (r *sentenceReader) formerOwners() {
	for v := range r.cs {
		if k := r.at(v); k.kind != chunkVerb || k.word != "own" || !k.v.perfect {
			continue
		}
		a := r.subjectOf(v)
		t := r.d.last(standfirst.Acquisition)
		if a.some() && r.at(a.noun-1).kind == chunkRelative && t != nil && r.d.found[len(r.d.found)-1].sentence == r {
			r.emitAll(standfirst.Acquisition, []argName{*t}, standfirst.Seller, a.names, v)
		}
	}
}
