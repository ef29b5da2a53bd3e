package ui

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Catalogue holds the interface strings of one language by key. A string may
// carry the verbs of package fmt for what is filled in.
type Catalogue map[string]string

// LoadCatalogue reads the strings of a language, such as "en", from strings/.
func LoadCatalogue(language string) (Catalogue, error) {
	b, err := files.ReadFile("strings/" + language + ".json")
	if err != nil {
		return nil, fmt.Errorf("ui: load strings %q: %w", language, err)
	}
	var c Catalogue
	if err := json.Unmarshal(b, &c); err != nil {
		return nil, fmt.Errorf("ui: load strings %q: %w", language, err)
	}
	return c, nil
}

// Text returns the string under the key with the arguments filled in. An unknown
// key comes back as itself, so that a page is never lost over a word; a test
// fails on every key that is used and not there, or there and not used.
func (c Catalogue) Text(key string, args ...any) string {
	text, ok := c[key]
	switch {
	case !ok:
		return key
	case len(args) == 0:
		return text
	default:
		return fmt.Sprintf(text, args...)
	}
}

// Below returns the strings whose keys begin with the prefix, for a script that says them.
func (c Catalogue) Below(prefix string) Catalogue {
	below := make(Catalogue)
	for key, text := range c {
		if strings.HasPrefix(key, prefix) {
			below[key] = text
		}
	}
	return below
}
