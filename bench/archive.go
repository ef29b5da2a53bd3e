package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

const (
	// fillVersion is part of a filled folder's name. It goes up when the text or the
	// way of filling changes.
	fillVersion = 2
	// writers publish side by side while a folder is filled, so that the store
	// commits them in groups.
	writers = 64
	// every is the time between two stories of an archive: about 28 a day, whatever
	// its size, so that a day's list is of the same length in each.
	every = 52 * time.Minute
	// textPeriod is after how many stories the texts come round again. The newest
	// stories of any two archives whose sizes are multiples of it say the same.
	textPeriod = 1000
	// asked is how many stories an archive is asked for.
	asked = 200
)

// newest is when the last story of every archive came out.
var newest = time.Date(2026, time.January, 5, 9, 0, 0, 0, time.UTC)

// archive is a newsroom's data folder with a known number of stories.
type archive struct {
	size  int
	dir   string   // data folder
	paths []string // of the stories, the oldest first
}

const pathsFile = "bench-paths.json"

// openArchive returns the archive of the size, filling a folder under the cache if
// it is not there yet. The digest names the database schema.
func openArchive(ctx context.Context, cache, digest string, size int, progress io.Writer) (archive, error) {
	a := archive{size: size, dir: filepath.Join(cache, fmt.Sprintf("v%d-%s-%d", fillVersion, digest, size))}
	encoded, err := os.ReadFile(filepath.Join(a.dir, pathsFile))
	if err == nil {
		return a, json.Unmarshal(encoded, &a.paths)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return a, err
	}
	if err := os.RemoveAll(a.dir); err != nil { // one that was not filled to the end
		return a, err
	}
	if err := os.MkdirAll(a.dir, 0o750); err != nil {
		return a, err
	}
	begin := time.Now()
	_, _ = fmt.Fprintf(progress, "filling %s with %d stories\n", a.dir, size)
	if err := a.fill(ctx, progress); err != nil {
		return a, fmt.Errorf("fill %s: %w", a.dir, err)
	}
	_, _ = fmt.Fprintf(progress, "filled in %.0f s\n", time.Since(begin).Seconds())
	encoded, err = json.Marshal(a.paths)
	if err != nil {
		return a, err
	}
	return a, os.WriteFile(filepath.Join(a.dir, pathsFile), encoded, 0o600)
}

// fill makes the publication and publishes the stories, through the same use cases
// as everything else that publishes.
func (a *archive) fill(ctx context.Context, progress io.Writer) (err error) {
	st, err := store.Open(ctx, store.Options{Path: filepath.Join(a.dir, "standfirst.db")})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	room := newsroom.New(st, newsroom.Options{})
	pub := standfirst.DefaultPublication()
	pub.Name, pub.BaseURL = "The Measured Ledger", "https://ledger.example"
	if err := room.SetUp(ctx, standfirst.Command(), pub); err != nil {
		return err
	}
	a.paths = make([]string, a.size)
	// The first stories make the sections, topics and authors: one after the other,
	// so that they come in the same order in every archive.
	first := min(a.size, len(topics)*len(sections))
	if err := a.publish(ctx, room, 0, first, 1, progress); err != nil {
		return err
	}
	if err := a.publish(ctx, room, first, a.size, writers, progress); err != nil {
		return err
	}
	return forgetTouches(ctx, st)
}

// publish publishes the stories from the first up to the end, several at a time.
func (a *archive) publish(ctx context.Context, room *newsroom.Newsroom, first, end, sideBySide int, progress io.Writer) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(sideBySide)
	for i := first; i < end && ctx.Err() == nil; i++ {
		group.Go(func() error {
			content, about := storyText(i % textPeriod)
			content = newsroom.Prepare(content)
			figures, err := figuresOf(i, content, about)
			if err != nil {
				return err
			}
			date := newest.Add(-time.Duration(a.size-1-i) * every)
			published, err := room.CreateAndPublish(ctx, standfirst.Command(), newsroom.Draft{
				Content: content, Figures: figures, Day: standfirst.DayOf(date, time.UTC), OriginalDate: date,
			})
			a.paths[i] = published.Path()
			return err
		})
		if i > 0 && i%10_000 == 0 {
			_, _ = fmt.Fprintf(progress, "  %d\n", i)
		}
	}
	return group.Wait()
}

// forgetTouches removes the rows that told other processes of the changes, as the
// newsroom's own job would a day later: a server that starts on the folder would
// otherwise do it while it is measured.
func forgetTouches(ctx context.Context, st *store.Store) error {
	later := newsroom.New(st, newsroom.Options{Clock: func() time.Time { return time.Now().AddDate(1, 0, 0) }})
	return later.PruneTouchedJob(ctx, standfirst.Job{})
}

// storyPaths returns the addresses that are asked for: stories from all over the
// archive that cite figures, yet with the same texts in archives of different sizes.
// smallest is the smallest size among those compared.
func (a *archive) storyPaths(smallest int) []string {
	period := min(textPeriod, smallest) / figuresEvery * figuresEvery
	count := min(asked, period/figuresEvery)
	paths := make([]string, count)
	for k := range count {
		block := k * a.size / count / period * period
		paths[k] = a.paths[min(block+k*figuresEvery, a.size-1)]
	}
	return paths
}

// frontPath and sectionPath are the other two pages.
const frontPath = "/"

func sectionPath() string { return standfirst.SectionPath(standfirst.Slugify(sections[0])) }
