package search

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// keeping is the key under which the store knows the index.
type keeping struct{}

// Keep sees to it that every transaction of the store leaves the index as readers see what it
// changed: it indexes what the touched tags name. Whoever changes what readers see asks for
// it; asking again does nothing.
func Keep(st *store.Store) { st.BeforeCommit(keeping{}, index) }

func index(tx *store.Tx, changes store.Changes) error {
	if len(changes.Posted) > 0 {
		if err := enqueuePosted(tx, changes.Posted[0]); err != nil {
			return err
		}
	}
	if !slices.ContainsFunc(changes.Tags, isIndexed) && len(changes.Comments) == 0 {
		return nil
	}
	pub, err := tx.Publication()
	if isNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	x := newIndexing(tx, pub)
	for _, tag := range changes.Tags {
		if err := x.tagged(tag); err != nil {
			return fmt.Errorf("search: index %s: %w", tag, err)
		}
	}
	for _, id := range changes.Comments {
		if err := x.comment(id); err != nil {
			return fmt.Errorf("search: index comment %s: %w", id, err)
		}
	}
	return nil
}

// isIndexed reports whether something of the tag is indexed.
func isIndexed(tag standfirst.Tag) bool {
	noun, _, ok := tag.Of()
	if !ok {
		return tag == standfirst.SiteTag
	}
	return slices.Contains([]string{"story", "deal", "entity", "claim", "section", "author"}, noun)
}

// tagged indexes what the tag names.
func (x *indexing) tagged(tag standfirst.Tag) error {
	if tag == standfirst.SiteTag {
		return x.languageChanged()
	}
	noun, id, ok := tag.Of()
	if !ok {
		return nil
	}
	switch noun {
	case "story":
		return x.story(standfirst.StoryID(id))
	case "deal":
		return x.deal(standfirst.DealID(id))
	case "entity":
		return x.entity(standfirst.EntityID(id))
	case "claim":
		return x.claim(standfirst.ClaimID(id))
	case "section":
		return x.section(standfirst.SectionID(id))
	case "author":
		return x.author(standfirst.AuthorID(id))
	}
	return nil
}

// languageChanged lets everything be indexed anew if it was indexed in another language.
func (x *indexing) languageChanged() error {
	was, err := x.tx.SearchAnalysis()
	if err != nil || was == "" || was == x.name {
		return err
	}
	return enqueue(x.tx, standfirst.SearchIndexing{Analysis: x.name})
}

// Plan lets everything be indexed that an older version has not indexed, or has in another
// way.
func Plan(tx *store.Tx) error {
	pub, err := tx.Publication()
	if isNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	was, err := tx.SearchAnalysis()
	if err != nil || was == analysisName(pub) {
		return err
	}
	return enqueue(tx, standfirst.SearchIndexing{Analysis: analysisName(pub)})
}

// New comments are indexed together, soon after they were posted: a thread that fills has
// thousands in a minute, and the index of words is dear to write for each.
const (
	postedKey   = string(standfirst.JobIndexSearch) + ":posted"
	postedPause = time.Second
	// betweenSteps is between two runs that index some of them: readers come before the
	// index, which follows a thread that fills faster when it is quiet again.
	betweenSteps = 200 * time.Millisecond
	// postedBefore is how many identifiers before its own one transaction looks back: those
	// may belong to others that run beside it.
	postedBefore = 100
)

// enqueuePosted lets the comment be indexed with those that come after it.
func enqueuePosted(tx *store.Tx, first standfirst.CommentID) error {
	payload, err := json.Marshal(standfirst.SearchIndexing{Posted: true, After: int64(max(0, first-postedBefore))})
	if err != nil {
		return err
	}
	return tx.EnqueueUnlessWaiting(standfirst.Job{Kind: standfirst.JobIndexSearch, Key: postedKey, Payload: payload}, postedPause)
}

// perHold is how many new comments are indexed while writers wait.
const perHold = 10

