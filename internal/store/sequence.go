package store

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// sequence follows numbers that are given out in order but may be seen out of
// order: on PostgreSQL a transaction can take its number first and commit last.
type sequence struct {
	next    int64               // no number from here on has been seen
	missing map[int64]time.Time // lower numbers that are waited for, and since when
}

func newSequence(end touchedEnd, now time.Time) *sequence {
	q := &sequence{next: end.last + 1, missing: make(map[int64]time.Time, len(end.absent))}
	for _, n := range end.absent {
		q.missing[n] = now
	}
	return q
}

// see reports whether the number is seen for the first time.
func (q *sequence) see(n int64, now time.Time) bool {
	if n < q.next {
		_, waited := q.missing[n]
		delete(q.missing, n)
		return waited
	}
	// One more than are waited for, so that settle notices what was left out.
	for absent := max(q.next, n-maxMissing-1); absent < n; absent++ {
		q.missing[absent] = now
	}
	q.next = n + 1
	return true
}

// settle gives up the numbers for which it has waited long enough. It reports
// whether it had to give up others as well, because there were too many.
func (q *sequence) settle(now time.Time) (lost bool) {
	for n, since := range q.missing {
		if now.Sub(since) > patience {
			delete(q.missing, n)
		}
	}
	if len(q.missing) <= maxMissing {
		return false
	}
	numbers := q.sorted()
	for _, n := range numbers[:len(numbers)-maxMissing] {
		delete(q.missing, n)
	}
	return true
}

// sorted returns the missing numbers in their order.
func (q *sequence) sorted() []int64 {
	numbers := make([]int64, 0, len(q.missing))
	for n := range q.missing {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	return numbers
}

// list returns the missing numbers as a query takes them: with commas between.
func (q *sequence) list() string {
	var list strings.Builder
	for i, n := range q.sorted() {
		if i > 0 {
			list.WriteByte(',')
		}
		list.WriteString(strconv.FormatInt(n, 10))
	}
	return list.String()
}
