package desk

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/web"
)

const (
	// undoLife is how long a step can be undone.
	undoLife = time.Hour
	// maxUndo bounds what of the former arrangement the address of a page carries, in bytes.
	maxUndo = 6000
	// restore is the deed that brings back how it was.
	restore = "restore"
)

// arranged is the head of a page on which something is arranged by single steps.
type arranged struct {
	Title   string
	Site    string // address of what is arranged, for readers
	Done    string
	Undo    *undo // nil if nothing can be undone
	Failure string
}

// undo is the form that brings back how it was before the last step.
type undo struct {
	Path      string
	Key, Name string // the field that says what was arranged, and what it says
	Seen      string // how it is
	Ticket    string
}

// lastStep returns the head of the page at the path, with what the address says of the last
// step: what is said of its deed, and the ticket to undo it. What was arranged is named by the
// key.
func (m *member) lastStep(path, key string, deeds []string, said func(deed string) string) (a arranged) {
	q := m.r.URL.Query()
	done := q.Get("done")
	if !slices.Contains(deeds, done) {
		return a
	}
	a.Done = said(done)
	u := &undo{Path: path, Key: key, Name: q.Get(key), Ticket: q.Get("undo")}
	if _, err := m.formerly(u.of(), u.Ticket); err == nil && done != restore {
		a.Undo = u
	}
	return a
}

// of returns what a ticket of the form is about.
func (u *undo) of() string { return u.Path + " " + u.Name }

// ticket returns what brings back how it was. Nobody else can make or use it: the key is
// what only the browser of this session has.
func (m *member) ticket(of, was string) string {
	if len(was) > maxUndo {
		return ""
	}
	until := strconv.FormatInt(m.clock().Add(undoLife).Unix(), 10)
	return until + "." + base64.RawURLEncoding.EncodeToString([]byte(was)) + "." + m.undoMAC(of, until, was)
}

func (m *member) undoMAC(of, until, was string) string {
	mac := hmac.New(sha256.New, []byte(web.SessionToken(m.r)))
	mac.Write(fmt.Appendf(nil, "undo %q %q %q", of, until, was))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// formerly returns how it was, as the ticket says, and an Invalid error for one that this
// session was not given for it, or that is too old.
func (m *member) formerly(of, ticket string) (was string, err error) {
	until, rest, _ := strings.Cut(ticket, ".")
	text, mac, _ := strings.Cut(rest, ".")
	before, err := base64.RawURLEncoding.DecodeString(text)
	end, failed := strconv.ParseInt(until, 10, 64)
	if err != nil || failed != nil || !hmac.Equal([]byte(mac), []byte(m.undoMAC(of, until, string(before)))) || !m.clock().Before(time.Unix(end, 0)) {
		return "", standfirst.Errorf(standfirst.Invalid, "that step cannot be undone any more; arrange it by hand")
	}
	return string(before), nil
}
