package api

import (
	"net/http"
	"time"

	"standfirst"
)

// me is whom a token stands for.
type me struct {
	Name   string             `json:"name" doc:"Of the token's owner." example:"Jane Roe"`
	Role   standfirst.Role    `json:"role" example:"reporter"`
	Scopes []standfirst.Scope `json:"scopes" nullable:"false" doc:"What it may do, as far as the role has it today."`
	Token  meToken            `json:"token"`
}

type meToken struct {
	Name    string    `json:"name" doc:"As its owner calls it." example:"Wire"`
	Expires time.Time `json:"expires" example:"2026-06-03T10:00:00Z"`
}

// me answers whom the token stands for and what it may do.
func (p *program) me(*struct{}) (*Shown[me], error) {
	scopes := p.actor.Scopes.List()
	if scopes == nil {
		scopes = []standfirst.Scope{}
	}
	return &Shown[me]{me{
		Name: p.token.Owner.Name, Role: p.actor.Role, Scopes: scopes, Token: meToken{Name: p.token.Name, Expires: p.token.ExpiresAt},
	}}, nil
}

func (a *API) registerMe() {
	register(a, operation{
		id: "read-token", method: http.MethodGet, path: "/api/v1/me", tag: tokenTag, summary: "See whom the token stands for",
		description: "The owner of the token, and what it may do today.",
		example: me{"Jane Roe", standfirst.Reporter, []standfirst.Scope{standfirst.ScopeFileStories, standfirst.ScopeRecordFigures},
			meToken{"Wire", time.Date(2026, 6, 3, 10, 0, 0, 0, time.UTC)}},
	}, (*program).me)
}
