package ledger

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

const (
	// conflictWindow is how many claims one page of conflicts looks at, at the most.
	conflictWindow = 500
	conflictStep   = 100
)

// FoundConflicts are figures of which what is held cannot all hold, or that others of their
// deal contradict, the newest figure first.
type FoundConflicts struct {
	Conflicts []Conflict
	Next      standfirst.ClaimID // the figure after which the list goes on; zero at its end
	// Bounded says that the list stopped after so many figures that there may be more.
	Bounded bool
}

// FindConflicts returns the conflicts of up to limit figures before the one given; zero
// begins with the newest. They count as the desk knows them, released or not.
func (l *Ledger) FindConflicts(ctx context.Context, actor standfirst.Actor, before standfirst.ClaimID, limit int) (FoundConflicts, error) {
	if err := actor.Require(standfirst.RecordClaim); err != nil {
		return FoundConflicts{}, err
	}
	var found FoundConflicts
	err := l.store.View(ctx, func(tx *store.ReadTx) (err error) {
		found, err = findConflicts(tx, before, limit)
		return err
	})
	if err != nil {
		return found, fmt.Errorf("ledger: find conflicts: %w", err)
	}
	return found, nil
}

func findConflicts(tx *store.ReadTx, before standfirst.ClaimID, limit int) (found FoundConflicts, err error) {
	figures := 0
	for looked := 0; ; looked += conflictStep {
		claims, err := maybeInConflict(tx, before)
		if err != nil {
			return found, err
		}
		// Claims of the same are looked at once, for the first of them.
		firsts := slices.DeleteFunc(slices.Clone(claims), func(c standfirst.Claim) bool { return c.Group() != c.ID })
		deals, err := comparedDeals(tx, claims)
		if err != nil {
			return found, err
		}
		pairs, err := conflictsOf(tx, firsts, deals)
		if err != nil {
			return found, err
		}
		contradicted := contradictionsOf(deals)
		for _, c := range claims {
			if all := slices.Concat(pairs[c.ID], contradicted[c.ID]); len(all) > 0 {
				if figures == limit {
					found.Next = before
					return found, nil
				}
				figures++
				found.Conflicts = append(found.Conflicts, all...)
			}
			before = c.ID
		}
		if len(claims) < conflictStep {
			return found, nil
		}
		if looked+conflictStep >= conflictWindow {
			found.Next, found.Bounded = before, true
			return found, nil
		}
	}
}

// maybeInConflict returns the next claims of which several versions were recorded beside each
// other, and those that others may contradict, the newest first.
func maybeInConflict(tx *store.ReadTx, before standfirst.ClaimID) ([]standfirst.Claim, error) {
	claims, err := tx.SeveralClaims(before, conflictStep)
	if err != nil {
		return nil, err
	}
	compared, err := tx.ComparedClaims(before, conflictStep)
	claims = append(claims, compared...)
	slices.SortFunc(claims, func(a, b standfirst.Claim) int { return cmp.Compare(b.ID, a.ID) })
	claims = slices.CompactFunc(claims, func(a, b standfirst.Claim) bool { return a.ID == b.ID })
	return claims[:min(len(claims), conflictStep)], err
}

// conflictsOf returns what cannot all hold of each of the claims, by claim. The deals are those
// of [comparedDeals].
func conflictsOf(tx *store.ReadTx, claims []standfirst.Claim, deals map[standfirst.DealID]comparedDeal) (map[standfirst.ClaimID][]Conflict, error) {
	all, err := tx.WithSame(claims)
	if err != nil {
		return nil, err
	}
	versions, err := tx.HeldVersions(idsOf(all), store.ForDesk)
	if err != nil {
		return nil, err
	}
	n, err := namesOf(tx, claims)
	if err != nil {
		return nil, err
	}
	group := make(map[standfirst.ClaimID]standfirst.ClaimID)
	for _, c := range all {
		group[c.ID] = c.Group()
	}
	conflicts := make(map[standfirst.ClaimID][]Conflict)
	for _, c := range claims {
		var held []standfirst.ClaimVersion
		for _, v := range versions {
			if group[v.Claim] == c.ID {
				held = append(held, v)
			}
		}
		held = oneVoice(c.Property, held)
		if len(held) < 2 {
			continue
		}
		var money *standfirst.Quantity // the new money of the round, where it is one
		if d, ok := deals[c.Subject.Deal]; ok && c.Property == standfirst.Valuation {
			money = d.about.newMoney()
		}
		for _, pair := range standfirst.Conflicts(held, money) {
			conflicts[c.ID] = append(conflicts[c.ID], Conflict{Title: titleOf(n.of(c)), Claim: c, First: pair.First, Second: pair.Second})
		}
	}
	return conflicts, nil
}

// ExpiringFigure is a version that ends when nothing is heard of it again.
type ExpiringFigure struct {
	Claim   standfirst.Claim
	Title   string
	Version standfirst.ClaimVersion
	At      store.Expiry
}

