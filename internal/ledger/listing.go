package ledger

import (
	"standfirst"
	"standfirst/internal/record"
	"standfirst/internal/store"
)

// refreshDealListing makes the row that lists of deals read anew from what readers see
// of the deal.
func refreshDealListing(tx *store.Tx, id standfirst.DealID) error {
	deal, err := tx.Deal(id)
	if err != nil {
		return err
	}
	if deal.ReleasedAt.IsZero() {
		return nil // readers do not know it
	}
	about, err := readSubject(&tx.ReadTx, standfirst.Subject{Deal: id}, store.ForReaders)
	if err != nil {
		return err
	}
	listing := store.DealListing{Deal: deal, UpdatedAt: deal.ReleasedAt}
	rank := 0
	for _, c := range about.claims {
		for _, v := range about.versions[c.ID] { // that a figure expires is no news
			if v.ReleasedAt.After(listing.UpdatedAt) {
				listing.UpdatedAt = v.ReleasedAt
			}
		}
		held := current(about.group(c))
		if len(held) == 0 {
			continue
		}
		newest := held[len(held)-1].Value
		if c.Property == standfirst.Stage && c.Dimensions.Party == 0 {
			listing.Stage = StandsAt(held)
		}
		if r := sizeRank(c.Property); r > rank && newest.Quantity != nil {
			rank, listing.Size = r, newest.Quantity
		}
	}
	lists, err := tx.LedgerLists()
	if err != nil {
		return err
	}
	if !lists.Deals { // from the first deal on, the menu of every page leads to the list
		tx.Touch(standfirst.SiteTag)
	}
	return tx.SetDealListing(listing)
}

// AddNotice stores a notice and puts it on the record. From the first one on, the menu of every page leads to the
// list of them.
func AddNotice(tx *store.Tx, n standfirst.Notice) (standfirst.NoticeID, error) {
	lists, err := tx.LedgerLists()
	if err != nil {
		return 0, err
	}
	if !lists.Notices {
		tx.Touch(standfirst.SiteTag)
	}
	tx.Touch(standfirst.CorrectionsTag)
	if n.ID, err = tx.InsertNotice(n); err != nil {
		return 0, err
	}
	entry, err := record.Notice(&tx.ReadTx, n)
	if err != nil {
		return 0, err
	}
	record.Append(tx, entry)
	return n.ID, nil
}

// sizeRank orders the properties that say how large a deal is; zero says nothing. What
// one party puts in is not the size, nor what the company is worth.
func sizeRank(p standfirst.Property) int {
	switch p {
	case standfirst.AmountRaised:
		return 5
	case standfirst.RoundTarget, standfirst.DealValue, standfirst.ContractValue, standfirst.DebtRaised:
		return 4
	case standfirst.ValuationAtListing:
		return 3
	}
	return 0
}
