package main

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"standfirst/bench/measure"
)

// measured returns a bench that has measured: the newsroom answers share times as
// often as the bare server, and with many stories each request takes cost times as
// long.
func measured(t *testing.T, share, cost float64) *bench {
	t.Helper()
	archives := []archive{{size: 1000, paths: make([]string, 1000)}, {size: 100000, paths: make([]string, 100000)}}
	b := newBench(settings{runs: 3, starts: 1, duration: time.Second, idle: time.Second, serverOn: -1}, programs{newsroom: "report_test.go"}, archives, io.Discard)
	sampleOf := func(rate float64) sample {
		return sample{Result: measure.Result{Requests: int64(rate), Total: int64(rate), Elapsed: time.Second, P99: time.Duration(1e9 / rate)}, Processor: time.Duration(1e9 / rate)}
	}
	for _, p := range b.pages {
		for _, drift := range []float64{1, 0.5, 0.9} { // the machine is slow for a while, for everybody
			for i, a := range archives {
				slower := 1.0
				if i > 0 {
					slower = cost
				}
				for k, rate := range map[kind]float64{bare: 40000 / slower, cached: 40000 * share / slower, uncached: 1000 / slower} {
					key := cell{p.name, k, a.size}
					b.samples[key] = append(b.samples[key], sampleOf(rate*drift))
				}
			}
		}
		for _, a := range archives {
			b.starts[cell{p.name, cached, a.size}] = []time.Duration{60 * time.Millisecond}
			b.idleRSS[a.size] = 30 << 20
		}
	}
	return b
}

func TestReportTellsWhatHolds(t *testing.T) {
	for name, test := range map[string]struct {
		share, cost float64
		broken      []string
	}{
		"all hold":   {0.9, 1.1, nil},
		"slow":       {0.6, 1, []string{"req/s of the bare", "p99 of the bare"}},
		"it grows":   {0.9, 1.3, []string{"front page, uncached", "story page, cached"}},
		"just holds": {0.86, 1.19, nil},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := measured(t, test.share, test.cost).report()
			if err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			if err := r.print(&out); err != nil {
				t.Fatal(err)
			}
			err = r.check()
			if (err != nil) != (test.broken != nil) || strings.Contains(out.String(), "DOES NOT HOLD") != (test.broken != nil) {
				t.Errorf("error %v, printed:\n%s", err, out.String())
			}
			for _, words := range test.broken {
				if !strings.Contains(err.Error(), words) {
					t.Errorf("%v does not name %q", err, words)
				}
			}
		})
	}
}

func TestStoryPathsSayTheSameInEveryArchive(t *testing.T) {
	numbered := func(size int) archive {
		a := archive{size: size}
		for i := range size {
			a.paths = append(a.paths, string(rune('a'+i%textPeriod)))
		}
		return a
	}
	small, large := numbered(1000), numbered(100_000)
	few, many := small.storyPaths(1000), large.storyPaths(1000)
	if strings.Join(few, "") != strings.Join(many, "") || len(few) != asked {
		t.Errorf("%d and %d addresses, or of stories that say different things", len(few), len(many))
	}
	tiny := numbered(150)
	if got := len(tiny.storyPaths(50)); got != 10 {
		t.Errorf("an archive compared with one of 50 stories is asked for %d; want 10", got)
	}
}

func TestMedian(t *testing.T) {
	if got := median([]float64{9, 1, 3}); got != 3 {
		t.Errorf("median of three is %v", got)
	}
	if got := median([]float64{9, 1, 3, 5}); got != 4 {
		t.Errorf("median of four is %v", got)
	}
}

func TestParseList(t *testing.T) {
	got := parseList("0-2,5, 7-7,x")
	want := []int{0, 1, 2, 5, 7}
	if len(got) != len(want) {
		t.Fatalf("%v; want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("%v; want %v", got, want)
		}
	}
}
