package store

import "standfirst"

// embedHosts is the list, among those of the menus, that holds the hosts that may be
// embedded, as addresses. It is no menu: nobody arranges it as one. An item without an
// address stands for "none", which is not the same as no list.
const embedHosts standfirst.MenuName = "embed hosts"

// EmbedHosts returns the hosts from which readers' pages may embed something, and the usual
// ones if nobody said which.
func (tx *ReadTx) EmbedHosts() ([]string, error) {
	items, err := tx.Menu(embedHosts)
	if err != nil {
		return nil, err
	}
	if len(items) == 0 {
		return standfirst.DefaultEmbedHosts(), nil
	}
	var hosts []string
	for _, item := range items {
		if item.Address != "" {
			hosts = append(hosts, item.Address)
		}
	}
	return hosts, nil
}

// SetEmbedHosts stores the hosts over those that there were.
func (tx *Tx) SetEmbedHosts(hosts []string) error {
	items := make([]standfirst.MenuItem, max(1, len(hosts)))
	for i, host := range hosts {
		items[i].Address = host
	}
	return tx.SetMenu(embedHosts, items)
}
