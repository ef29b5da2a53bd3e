package store

import (
	"bufio"
	"embed"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
)

//go:embed query/*.sql
var queryFiles embed.FS

// statement is one named query as an engine runs it.
type statement struct {
	name  string
	text  string
	index int // its place in the catalogue, from 0 without gaps
}

// catalogue holds the statements of one engine by name.
type catalogue map[string]*statement

// newCatalogue reads the embedded queries for the engine. A file named
// noun.engine.sql holds what that engine says in its own way, or what only it
// has; it overrides the portable text of the same name.
func newCatalogue(engine Engine) (catalogue, error) {
	files, err := queryFiles.ReadDir("query")
	if err != nil {
		return nil, fmt.Errorf("store: read the queries: %w", err)
	}
	texts := make(map[string]string)
	var exceptions []string
	for _, file := range files {
		name := file.Name()
		_, dialect, isException := strings.Cut(strings.TrimSuffix(name, ".sql"), ".")
		switch {
		case !isException:
			err = readQueries(name, texts, false)
		case dialect == string(engine):
			exceptions = append(exceptions, name)
		}
		if err != nil {
			return nil, err
		}
	}
	for _, name := range exceptions {
		if err := readQueries(name, texts, true); err != nil {
			return nil, err
		}
	}
	names := make([]string, 0, len(texts))
	for name := range texts {
		names = append(names, name)
	}
	slices.Sort(names)
	queries := make(catalogue, len(names))
	for i, name := range names {
		queries[name] = &statement{name: name, text: spellLists(texts[name], engine), index: i}
	}
	return queries, nil
}

// A query that takes a list says "IN numbers($1)" or "IN texts($1)". The argument is a
// JSON array, see [toList], which each engine unfolds in its own way.
var listArgument = regexp.MustCompile(`\b(numbers|texts)\((\$\d+)\)`)

// spellLists writes the lists of the query as the engine reads them.
func spellLists(text string, engine Engine) string {
	return listArgument.ReplaceAllStringFunc(text, func(found string) string {
		match := listArgument.FindStringSubmatch(found)
		switch {
		case engine == SQLite:
			return "(SELECT value FROM json_each(" + match[2] + "))"
		case match[1] == "numbers":
			return "(SELECT jsonb_array_elements_text(" + match[2] + "::jsonb)::bigint)"
		default:
			return "(SELECT jsonb_array_elements_text(" + match[2] + "::jsonb))"
		}
	})
}

// readQueries adds the queries of one embedded file to texts. A name that is
// already there is an error unless override is set.
func readQueries(file string, texts map[string]string, override bool) error {
	b, err := queryFiles.ReadFile(path.Join("query", file))
	if err != nil {
		return fmt.Errorf("store: read query/%s: %w", file, err)
	}
	queries, err := parseQueries(string(b))
	if err != nil {
		return fmt.Errorf("store: query/%s: %w", file, err)
	}
	for name, text := range queries {
		if _, taken := texts[name]; taken && !override {
			return fmt.Errorf("store: query/%s: the query %s exists twice", file, name)
		}
		texts[name] = text
	}
	return nil
}

// What several queries of a file must say alike stands once, below a "-- part: x" line before
// them, and they say "part(x)".
var partOfQuery = regexp.MustCompile(`\bpart\((\w+)\)`)

// parseQueries splits a file at its "-- name: X" lines. Comment lines and blank
// lines are left out of the texts; parts stand where they are named.
func parseQueries(text string) (map[string]string, error) {
	queries, parts := make(map[string]string), make(map[string]string)
	kept := queries // where the lines go that are read now
	name := ""
	var lines []string
	keep := func() error {
		switch {
		case name == "" && len(lines) > 0:
			return fmt.Errorf("%q stands before the first name", lines[0])
		case name == "":
			return nil
		case len(lines) == 0:
			return fmt.Errorf("the query %s is empty", name)
		}
		if _, taken := kept[name]; taken {
			return fmt.Errorf("the query %s exists twice", name)
		}
		var unknown error
		kept[name] = partOfQuery.ReplaceAllStringFunc(strings.Join(lines, "\n"), func(found string) string {
			part, ok := parts[partOfQuery.FindStringSubmatch(found)[1]]
			if !ok {
				unknown = fmt.Errorf("the query %s says %s, which does not stand before it", name, found)
			}
			return part
		})
		lines = nil
		return unknown
	}
	scanner := bufio.NewScanner(strings.NewReader(text))
	for scanner.Scan() {
		line := strings.TrimRight(scanner.Text(), " \t\r")
		next, isName := strings.CutPrefix(line, "-- name: ")
		part, isPart := strings.CutPrefix(line, "-- part: ")
		switch {
		case isName, isPart:
			if err := keep(); err != nil {
				return nil, err
			}
			name, kept = next, queries
			if isPart {
				name, kept = part, parts
			}
		case line == "" || strings.HasPrefix(line, "--"):
		default:
			lines = append(lines, line)
		}
	}
	if err := scanner.Err(); err != nil {
		return nil, err
	}
	return queries, keep()
}
