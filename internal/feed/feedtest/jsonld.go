package feedtest

import (
	"encoding/json"
	"strings"
	"testing"
)

// vocabulary is the part of schema.org that is used: what each type is, and its own
// properties.
type vocabulary map[string]struct {
	Of         []string `json:"of"`
	Properties []string `json:"properties"`
}

// has reports whether the type has the property, or one that it is has it.
func (v vocabulary) has(kind, property string) bool {
	for _, p := range v[kind].Properties {
		if p == property {
			return true
		}
	}
	for _, above := range v[kind].Of {
		if v.has(above, property) {
			return true
		}
	}
	return false
}

// JSONLD fails the test unless the data block is JSON-LD in the words of schema.org, and
// nothing in it can end the block. It returns its things.
func JSONLD(t testing.TB, block string) []map[string]any {
	t.Helper()
	source, err := schemas.ReadFile("schema/schemaorg.json")
	if err != nil {
		t.Fatal(err)
	}
	var words vocabulary
	if err := json.Unmarshal(source, &words); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(block, "<>") {
		t.Errorf("the block can be ended: %s", block)
	}
	var document map[string]any
	if err := json.Unmarshal([]byte(block), &document); err != nil {
		t.Errorf("%v in %s", err, block)
		return nil
	}
	if document["@context"] != "https://schema.org" {
		t.Errorf("the context is %v", document["@context"])
	}
	delete(document, "@context")
	var things []map[string]any
	if graph, ok := document["@graph"].([]any); ok {
		for _, one := range graph {
			thing, _ := one.(map[string]any)
			things = append(things, thing)
		}
	} else {
		things = []map[string]any{document}
	}
	for _, thing := range things {
		words.hold(t, thing)
	}
	return things
}

// hold fails the test unless the thing and those below it are of types that have their
// properties.
func (v vocabulary) hold(t testing.TB, thing map[string]any) {
	t.Helper()
	kind, _ := thing["@type"].(string)
	if _, ok := v[kind]; !ok {
		t.Errorf("there is no type %q: %v", kind, thing)
		return
	}
	for property, value := range thing {
		if !strings.HasPrefix(property, "@") && !v.has(kind, property) {
			t.Errorf("a %s has no %s", kind, property)
		}
		switch value := value.(type) {
		case map[string]any:
			v.hold(t, value)
		case []any:
			for _, one := range value {
				if below, ok := one.(map[string]any); ok {
					v.hold(t, below)
				}
			}
		}
	}
}
