package main

import (
	"context"
	"encoding/json"
	"io"

	"standfirst"
	"standfirst/internal/copydesk"
	"standfirst/internal/intake"
)

type copydeskCommand struct {
	File string `arg:"" help:"Plain text, Markdown or a saved web page; - is standard input."`
	JSON bool   `name:"json" help:"Print one JSON object."`
	Date string `help:"Day against which the text is read (2026-01-31)."`
}

// Run prints how the file would be read if it were filed.
func (c *copydeskCommand) Run(_ context.Context, con *console) error {
	var day standfirst.Day
	if c.Date != "" {
		var err error
		if day, err = standfirst.ParseDay(c.Date); err != nil {
			return usageError{"--date: " + describe(err)}
		}
	}
	in, name := io.NopCloser(con.in), "standard input"
	if c.File != "-" {
		f, err := openText(c.File)
		if err != nil {
			return err
		}
		in, name = f, c.File
	}
	defer func() { _ = in.Close() }()
	b, err := intake.ReadAll(name, in)
	if err != nil {
		return err
	}
	read, err := intake.Read(name, b, day)
	if err != nil {
		return standfirst.WrapError(standfirst.KindOf(err), err, "%s: %s", name, describe(err))
	}
	prose := read.Reading.Prose(read.Text, day)
	proposals := copydesk.Propose(prose, copydesk.Known{})
	if c.JSON {
		encoder := json.NewEncoder(con.out)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		out := newReadingJSON(read)
		out.proseJSON = newProseJSON(prose, proposals)
		return encoder.Encode(out)
	}
	printReading(con, read)
	printProse(con, proposals)
	return nil
}
