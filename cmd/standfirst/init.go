package main

import (
	"cmp"
	"context"
	"path/filepath"

	"standfirst"
)

type initCommand struct {
	place
	Name        string `help:"Name of the publication."`
	Description string `help:"One sentence on what it is."`
	TimeZone    string `help:"Time zone, such as Europe/London. The day in a story's address is a day there."`
	Language    string `help:"Language, such as en or en-GB."`
	BaseURL     string `name:"base-url" help:"Address under which readers reach it, such as https://news.example."`
}

// Run makes a publication, or changes what the flags name in one that exists.
func (c *initCommand) Run(ctx context.Context, con *console) error {
	r, err := c.open(ctx, con)
	if err != nil {
		return err
	}
	defer r.close()
	pub, err := r.publication(ctx)
	fresh := err != nil && standfirst.KindOf(err) == standfirst.NotFound
	if err != nil && !fresh {
		return err
	}
	if fresh {
		pub = standfirst.DefaultPublication()
	}
	changed := false
	for _, set := range []struct {
		to   *string
		from string
	}{
		{&pub.Name, c.Name}, {&pub.Description, c.Description}, {&pub.TimeZone, c.TimeZone},
		{&pub.Language, c.Language}, {&pub.BaseURL, c.BaseURL},
	} {
		if set.from != "" {
			*set.to, changed = set.from, true
		}
	}
	if fresh {
		if err := r.setUp(ctx, pub); err != nil {
			return err
		}
		con.printf("%s is set up in %s.", pub.Name, c.describe())
		if c.Name == "" {
			con.notef("It has no name of its own yet; give it one with: standfirst init --data %s --name NAME", c.Data)
		}
		con.notef("The key that signs its public record is %s; keep a copy of it where nobody else reads it.", cmp.Or(c.RecordKey, filepath.Join(c.Data, keyFile)))
		con.notef("Read and replace the texts of its standing pages: /about, /ethics, /contact and /privacy.")
		con.notef("Put yourself on the staff: standfirst user add YOU@EXAMPLE --name NAME --role administrator --data %s", c.Data)
		con.notef("Next: standfirst file STORY.txt --data %s --publish, then standfirst serve --data %[1]s", c.Data)
		return nil
	}
	if !changed {
		return usageError{pub.Name + " is set up already in " + c.Data + "; name the settings to change, such as --name or --base-url"}
	}
	if err := r.newsroom.UpdateSettings(ctx, standfirst.Command(), pub, ""); err != nil {
		return err
	}
	con.printf("%s: settings saved (time zone %s, language %s).", pub.Name, pub.TimeZone, pub.Language)
	return nil
}
