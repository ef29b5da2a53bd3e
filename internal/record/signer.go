package record

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"standfirst"
	"standfirst/internal/store"
)

// Options say how a record is kept. KeyFile and SeenFile are required.
type Options struct {
	KeyFile  string           // of the private key
	SeenFile string           // of the highest checkpoint seen, outside the database
	Clock    standfirst.Clock // nil means time.Now
	Logger   *slog.Logger     // nil means that nothing is logged
}

// Signer signs the record of a store. It is safe for concurrent use.
type Signer struct {
	store  *store.Store
	o      Options
	holder string // names this process in the lease
	wake   chan struct{}

	mu   sync.Mutex // of signing, and what is below
	held time.Time  // until when this process has the lease
	// Since when another node has signed nothing, of a node without the key, and from where.
	behind   time.Time
	behindAt int64
	status   Status
}

// Status is how signing stands.
type Status struct {
	Entries int64 // on the record
	Signed  int64 // of them, under the newest checkpoint
	// Since when those that are not signed wait, as [Signer.Check] finds it; zero if none does.
	Since time.Time
	// Why nothing is signed; nil if all is well.
	Err error
}

const (
	// leaseFor is for how long one node signs; another takes over after that much silence.
	leaseFor = 15 * time.Second
	// leaseLeft is how much of the lease is left when it is renewed.
	leaseLeft = 5 * time.Second
	// signEvery is the least pause between two checkpoints under load.
	signEvery = 100 * time.Millisecond
	// lookEvery is how often the record is looked at although nothing was heard of it.
	lookEvery = 10 * time.Second
)

// NewSigner returns what signs the record of the store.
func NewSigner(st *store.Store, o Options) *Signer {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return &Signer{store: st, o: o, holder: rand.Text(), wake: make(chan struct{}, 1)}
}

func (s *Signer) now() time.Time { return s.o.Clock().UTC().Truncate(time.Microsecond) }

// Begin sees that the record has a key, an origin and an entry for everything that was
// published before: what opening a newsroom with a publication does. It costs one look
// where all is there.
func (s *Signer) Begin(ctx context.Context) error {
	state, err := view(ctx, s.store.Reader(), readState)
	if err != nil {
		return err
	}
	if len(state.keys) == 0 {
		if err := s.firstKey(ctx); err != nil {
			return err
		}
	}
	if len(state.epochs) == 0 {
		if err := s.firstEpoch(ctx); err != nil {
			return err
		}
		// Of a newsroom that had no record yet, a restored backup contradicts nothing.
		if was, err := readSeen(s.o.SeenFile); err == nil && was.restored != "" && !was.exists {
			if err := was.release(s.o.SeenFile); err != nil {
				return err
			}
		}
	}
	if !state.head.Backfilled {
		return s.backfill(ctx)
	}
	return nil
}

// firstKey puts the key on the record with which it begins, making one if there is none.
func (s *Signer) firstKey(ctx context.Context) error {
	key, err := ReadKey(s.o.KeyFile)
	if err != nil && standfirst.KindOf(err) == standfirst.NotFound {
		if key, err = NewKey(); err == nil {
			err = key.Write(s.o.KeyFile)
		}
	}
	if err != nil {
		return err
	}
	err = s.store.Update(ctx, func(tx *store.Tx) error {
		if keys, err := tx.RecordKeys(); err != nil || len(keys) > 0 {
			return err // another process was faster
		}
		Append(tx, Entry{Kind: KeyKind, Time: s.now(), Key: &KeyChange{Public: key.Public()}})
		return tx.InsertRecordKey(store.RecordKey{Number: 1, Public: key.Public(), AddedAt: s.now()})
	})
	return wrap("begin with a key", err)
}

// firstEpoch gives the record its name.
func (s *Signer) firstEpoch(ctx context.Context) error {
	err := s.store.Update(ctx, func(tx *store.Tx) error {
		if epochs, err := tx.RecordEpochs(); err != nil || len(epochs) > 0 {
			return err
		}
		pub, err := tx.Publication()
		if err != nil {
			return err
		}
		return s.beginEpoch(tx, EpochChange{Number: 1, Origin: originOf(pub)})
	})
	return wrap("begin", err)
}

