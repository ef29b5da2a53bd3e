package store

import (
	"cmp"
	"math"
	"slices"

	"standfirst"
)

// NeedsOf says whose needs are listed, and of which kinds.
type NeedsOf struct {
	Actor    string            // changes asked of this one, and notes for them; as [standfirst.Actor.String]
	Assignee standfirst.UserID // reviews that this one was given; zero for none
	// Reviews adds those that were given to nobody, Pendings the prepared updates, and
	// Escalated what moderators ask about.
	Reviews, Pendings, Escalated bool
}

// Needs returns up to limit of what somebody should look at after the position, newest
// first. Its cost does not grow with how much there is.
func (tx *ReadTx) Needs(of NeedsOf, after standfirst.NeedPosition, limit int) ([]standfirst.Need, error) {
	var found []standfirst.Need
	for _, list := range []struct {
		kind   standfirst.NeedKind
		query  string
		wanted bool
		whose  []any
	}{
		{standfirst.NeedReview, "NeedsReview", of.Assignee != 0, []any{int64(of.Assignee)}},
		{standfirst.NeedReview, "NeedsAnyReview", of.Reviews, nil},
		{standfirst.NeedChanges, "NeedsChanges", true, []any{of.Actor}},
		{standfirst.NeedNote, "NeedsNote", true, []any{of.Actor}},
		{standfirst.NeedPending, "NeedsPending", of.Pendings, nil},
		{standfirst.NeedEscalated, "NeedsEscalated", of.Escalated, nil},
	} {
		if !list.wanted {
			continue
		}
		scan := func(row scanner) (n standfirst.Need, err error) {
			n.Kind = list.kind
			err = row.Scan((*instant)(&n.At), &n.Story, &n.Headline, &n.ID, &n.Who, &n.Text)
			return n, err
		}
		at, id := needsBelow(after, list.kind)
		needs, err := all(tx, scan, list.query, append(list.whose, at, id, int64(limit))...)
		if err != nil {
			return nil, err
		}
		found = append(found, needs...)
	}
	slices.SortFunc(found, compareNeeds)
	return found[:min(limit, len(found))], nil
}

// needsBelow returns the time and number below which the needs of the kind come after the
// position.
func needsBelow(after standfirst.NeedPosition, kind standfirst.NeedKind) (at, id int64) {
	if after.At.IsZero() {
		return math.MaxInt64, 0
	}
	rank, other := needRank(kind), needRank(after.Kind)
	switch at = after.At.UnixMicro(); {
	case rank < other:
		return at, 0
	case rank > other:
		return at, math.MaxInt64
	default:
		return at, after.ID
	}
}

func needRank(kind standfirst.NeedKind) int { return slices.Index(standfirst.NeedKinds(), kind) }

// compareNeeds orders needs newest first, those of one moment by kind.
func compareNeeds(a, b standfirst.Need) int {
	return cmp.Or(b.At.Compare(a.At), cmp.Compare(needRank(a.Kind), needRank(b.Kind)), cmp.Compare(b.ID, a.ID))
}
