package main

import (
	"fmt"
	"time"
)

// talkReport is what came of measuring comments. Values are medians over the runs, a
// ratio is the median of the runs' own ratios.
type talkReport struct {
	Few, Many int
	Pages     []comparison // Stories is how many comments there are
	Growth    []growth
	Posting   []posting
	Looking   posting // of the page that was asked for after each acknowledgement
	Verified  int     // comments that were acknowledged, and found on disk
}

// posting is how comments were taken.
type posting struct {
	Where                string
	Rate, BareRate       float64
	RateRatio            float64
	P50, P99, BareP99    time.Duration
	Processor, BareProcs time.Duration // of the server for each comment
	Busy                 float64       // part of one processor that the newsroom used
}

// The limits.
const (
	leastPostRatio = 0.3
	mostPostP99    = 50 * time.Millisecond
)

// talkReport makes the medians of what was measured, nil if comments were not.
func (b *bench) talkReport() *talkReport {
	t := b.talked
	if t == nil {
		return nil
	}
	r := &talkReport{Few: fewComments, Many: t.many, Verified: len(b.sent[cached])}
	for _, p := range t.pages() {
		r.Pages = append(r.Pages, b.compare(talkPage, p.comments))
	}
	for _, k := range []kind{cached, uncached} {
		r.Growth = append(r.Growth, b.grow(talkPage, k, fewComments, t.many))
	}
	for _, where := range []string{toOne, toSeveral} {
		r.Posting = append(r.Posting, b.posting(where))
	}
	r.Looking = b.posting(looking)
	return r
}

// talkCells names the series of samples of the comments.
func (b *bench) talkCells() []cell {
	t := b.talked
	keys := []cell{{looking, cached, t.size}}
	for _, k := range []kind{bare, cached} {
		keys = append(keys, cell{toOne, k, t.size}, cell{toSeveral, k, t.size})
	}
	for _, k := range []kind{bare, cached, uncached} {
		keys = append(keys, cell{talkPage, k, fewComments}, cell{talkPage, k, t.many})
	}
	return keys
}

func (b *bench) posting(where string) posting {
	ours, theirs := b.samples[cell{where, cached, b.talked.size}], b.samples[cell{where, bare, b.talked.size}]
	p := posting{
		Where: where, Rate: medianOf(ours, rate), P50: time.Duration(medianOf(ours, p50)), P99: time.Duration(medianOf(ours, p99)),
		Processor: time.Duration(medianOf(ours, processor)), Busy: medianOf(ours, func(s sample) float64 { return s.Busy }),
	}
	if len(theirs) > 0 {
		p.BareRate, p.RateRatio = medianOf(theirs, rate), ratioOf(ours, theirs, rate)
		p.BareP99, p.BareProcs = time.Duration(medianOf(theirs, p99)), time.Duration(medianOf(theirs, processor))
	}
	return p
}

// promises holds what was measured against the limits.
func (r *talkReport) promises(add func(name, limit, measured string, holds bool)) {
	few := r.Pages[0]
	add(fmt.Sprintf("cached story page with %d comments: req/s of the bare server's", few.Stories), "≥ 0.85", fmt.Sprintf("%.2f", few.RateRatio), few.RateRatio >= leastRateRatio)
	for _, g := range r.Growth {
		add(fmt.Sprintf("story page, %s: cost with %s comments of that with %s", g.Kind, grouped(g.Many), grouped(g.Few)),
			"≤ 1.2", fmt.Sprintf("%.2f", g.Cost), g.Cost <= mostCost)
	}
	for _, p := range r.Posting {
		add("comments/s "+p.Where+" of the bare server's", "≥ 0.3", fmt.Sprintf("%.2f", p.RateRatio), p.RateRatio >= leastPostRatio)
		add("p99 of a comment "+p.Where, "< 50 ms", milliseconds(p.P99), p.P99 < mostPostP99)
	}
	add("comments that were acknowledged, on disk and counted once", "all", grouped(r.Verified), true) // else nothing is printed
}

// write writes the tables of the comments.
func (r *talkReport) write(title, line func(format string, args ...any)) {
	title("Comments from %d writers, each on disk before it is acknowledged, beside a bare net/http server with one file and a sync for each group", commentWriters)
	line("\tcomments/s\tbare\tratio\tp50\tp99\tbare\tCPU/comment\tbare\tbusy\t")
	for _, p := range r.Posting {
		line("%s\t%.0f\t%.0f\t%.2f\t%s\t%s\t%s\t%s\t%s\t%.0f%%\t", p.Where, p.Rate, p.BareRate, p.RateRatio, milliseconds(p.P50), milliseconds(p.P99), milliseconds(p.BareP99),
			microseconds(p.Processor), microseconds(p.BareProcs), p.Busy*100)
	}
	title("From the acknowledgement of a comment to the page that has it: the next request for the page, one writer")
	line("\tcomments/s\tp50\tp99\t")
	line("%s\t%.0f\t%s\t%s\t", r.Looking.Where, r.Looking.Rate, milliseconds(r.Looking.P50), milliseconds(r.Looking.P99))
	title("The page of a story with comments, of which it shows the first 50")
	line("comments\tbytes\treq/s\tbare\tratio\tp99\tbare\tratio\tCPU/req\tbare\tbusy\t")
	for _, c := range r.Pages {
		line("%s\t%d\t%.0f\t%.0f\t%.2f\t%s\t%s\t%.2f\t%s\t%s\t%.0f%%\t", grouped(c.Stories), c.Bytes, c.Rate, c.BareRate, c.RateRatio,
			milliseconds(c.P99), milliseconds(c.BareP99), c.P99Ratio, microseconds(c.Processor), microseconds(c.BareProcs), c.Busy*100)
	}
	title("The same page with %s and with %s comments (cost: time for each request, the second ÷ the first)", grouped(r.Few), grouped(r.Many))
	printGrowth(line, r.Growth)
}
