package store

import "standfirst"

// Publication returns the settings of the publication, and a NotFound error while
// it has not been set up.
func (tx *ReadTx) Publication() (standfirst.Publication, error) {
	p, err := one(tx, scanPublication, "Publication")
	return p, missing(err, "there is no publication here yet; make one with standfirst init")
}

func scanPublication(row scanner) (p standfirst.Publication, err error) {
	err = row.Scan(&p.Name, &p.Description, &p.BaseURL, &p.TimeZone, &p.Language, &p.AddressPattern, &p.MailName, &p.MailReplyTo,
		&p.Crawlers, &p.SecurityContact, &p.Hub, &p.IndexNowKey, &p.IndexNowURL, (*instant)(&p.CreatedAt), (*instant)(&p.UpdatedAt))
	return p, err
}

// PutPublication stores the settings, whether or not there were any. The time of
// creation stays that of the first call. Times that are zero become now.
func (tx *Tx) PutPublication(p standfirst.Publication) error {
	_, err := tx.exec("PutPublication", p.Name, p.Description, p.BaseURL, p.TimeZone, p.Language, p.AddressPattern, p.MailName, p.MailReplyTo,
		string(p.Crawlers), p.SecurityContact, p.Hub, p.IndexNowKey, p.IndexNowURL, toMicros(tx.orNow(p.CreatedAt)), toMicros(tx.orNow(p.UpdatedAt)))
	return err
}
