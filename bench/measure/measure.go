// Package measure is what the benchmark asks of its load generator and what it
// gets back. It must not know what is measured, or how a server is started.
package measure

import "time"

// AcceptEncoding is what a browser of today says it takes. The generator sends it,
// and the bare server is given the bytes that answer it.
const AcceptEncoding = "gzip, deflate, br, zstd"

// Task is one measurement. The generator reads it as JSON from standard input.
type Task struct {
	Address string   // host and port of the server
	Paths   []string // asked for in turn; each connection begins at another
	// Connections is how many connections stay open, each with one request under
	// way at a time: the next is sent when the answer has been read whole.
	Connections int
	WarmUp      time.Duration // load before anything is recorded
	Duration    time.Duration // load that is recorded
}

// Result is what came of a Task. The generator writes it as JSON to standard
// output. Any answer but 200 is an error of the whole task, not a number in it.
type Result struct {
	Requests int64         // recorded
	Total    int64         // with those of the warm-up
	Elapsed  time.Duration // of the recorded part
	Bytes    int64         // of the bodies in the recorded part
	P50      time.Duration
	P99      time.Duration
	Max      time.Duration
}

// Rate returns the requests a second.
func (r Result) Rate() float64 { return float64(r.Requests) / r.Elapsed.Seconds() }
