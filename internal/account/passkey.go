package account

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"standfirst"
	"standfirst/internal/store"
)

// A passkey is enough to sign in: its authenticator has asked for a finger, a face or a PIN.

const (
	maxPasskeys        = 20
	maxPasskeyResponse = 64 << 10 // bytes of what an authenticator answers
)

// Ceremony is the making or the use of a passkey that has begun.
type Ceremony struct {
	Token   string // to be shown with the answer
	Options []byte // JSON, for navigator.credentials
}

// relyingParty returns what passkeys are bound to: the host of the site, whose address is
// the origin.
func relyingParty(origin, name string) (*webauthn.WebAuthn, error) {
	u, err := url.Parse(origin)
	if err != nil || u.Hostname() == "" {
		return nil, standfirst.Errorf(standfirst.Unavailable, "passkeys need the address of the site, which is not set")
	}
	if net.ParseIP(u.Hostname()) != nil { // browsers bind none to a number
		return nil, standfirst.Errorf(standfirst.Invalid, "passkeys need a site with a name: open it as https://news.example or http://localhost, not as %s", u.Hostname())
	}
	required := true
	return webauthn.New(&webauthn.Config{
		RPID: u.Hostname(), RPDisplayName: name, RPOrigins: []string{u.Scheme + "://" + u.Host},
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			RequireResidentKey: &required, ResidentKey: protocol.ResidentKeyRequirementRequired, UserVerification: protocol.VerificationRequired,
		},
	})
}

// holder is a member as the library sees one.
type holder struct {
	staff standfirst.Staff
	keys  []webauthn.Credential
}

func newHolder(s standfirst.Staff, passkeys []standfirst.Passkey) (h holder, err error) {
	h.staff = s
	for _, p := range passkeys {
		var c webauthn.Credential
		if err := json.Unmarshal([]byte(p.Data), &c); err != nil {
			return h, fmt.Errorf("account: passkey %d: %w", p.ID, err)
		}
		h.keys = append(h.keys, c)
	}
	return h, nil
}

// WebAuthnID implements webauthn.User.
func (h holder) WebAuthnID() []byte { return []byte(strconv.FormatInt(int64(h.staff.ID), 10)) }

// WebAuthnName implements webauthn.User.
func (h holder) WebAuthnName() string { return h.staff.Email }

// WebAuthnDisplayName implements webauthn.User.
func (h holder) WebAuthnDisplayName() string { return h.staff.Name }

// WebAuthnCredentials implements webauthn.User.
func (h holder) WebAuthnCredentials() []webauthn.Credential { return h.keys }

// BeginPasskey begins the making of a passkey of the member, who shows the password. The
// origin is the address of the site.
func (a *Accounts) BeginPasskey(ctx context.Context, s standfirst.Staff, session standfirst.Session, password, origin string) (c Ceremony, err error) {
	c.Token = newToken()
	err = a.proved(ctx, s, session, password, func(tx *store.Tx, s standfirst.Staff) error {
		pub, err := tx.Publication()
		if err != nil {
			return err
		}
		party, err := relyingParty(origin, pub.Name)
		if err != nil {
			return err
		}
		passkeys, err := tx.Passkeys(s.ID)
		if err != nil {
			return err
		}
		if len(passkeys) >= maxPasskeys {
			return standfirst.Errorf(standfirst.Conflict, "%d passkeys are the most; remove one first", maxPasskeys)
		}
		h, err := newHolder(s, passkeys)
		if err != nil {
			return err
		}
		options, data, err := party.BeginRegistration(h, webauthn.WithExclusions(webauthn.Credentials(h.keys).CredentialDescriptors()))
		if err != nil {
			return fmt.Errorf("account: begin a passkey: %w", err)
		}
		return a.keepCeremony(tx, &c, stepNewPasskey, s.ID, options, data)
	})
	return c, err
}

// keepCeremony stores what has begun and writes what the browser is told.
func (a *Accounts) keepCeremony(tx *store.Tx, c *Ceremony, kind string, staff standfirst.UserID, options any, data *webauthn.SessionData) (err error) {
	if c.Options, err = json.Marshal(options); err != nil {
		return err
	}
	kept, err := json.Marshal(data)
	if err != nil {
		return err
	}
	_, err = a.beginStep(tx, c.Token, store.SignInStep{Kind: kind, Staff: staff, Data: string(kept)})
	return err
}

