package main

import (
	"fmt"
	"os"

	"github.com/dustin/go-humanize"
	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress shows how far a long command is: a bar on a terminal, nothing
// elsewhere, where the result's own lines say enough. It counts what is written to it.
type progress struct{ bar *progressbar.ProgressBar }

// newProgress returns a progress towards the total, in bytes or whatever is counted.
func newProgress(con *console, total int64, what string, options ...progressbar.Option) *progress {
	f, ok := con.err.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return &progress{}
	}
	return &progress{progressbar.NewOptions64(total, append([]progressbar.Option{
		progressbar.OptionSetWriter(f), progressbar.OptionSetDescription(what),
		progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(30),
	}, options...)...)}
}

// add counts n more as done.
func (p *progress) add(n int) {
	if p.bar != nil {
		_ = p.bar.Add(n) // a bar that cannot be drawn is no reason to stop
	}
}

// Write counts the bytes as done.
func (p *progress) Write(b []byte) (int, error) {
	p.add(len(b))
	return len(b), nil
}

// done clears the bar.
func (p *progress) done() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}

// counted writes a number of things: "1 file", "3 files".
func counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// byteCount writes a number of bytes as people read it: "12 MB".
func byteCount(n int64) string { return humanize.Bytes(uint64(max(n, 0))) }
