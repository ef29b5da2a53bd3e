package store

import (
	"encoding/json"
	"fmt"
	"strings"

	"standfirst"
)

// optionalText returns the text of a scanned value, "" for NULL.
func optionalText(value any) (string, error) {
	switch v := value.(type) {
	case nil:
		return "", nil
	case string:
		return v, nil
	case []byte:
		return string(v), nil
	default:
		return "", fmt.Errorf("a text is stored as %T", value)
	}
}

// toText returns what is stored for a text that may be missing: NULL for "".
func toText[T ~string](s T) any {
	if s == "" {
		return nil
	}
	return string(s)
}

// text scans a text that may be NULL into a string.
type text[T ~string] struct{ to *T }

// Scan implements sql.Scanner.
func (t text[T]) Scan(value any) error {
	s, err := optionalText(value)
	*t.to = T(s)
	return err
}

// textInto scans a text that may be NULL; NULL becomes "".
func textInto[T ~string](to *T) text[T] { return text[T]{to} }

// toNumber returns what is stored for a number that may be missing: NULL for 0.
func toNumber[T ~int | ~int64](n T) any {
	if n == 0 {
		return nil
	}
	return int64(n)
}

// number scans a number that may be NULL.
type number[T ~int | ~int64] struct{ to *T }

// Scan implements sql.Scanner.
func (n number[T]) Scan(value any) error {
	switch v := value.(type) {
	case nil:
		*n.to = 0
	case int64:
		*n.to = T(v)
	default:
		return fmt.Errorf("a number is stored as %T", value)
	}
	return nil
}

// numberInto scans a number that may be NULL; NULL becomes 0.
func numberInto[T ~int | ~int64](to *T) number[T] { return number[T]{to} }

// toFlag returns what is stored for a truth value: 1 or 0.
func toFlag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// flag scans a stored truth value into a bool.
type flag bool

// Scan implements sql.Scanner.
func (f *flag) Scan(value any) error {
	n, ok := value.(int64)
	if !ok {
		return fmt.Errorf("a truth value is stored as %T", value)
	}
	*f = n != 0
	return nil
}

// toJSON returns the JSON that is stored for a value of one of this package's own
// stored types, which always marshal.
func toJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("store: marshal %T: %v", v, err))
	}
	return string(b)
}

// toList returns the argument for a query that takes a list, see [listArgument].
func toList[T ~int64 | ~string](values []T) string {
	if len(values) == 0 {
		return "[]"
	}
	return toJSON(values)
}

// fromJSON scans stored JSON into what it points to; NULL leaves it as it is.
type fromJSON struct{ to any }

// Scan implements sql.Scanner.
func (j fromJSON) Scan(value any) error {
	s, err := optionalText(value)
	if err != nil || s == "" {
		return err
	}
	return json.Unmarshal([]byte(s), j.to)
}

// quantityInto scans a stored quantity; NULL leaves nil.
type quantityInto struct{ to **standfirst.Quantity }

// Scan implements sql.Scanner.
func (q quantityInto) Scan(value any) error {
	s, err := optionalText(value)
	if err != nil || s == "" {
		return err
	}
	*q.to = new(standfirst.Quantity)
	return (*q.to).UnmarshalJSON([]byte(s))
}

// nameKey returns the form of a name by which it is found: case and the amount of
// space between words do not matter. It is made here because databases disagree
// about the case of letters outside ASCII.
func nameKey(name string) string {
	return strings.ToLower(strings.Join(strings.Fields(name), " "))
}
