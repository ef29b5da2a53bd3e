package standfirst_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const modulePath = "standfirst"

// root is how the table names the package at the root.
const root = "."

// arrows says which packages of the project each package may import. Packages are
// named by their folder. Whoever adds a package adds a line, and thinks about which
// way its arrows point. No line names storetest, a program or cmd on its right-hand
// side, so that nothing that ships imports them.
var arrows = map[string][]string{
	root:       {},
	"ui":       {},
	"examples": {},

	// Pure: from values to values.
	"internal/copydesk":      {root},
	"internal/markup":        {root},
	"internal/diff":          {root},
	"internal/feed":          {root},
	"internal/feed/feedtest": {root},
	"internal/pagecache":     {root},
	"internal/spam":          {root},

	// The outside world.
	"internal/mail":            {root},
	"internal/outbound":        {root},
	"internal/oidc":            {root, "internal/outbound"},
	"internal/live":            {root},
	"internal/store":           {root},
	"internal/store/storetest": {root, "internal/store"},

	// Use cases.
	"internal/account":         {root, "internal/store"},
	"internal/jobs":            {root, "internal/store"},
	"internal/search":          {root, "internal/store", "internal/markup"},
	"internal/frontpage":       {root, "internal/store"},
	"internal/media":           {root, "internal/store"},
	"internal/record":          {root, "internal/store"},
	"internal/verify":          {root, "ui", "internal/record", "internal/markup"},
	"internal/ledger":          {root, "internal/store", "internal/search", "internal/record", "internal/copydesk"},
	"internal/discuss":         {root, "internal/store", "internal/search", "internal/markup", "internal/spam", "internal/outbound", "internal/discuss/akismet"},
	"internal/discuss/akismet": {root, "internal/outbound"},
	"internal/newsroom": {root, "internal/store", "internal/search", "internal/ledger", "internal/record", "internal/discuss",
		"internal/markup", "internal/copydesk", "internal/diff"},
	"internal/newsletter": {root, "internal/store", "internal/mail", "internal/markup"},
	"internal/webhook":    {root, "internal/store", "internal/outbound"},
	"internal/intake": {root, "internal/store", "internal/account", "internal/newsroom", "internal/ledger",
		"internal/discuss", "internal/media", "internal/copydesk", "internal/markup"},

	// The web. The desk and programs keep no rendered pages.
	"internal/web":          {root, "internal/account"},
	"internal/web/compared": {root, "ui", "internal/diff", "internal/markup"},

	"internal/web/site": append([]string{"internal/pagecache"}, webPages...),
	"internal/web/desk": append([]string{"internal/copydesk", "internal/intake", "internal/webhook"}, webPages...),
	"internal/web/api":  append([]string{"internal/copydesk"}, webPages...),

	// Programs. The command wires everything, so it may import whatever may be
	// imported at all; the benchmark fills a newsroom the way the command does.
	"cmd/standfirst": everything,
	"examples/draw":  {},
	"bench":          {root, "internal/store", "internal/newsroom", "internal/copydesk", "internal/discuss", "internal/markup", "bench/measure", "bench/guests"},
	"bench/bare":     {},
	"bench/guests":   {},
	"bench/load":     {"bench/measure", "bench/guests"},
	"bench/measure":  {},
}

// webPages is what the packages that answer requests for pages share.
var webPages = []string{
	root, "ui", "internal/web", "internal/store", "internal/account", "internal/newsroom", "internal/ledger",
	"internal/discuss", "internal/newsletter", "internal/search", "internal/record", "internal/media",
	"internal/frontpage", "internal/markup", "internal/feed", "internal/diff", "internal/live", "internal/web/compared",
}

// everything is what the command may import.
var everything = append([]string{
	"examples", "internal/copydesk", "internal/pagecache", "internal/mail", "internal/outbound", "internal/oidc", "internal/jobs",
	"internal/webhook", "internal/intake", "internal/verify", "internal/discuss/akismet", "internal/web/site", "internal/web/desk", "internal/web/api",
}, webPages...)

// standardLibraryOnly are the packages that import no library.
var standardLibraryOnly = []string{root, "examples", "bench/bare", "bench/guests", "bench/load", "bench/measure"}

// pure are the packages that read no clock and do no input or output.
var pure = []string{root, "internal/copydesk", "internal/markup", "internal/diff", "internal/feed", "internal/spam"}

// inputOutput are the standard packages that a pure one does without.
var inputOutput = []string{"os", "os/exec", "net", "net/http", "database/sql", "io/ioutil", "syscall"}

// statusCodes are the folders that may speak of HTTP status codes; everywhere else
// an error has a kind. Outbound, OpenID Connect and webhooks read the codes of others, and the
// command sends plain HTTP to HTTPS while it waits for certificates.
var statusCodes = []string{"internal/verify", "internal/web", "internal/pagecache", "internal/outbound", "internal/oidc", "internal/webhook", "cmd/standfirst", "bench"}

// sourceFile is one parsed Go file, whatever its build constraints.
type sourceFile struct {
	name string // below the root, with slashes
	dir  string // folder, "." for the root
	ast  *ast.File
	fset *token.FileSet
}

// imports returns the import paths of the file, each with the name under which the
// file knows it.
func (f sourceFile) imports(t *testing.T) map[string]string {
	t.Helper()
	names := make(map[string]string)
	for _, spec := range f.ast.Imports {
		importPath, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatalf("%s: %v", f.name, err)
		}
		names[importPath] = path.Base(importPath)
		if spec.Name != nil {
			names[importPath] = spec.Name.Name
		}
	}
	return names
}

