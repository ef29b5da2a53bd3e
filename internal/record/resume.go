package record

import (
	"context"
	"encoding/base64"
	"errors"
	"os"
	"regexp"
	"slices"
	"strconv"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// Resumed says how a record goes on.
type Resumed struct {
	Epoch EpochChange
	Kept  bool // no new epoch was needed: nothing was signed that is not in the database
	Size  int64
}

// Resume lets the record of a restored database be signed again: it begins a new epoch,
// under another origin, with an entry that names what was signed last under the old one,
// and signs it. With nothingSigned the operator says that nothing was signed after the
// backup was made, as when a newsroom moves to another machine: then the epoch goes on,
// if what this node has seen bears that out. It returns a Conflict error where signing
// goes on by itself.
func (s *Signer) Resume(ctx context.Context, nothingSigned bool) (Resumed, error) {
	var done Resumed
	was, err := readSeen(s.o.SeenFile)
	if err != nil {
		return done, err
	}
	if err := s.Begin(ctx); err != nil {
		return done, err
	}
	refused := s.Sign(ctx)
	if refused == nil {
		return done, standfirst.Errorf(standfirst.Conflict, "there is nothing to resume: the record is signed")
	}
	if standfirst.KindOf(refused) != standfirst.Conflict {
		return done, refused
	}
	if nothingSigned && was.restored != "" {
		return s.goOn(ctx, was)
	}
	err = s.store.Update(ctx, func(tx *store.Tx) error {
		now, err := readState(&tx.ReadTx)
		if err != nil {
			return err
		}
		done.Epoch, err = nextEpoch(now, was)
		if err != nil {
			return err
		}
		return s.beginEpoch(tx, done.Epoch)
	})
	if err != nil {
		return done, wrap("resume", err)
	}
	return s.signResumed(ctx, was, done)
}

// goOn lets the epoch go on from what the database holds.
func (s *Signer) goOn(ctx context.Context, was seen) (Resumed, error) {
	was.restored = ""
	err := s.store.View(ctx, func(tx *store.ReadTx) error {
		now, err := readState(tx)
		if err != nil {
			return err
		}
		return was.check(tx, now.head, now.epochs)
	})
	if err != nil {
		return Resumed{}, err
	}
	return s.signResumed(ctx, was, Resumed{Kept: true})
}

// signResumed forgets that the newsroom was restored, and signs, or waits for whoever holds
// the lease to. That the record may go on is on it by now; should signing fail, whoever
// signs next finishes it.
func (s *Signer) signResumed(ctx context.Context, was seen, done Resumed) (Resumed, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := was.release(s.o.SeenFile); err != nil {
		return done, err
	}
	err := s.sign(ctx)
	for tries := 0; err == nil && tries < resumeTries; tries++ {
		var now state
		if now, err = view(ctx, s.store.Reader(), readState); err != nil {
			break
		}
		if n := len(now.epochs); n > 0 && now.last.Epoch == now.epochs[n-1].Number {
			done.Size = now.last.Size
			break
		}
		select { // a server that runs beside has the lease, and signs
		case <-time.After(resumeWait):
		case <-ctx.Done():
			err = ctx.Err()
		}
	}
	return done, wrap("resume", err)
}

// For so long another process that holds the lease is waited for.
const (
	resumeWait  = 50 * time.Millisecond
	resumeTries = 200
)

// numbered matches the number of an epoch at the end of an origin.
var numbered = regexp.MustCompile(`/([0-9]+)$`)

// nextEpoch returns the epoch that goes on after what was signed last, as far as the
// database and this node know.
func nextEpoch(now state, was seen) (EpochChange, error) {
	if len(now.epochs) == 0 {
		return EpochChange{}, standfirst.Errorf(standfirst.Conflict, "there is no record yet")
	}
	current := now.epochs[len(now.epochs)-1]
	e := EpochChange{Number: current.Number + 1, OldOrigin: current.Origin}
	base := numbered.ReplaceAllString(current.Origin, "")
	if now.last.Epoch == current.Number {
		last, err := UnsignedCheckpoint([]byte(now.last.Note))
		if err != nil {
			return e, err
		}
		e.OldSize, e.OldRoot = last.N, base64.StdEncoding.EncodeToString(last.Hash[:])
	}
	if was.exists && (was.Origin != current.Origin || was.N > e.OldSize) {
		e.OldOrigin, e.OldSize, e.OldRoot = was.Origin, was.N, base64.StdEncoding.EncodeToString(was.Hash[:])
		// An epoch that the database has forgotten keeps its number.
		if m := numbered.FindStringSubmatch(was.Origin); m != nil {
			if n, err := strconv.Atoi(m[1]); err == nil {
				e.Number = max(e.Number, n+1)
			}
		}
	}
	e.Origin = base + "/" + strconv.Itoa(e.Number)
	return e, nil
}

// Rotate puts another key on the record: the one in the file, or a new one if from is
// empty. The key before signs the change, unless it is lost; then lost must be set, and
// readers are told. The record is signed with the new key from then on.
func (s *Signer) Rotate(ctx context.Context, from string, lost bool) (public string, err error) {
	var next Key
	if from != "" {
		next, err = ReadKey(from)
	} else {
		next, err = NewKey()
	}
	if err != nil {
		return "", err
	}
	if err := s.Begin(ctx); err != nil {
		return "", err
	}
	if !lost { // what is there is signed with the old key
		if err := s.Sign(ctx); err != nil {
			return "", err
		}
	}
	if err := s.finishRotation(ctx); err != nil {
		return "", err
	}
	if err := next.Write(s.o.KeyFile + newKey); err != nil {
		return "", err
	}
	change := KeyChange{Public: next.Public()}
	err = s.store.Update(ctx, func(tx *store.Tx) error {
		keys, err := tx.RecordKeys()
		if err != nil {
			return err
		}
		before := keys[len(keys)-1]
		change.Before, change.Signature = before.Public, ""
		if before.Public == change.Public {
			return standfirst.Errorf(standfirst.Conflict, "this key signs the record already")
		}
		if !lost {
			held, err := ReadKey(s.o.KeyFile)
			if err != nil || held.Public() != before.Public {
				return standfirst.WrapError(standfirst.Conflict, err, "the key before is not in %s; if it is lost, say so with --lost", s.o.KeyFile)
			}
			change.Signature = held.Sign(change.Message())
		}
		Append(tx, Entry{Kind: KeyKind, Time: s.now(), Key: &change})
		return tx.InsertRecordKey(store.RecordKey{Number: before.Number + 1, Public: change.Public, AddedAt: s.now()})
	})
	if err != nil {
		// Only a key that is known not to be on the record may go: after a lost connection
		// the change may stand all the same.
		now, failure := view(context.WithoutCancel(ctx), s.store.Reader(), readState)
		on := func(k store.RecordKey) bool { return k.Public == change.Public }
		if failure == nil && !slices.ContainsFunc(now.keys, on) {
			failure = os.Remove(s.o.KeyFile + newKey)
		}
		return "", wrap("rotate the key", errors.Join(err, failure))
	}
	if err := os.Rename(s.o.KeyFile+newKey, s.o.KeyFile); err != nil {
		return "", wrap("put the new key in its place", err)
	}
	return change.Public, s.Sign(ctx)
}

// finishRotation puts a key into its place whose rotation was cut short. It returns a
// Conflict error if there is another that is on its way: it may be the only copy.
func (s *Signer) finishRotation(ctx context.Context) error {
	waiting, err := ReadKey(s.o.KeyFile + newKey)
	if standfirst.KindOf(err) == standfirst.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	now, err := view(ctx, s.store.Reader(), readState)
	if err != nil {
		return err
	}
	if n := len(now.keys); n > 0 && now.keys[n-1].Public == waiting.Public() {
		return wrap("put the new key in its place", os.Rename(s.o.KeyFile+newKey, s.o.KeyFile))
	}
	return standfirst.Errorf(standfirst.Conflict,
		"%s holds a key that the record does not name, of another rotation that is under way or was cut short; move it away, and try again", s.o.KeyFile+newKey)
}

// Check says how signing stands without signing anything: an error says why it cannot.
func (s *Signer) Check(ctx context.Context) (Status, error) {
	was, err := readSeen(s.o.SeenFile)
	if err != nil {
		return Status{}, err
	}
	now, err := view(ctx, s.store.Reader(), func(tx *store.ReadTx) (now state, err error) {
		if now, err = readState(tx); err != nil {
			return now, err
		}
		if err := was.check(tx, now.head, now.epochs); err != nil {
			return now, err
		}
		return now, nil
	})
	if err == nil {
		_, err = s.key(now.keys)
	}
	return Status{Entries: now.head.Size, Signed: now.last.Size}, err
}
