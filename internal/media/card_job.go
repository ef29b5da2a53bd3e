package media

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"reflect"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// cardVersion grows with each change of how cards look.
const cardVersion = "1"

const (
	// cardPause lets what changes together be drawn once, and goes before what is drawn
	// while many stories go out at one moment.
	cardPause = 2 * time.Second
	// redrawnAtOnce is how many stories are asked for in one transaction when a deal moves on,
	// or when the publication or a section has another name, and betweenRedraws what passes
	// before the next: the newest come first, and an archive takes its time.
	redrawnAtOnce  = 50
	betweenRedraws = 5 * time.Second
)

// cardsKey is the key under which the store knows [KeepCards].
type cardsKey struct{}

// KeepCards sees to it that the cards of stories are drawn anew when what they say may have
// changed: their text, their figures, where their deal stands, or what the publication and the
// section are called.
func KeepCards(st *store.Store) { st.BeforeCommit(cardsKey{}, askForCards) }

func askForCards(tx *store.Tx, changes store.Changes) error {
	asked := make(map[standfirst.StoryID]bool)
	for _, tag := range changes.Tags {
		noun, id, ok := tag.Of()
		switch {
		case ok && noun == "story":
			asked[standfirst.StoryID(id)] = true
		case ok && noun == "deal":
			if err := redraw(tx, standfirst.CardRedrawing{Deal: standfirst.DealID(id)}, asked); err != nil {
				return err
			}
		case tag == standfirst.SiteTag:
			if err := redrawAll(tx); err != nil {
				return err
			}
		}
	}
	return askFor(tx, asked)
}

// askFor enqueues the drawing of the cards of the stories.
func askFor(tx *store.Tx, asked map[standfirst.StoryID]bool) error {
	for id := range asked {
		payload, err := json.Marshal(standfirst.CardDrawing{Story: id})
		if err != nil {
			return err
		}
		job := standfirst.Job{Kind: standfirst.JobDrawCard, Key: string(standfirst.JobDrawCard) + ":" + id.String(), Payload: payload}
		if err := tx.EnqueueUnlessWaiting(job, cardPause); err != nil {
			return err
		}
	}
	return nil
}

// redraw adds the next stories whose cards are to be looked at, and lets a job go on with those
// that come after.
func redraw(tx *store.Tx, at standfirst.CardRedrawing, asked map[standfirst.StoryID]bool) error {
	found, err := toRedraw(tx, at)
	if err != nil {
		return err
	}
	for _, p := range found {
		asked[p.ID] = true
		at.After = p
	}
	if len(found) < redrawnAtOnce {
		return nil
	}
	payload, err := json.Marshal(at)
	if err != nil {
		return err
	}
	// Each walk goes to its end: a later change begins another one.
	_, err = tx.Enqueue(standfirst.Job{Kind: standfirst.JobRedrawCards, Payload: payload, RunAt: tx.Now().Add(betweenRedraws)})
	return err
}

// toRedraw returns the next stories: those that cite figures of the deal, or those that have a
// card. An archive that never had any gets none for a new name of the publication.
func toRedraw(tx *store.Tx, at standfirst.CardRedrawing) (found []standfirst.Position, err error) {
	if at.Deal == 0 {
		ids, err := tx.CardStories(at.After.ID, redrawnAtOnce)
		for _, id := range ids {
			found = append(found, standfirst.Position{ID: id})
		}
		return found, err
	}
	citing, err := tx.CitingStoriesOf(standfirst.Subject{Deal: at.Deal}, at.After, redrawnAtOnce)
	for _, c := range citing {
		found = append(found, standfirst.Position{FirstPublished: c.FirstPublished, ID: c.ID})
	}
	return found, err
}

// redrawAll lets a job look at every card.
func redrawAll(tx *store.Tx) error {
	payload, err := json.Marshal(standfirst.CardRedrawing{})
	if err != nil {
		return err
	}
	return tx.EnqueueUnlessWaiting(standfirst.Job{Kind: standfirst.JobRedrawCards, Key: string(standfirst.JobRedrawCards), Payload: payload}, betweenRedraws)
}

