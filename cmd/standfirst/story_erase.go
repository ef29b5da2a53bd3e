package main

import (
	"context"
	"strconv"

	"standfirst"
	"standfirst/internal/newsroom"
)

type storyEraseCommand struct {
	place
	reference
	Version int `help:"Published version: all that it says, if it is an old one, or where the block or voice is counted. Without it, the newest."`
	Block   int `help:"Only this block of the text, counted from 1: a paragraph, heading, list or table, without voices."`
	Voice   int `help:"Only this voice, counted from 1."`
}

// Run erases and tells from where.
func (c *storyEraseCommand) Run(ctx context.Context, con *console) error {
	if c.Block != 0 && c.Voice != 0 || c.Block < 0 || c.Voice < 0 || c.Version < 0 {
		return usageError{"story erase takes a number from 1 for --version, and for one of --block and --voice"}
	}
	e := newsroom.Erasure{Version: c.Version}
	switch {
	case c.Block != 0:
		e.Part = "block." + strconv.Itoa(c.Block)
	case c.Voice != 0:
		e.Part = "voice." + strconv.Itoa(c.Voice)
	}
	return c.with(ctx, con, c.place, func(r *room, _ standfirst.Publication, story standfirst.Story) error {
		done, err := r.newsroom.Erase(ctx, standfirst.Command(), story.ID, e)
		if err != nil {
			return err
		}
		con.printf("erased from %s and %s of story %s", counted(len(done.Versions), "published version"), counted(done.Others, "other text"), story.ID)
		con.notef("Figures that the words stated are not erased with them: find them with standfirst claim list and claim show, and erase them with standfirst claim erase. Backups that were made before still hold the words.")
		return nil
	})
}
