package media

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"image"
	"io"
	"io/fs"
	"path"
	"runtime/debug"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/sync/semaphore"

	"standfirst"
	"standfirst/internal/store"
)

// largePicture is the number of pixels above which the memory that a picture took
// is given back to the machine at once and not when it is next asked for.
const largePicture = 1_000_000

// Library is the pictures of a publication: their files in a folder, their rows in
// the store. It is safe for concurrent use, by several processes too.
type Library struct {
	files  files
	store  *store.Store
	clock  standfirst.Clock
	limits limits
	// turns is held while a picture is in memory: a large one takes several hundred
	// megabytes, so there is one at a time.
	turns chan struct{}
	room  room
}

// Open returns the library whose files are in the folder, which is made if it is
// not there. A nil clock means time.Now.
func Open(dir string, st *store.Store, clock standfirst.Clock) (*Library, error) {
	if clock == nil {
		clock = time.Now
	}
	files, err := openFiles(dir, clock())
	if err != nil {
		return nil, err
	}
	return &Library{
		files: files, store: st, clock: clock,
		limits: limits{bytes: standfirst.MaxPictureBytes, pixels: standfirst.MaxPicturePixels},
		turns:  make(chan struct{}, 1),
		room:   room{bytes: semaphore.NewWeighted(filesAtOnce * (standfirst.MaxPictureBytes + roomStep)), patience: patience},
	}, nil
}

// FS returns the stored files under their names, such as "3f/3fa9…-960.jpg". What a
// name stands for never changes.
func (l *Library) FS() fs.FS { return l.files }

// Add takes in the picture that r gives, which is called name, and asks for its
// renditions, in one transaction. The same file gives the same picture however
// often it is added. Errors are a Forbidden or Unauthenticated one; TooLarge for too
// many bytes or pixels; Invalid for what is not a picture, or is broken; Unavailable
// while too many others are on their way in; they name the file.
func (l *Library) Add(ctx context.Context, actor standfirst.Actor, name string, r io.Reader) (standfirst.Picture, error) {
	if err := actor.Require(standfirst.AddPicture); err != nil {
		return standfirst.Picture{}, err
	}
	arriving := &arrival{ctx: ctx, name: name, file: r, room: l.room}
	defer arriving.leave()
	given, err := l.limits.read(name, arriving)
	if err != nil {
		return standfirst.Picture{}, err
	}
	sum := sha256.Sum256(given)
	digest := hex.EncodeToString(sum[:])
	known, err := l.known(ctx, digest)
	if err == nil {
		if _, there := l.files.size(known.File.Name); there {
			return known, nil
		}
	} else if standfirst.KindOf(err) != standfirst.NotFound {
		return standfirst.Picture{}, fmt.Errorf("media: add %q: %w", name, err)
	}
	p, err := l.take(ctx, name, digest, given)
	if err != nil {
		return standfirst.Picture{}, err
	}
	if known.ID != 0 { // its files were lost, and are made anew
		return known, l.restore(ctx, known.ID)
	}
	if p, err = l.insert(ctx, actor, name, p); err != nil {
		return standfirst.Picture{}, fmt.Errorf("media: add %q: %w", name, err)
	}
	if _, there := l.files.size(p.File.Name); !there { // the same picture was deleted at this moment
		_, err = l.take(ctx, name, digest, given)
	}
	return p, err
}

// known returns the picture that was made of the file, or a NotFound error.
func (l *Library) known(ctx context.Context, digest string) (p standfirst.Picture, err error) {
	err = l.store.View(ctx, func(tx *store.ReadTx) error {
		p, err = tx.PictureByDigest(digest)
		return err
	})
	return p, err
}