// FinishPasskey takes what the authenticator answered and keeps the passkey under the name. It
// returns an Invalid error for an answer that does not hold.
func (a *Accounts) FinishPasskey(ctx context.Context, s standfirst.Staff, token, name string, answer []byte, origin string) error {
	if name = strings.TrimSpace(name); name == "" || len(name) > standfirst.MaxPasskeyName {
		return standfirst.Errorf(standfirst.Invalid, "a passkey needs a name of at most %d characters, such as the device that it is on", standfirst.MaxPasskeyName)
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(bounded(answer))
	if err != nil {
		return errPasskey(err)
	}
	now := a.clock()
	return a.store.Update(ctx, func(tx *store.Tx) error {
		step, err := tx.SignInStep(digest(token), stepNewPasskey, now)
		if err != nil {
			return err
		}
		if step.Staff != s.ID {
			return standfirst.Errorf(standfirst.Forbidden, "somebody else began to make this passkey")
		}
		if err := tx.DeleteSignInStep(digest(token)); err != nil {
			return err
		}
		party, err := relyingParty(origin, "Standfirst")
		if err != nil {
			return err
		}
		var data webauthn.SessionData
		if err := json.Unmarshal([]byte(step.Data), &data); err != nil {
			return err
		}
		h, err := newHolder(s, nil)
		if err != nil {
			return err
		}
		key, err := party.CreateCredential(h, data, parsed)
		if err != nil {
			return errPasskey(err)
		}
		kept, err := json.Marshal(key)
		if err != nil {
			return err
		}
		if _, err := tx.InsertPasskey(standfirst.Passkey{
			Staff: s.ID, Credential: credentialName(key.ID), Name: name, Data: string(kept), CreatedAt: now,
		}); err != nil {
			return err
		}
		return audit(tx, s.Actor(), "add a passkey", s.ID, name)
	})
}

// RemovePasskey forgets a passkey of the member in the session, who shows the password.
func (a *Accounts) RemovePasskey(ctx context.Context, s standfirst.Staff, session standfirst.Session, id standfirst.PasskeyID, password string) error {
	return a.proved(ctx, s, session, password, func(tx *store.Tx, s standfirst.Staff) error {
		if err := tx.DeletePasskey(s.ID, id); err != nil {
			return err
		}
		return audit(tx, s.Actor(), "remove a passkey", s.ID, "")
	})
}

// BeginPasskeySignIn begins a sign-in by a passkey of whoever has one. It returns a TooMany
// error if too many began from the network.
func (a *Accounts) BeginPasskeySignIn(ctx context.Context, origin string, from Origin) (c Ceremony, err error) {
	party, err := relyingParty(origin, "Standfirst")
	if err != nil {
		return c, err
	}
	options, data, err := party.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return c, fmt.Errorf("account: begin a sign-in by passkey: %w", err)
	}
	now := a.clock()
	begun := subject{"passkeys from " + networkOf(from.Address, networkBitsOfIPv6), maxStepsBegun}
	c.Token = newToken()
	if err := a.store.View(ctx, func(tx *store.ReadTx) error { return tooMany(tx, now, begun) }); err != nil {
		return c, err
	}
	err = a.store.Update(ctx, func(tx *store.Tx) error {
		if err := take(tx, now, begun); err != nil {
			return err
		}
		return a.keepCeremony(tx, &c, stepPasskey, 0, options, data)
	})
	return c, err
}

// FinishPasskeySignIn takes what the authenticator answered and begins a session of the one
// whose passkey it is. It returns an Invalid error for an answer that does not hold, or of
// somebody whose access was revoked.
func (a *Accounts) FinishPasskeySignIn(ctx context.Context, token string, answer []byte, origin string, from Origin) (in SignedIn, err error) {
	parsed, err := protocol.ParseCredentialRequestResponseBytes(bounded(answer))
	if err != nil {
		return in, errPasskey(err)
	}
	party, err := relyingParty(origin, "Standfirst")
	if err != nil {
		return in, err
	}
	now, session := a.clock(), newToken()
	err = a.store.Update(ctx, func(tx *store.Tx) error {
		step, err := tx.SignInStep(digest(token), stepPasskey, now)
		if err != nil {
			return err
		}
		if err := tx.DeleteSignInStep(digest(token)); err != nil { // an answer is good once
			return err
		}
		var data webauthn.SessionData
		if err := json.Unmarshal([]byte(step.Data), &data); err != nil {
			return err
		}
		var passkeys []standfirst.Passkey
		user, key, err := party.ValidatePasskeyLogin(func(_, handle []byte) (webauthn.User, error) {
			id, err := strconv.ParseInt(string(handle), 10, 64)
			if err != nil {
				return nil, err
			}
			s, err := tx.Staff(standfirst.UserID(id))
			if err != nil {
				return nil, err
			}
			if passkeys, err = tx.Passkeys(s.ID); err != nil {
				return nil, err
			}
			return newHolder(s, passkeys)
		}, data, parsed)
		if err != nil {
			return errPasskey(err)
		}
		s := user.(holder).staff
		if !s.Active() || key.Authenticator.CloneWarning {
			return errPasskey(nil)
		}
		for _, p := range passkeys {
			if p.Credential != credentialName(key.ID) {
				continue
			}
			kept, err := json.Marshal(key)
			if err != nil {
				return err
			}
			p.Data, p.UsedAt = string(kept), now
			if err := tx.UsePasskey(p); err != nil {
				return err
			}
		}
		if in, err = a.beginSession(tx, s, session, from); err != nil {
			return err
		}
		return audit(tx, s.Actor(), "sign in by passkey", s.ID, "")
	})
	return in, err
}

// errPasskey is the answer to whatever an authenticator said that does not hold.
func errPasskey(cause error) error {
	return standfirst.WrapError(standfirst.Invalid, cause, "this passkey was not accepted; try again, or sign in with your password")
}

// bounded returns the answer, or nothing where it is longer than any.
func bounded(answer []byte) []byte {
	if len(answer) > maxPasskeyResponse {
		return nil
	}
	return answer
}

func credentialName(id []byte) string { return base64.RawURLEncoding.EncodeToString(id) }
