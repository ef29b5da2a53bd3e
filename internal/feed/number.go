package feed

import (
	"encoding/json"
	"math/big"
)

// number returns the number as JSON has it, exactly if it has an end, and nil for none.
func number(r *big.Rat, decimals int) any {
	if r == nil {
		return nil
	}
	if r.IsInt() {
		return json.Number(r.Num().String())
	}
	if n, exact := r.FloatPrec(); exact {
		return json.Number(r.FloatString(n))
	}
	return json.Number(r.FloatString(max(decimals, 0) + 2))
}
