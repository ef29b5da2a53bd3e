package copydesk

import (
	"slices"
	"strings"

	"standfirst"
)

// entity is what the prose names, once, with all its mentions.
type entity struct {
	name    string // the fullest form
	kind    standfirst.EntityKind
	known   standfirst.EntityID
	aliases []string // other forms that the prose uses
	tickers []standfirst.Ticker
	tokens  []string // of the key
	named   bool     // somewhere it stands not only at the start of a sentence
}

// listed reports whether the prose gives it a ticker.
func (e *entity) listed() bool { return len(e.tickers) > 0 }

// nameTable is all that a prose names.
type nameTable struct {
	entities []entity
	byKey    map[string]int
	byFirst  map[string][]int  // entities by the first word of their keys
	byLast   map[string][]int  // people by the last
	keys     map[string]string // of names
}

// newNameTable makes the table from the mentions of a prose, in order, and sets their
// entities.
func newNameTable(mentions []*mention, known []standfirst.Entity) *nameTable {
	t := &nameTable{byKey: map[string]int{}, byFirst: map[string][]int{}, byLast: map[string][]int{}, keys: map[string]string{}}
	for _, m := range mentions {
		t.add(m)
	}
	t.index()
	into := t.shortForms()
	t.know(known, into)
	for i, j := range into {
		if j >= 0 && j != i {
			t.join(i, j)
		}
	}
	for _, m := range mentions {
		if m.entity >= 0 {
			m.entity = into[m.entity]
		}
	}
	return t
}

// add puts a mention under the entity of its key.
func (t *nameTable) add(m *mention) {
	key, ok := t.keys[m.name]
	if !ok {
		key = standfirst.EntityKey(m.name)
		t.keys[m.name] = key
	}
	if key == "" {
		m.entity = -1
		return
	}
	i, ok := t.byKey[key]
	if !ok {
		i = len(t.entities)
		t.byKey[key] = i
		t.entities = append(t.entities, entity{name: m.name, tokens: strings.Fields(key)})
	}
	e := &t.entities[i]
	if m.name != e.name {
		if len(m.name) > len(e.name) {
			e.name, m.name = m.name, e.name
			e.addAlias(m.name)
			m.name = e.name
		} else {
			e.addAlias(m.name)
		}
	}
	if m.kind != "" && (e.kind == "" || m.kind == standfirst.Person) {
		e.kind = m.kind
	}
	for _, ticker := range m.tickers {
		e.kind = standfirst.Company
		if !slices.Contains(e.tickerNames(), ticker.Exchange.MIC+" "+ticker.Symbol) {
			e.tickers = append(e.tickers, ticker)
		}
	}
	e.named = e.named || !m.first || !m.single
	m.entity = i
}

func (e *entity) tickerNames() []string {
	var names []string
	for _, t := range e.tickers {
		names = append(names, t.Exchange.MIC+" "+t.Symbol)
	}
	return names
}

func (e *entity) addAlias(name string) {
	if name != e.name && !slices.Contains(e.aliases, name) {
		e.aliases = append(e.aliases, name)
	}
}

// join makes the entity i another form of j.
func (t *nameTable) join(i, j int) {
	short, full := &t.entities[i], &t.entities[j]
	full.addAlias(short.name)
	for _, a := range short.aliases {
		full.addAlias(a)
	}
	for _, ticker := range short.tickers {
		if !slices.Contains(full.tickerNames(), ticker.Exchange.MIC+" "+ticker.Symbol) {
			full.tickers = append(full.tickers, ticker)
		}
	}
	if full.kind == "" {
		full.kind = short.kind
	}
	if full.known == 0 {
		full.known = short.known
	}
	full.named = full.named || short.named
}

func (t *nameTable) index() {
	for i := range t.entities {
		tokens := t.entities[i].tokens
		first := firstPart(tokens[0])
		t.byFirst[first] = append(t.byFirst[first], i)
		if initials := initialsOf(tokens); len(initials) > 2 {
			t.byFirst[initials] = append(t.byFirst[initials], i)
		}
		if last := tokens[len(tokens)-1]; len(tokens) > 1 {
			t.byLast[last] = append(t.byLast[last], i)
		}
	}
}

// firstPart returns "amazon" of "amazon.com".
func firstPart(s string) string {
	if i := strings.IndexByte(s, '.'); i > 2 {
		return s[:i]
	}
	return s
}

