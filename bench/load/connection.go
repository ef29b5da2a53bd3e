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
}

// ask sends the requests in turn, beginning with the first, until the end, and
// until at least one is recorded. It records those that were sent from the time
// record on.
func (t *tally) ask(ctx context.Context, task measure.Task, requests [][]byte, first int, record, end time.Time) error {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "tcp", task.Address)
	if err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	defer func() {
		stop()
		_ = conn.Close()
	}()
	r := bufio.NewReaderSize(conn, 64<<10)
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

var errNoLength = errors.New("the response says neither how long it is nor that it comes in chunks")

// readResponse reads one response, which must be 200, and returns the length of
// its body.
func readResponse(r *bufio.Reader) (int64, error) {
	status, err := line(r)
	if err != nil {
		return 0, err
	}
	if !bytes.HasPrefix(status, []byte("HTTP/1.1 200 ")) {
		return 0, fmt.Errorf("the server answered %q", status)
	}
	length, chunked := int64(-1), false
	for {
		header, err := line(r)
		if err != nil {
			return 0, err
		}
		if len(header) == 0 {
			break
		}
		name, value, _ := bytes.Cut(header, []byte(":"))
		switch {
		case bytes.EqualFold(name, []byte("Content-Length")):
			if length, err = strconv.ParseInt(string(bytes.TrimSpace(value)), 10, 64); err != nil {
				return 0, err
			}
		case bytes.EqualFold(name, []byte("Transfer-Encoding")):
			chunked = bytes.EqualFold(bytes.TrimSpace(value), []byte("chunked"))
		}
	}
	return readBody(r, length, chunked)
}

// readBody reads and forgets a body of the length, or one in chunks.
func readBody(r *bufio.Reader, length int64, chunked bool) (int64, error) {
	switch {
	case chunked:
		n, err := io.Copy(io.Discard, httputil.NewChunkedReader(r))
		if err != nil {
			return n, err
		}
		_, err = line(r) // the empty line after the last chunk; nobody here sends trailers
		return n, err
	case length >= 0:
		n, err := r.Discard(int(length))
		return int64(n), err
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
