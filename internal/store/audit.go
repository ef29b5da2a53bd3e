package store

import "standfirst"

// Audits returns the last limit entries about the object, such as "story:12", the
// newest first.
func (tx *ReadTx) Audits(object string, limit int) ([]standfirst.AuditEntry, error) {
	return all(tx, scanAudit, "Audits", object, int64(limit))
}

func scanAudit(row scanner) (e standfirst.AuditEntry, err error) {
	err = row.Scan((*instant)(&e.At), &e.Actor.Kind, &e.Actor.ID, &e.Actor.Name, &e.Actor.Role, &e.Action, &e.Object, &e.Detail)
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
