package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http/httputil"
	"strconv"
	"time"

	"standfirst/bench/measure"
)

// request returns the bytes of a browser's request for the path.
func request(address, path string) []byte {
	return []byte("GET " + path + " HTTP/1.1\r\n" +
		"Host: " + address + "\r\n" +
		"User-Agent: standfirst-bench\r\n" +
		"Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8\r\n" +
		"Accept-Encoding: " + measure.AcceptEncoding + "\r\n" +
		"Accept-Language: en\r\n\r\n")
}

// tally is what one connection counts.
type tally struct {
	latencies measure.Histogram
	total     int64
	bytes     int64
	sent      []measure.Sent
}

// ask sends the requests in turn, beginning with the first, until the end, and
// until at least one is recorded. It records those that were sent from the time
// record on.
func (t *tally) ask(ctx context.Context, task measure.Task, requests [][]byte, first int, record, end time.Time) error {
	conn, r, hangUp, err := dial(ctx, task.Address)
	if err != nil {
		return err
	}
	defer hangUp()
	next := first
	for sent := time.Now(); sent.Before(end) || t.latencies.Total() == 0; {
		if _, err := conn.Write(requests[next]); err != nil {
			return err
		}
		n, err := readResponse(r)
		if err != nil {
			return fmt.Errorf("%s%s: %w", task.Address, task.Paths[next], err)
		}
		done := time.Now()
		t.total++
		if !sent.Before(record) {
			t.latencies.Record(done.Sub(sent))
			t.bytes += n
		}
		sent = done
		if next++; next == len(requests) {
			next = 0
		}
	}
	return nil
}

// dial opens a connection that is closed when the context ends, or by hangUp.
func dial(ctx context.Context, address string) (conn net.Conn, r *bufio.Reader, hangUp func(), err error) {
	var dialer net.Dialer
	if conn, err = dialer.DialContext(ctx, "tcp", address); err != nil {
		return nil, nil, nil, err
	}
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	hangUp = func() {
		stop()
		_ = conn.Close()
	}
	return conn, bufio.NewReaderSize(conn, 64<<10), hangUp, nil
}

var errNoLength = errors.New("the response says neither how long it is nor that it comes in chunks")

// head is what a response says before its body.
type head struct {
	length   int64 // -1 if it does not say
	chunked  bool
	location string
}

// readHead reads the beginning of a response, which must have the status.
func readHead(r *bufio.Reader, status string) (head, error) {
	first, err := line(r)
	if err != nil {
		return head{}, err
	}
	if rest, ok := bytes.CutPrefix(first, []byte("HTTP/1.1 ")); !ok || !bytes.HasPrefix(rest, []byte(status)) {
		return head{}, fmt.Errorf("the server answered %q", first)
	}
	h := head{length: -1}
	for {
		header, err := line(r)
		if err != nil {
			return h, err
		}
		if len(header) == 0 {
			return h, nil
		}
		name, value, _ := bytes.Cut(header, []byte(":"))
		switch {
		case bytes.EqualFold(name, []byte("Content-Length")):
			if h.length, err = strconv.ParseInt(string(bytes.TrimSpace(value)), 10, 64); err != nil {
				return h, err
			}
		case bytes.EqualFold(name, []byte("Transfer-Encoding")):
			h.chunked = bytes.EqualFold(bytes.TrimSpace(value), []byte("chunked"))
		case bytes.EqualFold(name, []byte("Location")):
			h.location = string(bytes.TrimSpace(value))
		}
	}
}

// readResponse reads one response, which must be 200, and returns the length of
// its body.
func readResponse(r *bufio.Reader) (int64, error) {
	h, err := readHead(r, "200 ")
	if err != nil {
		return 0, err
	}
	return readBody(r, h, io.Discard)
}

// readBody copies the body of a response and returns its length.
func readBody(r *bufio.Reader, h head, to io.Writer) (int64, error) {
	switch {
	case h.chunked:
		n, err := io.Copy(to, httputil.NewChunkedReader(r))
		if err != nil {
			return n, err
		}
		_, err = line(r) // the empty line after the last chunk; nobody here sends trailers
		return n, err
	case h.length >= 0 && to == io.Discard:
		n, err := r.Discard(int(h.length))
		return int64(n), err
	case h.length >= 0:
		return io.CopyN(to, r, h.length)
	default:
		return 0, errNoLength
	}
}

// line returns the next line without its end. It is valid until the next read.
func line(r *bufio.Reader) ([]byte, error) {
	b, err := r.ReadSlice('\n')
	if err != nil {
		return nil, err
	}
	return bytes.TrimRight(b, "\r\n"), nil
}
