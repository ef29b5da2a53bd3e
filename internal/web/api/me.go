package api

import (
	"net/http"
	"time"

	"standfirst"
)

// me is whom a token stands for.
type me struct {
	Name   string             `json:"name"` // of the token's owner
	Role   standfirst.Role    `json:"role"`
	Scopes []standfirst.Scope `json:"scopes"` // as far as the role has them today
	Token  meToken            `json:"token"`
}

type meToken struct {
	Name    string    `json:"name"`
	Expires time.Time `json:"expires"`
}

// me answers whom the token stands for and what it may do.
func (p *program) me() error {
	scopes := p.actor.Scopes.List()
	if scopes == nil {
		scopes = []standfirst.Scope{}
	}
	return p.json(http.StatusOK, me{
		Name: p.token.Owner.Name, Role: p.actor.Role, Scopes: scopes, Token: meToken{Name: p.token.Name, Expires: p.token.ExpiresAt},
	})
}
