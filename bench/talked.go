package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"standfirst"
	"standfirst/bench/guests"
	"standfirst/internal/discuss"
	"standfirst/internal/markup"
	"standfirst/internal/store"
)

const (
	// fewComments and manyComments are under the two stories whose pages are compared.
	fewComments, manyComments = 200, 20_000
	// taught is how many comments a moderator approves, and how many are called spam, so
	// that the filter has learnt something.
	taught = 200
	// busyStories is how many stories the writers talk about who do not all talk about one.
	busyStories = 16
	// fillBatch is how many comments are stored in one transaction.
	fillBatch = 500

	firstReader  = 1          // number of the guests under the two stories
	firstTaught  = 1_000_000  // of those a moderator decides about
	firstSpammer = 2_000_000  // of those who advertise
	firstWriter  = 10_000_000 // of those who write while it is measured
)

// talked is a copy of an archive with comments in it, which is thrown away.
type talked struct {
	archive
	many     int    // comments under the story with many
	forms    string // file of the bare server
	manyPath string
	fewPath  string
	onePath  string   // the story that everybody talks about
	busy     []string // those that some talk about
	quiet    []string // those under which there is nothing yet
}

// talkedPage is the page of a story with so many comments.
type talkedPage struct {
	comments int
	path     string
}

// pages returns those that are compared.
func (t *talked) pages() []talkedPage {
	return []talkedPage{{fewComments, t.fewPath}, {t.many, t.manyPath}}
}

// talkArchive copies the archive into the folder and fills it with comments.
func talkArchive(ctx context.Context, a archive, dir string, many int, progress io.Writer) (*talked, error) {
	t := &talked{archive: a, many: many, forms: filepath.Join(dir, "forms")}
	t.dir = filepath.Join(dir, "data")
	if len(a.paths) < busyStories+5 {
		return nil, fmt.Errorf("an archive of %d stories is too small for comments; %d are the least", len(a.paths), busyStories+5)
	}
	rest := a.paths[1:] // the comments that taught the filter stand under the first
	t.manyPath, t.fewPath, t.onePath, t.busy, t.quiet = rest[0], rest[1], rest[2], rest[3:3+busyStories], rest[3+busyStories:]
	if err := os.CopyFS(t.dir, os.DirFS(a.dir)); err != nil {
		return nil, err
	}
	begin := time.Now()
	if err := t.fillTalk(ctx, a.paths[0]); err != nil {
		return nil, fmt.Errorf("fill %s with comments: %w", t.dir, err)
	}
	_, _ = fmt.Fprintf(progress, "filled a copy with %d comments in %.1f s\n", many+fewComments+2*taught, time.Since(begin).Seconds())
	return t, nil
}

func (t *talked) fillTalk(ctx context.Context, lessons string) (err error) {
	st, err := store.Open(ctx, store.Options{Path: filepath.Join(t.dir, "standfirst.db")})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	talk := discuss.New(st, discuss.Options{})
	err = talk.SetSettings(ctx, standfirst.Command(), standfirst.PublicationScope, standfirst.Discussion{Mode: standfirst.ModeOpen}, "")
	if err != nil {
		return err
	}
	if _, err := fillThread(ctx, st, t.manyPath, t.many, firstReader, guests.Of, standfirst.CommentApproved); err != nil {
		return err
	}
	if _, err := fillThread(ctx, st, t.fewPath, fewComments, firstReader+int64(t.many), guests.Of, standfirst.CommentApproved); err != nil {
		return err
	}
	for state, of := range map[standfirst.CommentState]func(int64) guests.Guest{standfirst.CommentApproved: guests.Of, standfirst.CommentSpam: guests.Spammer} {
		first := int64(firstTaught)
		if state == standfirst.CommentSpam {
			first = firstSpammer
		}
		ids, err := fillThread(ctx, st, lessons, taught, first, of, standfirst.CommentHeld)
		if err != nil {
			return err
		}
		if _, err := talk.Decide(ctx, standfirst.Command(), ids, discuss.Decision{State: state}); err != nil {
			return err
		}
	}
	return forgetTouches(ctx, st)
}

// fillThread stores comments under the story, every third of them an answer, in few
// transactions: posting them would take longer, and comes to the same rows.
func fillThread(ctx context.Context, st *store.Store, path string, count int, first int64, of func(int64) guests.Guest, state standfirst.CommentState) (ids []standfirst.CommentID, err error) {
	begin := time.Now().Add(-time.Duration(count) * time.Second).UTC().Truncate(time.Microsecond)
	var parent standfirst.Comment
	for done := 0; done < count; {
		batch := min(fillBatch, count-done)
		err := st.Update(ctx, func(tx *store.Tx) error {
			story, err := storyOf(&tx.ReadTx, path)
			if err != nil {
				return err
			}
			for i := done; i < done+batch; i++ {
				above := parent
				if i%3 != 2 || state != standfirst.CommentApproved {
					above = standfirst.Comment{}
				}
				c, err := fillComment(tx, story.ID, above, of(first+int64(i)), state, begin.Add(time.Duration(i)*time.Second))
				if err != nil {
					return err
				}
				ids = append(ids, c.ID)
				if i%3 == 0 {
					parent = c
				}
			}
			if state != standfirst.CommentApproved {
				return nil
			}
			return tx.CountComments(story.ID, batch)
		})
		if err != nil {
			return nil, err
		}
		done += batch
	}
	return ids, nil
}

// fillComment stores one comment as it would have been stored at the time.
func fillComment(tx *store.Tx, story standfirst.StoryID, parent standfirst.Comment, g guests.Guest, state standfirst.CommentState, at time.Time) (standfirst.Comment, error) {
	rendered, err := markup.RenderComment(g.Text)
	if err != nil {
		return standfirst.Comment{}, err
	}
	c := standfirst.Comment{Story: story, Name: g.Name, Text: g.Text, HTML: string(rendered.HTML), State: state, Address: g.Address, CreatedAt: at}
	approved := 0
	if state == standfirst.CommentApproved {
		c.Shown, c.ChangedAt, approved = true, at, 1
	} else {
		c.Rule, c.QueuedAt = standfirst.RuleFirst, at
	}
	if c.Reader, err = tx.SeeCommenter(g.Email, g.Name, at, approved); err != nil {
		return c, err
	}
	c, _, err = tx.InsertComment(c, parent, at)
	if err == nil && parent.ID != 0 {
		err = tx.AddReplies(parent.ID, 1)
	}
	return c, err
}

// storyOf returns the story at the address, such as /2026/01/05/slug.
func storyOf(tx *store.ReadTx, path string) (standfirst.Story, error) {
	date, slug := path[1:11], path[12:]
	day, err := standfirst.ParseDay(strings.ReplaceAll(date, "/", "-"))
	if err != nil {
		return standfirst.Story{}, err
	}
	return tx.StoryAt(day, standfirst.Slug(slug))
}
