package store

import (
	"math"

	"standfirst"
)

// Audits returns the last limit entries about the object, such as "story:12", the
// newest first.
func (tx *ReadTx) Audits(object string, limit int) ([]standfirst.AuditEntry, error) {
	return all(tx, scanAudit, "Audits", object, int64(limit))
}

// AuditLog returns the last limit entries before the one with the identifier, the newest
// first; zero begins with the newest of all. With an object they are those about it alone.
func (tx *ReadTx) AuditLog(object string, before standfirst.AuditID, limit int) ([]standfirst.AuditEntry, error) {
	if before == 0 {
		before = math.MaxInt64
	}
	if object != "" {
		return all(tx, scanAudit, "AuditLogOf", object, int64(before), int64(limit))
	}
	return all(tx, scanAudit, "AuditLog", int64(before), int64(limit))
}

func scanAudit(row scanner) (e standfirst.AuditEntry, err error) {
	err = row.Scan(&e.ID, (*instant)(&e.At), &e.Actor.Kind, &e.Actor.ID, &e.Actor.Name, &e.Actor.Role, &e.Action, &e.Object, &e.Detail)
	return e, err
}

// Audit adds an entry to the trail of who changed what. A zero At becomes now.
func (tx *Tx) Audit(e standfirst.AuditEntry) error {
	_, err := tx.exec("InsertAudit", toMicros(tx.orNow(e.At)), string(e.Actor.Kind), int64(e.Actor.ID), e.Actor.Name,
		string(e.Actor.Role), e.Action, e.Object, e.Detail)
	return err
}

// EraseAuditDetails removes what was noted in words about the object, such as "story:12".
func (tx *Tx) EraseAuditDetails(object string) error {
	_, err := tx.exec("EraseAuditDetails", object)
	return err
}
