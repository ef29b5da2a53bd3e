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
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"

	"standfirst"
)

type backupCommand struct {
	place
	To string `arg:"" type:"path" help:"File to write, such as newsroom-2026-03-05.tar.gz. It must not exist."`
}

// A backup is a gzipped tar: the database's own consistent copy under database/,
// then the pictures, certificates and key of the data folder under data/, then manifest.json with
// the size and digest of each, which restore checks.
const (
	backupDatabase = "database"
	backupData     = "data"
	backupManifest = "manifest.json"
)

// tlsFolder is the folder of the data folder that keeps the certificates.
const tlsFolder = "tls"

// manifest is what a backup says about itself.
type manifest struct {
	Made    time.Time      `json:"made"`
	Version string         `json:"version"`
	Engine  string         `json:"engine"`
	Files   []manifestFile `json:"files"`
}

type manifestFile struct {
	Name   string `json:"name"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// Run writes the backup beside its final name and renames it when it is whole.
func (c *backupCommand) Run(ctx context.Context, con *console) (err error) {
	if _, err := os.Lstat(c.To); err == nil {
		return standfirst.Errorf(standfirst.Conflict, "%s: exists already; a backup never overwrites a file", c.To)
	}
	if err := c.refuseInside(mediaFolder, tlsFolder); err != nil {
		return err
	}
	r, err := c.openExisting(ctx, con)
	if err != nil {
		return err
	}
	defer r.close()
	work, err := os.MkdirTemp(c.Data, ".backup-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()

	// The database is copied first: every picture that its rows name was on disk
	// before its row was, so the files copied afterwards cannot be too few.
	snapshot := filepath.Join(work, backupDatabase)
	if err := os.Mkdir(snapshot, 0o700); err != nil {
		return err
	}
	if err := r.store.Backup(ctx, snapshot); err != nil {
		return err
	}
	part := c.To + ".part"
	f, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return standfirst.WrapError(standfirst.Invalid, err, "%s: cannot be written in the folder %s: %v", c.To, filepath.Dir(c.To), cause(err))
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(part))
		}
	}()
	m := manifest{Made: time.Now().UTC(), Version: version, Engine: string(r.store.Engine())}
	err = c.write(ctx, con, f, snapshot, &m)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(part, c.To); err != nil {
		return err
	}
	var total int64
	for _, file := range m.Files {
		total += file.Bytes
	}
	con.printf("%s", c.To)
	con.notef("%s, %s, from %s.", counted(len(m.Files), "file"), byteCount(total), r.store.Engine())
	return nil
}

// write streams the archive into w and fills the manifest.
func (c *backupCommand) write(ctx context.Context, con *console, w io.Writer, snapshot string, m *manifest) error {
	files, err := backupFiles(snapshot, backupDatabase, func(string) bool { return true })
	if err != nil {
		return err
	}
	more, err := backupFiles(c.Data, backupData, belongsInBackup)
	if err != nil {
		return err
	}
	files = append(files, more...)
	var total int64
	for _, file := range files {
		total += file.info.Size()
	}
	bar := newProgress(con, total, "backup", progressbar.OptionShowBytes(true))
	defer bar.done()
	zipped := gzip.NewWriter(w)
	archive := tar.NewWriter(zipped)
	for _, file := range files {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		entry, err := addFile(archive, file, bar)
		if errors.Is(err, fs.ErrNotExist) { // the picture was deleted an hour ago, and its file now
			continue
		}
		if err != nil {
			return err
		}
		m.Files = append(m.Files, entry)
	}
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	header := &tar.Header{Name: backupManifest, Mode: 0o600, Size: int64(len(text)), ModTime: m.Made}
	if err := archive.WriteHeader(header); err != nil {
		return err
	}
	_, err = archive.Write(text)
	return errors.Join(err, archive.Close(), zipped.Close())
}

// sourceFile is one file that goes into a backup.
type sourceFile struct {
	path string // on disk
	name string // in the archive
	info fs.FileInfo
}

// backupFiles lists the regular files below dir that are wanted, named below prefix.
func backupFiles(dir, prefix string, wanted func(rel string) bool) ([]sourceFile, error) {
	var files []sourceFile
	err := filepath.WalkDir(dir, func(p string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, p)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if rel != "." && !wanted(rel) {
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if !entry.Type().IsRegular() {
			return nil
		}
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) { // went away since the folder was read
			return nil
		}
		files = append(files, sourceFile{p, path.Join(prefix, rel), info})
		return err
	})
	return files, err
}

// belongsInBackup picks the pictures, the certificates and what signs the record, without
// what is hidden or half written. The snapshot replaces the live database; whatever else people keep
// in the folder, earlier backups for one, is theirs.
func belongsInBackup(rel string) bool {
	if rel == keyFile || rel == seenFile {
		return true
	}
	folder, _, _ := strings.Cut(rel, "/")
	base := path.Base(rel)
	return (folder == mediaFolder || folder == tlsFolder) &&
		rel != mediaFolder+"/incoming" && rel != mediaFolder+"/removed" && !strings.HasPrefix(base, ".") && !strings.HasSuffix(base, ".part")
}

// refuseInside returns an Invalid error if the backup would be written into one of
// the folders of the data folder, all of which goes into backups.
func (c *backupCommand) refuseInside(folders ...string) error {
	to := realPath(filepath.Dir(c.To))
	for _, folder := range folders {
		inside := filepath.Join(c.Data, folder)
		rel, err := filepath.Rel(realPath(inside), to)
		if err == nil && filepath.IsLocal(rel) {
			return standfirst.Errorf(standfirst.Invalid, "%s: is inside %s, which backups hold; write it somewhere else", c.To, inside)
		}
	}
	return nil
}

// realPath follows the symbolic links of a path that exists.
func realPath(path string) string {
	if followed, err := filepath.EvalSymlinks(path); err == nil {
		return followed
	}
	return path
}

// addFile copies one file into the archive.
func addFile(archive *tar.Writer, file sourceFile, bar *progress) (manifestFile, error) {
	f, err := os.Open(file.path)
	if err != nil {
		return manifestFile{}, err
	}
	defer func() { _ = f.Close() }()
	header := &tar.Header{Name: file.name, Mode: 0o600, Size: file.info.Size(), ModTime: file.info.ModTime()}
	if err := archive.WriteHeader(header); err != nil {
		return manifestFile{}, err
	}
	digest := sha256.New()
	n, err := io.Copy(io.MultiWriter(archive, digest, bar), f)
	if err == nil && n != file.info.Size() {
		err = standfirst.Errorf(standfirst.Conflict, "%s: changed while it was copied; try again", file.path)
	}
	return manifestFile{file.name, n, hex.EncodeToString(digest.Sum(nil))}, err
}
