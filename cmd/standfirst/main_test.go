package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets scripts run the command as a process of its own.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"standfirst": main})
}

// TestScripts runs every script of testdata/script. Beside the usual commands
// there are serve, get and eventually.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"serve":      scriptServe,
			"get":        scriptGet,
			"post":       scriptPost,
			"eventually": scriptEventually,
			"bytes":      scriptBytes,
		},
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
	})
}

// lines collects what a server prints and hands out the first line that begins
// with a prefix.
type lines struct {
	mu     sync.Mutex
	buffer bytes.Buffer
	wrote  chan struct{}
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	defer func() {
		select {
		case l.wrote <- struct{}{}:
		default:
		}
	}()
	return l.buffer.Write(b)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buffer.String()
}

// await waits until the output has a line that matches and returns its first group.
func (l *lines) await(pattern *regexp.Regexp, ended <-chan int) (string, error) {
	for {
		if m := pattern.FindStringSubmatch(l.String()); m != nil {
			return m[1], nil
		}
		select {
		case <-l.wrote:
		case code := <-ended:
			return "", fmt.Errorf("it ended with exit code %d and printed: %s", code, l)
		case <-time.After(time.Minute):
			return "", fmt.Errorf("it printed no such line within a minute: %s", l)
		}
	}
}

var (
	operations = regexp.MustCompile(`(?m)^operations on (http\S+)\n`)
	listening  = regexp.MustCompile(`(?m)^listening on (http\S+)\n`)
)

// scriptServe runs the command (serve or demo) inside the test process on a free
// port until the script ends, and sets $URL, and $OPERATIONS if it serves an operator.
func scriptServe(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: serve COMMAND ARGUMENT…")
	}
	for i, arg := range args {
		if strings.HasPrefix(arg, "--data=") {
			args[i] = "--data=" + ts.MkAbs(strings.TrimPrefix(arg, "--data="))
		}
	}
	ctx, stop := context.WithCancel(context.Background())
	out := &lines{wrote: make(chan struct{}, 1)}
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, append(args, "--listen=127.0.0.1:0"), &console{in: strings.NewReader(""), out: out, err: out})
	}()
	ts.Defer(func() {
		stop()
		if code := <-ended; code != exitDone {
			ts.Logf("%s ended with exit code %d: %s", args[0], code, out)
		}
	})
	url, err := out.await(listening, ended)
	ts.Check(err)
	ts.Setenv("URL", url)
	if m := operations.FindStringSubmatch(out.String()); m != nil { // it says so before
		ts.Setenv("OPERATIONS", m[1])
	}
}

// fetch gets a path from $URL without following redirects.
func fetch(ts *testscript.TestScript, path string) (status int, header http.Header, body string) {
	client := &http.Client{
		Timeout:       30 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	target := path
	if strings.HasPrefix(path, "/") {
		target = ts.Getenv("URL") + path
	}
	res, err := client.Get(target)
	ts.Check(err)
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	ts.Check(err)
	return res.StatusCode, res.Header, string(b)
}

// scriptGet fetches PATH, holds its status and writes status, Location and body
// to the file "page".
func scriptGet(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: get STATUS PATH")
	}
	path := strings.TrimSpace(args[1])
	if strings.HasPrefix(path, "@") { // the path stands in a file
		path = strings.TrimSpace(ts.ReadFile(path[1:]))
	}
	status, header, body := fetch(ts, path)
	if want := args[0]; fmt.Sprint(status) != want {
		ts.Fatalf("GET %s: status %d, want %s", path, status, want)
	}
	text := fmt.Sprintf("status %d\nlocation %s\n\n%s", status, header.Get("Location"), body)
	ts.Check(os.WriteFile(ts.MkAbs("page"), []byte(text), 0o600))
}

// scriptPost sends a form with the FIELD=VALUE pairs to PATH, holds the status of the
// answer and writes it to the file "page" as scriptGet does.
func scriptPost(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: post STATUS PATH FIELD=VALUE…")
	}
	path := args[1]
	if strings.HasPrefix(path, "@") {
		path = strings.TrimSpace(ts.ReadFile(path[1:]))
	}
	form := make(url.Values)
	for _, field := range args[2:] {
		name, value, _ := strings.Cut(field, "=")
		form.Set(name, value)
	}
	client := &http.Client{
		Timeout:       30 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	answer, err := client.PostForm(ts.Getenv("URL")+path, form)
	ts.Check(err)
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	ts.Check(err)
	if want := args[0]; fmt.Sprint(answer.StatusCode) != want {
		ts.Fatalf("POST %s: status %d, want %s\n%s", path, answer.StatusCode, want, body)
	}
	text := fmt.Sprintf("status %d\nlocation %s\n\n%s", answer.StatusCode, answer.Header.Get("Location"), body)
	ts.Check(os.WriteFile(ts.MkAbs("page"), []byte(text), 0o600))
}

// scriptEventually fetches PATH until its status is STATUS and its body holds
// TEXT, for at most the second that the design allows.
func scriptEventually(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: eventually STATUS PATH TEXT")
	}
	path := args[1]
	if strings.HasPrefix(path, "@") {
		path = strings.TrimSpace(ts.ReadFile(path[1:]))
	}
	limit := time.After(time.Second)
	for {
		status, _, body := fetch(ts, path)
		if fmt.Sprint(status) == args[0] && strings.Contains(body, args[2]) {
			return
		}
		select {
		case <-limit:
			ts.Fatalf("GET %s: after a second still status %d, without %q", path, status, args[2])
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// scriptBytes writes COUNT times TEXT to FILE; TEXT may hold Go escapes. It makes
// the inputs that a script cannot hold.
func scriptBytes(ts *testscript.TestScript, neg bool, args []string) {
	var count int
	if neg || len(args) != 3 {
		ts.Fatalf("usage: bytes FILE COUNT TEXT")
	}
	_, err := fmt.Sscan(args[1], &count)
	ts.Check(err)
	var text string
	_, err = fmt.Sscanf(`"`+args[2]+`"`, "%q", &text)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), bytes.Repeat([]byte(text), count), 0o600))
}
