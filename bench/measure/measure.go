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

	// Post makes it a task of sending comments: to each of the Paths in turn, followed
	// by Below, each by a guest of its own. nil asks for pages.
	Post *Post
}

// Post says how comments are sent.
type Post struct {
	Below string // what follows the address of a story where it takes comments
	First int64  // number of the first guest; those of an archive must all differ
	// Look asks for the page of the story as soon as the comment is acknowledged. The
	// page must have it, and what is recorded is how long the page took.
	Look bool
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
	Sent     []Sent `json:",omitempty"` // comments that were acknowledged, those of the warm-up too
}

// Sent is a comment that the server says it has.
type Sent struct {
	Guest    int64
	Path     string // of the story
	Location string // where the server sends its writer
}

// Rate returns the requests a second.
func (r Result) Rate() float64 { return float64(r.Requests) / r.Elapsed.Seconds() }
