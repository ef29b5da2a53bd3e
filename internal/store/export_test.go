package store

import "testing"

// Statements returns the text of every statement of the engine by its name.
func Statements(t *testing.T, engine Engine) map[string]string {
	t.Helper()
	texts := make(map[string]string)
	for name, s := range newTestCatalogue(t, engine) {
		texts[name] = s.text
	}
	return texts
}

// Channel returns the channel on which the store's commits are announced.
func Channel(s *Store) string { return s.engine.(*postgresEngine).channel }
