package store

import (
	"database/sql"
	"strings"

	"standfirst"
)

// EmbedHosts returns the hosts from which readers' pages may embed something, and the usual
// ones if nobody said which.
func (tx *ReadTx) EmbedHosts() ([]string, error) {
	said, err := one(tx, scanNullText, "EmbedHosts")
	switch {
	case err == errNoRow || err == nil && !said.Valid:
		return standfirst.DefaultEmbedHosts(), nil
	case err != nil:
		return nil, err
	}
	var hosts []string // nil where somebody said none
	return append(hosts, strings.Fields(said.String)...), nil
}

func scanNullText(row scanner) (text sql.NullString, err error) {
	err = row.Scan(&text)
	return text, err
}

// SetEmbedHosts stores the hosts over those that there were.
func (tx *Tx) SetEmbedHosts(hosts []string) error {
	_, err := tx.exec("SetEmbedHosts", strings.Join(hosts, "\n"))
	return err
}
