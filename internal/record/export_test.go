package record

import "standfirst/internal/store"

// KeepRecord says whether what is published gets its entries from then on. Nobody may be
// publishing meanwhile.
func KeepRecord(keep bool) {
	put = gather
	if !keep {
		put = func(*store.Tx, []Entry) {}
	}
}
