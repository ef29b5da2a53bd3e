package media

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"standfirst"
	"standfirst/internal/store"
)

var (
	reporter = standfirst.Actor{Kind: standfirst.ActorStaff, ID: 1, Name: "Ada Quill", Role: standfirst.Contributor}
	other    = standfirst.Actor{Kind: standfirst.ActorStaff, ID: 2, Name: "Jo Maas", Role: standfirst.Reporter}
	editor   = standfirst.Actor{Kind: standfirst.ActorStaff, ID: 3, Name: "Mara Oduya", Role: standfirst.Editor}
	outsider = standfirst.Actor{Kind: standfirst.ActorStaff, ID: 4, Name: "Moderator", Role: standfirst.Moderator}
)

func addAs(t *testing.T, l *Library, actor standfirst.Actor, name string, file []byte) standfirst.Picture {
	t.Helper()
	p, err := l.Add(t.Context(), actor, name, bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestDescribe(t *testing.T) {
	l := openLibrary(t)
	p := addAs(t, l, reporter, `C:\phone\two  cranes.png`, encodePNG(t, quarters(40, 30)))
	if p.Name != "two cranes.png" || p.CreatedBy != "staff:1" || p.Focus != standfirst.Centre {
		t.Errorf("%+v", p)
	}
	const done = standfirst.ErrorKind(255)
	words := standfirst.PictureWords{Alt: " Two\ncranes ", Caption: "The quay", Credit: "Jo Maas", Licence: "CC BY 4.0"}
	for _, test := range []struct {
		who   standfirst.Actor
		id    standfirst.PictureID
		words standfirst.PictureWords
		focus standfirst.Focus
		want  standfirst.ErrorKind
	}{
		{standfirst.Actor{}, p.ID, words, standfirst.Centre, standfirst.Unauthenticated},
		{outsider, p.ID, words, standfirst.Centre, standfirst.Forbidden},
		{other, p.ID, words, standfirst.Centre, standfirst.Forbidden},
		{editor, 999, words, standfirst.Centre, standfirst.NotFound},
		{reporter, p.ID, words, standfirst.Focus{X: 101}, standfirst.Invalid},
		{reporter, p.ID, words, standfirst.Focus{Y: -1}, standfirst.Invalid},
		{reporter, p.ID, standfirst.PictureWords{Alt: strings.Repeat("a", 2001)}, standfirst.Centre, standfirst.Invalid},
		{reporter, p.ID, standfirst.PictureWords{Licence: "\xff"}, standfirst.Centre, standfirst.Invalid},
		{reporter, p.ID, words, standfirst.Focus{X: 20, Y: 80}, done},
		{editor, p.ID, words, standfirst.Focus{X: 20, Y: 80}, done}, // says the same
		{editor, p.ID, standfirst.PictureWords{Alt: "Cranes"}, standfirst.Focus{X: 20, Y: 80}, done},
	} {
		err := l.Describe(t.Context(), test.who, test.id, test.words, test.focus, "")
		if (err != nil || test.want != done) && standfirst.KindOf(err) != test.want {
			t.Errorf("%s, %+v: %v, want %q", test.who, test.words, err, test.want)
		}
	}
	got := picture(t, l, p.ID)
	if got.PictureWords != (standfirst.PictureWords{Alt: "Cranes"}) || got.Focus != (standfirst.Focus{X: 20, Y: 80}) {
		t.Errorf("%+v", got)
	}
	var trail []string
	err := l.store.View(t.Context(), func(tx *store.ReadTx) error {
		entries, err := tx.Audits("picture:"+p.ID.String(), 10)
		for _, e := range entries {
			trail = append(trail, e.Action+" "+e.Detail)
		}
		return err
	})
	if want := []string{"picture.describe alt text, caption, credit, licence", "picture.describe alt text, caption, credit, licence, focal point", "picture.add two cranes.png"}; err != nil || !slices.Equal(trail, want) {
		t.Errorf("%q, %v", trail, err)
	}
}

func TestDelete(t *testing.T) {
	l := openLibrary(t)
	file := encodeJPEG(t, photograph(500, 300))
	p := addAs(t, l, reporter, "quay.jpg", file)
	if err := l.RenderJob(t.Context(), renderJob(p.ID)); err != nil {
		t.Fatal(err)
	}
	var story standfirst.StoryID
	with := standfirst.Content{Headline: "Quay", Inset: []standfirst.PictureID{p.ID}}
	update := func(fn func(tx *store.Tx) error) {
		t.Helper()
		if err := l.store.Update(t.Context(), fn); err != nil {
			t.Fatal(err)
		}
	}
	update(func(tx *store.Tx) (err error) {
		story, err = tx.InsertStory(standfirst.Story{Kind: standfirst.KindStory, State: standfirst.Draft, Slug: "quay"}, with)
		return err
	})
	wantKind := func(who standfirst.Actor, want standfirst.ErrorKind) {
		t.Helper()
		if err := l.Delete(t.Context(), who, p.ID); standfirst.KindOf(err) != want {
			t.Errorf("%s: %v, want %q", who, err, want)
		}
	}
	wantKind(standfirst.Actor{}, standfirst.Unauthenticated)
	wantKind(outsider, standfirst.Forbidden)
	wantKind(other, standfirst.Forbidden)
	wantKind(reporter, standfirst.Conflict)
	uses, err := l.Uses(t.Context(), other, p.ID, 0, 5)
	if err != nil || !slices.Equal(uses, []standfirst.PictureUse{{Story: story, Draft: true}}) {
		t.Errorf("uses %+v, %v", uses, err)
	}
	if _, err := l.Uses(t.Context(), outsider, p.ID, 0, 5); standfirst.KindOf(err) != standfirst.Forbidden {
		t.Error(err)
	}
	update(func(tx *store.Tx) error {
		return tx.SaveWorkingCopy(standfirst.WorkingCopy{StoryID: story, Version: 1, Content: standfirst.Content{Headline: "Quay"}})
	})
	author := standfirst.Author{Slug: "mara-oduya", Name: "Mara Oduya", Picture: p.ID}
	update(func(tx *store.Tx) (err error) {
		author.ID, err = tx.InsertAuthor(author)
		if err != nil {
			return err
		}
		return tx.UpdateAuthor(author)
	})
	wantKind(reporter, standfirst.Conflict)
	author.Picture = 0
	update(func(tx *store.Tx) error { return tx.UpdateAuthor(author) })
	p = picture(t, l, p.ID)
	if err := l.Delete(t.Context(), reporter, p.ID); err != nil {
		t.Fatal(err)
	}
	wantKind(reporter, standfirst.NotFound)
	if err := l.RenderJob(t.Context(), renderJob(p.ID)); err != nil {
		t.Errorf("rendering what is gone: %v", err)
	}
	var removal standfirst.Job
	for _, job := range jobs(t, l) {
		if job.Kind == standfirst.JobRemovePicture {
			removal = job
		}
	}
	again := addAs(t, l, other, "quay.jpg", file) // before the job has run: the files stay
	if again.ID == p.ID {
		t.Errorf("the number %d is given twice", p.ID)
	}
	if err := l.RemoveJob(t.Context(), removal); err != nil {
		t.Fatal(err)
	}
	readFile(t, l, again.File)
	if err := l.Delete(t.Context(), editor, again.ID); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := l.RemoveJob(t.Context(), removal); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range append(p.Renditions, p.File) {
		if _, err := fs.Stat(l.FS(), f.Name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s is still there: %v", f.Name, err)
		}
	}
}

func TestFind(t *testing.T) {
	l := openLibrary(t)
	var ids []standfirst.PictureID
	for i, actor := range []standfirst.Actor{reporter, other, reporter} {
		p := addAs(t, l, actor, []string{"cranes.png", "ferry.png", "harbour-cranes.png"}[i], encodePNG(t, quarters(8+i, 8)))
		ids = append(ids, p.ID)
	}
	if err := l.Describe(t.Context(), editor, ids[1], standfirst.PictureWords{Caption: "The Antje beneath the cranes."}, standfirst.Centre, ""); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		search Search
		limit  int
		want   []standfirst.PictureID
		next   standfirst.PictureID
	}{
		"all":        {Search{}, 5, []standfirst.PictureID{ids[2], ids[1], ids[0]}, 0},
		"a page":     {Search{}, 2, []standfirst.PictureID{ids[2], ids[1]}, ids[1]},
		"the next":   {Search{Before: ids[1]}, 2, []standfirst.PictureID{ids[0]}, 0},
		"mine":       {Search{By: "staff:1"}, 5, []standfirst.PictureID{ids[2], ids[0]}, 0},
		"words":      {Search{Words: "CRANE antje"}, 5, []standfirst.PictureID{ids[1]}, 0},
		"a file":     {Search{Words: "harbour-cranes.png"}, 5, []standfirst.PictureID{ids[2]}, 0},
		"some words": {Search{Words: "crane"}, 2, []standfirst.PictureID{ids[2], ids[1]}, ids[1]},
		"none":       {Search{Words: "submarine"}, 2, nil, 0},
	} {
		found, err := l.Find(t.Context(), other, test.search, test.limit)
		var got []standfirst.PictureID
		for _, p := range found.Pictures {
			got = append(got, p.ID)
		}
		if err != nil || !slices.Equal(got, test.want) || found.Next != test.next || found.Bounded {
			t.Errorf("%s: %v, next %v, bounded %v, %v", name, got, found.Next, found.Bounded, err)
		}
	}
	if _, err := l.Find(t.Context(), outsider, Search{}, 5); standfirst.KindOf(err) != standfirst.Forbidden {
		t.Error(err)
	}
	if _, err := l.Show(t.Context(), outsider, ids[0]); standfirst.KindOf(err) != standfirst.Forbidden {
		t.Error(err)
	}
}

// TestPlaceIsStripped adds a picture that says where it was taken, as telephones write it.
func TestPlaceIsStripped(t *testing.T) {
	l := openLibrary(t)
	order := binary.BigEndian
	field := func(b []byte, tag, kind uint16, count, value uint32) []byte {
		b = order.AppendUint16(order.AppendUint16(b, tag), kind)
		return order.AppendUint32(order.AppendUint32(b, count), value)
	}
	const (
		gpsDirectory, rational, ascii = 0x8825, 5, 2
		gpsAt, placeAt                = 26, 26 + 2 + 2*12 + 4
	)
	tiff := order.AppendUint32([]byte("MM\x00*"), 8)
	tiff = field(order.AppendUint16(tiff, 1), gpsDirectory, 4, 1, gpsAt)
	tiff = order.AppendUint32(tiff, 0)
	tiff = field(order.AppendUint16(tiff, 2), 1, ascii, 2, uint32('N')<<24)
	tiff = order.AppendUint32(field(tiff, 2, rational, 3, placeAt), 0)
	var place []byte
	for _, n := range []uint32{51, 1, 13, 1, 982, 100} { // 51° 13′ 9.82″
		place = order.AppendUint32(place, n)
	}
	tiff = append(tiff, place...)
	p := add(t, l, "phone.jpg", withSegments(encodeJPEG(t, photograph(500, 300)), segment(markerAPP1, append([]byte("Exif\x00\x00"), tiff...))))
	if err := l.RenderJob(t.Context(), renderJob(p.ID)); err != nil {
		t.Fatal(err)
	}
	p = picture(t, l, p.ID)
	for _, f := range append(p.Renditions, p.File) {
		b := readFile(t, l, f)
		if bytes.Contains(b, place) || bytes.Contains(b, []byte("Exif")) {
			t.Errorf("%s says where it was taken", f.Name)
		}
		for rest := b[2:]; rest[1] != markerStartOfScan; rest = rest[2+int(order.Uint16(rest[2:])):] {
			if rest[1] >= markerAPP1 && rest[1] <= 0xef || rest[1] == 0xfe {
				t.Errorf("%s has a segment %#x", f.Name, rest[1])
			}
		}
	}
}
