package store

import "standfirst"

// Citations returns where the revision cites claims, in the order of the text.
func (tx *ReadTx) Citations(id standfirst.RevisionID) ([]standfirst.Citation, error) {
	return all(tx, scanCitation, "Citations", int64(id))
}

func scanCitation(row scanner) (c standfirst.Citation, err error) {
	err = row.Scan(&c.Claim, &c.Version, &c.Words, &c.Start, &c.End)
	return c, err
}

// InsertCitations stores where the revision cites claims, once for a revision.
func (tx *Tx) InsertCitations(id standfirst.RevisionID, citations []standfirst.Citation) error {
	for i, c := range citations {
		if _, err := tx.exec("InsertCitation", int64(id), int64(i), int64(c.Claim), int64(c.Version), c.Words,
			int64(c.Start), int64(c.End)); err != nil {
			return err
		}
	}
	return nil
}
