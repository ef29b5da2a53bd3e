package media

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"image"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

var today = time.Date(2026, 3, 5, 9, 30, 0, 0, time.UTC)

func openLibrary(t testing.TB) *Library {
	t.Helper()
	l, err := Open(filepath.Join(t.TempDir(), "media"), storetest.Open(t), func() time.Time { return today })
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func add(t testing.TB, l *Library, name string, file []byte) standfirst.Picture {
	t.Helper()
	p, err := l.Add(t.Context(), standfirst.Command(), name, bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// jobs leases all jobs there are.
func jobs(t testing.TB, l *Library) (found []standfirst.Job) {
	t.Helper()
	err := l.store.Update(t.Context(), func(tx *store.Tx) (err error) {
		found, err = tx.LeaseJobs(time.Now().Add(time.Hour), time.Now().Add(2*time.Hour), "test", 100)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func renderJob(id standfirst.PictureID) standfirst.Job {
	payload, _ := json.Marshal(standfirst.PictureRendering{Picture: id}) // cannot fail
	return standfirst.Job{Kind: standfirst.JobRenderPicture, Payload: payload}
}

func picture(t testing.TB, l *Library, id standfirst.PictureID) (p standfirst.Picture) {
	t.Helper()
	err := l.store.View(t.Context(), func(tx *store.ReadTx) (err error) {
		p, err = tx.Picture(id)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func readFile(t testing.TB, l *Library, f standfirst.PictureFile) []byte {
	t.Helper()
	b, err := fs.ReadFile(l.FS(), f.Name)
	if err != nil {
		t.Fatal(err)
	}
	if int64(len(b)) != f.Bytes {
		t.Errorf("%s has %d bytes, its row says %d", f.Name, len(b), f.Bytes)
	}
	return b
}

func TestAddStoresPictureRowAndJob(t *testing.T) {
	l := openLibrary(t)
	p := add(t, l, "harbour.jpg", encodeJPEG(t, photograph(1000, 600)))
	if p.Format != "jpeg" || p.File.Width != 1000 || p.File.Height != 600 || !p.CreatedAt.Equal(today) {
		t.Errorf("%+v", p)
	}
	if want := p.Digest[:2] + "/" + p.Digest + ".jpg"; p.File.Name != want {
		t.Errorf("stored as %s, want %s", p.File.Name, want)
	}
	if got := picture(t, l, p.ID); !reflect.DeepEqual(got, p) {
		t.Errorf("row %+v, want %+v", got, p)
	}
	found := jobs(t, l)
	if len(found) != 1 || found[0].Kind != standfirst.JobRenderPicture || string(found[0].Payload) != string(renderJob(p.ID).Payload) {
		t.Errorf("jobs %+v", found)
	}
	var trail []standfirst.AuditEntry
	if err := l.store.View(t.Context(), func(tx *store.ReadTx) (err error) {
		trail, err = tx.Audits("picture:"+p.ID.String(), 10)
		return err
	}); err != nil || len(trail) != 1 || trail[0].Action != "picture.add" || trail[0].Detail != "harbour.jpg" {
		t.Errorf("audit %+v, %v", trail, err)
	}
	d, err := l.limits.decode("stored", readFile(t, l, p.File))
	if err != nil || d.image.Bounds().Size() != image.Pt(1000, 600) {
		t.Errorf("%v", err)
	}
}

func TestAddTheSameFileTwice(t *testing.T) {
	l := openLibrary(t)
	file := encodePNG(t, quarters(600, 400))
	const times = 6
	pictures := make([]standfirst.Picture, times)
	var wg sync.WaitGroup
	for i := range times {
		wg.Go(func() {
			p, err := l.Add(t.Context(), standfirst.Command(), "chart.png", bytes.NewReader(file))
			if err != nil {
				t.Error(err)
			}
			pictures[i] = p
		})
	}
	wg.Wait()
	for _, p := range pictures {
		if p.ID == 0 || p.ID != pictures[0].ID {
			t.Errorf("picture %d beside %d", p.ID, pictures[0].ID)
		}
	}
	if n := len(jobs(t, l)); n != 1 {
		t.Errorf("%d jobs", n)
	}
}

func TestAddNeedsPermission(t *testing.T) {
	l := openLibrary(t)
	reader := standfirst.Actor{Kind: standfirst.ActorReader, ID: 3, Role: standfirst.Reader}
	for actor, want := range map[standfirst.Actor]standfirst.ErrorKind{reader: standfirst.Forbidden, {}: standfirst.Unauthenticated} {
		_, err := l.Add(t.Context(), actor, "x.png", bytes.NewReader(encodePNG(t, quarters(8, 8))))
		if standfirst.KindOf(err) != want {
			t.Errorf("%v: %v", actor, err)
		}
	}
}

func TestAddOfWhatIsNoPictureStoresNothing(t *testing.T) {
	l := openLibrary(t)
	l.limits.bytes = 1 << 20
	for name, file := range map[string][]byte{
		"notes.txt": []byte("Harrow Tin rose."), "empty.png": nil, "cut.jpg": encodeJPEG(t, quarters(64, 64))[:200],
		"large.jpg": make([]byte, 1<<20+1),
	} {
		_, err := l.Add(t.Context(), standfirst.Command(), name, bytes.NewReader(file))
		if m := standfirst.PublicMessage(err); !strings.Contains(m, name) {
			t.Errorf("%s: %q", name, m)
		}
	}
	var stored []string
	err := filepath.WalkDir(l.files.dir, func(path string, d fs.DirEntry, err error) error {
		if !d.IsDir() {
			stored = append(stored, path)
		}
		return err
	})
	if err != nil || len(stored) != 0 || len(jobs(t, l)) != 0 {
		t.Errorf("stored %v, %v", stored, err)
	}
}

func TestMetadataIsStripped(t *testing.T) {
	l := openLibrary(t)
	secret := []byte("51.2194N 4.4025E")
	file := withSegments(encodeJPEG(t, photograph(500, 300)),
		segment(markerAPP1, append(append([]byte("Exif\x00\x00"), exif(binary.BigEndian, 6)...), secret...)),
		segment(markerAPP1, append([]byte("http://ns.adobe.com/xap/1.0/\x00"), secret...)),
		segment(0xe2, append([]byte("ICC_PROFILE\x00"), secret...)),
		segment(0xed, append([]byte("Photoshop 3.0\x00"), secret...)),
		segment(0xfe, secret))
	file = append(file, secret...)
	p := add(t, l, "phone.jpg", file)
	if p.File.Width != 300 || p.File.Height != 500 {
		t.Errorf("not upright: %d × %d", p.File.Width, p.File.Height)
	}
	if err := l.RenderJob(t.Context(), renderJob(p.ID)); err != nil {
		t.Fatal(err)
	}
	p = picture(t, l, p.ID)
	for _, f := range append(p.Renditions, p.File) {
		b := readFile(t, l, f)
		for _, unwanted := range [][]byte{secret, []byte("Exif"), []byte("ICC_PROFILE"), []byte("Photoshop"), []byte("adobe")} {
			if bytes.Contains(b, unwanted) {
				t.Errorf("%s holds %q", f.Name, unwanted)
			}
		}
	}
}

func TestRenderJob(t *testing.T) {
	for name, tc := range map[string]struct {
		file   []byte
		widths []int
	}{
		"wide.jpg":   {encodeJPEG(t, photograph(2000, 1200)), []int{480, 960, 1640}},
		"middle.jpg": {encodeJPEG(t, photograph(960, 500)), []int{480, 960}},
		"small.png":  {encodePNG(t, quarters(300, 200)), nil},
		"chart.png":  {encodePNG(t, quarters(1000, 800)), []int{480, 960}},
	} {
		t.Run(name, func(t *testing.T) {
			l := openLibrary(t)
			p := add(t, l, name, tc.file)
			var touched []standfirst.Tag
			l.store.OnTouch(func(tags []standfirst.Tag) { touched = append(touched, tags...) })
			for range 2 { // the second time changes nothing
				if err := l.RenderJob(t.Context(), renderJob(p.ID)); err != nil {
					t.Fatal(err)
				}
			}
			p = picture(t, l, p.ID)
			var widths []int
			for _, f := range p.Renditions {
				widths = append(widths, f.Width)
				d, err := l.limits.decode(f.Name, readFile(t, l, f))
				if err != nil || d.image.Bounds().Size() != image.Pt(f.Width, f.Height) {
					t.Errorf("%s: %v", f.Name, err)
				}
				if want := (f.Width*p.File.Height + p.File.Width/2) / p.File.Width; f.Height < want-1 || f.Height > want+1 {
					t.Errorf("%s is %d high, want %d", f.Name, f.Height, want)
				}
			}
			if !slices.Equal(widths, tc.widths) {
				t.Errorf("widths %v, want %v", widths, tc.widths)
			}
			var want []standfirst.Tag
			if tc.widths != nil {
				want = []standfirst.Tag{standfirst.PictureTag(p.ID)}
			}
			if !slices.Equal(touched, want) {
				t.Errorf("touched %v, want %v", touched, want)
			}
		})
	}
}

func TestRenderJobWithoutPicture(t *testing.T) {
	l := openLibrary(t)
	if err := l.RenderJob(t.Context(), renderJob(99)); err != nil {
		t.Errorf("a picture that was deleted: %v", err)
	}
	if err := l.RenderJob(t.Context(), standfirst.Job{ID: 7, Payload: []byte("{")}); err == nil || !strings.Contains(err.Error(), "job 7") {
		t.Errorf("%v", err)
	}
}

func TestLostFilesAreMadeAnew(t *testing.T) {
	l := openLibrary(t)
	file := encodeJPEG(t, photograph(600, 400))
	p := add(t, l, "a.jpg", file)
	if err := l.RenderJob(t.Context(), renderJob(p.ID)); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(l.files.dir, p.Digest[:2])); err != nil {
		t.Fatal(err)
	}
	if again := add(t, l, "b.jpg", file); again.ID != p.ID {
		t.Errorf("picture %d became %d", p.ID, again.ID)
	}
	if err := l.RenderJob(t.Context(), renderJob(p.ID)); err != nil {
		t.Fatal(err)
	}
	p = picture(t, l, p.ID)
	readFile(t, l, p.File)
	readFile(t, l, p.Renditions[0])
}

func TestOnePictureInMemory(t *testing.T) {
	l := openLibrary(t)
	release, err := l.turn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	gone := errors.New("client went away")
	cancel(gone)
	if _, err := l.Add(ctx, standfirst.Command(), "x.png", bytes.NewReader(encodePNG(t, quarters(8, 8)))); !errors.Is(err, gone) && !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	release()
	add(t, l, "x.png", encodePNG(t, quarters(8, 8)))
}

func TestFilesGivesOutNothingElse(t *testing.T) {
	l := openLibrary(t)
	p := add(t, l, "x.png", encodePNG(t, quarters(8, 8)))
	f, err := l.FS().Open(p.File.Name)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := f.(io.Seeker); !ok {
		t.Error("a stored file cannot be served in ranges")
	}
	_ = f.Close()
	digest := p.Digest
	for _, name := range []string{
		".", "", "incoming", digest[:2], digest[:2] + "/", "/" + p.File.Name, "../media/" + p.File.Name, digest + ".png",
		digest[:2] + "/../" + p.File.Name, digest[:2] + "/" + digest, digest[:2] + "/" + digest + ".svg", digest[:2] + "/" + strings.ToUpper(digest) + ".png",
		"00/" + digest + ".png", digest[:2] + "/" + digest + "-.png", p.File.Name + "\n",
	} {
		if name != "00/"+digest+".png" || digest[:2] != "00" {
			if _, err := l.FS().Open(name); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%q: %v", name, err)
			}
		}
	}
}

func TestOpenClearsAwayWhatACrashLeft(t *testing.T) {
	l := openLibrary(t)
	incoming := filepath.Join(l.files.dir, incomingDir)
	for name, age := range map[string]time.Duration{"old": 2 * staleAfter, "fresh": staleAfter / 2} {
		path := filepath.Join(incoming, name)
		if err := os.WriteFile(path, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, today, today.Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Open(l.files.dir, l.store, func() time.Time { return today }); err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(incoming)
	if err != nil || len(left) != 1 || left[0].Name() != "fresh" {
		t.Errorf("%v, %v", left, err)
	}
}

func TestWriteThatFailsLeavesNothing(t *testing.T) {
	l := openLibrary(t)
	name := "ab/" + strings.Repeat("ab", 32) + ".png"
	cause := errors.New("disk is full")
	_, err := l.files.write(name, func(w io.Writer) error {
		_, _ = w.Write(make([]byte, 1<<20))
		return cause
	})
	if !errors.Is(err, cause) || !strings.Contains(err.Error(), name) {
		t.Errorf("%v", err)
	}
	if _, there := l.files.size(name); there {
		t.Error("the file is there")
	}
	if left, _ := os.ReadDir(filepath.Join(l.files.dir, incomingDir)); len(left) != 0 {
		t.Errorf("left %v", left)
	}
}