// take decodes the given file and stores it as it is kept.
func (l *Library) take(ctx context.Context, name, digest string, given []byte) (standfirst.Picture, error) {
	waiting, cancel := context.WithTimeout(ctx, l.room.patience)
	defer cancel()
	release, err := l.turn(waiting)
	if err != nil && ctx.Err() == nil {
		err = busy(name)
	}
	if err != nil {
		return standfirst.Picture{}, fmt.Errorf("media: add %q: %w", name, err)
	}
	defer release()
	d, err := l.limits.decode(name, given)
	if err != nil {
		return standfirst.Picture{}, err
	}
	defer giveBack(pixels(d.image))
	enc := chooseEncoding(d)
	file, err := l.save(path.Join(digest[:2], digest+enc.extension), enc, d.image, pictureQuality)
	if err != nil {
		return standfirst.Picture{}, err
	}
	return standfirst.Picture{Digest: digest, Format: enc.format, File: file}, nil
}

// insert stores the row of a new picture and the job that makes its renditions. If
// somebody else was faster, the picture is theirs.
func (l *Library) insert(ctx context.Context, actor standfirst.Actor, name string, p standfirst.Picture) (standfirst.Picture, error) {
	p.CreatedAt, p.CreatedBy = l.now(), actor.String()
	p.Name, p.Focus = fileName(name), standfirst.Centre
	stored := p
	err := l.store.Update(ctx, func(tx *store.Tx) error {
		stored = p
		other, err := tx.PictureByDigest(p.Digest)
		if err == nil {
			stored = other
			return nil
		}
		if standfirst.KindOf(err) != standfirst.NotFound {
			return err
		}
		if stored.ID, err = tx.InsertPicture(p); err != nil {
			return err
		}
		if err := enqueueRendering(tx, stored.ID); err != nil {
			return err
		}
		return tx.Audit(standfirst.AuditEntry{
			At: p.CreatedAt, Actor: actor, Action: "picture.add", Object: "picture:" + stored.ID.String(), Detail: p.Name,
		})
	})
	return stored, err
}

// now returns the time in the precision that the store keeps.
func (l *Library) now() time.Time { return l.clock().UTC().Truncate(time.Microsecond) }

// fileName returns the name under which a file is remembered: without folders, and short.
func fileName(name string) string {
	name = standfirst.OneLine(strings.ToValidUTF8(name[strings.LastIndexAny(name, `/\`)+1:], ""))
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, name)
	for len(name) > standfirst.MaxPictureNameLength {
		_, last := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-last]
	}
	return name
}

// restore asks for the renditions of a picture whose files were lost.
func (l *Library) restore(ctx context.Context, id standfirst.PictureID) error {
	err := l.store.Update(ctx, func(tx *store.Tx) error { return enqueueRendering(tx, id) })
	if err != nil {
		return fmt.Errorf("media: restore picture %s: %w", id, err)
	}
	return nil
}

// enqueueRendering asks for the renditions of a picture.
func enqueueRendering(tx *store.Tx, id standfirst.PictureID) error {
	payload, err := json.Marshal(standfirst.PictureRendering{Picture: id})
	if err != nil {
		return err
	}
	_, err = tx.Enqueue(standfirst.Job{
		Kind: standfirst.JobRenderPicture, Payload: payload, Key: string(standfirst.JobRenderPicture) + ":" + id.String(),
	})
	return err
}

// save encodes a picture into a stored file.
func (l *Library) save(name string, enc encoding, m image.Image, quality int) (standfirst.PictureFile, error) {
	size, err := l.files.write(name, func(w io.Writer) error { return enc.encode(w, m, quality) })
	if err != nil {
		return standfirst.PictureFile{}, err
	}
	b := m.Bounds()
	return standfirst.PictureFile{Name: name, Width: b.Dx(), Height: b.Dy(), Bytes: size}, nil
}

// turn waits until no other picture is in memory.
func (l *Library) turn(ctx context.Context) (release func(), err error) {
	select {
	case l.turns <- struct{}{}:
		return func() { <-l.turns }, nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// giveBack returns the memory of a large picture to the machine. It takes the number
// of pixels, since a picture that it were given could not be freed yet.
func giveBack(pixels int) {
	if pixels > largePicture {
		debug.FreeOSMemory()
	}
}

// pixels returns how many pixels a picture has.
func pixels(m image.Image) int { return m.Bounds().Dx() * m.Bounds().Dy() }
