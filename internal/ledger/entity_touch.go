package ledger

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"strconv"

	"standfirst"
	"standfirst/internal/store"
)

// touchedAtOnce is how many of the figures, and how many of the stories, that name an entity
// are touched in one transaction: each is indexed anew in it.
const touchedAtOnce = 100

// touchEntity touches what names the entity: its own page, those of its deals and figures, and
// the stories that cite or mention it. Every such page is made anew at once. What is derived of
// more figures and stories than a few, such as the index of the search, is brought in step by a
// job: it is far dearer.
func touchEntity(tx *store.Tx, e standfirst.Entity) error {
	tx.Touch(standfirst.EntityTag(e.ID), standfirst.MentionTag(e.Slug), standfirst.NamesTag, standfirst.LedgerTag)
	for _, t := range e.Tickers {
		tx.Touch(standfirst.TickerTag(t))
	}
	deals, err := tx.DealsOfEntity(e.ID, 0, math.MaxInt32, store.ForReaders)
	if err != nil {
		return err
	}
	for _, d := range deals {
		tx.Touch(standfirst.DealTag(d.ID), standfirst.DealsTag)
	}
	claims, err := tx.ClaimsNaming(e.ID, 0, math.MaxInt32)
	if err != nil {
		return err
	}
	for _, id := range claims {
		tx.TouchPages(standfirst.ClaimTag(id))
	}
	stories, err := tx.StoriesNaming(e.ID, 0, math.MaxInt32)
	if err != nil {
		return err
	}
	for _, id := range stories {
		tx.TouchPages(standfirst.StoryTag(id))
	}
	return touchNaming(tx, standfirst.EntityTouching{Entity: e.ID}, string(standfirst.JobTouchEntity)+":"+e.ID.String()+":"+strconv.FormatInt(tx.Now().UnixMicro(), 10))
}

// touchNaming touches some of what names the entity, and lets a job of the key go on with what
// comes after.
func touchNaming(tx *store.Tx, at standfirst.EntityTouching, key string) error {
	claims, err := tx.ClaimsNaming(at.Entity, at.Claim, touchedAtOnce)
	if err != nil {
		return err
	}
	for _, id := range claims {
		tx.Touch(standfirst.ClaimTag(id))
		at.Claim = id
	}
	if len(claims) < touchedAtOnce {
		stories, err := tx.StoriesNaming(at.Entity, at.Story, touchedAtOnce)
		if err != nil {
			return err
		}
		for _, id := range stories {
			tx.Touch(standfirst.StoryTag(id))
			at.Story = id
		}
		if len(stories) < touchedAtOnce {
			return nil
		}
	}
	payload, err := json.Marshal(at)
	if err != nil {
		return err
	}
	_, err = tx.Enqueue(standfirst.Job{Kind: standfirst.JobTouchEntity, Key: key, Payload: payload})
	return err
}

// TouchEntityJob touches some of what names an entity that was renamed or merged. It is the
// handler of [standfirst.JobTouchEntity], and enqueues its own successor, so that it is not in
// the way of others and goes on where it was stopped.
func (l *Ledger) TouchEntityJob(ctx context.Context, job standfirst.Job) error {
	var at standfirst.EntityTouching
	if err := json.Unmarshal(job.Payload, &at); err != nil {
		return fmt.Errorf("ledger: read job %s: %w", job.ID, err)
	}
	return l.update(ctx, "touch what names entity "+at.Entity.String(), func(tx *store.Tx) error { return touchNaming(tx, at, job.Key) })
}
