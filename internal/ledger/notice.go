package ledger

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"standfirst"
	"standfirst/internal/store"
)

// subjectName names for readers what the claim states and of what: "the valuation of
// Halcyon Compute", "the commitment of Kestrel Capital in the Halcyon Compute round".
func subjectName(tx *store.ReadTx, c standfirst.Claim) (string, error) {
	name := "the " + propertyWords(c.Property)
	if c.Dimensions.Party != 0 {
		party, err := tx.Entity(c.Dimensions.Party)
		if err != nil {
			return "", err
		}
		name += " of " + standfirst.ShortName(party.Name)
	}
	if c.Subject.Entity != 0 {
		entity, err := tx.Entity(c.Subject.Entity)
		return name + " of " + standfirst.ShortName(entity.Name), err
	}
	deal, err := tx.Deal(c.Subject.Deal)
	return name + " in “" + deal.Title + "”", err
}

// propertyWords returns the property as a sentence has it.
func propertyWords(p standfirst.Property) string {
	switch p {
	case standfirst.JobsCut:
		return "number of jobs cut"
	case standfirst.EventDate:
		return "date"
	}
	return strings.ReplaceAll(string(p), "-", " ")
}

// ValueWords returns the value as a sentence has it.
func ValueWords(v standfirst.Value) string {
	switch {
	case v.Quantity != nil:
		return v.Quantity.String()
	case v.Date != nil && v.Date.From == v.Date.To:
		return v.Date.From.String()
	case v.Date != nil:
		return v.Date.From.String() + " to " + v.Date.To.String()
	default:
		return strings.ReplaceAll(string(v.Stage), "-", " ")
	}
}

// draftNotice says what changed where nobody wrote a note.
func draftNotice(subject string, before, now standfirst.ClaimVersion) string {
	old, held := ValueWords(before.Value), ValueWords(now.Value)
	switch {
	case now.Class == standfirst.Retraction:
		return "We no longer stand behind " + old + " as " + subject + "."
	case now.Class == standfirst.Correction:
		return capitalised(subject) + " is " + held + ", not " + old + "."
	default:
		return capitalised(subject) + " is now " + held + "; it was " + old + "."
	}
}

func capitalised(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}
