package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"standfirst/bench/measure"
)

// settings are how much is measured.
type settings struct {
	runs        int
	duration    time.Duration // of each recorded load
	warmUp      time.Duration // before each
	idle        time.Duration // from the start to the idle memory
	starts      int           // cold starts of each kind
	connections int           // to a server with its page cache
	serverOn    int           // processor; negative for any
	loadOn      int
	smoke       bool   // everything once and short
	only        string // a part; empty for all
}

// The parts of what is measured.
const (
	pagesPart    = "pages"
	commentsPart = "comments"
	streamsPart  = "streams"
)

var parts = []string{pagesPart, commentsPart, streamsPart}

// kind says which server, or which way of running it, a sample is of.
type kind string

const (
	cached   kind = "cached"   // the newsroom as it is started by default
	bare     kind = "bare"     // net/http with the same bytes
	uncached kind = "uncached" // the newsroom with --page-cache 0
)

// page is one of the pages that are measured, with its addresses in each archive.
type page struct {
	name  string
	paths func(a archive) []string
}

// sample is what one load came to.
type sample struct {
	measure.Result
	Processor time.Duration // that the server used for each request
	Busy      float64       // part of one processor that the server used
}

// cell names a series of samples, one a run.
type cell struct {
	page string
	kind kind
	size int
}

// bench is everything that is measured and what came of it so far.
type bench struct {
	settings
	programs programs
	archives []archive // the smallest first
	pages    []page
	progress io.Writer

	samples map[cell][]sample
	idleRSS map[int]int64 // by archive size, bytes
	peakRSS map[int]int64 // the same, under load
	// idleFile is how much of idleRSS is pages of files, nearly all of them of the program:
	// the system drops those when it is short of memory, and how many it maps at once
	// differs between kernels.
	idleFile map[int]int64
	starts   map[cell][]time.Duration // kind is cached

	talked  *talked // nil where comments are not measured
	guests  int     // how many numbers of guests are taken
	sent    map[kind][]measure.Sent
	streams *streams // nil where there are none
}

func newBench(s settings, p programs, archives []archive, progress io.Writer) *bench {
	smallest := archives[0].size
	return &bench{
		settings: s, programs: p, archives: archives, progress: progress,
		pages: []page{
			{"story", func(a archive) []string { return a.storyPaths(smallest) }},
			{"front", func(archive) []string { return []string{frontPath} }},
			{"section", func(archive) []string { return []string{sectionPath()} }},
		},
		samples: make(map[cell][]sample), idleRSS: make(map[int]int64), idleFile: make(map[int]int64), peakRSS: make(map[int]int64),
		starts: make(map[cell][]time.Duration), sent: make(map[kind][]measure.Sent),
	}
}

// run measures everything.
func (b *bench) run(ctx context.Context) error {
	if b.does(pagesPart) {
		if err := b.measurePages(ctx); err != nil {
			return err
		}
	}
	if b.does(commentsPart) {
		if err := b.measureTalk(ctx); err != nil {
			return fmt.Errorf("comments: %w", err)
		}
	}
	if b.does(streamsPart) {
		if err := b.measureStreams(ctx); err != nil {
			return fmt.Errorf("streams: %w", err)
		}
	}
	return nil
}

// does reports whether the part is to be measured.
func (b *bench) does(part string) bool { return b.only == "" || b.only == part }

// measurePages measures the pages, with the page cache and without.
func (b *bench) measurePages(ctx context.Context) error {
	if err := b.measureStarts(ctx); err != nil {
		return fmt.Errorf("cold start: %w", err)
	}
	if err := b.measureCached(ctx); err != nil {
		return fmt.Errorf("cached pages: %w", err)
	}
	if err := b.measureUncached(ctx); err != nil {
		return fmt.Errorf("uncached pages: %w", err)
	}
	return nil
}

// measureStarts starts the newsroom again and again, on any processor, and takes
// the time until it has sent its first page whole.
func (b *bench) measureStarts(ctx context.Context) error {
	b.say("cold starts")
	for range b.settings.starts {
		for _, a := range b.archives {
			for _, p := range b.pages {
				begin := time.Now()
				s, err := b.programs.serve(ctx, -1, a)
				if err != nil {
					return err
				}
				_, err = fetch(ctx, s.address, p.paths(a)[0])
				took := time.Since(begin)
				if err := errors.Join(err, s.stop()); err != nil {
					return err
				}
				key := cell{p.name, cached, a.size}
				b.starts[key] = append(b.starts[key], took)
			}
		}
	}
	return nil
}

