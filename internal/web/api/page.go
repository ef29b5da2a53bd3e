package api

import (
	"encoding/base64"
	"net/url"
	"strconv"
	"strings"
	"time"

	"standfirst"
)

// Paging is how every list is asked for, the beginning or what follows a page.
type Paging struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"20" doc:"How many there are on a page, at most." example:"20"`
	Cursor string `query:"cursor" maxLength:"300" doc:"Where the page begins: next of the page before tells it. Opaque: make none up, and keep none for long."`
}

// list is one page of a list.
type list[T any] struct {
	Items []T    `json:"items" doc:"What there is, in order." nullable:"false"`
	Next  string `json:"next,omitempty" format:"uri-reference" doc:"The address of the next page; absent on the last one. The Link header has the same." example:"/api/v1/stories?cursor=c3Rvcmllc3wxNzcyNzA0ODAwMDAwMDAwfDEy"`
}

// Listed is the answer to a list.
type Listed[T any] struct {
	Link string `header:"Link" doc:"The address of the next page, with rel=\"next\"; absent on the last one."`
	Body list[T]
}

// page returns a page of what was found, of which one more was asked for than the page has.
// at returns the parts of the cursor behind an item.
func page[F, T any](p *program, name string, limit int, found []F, at func(F) []string, show func(F) (T, error)) (*Listed[T], error) {
	out := &Listed[T]{Body: list[T]{Items: make([]T, 0, len(found))}}
	if len(found) > limit {
		found = found[:limit]
		out.follow(p, name, at(found[limit-1]))
	}
	for _, f := range found {
		shown, err := show(f)
		if err != nil {
			return nil, err
		}
		out.Body.Items = append(out.Body.Items, shown)
	}
	return out, nil
}

// follow says where the next page is.
func (l *Listed[T]) follow(p *program, name string, parts []string) {
	query := p.r.URL.Query()
	query.Set("cursor", formatCursor(name, parts...))
	l.Body.Next = (&url.URL{Path: p.r.URL.Path, RawQuery: query.Encode()}).String()
	l.Link = "<" + l.Body.Next + `>; rel="next"`
}

// formatCursor writes a place in a list so that nobody takes it for something to be put
// together.
func formatCursor(list string, parts ...string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(list + "|" + strings.Join(parts, "|")))
}

// parseCursor reads what formatCursor writes for the list, in that spelling only. It returns
// nothing for an empty cursor, and an Invalid error for one of another list.
func parseCursor(list, cursor string, parts int) ([]string, error) {
	if cursor == "" {
		return nil, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	name, rest, _ := strings.Cut(string(b), "|")
	found := strings.Split(rest, "|")
	if err != nil || name != list || len(found) != parts || formatCursor(list, found...) != cursor {
		return nil, errCursor()
	}
	return found, nil
}

func errCursor() error {
	return standfirst.Errorf(standfirst.Invalid, "this cursor is none of this list; begin without one, and follow next")
}

// parseNumbers reads a cursor that is made of numbers of things that there are.
func parseNumbers(list, cursor string, parts int) ([]int64, error) {
	texts, err := parseCursor(list, cursor, parts)
	if err != nil || texts == nil {
		return make([]int64, parts), err
	}
	numbers := make([]int64, parts)
	for i, text := range texts {
		if numbers[i], err = strconv.ParseInt(text, 10, 64); err != nil || strconv.FormatInt(numbers[i], 10) != text {
			return nil, errCursor()
		}
	}
	return numbers, nil
}

// parseMoment reads a cursor that is made of a time and the number of a thing.
func parseMoment(list, cursor string) (time.Time, int64, error) {
	numbers, err := parseNumbers(list, cursor, 2)
	if err != nil || cursor == "" {
		return time.Time{}, 0, err
	}
	if numbers[1] <= 0 {
		return time.Time{}, 0, errCursor()
	}
	return time.UnixMicro(numbers[0]).UTC(), numbers[1], nil
}

// moment writes what parseMoment reads.
func moment[ID ~int64](at time.Time, id ID) []string {
	return []string{strconv.FormatInt(at.UnixMicro(), 10), number(id)}
}

func number[ID ~int64](id ID) string { return strconv.FormatInt(int64(id), 10) }
