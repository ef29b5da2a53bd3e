package store

import (
	"math"
	"math/big"
	"time"

	"standfirst"
)

// DealListing is what the list of deals shows of one that is released.
type DealListing struct {
	Deal      standfirst.Deal
	Target    standfirst.Entity
	Stage     standfirst.DealStage
	Size      *standfirst.Quantity // in money; nil if nothing is known of it
	UpdatedAt time.Time
}

// DealPosition is a place in a list of deals. A list continues with what comes
// strictly after it. The zero DealPosition is before the first.
type DealPosition struct {
	UpdatedAt time.Time
	Size      float64 // only in a list that is ordered by size
	ID        standfirst.DealID
}

// Position returns the place of the deal in either order.
func (l DealListing) Position() DealPosition {
	return DealPosition{l.UpdatedAt, sizeOf(l.Size), l.Deal.ID}
}

// DealOrder says in which order deals are listed.
type DealOrder string

const (
	ByUpdate DealOrder = ""     // what changed last comes first
	BySize   DealOrder = "size" // the largest comes first; those without a size are left out
)

// DealFilter narrows [ReadTx.DealListings]. An empty Kind or Stage admits every value.
type DealFilter struct {
	Kind  standfirst.DealKind
	Stage standfirst.DealStage
	Order DealOrder
	// Currency goes with BySize, which needs it: sizes in several do not compare.
	Currency standfirst.Unit
}

// DealListing returns the row by which lists show the deal. It returns a NotFound error
// for one that no list shows.
func (tx *ReadTx) DealListing(id standfirst.DealID) (DealListing, error) {
	l, err := one(tx, scanDealListing, "DealListing", int64(id))
	return l, missing(err, "no list shows the deal %d", id)
}

// DealListings returns up to limit released deals that the filter admits, after the
// position. It returns an Invalid error for an order by size without a currency.
func (tx *ReadTx) DealListings(f DealFilter, after DealPosition, limit int) ([]DealListing, error) {
	var args []any
	if f.Kind != "" {
		args = append(args, string(f.Kind))
	}
	if f.Stage != "" {
		args = append(args, string(f.Stage))
	}
	bySize := f.Order == BySize
	if bySize {
		if f.Currency == "" {
			return nil, standfirst.Errorf(standfirst.Invalid, "deals are ordered by size within one currency; choose it")
		}
		args = append(args, string(f.Currency))
	}
	return all(tx, scanDealListing, dealListQuery(f.Kind != "", f.Stage != "", bySize), append(args, after.keyset(bySize, limit)...)...)
}

// dealListQuery names the query that lists deals so.
func dealListQuery(ofKind, atStage, bySize bool) string {
	switch {
	case ofKind && atStage && bySize:
		return "DealListingsOfKindAtStageBySize"
	case ofKind && atStage:
		return "DealListingsOfKindAtStage"
	case ofKind && bySize:
		return "DealListingsOfKindBySize"
	case ofKind:
		return "DealListingsOfKind"
	case atStage && bySize:
		return "DealListingsAtStageBySize"
	case atStage:
		return "DealListingsAtStage"
	case bySize:
		return "DealListingsBySize"
	default:
		return "DealListings"
	}
}

// keyset returns the last arguments of a list query: the position and how many rows
// it may return.
func (p DealPosition) keyset(bySize bool, limit int) []any {
	id := belowID(p.ID)
	switch {
	case bySize && p.ID == 0:
		return []any{math.MaxFloat64, id, int64(limit)}
	case bySize:
		return []any{p.Size, id, int64(limit)}
	case p.ID == 0:
		return []any{int64(math.MaxInt64), id, int64(limit)}
	default:
		return []any{p.UpdatedAt.UnixMicro(), id, int64(limit)}
	}
}

func scanDealListing(row scanner) (l DealListing, err error) {
	var (
		parties []storedParty
		tickers []storedTicker
	)
	dest := append(dealColumns(&l.Deal, &parties), entityColumns(&l.Target, &tickers)...)
	err = row.Scan(append(dest, &l.Stage, quantityInto{&l.Size}, (*instant)(&l.UpdatedAt))...)
	l.Deal.Parties, l.Target.Tickers = fromParties(parties), fromTickers(tickers)
	return l, err
}

// SetDealListing makes or replaces the row by which lists show the deal. Of the deal
// only its identifier and kind are used, of the target nothing. A zero UpdatedAt
// becomes now. It returns an Invalid error for a size that says nothing or the
// impossible.
func (tx *Tx) SetDealListing(l DealListing) error {
	var quantity, currency, size any
	if l.Size != nil {
		if err := l.Size.Validate(); err != nil {
			return err
		}
		quantity, currency, size = toJSON(l.Size), string(l.Size.Unit), sizeOf(l.Size)
	}
	_, err := tx.exec("PutDealListing", int64(l.Deal.ID), string(l.Deal.Kind), string(l.Stage), quantity, currency, size,
		toMicros(tx.orNow(l.UpdatedAt)))
	return err
}

// ClearDealListing takes the deal out of the lists.
func (tx *Tx) ClearDealListing(id standfirst.DealID) error {
	_, err := tx.exec("DeleteDealListing", int64(id))
	return err
}

// sizeOf returns the number by which a quantity is ordered among others of its unit:
// its point, or else its ceiling, or else its floor.
func sizeOf(q *standfirst.Quantity) float64 {
	if q == nil {
		return 0
	}
	for _, r := range []*big.Rat{q.Point, q.Hi, q.Lo} {
		if r != nil {
			size, _ := r.Float64()
			return size
		}
	}
	return 0
}
