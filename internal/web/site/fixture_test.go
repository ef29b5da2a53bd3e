package site

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io/fs"
	"log/slog"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"standfirst"
	"standfirst/internal/account"
	"standfirst/internal/discuss"
	"standfirst/internal/live"
	"standfirst/internal/newsroom"
	"standfirst/internal/pagecache"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
	"standfirst/internal/web"
)

// house is a newsroom with a site in front of it.
type house struct {
	t     testing.TB
	store *store.Store
	news  *newsroom.Newsroom
	cache *pagecache.Cache
	media fstest.MapFS
	site  *Site
	talk  *discuss.Talk
	hub   *live.Hub
	staff *account.Accounts
	now   time.Time
}

const baseURL = "https://ledger.example"

// newHouse returns a publication without stories.
func newHouse(t testing.TB) *house {
	t.Helper()
	return newHouseOn(t, storetest.Open(t))
}

// newHouseOn returns a publication in the store, without stories.
func newHouseOn(t testing.TB, st *store.Store) *house {
	t.Helper()
	h := &house{
		t: t, store: st,
		media: make(fstest.MapFS), now: time.Date(2026, time.March, 3, 9, 0, 0, 0, time.UTC),
	}
	h.cache = pagecache.New(pagecache.Options{MaxBytes: 32 << 20, Clock: func() time.Time { return h.now }})
	h.store.OnTouch(func(tags []standfirst.Tag) { h.cache.Drop(tags...) })
	h.news = newsroom.New(h.store, newsroom.Options{Clock: func() time.Time { return h.now }})
	pub := standfirst.DefaultPublication()
	pub.Name, pub.Description = "The Harbour Ledger", "Freight, finance and the firms in between."
	pub.BaseURL, pub.TimeZone, pub.Language = baseURL, "Europe/London", "en-GB"
	h.must(h.news.SetUp(t.Context(), standfirst.Command(), pub))
	var err error
	h.talk = discuss.New(h.store, discuss.Options{Clock: func() time.Time { return h.now }})
	h.hub = live.New(live.Options{})
	h.staff = account.New(h.store, account.Options{Clock: func() time.Time { return h.now }, Logger: slog.New(slog.DiscardHandler)})
	h.site, err = New(Options{
		Talk: h.talk, Accounts: h.staff, Live: h.hub, Clock: func() time.Time { return h.now },
		Store: h.store.Reader(), Cache: h.cache, Media: h.media,
		Logger: slog.New(slog.DiscardHandler), Metrics: web.NewMetrics(),
	})
	h.must(err)
	h.store.OnTouch(h.site.Touched)
	return h
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// draft stores a draft.
func (h *house) draft(c standfirst.Content, change ...func(*newsroom.Draft)) standfirst.Story {
	h.t.Helper()
	d := newsroom.Draft{Content: c}
	for _, f := range change {
		f(&d)
	}
	story, err := h.news.Create(h.t.Context(), standfirst.Command(), d)
	h.must(err)
	return story
}

// publish publishes a text an hour after the last one.
func (h *house) publish(c standfirst.Content, change ...func(*newsroom.Draft)) standfirst.Story {
	h.t.Helper()
	h.now = h.now.Add(time.Hour)
	story := h.draft(c, change...)
	published, err := h.news.Publish(h.t.Context(), standfirst.Command(), story.ID, newsroom.PublishOptions{Change: standfirst.Change{Class: standfirst.Update}})
	h.must(err)
	return published.Story
}

// update publishes the story again, with its text changed.
func (h *house) update(id standfirst.StoryID, change func(*standfirst.Content)) {
	h.t.Helper()
	h.edit(id, standfirst.Change{Class: standfirst.Update}, change)
}

// edit publishes the story again, with its text changed for the reason.
func (h *house) edit(id standfirst.StoryID, why standfirst.Change, change func(*standfirst.Content)) {
	h.t.Helper()
	h.now = h.now.Add(time.Hour)
	work := h.working(id)
	change(&work.Content)
	_, err := h.news.Save(h.t.Context(), standfirst.Command(), id, work.Version, work.Content)
	h.must(err)
	_, err = h.news.Publish(h.t.Context(), standfirst.Command(), id, newsroom.PublishOptions{Change: why})
	h.must(err)
}

// working returns the working copy of the story.
func (h *house) working(id standfirst.StoryID) standfirst.WorkingCopy {
	h.t.Helper()
	var work standfirst.WorkingCopy
	h.must(h.store.View(h.t.Context(), func(tx *store.ReadTx) (err error) {
		work, err = tx.WorkingCopy(id)
		return err
	}))
	return work
}

// picture stores a picture with renditions of the widths.
func (h *house) picture(name string, widths ...int) standfirst.PictureID {
	h.t.Helper()
	file := func(suffix string, width int) standfirst.PictureFile {
		b := drawing(width)
		f := standfirst.PictureFile{Name: "aa/" + name + suffix + ".jpg", Width: width, Height: width * 9 / 16, Bytes: int64(len(b))}
		h.media[f.Name] = &fstest.MapFile{Data: b, Mode: fs.FileMode(0o644), ModTime: h.now}
		return f
	}
	var id standfirst.PictureID
	p := standfirst.Picture{Digest: strings.Repeat(name[:1], 64), Format: "jpeg", File: file("", 1800), Focus: standfirst.Centre}
	var renditions []standfirst.PictureFile
	for _, w := range widths {
		renditions = append(renditions, file(fmt.Sprintf("-%d", w), w))
	}
	h.must(h.store.Update(h.t.Context(), func(tx *store.Tx) (err error) {
		if id, err = tx.InsertPicture(p); err != nil {
			return err
		}
		return tx.InsertRenditions(id, renditions)
	}))
	return id
}

// drawing returns a picture of a warehouse under a sky.
func drawing(width int) []byte {
	m := image.NewRGBA(image.Rect(0, 0, width, width*9/16))
	b := m.Bounds()
	for y := range b.Max.Y {
		for x := range b.Max.X {
			c := color.RGBA{uint8(190 + y*40/b.Max.Y), uint8(205 + y*25/b.Max.Y), 210, 255}
			roof := b.Max.Y * 5 / 10
			if bay := x * 7 / b.Max.X; y > roof && x > b.Max.X/9 {
				c = color.RGBA{uint8(70 + bay*9), uint8(92 + bay*7), 100, 255}
				if y > b.Max.Y*7/10 && x*28/b.Max.X%4 > 1 {
					c = color.RGBA{44, 58, 66, 255}
				}
			}
			if y > b.Max.Y*9/10 {
				c = color.RGBA{120, 118, 110, 255}
			}
			m.SetRGBA(x, y, c)
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, m, &jpeg.Options{Quality: 60}); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// publication returns the settings.
func (h *house) publication() standfirst.Publication {
	h.t.Helper()
	var pub standfirst.Publication
	h.must(h.store.View(h.t.Context(), func(tx *store.ReadTx) (err error) {
		pub, err = tx.Publication()
		return err
	}))
	return pub
}
