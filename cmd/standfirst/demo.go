package main

import (
	"cmp"
	"context"
	"os"
	"path/filepath"

	"standfirst"
	"standfirst/internal/web/desk"
)

type demoCommand struct {
	serving
	Keep     string `type:"path" help:"Keep the example newsroom in this new folder instead of a temporary one."`
	LogLevel string `default:"warn" enum:"debug,info,warn,error" help:"How much is logged: ${enum}."`
}

// demoPublication is the newspaper that the examples belong to.
func demoPublication() standfirst.Publication {
	pub := standfirst.DefaultPublication()
	pub.Name = "The Harbour Ledger"
	pub.Description = "Markets, deals and companies, seen from the quay."
	pub.TimeZone = "Europe/London"
	pub.Language = "en-GB"
	return pub
}

// Run files the example texts, in order, through the same path as the file
// command, and serves the newsroom that they make.
func (c *demoCommand) Run(ctx context.Context, con *console) error {
	if err := c.signInWith.check(); err != nil {
		return err
	}
	post, err := c.postOffice()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "standfirst-demo-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }() // what is left is in the system's temporary folder
	p := place{Data: filepath.Join(dir, "newsroom"), LogLevel: c.LogLevel}
	if c.Keep != "" {
		if err := refuseNonEmpty(c.Keep, "the example newsroom is put"); err != nil {
			return err
		}
		p.Data = c.Keep
	}
	r, err := p.open(ctx, con)
	if err != nil {
		return err
	}
	defer r.close()
	if err := r.setUp(ctx, demoPublication()); err != nil {
		return err
	}
	pub, err := r.publication(ctx)
	if err != nil {
		return err
	}
	paths, err := r.fileExamples(ctx, con, filepath.Join(dir, "texts"))
	if err != nil {
		return err
	}
	post.open(r)
	if err := r.worker(c.Grace, post.sendJob).Drain(ctx); err != nil { // the pictures' smaller sizes
		return err
	}
	links, err := r.demoStaff(ctx)
	if err != nil {
		return err
	}
	c.own = true
	c.OpsListen = cmp.Or(c.OpsListen, "127.0.0.1:0")
	return c.serve(ctx, con, r, pub, p, "", post, func(url, operations string) {
		con.printf("listening on %s", url)
		con.printf("")
		con.printf("%s, an example newsroom. Its pages, for a start:", pub.Name)
		for _, path := range append([]string{"/", "/section/deals", "/deals", "/corrections", "/archive", "/about"}, paths...) {
			con.printf("  %s%s", url, path)
		}
		con.printf("")
		con.printf("Sign in to its desk, each by a link that works once:")
		for _, link := range links {
			con.printf("  %-9s  %s%s", link.role, url, link.path)
		}
		con.printf("")
		if post.server == nil {
			con.printf("Mail goes to nobody. What would be sent is shown at:")
			con.printf("  %s/outbox", operations)
			con.printf("")
		}
		con.printf("The newsroom is in %s. File a text of your own beside it:", p.Data)
		con.printf("  standfirst file STORY.txt --data %s --publish", p.Data)
		con.printf("Stop with Ctrl-C.")
	})
}

// demoLink signs in somebody of the role.
type demoLink struct {
	role standfirst.Role
	path string
}

// demoStaff puts an editor, a reporter and a moderator on the staff, and returns the links
// that sign them in.
func (r *room) demoStaff(ctx context.Context) (links []demoLink, err error) {
	for _, s := range []standfirst.Staff{
		{Email: "desk@harbour.example", Name: "Ines Calder", Role: standfirst.Editor},
		{Email: "reporter@harbour.example", Name: "Rhys Amadi", Role: standfirst.Reporter},
		{Email: "moderator@harbour.example", Name: "Mara Lindt", Role: standfirst.Moderator},
	} {
		if s, err = r.accounts.Add(ctx, standfirst.Command(), s); err != nil {
			return nil, err
		}
		token, _, err := r.accounts.Link(ctx, standfirst.Command(), s.Email)
		if err != nil {
			return nil, err
		}
		links = append(links, demoLink{s.Role, desk.LinkPath(token)})
	}
	return links, nil
}