// indexPosted indexes some of the new comments, a few in each transaction, and enqueues
// what goes on with the rest.
func indexPosted(ctx context.Context, st *store.Store, at standfirst.SearchIndexing) error {
	more := true
	for done := 0; more && done < perStep; done += perHold {
		last := done+perHold >= perStep
		next := at
		err := st.Update(ctx, func(tx *store.Tx) error {
			next = at
			pub, err := tx.Publication()
			if err != nil {
				return err
			}
			ids, err := tx.CommentsNotIndexed(standfirst.CommentID(at.After), perHold)
			if err != nil {
				return err
			}
			x := newIndexing(tx, pub)
			for _, id := range ids {
				if err := x.comment(id); err != nil {
					return err
				}
				next.After = int64(id)
			}
			if more = len(ids) == perHold; more && last {
				return enqueueAt(tx, next, tx.Now().Add(betweenSteps))
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("search: index new comments after %d: %w", at.After, err)
		}
		at = next
	}
	return nil
}

// enqueue lets the indexing go on from where the payload says. There is one of all, one
// of the new comments, and one of the comments under each story.
func enqueue(tx *store.Tx, next standfirst.SearchIndexing) error {
	return enqueueAt(tx, next, time.Time{})
}

// enqueueAt does the same at a time; the zero time is at once.
func enqueueAt(tx *store.Tx, next standfirst.SearchIndexing, at time.Time) error {
	payload, err := json.Marshal(next)
	if err != nil {
		return err
	}
	key := string(standfirst.JobIndexSearch)
	switch {
	case next.Posted:
		key = postedKey
	case next.Story != 0:
		key += ":" + next.Story.String()
	}
	_, err = tx.Enqueue(standfirst.Job{Kind: standfirst.JobIndexSearch, Key: key, Payload: payload, RunAt: at})
	return err
}

// Job returns the handler of [standfirst.JobIndexSearch]: it indexes some things and enqueues
// its own successor, so that it is not in the way of others and goes on where it was stopped.
func Job(st *store.Store) func(context.Context, standfirst.Job) error {
	return func(ctx context.Context, job standfirst.Job) error {
		var at standfirst.SearchIndexing
		if err := json.Unmarshal(job.Payload, &at); err != nil {
			return fmt.Errorf("search: read job %d: %w", job.ID, err)
		}
		if at.Posted {
			return indexPosted(ctx, st, at)
		}
		err := st.Update(ctx, func(tx *store.Tx) error {
			pub, err := tx.Publication()
			if err != nil {
				return err
			}
			x := newIndexing(tx, pub)
			if at.Story != 0 {
				return x.stepOfStory(at)
			}
			if at.Analysis != x.name { // the language was changed meanwhile
				return enqueue(tx, standfirst.SearchIndexing{Analysis: x.name})
			}
			return x.step(at)
		})
		if err != nil {
			return fmt.Errorf("search: index step %d after %d: %w", at.Step, at.After, err)
		}
		return nil
	}
}

// perStep is how many things one run of the job indexes.
const perStep = 50

// steps index one sort of things each.
var steps = []func(x *indexing, after int64) (last int64, n int, err error){
	indexNext((*store.ReadTx).StoriesToIndex, (*indexing).story),
	indexNext((*store.ReadTx).DealsToIndex, (*indexing).deal),
	indexNext((*store.ReadTx).EntitiesToIndex, (*indexing).entity),
	indexNext((*store.ReadTx).ClaimsToIndex, (*indexing).claim),
	indexNext((*store.ReadTx).SectionsToIndex, (*indexing).section),
	indexNext((*store.ReadTx).AuthorsToIndex, (*indexing).author),
	indexNext((*store.ReadTx).CommentsToIndex, (*indexing).comment),
}

// indexNext returns a step that indexes the next things of one sort.
func indexNext[T ~int64](list func(*store.ReadTx, T, int) ([]T, error), one func(*indexing, T) error) func(*indexing, int64) (int64, int, error) {
	return func(x *indexing, after int64) (int64, int, error) {
		ids, err := list(&x.tx.ReadTx, T(after), perStep)
		if err != nil {
			return 0, 0, err
		}
		for _, id := range ids {
			if err := one(x, id); err != nil {
				return 0, 0, fmt.Errorf("number %d: %w", id, err)
			}
			after = int64(id)
		}
		return after, len(ids), nil
	}
}

// step indexes some things, and says at the end how all was indexed.
func (x *indexing) step(at standfirst.SearchIndexing) error {
	if at.Step < 0 || at.Step >= len(steps) {
		return x.tx.PutSearchAnalysis(x.name)
	}
	last, n, err := steps[at.Step](x, at.After)
	if err != nil {
		return err
	}
	at.After = last
	if n < perStep {
		at.Step, at.After = at.Step+1, 0
	}
	return enqueue(x.tx, at)
}

// stepOfStory indexes some of the comments under a story.
func (x *indexing) stepOfStory(at standfirst.SearchIndexing) error {
	var after standfirst.CommentPosition
	if at.After != 0 {
		c, err := x.tx.Comment(standfirst.CommentID(at.After))
		if err != nil {
			return err
		}
		after = standfirst.CommentPosition{Root: c.Root, Branch: c.Branch, ID: c.ID}
	}
	thread, err := x.tx.Thread(at.Story, standfirst.OldestFirst, after, perStep)
	if err != nil {
		return err
	}
	for _, c := range thread {
		if err := x.comment(c.ID); err != nil {
			return err
		}
		at.After = int64(c.ID)
	}
	if len(thread) < perStep {
		return nil
	}
	return enqueue(x.tx, at)
}
