package main

import (
	"cmp"
	"context"

	"standfirst"
	"standfirst/internal/discuss/akismet"
)

type commentsAkismetCommand struct {
	place
	Key     string `env:"STANDFIRST_AKISMET_KEY" xor:"what" help:"Ask it, with this key. In the environment nobody else sees it."`
	Address string `env:"STANDFIRST_AKISMET_ADDRESS" help:"Of another service that speaks the same."`
	Off     bool   `xor:"what" help:"Ask nobody outside."`
}

// Run changes whether Akismet is asked, or says whether it is.
func (c *commentsAkismetCommand) Run(ctx context.Context, con *console) error {
	if c.Address != "" && c.Key == "" {
		return usageError{"--address needs --key: the key is given with every change"}
	}
	return c.within(ctx, con, func(r *room, _ standfirst.Publication) error {
		if c.Key != "" || c.Off {
			if err := r.talk.SetAkismet(ctx, standfirst.Command(), standfirst.Akismet{Key: c.Key, Address: c.Address}); err != nil {
				return err
			}
		}
		settings, err := r.talk.SettingsOf(ctx, standfirst.PublicationScope)
		switch a := settings.Akismet; {
		case err != nil:
			return err
		case !a.On():
			con.printf("Akismet is off: nobody outside is asked")
		default:
			con.printf("Akismet is asked at %s with the key %s", cmp.Or(a.Address, akismet.Address), a.Key)
		}
		return nil
	})
}