// measureCached loads the newsroom and the bare server by turns, for each page and
// archive in each run, and takes the newsroom's memory before and after.
func (b *bench) measureCached(ctx context.Context) (err error) {
	newsrooms, stop, err := b.serveArchives(ctx)
	defer func() { err = errors.Join(err, stop()) }()
	if err != nil {
		return err
	}
	if err := wait(ctx, b.idle); err != nil {
		return err
	}
	if err := errors.Join(record(newsrooms, b.idleRSS, "VmRSS"), record(newsrooms, b.idleFile, "RssFile")); err != nil {
		return err
	}
	bares := make(map[int]*server)
	defer func() { err = errors.Join(err, stopAll(bares)) }()
	for _, a := range b.archives {
		if bares[a.size], err = b.copyToBare(ctx, a, newsrooms[a.size]); err != nil {
			return err
		}
	}
	turn := func(p page, a archive) error {
		if err := b.sample(ctx, cell{p.name, bare, a.size}, bares[a.size], p.paths(a), b.connections); err != nil {
			return err
		}
		return b.sample(ctx, cell{p.name, cached, a.size}, newsrooms[a.size], p.paths(a), b.connections)
	}
	if err := b.alternate("cached", turn); err != nil {
		return err
	}
	return record(newsrooms, b.peakRSS, "VmHWM")
}

// measureUncached asks a newsroom that keeps no pages for one after the other.
func (b *bench) measureUncached(ctx context.Context) (err error) {
	newsrooms, stop, err := b.serveArchives(ctx, "--page-cache", "0")
	defer func() { err = errors.Join(err, stop()) }()
	if err != nil {
		return err
	}
	return b.alternate("uncached", func(p page, a archive) error {
		return b.sample(ctx, cell{p.name, uncached, a.size}, newsrooms[a.size], p.paths(a), 1)
	})
}

// alternate takes each page's turn with each archive, and all of that in each run,
// so that what slows the machine down for a while meets all of them.
func (b *bench) alternate(what string, turn func(page, archive) error) error {
	for run := range b.runs {
		b.say("%s, run %d of %d", what, run+1, b.runs)
		for _, p := range b.pages {
			for _, a := range b.archives {
				if err := turn(p, a); err != nil {
					return fmt.Errorf("%s page with %d stories: %w", p.name, a.size, err)
				}
			}
		}
	}
	return nil
}

// serveArchives starts a newsroom on each archive. stop ends those that started.
func (b *bench) serveArchives(ctx context.Context, flags ...string) (servers map[int]*server, stop func() error, err error) {
	servers = make(map[int]*server)
	stop = func() error { return stopAll(servers) }
	for _, a := range b.archives {
		s, err := b.programs.serve(ctx, b.serverOn, a, flags...)
		if err != nil {
			return servers, stop, err
		}
		servers[a.size] = s
	}
	return servers, stop, nil
}

// copyToBare starts a bare server with the newsroom's pages.
func (b *bench) copyToBare(ctx context.Context, a archive, newsroom *server) (*server, error) {
	var paths []string
	for _, p := range b.pages {
		paths = append(paths, p.paths(a)...)
	}
	stored, err := fetchAll(ctx, newsroom.address, paths)
	if err != nil {
		return nil, err
	}
	return b.programs.serveBare(ctx, b.serverOn, a.size, stored)
}

// sample asks the server for pages and keeps what came of it.
func (b *bench) sample(ctx context.Context, key cell, s *server, paths []string, connections int) error {
	return b.load(ctx, key, s, measure.Task{
		Address: s.address, Paths: paths, Connections: connections, WarmUp: b.warmUp, Duration: b.duration,
	})
}

// load loads the server once and keeps what came of it.
func (b *bench) load(ctx context.Context, key cell, s *server, task measure.Task) error {
	before, err := s.processorTime()
	if err != nil {
		return err
	}
	begin := time.Now()
	result, err := b.programs.drive(ctx, b.loadOn, task)
	if err != nil {
		return errors.Join(err, s.lastWords())
	}
	loaded := time.Since(begin)
	after, err := s.processorTime()
	if err != nil {
		return err
	}
	used := after - before
	b.samples[key] = append(b.samples[key], sample{
		Result: result, Processor: used / time.Duration(result.Total), Busy: used.Seconds() / loaded.Seconds(),
	})
	return nil
}

// record reads a figure of each server's memory.
func record(servers map[int]*server, into map[int]int64, figure string) error {
	for size, s := range servers {
		bytes, err := s.memory(figure)
		if err != nil {
			return err
		}
		into[size] = bytes
	}
	return nil
}

func stopAll(servers map[int]*server) error {
	var errs []error
	for _, s := range servers {
		if s != nil {
			errs = append(errs, s.stop())
		}
	}
	return errors.Join(errs...)
}

// wait waits for the duration or until the context ends.
func wait(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

func (b *bench) say(format string, args ...any) {
	_, _ = fmt.Fprintf(b.progress, format+"\n", args...)
}
