package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"standfirst"
	"standfirst/bench/guests"
	"standfirst/bench/measure"
	"standfirst/internal/store"
)

const (
	talkPage = "talk" // the page of a story with comments; its size is how many
	// replyBelow follows the address of a story where it takes comments.
	replyBelow = "/reply"
	// commentWriters post side by side.
	commentWriters = 64

	toOne     = "to one story"
	toSeveral = "to 16 stories"
	looking   = "the story's page right after"
)

// believe lets the newsroom believe from where the generator says that a guest comes.
var believe = []string{"--trusted-proxy", "127.0.0.0/8"}

// measureTalk measures pages with comments, and posting some, in a copy of the smallest
// archive.
func (b *bench) measureTalk(ctx context.Context) (err error) {
	dir, err := os.MkdirTemp(filepath.Dir(b.archives[0].dir), "talk-") // on the same disk
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	many := manyComments
	if b.smoke {
		many = 2 * fewComments
	}
	if b.talked, err = talkArchive(ctx, b.archives[0], dir, many, b.progress); err != nil {
		return err
	}
	if err := b.measurePosting(ctx); err != nil {
		return err
	}
	if err := b.verifyComments(ctx); err != nil {
		return err
	}
	return b.measureTalkUncached(ctx)
}

// measurePosting loads the newsroom and the bare server by turns.
func (b *bench) measurePosting(ctx context.Context) (err error) {
	t := b.talked
	newsroom, err := b.programs.serve(ctx, b.serverOn, t.archive, believe...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, newsroom.stop()) }()
	stored, err := fetchAll(ctx, newsroom.address, []string{t.fewPath, t.manyPath})
	if err != nil {
		return err
	}
	plain, err := b.programs.serveBare(ctx, b.serverOn, t.size, stored, t.forms)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, plain.stop()) }()
	servers := []struct {
		kind   kind
		server *server
	}{{bare, plain}, {cached, newsroom}}
	for run := range b.runs {
		b.say("comments, run %d of %d", run+1, b.runs)
		for _, p := range t.pages() {
			for _, s := range servers {
				if err := b.sample(ctx, cell{talkPage, s.kind, p.comments}, s.server, []string{p.path}, b.connections); err != nil {
					return err
				}
			}
		}
		for _, p := range []struct {
			name  string
			paths []string
		}{{toOne, []string{t.onePath}}, {toSeveral, t.busy}} {
			for _, s := range servers {
				if err := b.post(ctx, cell{p.name, s.kind, t.size}, s.server, p.paths, commentWriters, false); err != nil {
					return fmt.Errorf("comments %s, %s: %w", p.name, s.kind, err)
				}
			}
		}
		if err := b.post(ctx, cell{looking, cached, t.size}, newsroom, t.quiet, 1, true); err != nil {
			return fmt.Errorf("a comment and then its page: %w", err)
		}
	}
	return nil
}

// post sends comments to the server, and keeps what came of it and what it acknowledged.
func (b *bench) post(ctx context.Context, key cell, s *server, paths []string, connections int, look bool) error {
	before := len(b.sent[key.kind])
	err := b.load(ctx, key, s, measure.Task{
		Address: s.address, Paths: paths, Connections: connections, WarmUp: b.warmUp, Duration: b.duration,
		Post: &measure.Post{Below: replyBelow, First: firstWriter + int64(b.guests), Look: look},
	})
	if err != nil {
		return err
	}
	samples := b.samples[key]
	last := &samples[len(samples)-1]
	b.sent[key.kind] = append(b.sent[key.kind], last.Sent...)
	b.guests += len(b.sent[key.kind]) - before + connections
	last.Sent = nil // not part of what is printed
	return nil
}

// measureTalkUncached asks a newsroom that keeps no pages for those of the two stories.
func (b *bench) measureTalkUncached(ctx context.Context) (err error) {
	t := b.talked
	newsroom, err := b.programs.serve(ctx, b.serverOn, t.archive, append([]string{"--page-cache", "0"}, believe...)...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, newsroom.stop()) }()
	for run := range b.runs {
		b.say("uncached comments, run %d of %d", run+1, b.runs)
		for _, p := range t.pages() {
			if err := b.sample(ctx, cell{talkPage, uncached, p.comments}, newsroom, []string{p.path}, 1); err != nil {
				return err
			}
		}
	}
	return nil
}

// verifyComments sees that every comment that was acknowledged is on disk, once, and that
// the counts agree.
func (b *bench) verifyComments(ctx context.Context) (err error) {
	forms, err := os.ReadFile(b.talked.forms)
	if err != nil {
		return err
	}
	if n := bytes.Count(forms, []byte("\n")); n != len(b.sent[bare]) {
		return fmt.Errorf("the bare server acknowledged %d comments and has %d", len(b.sent[bare]), n)
	}
	st, err := store.Open(ctx, store.Options{Path: filepath.Join(b.talked.dir, "standfirst.db")})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	return st.View(ctx, func(tx *store.ReadTx) error {
		perStory, seen := make(map[string]int), make(map[standfirst.CommentID]bool)
		for _, sent := range b.sent[cached] {
			c, err := sentComment(tx, sent)
			if err != nil {
				return fmt.Errorf("guest %d, acknowledged at %s: %w", sent.Guest, sent.Location, err)
			}
			if seen[c.ID] {
				return fmt.Errorf("%s was the answer to two guests", sent.Location)
			}
			seen[c.ID] = true
			perStory[sent.Path]++
		}
		for _, path := range slices.Sorted(maps.Keys(perStory)) {
			story, err := storyOf(tx, path)
			if err != nil {
				return err
			}
			if n, err := tx.CommentCount(story.ID); err != nil || n != perStory[path] {
				return errors.Join(err, fmt.Errorf("%s counts %d comments; %d were acknowledged", path, n, perStory[path]))
			}
		}
		return nil
	})
}

// sentComment returns the comment that was acknowledged, if it is the guest's.
func sentComment(tx *store.ReadTx, sent measure.Sent) (standfirst.Comment, error) {
	number, _, _ := strings.Cut(strings.TrimPrefix(sent.Location, "/comment/"), "/")
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return standfirst.Comment{}, err
	}
	c, err := tx.Comment(standfirst.CommentID(id))
	if g := guests.Of(sent.Guest); err == nil && (c.Text != g.Text || c.Name != g.Name || c.State != standfirst.CommentApproved) {
		err = fmt.Errorf("comment %d is %s and by %s: %q", id, c.State, c.Name, c.Text)
	}
	return c, err
}
