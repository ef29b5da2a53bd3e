package newsroom

import (
	"context"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// SetEmbargo says that the working copy of the story may not be published before the time,
// by anybody. Whoever may edit the story may set one or move it later; only an editor may
// move it earlier. It returns an Invalid error for a time that has passed, and a Conflict
// for a story that is scheduled to go out before it.
func (n *Newsroom) SetEmbargo(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID, until time.Time, note string) (standfirst.Story, error) {
	until = until.UTC().Truncate(time.Microsecond)
	note, err := prepareNote("the note", note)
	if err != nil {
		return standfirst.Story{}, err
	}
	return n.reviewing(ctx, actor, id, "embargo", func(tx *store.Tx, story *standfirst.Story) (string, error) {
		now := n.now()
		if !until.After(now) {
			return "", standfirst.Errorf(standfirst.Invalid, "%s has passed", localTime(&tx.ReadTx, until))
		}
		old, set, err := embargoOf(&tx.ReadTx, id)
		if err != nil {
			return "", err
		}
		if set && until.Before(old.Until) && now.Before(old.Until) {
			if err := mayRelease(actor, standfirst.LiftEmbargo, *story); err != nil {
				return "", err
			}
		}
		s, err := tx.Schedule(id)
		if is, err := found(err); err != nil {
			return "", err
		} else if is && s.At.Before(until) {
			return "", standfirst.Errorf(standfirst.Conflict, "the story is scheduled for %s, before that; take its schedule back first", localTime(&tx.ReadTx, s.At))
		}
		return "until " + until.Format(time.RFC3339), tx.PutEmbargo(standfirst.Embargo{
			Story: id, Until: until, Note: note, Set: standfirst.DeedOf(actor, now),
		})
	})
}

// LiftEmbargo lets the story be published at any time. It returns a Conflict where there
// is no embargo.
func (n *Newsroom) LiftEmbargo(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID) (standfirst.Story, error) {
	return n.reviewing(ctx, actor, id, "embargo-lift", func(tx *store.Tx, story *standfirst.Story) (string, error) {
		if err := mayRelease(actor, standfirst.LiftEmbargo, *story); err != nil {
			return "", err
		}
		e, set, err := embargoOf(&tx.ReadTx, id)
		if err != nil {
			return "", err
		}
		if !set {
			return "", standfirst.Errorf(standfirst.Conflict, "story %s is under no embargo", id)
		}
		return "it was until " + e.Until.Format(time.RFC3339), tx.DeleteEmbargo(id)
	})
}

func embargoOf(tx *store.ReadTx, id standfirst.StoryID) (standfirst.Embargo, bool, error) {
	e, err := tx.Embargo(id)
	is, err := found(err)
	return e, is, err
}

// checkEmbargo returns a Conflict if the story may not go out at the time.
func checkEmbargo(tx *store.Tx, id standfirst.StoryID, at time.Time) error {
	e, set, err := embargoOf(&tx.ReadTx, id)
	if err != nil || !set || !at.Before(e.Until) {
		return err
	}
	return standfirst.Errorf(standfirst.Conflict, "story %s is under embargo until %s; an editor lifts it before it can go out earlier",
		id, localTime(&tx.ReadTx, e.Until))
}

// localTime returns the time as messages to the staff have it: in the publication's time zone,
// if that can be read.
func localTime(tx *store.ReadTx, t time.Time) string {
	zone := time.UTC
	if pub, err := tx.Publication(); err == nil {
		zone = pub.Location()
	}
	return t.In(zone).Format("2 January 2006 at 15:04:05 MST")
}
