package storetest

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"standfirst/internal/store"
)

// Postgres returns an empty PostgreSQL store in a schema of the test's own. It is
// closed and its schema dropped when the test ends. Without PostgreSQL on the
// machine the test is skipped; where the environment has CI set, it fails.
func Postgres(t testing.TB) *store.Store {
	t.Helper()
	return OpenWith(t, store.Options{URL: PostgresURL(t)})
}

// PostgresURL returns the address of an empty schema of the test's own, which is
// dropped when the test ends, on a server that is started for this test process.
func PostgresURL(t testing.TB) string {
	t.Helper()
	server, err := theServer()
	if errors.Is(err, errNoPostgres) {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	if err != nil {
		t.Fatalf("start PostgreSQL: %v", err)
	}
	schema := "test_" + strings.ToLower(rand.Text())
	execute(t, server.address, "CREATE SCHEMA "+schema)
	t.Cleanup(func() { execute(t, server.address, "DROP SCHEMA "+schema+" CASCADE") })
	return server.address + "&search_path=" + schema
}

// execute runs one statement on a connection of its own.
func execute(t testing.TB, address, statement string) {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		t.Fatalf("connect to PostgreSQL: %v", err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

var errNoPostgres = errors.New("PostgreSQL 15 or newer is not installed, so this is not tested on it; apt-get install postgresql")

// server is a running PostgreSQL.
type server struct {
	address string
	// lifeline is the standard input of the server's supervisor: the server stops
	// when it is closed, by the end of this process if by nothing else.
	lifeline io.Closer
}

// theServer starts the server of this test process when it is first called.
var theServer = sync.OnceValues(func() (*server, error) {
	programs, err := findPostgres()
	if err != nil {
		return nil, err
	}
	return startServer(programs)
})

// findPostgres returns the folder of the newest PostgreSQL on the machine.
func findPostgres() (string, error) {
	var folders []string
	if initdb, err := exec.LookPath("initdb"); err == nil {
		folders = append(folders, filepath.Dir(initdb))
	}
	for _, pattern := range []string{"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			return "", err
		}
		folders = append(folders, found...)
	}
	best, newest := "", 14
	for _, folder := range folders {
		if version := versionOf(folder); version > newest {
			best, newest = folder, version
		}
	}
	if best == "" {
		return "", errNoPostgres
	}
	return best, nil
}

// versionOf returns the major version of the server in the folder, and 0 if there
// is none that could be started.
func versionOf(folder string) int {
	for _, program := range []string{"initdb", "pg_ctl"} {
		if _, err := os.Stat(filepath.Join(folder, program)); err != nil {
			return 0
		}
	}
	output, err := exec.Command(filepath.Join(folder, "pg_ctl"), "--version").Output() // pg_ctl (PostgreSQL) 15.8
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(output))
	digits := fields[min(2, len(fields)-1)]
	if i := slices.IndexFunc([]rune(digits), func(r rune) bool { return r < '0' || r > '9' }); i >= 0 {
		digits = digits[:i]
	}
	version, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return version
}

// supervise starts a server in the folder $2 with the programs in $1, says so, and
// stops and removes it when its standard input ends: that is when this process
// does, however it does. Nothing is synced to disk; the data lives for minutes.
const supervise = `
cd "$2" || exit 1
trap '' INT TERM HUP
"$1/initdb" -D data -U postgres -A trust -E UTF8 --locale=C --no-sync >log 2>&1 &&
"$1/pg_ctl" -D data -w -t 60 -l log -o "-k '$2' -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=16MB -c max_connections=200" start >>log 2>&1 &&
echo ready &&
read -r forever
tail -n 5 log >&2
"$1/pg_ctl" -D data -m immediate stop >>log 2>&1
cd / && rm -rf "$2"
`

// startServer starts a server that listens on a socket in a temporary folder only.
func startServer(programs string) (*server, error) {
	folder, err := os.MkdirTemp("/tmp", "standfirst-postgres-") // short: the path of a socket has 107 bytes
	if err != nil {
		return nil, err
	}
	command := exec.Command("/bin/sh", "-c", supervise, "sh", programs, folder)
	if err := asAnother(command, folder); err != nil {
		return nil, errors.Join(err, os.RemoveAll(folder))
	}
	var complaint strings.Builder
	command.Stderr = &complaint
	lifeline, err := command.StdinPipe()
	if err != nil {
		return nil, err
	}
	output, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(folder))
	}
	if line, err := bufio.NewReader(output).ReadString('\n'); line != "ready\n" {
		err = errors.Join(err, lifeline.Close(), command.Wait())
		return nil, fmt.Errorf("%w: %s", err, strings.TrimSpace(complaint.String()))
	}
	query := url.Values{"host": {folder}, "user": {"postgres"}, "sslmode": {"disable"}}
	return &server{"postgres:///postgres?" + query.Encode(), lifeline}, nil
}
