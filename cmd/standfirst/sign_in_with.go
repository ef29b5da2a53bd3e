package main

import (
	"cmp"

	"standfirst/internal/oidc"
	"standfirst/internal/outbound"
	"standfirst/internal/web/desk"
)

// signInWith is a provider of OpenID Connect that the staff may sign in with.
type signInWith struct {
	Issuer       string `placeholder:"URL" help:"Provider of OpenID Connect that the staff may sign in with, such as https://login.harbour.example. It sends people back to /desk/sign-in/provider/done of the base address."`
	ClientID     string `name:"client-id" help:"What the provider calls this newsroom."`
	Secret       string `help:"What this newsroom shows the provider. In the environment (STANDFIRST_OIDC_SECRET) nobody else sees it."`
	Name         string `help:"What the sign-in page calls the provider; otherwise the host of the issuer."`
	SecondFactor bool   `help:"The provider asks for more than a password, so that no code is asked for after it."`
}

func (s signInWith) options(client *outbound.Client) oidc.Options {
	return oidc.Options{Name: s.Name, Issuer: s.Issuer, ClientID: s.ClientID, Secret: s.Secret, Outbound: client}
}

// check tells what is wrong with the flags before anything is opened or made.
func (s signInWith) check() error {
	if s.Issuer == "" {
		if cmp.Or(s.ClientID, s.Secret, s.Name) != "" || s.SecondFactor {
			return usageError{"--oidc-issuer is missing: the other --oidc flags are about it"}
		}
		return nil
	}
	if err := s.options(nil).Validate(); err != nil {
		return usageError{"--oidc-issuer: " + describe(err)}
	}
	return nil
}

// provider returns the provider, or nil for none.
func (s signInWith) provider(client *outbound.Client) desk.Provider {
	if s.Issuer == "" {
		return nil // and no interface that holds nil
	}
	return oidc.New(s.options(client))
}