// originOf returns the name under which the record of the publication is signed: its
// address as c2sp.org/tlog-checkpoint has it. Where nobody has said the address yet, it
// is a random name that no address can have.
func originOf(pub standfirst.Publication) string {
	if u, err := url.Parse(pub.BaseURL); err == nil && u.Host != "" {
		return u.Host + strings.TrimSuffix(u.Path, "/") + "/record"
	}
	return strings.ToLower(rand.Text()[:16]) + ".invalid/record"
}

// beginEpoch stores the epoch and puts it on the record.
func (s *Signer) beginEpoch(tx *store.Tx, e EpochChange) error {
	Append(tx, Entry{Kind: EpochKind, Time: s.now(), Epoch: &e})
	return tx.InsertRecordEpoch(store.RecordEpoch{
		Number: e.Number, Origin: e.Origin, BeganAt: s.now(), OldOrigin: e.OldOrigin, OldSize: e.OldSize, OldRoot: e.OldRoot,
	})
}

// state is what signing needs to know of the database.
type state struct {
	head   store.RecordHead
	epochs []store.RecordEpoch
	keys   []store.RecordKey
	last   store.RecordCheckpoint // zero if there is none
}

func readState(tx *store.ReadTx) (s state, err error) {
	if s.head, err = tx.RecordHead(); err != nil {
		return s, err
	}
	if s.epochs, err = tx.RecordEpochs(); err != nil {
		return s, err
	}
	if s.keys, err = tx.RecordKeys(); err != nil {
		return s, err
	}
	if s.last, err = tx.LastRecordCheckpoint(); err != nil && standfirst.KindOf(err) == standfirst.NotFound {
		err = nil
	}
	return s, err
}

// Run signs whatever is new until the context ends. That it cannot sign stops nothing:
// the newsroom goes on publishing, and Status tells why.
func (s *Signer) Run(ctx context.Context) error {
	s.store.OnTouch(func(tags []standfirst.Tag) {
		select {
		case s.wake <- struct{}{}:
		default:
		}
	})
	defer func() { _ = s.Release(context.WithoutCancel(ctx)) }() // another takes over later without it
	said := ""
	for {
		err := s.Sign(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil && err.Error() != said {
			s.o.Logger.Error("the record cannot be signed", "error", err)
			said = err.Error()
		} else if err == nil {
			said = ""
		}
		if !pause(ctx, signEvery, nil) || !pause(ctx, lookEvery, s.wake) {
			return nil
		}
	}
}

// pause waits for the time, or less if something wakes it. It reports whether the
// context lives on.
func pause(ctx context.Context, d time.Duration, wake <-chan struct{}) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-wake:
	case <-ctx.Done():
		return false
	}
	return ctx.Err() == nil
}

// Status returns how signing stood when it was looked at last.
func (s *Signer) Status() Status {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.status
}

// Sign signs what is new, if there is something and no other node does it. It returns a
// Conflict error that says why if what is in the database must not be signed.
func (s *Signer) Sign(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.sign(ctx)
	if ctx.Err() == nil {
		s.status.Err = err
	}
	return wrap("sign", err)
}