// Expiring returns up to limit of the figures that are only reported and end within the
// time, the first to end first, after the position.
func (l *Ledger) Expiring(ctx context.Context, actor standfirst.Actor, within time.Duration, after store.Expiry, limit int) ([]ExpiringFigure, error) {
	if err := actor.Require(standfirst.RecordClaim); err != nil {
		return nil, err
	}
	var figures []ExpiringFigure
	err := l.store.View(ctx, func(tx *store.ReadTx) error {
		figures = nil
		due, err := tx.Expiring(after, l.now().Add(within), limit)
		if err != nil {
			return err
		}
		ids := make([]standfirst.ClaimVersionID, len(due))
		for i, e := range due {
			ids[i] = e.Version
		}
		recorded, err := recordings(tx, ids)
		for i, r := range recorded {
			figures = append(figures, ExpiringFigure{Claim: r.Claim, Title: r.Title, Version: r.Version, At: due[i]})
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("ledger: list what expires: %w", err)
	}
	return figures, nil
}

// Unreleased returns up to limit of what is recorded and readers do not see, the newest
// first, before the version given; zero begins with the newest.
func (l *Ledger) Unreleased(ctx context.Context, actor standfirst.Actor, before standfirst.ClaimVersionID, limit int) ([]Recording, error) {
	if err := actor.Require(standfirst.RecordClaim); err != nil {
		return nil, err
	}
	var recorded []Recording
	err := l.store.View(ctx, func(tx *store.ReadTx) error {
		ids, err := tx.UnreleasedVersions(before, limit)
		if err != nil {
			return err
		}
		recorded, err = recordings(tx, ids)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("ledger: list what is not released: %w", err)
	}
	return recorded, nil
}

// recordings returns the versions with what they are of, in the order of the identifiers.
func recordings(tx *store.ReadTx, ids []standfirst.ClaimVersionID) ([]Recording, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	versions, err := tx.VersionsByID(ids, store.ForDesk)
	if err != nil {
		return nil, err
	}
	byID := make(map[standfirst.ClaimVersionID]standfirst.ClaimVersion, len(versions))
	var of []standfirst.ClaimID
	for _, v := range versions {
		byID[v.ID] = v
		of = append(of, v.Claim)
	}
	claims, err := tx.ClaimsByID(of)
	if err != nil {
		return nil, err
	}
	n, err := namesOf(tx, claims)
	if err != nil {
		return nil, err
	}
	about := make(map[standfirst.ClaimID]standfirst.Claim, len(claims))
	for _, c := range claims {
		about[c.ID] = c
	}
	recorded := make([]Recording, len(ids))
	for i, id := range ids {
		c := about[byID[id].Claim]
		recorded[i] = Recording{Claim: c, Title: titleOf(n.of(c)), Version: byID[id]}
	}
	return recorded, nil
}

// Overview is how much waits in the lists of the ledger, counted up to a limit.
type Overview struct{ Conflicts, Expiring, Unreleased int }

// Count returns how much waits in each list, up to limit, within a bounded look at them.
func (l *Ledger) Count(ctx context.Context, actor standfirst.Actor, within time.Duration, limit int) (Overview, error) {
	if err := actor.Require(standfirst.RecordClaim); err != nil {
		return Overview{}, err
	}
	var o Overview
	err := l.store.View(ctx, func(tx *store.ReadTx) error {
		found, err := findConflicts(tx, 0, limit)
		if err != nil {
			return err
		}
		var figures []standfirst.ClaimID
		for _, c := range found.Conflicts {
			figures = append(figures, c.Claim.ID)
		}
		o.Conflicts = len(slices.Compact(figures))
		due, err := tx.Expiring(store.Expiry{}, l.now().Add(within), limit)
		if err != nil {
			return err
		}
		o.Expiring = len(due)
		own, err := tx.UnreleasedVersions(0, limit)
		o.Unreleased = len(own)
		return err
	})
	if err != nil {
		return o, fmt.Errorf("ledger: count what waits: %w", err)
	}
	return o, nil
}

// HeardAgain records that the version was heard of again: its time to live begins anew. It
// returns a NotFound error if it is none of the claim, and a Conflict if it does not
// expire, or has.
func (l *Ledger) HeardAgain(ctx context.Context, actor standfirst.Actor, id standfirst.ClaimID, version standfirst.ClaimVersionID) error {
	if err := actor.Require(standfirst.RecordClaim); err != nil {
		return err
	}
	return l.update(ctx, "hear again of claim "+id.String(), func(tx *store.Tx) error {
		v, err := tx.Version(version, store.ForDesk)
		if err != nil {
			return err
		}
		if v.Claim != id {
			return standfirst.Errorf(standfirst.NotFound, "figure %s has no version %s", id, version)
		}
		claim, err := tx.Claim(id)
		if err != nil {
			return err
		}
		if err := tx.HearAgain(version, l.now()); err != nil {
			return err
		}
		return l.audit(tx, actor, "claim.heard-again", id, claim.Property.Words(v.Value))
	})
}
