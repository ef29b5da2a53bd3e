package mail

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"standfirst"
)

// What an outbox keeps.
const (
	maxKept      = 200
	maxKeptBytes = 4 << 20
)

// Outbox takes mails where there is no mail server, and keeps the last of them in memory.
// It may be used from any goroutine.
type Outbox struct {
	clock standfirst.Clock
	log   *slog.Logger

	mu    sync.Mutex
	kept  []standfirst.KeptMail // the oldest first
	bytes int                   // of them
	taken int                   // ever
}

// NewOutbox returns an empty outbox. A nil clock means time.Now, a nil logger
// slog.Default.
func NewOutbox(clock standfirst.Clock, log *slog.Logger) *Outbox {
	if clock == nil {
		clock = time.Now
	}
	if log == nil {
		log = slog.Default()
	}
	return &Outbox{clock: clock, log: log}
}

// SendJob keeps the mail that is the payload of the job. One that could not be sent either
// is told in the log and no error.
func (o *Outbox) SendJob(_ context.Context, job standfirst.Job) error {
	m, err := payload(job)
	if err != nil {
		return giveUp(o.log, job, err)
	}
	o.keep(m)
	return nil
}

// keep adds the mail and lets the oldest go for which there is no room.
func (o *Outbox) keep(m standfirst.Mail) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.taken++
	o.kept = append(o.kept, standfirst.KeptMail{Mail: m, Number: o.taken, At: o.clock()})
	o.bytes += size(m)
	gone := 0
	for len(o.kept)-gone > maxKept || o.bytes > maxKeptBytes {
		o.bytes -= size(o.kept[gone].Mail)
		gone++
	}
	o.kept = slices.Delete(o.kept, 0, gone)
}

// size returns how many bytes the mail holds.
func size(m standfirst.Mail) int {
	return len(m.To) + len(m.ToName) + len(m.Subject) + len(m.Text) + len(m.Unsubscribe) + len(m.Key)
}

// Mails returns what is kept, the newest first.
func (o *Outbox) Mails() []standfirst.KeptMail {
	o.mu.Lock()
	defer o.mu.Unlock()
	mails := slices.Clone(o.kept)
	slices.Reverse(mails)
	return mails
}

// Mail returns the mail with the number, and a NotFound error if it is not kept, or no
// longer.
func (o *Outbox) Mail(number int) (standfirst.KeptMail, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, m := range o.kept {
		if m.Number == number {
			return m, nil
		}
	}
	return standfirst.KeptMail{}, standfirst.Errorf(standfirst.NotFound, "there is no mail %d in the outbox", number)
}