// selectors returns the positions at which the file uses NAME.something where
// something begins with the prefix, and what it is.
func (f sourceFile) selectors(name, prefix string) map[token.Position]string {
	found := make(map[token.Position]string)
	ast.Inspect(f.ast, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok && strings.HasPrefix(sel.Sel.Name, prefix) {
			if id, ok := sel.X.(*ast.Ident); ok && id.Name == name {
				found[f.fset.Position(sel.Pos())] = sel.Sel.Name
			}
		}
		return true
	})
	return found
}

// parseSources parses every Go file of the module except tests.
func parseSources(t *testing.T) []sourceFile {
	t.Helper()
	return parseFiles(t, func(name string) bool { return !strings.HasSuffix(name, "_test.go") })
}

// parseFiles parses the Go files of the module whose names are wanted.
func parseFiles(t *testing.T, wanted func(name string) bool) []sourceFile {
	t.Helper()
	var files []sourceFile
	fset := token.NewFileSet()
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		base := path.Base(name)
		if entry.IsDir() {
			if name != root && skipFolder(name, base) {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(base, ".go") || !wanted(base) {
			return nil
		}
		parsed, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		files = append(files, sourceFile{name: name, dir: path.Dir(name), ast: parsed, fset: fset})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// skipFolder reports whether the go command would not look into the folder for
// packages of this module.
func skipFolder(name, base string) bool {
	if strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") || base == "testdata" || base == "node_modules" {
		return true
	}
	_, err := os.Stat(filepath.Join(filepath.FromSlash(name), "go.mod"))
	return err == nil
}

// isStandard reports whether the import path is one of the standard library.
func isStandard(importPath string) bool {
	first, _, _ := strings.Cut(importPath, "/")
	return first != modulePath && !strings.Contains(first, ".")
}

// below reports whether the folder is one of the parents or in one.
func below(dir string, parents ...string) bool {
	return slices.ContainsFunc(parents, func(parent string) bool {
		return dir == parent || strings.HasPrefix(dir, parent+"/")
	})
}

func TestImportArrows(t *testing.T) {
	unknown := make(map[string]bool)
	for _, file := range parseSources(t) {
		allowed, known := arrows[file.dir]
		if !known {
			if !unknown[file.dir] {
				t.Errorf("package %s is not in the table of import arrows: add a line for it to arch_test.go, with what it may import", file.dir)
			}
			unknown[file.dir] = true
			continue
		}
		for importPath := range file.imports(t) {
			switch target, ours := ourPackage(importPath); {
			case ours && !slices.Contains(allowed, target):
				t.Errorf("%s imports %s, which the table in arch_test.go does not allow to package %s (allowed: %s)",
					file.name, importPath, file.dir, strings.Join(allowed, ", "))
			case !ours && !isStandard(importPath) && slices.Contains(standardLibraryOnly, file.dir):
				t.Errorf("%s imports %s: package %s is made of the standard library only", file.name, importPath, file.dir)
			}
		}
	}
}

// ourPackage returns the folder of a package of this module.
func ourPackage(importPath string) (dir string, ok bool) {
	if importPath == modulePath {
		return root, true
	}
	return strings.CutPrefix(importPath, modulePath+"/")
}

func TestPurePackagesTouchNothing(t *testing.T) {
	for _, file := range parseSources(t) {
		if !slices.Contains(pure, file.dir) {
			continue
		}
		names := file.imports(t)
		for _, banned := range inputOutput {
			if _, ok := names[banned]; ok {
				t.Errorf("%s imports %s: package %s is pure", file.name, banned, file.dir)
			}
		}
		if name, ok := names["time"]; ok {
			for at := range file.selectors(name, "Now") {
				t.Errorf("%s reads the clock: package %s is pure, and the caller passes the time", at, file.dir)
			}
		}
	}
}

func TestOnlyTheStoreSpeaksSQL(t *testing.T) {
	for _, file := range parseSources(t) {
		if below(file.dir, "internal/store") {
			continue
		}
		for importPath := range file.imports(t) {
			if importPath == "database/sql" || strings.HasPrefix(importPath, "modernc.org/sqlite") || strings.HasPrefix(importPath, "github.com/jackc/pgx") {
				t.Errorf("%s imports %s: all SQL is in internal/store", file.name, importPath)
			}
		}
	}
}

func TestOnlyTheWebSpeaksStatusCodes(t *testing.T) {
	for _, file := range parseSources(t) {
		name, ok := file.imports(t)["net/http"]
		if !ok || below(file.dir, statusCodes...) {
			continue
		}
		for at, constant := range file.selectors(name, "Status") {
			t.Errorf("%s uses http.%s: give the error a kind, and let internal/web choose the status", at, constant)
		}
	}
}

func TestTestsSleepOnlyInBubbles(t *testing.T) {
	for _, file := range parseFiles(t, func(name string) bool { return strings.HasSuffix(name, "_test.go") }) {
		names := file.imports(t)
		name, ok := names["time"]
		if _, bubbles := names["testing/synctest"]; bubbles || !ok {
			continue
		}
		for at := range file.selectors(name, "Sleep") {
			t.Errorf("%s sleeps: wait for the condition, or let the test run in a bubble of testing/synctest", at)
		}
	}
}
