// Command load puts a server under load and says how it answered. It reads one
// [measure.Task] as JSON from standard input and writes one [measure.Result] to
// standard output. It knows nothing of what it asks for.
//
// It speaks HTTP/1.1 by itself, because the client of net/http takes more of a core
// than the server it would measure, and then every server looks equally fast.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"sync/atomic"
	"time"

	"standfirst/bench/measure"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx)
	stop()
	if err != nil {
		_, _ = fmt.Fprintf(os.Stderr, "load: %v\n", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	var task measure.Task
	if err := json.NewDecoder(os.Stdin).Decode(&task); err != nil {
		return fmt.Errorf("read the task: %w", err)
	}
	result, err := drive(ctx, task)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(result)
}

// drive carries out the task with one goroutine a connection.
func drive(ctx context.Context, task measure.Task) (measure.Result, error) {
	if len(task.Paths) == 0 || task.Connections < 1 {
		return measure.Result{}, fmt.Errorf("the task needs at least one path and one connection, not %d and %d", len(task.Paths), task.Connections)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	begin := time.Now()
	record := begin.Add(task.WarmUp)
	end := record.Add(task.Duration)
	requests := make([][]byte, len(task.Paths))
	for i, path := range task.Paths {
		requests[i] = request(task.Address, path)
	}
	var guest atomic.Int64 // the number of the next, on whatever connection
	if task.Post != nil {
		guest.Store(task.Post.First)
	}
	tallies := make([]tally, task.Connections)
	var wg sync.WaitGroup
	for i := range task.Connections {
		wg.Go(func() {
			first := i * len(requests) / task.Connections
			var err error
			if task.Post != nil {
				err = tallies[i].post(ctx, task, &guest, first, record, end)
			} else {
				err = tallies[i].ask(ctx, task, requests, first, record, end)
			}
			if err != nil {
				cancel(err)
			}
		})
	}
	wg.Wait()
	if err := context.Cause(ctx); err != nil {
		return measure.Result{}, err
	}
	return sum(tallies, time.Since(record)), nil
}

// sum puts together what the connections counted.
func sum(tallies []tally, elapsed time.Duration) measure.Result {
	var all measure.Histogram
	var result measure.Result
	for i := range tallies {
		all.Add(&tallies[i].latencies)
		result.Total += tallies[i].total
		result.Bytes += tallies[i].bytes
		result.Sent = append(result.Sent, tallies[i].sent...)
	}
	result.Requests = all.Total()
	result.Elapsed = elapsed
	result.P50, result.P99, result.Max = all.Quantile(0.5), all.Quantile(0.99), all.Max()
	return result
}
