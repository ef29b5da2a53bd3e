package account

import (
	"context"

	"standfirst"
	"standfirst/internal/store"
)

// AuditLog returns the last limit entries of the audit log before the one with the identifier,
// the newest first; zero begins with the newest. With an object, such as "story:12", they are
// those about it alone.
func (a *Accounts) AuditLog(ctx context.Context, actor standfirst.Actor, object string, before standfirst.AuditID, limit int) (list []standfirst.AuditEntry, err error) {
	if err := actor.Require(standfirst.ReadAudit); err != nil {
		return nil, err
	}
	err = a.store.View(ctx, func(tx *store.ReadTx) error {
		list, err = tx.AuditLog(object, before, limit)
		return err
	})
	return list, err
}
