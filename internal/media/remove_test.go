package media

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/store/storetest"
)

// twoLibraries returns the libraries of two nodes with one store and one folder.
func twoLibraries(t *testing.T) (one, two *Library) {
	t.Helper()
	st, dir := storetest.Open(t), filepath.Join(t.TempDir(), "media")
	var both [2]*Library
	for i := range both {
		var err error
		if both[i], err = Open(dir, st, func() time.Time { return today }); err != nil {
			t.Fatal(err)
		}
	}
	return both[0], both[1]
}

// removalOf returns the job that removes the files of the picture.
func removalOf(digest string) standfirst.Job {
	payload, _ := json.Marshal(standfirst.PictureRemoval{Digest: digest}) // cannot fail
	return standfirst.Job{Kind: standfirst.JobRemovePicture, Payload: payload}
}

// TestRemovalMeetsUpload adds the picture anew on one node at each moment at which another
// removes its files.
func TestRemovalMeetsUpload(t *testing.T) {
	picture := encodePNG(t, quarters(8, 8))
	for name, meet := range map[string]func(t *testing.T, one, two *Library, was standfirst.Picture){
		"added while set aside": func(t *testing.T, one, two *Library, was standfirst.Picture) {
			must(t, one.files.setAside(was.Digest))
			add(t, two, "again.png", picture)
			must(t, one.settle(t.Context(), was.Digest))
		},
		"its file is stored, then set aside, then its row": func(t *testing.T, one, two *Library, was standfirst.Picture) {
			p, err := two.take(t.Context(), "again.png", was.Digest, picture)
			must(t, err)
			must(t, one.files.setAside(was.Digest))
			_, err = two.insert(t.Context(), editor, "again.png", p)
			must(t, err)
			must(t, one.settle(t.Context(), was.Digest))
		},
		"the node stops before it settles": func(t *testing.T, one, two *Library, was standfirst.Picture) {
			p, err := two.take(t.Context(), "again.png", was.Digest, picture)
			must(t, err)
			must(t, one.files.setAside(was.Digest))
			_, err = two.insert(t.Context(), editor, "again.png", p)
			must(t, err)
			must(t, one.RemoveJob(t.Context(), removalOf(was.Digest)))
		},
		"removed before its row": func(t *testing.T, one, two *Library, was standfirst.Picture) {
			_, err := two.take(t.Context(), "again.png", was.Digest, picture)
			must(t, err)
			must(t, one.RemoveJob(t.Context(), removalOf(was.Digest)))
			add(t, two, "again.png", picture)
		},
	} {
		t.Run(name, func(t *testing.T) {
			one, two := twoLibraries(t)
			was := add(t, one, "quay.png", picture)
			must(t, one.Delete(t.Context(), editor, was.ID))
			meet(t, one, two, was)
			now, err := two.known(t.Context(), was.Digest)
			must(t, err)
			if _, err := fs.Stat(two.FS(), now.File.Name); err != nil {
				t.Errorf("the picture has lost its file: %v", err)
			}
			must(t, two.Delete(t.Context(), editor, now.ID))
			must(t, one.RemoveJob(t.Context(), removalOf(was.Digest)))
			if left, err := filepath.Glob(filepath.Join(one.files.dir, "*", was.Digest+"*")); err != nil || len(left) > 0 {
				t.Errorf("%v are left: %v", left, err)
			}
		})
	}
}

// TestRemovalsAndUploads removes and adds one picture on two nodes at once, again and again.
func TestRemovalsAndUploads(t *testing.T) {
	picture := encodePNG(t, quarters(8, 8))
	one, two := twoLibraries(t)
	for range 25 {
		was := add(t, one, "quay.png", picture)
		must(t, one.Delete(t.Context(), editor, was.ID))
		var wait sync.WaitGroup
		var removed, added error
		wait.Go(func() { removed = one.RemoveJob(t.Context(), removalOf(was.Digest)) })
		wait.Go(func() { _, added = two.Add(t.Context(), editor, "again.png", bytes.NewReader(picture)) })
		wait.Wait()
		must(t, removed)
		must(t, added)
		now, err := one.known(t.Context(), was.Digest)
		must(t, err)
		if _, err := fs.Stat(one.FS(), now.File.Name); err != nil {
			t.Fatalf("the picture has lost its file: %v", err)
		}
		must(t, one.Delete(t.Context(), editor, now.ID))
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
