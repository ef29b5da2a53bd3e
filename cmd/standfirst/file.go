package main

import (
	"context"
	"errors"
	"io"
	"os"

	"standfirst"
	"standfirst/internal/intake"
)

type fileCommand struct {
	place
	Files   []string `arg:"" name:"file" help:"Plain text, Markdown with front matter or a saved web page; - is standard input."`
	Publish bool     `help:"Publish at once instead of leaving a draft."`
	Accept  bool     `help:"Record the figures that the copy desk reads without doubt, marked as not checked by an editor, and cite them."`
	Section string   `help:"Section, where the text names none."`
	Topic   []string `help:"Topic, where the text names none; may be given several times." sep:"none"`
	Date    string   `help:"Day on which the text was written (2026-01-31): the day it is read against, and its original date if that is past."`
	Quiet   bool     `short:"q" help:"Print the addresses only."`
}

// Run files each text and goes on after one that fails; the exit code tells.
func (c *fileCommand) Run(ctx context.Context, con *console) error {
	var day standfirst.Day
	if c.Date != "" {
		var err error
		if day, err = standfirst.ParseDay(c.Date); err != nil {
			return usageError{"--date: " + describe(err)}
		}
	}
	r, err := c.open(ctx, con)
	if err != nil {
		return err
	}
	defer r.close()
	pub, err := r.ensurePublication(ctx, con, c.place)
	if err != nil {
		return err
	}
	failed := false
	for _, name := range c.Files {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		result, err := r.fileOne(ctx, con, name, intake.Options{Publish: c.Publish, Accept: c.Accept, Date: day, Section: c.Section, Topics: c.Topic})
		if err != nil {
			con.notef("standfirst: %s", describe(err))
			failed = true
			continue
		}
		c.report(con, pub, name, result)
	}
	if failed {
		return errReported
	}
	return nil
}

// fileOne files the text in the named file, or on standard input for "-".
func (r *room) fileOne(ctx context.Context, con *console, name string, o intake.Options) (intake.Result, error) {
	if name == "-" {
		return r.intake.File(ctx, standfirst.Command(), "standard input", con.in, o)
	}
	f, err := openText(name)
	if err != nil {
		return intake.Result{}, err
	}
	defer func() { _ = f.Close() }()
	return r.intake.File(ctx, standfirst.Command(), name, f, o)
}

// openText opens a file for reading and refuses what is not one.
func openText(name string) (io.ReadCloser, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, standfirst.WrapError(standfirst.Invalid, err, "%s: cannot be read: %v", name, cause(err))
	}
	info, err := f.Stat()
	if err == nil && !info.IsDir() {
		return f, nil
	}
	if err == nil {
		err = standfirst.Errorf(standfirst.Invalid, "%s: is a folder; name the files in it", name)
	}
	return nil, errors.Join(err, f.Close())
}

// report prints what became of one text: the address or the draft's number on
// standard output, everything else beside it.
func (c *fileCommand) report(con *console, pub standfirst.Publication, name string, result intake.Result) {
	story := result.Story
	where := "story " + story.ID.String() + " (" + string(story.State) + ")"
	if path := story.Path(); path != "" && story.State.Public() {
		where = address(pub, path)
	}
	con.printf("%s", where)
	if c.Quiet {
		return
	}
	if result.Existing {
		con.notef("%s: is filed already as story %s; nothing was changed", name, story.ID)
	}
	for _, note := range result.Notes {
		con.notef("%s: %s", name, note)
	}
}
