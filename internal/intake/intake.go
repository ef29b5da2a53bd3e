package intake

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"time"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/media"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

// Intake files texts. It is safe for concurrent use.
type Intake struct {
	newsroom *newsroom.Newsroom
	ledger   *ledger.Ledger
	media    *media.Library
	store    *store.Store
	clock    standfirst.Clock
}

// New returns an intake that files into the newsroom. A nil clock means time.Now.
func New(n *newsroom.Newsroom, lib *media.Library, st *store.Store, clock standfirst.Clock) *Intake {
	if clock == nil {
		clock = time.Now
	}
	return &Intake{newsroom: n, ledger: ledger.New(st, ledger.Options{Clock: clock}), media: lib, store: st, clock: clock}
}

// Options say how a text is filed. The zero value leaves a draft.
type Options struct {
	// Publish publishes at once, or schedules a text whose front matter has a date
	// that lies ahead.
	Publish bool
	// Date is the day against which the text is read. If it is past and Publish is
	// set, it becomes the story's original date, at 9 o'clock in the publication's
	// time zone, unless the front matter carries a date with a time.
	Date standfirst.Day
	// At, when not zero and past, is the story's original date whatever the text says.
	At time.Time
	// Accept records what the copy desk reads in the text without doubt, marked as not
	// checked by an editor, and makes the text cite it.
	Accept bool
	// Section and Topics are used where the text names none.
	Section string
	Topics  []string
	// Folder is where the picture that a text names is looked for. If it is nil, that
	// is the folder of the file that was named.
	Folder fs.FS
}

// Result is what became of a text.
type Result struct {
	Story standfirst.Story
	// Path is the story's address below the base address, and "" while readers do
	// not see it.
	Path string
	// Existing says that the text was filed before, as Story, and nothing was changed.
	Existing bool
	// ScheduledAt is when the story goes out by itself; zero if it does not.
	ScheduledAt time.Time
	// Composition is what the text was read as; it is zero but for the digest when
	// Existing is set.
	Composition Composition
	// Notes are for people, a line each: what was left out of the text, what was made
	// because the text names it, when it goes out.
	Notes []string
}

// File makes a story of the text that r yields. The name is that of its file: it
// stands before every message, its ending may tell what the file is, and the picture
// that the text names is looked for in its folder. A text that was filed before, in
// whatever encoding, changes nothing: Existing is set in the result.
//
// It returns a TooLarge error for more than [MaxTextBytes], an Invalid one for what
// cannot be a story, and otherwise the errors of the newsroom. After an error no
// story is stored, with nothing that it names; of a slug that turns out to be taken,
// the picture stays, and is found again when the text is filed with another.
func (i *Intake) File(ctx context.Context, actor standfirst.Actor, name string, r io.Reader, o Options) (Result, error) {
	if err := actor.Require(standfirst.WriteStory); err != nil {
		return Result{}, err
	}
	c, pub, err := i.compose(ctx, name, r, o.day())
	if err != nil {
		return Result{}, err
	}
	look := lookup{digest: c.Digest, publish: o.Publish}
	if filed, err := look.by(ctx, i.store.View); filed || err != nil {
		return look.result, err
	}
	f := filing{intake: i, actor: actor, name: name, options: o, pub: pub, Composition: c}
	result, err := f.file(ctx)
	if standfirst.KindOf(orInternal(err)) == standfirst.Conflict {
		// Somebody may have filed the same text in this moment, and that may not be on
		// disk yet: an update is answered only when it is.
		update := func(ctx context.Context, fn func(*store.ReadTx) error) error {
			return i.store.Update(ctx, func(tx *store.Tx) error { return fn(&tx.ReadTx) })
		}
		if filed, lookErr := look.by(ctx, update); filed && lookErr == nil {
			return look.result, nil
		}
	}
	return result, inFile(name, err)
}

// day returns the day against which the text is read; zero means that nobody said.
func (o Options) day() standfirst.Day {
	if o.Date.IsZero() && !o.At.IsZero() {
		return standfirst.DayOf(o.At, o.At.Location())
	}
	return o.Date
}

// orInternal gives nil a kind that nothing is looked for under.
func orInternal(err error) error {
	if err == nil {
		return io.EOF
	}
	return err
}

// compose reads the text against the day, or against today if it is zero.
func (i *Intake) compose(ctx context.Context, name string, r io.Reader, day standfirst.Day) (Composition, standfirst.Publication, error) {
	var pub standfirst.Publication
	err := i.store.View(ctx, func(tx *store.ReadTx) (err error) {
		pub, err = tx.Publication()
		return err
	})
	if err != nil {
		return Composition{}, pub, fmt.Errorf("intake: %s: %w", name, err)
	}
	b, err := ReadAll(name, r)
	if err != nil {
		return Composition{}, pub, err
	}
	if day.IsZero() {
		day = standfirst.DayOf(i.clock(), pub.Location())
	}
	c, err := Compose(name, b, day)
	return c, pub, inFile(name, err)
}

// lookup looks for the story that a text was filed as before.
type lookup struct {
	digest  string
	publish bool // whether the one who files wants it to be published
	result  Result
}

// by looks in a transaction of the kind that is given.
func (l *lookup) by(ctx context.Context, transaction func(context.Context, func(*store.ReadTx) error) error) (filed bool, err error) {
	var story standfirst.Story
	err = transaction(ctx, func(tx *store.ReadTx) error {
		id, err := tx.Filing(l.digest)
		if err != nil {
			return err
		}
		story, err = tx.Story(id)
		return err
	})
	if err != nil {
		if standfirst.KindOf(err) == standfirst.NotFound {
			return false, nil
		}
		return false, fmt.Errorf("intake: look for the text %s: %w", l.digest, err)
	}
	l.result = Result{Story: story, Existing: true, Composition: Composition{Digest: l.digest}}
	if story.State.Public() {
		l.result.Path = story.Path()
	} else if l.publish {
		l.result.Notes = []string{fmt.Sprintf("story %s is %s; publish it with: standfirst story publish %[1]s", story.ID, story.State)}
	}
	return true, nil
}
