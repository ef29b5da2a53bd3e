package copydesk

// roomSize is how many elements are made at once.
const roomSize = 128

// room gives out short slices that are parts of longer ones, so that what is made for each
// sentence is not an allocation for each. The zero room is empty.
type room[E any] struct{ rest []E }

// take returns an empty slice with capacity for n elements. It is good until the next
// call; what shall stay is given to keep.
func (r *room[E]) take(n int) []E {
	if cap(r.rest) < n {
		r.rest = make([]E, 0, max(n, roomSize))
	}
	return r.rest[:0:n]
}

// keep returns the slice that was taken, filled, so that nothing else is made in its
// place. An append to it makes a copy.
func (r *room[E]) keep(taken []E) []E {
	n := min(len(taken), cap(r.rest)) // had it been more, it would stand elsewhere
	r.rest = r.rest[n:cap(r.rest)][:0]
	return taken[:len(taken):len(taken)]
}
