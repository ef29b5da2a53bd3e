package newsroom

import (
	"context"
	"time"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/store"
)

// Task is a published story whose text still has the words of a figure that has changed.
type Task struct {
	Story    standfirst.StoryID
	Headline string // of what readers see
	Figure   ledger.CitedFigure
	Since    time.Time // when readers were first told
	Note     string    // what they were told
	// Prepared says that new wording waits for it.
	Prepared bool
}

// taskWindow is how many notices of figures are looked at for one page of tasks.
const taskWindow = 200

// Tasks returns the published stories that cite figures which were superseded or withdrawn,
// the newest change first, from after the position on. It looks at a bounded number of
// changes; next continues the list, and is zero at its end.
func (n *Newsroom) Tasks(ctx context.Context, actor standfirst.Actor, after store.NoticePosition) (tasks []Task, next store.NoticePosition, err error) {
	if err := signedIn(actor); err != nil {
		return nil, next, err
	}
	err = n.store.View(ctx, func(tx *store.ReadTx) error {
		tasks, next = nil, store.NoticePosition{}
		notices, err := tx.Notices("", after, taskWindow+1)
		if err != nil {
			return err
		}
		if len(notices) > taskWindow {
			notices = notices[:taskWindow]
			next = store.NoticePosition{At: notices[taskWindow-1].At, ID: notices[taskWindow-1].ID}
		}
		seen := make(map[[2]int64]bool)
		for _, notice := range notices {
			for _, id := range notice.Stories {
				key := [2]int64{int64(notice.Claim), int64(id)}
				if notice.Claim == 0 || seen[key] {
					continue
				}
				seen[key] = true
				task, open, err := taskOf(tx, notice, id)
				if err != nil {
					return err
				}
				if open {
					tasks = append(tasks, task)
				}
			}
		}
		return nil
	})
	return tasks, next, named(err, "list what is to be reworded")
}

// taskOf returns what is left to do in the story for the notice, and whether there is
// anything.
func taskOf(tx *store.ReadTx, notice standfirst.Notice, id standfirst.StoryID) (Task, bool, error) {
	t := Task{Story: id, Since: notice.At, Note: notice.Text}
	story, err := tx.Story(id)
	if err != nil || story.State != standfirst.Published {
		return t, false, err
	}
	cited, err := tx.Citations(story.Current)
	if err != nil {
		return t, false, err
	}
	var about []standfirst.Citation
	for _, c := range cited {
		if c.Claim == notice.Claim {
			about = append(about, c)
		}
	}
	figures, err := ledger.CitedFigures(tx, about)
	if err != nil {
		return t, false, err
	}
	for i := range figures {
		version, err := tx.Version(about[i].Version, store.ForReaders)
		if err != nil {
			return t, false, err
		}
		f := figures[i]
		f.StoryFigure = f.At(about[i].Words, version)
		if f.Standing != ledger.Changed && f.Standing != ledger.Withdrawn {
			continue
		}
		t.Figure, t.Headline = f, story.Headline
		revision, err := tx.Revision(story.Current)
		if err != nil {
			return t, false, err
		}
		t.Headline = revision.Content.Headline
		_, err = tx.Pending(id)
		t.Prepared, err = found(err)
		return t, true, err
	}
	return t, false, nil
}