func (s *Signer) sign(ctx context.Context) error {
	was, err := readSeen(s.o.SeenFile)
	if err != nil {
		return err
	}
	var now state
	var next Checkpoint
	var about int64 // the newest entry about the record itself
	now, err = view(ctx, s.store.Reader(), func(tx *store.ReadTx) (now state, err error) {
		if now, err = readState(tx); err != nil || len(now.epochs) == 0 {
			return now, err
		}
		next = Checkpoint{Origin: now.epochs[len(now.epochs)-1].Origin, Tree: tlog.Tree{N: now.head.Size}}
		if err := was.check(tx, now.head, now.epochs); err != nil {
			return now, err
		}
		if now.last.Epoch == now.epochs[len(now.epochs)-1].Number {
			if err := checkLast(tx, now); err != nil {
				return now, err
			}
		}
		if about, err = tx.LastRecordEntry(recordSubject); err != nil {
			return now, err
		}
		// From the stored hashes and not from the edge alone: what is served must be
		// what is signed.
		next.Hash, err = Root(tx, now.head.Size)
		return now, err
	})
	s.status.Entries, s.status.Signed = now.head.Size, now.last.Size
	if err != nil || len(now.epochs) == 0 || next.N == 0 {
		return err
	}
	epoch := now.epochs[len(now.epochs)-1].Number
	if now.last.Epoch == epoch && now.last.Size == next.N {
		return s.remember([]byte(now.last.Note))
	}
	if now.last.Epoch != epoch {
		s.status.Signed = 0
	}
	key, err := s.key(now.keys)
	if err != nil && standfirst.KindOf(err) == standfirst.NotFound && now.last.Size > 0 {
		return s.withoutKey(now, err)
	}
	if err != nil {
		return err
	}
	if held, err := s.lease(ctx); err != nil || !held {
		if err == nil && now.last.Epoch == epoch && (was.Origin != next.Origin || was.N < now.last.Size) {
			err = s.remember([]byte(now.last.Note)) // of the node that signs
		}
		return err
	}
	signed, err := next.sign(key)
	if err != nil {
		return err
	}
	// On disk here before anybody else can see it.
	if err := s.remember(signed); err != nil {
		return err
	}
	held := false
	err = s.store.Update(ctx, func(tx *store.Tx) (err error) {
		if held, err = tx.TakeRecordLease(s.holder, s.now(), s.now().Add(leaseFor)); err != nil || !held {
			return err
		}
		tx.Touch(standfirst.RecordTag)
		if now.last.Epoch != epoch || about >= now.last.Size {
			tx.Touch(standfirst.RecordKeyTag) // it counts from this checkpoint on
		}
		return tx.InsertRecordCheckpoint(store.RecordCheckpoint{Epoch: epoch, Size: next.N, Note: string(signed), SignedAt: s.now()})
	})
	switch {
	case err != nil:
	case held:
		s.held = s.now().Add(leaseFor)
		s.status.Signed = next.N
	default: // another node took over meanwhile
		s.held = time.Time{}
	}
	return err
}

// withoutKey returns the error that there is no key here, once no other node has signed
// for a while: usually one node of several has the key.
func (s *Signer) withoutKey(now state, missing error) error {
	if s.behind.IsZero() || s.behindAt != now.last.Size {
		s.behind, s.behindAt = s.now(), now.last.Size
	}
	if s.now().Sub(s.behind) < 2*leaseFor {
		return nil
	}
	return missing
}

// checkLast returns an error if the tree does not begin with what the newest checkpoint
// in the database signed.
func checkLast(tx *store.ReadTx, now state) error {
	last, err := UnsignedCheckpoint([]byte(now.last.Note))
	if err != nil {
		return err
	}
	return seen{Checkpoint: last, exists: true}.consistent(tx, now.head)
}

// key returns the key that signs. It must be the one that is on the record.
func (s *Signer) key(keys []store.RecordKey) (Key, error) {
	if len(keys) == 0 {
		return Key{}, errUnsigned("it names no key")
	}
	public := keys[len(keys)-1].Public
	// One that is being put on the record stands beside the one before until that is done.
	if key, err := ReadKey(s.o.KeyFile + newKey); err == nil && key.Public() == public {
		return key, nil
	}
	key, err := ReadKey(s.o.KeyFile)
	if err == nil && key.Public() != public {
		err = errUnsigned("the key in %s is not the one that the record names. Bring that key back, or put another on the record with standfirst record rotate --lost", s.o.KeyFile)
	}
	return key, err
}

// newKey ends the name of the file of a key that is being put on the record.
const newKey = ".new"

// remember writes a checkpoint of the database's into the file, unless it is there.
func (s *Signer) remember(signed []byte) error {
	if sameFile(s.o.SeenFile, signed) {
		return nil
	}
	return replaceFile(s.o.SeenFile, signed)
}

// lease reports whether this process may sign, and takes the lease if it is free.
func (s *Signer) lease(ctx context.Context) (held bool, err error) {
	now := s.now()
	if s.held.Sub(now) > leaseLeft {
		return true, nil
	}
	err = s.store.Update(ctx, func(tx *store.Tx) (err error) {
		held, err = tx.TakeRecordLease(s.holder, now, now.Add(leaseFor))
		return err
	})
	if err == nil && held {
		s.held = now.Add(leaseFor)
	}
	return held, err
}

// Release lets another process sign at once: what a command does before it ends.
func (s *Signer) Release(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.held.IsZero() {
		return nil
	}
	s.held = time.Time{}
	return wrap("give the lease back", s.store.Update(ctx, func(tx *store.Tx) error { return tx.DropRecordLease(s.holder) }))
}

// wrap adds the operation to an error.
func wrap(operation string, err error) error {
	if err != nil {
		return fmt.Errorf("record: %s: %w", operation, err)
	}
	return nil
}
