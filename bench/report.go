package main

import (
	"fmt"
	"os"
	"slices"
	"time"
)

// report is everything that was measured, as -json prints it. Durations are in
// nanoseconds, sizes in bytes.
type report struct {
	Machine  machine
	Smoke    bool   // so short that the figures mean nothing, and are held against no promise
	Where    string // how servers and generator shared the processors
	Runs     int
	Duration time.Duration
	Starts   int
	Idle     time.Duration

	BesideBare []comparison
	Growth     []growth
	Memory     []memoryUse
	FirstPages []firstPage
	Talk       *talkReport // nil where comments were not measured
	Streams    *streams    // nil where there are none
	Binary     int64
	Promises   []promise
	Samples    []series
}

// comparison is a cached page beside the same bytes from the bare server. Values
// are medians over the runs, a ratio is the median of the runs' own ratios.
type comparison struct {
	Page                 string
	Stories              int
	Bytes                int64 // of the body as it is sent, on average
	Rate, BareRate       float64
	RateRatio            float64
	P99, BareP99         time.Duration
	P99Ratio             float64
	Processor, BareProcs time.Duration // of the server for each request
	Busy                 float64       // part of one processor that the newsroom used
}

// growth is a page with many stories beside the same with few.
type growth struct {
	Page                 string
	Kind                 kind
	Few, Many            int
	FewRate, ManyRate    float64
	FewP50, ManyP50      time.Duration
	FewP99, ManyP99      time.Duration
	FewProcs, ManyProcs  time.Duration
	Cost, ProcessorCosts float64 // many ÷ few, in time for each request
}

type memoryUse struct {
	Stories    int
	Idle, Peak int64
	File       int64 // of Idle, pages of the program's file
}

type firstPage struct {
	Page    string
	Stories int
	Median  time.Duration
	Slowest time.Duration
}

// series is the samples behind the medians.
type series struct {
	Page    string
	Kind    kind
	Stories int
	Samples []sample
}

// report makes the medians of what was measured.
func (b *bench) report() (report, error) {
	r := report{
		Machine: thisMachine(), Smoke: b.smoke, Where: b.where(), Runs: b.runs, Duration: b.duration,
		Starts: b.settings.starts, Idle: b.idle,
	}
	info, err := os.Stat(b.programs.newsroom)
	if err != nil {
		return r, err
	}
	r.Binary = info.Size()
	if b.does(pagesPart) {
		b.reportPages(&r)
	}
	if r.Talk = b.talkReport(); r.Talk != nil {
		for _, key := range b.talkCells() {
			r.Samples = append(r.Samples, series{key.page, key.kind, key.size, b.samples[key]})
		}
	}
	r.Streams = b.streams
	if !b.smoke {
		r.Promises = r.promises()
	}
	return r, nil
}

// reportPages makes the medians of what was measured of the pages.
func (b *bench) reportPages(r *report) {
	for _, p := range b.pages {
		for _, a := range b.archives {
			r.BesideBare = append(r.BesideBare, b.compare(p.name, a.size))
			r.FirstPages = append(r.FirstPages, b.firstPage(p.name, a.size))
			for _, k := range []kind{bare, cached, uncached} {
				r.Samples = append(r.Samples, series{p.name, k, a.size, b.samples[cell{p.name, k, a.size}]})
			}
		}
	}
	few, many := b.archives[0].size, b.archives[len(b.archives)-1].size
	for _, k := range []kind{cached, uncached} {
		for _, p := range b.pages {
			if few != many {
				r.Growth = append(r.Growth, b.grow(p.name, k, few, many))
			}
		}
	}
	for _, a := range b.archives {
		r.Memory = append(r.Memory, memoryUse{a.size, b.idleRSS[a.size], b.peakRSS[a.size], b.idleFile[a.size]})
	}
}

func (b *bench) compare(page string, size int) comparison {
	ours, theirs := b.samples[cell{page, cached, size}], b.samples[cell{page, bare, size}]
	return comparison{
		Page: page, Stories: size, Bytes: int64(medianOf(ours, bodySize)),
		Rate: medianOf(ours, rate), BareRate: medianOf(theirs, rate), RateRatio: ratioOf(ours, theirs, rate),
		P99: time.Duration(medianOf(ours, p99)), BareP99: time.Duration(medianOf(theirs, p99)), P99Ratio: ratioOf(ours, theirs, p99),
		Processor: time.Duration(medianOf(ours, processor)), BareProcs: time.Duration(medianOf(theirs, processor)),
		Busy: medianOf(ours, func(s sample) float64 { return s.Busy }),
	}
}