// RedrawCardsJob asks for the cards of some stories, and enqueues its own successor. It is the
// handler of [standfirst.JobRedrawCards].
func (l *Library) RedrawCardsJob(ctx context.Context, job standfirst.Job) error {
	var at standfirst.CardRedrawing
	if err := json.Unmarshal(job.Payload, &at); err != nil {
		return fmt.Errorf("media: redraw cards: read payload of job %s: %w", job.ID, err)
	}
	err := l.store.Update(ctx, func(tx *store.Tx) error {
		asked := make(map[standfirst.StoryID]bool)
		if err := redraw(tx, at, asked); err != nil {
			return err
		}
		return askFor(tx, asked)
	})
	if err != nil {
		return fmt.Errorf("media: redraw cards: %w", err)
	}
	return nil
}

// CardJob returns the handler of [standfirst.JobDrawCard]. The function says what the card of a
// story says, and returns a NotFound error for one that has none. Doing it again changes
// nothing.
func (l *Library) CardJob(says func(*store.ReadTx, standfirst.StoryID) (Card, error)) func(context.Context, standfirst.Job) error {
	return func(ctx context.Context, job standfirst.Job) error {
		var payload standfirst.CardDrawing
		if err := json.Unmarshal(job.Payload, &payload); err != nil {
			return fmt.Errorf("media: draw card: read payload of job %s: %w", job.ID, err)
		}
		if err := l.drawCard(ctx, payload.Story, says); err != nil {
			return fmt.Errorf("media: draw the card of story %s: %w", payload.Story, err)
		}
		return nil
	}
}

func (l *Library) drawCard(ctx context.Context, id standfirst.StoryID, says func(*store.ReadTx, standfirst.StoryID) (Card, error)) error {
	var before store.CardPicture
	var card Card
	shown := true
	err := l.store.View(ctx, func(tx *store.ReadTx) (err error) {
		before, err = tx.CardPicture(id)
		if err != nil && standfirst.KindOf(err) != standfirst.NotFound {
			return err
		}
		card, err = says(tx, id)
		if standfirst.KindOf(err) == standfirst.NotFound {
			shown, err = false, nil
		}
		return err
	})
	if err != nil {
		return err
	}
	var now store.CardPicture
	if shown {
		if now, err = l.cardOf(ctx, id, card, before); err != nil || now == before {
			return err
		}
	} else if before == now {
		return nil
	}
	// First, so that no failure after it leaves a picture of words that were taken away.
	if before.File != "" && before.File != now.File {
		if err := l.removeCard(before.File); err != nil {
			return err
		}
	}
	err = l.store.Update(ctx, func(tx *store.Tx) error {
		tx.Touch(standfirst.CardTag(id))
		if !shown {
			return tx.DeleteCardPicture(id)
		}
		if again, err := says(&tx.ReadTx, id); err != nil || !reflect.DeepEqual(again, card) {
			return cmp.Or(err, errCardChanged)
		}
		return tx.PutCardPicture(id, now)
	})
	if err != nil && now.File != "" {
		return errors.Join(err, l.removeCard(now.File))
	}
	return err
}

// errCardChanged lets the job be tried again.
var errCardChanged = errors.New("the story changed while its card was drawn")

func (l *Library) removeCard(file string) error {
	if err := os.Remove(l.files.path(file)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// cardOf returns the card of the story, drawn if it says something else than the one before.
func (l *Library) cardOf(ctx context.Context, id standfirst.StoryID, c Card, before store.CardPicture) (store.CardPicture, error) {
	content, err := json.Marshal([]any{cardVersion, id, c})
	if err != nil {
		return before, err
	}
	sum := sha256.Sum256(content)
	now := store.CardPicture{Digest: hex.EncodeToString(sum[:])}
	// The digest is that of one story, so that no two share a file.
	now.File = path.Join(now.Digest[:2], now.Digest+asPNG.extension)
	if now == before {
		if _, there := l.files.size(now.File); there {
			return before, nil
		}
	}
	release, err := l.turn(ctx)
	if err != nil {
		return before, err
	}
	defer release()
	drawn, err := c.Draw()
	if err != nil {
		return before, err
	}
	_, err = l.files.write(now.File, func(w io.Writer) error {
		_, err := w.Write(drawn)
		return err
	})
	return now, err
}
