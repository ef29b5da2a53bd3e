package main

import (
	"fmt"
	"io"
	"strconv"
	"text/tabwriter"
	"time"
)

// print writes the report as tables for people.
func (r report) print(out io.Writer) error {
	t := tabwriter.NewWriter(out, 0, 8, 2, ' ', tabwriter.AlignRight)
	line := func(format string, args ...any) { _, _ = fmt.Fprintf(t, format+"\n", args...) }
	title := func(format string, args ...any) {
		_ = t.Flush()
		_, _ = fmt.Fprintf(out, "\n"+format+"\n", args...)
	}
	r.printHead(out)

	if len(r.BesideBare) > 0 {
		r.printPages(title, line, t)
	}
	if r.Talk != nil {
		r.Talk.write(title, line)
	}
	if s := r.Streams; s != nil {
		title("%s open event streams", grouped(s.Open))
		line("for each\tbare\tmemory without\twith\topened in\t")
		line("%.1f kB\t%.1f kB\t%s\t%s\t%.1f s\t", float64(s.Bytes)/1024, float64(s.BareBytes)/1024, megabytes(s.Before), megabytes(s.At), s.OpenedIn.Seconds())
	}
	_ = t.Flush()
	line("binary\t%s\t", megabytes(r.Binary))

	if len(r.Promises) == 0 {
		return nil
	}
	title("Promises")
	t = tabwriter.NewWriter(out, 0, 8, 2, ' ', 0)
	for _, p := range r.Promises {
		verdict := "holds"
		if !p.Holds {
			verdict = "DOES NOT HOLD"
		}
		line("%s\t%s\t%s\t%s", p.Name, p.Limit, p.Measured, verdict)
	}
	return t.Flush()
}

// printPages writes the tables of the pages.
func (r report) printPages(title, line func(format string, args ...any), t *tabwriter.Writer) {
	title("Cached pages beside a bare net/http server that writes the same bytes")
	line("page\tstories\tbytes\treq/s\tbare\tratio\tp99\tbare\tratio\tCPU/req\tbare\tbusy\t")
	for _, c := range r.BesideBare {
		line("%s\t%s\t%d\t%.0f\t%.0f\t%.2f\t%s\t%s\t%.2f\t%s\t%s\t%.0f%%\t", c.Page, grouped(c.Stories), c.Bytes, c.Rate, c.BareRate, c.RateRatio,
			milliseconds(c.P99), milliseconds(c.BareP99), c.P99Ratio, microseconds(c.Processor), microseconds(c.BareProcs), c.Busy*100)
	}
	if len(r.Growth) > 0 {
		title("The same page in an archive of %s and of %s stories (cost: time for each request, the second ÷ the first)", grouped(r.Growth[0].Few), grouped(r.Growth[0].Many))
		printGrowth(line, r.Growth)
	}
	title("Memory and start")
	line("stories\tidle\tof it the program's file\tpeak under load\t")
	for _, m := range r.Memory {
		line("%s\t%s\t%s\t%s\t", grouped(m.Stories), megabytes(m.Idle), megabytes(m.File), megabytes(m.Peak))
	}
	_ = t.Flush()
	line("first page\tstories\tmedian of %d starts\tslowest\t", r.Starts)
	for _, f := range r.FirstPages {
		line("%s\t%s\t%s\t%s\t", f.Page, grouped(f.Stories), milliseconds(f.Median), milliseconds(f.Slowest))
	}
	_ = t.Flush()
}

// printGrowth writes the rows of a table that compares few with many.
func printGrowth(line func(format string, args ...any), rows []growth) {
	line("\t\t%s\t%s\t\t%[1]s\t%s\t%[1]s\t%s\t%[1]s\t%s\t\t", grouped(rows[0].Few), grouped(rows[0].Many))
	line("page\t\treq/s\treq/s\tcost\tp50\tp50\tp99\tp99\tCPU/req\tCPU/req\tcost\t")
	for _, g := range rows {
		line("%s\t%s\t%.0f\t%.0f\t%.2f\t%s\t%s\t%s\t%s\t%s\t%s\t%.2f\t", g.Page, g.Kind, g.FewRate, g.ManyRate, g.Cost,
			milliseconds(g.FewP50), milliseconds(g.ManyP50), milliseconds(g.FewP99), milliseconds(g.ManyP99),
			microseconds(g.FewProcs), microseconds(g.ManyProcs), g.ProcessorCosts)
	}
}

func (r report) printHead(out io.Writer) {
	if r.Smoke {
		_, _ = fmt.Fprintln(out, "A smoke run: the figures mean nothing.")
	}
	for _, text := range []string{
		fmt.Sprintf("%d × %s, %s, %s", r.Machine.Processors, r.Machine.Processor, r.Machine.System, r.Machine.Go),
		r.Where,
		fmt.Sprintf("medians of %d alternating runs of %v; a ratio is the median of the runs' own ratios", r.Runs, r.Duration),
	} {
		_, _ = fmt.Fprintln(out, text)
	}
}

// grouped writes 100000 as 100,000.
func grouped(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%.2f ms", float64(d)/float64(time.Millisecond))
}

func microseconds(d time.Duration) string {
	return fmt.Sprintf("%.0f µs", float64(d)/float64(time.Microsecond))
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/(1<<20)) }
