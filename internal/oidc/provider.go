// Package oidc asks a provider of OpenID Connect who somebody is. It knows nothing of the
// staff: whether that person may sign in is decided by package account.
package oidc

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"sync/atomic"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
	"golang.org/x/sync/singleflight"

	"standfirst"
	"standfirst/internal/outbound"
)

// Options say which provider is asked, and as whom. Issuer, ClientID and Outbound are
// required.
type Options struct {
	Name     string // as people know it; empty means the host of the issuer
	Issuer   string // https://…, as the provider spells it
	ClientID string
	Secret   string // empty for a public client
	Outbound *outbound.Client
	Clock    standfirst.Clock // nil: time.Now
}

// Validate returns an Invalid error that names what is wrong.
func (o Options) Validate() error {
	u, err := url.Parse(o.Issuer)
	if err != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return standfirst.Errorf(standfirst.Invalid, "%q is not the address of an issuer, such as https://login.example", o.Issuer)
	}
	addr, _ := netip.ParseAddr(u.Hostname())
	if u.Scheme != "https" && (u.Scheme != "http" || !addr.IsLoopback()) {
		return standfirst.Errorf(standfirst.Invalid, "the address of an issuer begins with https://")
	}
	if o.ClientID == "" {
		return standfirst.Errorf(standfirst.Invalid, "the provider knows this newsroom under a client ID, which is missing")
	}
	return nil
}

// Provider is one provider. What it says of itself is asked for when it is first needed: a
// newsroom starts without it. It is safe for concurrent use.
type Provider struct {
	options Options
	client  *http.Client
	known   atomic.Pointer[oidc.Provider]
	asking  singleflight.Group
}

// New returns the provider. The options are valid.
func New(o Options) *Provider {
	if u, err := url.Parse(o.Issuer); o.Name == "" && err == nil {
		o.Name = u.Hostname()
	}
	return &Provider{options: o, client: &http.Client{Transport: o.Outbound.RoundTripper()}}
}

// Name returns what people know it as.
func (p *Provider) Name() string { return p.options.Name }

// discover returns what the provider says of itself. Failures are not kept.
func (p *Provider) discover(ctx context.Context) (*oidc.Provider, error) {
	if known := p.known.Load(); known != nil {
		return known, nil
	}
	found, err, _ := p.asking.Do("", func() (any, error) {
		ctx := oidc.ClientContext(context.WithoutCancel(ctx), p.client) // others wait for it too
		found, err := oidc.NewProvider(ctx, p.options.Issuer)
		if err == nil {
			p.known.Store(found)
		}
		return found, err
	})
	if err != nil {
		return nil, p.unavailable(err)
	}
	return found.(*oidc.Provider), nil
}

// unavailable returns the error for a provider that does not answer as it should.
func (p *Provider) unavailable(err error) error {
	return standfirst.WrapError(standfirst.Unavailable, err, "%s cannot be asked at this moment; try again, or sign in with your password", p.options.Name)
}

func (p *Provider) config(found *oidc.Provider, back string) *oauth2.Config {
	return &oauth2.Config{
		ClientID: p.options.ClientID, ClientSecret: p.options.Secret, Endpoint: found.Endpoint(), RedirectURL: back,
		Scopes: []string{oidc.ScopeOpenID, "email"},
	}
}

// SignInURL returns the address at which the provider asks somebody who they are, and sends
// them back from. The attempt is one that nobody else knows.
func (p *Provider) SignInURL(ctx context.Context, back string, a standfirst.ProviderAttempt) (string, error) {
	found, err := p.discover(ctx)
	if err != nil {
		return "", err
	}
	return p.config(found, back).AuthCodeURL(a.State, oidc.Nonce(a.Nonce), oauth2.S256ChallengeOption(a.Verifier)), nil
}

// Identify returns whom the provider says that the code stands for. It returns an Invalid
// error for a code that the provider does not take, or an answer that does not hold.
func (p *Provider) Identify(ctx context.Context, back, code string, a standfirst.ProviderAttempt) (id standfirst.Identity, err error) {
	found, err := p.discover(ctx)
	if err != nil {
		return id, err
	}
	ctx = oidc.ClientContext(ctx, p.client)
	token, err := p.config(found, back).Exchange(ctx, code, oauth2.VerifierOption(a.Verifier))
	if err != nil {
		var refused *oauth2.RetrieveError
		if errors.As(err, &refused) && refused.Response.StatusCode < http.StatusInternalServerError {
			return id, p.unheld(fmt.Errorf("exchange the code: %w", err))
		}
		return id, p.unavailable(err)
	}
	raw, _ := token.Extra("id_token").(string)
	verified, err := found.Verifier(&oidc.Config{ClientID: p.options.ClientID, Now: p.options.Clock}).Verify(ctx, raw)
	if err != nil {
		return id, p.unheld(fmt.Errorf("verify the token: %w", err))
	}
	if verified.Nonce != a.Nonce {
		return id, p.unheld(errors.New("the token is for another sign-in"))
	}
	var says claims
	if err := verified.Claims(&says); err != nil {
		return id, p.unheld(fmt.Errorf("read the claims: %w", err))
	}
	if says.Email == "" { // some tell it only when they are asked again
		info, err := found.UserInfo(ctx, oauth2.StaticTokenSource(token))
		if err != nil || info.Subject != verified.Subject {
			return id, p.unheld(fmt.Errorf("ask for the address: %w", err))
		}
		says = claims{Email: info.Email, Verified: flag(info.EmailVerified)}
	}
	return standfirst.Identity{Issuer: verified.Issuer, Subject: verified.Subject, Email: says.Email, Verified: bool(says.Verified)}, nil
}

// unheld returns the error for an answer that does not hold.
func (p *Provider) unheld(cause error) error {
	return standfirst.WrapError(standfirst.Invalid, fmt.Errorf("oidc: %w", cause), "what %s answered does not hold; try again, or sign in with your password", p.options.Name)
}

// claims are what is read of a token, as OpenID Connect Core 1.0, section 5.1, has them.
type claims struct {
	Email    string `json:"email"`
	Verified flag   `json:"email_verified"`
}

// flag is a boolean that some providers write as a text.
type flag bool

// UnmarshalJSON implements json.Unmarshaler. Whatever is not true is false.
func (f *flag) UnmarshalJSON(b []byte) error {
	var value any
	if err := json.Unmarshal(b, &value); err != nil {
		return err
	}
	*f = value == true || value == "true"
	return nil
}
