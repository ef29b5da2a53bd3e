package store

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Both drivers are given arguments by position, so the placeholders of every
// statement must appear in the order of their numbers, from 1 without gaps.
func TestPlaceholdersAreInOrder(t *testing.T) {
	placeholder := regexp.MustCompile(`\$(\d+)`)
	for _, engine := range []Engine{SQLite, Postgres} {
		for name, s := range newTestCatalogue(t, engine) {
			highest := 0
			for _, match := range placeholder.FindAllStringSubmatch(s.text, -1) {
				n, err := strconv.Atoi(match[1])
				if err != nil {
					t.Fatal(err)
				}
				if n > highest+1 {
					t.Errorf("%s (%s): $%d appears before $%d", name, engine, n, highest+1)
				}
				highest = max(highest, n)
			}
			if strings.Contains(s.text, "?") {
				t.Errorf("%s (%s) has a ? placeholder; use $1, $2 …", name, engine)
			}
			if regexp.MustCompile(`(?i)\bnow\(\)|CURRENT_TIMESTAMP|\bOFFSET\b|COUNT\(\*\)`).MatchString(s.text) {
				t.Errorf("%s (%s) reads a clock, skips rows or counts them all", name, engine)
			}
		}
	}
}

// Every query that the code names is there, and every query that is there is
// named by the code.
func TestQueriesAreUsed(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var code strings.Builder
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		code.Write(b)
	}
	var names []string
	for _, engine := range []Engine{SQLite, Postgres} {
		for name := range newTestCatalogue(t, engine) {
			names = append(names, name)
		}
	}
	for _, name := range names {
		if !strings.Contains(code.String(), fmt.Sprintf("%q", name)) {
			t.Errorf("no code runs the query %s", name)
		}
	}
	for _, match := range regexp.MustCompile(`(?:exec\(|scan\w+(?:\[[\w.]+\])?, |queries\[)"(\w+)"`).FindAllStringSubmatch(code.String(), -1) {
		if !slices.Contains(names, match[1]) {
			t.Errorf("the code runs a query %s that is not there", match[1])
		}
	}
}

func TestParseQueries(t *testing.T) {
	got, err := parseQueries("-- About jobs.\n\n-- name: A\nSELECT 1,\n    2\n\n-- name: B\n-- why\nSELECT 3\n")
	if err != nil {
		t.Fatal(err)
	}
	if got["A"] != "SELECT 1,\n    2" || got["B"] != "SELECT 3" || len(got) != 2 {
		t.Errorf("got %q", got)
	}
	got, err = parseQueries("-- part: all\nSELECT 1\nFROM x\n-- name: A\npart(all)\nWHERE y\n")
	if err != nil || got["A"] != "SELECT 1\nFROM x\nWHERE y" || len(got) != 1 {
		t.Errorf("got %q, %v", got, err)
	}
	for _, bad := range []string{"SELECT 1\n", "-- name: A\n-- name: B\nSELECT 1", "-- name: A\nSELECT 1\n-- name: A\nSELECT 2\n",
		"-- name: A\npart(all)\n-- part: all\nSELECT 1\n", "-- part: all\nSELECT 1\n-- part: all\nSELECT 2\n-- name: A\npart(all)\n"} {
		if _, err := parseQueries(bad); err == nil {
			t.Errorf("%q is accepted", bad)
		}
	}
}

func newTestCatalogue(t *testing.T, engine Engine) catalogue {
	t.Helper()
	queries, err := newCatalogue(engine)
	if err != nil {
		t.Fatal(err)
	}
	return queries
}
