package store

import "standfirst"

// SourceApprovals returns what editors stand for among the versions, by version.
func (tx *ReadTx) SourceApprovals(ids []standfirst.ClaimVersionID) ([]standfirst.SourceApproval, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return all(tx, scanSourceApproval, "SourceApprovals", toList(ids))
}

func scanSourceApproval(row scanner) (a standfirst.SourceApproval, err error) {
	err = row.Scan(&a.Version, &a.Story, &a.Approved.By, &a.Approved.Name, (*instant)(&a.Approved.At))
	return a, err
}

// ApproveSource stores that somebody stands for what an anonymous source told. A version
// that is approved already stays so, by whom it was first.
func (tx *Tx) ApproveSource(a standfirst.SourceApproval) error {
	_, err := tx.exec("InsertSourceApproval", int64(a.Version), int64(a.Story), a.Approved.By, a.Approved.Name,
		toMicros(tx.orNow(a.Approved.At)))
	return err
}
