package feedtest

import (
	"bytes"
	"embed"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

//go:embed schema/*.rng schema/*.xsd schema/*.json
var schemas embed.FS

// Atom fails the test unless the document is a feed as RFC 4287 has it.
func Atom(t testing.TB, document []byte) {
	t.Helper()
	lint(t, "--relaxng", "atom.rng", document)
}

// Sitemap fails the test unless the document is one, as sitemaps.org has it.
func Sitemap(t testing.TB, document []byte) {
	t.Helper()
	lint(t, "--schema", "sitemap.xsd", document)
}

// SitemapIndex fails the test unless the document is an index of sitemaps.
func SitemapIndex(t testing.TB, document []byte) {
	t.Helper()
	lint(t, "--schema", "siteindex.xsd", document)
}

// NewsSitemap fails the test unless the document is a sitemap with what Google adds for news.
func NewsSitemap(t testing.TB, document []byte) {
	t.Helper()
	lint(t, "--schema", "news-urlset.xsd", document)
}

// lint has xmllint hold the document against a schema. Where there is no xmllint it says so
// and leaves it at that, but not on the machines that decide what lands.
func lint(t testing.TB, flag, schema string, document []byte) {
	t.Helper()
	program, err := exec.LookPath("xmllint")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("there is no xmllint; it is in the package libxml2-utils")
		}
		t.Log("there is no xmllint: nothing is held against " + schema)
		return
	}
	folder := t.TempDir()
	names, err := schemas.ReadDir("schema")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range names { // schemas include each other
		body, err := schemas.ReadFile("schema/" + entry.Name())
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, entry.Name()), body, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	command := exec.CommandContext(t.Context(), program, "--nonet", "--noout", flag, filepath.Join(folder, schema), "-")
	command.Stdin = bytes.NewReader(document)
	if said, err := command.CombinedOutput(); err != nil {
		t.Errorf("%v: %s\n%s", err, said, document)
	}
}

// JSONFeed fails the test unless the document is a feed as JSON Feed 1.1 has it.
func JSONFeed(t testing.TB, document []byte) {
	t.Helper()
	conforms(t, "jsonfeed.json", document)
}

// Ninjs fails the test unless the document is a story as ninjs 3.1 has it.
func Ninjs(t testing.TB, document []byte) {
	t.Helper()
	conforms(t, "ninjs.json", document)
}

// compiled are the JSON Schemas by name, with the formats of texts held as well.
var compiled sync.Map

// conforms fails the test unless the document is what the JSON Schema describes.
func conforms(t testing.TB, schema string, document []byte) {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(document))
	if err != nil {
		t.Errorf("%v in\n%s", err, document)
		return
	}
	once, _ := compiled.LoadOrStore(schema, sync.OnceValues(func() (*jsonschema.Schema, error) { return compile(schema) }))
	rules, err := once.(func() (*jsonschema.Schema, error))()
	if err != nil {
		t.Fatal(err)
	}
	if err := rules.Validate(value); err != nil {
		t.Errorf("%v in\n%s", err, document)
	}
}

func compile(name string) (*jsonschema.Schema, error) {
	source, err := schemas.Open("schema/" + name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = source.Close() }()
	value, err := jsonschema.UnmarshalJSON(source)
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(name, value); err != nil {
		return nil, err
	}
	return c.Compile(name)
}