func (b *bench) grow(page string, k kind, few, many int) growth {
	small, large := b.samples[cell{page, k, few}], b.samples[cell{page, k, many}]
	return growth{
		Page: page, Kind: k, Few: few, Many: many,
		FewRate: medianOf(small, rate), ManyRate: medianOf(large, rate),
		FewP50: time.Duration(medianOf(small, p50)), ManyP50: time.Duration(medianOf(large, p50)),
		FewP99: time.Duration(medianOf(small, p99)), ManyP99: time.Duration(medianOf(large, p99)),
		FewProcs: time.Duration(medianOf(small, processor)), ManyProcs: time.Duration(medianOf(large, processor)),
		Cost: ratioOf(small, large, rate), ProcessorCosts: ratioOf(large, small, processor),
	}
}

func (b *bench) firstPage(page string, size int) firstPage {
	took := slices.Sorted(slices.Values(b.starts[cell{page, cached, size}]))
	return firstPage{Page: page, Stories: size, Median: took[len(took)/2], Slowest: took[len(took)-1]}
}

// What is taken from a sample.
func rate(s sample) float64      { return s.Rate() }
func p50(s sample) float64       { return float64(s.P50) }
func p99(s sample) float64       { return float64(s.P99) }
func processor(s sample) float64 { return float64(s.Processor) }
func bodySize(s sample) float64  { return float64(s.Bytes) / float64(s.Requests) }

// medianOf returns the median of a figure over the samples.
func medianOf(samples []sample, figure func(sample) float64) float64 {
	values := make([]float64, len(samples))
	for i, s := range samples {
		values[i] = figure(s)
	}
	return median(values)
}

// ratioOf returns the median of the ratios of a figure, run by run. The processor
// time of a very short load may be zero; the ratio is then zero too.
func ratioOf(above, below []sample, figure func(sample) float64) float64 {
	ratios := make([]float64, len(above))
	for i := range above {
		if divisor := figure(below[i]); divisor > 0 {
			ratios[i] = figure(above[i]) / divisor
		}
	}
	return median(ratios)
}

// median returns the middle value, and the mean of the two in the middle of an even
// number of values.
func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	half := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[half]
	}
	return (sorted[half-1] + sorted[half]) / 2
}

// promise is a limit that the project has set itself.
type promise struct {
	Name     string
	Limit    string
	Measured string
	Holds    bool
}

// The limits.
const (
	leastRateRatio = 0.85
	mostP99Ratio   = 1.5
	mostCost       = 1.2
	mostIdle       = 40 << 20
	mostFirstPage  = 150 * time.Millisecond
)

// promises holds what was measured against the limits; of several figures for one
// promise, the worst counts.
func (r report) promises() []promise {
	var promises []promise
	add := func(name, limit, measured string, holds bool) {
		promises = append(promises, promise{name, limit, measured, holds})
	}
	for _, c := range r.BesideBare {
		if c.Page == "story" {
			where := fmt.Sprintf("cached story page, %s stories: ", grouped(c.Stories))
			add(where+"req/s of the bare server's", "≥ 0.85", fmt.Sprintf("%.2f", c.RateRatio), c.RateRatio >= leastRateRatio)
			add(where+"p99 of the bare server's", "≤ 1.5", fmt.Sprintf("%.2f", c.P99Ratio), c.P99Ratio <= mostP99Ratio)
		}
	}
	for _, g := range r.Growth {
		add(fmt.Sprintf("%s page, %s: cost with %s stories of that with %s", g.Page, g.Kind, grouped(g.Many), grouped(g.Few)),
			"≤ 1.2", fmt.Sprintf("%.2f", g.Cost), g.Cost <= mostCost)
	}
	for _, m := range r.Memory {
		add(fmt.Sprintf("memory %v after the start, %s stories", r.Idle, grouped(m.Stories)), "< 40 MB", megabytes(m.Idle), m.Idle < mostIdle)
	}
	for _, f := range r.FirstPages {
		add(fmt.Sprintf("start to first %s page, %s stories", f.Page, grouped(f.Stories)), "< 150 ms", milliseconds(f.Median), f.Median < mostFirstPage)
	}
	if r.Talk != nil {
		r.Talk.promises(add)
	}
	return promises
}

// check returns an error that names the promises that do not hold.
func (r report) check() error {
	var broken []string
	for _, p := range r.Promises {
		if !p.Holds {
			broken = append(broken, fmt.Sprintf("%s is %s (promised %s)", p.Name, p.Measured, p.Limit))
		}
	}
	if len(broken) > 0 {
		return fmt.Errorf("%d promises do not hold: %q", len(broken), broken)
	}
	return nil
}
