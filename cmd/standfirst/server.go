package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"
)

// Limits on what a client may send and how slowly.
const (
	readHeaderTimeout = 10 * time.Second
	readTimeout       = 30 * time.Second
	writeTimeout      = 60 * time.Second
	idleTimeout       = 2 * time.Minute
	maxHeaderBytes    = 32 << 10
)

// newServer returns a server with limits for the open internet. What it says about
// connections that fail before there is a request is told at debug level: on the
// open internet most of them are scanners.
func newServer(handler http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           handler,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug),
		ReadHeaderTimeout: readHeaderTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
	}
}

// task is something that runs as long as the newsroom serves.
type task struct {
	name string
	run  func(context.Context) error
}

// runTasks runs them side by side. When the context ends or one of them fails,
// all are told to stop, and it returns once they have. Stopping because the
// context ended is no error.
func runTasks(ctx context.Context, log *slog.Logger, tasks []task) error {
	group, running := errgroup.WithContext(ctx)
	for _, t := range tasks {
		group.Go(func() error {
			err := t.run(running)
			if err != nil && running.Err() == nil {
				return fmt.Errorf("%s: %w", t.name, err)
			}
			return nil
		})
	}
	err := group.Wait()
	if err == nil {
		log.Info("stopped")
	}
	return err
}

// serveOn returns a task that serves on the listener and, when its context ends,
// takes no new requests and gives the running ones the grace to finish.
func serveOn(server *http.Server, listener net.Listener, grace time.Duration) func(context.Context) error {
	return func(ctx context.Context) error {
		failed := make(chan error, 1)
		go func() { failed <- server.Serve(listener) }()
		select {
		case err := <-failed:
			return err
		case <-ctx.Done():
		}
		stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
		defer cancel()
		err := server.Shutdown(stopping)
		if errors.Is(err, context.DeadlineExceeded) {
			return server.Close()
		}
		return err
	}
}
