package ledger

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"standfirst"
	"standfirst/internal/store"
)

// subjectName names for readers what the claim states and of what.
func subjectName(tx *store.ReadTx, c standfirst.Claim) (string, error) {
	n, err := namesOf(tx, []standfirst.Claim{c})
	return n.of(c), err
}

// names are what the deals and entities that claims are about are called.
type names struct {
	entities map[standfirst.EntityID]string
	deals    map[standfirst.DealID]string
}

// namesOf reads the names of everything that the claims are about, in two queries.
func namesOf(tx *store.ReadTx, claims []standfirst.Claim) (names, error) {
	var entities []standfirst.EntityID
	var deals []standfirst.DealID
	for _, c := range claims {
		for _, id := range []standfirst.EntityID{c.Subject.Entity, c.Dimensions.Party} {
			if id != 0 {
				entities = append(entities, id)
			}
		}
		if c.Subject.Deal != 0 {
			deals = append(deals, c.Subject.Deal)
		}
	}
	n := names{make(map[standfirst.EntityID]string), make(map[standfirst.DealID]string)}
	found, err := tx.EntitiesByID(entities)
	if err != nil {
		return n, err
	}
	for _, e := range found {
		n.entities[e.ID] = standfirst.ShortName(e.Name)
	}
	about, err := tx.DealsByID(deals)
	for _, d := range about {
		n.deals[d.ID] = d.Title
	}
	return n, err
}

// of names what the claim states and of what: "the valuation of Halcyon Compute", "the
// commitment of Kestrel Capital in “Halcyon Compute round”".
func (n names) of(c standfirst.Claim) string {
	name := "the " + c.Property.Noun()
	if c.Property == standfirst.EventDate && c.Dimensions.Event != "" {
		name += " of the " + c.Dimensions.Event
	}
	if c.Dimensions.Party != 0 {
		name += " of " + n.entities[c.Dimensions.Party]
	}
	if c.Subject.Entity != 0 {
		return name + " of " + n.entities[c.Subject.Entity]
	}
	return name + " in “" + n.deals[c.Subject.Deal] + "”"
}

// Title names what the claim states and of what, for the desk: "the valuation of Halcyon
// Compute".
func Title(tx *store.ReadTx, c standfirst.Claim) (string, error) {
	n, err := namesOf(tx, []standfirst.Claim{c})
	return n.of(c), err
}

// draftNotice says what changed where nobody wrote a note.
func draftNotice(p standfirst.Property, subject string, before, now standfirst.ClaimVersion) string {
	old, held := p.Words(before.Value), p.Words(now.Value)
	switch {
	case now.Class == standfirst.Retraction:
		return "We no longer stand behind " + old + " as " + subject + "."
	case now.Class == standfirst.Correction:
		return capitalised(subject) + " is " + held + ", not " + old + "."
	default:
		return capitalised(subject) + " is now " + held + "; it was " + old + "."
	}
}

// titleOf returns the title of a figure as a heading has it: "Valuation of Halcyon".
func titleOf(title string) string { return capitalised(strings.TrimPrefix(title, "the ")) }

func capitalised(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}
