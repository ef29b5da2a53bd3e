// Command bench measures the newsroom as a whole: the binary as it is released,
// serving an archive of a thousand stories and one of a hundred thousand, beside a
// bare net/http server that writes the same bytes. README.md says how to read what
// it prints.
//
//	go run ./bench
//
// It knows the newsroom from outside, by its addresses; only to fill its archives it
// calls the use cases themselves.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// options are what the command line says.
type options struct {
	settings
	sizes []int
	json  bool
	check bool
	cache string
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	o, err := parse(os.Args[1:])
	if err != nil {
		_, _ = fmt.Fprintf(os.Stderr, "bench: %v\n", err)
		os.Exit(2)
	}
	err = run(ctx, o, os.Stdout, os.Stderr)
	if ctx.Err() != nil {
		err = errors.New("stopped")
	}
	stop()
	if err != nil {
		_, _ = fmt.Fprintf(os.Stderr, "bench: %v\n", err)
		os.Exit(1)
	}
}

// parse reads the flags.
func parse(args []string) (options, error) {
	var o options
	flags := flag.NewFlagSet("bench", flag.ExitOnError)
	sizes := flags.String("stories", "1000,100000", "sizes of the archives; the first and the last are compared")
	flags.IntVar(&o.runs, "runs", 5, "alternating runs")
	flags.DurationVar(&o.duration, "duration", 4*time.Second, "of each recorded load")
	flags.DurationVar(&o.warmUp, "warm-up", time.Second, "load before each recorded one")
	flags.DurationVar(&o.idle, "idle", 10*time.Second, "from the start to the idle memory")
	flags.IntVar(&o.starts, "starts", 9, "cold starts of each page and archive")
	flags.IntVar(&o.connections, "connections", 32, "kept open to a server with its page cache")
	flags.StringVar(&o.cache, "cache", "", "folder for filled archives (default: standfirst-bench in the user's cache folder)")
	flags.StringVar(&o.only, "only", "", "measure one part: "+strings.Join(parts, ", ")+" (default: all)")
	flags.BoolVar(&o.json, "json", false, "print everything that was measured as JSON")
	flags.BoolVar(&o.check, "check", false, "fail when a promise does not hold")
	flags.BoolVar(&o.smoke, "smoke", false, "see that it works: tiny archives, one short run; the figures mean nothing")
	_ = flags.Parse(args) // it exits by itself on an error
	if flags.NArg() > 0 {
		return o, fmt.Errorf("there are no arguments besides flags, but found %q", flags.Arg(0))
	}
	if o.smoke {
		*sizes = "50,150"
		o.runs, o.starts = 1, 1
		o.duration, o.warmUp, o.idle = 300*time.Millisecond, 100*time.Millisecond, time.Second
	}
	for word := range strings.SplitSeq(*sizes, ",") {
		size, err := strconv.Atoi(strings.TrimSpace(word))
		if err != nil || size < 1 {
			return o, fmt.Errorf("-stories: %q is not a number of stories", word)
		}
		o.sizes = append(o.sizes, size)
	}
	slices.Sort(o.sizes)
	o.sizes = slices.Compact(o.sizes)
	if o.only != "" && !slices.Contains(parts, o.only) {
		return o, fmt.Errorf("-only: there is no part %q; there are %s", o.only, strings.Join(parts, ", "))
	}
	if o.only != "" && o.only != pagesPart {
		o.sizes = o.sizes[:1] // the smallest is enough
	}
	if o.runs < 1 || o.starts < 1 || o.connections < 1 {
		return o, errors.New("-runs, -starts and -connections begin at 1")
	}
	return o, nil
}

// run builds, fills, measures and prints.
func run(ctx context.Context, o options, out, progress io.Writer) (err error) {
	work, err := os.MkdirTemp("", "standfirst-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	module, err := moduleFolder(ctx)
	if err != nil {
		return err
	}
	built, err := buildPrograms(ctx, module, work)
	if err != nil {
		return err
	}
	archives, err := openArchives(ctx, o, module, work, progress)
	if err != nil {
		return err
	}
	o.serverOn, o.loadOn = processors()
	b := newBench(o.settings, built, archives, progress)
	if err := b.run(ctx); err != nil {
		return err
	}
	r, err := b.report()
	if err != nil {
		return err
	}
	if o.json {
		encoder := json.NewEncoder(out)
		encoder.SetIndent("", "  ")
		err = encoder.Encode(r)
	} else {
		err = r.print(out)
	}
	if err == nil && o.check {
		err = r.check()
	}
	return err
}

// openArchives opens or fills an archive of each size.
func openArchives(ctx context.Context, o options, module, work string, progress io.Writer) ([]archive, error) {
	cache := o.cache
	switch {
	case cache != "":
	case o.smoke:
		cache = work
	default:
		user, err := os.UserCacheDir()
		if err != nil {
			return nil, err
		}
		cache = filepath.Join(user, "standfirst-bench")
	}
	digest, err := schemaDigest(module)
	if err != nil {
		return nil, err
	}
	var archives []archive
	for _, size := range o.sizes {
		a, err := openArchive(ctx, cache, digest, size, progress)
		if err != nil {
			return nil, err
		}
		archives = append(archives, a)
	}
	return archives, nil
}
