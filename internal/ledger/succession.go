package ledger

import (
	"slices"

	"standfirst"
)

// succession is how one version took the place of others: of the last that readers know,
// and of those between that they never saw.
type succession struct {
	before standfirst.ClaimVersion // zero if readers know none
	by     []standfirst.ClaimVersionID
	class  standfirst.ChangeClass // a correction if any of the steps was one
}

// succeeds returns what the version, which is being released, took the place of. All
// versions are given as they were before the release.
func succeeds(v standfirst.ClaimVersion, all []standfirst.ClaimVersion) succession {
	s := succession{class: v.Class}
	for step := v; ; {
		s.by = append(s.by, step.ID)
		if step.Class == standfirst.Correction {
			s.class = standfirst.Correction
		}
		at := slices.IndexFunc(all, func(b standfirst.ClaimVersion) bool { return b.ID == step.Supersedes })
		if at < 0 || step.Supersedes == 0 {
			return s
		}
		if step = all[at]; !step.ReleasedAt.IsZero() {
			s.before = step
			return s
		}
	}
}

// overtaken reports whether the place of the version was taken by another that readers
// see, or that is released with it.
func overtaken(v standfirst.ClaimVersion, all, fresh []standfirst.ClaimVersion) bool {
	return slices.ContainsFunc(all, func(next standfirst.ClaimVersion) bool {
		released := !next.ReleasedAt.IsZero() || slices.ContainsFunc(fresh, func(f standfirst.ClaimVersion) bool { return f.ID == next.ID })
		return next.Supersedes == v.ID && (released || overtaken(next, all, fresh))
	})
}
