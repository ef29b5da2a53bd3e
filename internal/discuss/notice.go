package discuss

import (
	"context"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

const (
	// noticeEvery is how often at most the writer of a comment is told of answers to it.
	noticeEvery = 15 * time.Minute
	// noticeMost is how many answers stand in one mail.
	noticeMost = 5

	// So many mails about answers go to an address that nobody confirmed, within the time:
	// a guest may have typed somebody else's.
	guestNotices       = 6
	guestNoticesWithin = time.Hour
)

// awaitNotice sees to it that the writer of the comment above is told of the answer, which
// readers see from now on: once, and not of their own.
func awaitNotice(tx *store.Tx, c, above standfirst.Comment, now time.Time) error {
	if above.ID == 0 || !above.Notify || above.Reader == 0 || above.Reader == c.Reader {
		return nil
	}
	if fresh, err := tx.AwaitNotice(c.ID); err != nil || !fresh {
		return err
	}
	last, err := tx.LastNotice(above.ID)
	if err != nil {
		return err
	}
	at := now
	if next := last.Add(noticeEvery); next.After(at) {
		at = next
	}
	return enqueueAbout(tx, standfirst.JobNoticeAnswers, above.ID, at)
}

// answersLetter is the mail about answers.
type answersLetter struct {
	letterhead
	Answers     []standfirst.Comment
	More        bool
	Unsubscribe string
}

// NoticeJob writes one mail about all answers to a comment that its writer was not told of,
// if they still want it and the comment still stands. It is the handler of
// [standfirst.JobNoticeAnswers].
func (t *Talk) NoticeJob(ctx context.Context, job standfirst.Job) error {
	return t.about(ctx, job, "tell of answers", func(tx *store.Tx, id standfirst.CommentID, seed []byte, now time.Time) error {
		c, err := tx.Comment(id)
		if err != nil || !c.Notify || c.State != standfirst.CommentApproved {
			return err
		}
		head, ok, err := t.letterhead(&tx.ReadTx, seed, c)
		if err != nil || !ok || head.writer.Email == "" || !Talks(head.story) {
			return err
		}
		l := answersLetter{letterhead: head}
		if l.Answers, err = tx.AwaitedAnswers(id, noticeMost+1); err != nil || len(l.Answers) == 0 {
			return err
		}
		if l.More = len(l.Answers) > noticeMost; l.More {
			l.Answers = l.Answers[:noticeMost]
		}
		if wait, err := guestWaits(tx, head.writer, now); err != nil {
			return err
		} else if wait > 0 {
			return enqueueAbout(tx, standfirst.JobNoticeAnswers, id, now.Add(wait))
		}
		if err := tx.NoticeAnswers(id, now); err != nil {
			return err
		}
		l.Unsubscribe = unsubscribePath(id, keyOf(seed, unsubscribing, int64(id)))
		m := standfirst.Mail{To: head.writer.Email, ToName: c.Name}
		if strings.HasPrefix(l.Base, "https://") { // mail programs post to no other
			m.Unsubscribe = l.Base + l.Unsubscribe
		}
		return enqueueLetter(tx, "answers", l, m, now)
	})
}

// guestWaits counts one more mail to the writer, and returns for how long it must wait if an
// address that nobody confirmed got as many as it may.
func guestWaits(tx *store.Tx, writer standfirst.Commenter, now time.Time) (time.Duration, error) {
	if !writer.ConfirmedAt.IsZero() {
		return 0, nil
	}
	began, taken, err := tx.TakeAttempt("answers to "+digest(writer.Email), guestNotices, now, now.Add(-guestNoticesWithin))
	if err != nil || taken {
		return 0, err
	}
	return began.Add(guestNoticesWithin).Sub(now), nil
}

// unsubscribing is the purpose of the keys that end mails.
const unsubscribing = "unsubscribe"

// unsubscribePath returns the address that ends the mails about answers to the comment.
func unsubscribePath(id standfirst.CommentID, key string) string {
	return keyPath("/unsubscribe/"+id.String(), key)
}

// Subscription returns the comment about whose answers mails are sent, to whom has the key
// that ends them. It returns a NotFound error for any other.
func (t *Talk) Subscription(ctx context.Context, id standfirst.CommentID, key string) (c standfirst.Comment, err error) {
	if err := t.signed(ctx, unsubscribing, int64(id), key); err != nil {
		return c, err
	}
	err = t.store.View(ctx, func(tx *store.ReadTx) error {
		c, err = tx.Comment(id)
		return err
	})
	return c, err
}

// Unsubscribe ends the mails about answers to the comment, for whom has the key. It is no
// error to end them twice.
func (t *Talk) Unsubscribe(ctx context.Context, id standfirst.CommentID, key string) error {
	if err := t.signed(ctx, unsubscribing, int64(id), key); err != nil {
		return err
	}
	return t.update(ctx, "end the mails about comment "+id.String(), func(tx *store.Tx) error {
		if err := tx.CancelJob(aboutKey(standfirst.JobNoticeAnswers, id)); err != nil {
			return err
		}
		return tx.SetNotify(id, false)
	})
}
