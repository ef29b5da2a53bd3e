package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// server is a running server: the newsroom or the bare one.
type server struct {
	address string // host and port
	command *exec.Cmd
	log     string // file that holds what it wrote to standard error
	drained chan struct{}
}

// start runs the program, pinned to the processor unless that is negative, and
// waits until it prints its address.
func start(ctx context.Context, processor int, log string, program string, args ...string) (*server, error) {
	stderr, err := os.Create(log)
	if err != nil {
		return nil, err
	}
	defer func() { _ = stderr.Close() }()
	command := pinned(ctx, processor, program, args...)
	command.Stderr = stderr
	command.Cancel = func() error { return command.Process.Signal(syscall.SIGTERM) }
	command.WaitDelay = 15 * time.Second
	stdout, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, err
	}
	s := &server{command: command, log: log, drained: make(chan struct{})}
	lines := bufio.NewReader(stdout)
	for s.address == "" {
		line, err := lines.ReadString('\n')
		if err != nil {
			close(s.drained)
			return nil, errors.Join(fmt.Errorf("%s said no address: %w", program, err), s.stop(), s.lastWords())
		}
		if _, after, ok := strings.Cut(line, "listening on http://"); ok {
			s.address = strings.TrimSpace(after)
		}
	}
	go func() {
		defer close(s.drained)
		_, _ = io.Copy(io.Discard, lines)
	}()
	return s, nil
}

// pinned returns the command, to be run on one processor. taskset gives way to the
// program, so that the process is the program's.
func pinned(ctx context.Context, processor int, program string, args ...string) *exec.Cmd {
	if processor >= 0 {
		args = append([]string{"--cpu-list", fmt.Sprint(processor), program}, args...)
		program = "taskset"
	}
	command := exec.CommandContext(ctx, program, args...)
	command.Env = quietEnvironment()
	return command
}

// quietEnvironment is ours without what would set the newsroom up differently or
// change how Go programs run.
func quietEnvironment() []string {
	var kept []string
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		if !strings.HasPrefix(name, "STANDFIRST_") && !strings.HasPrefix(name, "GO") {
			kept = append(kept, variable)
		}
	}
	return kept
}

// stop ends the server and waits until it is gone.
func (s *server) stop() error {
	_ = s.command.Process.Signal(syscall.SIGTERM)
	<-s.drained
	err := s.command.Wait()
	var exit *exec.ExitError
	bySignal := errors.As(err, &exit) && exit.ExitCode() == -1
	if bySignal || errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// lastWords returns what the server wrote last to standard error, as an error.
func (s *server) lastWords() error {
	text, err := os.ReadFile(s.log)
	if err != nil {
		return err
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	return errors.New(strings.Join(lines[max(0, len(lines)-10):], "\n"))
}
