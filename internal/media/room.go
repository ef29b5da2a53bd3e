package media

import (
	"context"
	"errors"
	"io"
	"time"

	"golang.org/x/sync/semaphore"

	"standfirst"
)

const (
	// filesAtOnce is how many files of the largest size are in memory at a time, on their way in.
	filesAtOnce = 4
	// roomStep is in which steps room for a file is asked for, in bytes: a small file that
	// arrives slowly takes little.
	roomStep = 1 << 20
	// patience is how long a file waits for room, and then for its turn to be decoded.
	patience = 20 * time.Second
)

// errBusy is the cause of the Unavailable error for a file that found no room in time.
var errBusy = errors.New("media: no room for another picture")

func busy(name string) error {
	return standfirst.WrapError(standfirst.Unavailable, errBusy, "%q was not taken: too many pictures arrive at the moment; send it again in half a minute", name)
}

// room is the memory that all files on their way in share.
type room struct {
	bytes    *semaphore.Weighted
	patience time.Duration
}

// arrival reads a file that takes up room as it arrives.
type arrival struct {
	ctx  context.Context
	name string
	file io.Reader
	room room
	held int64 // bytes of room
	read int64
}

// Read implements io.Reader. It returns an Unavailable error if there is no room in time.
func (a *arrival) Read(b []byte) (int, error) {
	if missing := a.read + int64(len(b)) - a.held; missing > 0 {
		step := (missing + roomStep - 1) / roomStep * roomStep
		ctx, cancel := context.WithTimeout(a.ctx, a.room.patience)
		defer cancel()
		if err := a.room.bytes.Acquire(ctx, step); err != nil {
			if a.ctx.Err() != nil {
				return 0, context.Cause(a.ctx)
			}
			return 0, busy(a.name)
		}
		a.held += step
	}
	n, err := a.file.Read(b)
	a.read += int64(n)
	return n, err
}

// leave gives the room back.
func (a *arrival) leave() { a.room.bytes.Release(a.held) }
