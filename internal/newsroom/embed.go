package newsroom

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"standfirst"
	"standfirst/internal/store"
)

// SetEmbedHosts says from which hosts readers' pages may embed something: one on each line,
// and none at all if the text is empty. It returns an Invalid error for what is no host, and
// for that of the publication itself: what it framed of its own would run as its own. If they
// were changed since they were seen, the error is a Conflict.
func (n *Newsroom) SetEmbedHosts(ctx context.Context, actor standfirst.Actor, text string, seen standfirst.Fingerprint) error {
	if err := actor.Require(standfirst.ManageSettings); err != nil {
		return err
	}
	hosts, err := standfirst.ParseEmbedHosts(text)
	if err != nil {
		return err
	}
	return n.update(ctx, "say what may be embedded", func(tx *store.Tx) error {
		pub, err := tx.Publication()
		if err != nil {
			return err
		}
		if own, err := url.Parse(pub.BaseURL); err == nil && slices.Contains(hosts, strings.ToLower(own.Hostname())) {
			return standfirst.Errorf(standfirst.Invalid, "%s is this publication itself; link to its pages", own.Hostname())
		}
		old, err := tx.EmbedHosts()
		if err != nil || slices.Equal(old, hosts) {
			return err
		}
		if err := seen.Check(standfirst.FingerprintOf(old), "the hosts"); err != nil {
			return err
		}
		if err := tx.SetEmbedHosts(hosts); err != nil {
			return err
		}
		tx.Touch(standfirst.SiteTag)
		return tx.Audit(standfirst.AuditEntry{At: n.now(), Actor: actor, Action: "settings.embeds", Object: "publication", Detail: strings.Join(hosts, ", ")})
	})
}
