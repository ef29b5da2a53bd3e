package ledger

import (
	"slices"

	"standfirst"
	"standfirst/internal/store"
)

// CheckWords returns an Invalid error if words that cite a claim state a figure which the
// claim never was, unless the text before had the same words there: the page would then
// say one thing in its text and another wherever the claim is shown. Words that state no
// figure ("the sum") are not checked.
func CheckWords(tx *store.ReadTx, citations, before []standfirst.Citation) error {
	for _, c := range citations {
		stated, err := standfirst.ParseQuantity(c.Words)
		same := func(b standfirst.Citation) bool { return b.Claim == c.Claim && b.Words == c.Words }
		if err != nil || slices.ContainsFunc(before, same) {
			continue
		}
		versions, err := tx.Versions(c.Claim, store.ForDesk)
		if err != nil {
			return err
		}
		var newest *standfirst.Quantity
		fits := false
		for _, v := range versions {
			if q := v.Value.Quantity; q != nil {
				newest = q
				fits = fits || stated.Overlaps(asStated(*q, stated))
			}
		}
		if fits || newest == nil {
			continue
		}
		return standfirst.Errorf(standfirst.Invalid,
			"“%s” cites figure %s, which is %s; record what changed with standfirst claim supersede %[2]s --value “%[1]s” --because correction (or event, or better-information), or take the link off the words",
			c.Words, c.Claim, newest)
	}
	return nil
}
