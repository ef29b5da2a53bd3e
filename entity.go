package standfirst

import (
	"strings"
	"time"
)

// EntityKind says what sort of thing an entity is.
type EntityKind string

const (
	Company      EntityKind = "company"
	Person       EntityKind = "person"
	Organisation EntityKind = "organisation" // a regulator, union, university, government
	Place        EntityKind = "place"
)

// EntityKinds returns every kind, in the order in which they are listed.
func EntityKinds() []EntityKind { return []EntityKind{Company, Organisation, Person, Place} }

// Valid reports whether k is one of the kinds.
func (k EntityKind) Valid() bool {
	switch k {
	case Company, Person, Organisation, Place:
		return true
	}
	return false
}

// Entity is a company, person, organisation or place that stories name. Until it is
// released it is the desk's own.
type Entity struct {
	ID      EntityID
	Kind    EntityKind
	Slug    Slug // unique among the entities of its kind
	Name    string
	Aliases []string // other names under which it is found
	Tickers []Ticker // of a company
	LEI     string   // ISO 17442; may be empty
	QID     string   // of Wikidata; may be empty
	// PublicFigure is set by an editor for a person who may have a page of their own.
	PublicFigure bool
	// MergedInto is the entity that this one turned out to be, zero for none: nothing but
	// its slug is left of it, which texts mention.
	MergedInto EntityID
	ReleasedAt time.Time // zero until readers may see it
	CreatedAt  time.Time
	CreatedBy  string // the actor, as [Actor.String]
}

// HasPage reports whether readers may see a page of the entity.
func (e Entity) HasPage() bool {
	return !e.ReleasedAt.IsZero() && e.MergedInto == 0 && (e.Kind != Person || e.PublicFigure)
}

// Path returns the address of the entity's page.
func (e Entity) Path() string { return EntityPath(e.Kind, e.Slug) }

// EntityPath returns the address of the page of an entity.
func EntityPath(kind EntityKind, slug Slug) string { return "/" + string(kind) + "/" + string(slug) }

// ValidLEI reports whether the text is a legal entity identifier of ISO 17442: 20 capital
// letters and digits, which leave 1 when they are read as a number, A being 10 and Z 35,
// and divided by 97.
func ValidLEI(text string) bool {
	if len(text) != 20 {
		return false
	}
	rest := 0
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			rest = (rest*10 + int(r-'0')) % 97
		case r >= 'A' && r <= 'Z':
			rest = (rest*100 + int(r-'A') + 10) % 97
		default:
			return false
		}
	}
	return rest == 1
}

// legalForms end the names of companies and are left out when names are compared.
var legalForms = map[string]bool{
	"inc": true, "corp": true, "corporation": true, "co": true, "company": true, "ltd": true, "limited": true, "plc": true,
	"llc": true, "lp": true, "llp": true, "ag": true, "se": true, "sa": true, "nv": true, "bv": true, "ab": true, "asa": true,
	"oyj": true, "gmbh": true, "spa": true, "kk": true, "pte": true, "pty": true, "incorporated": true, "a/s": true, "as": true,
}

// plainName gives the marks in names their plain form.
var plainName = strings.NewReplacer("’", "'", "‘", "'", "\u2011", "-")

// EntityKey returns the form of a name under which an entity is found: lower case,
// single spaces, no punctuation around words, no article before and no legal form
// ("Inc.", "plc") after it. It is "" for a name without words.
func EntityKey(name string) string {
	words := strings.Fields(strings.ToLower(plainName.Replace(name)))
	for i, w := range words {
		words[i] = strings.TrimSuffix(strings.Trim(w, ".,;:\"“”()'"), "'s")
		if w == "s.a." || w == "n.v." || w == "s.p.a." || w == "a.g." || w == "b.v." {
			words[i] = strings.ReplaceAll(w, ".", "")
		}
	}
	if len(words) > 1 && words[0] == "the" {
		words = words[1:]
	}
	for len(words) > 1 && legalForms[words[len(words)-1]] {
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}

// ShortName returns the name without the legal form at its end: "Amberley Tin plc" gives
// "Amberley Tin".
func ShortName(name string) string {
	words := strings.Fields(name)
	for len(words) > 1 && legalForms[strings.ToLower(strings.Trim(words[len(words)-1], ".,"))] {
		words = words[:len(words)-1]
	}
	return strings.TrimRight(strings.Join(words, " "), ",")
}
