package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

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
		for _, left := range done.Left {
			con.printf("%s", leftWords(left))
		}
		con.notef("Figures that the words stated are not erased with them: find them with standfirst claim list and claim show, and erase them with standfirst claim erase. Backups that were made before still hold the words.")
		return nil
	})
}

// leftWords tells where words that were erased still stand, and what takes them away there.
func leftWords(left newsroom.Left) string {
	kind, number, _ := strings.Cut(left.Part, ".")
	switch {
	case left.Part == newsroom.NoticePart:
		return "still in a notice to the readers of the story: it goes with the whole story, or with the figure that it tells of"
	case left.Alone():
		return fmt.Sprintf("still in version %d, %s %s, within other words: --version %d --%s %s takes all of it away", left.Version, kind, number, left.Version, kind, number)
	case left.Version != 0:
		return fmt.Sprintf("still in version %d, %s: --version %d takes the whole version away, if it is an old one", left.Version, left.Part, left.Version)
	default:
		return fmt.Sprintf("still in a text that was not published, %s: edit the draft; older saved texts go with the whole story", left.Part)
	}
}
