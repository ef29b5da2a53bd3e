package verify

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"standfirst"
	"standfirst/internal/record"
)

// Memory is what was seen of a site's record before, in a file. The zero Memory forgets.
type Memory struct{ path string }

// memory is what the file holds.
type memory struct {
	Signed string `json:"signed"` // the checkpoint
	Key    string `json:"key"`
}

// MemoryOf returns what is remembered of the host in the folder, such as the user's
// cache folder.
func MemoryOf(folder, host string) *Memory {
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '.' || r == '-' {
			return r
		}
		return '_'
	}, strings.ToLower(host))
	return &Memory{filepath.Join(folder, "standfirst", "record", name+".json")}
}

// read returns what is remembered, and false if that is nothing.
func (m *Memory) read() (memory, bool, error) {
	if m == nil || m.path == "" {
		return memory{}, false, nil
	}
	b, err := os.ReadFile(m.path)
	if errors.Is(err, fs.ErrNotExist) {
		return memory{}, false, nil
	}
	var held memory
	if err == nil {
		err = json.Unmarshal(b, &held)
	}
	if err != nil {
		err = standfirst.WrapError(standfirst.Invalid, err, "what was seen before cannot be read in %s; delete the file to begin anew", m.path)
	}
	return held, err == nil, err
}

// keep remembers a checkpoint.
func (m *Memory) keep(signed []byte, key string) error {
	if m == nil || m.path == "" {
		return nil
	}
	b, err := json.MarshalIndent(memory{string(signed), key}, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(m.path), 0o700); err != nil {
		return standfirst.WrapError(standfirst.Invalid, err, "what was seen cannot be kept in %s", m.path)
	}
	part := m.path + ".part"
	if err := os.WriteFile(part, append(b, '\n'), 0o600); err != nil {
		return standfirst.WrapError(standfirst.Invalid, err, "what was seen cannot be kept in %s", m.path)
	}
	return os.Rename(part, m.path)
}

// witnessed is a checked head of a record, with ways to what is under it.
type witnessed struct {
	head   record.Checkpoint
	signed []byte
	key    string
	root   func(size int64) (tlog.Hash, error)
	entry  func(position int64) (record.Entry, error)
	newest int64 // the position of the newest entry about the record itself
}

// maxBreaks is how many changes of key and epoch are followed back.
const maxBreaks = 200

// continuity checks the record against what was seen of it before.
func (c *check) continuity(seen *Memory, now witnessed) {
	held, ok, err := seen.read()
	if err != nil {
		c.explain(err)
		return
	}
	if !ok {
		c.trust(seen, now)
		return
	}
	before, err := record.OpenCheckpoint([]byte(held.Signed), held.Key)
	if err != nil {
		c.explain(err)
		return
	}
	changes, err := c.changes(now)
	if err != nil {
		c.explain(err)
		return
	}
	c.sameKey(held.Key, now, changes)
	if before.Origin != now.head.Origin {
		c.broken(before, now, changes)
		return
	}
	if before.N > now.head.N {
		c.wrong("the record has shrunk: %d entries were signed when it was looked at before, and now there are %d", before.N, now.head.N)
		return
	}
	root, err := now.root(before.N)
	switch {
	case err != nil:
		c.explain(err)
	case root != before.Hash:
		c.wrong("the record contradicts what was seen before: its first %d entries are not those that were signed then", before.N)
	default:
		c.ok("the record holds everything that was seen before (%d entries) and goes on from there", before.N)
	}
}

// trust tells of a record that was not seen before, with its key as /record shows it.
func (c *check) trust(seen *Memory, now witnessed) {
	key, err := record.VerifierKey(now.head.Origin, now.key)
	switch {
	case err != nil:
		c.explain(err)
	case seen == nil || seen.path == "":
		c.look("the key of this record is taken on trust, and nothing is remembered: compare it with one that you know (%s)", key)
	default:
		c.look("this record was not seen before: its key is taken on trust and remembered (%s)", key)
	}
}

// changes returns the entries about the record itself, the newest first.
func (c *check) changes(now witnessed) ([]record.Entry, error) {
	var found []record.Entry
	for at := now.newest; at >= 0 && len(found) < maxBreaks; {
		e, err := now.entry(at)
		if err != nil {
			return nil, err
		}
		if e.Key == nil && e.Epoch == nil || e.Previous >= at {
			return nil, standfirst.Errorf(standfirst.Invalid, "entry %d is not about the record itself", at)
		}
		found = append(found, e)
		at = e.Previous
	}
	return found, nil
}

// sameKey checks that the key is that which was seen before, or was put in its place by it.
func (c *check) sameKey(before string, now witnessed, changes []record.Entry) {
	key := now.key
	for _, e := range changes {
		if key == before {
			break
		}
		k := e.Key
		if k == nil || k.Public != key {
			continue
		}
		if k.Signature == "" {
			break
		}
		if !record.CheckSignature(k.Before, k.Signature, k.Message()) {
			c.wrong("the change of key %s is not signed by the key before", e.Time.Format(timeShown))
			return
		}
		key = k.Before
	}
	switch {
	case now.key == before:
		c.ok("the key is the one that was seen before")
	case key == before:
		c.ok("the key was changed since it was seen before, and the key before signed that")
	default:
		c.wrong("the key is another than was seen before, and that one did not sign the change: ask the newsroom whether it lost its key")
	}
}

// timeShown is how times are told.
const timeShown = "2006-01-02 15:04:05 MST"

// broken tells of a record that goes on under another origin.
func (c *check) broken(before record.Checkpoint, now witnessed, changes []record.Entry) {
	origin := now.head.Origin
	for _, e := range changes {
		p := e.Epoch
		if p == nil || p.Origin != origin {
			continue
		}
		if p.OldOrigin == before.Origin {
			c.namedBreak(before, now, e)
			return
		}
		origin = p.OldOrigin
	}
	c.wrong("the record is signed as %s, and was %s when it was looked at before; no entry says so", now.head.Origin, before.Origin)
}

// namedBreak tells of a break that an entry names.
func (c *check) namedBreak(before record.Checkpoint, now witnessed, e record.Entry) {
	p := e.Epoch
	if p.OldSize < before.N {
		c.wrong("the record began anew on %s and says that %d entries had been signed; %d had been when it was looked at before", e.Time.Format(timeShown), p.OldSize, before.N)
		return
	}
	if p.OldSize == before.N && p.OldRoot != base64.StdEncoding.EncodeToString(before.Hash[:]) {
		c.wrong("the record began anew on %s and says that its %d entries were others than those that were seen when it was looked at before", e.Time.Format(timeShown), p.OldSize)
		return
	}
	c.look("THE RECORD BROKE: on %s it began anew as %s. Until then %d entries were signed as %s", e.Time.Format(timeShown), p.Origin, p.OldSize, p.OldOrigin)
	if before.N <= now.head.N {
		if root, err := now.root(before.N); err == nil && root == before.Hash {
			c.ok("everything that was seen before the break (%d entries) is still there, unchanged", before.N)
			return
		}
	}
	c.look("of the %d entries that were seen before the break, some of the last are not in it: versions published then may be missing from the record", before.N)
}
