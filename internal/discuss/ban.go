package discuss

import (
	"context"
	"net/netip"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/markup"
	"standfirst/internal/store"
)

// maxBan is the longest that somebody is banned: bans are for a time.
const maxBan = 366 * 24 * time.Hour

// Ban holds every comment of somebody for a time. It returns an Invalid error for a value
// that is none of its kind.
func (t *Talk) Ban(ctx context.Context, actor standfirst.Actor, b standfirst.Ban) (standfirst.Ban, error) {
	if err := actor.Require(standfirst.ModerateComments); err != nil {
		return standfirst.Ban{}, err
	}
	now := t.now()
	if err := cleanBan(&b); err != nil {
		return standfirst.Ban{}, err
	}
	switch length := b.ExpiresAt.Sub(now); {
	case length <= 0:
		return standfirst.Ban{}, standfirst.Errorf(standfirst.Invalid, "say for how long; the end of a ban lies in the future")
	case length > maxBan:
		return standfirst.Ban{}, standfirst.Errorf(standfirst.Invalid, "a ban is for a year at most")
	case len(b.Reason) > standfirst.MaxReasonLength:
		return standfirst.Ban{}, standfirst.Errorf(standfirst.Invalid, "the reason has %d bytes, %d at most", len(b.Reason), standfirst.MaxReasonLength)
	}
	b.CreatedAt, b.CreatedBy, b.ExpiresAt = now, actor.String(), b.ExpiresAt.UTC().Truncate(time.Microsecond)
	err := t.update(ctx, "ban", func(tx *store.Tx) (err error) {
		if b.ID, err = tx.InsertBan(b); err != nil {
			return err
		}
		return tx.Audit(standfirst.AuditEntry{At: now, Actor: actor, Action: "ban", Object: "ban:" + b.ID.String(), Detail: string(b.Kind)})
	})
	return b, err
}

// cleanBan brings the value into the form in which it is compared. A network has whole
// bytes, see [banned].
func cleanBan(b *standfirst.Ban) error {
	switch b.Kind {
	case standfirst.BanEmail:
		b.Value = standfirst.CleanEmail(b.Value)
		return standfirst.ValidateEmail(b.Value)
	case standfirst.BanName:
		if b.Value = strings.ToLower(markup.CleanName(b.Value)); b.Value == "" {
			return standfirst.Errorf(standfirst.Invalid, "a name is needed")
		}
		return nil
	case standfirst.BanAddress:
		addr, err := netip.ParseAddr(strings.TrimSpace(b.Value))
		if err != nil {
			return standfirst.Errorf(standfirst.Invalid, "%q is no address of the network, such as 192.0.2.7", b.Value)
		}
		b.Value = addr.Unmap().WithZone("").String()
		return nil
	case standfirst.BanNetwork:
		prefix, err := netip.ParsePrefix(strings.TrimSpace(b.Value))
		if err != nil || prefix.Bits() < 8 || prefix.Bits()%8 != 0 {
			return standfirst.Errorf(standfirst.Invalid, "%q is no network of whole bytes, such as 192.0.2.0/24 or 2001:db8:7::/48", b.Value)
		}
		b.Value = prefix.Masked().String()
		return nil
	}
	return standfirst.Errorf(standfirst.Invalid, "there is no ban of the kind %q; there are email, name, address and network", b.Kind)
}

// Lift ends a ban.
func (t *Talk) Lift(ctx context.Context, actor standfirst.Actor, id standfirst.BanID) error {
	if err := actor.Require(standfirst.ModerateComments); err != nil {
		return err
	}
	now := t.now()
	return t.update(ctx, "lift a ban", func(tx *store.Tx) error {
		if _, err := tx.Ban(id); err != nil {
			return err
		}
		if err := tx.EndBan(id, now); err != nil {
			return err
		}
		return tx.Audit(standfirst.AuditEntry{At: now, Actor: actor, Action: "ban.lift", Object: "ban:" + id.String()})
	})
}

// Bans returns the next limit bans that last, after the one given.
func (t *Talk) Bans(ctx context.Context, actor standfirst.Actor, after standfirst.BanID, limit int) (list []standfirst.Ban, err error) {
	if err := actor.Require(standfirst.ModerateComments); err != nil {
		return nil, err
	}
	err = t.store.View(ctx, func(tx *store.ReadTx) error {
		list, err = tx.Bans(t.now(), after, limit)
		return err
	})
	return list, err
}
