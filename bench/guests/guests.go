// Package guests makes up those who comment on the stories of an archive, and what they
// write: for the program that fills it and for the one that puts it under load. The same
// number is always the same guest with the same words. It must not know how a comment is
// sent or kept.
package guests

import (
	"fmt"
	"strings"
)

// Guest is somebody who writes once.
type Guest struct {
	Name    string
	Email   string
	Address string // of the network; no two are in the same /48
	Text    string // of 100 to 300 characters
}

var (
	firstNames = []string{"Alva", "Bertil", "Cecily", "Dov", "Edda", "Florin", "Greta", "Hakon", "Imre", "Jorun", "Kalle", "Lotte", "Milan", "Nadia", "Oskar", "Pia"}
	lastNames  = []string{"Ashby", "Brandt", "Corrigan", "Dunmore", "Ekholm", "Farrow", "Grieg", "Hallam", "Ilves", "Jessop", "Kowal", "Lund"}

	openings = []string{
		"The note in the filing puts the cost of item %d well above what was said on the call.",
		"Has anybody asked the works council of site %d what it makes of this?",
		"I worked in plant %d for six years, and the boilers were due long before that.",
		"Table %d of the annual report says the opposite, unless I misread the footnote.",
		"A lender of mine sat through slide %d and left with more questions.",
	}
	middles = []string{
		"Nobody explains where the cash for it comes from.",
		"The margin was never that high in a normal year.",
		"My guess is that the smaller division pays for the larger one.",
		"That leaves the pension fund, which the story does not mention.",
		"Two of the nine analysts had it about right in the spring.",
		"Freight alone would eat a third of it.",
	}
	endings = []string{"Thank you for the figures.", "Who signs that off?", "I would like to see the source.", "It will not end well.", "More on the debt, please."}

	offers = []string{
		"Cheap designer watches %d, free shipping worldwide, click the link and use the voucher at checkout.",
		"Earn money from home, voucher %d, no experience needed, our casino bonus doubles the first deposit.",
		"Lose weight fast with miracle pills %d, limited offer, order online without prescription.",
		"Best casino bonus code %d, free spins, instant payout, click the link in my profile.",
	}
)

// Of returns the guest of the number.
func Of(n int64) Guest {
	var text strings.Builder
	fmt.Fprintf(&text, pick(openings, n), n)
	for i := range 1 + n%3 {
		text.WriteString(" " + pick(middles, n/5+i*7))
	}
	text.WriteString(" " + pick(endings, n/30))
	return guest(n, text.String())
}

// Spammer returns one who advertises. Its number is that of no other guest.
func Spammer(n int64) Guest {
	return guest(n, fmt.Sprintf(pick(offers, n), n)+" "+fmt.Sprintf(pick(offers, n/4+1), n))
}

func guest(n int64, text string) Guest {
	return Guest{
		Name: pick(firstNames, n) + " " + pick(lastNames, n/16), Email: fmt.Sprintf("guest%d@readers.example", n),
		Address: fmt.Sprintf("2001:%x:%x::7", n>>16&0xffff, n&0xffff), Text: text,
	}
}

func pick(from []string, n int64) string { return from[n%int64(len(from))] }
