package pagecache

import "sync"

// maxShared is how many values are shared. Content types and the like are few; were
// they not, holding them for ever would be a leak.
const maxShared = 64

// sharedValues holds the values of headers that many pages have in common, each once,
// as a header map wants them. The zero sharedValues is empty.
type sharedValues struct {
	mu     sync.Mutex
	values map[string][]string
}

// value returns the text as the only value of a header. Nobody may write to it.
func (s *sharedValues) value(text string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if v := s.values[text]; v != nil {
		return v
	}
	v := []string{text}
	if s.values == nil {
		s.values = make(map[string][]string)
	}
	if len(s.values) < maxShared {
		s.values[text] = v
	}
	return v
}
