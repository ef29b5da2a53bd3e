package standfirst

import (
	"bytes"
	"encoding/json"
	"math/big"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of a quantity that is read from JSON. No figure of the news comes near them.
const (
	maxQuantityJSON   = 1024 // bytes
	maxQuantityNumber = 80   // bytes of one number
	maxQuantityNoun   = 60   // bytes
	maxDecimals       = 30
)

// quantityJSON is the form of a quantity in JSON. Numbers are strings in full units
// that are exact: decimal, or a fraction where the digits do not end. What is empty
// is left out.
type quantityJSON struct {
	Point       string `json:"point,omitempty"`
	Lo          string `json:"lo,omitempty"`
	Hi          string `json:"hi,omitempty"`
	LoExclusive bool   `json:"lo_exclusive,omitempty"`
	HiExclusive bool   `json:"hi_exclusive,omitempty"`
	Approx      bool   `json:"approx,omitempty"`
	Decimals    int    `json:"decimals,omitempty"`
	Unit        Unit   `json:"unit,omitempty"`
	Noun        string `json:"noun,omitempty"`
}

// MarshalJSON writes the quantity as an object. Equal quantities that are written
// equally finely give the same bytes:
//
//	{"hi":"50000000000","decimals":-9,"unit":"USD"}
func (q Quantity) MarshalJSON() ([]byte, error) {
	return json.Marshal(quantityJSON{
		Point: exactString(q.Point), Lo: exactString(q.Lo), Hi: exactString(q.Hi),
		LoExclusive: q.LoExclusive, HiExclusive: q.HiExclusive,
		Approx: q.Approx, Decimals: q.Decimals, Unit: q.Unit, Noun: q.Noun,
	})
}

// UnmarshalJSON reads what [Quantity.MarshalJSON] writes, and refuses with an [Invalid]
// error what is too long, has a key or unit that it does not know, or says nothing or
// the impossible. null changes nothing, as for all types.
func (q *Quantity) UnmarshalJSON(b []byte) error {
	if len(b) > maxQuantityJSON {
		return Errorf(Invalid, "a quantity has at most %d bytes", maxQuantityJSON)
	}
	if string(bytes.TrimSpace(b)) == "null" {
		return nil
	}
	decoder := json.NewDecoder(bytes.NewReader(b))
	decoder.DisallowUnknownFields()
	var written quantityJSON
	if err := decoder.Decode(&written); err != nil {
		return WrapError(Invalid, err, "a quantity is an object with numbers as strings")
	}
	read := Quantity{
		LoExclusive: written.LoExclusive, HiExclusive: written.HiExclusive,
		Approx: written.Approx, Decimals: written.Decimals, Unit: written.Unit, Noun: written.Noun,
	}
	for _, number := range []struct {
		text string
		into **big.Rat
	}{{written.Point, &read.Point}, {written.Lo, &read.Lo}, {written.Hi, &read.Hi}} {
		if number.text == "" {
			continue
		}
		r, ok := parseExact(number.text)
		if !ok {
			return Errorf(Invalid, "%q is not an exact number", clipWords(number.text))
		}
		*number.into = r
	}
	if err := read.Validate(); err != nil {
		return err
	}
	*q = read
	return nil
}

// exactString returns r as a decimal number, or as a fraction if its digits do not
// end or are too many; empty for nil.
func exactString(r *big.Rat) string {
	if r == nil {
		return ""
	}
	if digits, exact := r.FloatPrec(); exact && digits <= maxDecimals {
		if s := r.FloatString(digits); len(s) <= maxQuantityNumber {
			return s
		}
	}
	return r.RatString()
}

// parseExact reads what exactString writes: digits with at most one point or slash
// between them, and a minus before them.
func parseExact(s string) (*big.Rat, bool) {
	if len(s) > maxQuantityNumber {
		return nil, false
	}
	digits := strings.TrimPrefix(s, "-")
	if i := strings.IndexAny(digits, "./"); i > 0 && i < len(digits)-1 {
		if digits[i] == '.' && len(digits)-i-1 > maxDecimals {
			return nil, false
		}
		digits = digits[:i] + digits[i+1:]
	}
	for i := range len(digits) {
		if digits[i] < '0' || digits[i] > '9' {
			return nil, false
		}
	}
	return new(big.Rat).SetString(s)
}

// Validate returns an [Invalid] error that says what is wrong with a quantity that did
// not come from words: no number at all, bounds or a point that exclude each other,
// an unknown unit, a noun without a count, or more digits or words than there may be.
func (q Quantity) Validate() error {
	switch {
	case q.Point == nil && q.Lo == nil && q.Hi == nil:
		return Errorf(Invalid, "a quantity has a point or a bound")
	case q.Lo == nil && q.LoExclusive || q.Hi == nil && q.HiExclusive:
		return Errorf(Invalid, "a bound that is not there is not exclusive")
	case q.Unit != Percent && q.Unit != Points && q.Unit != Times && q.Unit != UnitOfCount && !q.Unit.IsCurrency():
		return Errorf(Invalid, "%q is not a unit", clipWords(string(q.Unit)))
	case q.Noun != "" && q.Unit != UnitOfCount:
		return Errorf(Invalid, "only a count has a noun")
	case len(q.Noun) > maxQuantityNoun || !utf8.ValidString(q.Noun) || strings.ContainsFunc(q.Noun, unicode.IsControl):
		return Errorf(Invalid, "a noun has at most %d bytes of text", maxQuantityNoun)
	case q.Decimals > maxDecimals || q.Decimals < -maxDecimals:
		return Errorf(Invalid, "a quantity has at most %d decimals", maxDecimals)
	case excludes(q.Lo, q.Hi, q.LoExclusive || q.HiExclusive):
		return Errorf(Invalid, "the lower bound is above the upper one")
	case excludes(q.Lo, q.Point, q.LoExclusive && !q.Approx), excludes(q.Point, q.Hi, q.HiExclusive && !q.Approx):
		return Errorf(Invalid, "the point is outside the bounds")
	}
	return nil
}

// excludes reports whether nothing is at once from low and up to high.
func excludes(low, high *big.Rat, exclusive bool) bool {
	if low == nil || high == nil {
		return false
	}
	order := low.Cmp(high)
	return order > 0 || order == 0 && exclusive
}
