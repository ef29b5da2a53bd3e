package media

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// incomingDir holds files that are being written. It is inside the media folder,
// since a file can be renamed only within one file system.
const incomingDir = "incoming"

// asideDir holds the files of pictures that are being removed.
const asideDir = "removed"

// staleAfter is how old a file there must be to be one that a crash left behind.
const staleAfter = time.Hour

// storedName is what the name of a stored file looks like.
var storedName = regexp.MustCompile(`^([0-9a-f]{2})/([0-9a-f]{64})(?:-[0-9]{1,5})?\.(?:jpg|png)$`)

// files is the media folder: what is in it under its name is whole and on disk.
type files struct {
	dir string
}

// openFiles makes the folder if it is not there and clears away what a crash left.
func openFiles(dir string, now time.Time) (files, error) {
	f := files{dir}
	if err := os.MkdirAll(filepath.Join(dir, incomingDir), 0o755); err != nil {
		return f, fmt.Errorf("media: make folder: %w", err)
	}
	left, err := os.ReadDir(filepath.Join(dir, incomingDir))
	if err != nil {
		return f, fmt.Errorf("media: look into folder: %w", err)
	}
	for _, entry := range left {
		if info, err := entry.Info(); err == nil && now.Sub(info.ModTime()) > staleAfter {
			_ = os.Remove(filepath.Join(dir, incomingDir, entry.Name())) // another process may have been faster
		}
	}
	return f, nil
}

// Open opens a stored file. Nothing else in the folder can be opened, folders
// neither, so it is safe to serve.
func (f files) Open(name string) (fs.File, error) {
	if !validName(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return os.DirFS(f.dir).Open(name)
}

// validName reports whether the name is one of a stored file.
func validName(name string) bool {
	m := storedName.FindStringSubmatch(name)
	return m != nil && m[1] == m[2][:2]
}

// size returns the size of a stored file in bytes, and false if there is none.
func (f files) size(name string) (int64, bool) {
	info, err := os.Stat(f.path(name))
	if err != nil || !info.Mode().IsRegular() {
		return 0, false
	}
	return info.Size(), true
}

// path returns where a stored file is.
func (f files) path(name string) string { return filepath.Join(f.dir, filepath.FromSlash(name)) }

// write stores what fill writes under the name and returns its size. When it
// returns without an error, the whole file is on disk; before, there is nothing
// under the name but what was there.
func (f files) write(name string, fill func(io.Writer) error) (size int64, err error) {
	temp, err := os.CreateTemp(filepath.Join(f.dir, incomingDir), "*")
	if err != nil {
		return 0, fmt.Errorf("media: store %s: %w", name, err)
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("media: store %s: %w", name, errors.Join(err, os.Remove(temp.Name())))
		}
	}()
	if size, err = fillFile(temp, fill); err != nil {
		return 0, err
	}
	target := f.path(name)
	folder := filepath.Dir(target)
	if err := os.Mkdir(folder, 0o755); err == nil {
		if err := syncFolder(f.dir); err != nil {
			return 0, err
		}
	} else if !errors.Is(err, fs.ErrExist) {
		return 0, err
	}
	if err := os.Rename(temp.Name(), target); err != nil {
		return 0, err
	}
	if err := syncFolder(folder); err != nil {
		return 0, err
	}
	return size, nil
}

// setAside moves all files that were made of the picture with the digest to where nobody
// finds them.
func (f files) setAside(digest string) error {
	err := os.Mkdir(f.path(asideDir), 0o755)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("media: set %s aside: %w", digest, err)
	}
	return f.each(digest[:2], digest, func(name string) error { return os.Rename(f.path(name), f.aside(name)) })
}

// putBack moves the files that were set aside to where they were. What is there has the same
// content.
func (f files) putBack(digest string) error {
	return f.each(asideDir, digest, func(name string) error { return os.Rename(f.aside(name), f.path(name)) })
}

// removeAside removes the files that were set aside.
func (f files) removeAside(digest string) error {
	return f.each(asideDir, digest, func(name string) error { return os.Remove(f.aside(name)) })
}

// aside returns where a stored file is while it is set aside.
func (f files) aside(name string) string { return filepath.Join(f.dir, asideDir, path.Base(name)) }

// each does something with each file in the folder that was made of the picture with the
// digest, as it is named where it is stored. One that is gone is done with.
func (f files) each(folder, digest string, do func(name string) error) error {
	entries, err := os.ReadDir(f.path(folder))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("media: files of %s: %w", digest, err)
	}
	for _, entry := range entries {
		name := path.Join(digest[:2], entry.Name())
		if !strings.HasPrefix(entry.Name(), digest) || !validName(name) {
			continue
		}
		if err := do(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("media: %s: %w", name, err)
		}
	}
	var synced error
	for _, changed := range []string{digest[:2], asideDir} {
		if err := syncFolder(f.path(changed)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			synced = errors.Join(synced, err)
		}
	}
	return synced
}

// fillFile writes the file, brings it to disk, closes it and returns its size.
func fillFile(file *os.File, fill func(io.Writer) error) (size int64, err error) {
	defer func() { err = errors.Join(err, file.Close()) }()
	buffered := bufio.NewWriterSize(file, 64<<10)
	if err := fill(buffered); err != nil {
		return 0, err
	}
	if err := buffered.Flush(); err != nil {
		return 0, err
	}
	if err := file.Chmod(0o644); err != nil {
		return 0, err
	}
	if err := file.Sync(); err != nil {
		return 0, err
	}
	info, err := file.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// syncFolder brings the names in a folder to disk.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
