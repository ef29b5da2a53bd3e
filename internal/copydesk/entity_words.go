package copydesk

import (
	_ "embed"
	"strings"
	"sync"

	"standfirst"
)

//go:embed names.txt
var nameText string

// nameList is what names.txt says.
type nameList struct {
	places  map[string]bool // in lower case, of up to four words
	peoples wordSet
	// companies and organisations end the names of such; common are words that begin a
	// sentence and no name; things and bodies say in lower case what a name is.
	companies, organisations, common, weak, things, bodies wordSet
}

// nameWords returns the one list. It is read on first use.
var nameWords = sync.OnceValue(func() *nameList {
	l := &nameList{
		places: map[string]bool{}, peoples: wordSet{}, companies: wordSet{}, organisations: wordSet{}, common: wordSet{}, weak: wordSet{},
		things: wordSet{}, bodies: wordSet{},
	}
	sets := map[string]map[string]bool{
		"countries": l.places, "cities": l.places, "regions": l.places, "peoples": l.peoples, "companies": l.companies,
		"organisations": l.organisations, "common": l.common, "weak": l.weak, "things": l.things, "bodies": l.bodies,
	}
	eachEntry(nameText, func(section, _, entry string) { sets[section][entry] = true })
	return l
})

// nameShape is what the form of a name says about its kind.
type nameShape struct {
	kind standfirst.EntityKind // empty if it says nothing
	// strong tells that the form alone makes it so: a legal form, "Group", "University".
	strong bool
}

// shapeOf reads the kind of a name off its words.
func shapeOf(name string) nameShape {
	lower := strings.ToLower(name)
	list := nameWords()
	if list.places[lower] {
		return nameShape{standfirst.Place, true}
	}
	fields := strings.Fields(lower)
	last := strings.Trim(fields[len(fields)-1], ".")
	if stateBodies[last] {
		return nameShape{standfirst.Organisation, true}
	}
	for i, w := range fields {
		w = strings.Trim(w, ".,")
		if list.organisations[w] && (i > 0 || len(fields) > 1) && !list.companies[last] {
			return nameShape{standfirst.Organisation, true}
		}
		if list.bodies[w] && i == 0 && len(fields) > 1 && name[0] == lower[0] {
			return nameShape{standfirst.Organisation, true}
		}
	}
	if len(fields) > 1 && list.companies[last] || strings.Contains(name, "&") || fields[0] == "bank" && len(fields) > 1 {
		return nameShape{standfirst.Company, true}
	}
	return nameShape{}
}
