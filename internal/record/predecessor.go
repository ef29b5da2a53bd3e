package record

import (
	"encoding/base64"
	"regexp"
	"strconv"

	"golang.org/x/mod/sumdb/tlog"

	"standfirst"
)

// Known says where a checkpoint was found.
type Known string

const (
	KnownNowhere  Known = ""         // nothing was ever signed, as far as anybody here knows
	KnownGiven    Known = "given"    // by the operator
	KnownSeen     Known = "seen"     // in the file of what this node has seen
	KnownDatabase Known = "database" // among the checkpoints in the database
	KnownEpoch    Known = "epoch"    // an earlier epoch in the database names it
)

// predecessor is what was signed last before an epoch begins.
type predecessor struct {
	Checkpoint
	note []byte // signed; nil if only an epoch names it
	from Known
}

// numbered matches the number of an epoch at the end of an origin.
var numbered = regexp.MustCompile(`/([0-9]{1,9})$`)

// baseOf returns the origin of the first epoch of the record that has the origin.
func baseOf(origin string) string { return numbered.ReplaceAllString(origin, "") }

// epochOf returns the number of the epoch that has the origin.
func epochOf(origin string) int {
	if m := numbered.FindStringSubmatch(origin); m != nil {
		if n, err := strconv.Atoi(m[1]); err == nil {
			return n
		}
	}
	return 1
}

// above reports whether the checkpoint was signed after the other one: in a later epoch,
// or in the same one with more entries.
func (c Checkpoint) above(other Checkpoint) bool {
	if n, m := epochOf(c.Origin), epochOf(other.Origin); n != m {
		return n > m
	}
	return c.N > other.N
}

// highest returns what was signed last, as far as the database and this node know. Of two
// that contradict each other at the same size, that from outside the database wins: the
// one inside is the one that was set back.
func highest(now state, was seen, from Known) (predecessor, error) {
	var known []predecessor
	if was.exists {
		known = append(known, predecessor{was.Checkpoint, was.note, from})
	}
	if now.last.Note != "" {
		last, err := UnsignedCheckpoint([]byte(now.last.Note))
		if err != nil {
			return predecessor{}, err
		}
		known = append(known, predecessor{last, []byte(now.last.Note), KnownDatabase})
	}
	for _, e := range now.epochs {
		root, err := decodeBase64(e.OldRoot)
		if e.OldSize == 0 || err != nil || len(root) != tlog.HashSize {
			continue
		}
		known = append(known, predecessor{Checkpoint{e.OldOrigin, tlog.Tree{N: e.OldSize, Hash: tlog.Hash(root)}}, nil, KnownEpoch})
	}
	var top predecessor
	for _, p := range known {
		if top.from == KnownNowhere || p.above(top.Checkpoint) {
			top = p
		}
	}
	return top, nil
}

// nextEpoch returns the epoch that goes on after what was signed last. An epoch that the
// database has forgotten keeps its number.
func nextEpoch(now state, before predecessor) (EpochChange, error) {
	if len(now.epochs) == 0 {
		return EpochChange{}, standfirst.Errorf(standfirst.Conflict, "there is no record yet")
	}
	current := now.epochs[len(now.epochs)-1]
	e := EpochChange{Number: current.Number + 1, OldOrigin: current.Origin}
	if before.from != KnownNowhere {
		e.OldOrigin, e.OldSize, e.OldRoot = before.Origin, before.N, base64.StdEncoding.EncodeToString(before.Hash[:])
		e.Number = max(e.Number, epochOf(before.Origin)+1)
	}
	e.Origin = baseOf(current.Origin) + "/" + strconv.Itoa(e.Number)
	return e, nil
}
