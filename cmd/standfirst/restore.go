package main

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"

	"standfirst"
	"standfirst/internal/account"
	"standfirst/internal/record"
	"standfirst/internal/store"
)

type restoreCommand struct {
	place
	From string `arg:"" type:"path" help:"Backup to bring back."`
}

// maxManifest bounds the only part of a backup that is read into memory.
const maxManifest = 64 << 20

// Run unpacks the backup beside the data folder's place, checks every file
// against the manifest, restores the database, and moves the folder in last. After
// a failure everything is as it was.
func (c *restoreCommand) Run(ctx context.Context, con *console) (err error) {
	if c.Data == "" {
		return usageError{"--data names no folder"}
	}
	if err := refuseNonEmpty(c.Data, "a backup is restored"); err != nil {
		return err
	}
	f, err := os.Open(c.From)
	if err != nil {
		return standfirst.WrapError(standfirst.Invalid, err, "%s: cannot be read: %v", c.From, cause(err))
	}
	defer func() { _ = f.Close() }()
	m, err := c.restore(ctx, con, f)
	if err != nil {
		return err
	}
	con.printf("%s is restored to %s.", c.From, c.describe())
	con.notef("Made %s by Standfirst %s; %s, each as its digest says.", m.Made.Format(time.RFC1123), m.Version, counted(len(m.Files), "file"))
	if err := c.signEverybodyOut(ctx, con); err != nil {
		return err
	}
	return (&doctorCommand{place: c.place}).Run(ctx, con)
}

// signEverybodyOut ends the sessions of the backup: some of them were ended since.
func (c *restoreCommand) signEverybodyOut(ctx context.Context, con *console) error {
	log := c.logger(con)
	st, err := store.Open(ctx, c.options(log))
	if err != nil {
		return err
	}
	err = account.New(st, account.Options{Logger: log}).SignOutEverybody(ctx, standfirst.Command())
	if err = errors.Join(err, st.Close()); err == nil {
		con.notef("Everybody is signed out. Who may sign in, and with which password, is as it was when the backup was made: look through standfirst user list.")
	}
	return err
}

// restore makes the newsroom of the backup, or nothing.
func (c *restoreCommand) restore(ctx context.Context, con *console, f *os.File) (m manifest, err error) {
	target := realPath(c.Data)
	made, err := makeParents(target)
	defer func() {
		if err != nil {
			for _, dir := range made {
				_ = os.Remove(dir) // it is left if somebody else uses it by now
			}
		}
	}()
	if err != nil {
		return m, standfirst.WrapError(standfirst.Invalid, err, "the data folder %s cannot be made: %v", c.Data, cause(err))
	}
	work, err := os.MkdirTemp(filepath.Dir(target), ".restore-")
	if err != nil {
		return m, standfirst.WrapError(standfirst.Invalid, err, "the data folder %s cannot be made: %v", c.Data, cause(err))
	}
	defer func() {
		if err = errors.Join(err, os.RemoveAll(work)); err != nil {
			err = c.explain(err, work)
		}
	}()
	if m, err = unpack(ctx, con, f, work); err != nil {
		return m, err
	}
	return m, c.install(ctx, con, m, work, target)
}

// explain says that the backup was not restored and why, without the names of the
// folder in which it was unpacked.
func (c *restoreCommand) explain(err error, work string) error {
	reason := strings.ReplaceAll(describe(err), work+string(filepath.Separator), "")
	reason = strings.ReplaceAll(reason, work, c.Data)
	return standfirst.WrapError(standfirst.KindOf(err), err, "%s: %s; nothing was restored", c.From, reason)
}

// install restores the unpacked database and moves the unpacked data folder to the
// target.
func (c *restoreCommand) install(ctx context.Context, con *console, m manifest, work, target string) (err error) {
	if err := c.requireEngine(m.Engine); err != nil {
		return err
	}
	data := filepath.Join(work, backupData)
	if err := os.MkdirAll(data, 0o750); err != nil {
		return err
	}
	// An empty folder makes room now: when it cannot, nothing has been changed yet.
	removed := os.Remove(target)
	if removed != nil && !errors.Is(removed, os.ErrNotExist) {
		return standfirst.WrapError(standfirst.Invalid, removed, "the folder %s cannot be replaced (%v); name one that does not exist yet", c.Data, cause(removed))
	}
	defer func() {
		if err != nil && removed == nil {
			err = errors.Join(err, os.Mkdir(target, 0o750))
		}
	}()
	unpacked := c.place
	unpacked.Data = data
	// What was signed after the backup was made is not in it.
	if err := record.HoldBack(unpacked.seenPath(), "made "+m.Made.Format(time.RFC1123)); err != nil {
		return err
	}
	return store.Restore(ctx, unpacked.options(c.logger(con)), filepath.Join(work, backupDatabase), func() error {
		return os.Rename(data, target)
	})
}