func initialsOf(tokens []string) string {
	var b strings.Builder
	for _, w := range tokens {
		b.WriteByte(w[0])
	}
	return b.String()
}

// shortForms finds for each entity the one longer name that it is a short form of: itself
// if there is none, -1 if there are several.
func (t *nameTable) shortForms() []int {
	into := make([]int, len(t.entities))
	for i := range t.entities {
		into[i] = i
		short := t.entities[i].tokens
		key := strings.Join(short, " ")
		if list := nameWords(); list.places[key] || list.peoples[key] || list.weak[key] {
			continue
		}
		match := t.longest(i, t.byFirst[firstPart(short[0])], isShortOf)
		if match == i && len(short) == 1 {
			match = t.longest(i, t.byLast[short[0]], func(short, full []string) bool { return true })
			if match >= 0 && match != i && t.entities[match].kind != standfirst.Person {
				match = i
			}
		}
		into[i] = match
	}
	// A short form of a short form.
	for i := range into {
		for n := 0; into[i] >= 0 && into[into[i]] != into[i] && n < 3; n++ {
			into[i] = into[into[i]]
		}
	}
	return into
}

// longest returns the one of the candidates that i is a short form of and that all others
// are short forms of; i if there is none, -1 if they are several.
func (t *nameTable) longest(i int, candidates []int, isShort func(short, full []string) bool) int {
	match := i
	if len(candidates) > 64 {
		return i
	}
	for _, j := range candidates {
		full := t.entities[j].tokens
		if j == i || len(full) <= len(t.entities[i].tokens) && firstPart(full[0]) == full[0] || !isShort(t.entities[i].tokens, full) {
			continue
		}
		switch {
		case match == i || isShortOf(t.entities[match].tokens, full):
			match = j
		case !isShortOf(full, t.entities[match].tokens):
			return -1
		}
	}
	return match
}

// isShortOf reports whether short names the same as the longer full: its first words, or
// its initials.
func isShortOf(short, full []string) bool {
	if len(short) == 1 && len(full) > 2 && short[0] == initialsOf(full) {
		return true
	}
	if len(short) > len(full) {
		return false
	}
	same := true
	for i, w := range short {
		if full[i] != w {
			if i != len(short)-1 || firstPart(full[i]) != w {
				return false
			}
			same = false
		}
	}
	return !same || len(short) < len(full)
}

// know finds the entities among those that the newsroom knows.
func (t *nameTable) know(known []standfirst.Entity, into []int) {
	byKey, byFirst := map[string]int{}, map[string][]int{}
	for n, e := range known {
		for _, name := range append([]string{e.Name}, e.Aliases...) {
			key := standfirst.EntityKey(name)
			if key == "" {
				continue
			}
			if other, ok := byKey[key]; ok && other != n {
				byKey[key] = -1 // two have the name
				continue
			}
			byKey[key] = n
			first := strings.Fields(key)[0]
			if !slices.Contains(byFirst[first], n) {
				byFirst[first] = append(byFirst[first], n)
			}
		}
	}
	of := map[standfirst.EntityID]int{}
	for i := range t.entities {
		e := &t.entities[i]
		n, ok := byKey[strings.Join(e.tokens, " ")]
		if !ok {
			if n, ok = knownShort(e.tokens, known, byFirst[e.tokens[0]]); !ok {
				continue
			}
		}
		if n < 0 {
			into[i] = -1
			continue
		}
		e.known, e.kind = known[n].ID, known[n].Kind
		if j, ok := of[e.known]; ok && into[i] == i && into[j] == j {
			if len(t.entities[j].tokens) < len(e.tokens) {
				into[j] = i
				of[e.known] = i
				continue
			}
			into[i] = j
		} else if !ok && into[i] == i {
			of[e.known] = i
		}
	}
}

// knownShort finds the one known entity whose name begins with the words.
func knownShort(tokens []string, known []standfirst.Entity, candidates []int) (int, bool) {
	list, key := nameWords(), strings.Join(tokens, " ")
	if list.places[key] || list.peoples[key] || list.weak[key] || len(candidates) != 1 {
		return 0, false
	}
	n := candidates[0]
	if known[n].Kind == standfirst.Person || known[n].Kind == standfirst.Place {
		return 0, false
	}
	return n, isShortOf(tokens, strings.Fields(standfirst.EntityKey(known[n].Name)))
}

// keyTokens returns the words under which a name is compared.
func keyTokens(name string) []string { return strings.Fields(standfirst.EntityKey(name)) }
