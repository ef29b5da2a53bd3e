package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"standfirst/bench/guests"
)

const (
	// openStreams is how many readers listen to a story at once. Each is a socket in two
	// processes: the limit of open files must be higher.
	openStreams = 5000
	// liveBelow follows the address of a story where its events are sent.
	liveBelow = "/live"
	// settle is how long streams are open before the memory is read.
	settle = 2 * time.Second
)

// streams is what open event streams take.
type streams struct {
	Open       int
	Bytes      int64 // of the newsroom's resident memory, for each stream
	BareBytes  int64
	OpenedIn   time.Duration // all of them, at the newsroom
	Before, At int64         // resident memory of the newsroom without streams and with all
}

// measureStreams holds as many event streams of one story open at the newsroom and at the
// bare server, one after the other.
func (b *bench) measureStreams(ctx context.Context) (err error) {
	a := b.archives[0]
	newsroom, err := b.programs.serve(ctx, b.serverOn, a, believe...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, newsroom.stop()) }()
	path := a.paths[0] + liveBelow
	there, err := hasStream(ctx, newsroom.address, path)
	if err != nil {
		return err
	}
	if !there {
		b.say("streams: %s answers 404; not measured", path)
		return nil
	}
	plain, err := b.programs.serveBare(ctx, b.serverOn, a.size, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, plain.stop()) }()
	count := openStreams
	if b.smoke {
		count = 50
	}
	b.say("%d streams", count)
	s := &streams{Open: count}
	if s.Before, s.At, s.OpenedIn, err = b.holdStreams(ctx, newsroom, path, count); err != nil {
		return err
	}
	before, at, _, err := b.holdStreams(ctx, plain, path, count)
	if err != nil {
		return err
	}
	s.Bytes, s.BareBytes = (s.At-s.Before)/int64(count), (at-before)/int64(count)
	b.streams = s
	return nil
}

// holdStreams opens the streams and returns the resident memory of the server before
// and while they are open.
func (b *bench) holdStreams(ctx context.Context, s *server, path string, count int) (before, at int64, took time.Duration, err error) {
	if err := wait(ctx, settle); err != nil {
		return 0, 0, 0, err
	}
	if before, err = s.memory("VmRSS"); err != nil {
		return 0, 0, 0, err
	}
	conns := make([]net.Conn, 0, count)
	defer func() {
		for _, c := range conns {
			_ = c.Close()
		}
	}()
	begin := time.Now()
	for i := range count {
		c, status, err := openStream(ctx, s.address, path, guests.Of(int64(i)).Address)
		if err != nil {
			return 0, 0, 0, fmt.Errorf("stream %d of %s: %w", i+1, s.address, err)
		}
		conns = append(conns, c)
		if status != http.StatusOK {
			return 0, 0, 0, fmt.Errorf("stream %d of %s: the server answered %d", i+1, s.address, status)
		}
	}
	took = time.Since(begin)
	if err := wait(ctx, settle); err != nil {
		return 0, 0, 0, err
	}
	at, err = s.memory("VmRSS")
	return before, at, took, err
}

// hasStream reports whether there are streams at the address.
func hasStream(ctx context.Context, address, path string) (bool, error) {
	c, status, err := openStream(ctx, address, path, guests.Of(0).Address)
	if err != nil {
		return false, err
	}
	return status != http.StatusNotFound, c.Close()
}

// openStream asks for a stream and reads the beginning of the answer.
func openStream(ctx context.Context, address, path, from string) (net.Conn, int, error) {
	var dialer net.Dialer
	c, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, 0, err
	}
	_, err = io.WriteString(c, "GET "+path+" HTTP/1.1\r\nHost: "+address+"\r\nAccept: text/event-stream\r\nX-Forwarded-For: "+from+"\r\n\r\n")
	if err != nil {
		return nil, 0, errors.Join(err, c.Close())
	}
	response, err := http.ReadResponse(bufio.NewReader(c), nil) //nolint:bodyclose // the stream stays open
	if err != nil {
		return nil, 0, errors.Join(err, c.Close())
	}
	return c, response.StatusCode, nil
}