// requireEngine returns an Invalid error if the backup was made of another kind of
// database than the one that it is to be restored to.
func (c *restoreCommand) requireEngine(engine string) error {
	switch {
	case engine == string(store.SQLite) && c.Database != "":
		return standfirst.Errorf(standfirst.Invalid, "it was made of an SQLite newsroom; restore it without --database")
	case engine == string(store.Postgres) && c.Database == "":
		return standfirst.Errorf(standfirst.Invalid, "it was made of a PostgreSQL newsroom; name an empty database with --database")
	case engine != string(store.SQLite) && engine != string(store.Postgres):
		return standfirst.Errorf(standfirst.Invalid, "it was made of a database that this version does not know (%q)", engine)
	}
	return nil
}

// makeParents makes the folders above the path and returns those that were
// missing, the deepest first.
func makeParents(path string) (made []string, err error) {
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) || dir == filepath.Dir(dir) {
			break
		}
		made = append(made, dir)
	}
	return made, os.MkdirAll(filepath.Dir(path), 0o750)
}

// refuseNonEmpty returns a Conflict error when the folder holds anything; what says
// what is put into empty folders only.
func refuseNonEmpty(dir, what string) error {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return standfirst.WrapError(standfirst.Invalid, err, "%s: cannot be read: %v", dir, cause(err))
	}
	if len(entries) > 0 {
		return standfirst.Errorf(standfirst.Conflict, "%s is not empty; %s into an empty or new folder only", dir, what)
	}
	return nil
}

// unpack writes the archive's files below dir and checks them against its
// manifest: each there, of the size and digest stated, and nothing else.
func unpack(ctx context.Context, con *console, f *os.File, dir string) (m manifest, err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return m, err
	}
	bar := newProgress(con, info.Size(), "restore", progressbar.OptionShowBytes(true))
	defer bar.done()
	zipped, err := gzip.NewReader(io.TeeReader(f, bar))
	if err != nil {
		return m, standfirst.WrapError(standfirst.Invalid, err, "is not a backup of a newsroom")
	}
	found := make(map[string]manifestFile)
	archive := tar.NewReader(zipped)
	stated := false
	for {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return m, standfirst.WrapError(standfirst.Invalid, err, "the archive is damaged (%v)", err)
		}
		if ctx.Err() != nil {
			return m, ctx.Err()
		}
		if header.Name == backupManifest {
			if err := json.NewDecoder(io.LimitReader(archive, maxManifest)).Decode(&m); err != nil {
				return m, standfirst.WrapError(standfirst.Invalid, err, "its manifest cannot be read")
			}
			stated = true
			continue
		}
		if found[header.Name], err = unpackFile(root, header, archive); err != nil {
			return m, err
		}
	}
	if !stated {
		return m, standfirst.Errorf(standfirst.Invalid, "the archive ends without its manifest: the backup was not finished, or the copy of it was cut short")
	}
	return m, compareManifest(m, found)
}

// unpackFile writes one file of the archive below the root.
func unpackFile(root *os.Root, header *tar.Header, from io.Reader) (manifestFile, error) {
	name := path.Clean(header.Name)
	part, _, _ := strings.Cut(name, "/")
	if header.Typeflag != tar.TypeReg || name != header.Name || part != backupDatabase && part != backupData {
		return manifestFile{}, standfirst.Errorf(standfirst.Invalid, "it holds %q, which is not part of a backup", header.Name)
	}
	if err := root.MkdirAll(path.Dir(name), 0o750); err != nil {
		return manifestFile{}, err
	}
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return manifestFile{}, err
	}
	digest := sha256.New()
	n, err := io.Copy(io.MultiWriter(f, digest), from)
	if err != nil {
		err = standfirst.WrapError(standfirst.Invalid, err, "%s cannot be unpacked (%v)", name, cause(err))
	}
	return manifestFile{name, n, hex.EncodeToString(digest.Sum(nil))}, errors.Join(err, f.Sync(), f.Close())
}

// compareManifest holds what was found against what the manifest states.
func compareManifest(m manifest, found map[string]manifestFile) error {
	for _, want := range m.Files {
		got, ok := found[want.Name]
		switch {
		case !ok:
			return standfirst.Errorf(standfirst.Invalid, "%s is missing from it", want.Name)
		case got != want:
			return standfirst.Errorf(standfirst.Invalid, "%s in it is damaged: its digest is not the one stated", want.Name)
		}
	}
	if len(found) != len(m.Files) {
		return standfirst.Errorf(standfirst.Invalid, "it holds %d files and its manifest names %d", len(found), len(m.Files))
	}
	return nil
}
