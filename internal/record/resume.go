package record

import (
	"context"
	"errors"
	"os"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/note"

	"standfirst"
	"standfirst/internal/store"
)

// ResumeOptions say what the operator knows of what was signed.
type ResumeOptions struct {
	// NothingSigned says that nothing was signed after the backup was made, as when a
	// newsroom moves to another machine: then the epoch goes on, if what this node has
	// seen bears that out.
	NothingSigned bool
	// Last is the last checkpoint that was published, as the signed note that it is, or
	// the file in which another node keeps what it has seen; nil if the operator has none.
	Last []byte
	// LastKey is the public key that signed Last, with its name, as readers find it: it is
	// needed where the key was changed after the backup was made, so that the database
	// knows nothing of it.
	LastKey string
}

// Resumed says how a record goes on.
type Resumed struct {
	Epoch EpochChange
	From  Known // where what the epoch names as signed last was found
	// Denied is a checkpoint that this node has seen and that no epoch names, because one
	// began without it that has signed since: whoever holds it can prove a contradiction.
	Denied Checkpoint
	Kept   bool // no new epoch was needed: nothing was signed that is not in the database
	Size   int64
}

// Resume lets the record of a restored database be signed again: it begins a new epoch,
// under another origin, with an entry that names what was signed last under the old one,
// and signs it. What was signed last is the highest checkpoint of those that this node
// has seen, that the database holds or names, and that the operator gives. It returns a
// Conflict error where signing goes on by itself, and an Invalid one if what the
// operator gives is not signed with a key of this record.
func (s *Signer) Resume(ctx context.Context, o ResumeOptions) (Resumed, error) {
	var done Resumed
	if err := s.Begin(ctx); err != nil {
		return done, err
	}
	was, from, err := s.lookBack(ctx, o)
	if err != nil {
		return done, err
	}
	refused := s.Sign(ctx)
	if refused == nil {
		return done, standfirst.Errorf(standfirst.Conflict, "there is nothing to resume: the record is signed")
	}
	if standfirst.KindOf(refused) != standfirst.Conflict {
		return done, refused
	}
	if o.NothingSigned {
		return s.goOn(ctx, was)
	}
	var before predecessor
	err = s.store.Update(ctx, func(tx *store.Tx) error {
		now, err := readState(&tx.ReadTx)
		if err != nil {
			return err
		}
		// Another epoch is no cure for another key.
		if _, err := s.key(now.keys); standfirst.KindOf(err) == standfirst.Conflict {
			return err
		}
		if before, err = highest(now, was, from); err != nil {
			return err
		}
		done.From, done.Denied = before.from, Checkpoint{}
		if was.exists && was.Origin != before.Origin && !was.named(now.epochs) {
			done.Denied = was.Checkpoint
		}
		if done.Epoch, err = nextEpoch(now, before); err != nil {
			return err
		}
		return s.beginEpoch(tx, done.Epoch)
	})
	if err != nil {
		return done, wrap("resume", err)
	}
	// From here on the node has seen what the epoch names.
	if before.note != nil {
		was.Checkpoint, was.note, was.exists = before.Checkpoint, before.note, true
	}
	return s.signResumed(ctx, was, done)
}

// lookBack returns the highest checkpoint that this node has seen, which is from now on
// also what the operator gives, and says which of the two it is.
func (s *Signer) lookBack(ctx context.Context, o ResumeOptions) (seen, Known, error) {
	was, err := readSeen(s.o.SeenFile)
	if err != nil || o.Last == nil {
		return was, KnownSeen, err
	}
	now, err := view(ctx, s.store.Reader(), readState)
	if err != nil {
		return was, KnownSeen, err
	}
	given, err := s.readGiven(o, now)
	if err != nil {
		return was, KnownSeen, err
	}
	if was.exists && !given.above(was.Checkpoint) {
		return was, KnownSeen, nil
	}
	given.restored = was.restored
	return given, KnownGiven, given.write(s.o.SeenFile)
}

// readGiven reads the checkpoint that the operator gives, and checks that it is one of
// this record.
func (s *Signer) readGiven(o ResumeOptions, now state) (seen, error) {
	given, err := parseSeen(o.Last)
	if err != nil || !given.exists {
		return given, standfirst.WrapError(standfirst.Invalid, err, "what is given as the last checkpoint is no signed checkpoint; give what is at /record/checkpoint, or the file record.seen of another node")
	}
	if n := len(now.epochs); n == 0 || baseOf(given.Origin) != baseOf(now.epochs[n-1].Origin) {
		return given, standfirst.Errorf(standfirst.Invalid, "the last checkpoint that is given is of another record, %s", given.Origin)
	}
	if o.LastKey != "" {
		v, err := note.NewVerifier(o.LastKey)
		if err != nil {
			return given, standfirst.WrapError(standfirst.Invalid, err, "%q is no key; give it as /record showed it: name, hash and key with + between them", o.LastKey)
		}
		if _, err = note.Open(given.note, note.VerifierList(v)); err != nil || v.Name() != given.Origin {
			return given, standfirst.WrapError(standfirst.Invalid, err, "the last checkpoint that is given is not signed with the key that is given")
		}
		return given, nil
	}
	keys := make([]string, 0, len(now.keys)+1)
	for _, k := range now.keys {
		keys = append(keys, k.Public)
	}
	// A key that is kept elsewhere may be newer than the database.
	if key, err := ReadKey(s.o.KeyFile); err == nil {
		keys = append(keys, key.Public())
	}
	for _, public := range slices.Backward(keys) {
		if _, err := OpenCheckpoint(given.note, public); err == nil {
			return given, nil
		}
	}
	return given, standfirst.Errorf(standfirst.Invalid, "the last checkpoint that is given is not signed with any key of this record; "+
		"if the key was changed after the backup was made, say with --last-key which it was, as /record showed it")
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
		select { // a server that runs beside has the lease and signs, or one that is gone had it
		case <-time.After(resumeWait):
			err = s.sign(ctx)
		case <-ctx.Done():
			err = ctx.Err()
		}
	}
	return done, wrap("resume", err)
}

// For so long another process that holds the lease is waited for: longer than that lasts,
// for a backup holds the lease of a server that is gone.
const (
	resumeWait  = 100 * time.Millisecond
	resumeTries = int((leaseFor + leaseLeft) / resumeWait)
)

// Rotate puts another key on the record: the one in the file, or a new one if from is
// empty. The key before signs the change, unless it is lost; then lost must be set, and
// readers are told. The record is signed with the new key from then on. It returns the key
// with its name, as readers find it.
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
	change, origin := KeyChange{Public: next.Public()}, ""
	err = s.store.Update(ctx, func(tx *store.Tx) error {
		keys, err := tx.RecordKeys()
		if err != nil {
			return err
		}
		epochs, err := tx.RecordEpochs()
		if err != nil {
			return err
		}
		origin = epochs[len(epochs)-1].Origin
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
	if public, err = VerifierKey(origin, change.Public); err != nil {
		return "", err
	}
	return public, s.Sign(ctx)
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
	var since time.Time
	now, err := view(ctx, s.store.Reader(), func(tx *store.ReadTx) (now state, err error) {
		if now, err = readState(tx); err != nil {
			return now, err
		}
		if since, err = WaitingSince(tx, now.head, now.last.Size); err != nil {
			return now, err
		}
		return now, was.check(tx, now.head, now.epochs)
	})
	if err == nil {
		_, err = s.key(now.keys)
	}
	return Status{Entries: now.head.Size, Signed: now.last.Size, Since: since}, err
}
