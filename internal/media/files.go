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

// remove removes all files that were made of the picture with the digest.
func (f files) remove(digest string) error {
	folder := digest[:2]
	entries, err := os.ReadDir(f.path(folder))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("media: remove %s: %w", digest, err)
	}
	for _, entry := range entries {
		name := path.Join(folder, entry.Name())
		if !strings.HasPrefix(entry.Name(), digest) || !validName(name) {
			continue
		}
		if err := os.Remove(f.path(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("media: remove %s: %w", name, err)
		}
	}
	return syncFolder(f.path(folder))
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
