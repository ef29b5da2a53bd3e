package ledger

import (
	"context"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

const (
	// expireEvery is how often it is looked for what was never heard of again.
	expireEvery = time.Hour
	expireBatch = 100
)

// ExpireJob ends the claim versions whose time to live is over: what was only reported
// counts as current for as long as its property says, and then readers are told that
// nothing was heard of it since. It is the handler of [standfirst.JobExpireClaims], and
// enqueues the next look.
func (l *Ledger) ExpireJob(ctx context.Context, _ standfirst.Job) error {
	for more := true; more; {
		err := l.update(ctx, "expire claims", func(tx *store.Tx) error {
			due, err := tx.VersionsToExpire(l.now(), expireBatch)
			if err != nil {
				return err
			}
			more = len(due) == expireBatch
			r := l.newReleasing(tx, standfirst.System())
			for _, v := range due {
				if err := l.expire(r, v); err != nil {
					return err
				}
			}
			return r.finish()
		})
		if err != nil {
			return err
		}
	}
	return l.update(ctx, "plan the next expiry", func(tx *store.Tx) error {
		return PlanExpiry(tx, l.now().Add(expireEvery))
	})
}

// PlanExpiry enqueues the job that expires claims, for the time; once only.
func PlanExpiry(tx *store.Tx, at time.Time) error {
	_, err := tx.Enqueue(standfirst.Job{Kind: standfirst.JobExpireClaims, Key: string(standfirst.JobExpireClaims), RunAt: at})
	return err
}

// expire ends one version. Readers see the end at once if they see the version.
func (l *Ledger) expire(r *releasing, v standfirst.ClaimVersion) error {
	claim, err := r.tx.Claim(v.Claim)
	if err != nil {
		return err
	}
	end := store.End{
		Version: v.ID, Lifecycle: standfirst.Expired, At: r.at, RecordedBy: r.actor.String(), ReleasedAt: r.at,
	}
	if err := r.tx.InsertEnd(end); err != nil {
		return err
	}
	if claim.Subject.Deal != 0 {
		r.deals[claim.Subject.Deal] = true
	}
	if err := r.touch(claim); err != nil {
		return err
	}
	return l.audit(r.tx, r.actor, "claim.expire", claim.ID, claim.Property.Words(v.Value))
}
