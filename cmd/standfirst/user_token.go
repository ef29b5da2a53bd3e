package main

import (
	"context"
	"time"

	"standfirst"
	"standfirst/internal/account"
)

type userTokenCommand struct {
	List   userTokenListCommand   `cmd:"" help:"List the tokens of programs, the newest first, one a line: number, owner, name, scopes, until when."`
	Revoke userTokenRevokeCommand `cmd:"" help:"End a token, at once."`
}

type userTokenListCommand struct{ place }

// Run prints a line for each token.
func (c *userTokenListCommand) Run(ctx context.Context, con *console) error {
	return c.within(ctx, con, func(r *room, pub standfirst.Publication) error {
		zone, err := time.LoadLocation(pub.TimeZone)
		if err != nil {
			return err
		}
		for before := standfirst.TokenID(0); ; {
			list, err := r.accounts.AllTokens(ctx, standfirst.Command(), before, listed)
			if err != nil {
				return err
			}
			for _, t := range list {
				con.printf("%-4d  %-32s  %-24s  %s, until %s, %s", t.ID, t.Owner.Email, t.Name, t.Scopes, t.ExpiresAt.In(zone).Format(time.DateOnly), tokenUse(t, zone))
			}
			if len(list) < listed {
				return nil
			}
			before = list[len(list)-1].ID
		}
	})
}

// tokenUse says when the token was used last.
func tokenUse(t account.OwnedToken, zone *time.Location) string {
	if t.UsedAt.IsZero() {
		return "never used"
	}
	return "used " + t.UsedAt.In(zone).Format(time.DateOnly)
}

type userTokenRevokeCommand struct {
	place
	ID standfirst.TokenID `arg:"" name:"number" help:"Number of the token, as list prints it."`
}

// Run ends the token.
func (c *userTokenRevokeCommand) Run(ctx context.Context, con *console) error {
	return c.within(ctx, con, func(r *room, _ standfirst.Publication) error {
		if err := r.accounts.RevokeToken(ctx, standfirst.Command(), c.ID); err != nil {
			return err
		}
		con.printf("Token %d is revoked.", c.ID)
		return nil
	})
}
