package verify_test

import (
	"context"
	"errors"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"standfirst"
	"standfirst/internal/record"
	"standfirst/internal/store"
	"standfirst/internal/verify"
)

// step returns the steps of a verification that must succeed or not, and fails the test
// unless one of them has the words.
func (h *house) step(succeeds bool, words string) {
	h.Helper()
	steps, err := h.verify()
	if (err == nil) != succeeds {
		h.Errorf("succeeds: %v\n%s", err == nil, steps)
	}
	if !strings.Contains(steps, words) {
		h.Errorf("no step says %q:\n%s", words, steps)
	}
}

func TestRotation(t *testing.T) {
	h := newHouse(t)
	h.publish()
	h.step(true, "taken on trust")
	for range 2 {
		_, err := h.signer.Rotate(t.Context(), "", false)
		h.must(err)
	}
	h.step(true, "the key before signed that")
	h.step(true, "the key is the one that was seen before")
	h.must(os.Remove(filepath.Join(h.dir, "key")))
	if err := h.signer.Sign(t.Context()); err != nil {
		t.Error(err) // nothing is new
	}
	_, err := h.signer.Rotate(t.Context(), "", true)
	h.must(err)
	h.step(false, "did not sign the change")
	if problems := h.audit(); len(problems) > 0 {
		t.Error(strings.Join(problems, "\n"))
	}
}

// keys returns the keys that the page about the record names.
func (h *house) keys() []string {
	h.Helper()
	_, page := h.fetch("/record")
	var keys []string
	for _, m := range regexp.MustCompile(`<code>([^<]+\+[0-9a-f]{8}\+[^<]+)</code>`).FindAllStringSubmatch(html.UnescapeString(page), -1) {
		keys = append(keys, m[1])
	}
	return keys
}

// opens checks that the key opens the checkpoint that is served.
func (h *house) opens(key string) error {
	h.Helper()
	_, signed := h.fetch("/record/checkpoint")
	verifier, err := note.NewVerifier(key)
	h.must(err)
	_, err = note.Open([]byte(signed), note.VerifierList(verifier))
	return err
}

// Between a change of the key or the epoch and the next checkpoint, readers are told the
// key of the checkpoint that they get, and that another follows.
func TestTheKeyIsThatOfTheCheckpoint(t *testing.T) {
	for name, change := range map[string]func(*house){
		"key": func(h *house) { _, err := h.signer.Rotate(h.Context(), "", false); h.must(err) },
		"lost key": func(h *house) {
			h.memory = nil // who knows the key before is told, and rightly
			_, err := h.signer.Rotate(h.Context(), "", true)
			h.must(err)
		},
		"epoch": func(h *house) {
			h.must(record.HoldBack(filepath.Join(h.dir, "seen"), "made on Tuesday"))
			// Who has the lease is waited for, and in vain.
			ctx, cancel := context.WithTimeout(h.Context(), 200*time.Millisecond)
			defer cancel()
			if _, err := h.signer.Resume(ctx, record.ResumeOptions{}); !errors.Is(err, context.DeadlineExceeded) {
				h.Errorf("got %v", err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.publish()
			h.step(true, "the words of the article")
			before := h.keys()
			// Another node has the lease, and signs nothing for a while.
			h.must(h.signer.Release(t.Context()))
			h.must(h.store.Update(t.Context(), func(tx *store.Tx) error {
				held, err := tx.TakeRecordLease("another node", time.Now(), time.Now().Add(time.Hour))
				if !held {
					t.Error("the lease is not free")
				}
				return err
			}))
			change(h)
			h.step(true, "the words of the article")
			h.logHolds()
			keys := h.keys()
			if len(before) != 1 || len(keys) != 2 || keys[0] != before[0] || keys[1] == before[0] {
				t.Fatalf("the page named the keys %q and names %q", before, keys)
			}
			h.must(h.opens(keys[0]))
			following := keys[1]
			h.must(h.store.Update(t.Context(), func(tx *store.Tx) error { return tx.DropRecordLease("another node") }))
			h.sign()
			h.step(true, "the words of the article")
			h.logHolds()
			if keys := h.keys(); len(keys) != 1 || keys[0] != following {
				t.Errorf("the page names the keys %q, and %q was to follow", keys, following)
			} else if err := h.opens(keys[0]); err != nil {
				t.Error(err)
			}
		})
	}
}

// Who reads the version just before another key signs, and its proof just after, looks again.
func TestTheKeyChangesWhileItIsRead(t *testing.T) {
	h := newHouse(t)
	h.publish()
	changed := false
	h.arrives = func(path string) {
		if strings.HasSuffix(path, ".tlog-proof") && !changed {
			changed = true
			_, err := h.signer.Rotate(t.Context(), "", false)
			h.must(err)
		}
	}
	h.step(true, "both are fetched again")
	h.step(true, "the key is the one that was seen before")
}

// logHolds checks the whole log as an outsider.
func (h *house) logHolds() {
	h.Helper()
	source, _, err := verify.NewWeb(h.url)
	h.must(err)
	if err := verify.Log(h.Context(), source, h.memory, func(s verify.Step) {
		if s.Mark == verify.Failed {
			h.Error(s.Text)
		}
	}); err != nil {
		h.Error(err)
	}
}

// A newsroom whose database is set back goes on publishing, unsigned, until a new epoch
// begins; an outsider is told of the break, and of what it left out.
func TestBreak(t *testing.T) {
	h := newHouse(t)
	h.publish()
	h.step(true, "taken on trust")
	h.behind(`DELETE FROM record_checkpoint`, `UPDATE record_entry SET body = replace(body, '"number":2', '"number":1') WHERE kind = 'claim' AND number = 2`)
	err := h.signer.Sign(t.Context())
	if err == nil || standfirst.KindOf(err) != standfirst.Conflict || !strings.Contains(err.Error(), "record resume") {
		// The hashes in the database are still those that were signed.
		t.Log(err)
	}
	// As after a restore: the tree is shorter than what was signed.
	other := filepath.Join(h.dir, "seen")
	seen, err := os.ReadFile(other)
	h.must(err)
	h.must(record.HoldBack(other, "made on Tuesday"))
	err = h.signer.Sign(t.Context())
	if err == nil || standfirst.KindOf(err) != standfirst.Conflict || !strings.Contains(err.Error(), "restored from a backup (made on Tuesday)") {
		t.Errorf("got %v", err)
	}
	if _, err := h.signer.Check(t.Context()); err == nil {
		t.Error("the doctor is told that all is well")
	}
	done, err := h.signer.Resume(t.Context(), record.ResumeOptions{})
	h.must(err)
	if done.Epoch.Number != 2 || done.Epoch.Origin != "harbour.example/record/2" || done.Epoch.OldSize != 14 {
		t.Errorf("resumed as %+v", done.Epoch)
	}
	if now, err := os.ReadFile(other); err != nil || string(now) == string(seen) || !strings.HasPrefix(string(now), "harbour.example/record/2\n") {
		t.Errorf("what was seen is %q, %v", now, err)
	}
	if _, err := h.signer.Resume(t.Context(), record.ResumeOptions{}); err == nil || standfirst.KindOf(err) != standfirst.Conflict {
		t.Errorf("resumed twice: %v", err)
	}
}

func TestBreakAsTheOutsiderSeesIt(t *testing.T) {
	h := newHouse(t)
	h.publish()
	h.step(true, "taken on trust")
	h.must(record.HoldBack(filepath.Join(h.dir, "seen"), "made on Tuesday"))
	_, err := h.signer.Resume(t.Context(), record.ResumeOptions{})
	h.must(err)
	h.step(true, "THE RECORD BROKE")
	h.step(true, "holds everything that was seen before (15 entries)")
	dir := filepath.Join(t.TempDir(), "out")
	_, err = record.Export(t.Context(), h.store.Reader(), dir)
	h.must(err)
	if err := verify.Log(t.Context(), verify.Folder(dir), nil, func(s verify.Step) { t.Log(s.Mark, s.Text) }); err != nil {
		t.Error("the record that was exported after the break:", err)
	}
}

// What was published before there was a record gets its entries when the newsroom is
// opened, and they say so.
func TestBackfill(t *testing.T) {
	h := newHouse(t)
	h.publish()
	h.behind(`DELETE FROM record_entry`, `DELETE FROM record_head`, `DELETE FROM record_key`, `DELETE FROM record_epoch`, `DELETE FROM record_checkpoint`)
	h.must(os.Remove(filepath.Join(h.dir, "seen")))
	h.must(h.signer.Begin(t.Context()))
	h.sign()
	if problems := h.audit(); len(problems) > 0 {
		t.Error(strings.Join(problems, "\n"))
	}
	h.step(true, "before the newsroom kept a record")
	h.must(h.signer.Begin(t.Context()))
	if n := countEntries(h); n != 14 {
		t.Errorf("%d entries", n)
	}
}

func TestRetractedAndUnpublished(t *testing.T) {
	h := newHouse(t)
	h.publish()
	_, err := h.news.Retract(t.Context(), standfirst.Command(), h.story.ID, "The talks had ended in January, and we knew no better.")
	h.must(err)
	h.sign()
	h.step(true, "the retraction: all of its parts (1)")
	_, page := h.fetch(h.story.Path() + "/version/2.json")
	if strings.Contains(page, "advanced talks") {
		t.Error("the data of a retracted story still has its text")
	}
	h.behind(`UPDATE story SET retraction_note = 'All of it was right.' WHERE state = 'retracted'`)
	h.step(false, "the retraction: text is not what was published")
	if problems := h.audit(); len(problems) != 1 {
		t.Error(strings.Join(problems, "\n"))
	}

	h = newHouse(t)
	h.publish()
	_, err = h.news.Unpublish(t.Context(), standfirst.Command(), h.story.ID)
	h.must(err)
	h.sign()
	h.step(false, "has been taken down")
	h.behind(`UPDATE story SET state = 'published' WHERE state = 'unpublished'`)
	h.step(false, "was unpublished")
	if problems := h.audit(); len(problems) == 0 {
		t.Error("the newsroom does not see that a story came back")
	}
}

// A version that is not signed yet is not called a lie, and the key of a record that is
// seen for the first time is told as /record shows it.
func TestWhatAnOutsiderIsToldAtFirst(t *testing.T) {
	h := newHouse(t)
	h.publish()
	h.step(true, "remembered ("+h.keys()[0]+")")
	h.memory = nil
	h.step(true, "nothing is remembered")
	h.edit("declined to comment", "did not comment", standfirst.Change{Class: standfirst.Minor})
	h.step(false, "version 3 is not proven: no signed checkpoint holds its entry yet")
}

func TestAddressesThatAreNone(t *testing.T) {
	for _, address := range []string{"", "news.example/story", "file:///etc/passwd", "ftp://news.example/x"} {
		if _, _, err := verify.NewWeb(address); err == nil || standfirst.KindOf(err) != standfirst.Invalid {
			t.Errorf("%q: got %v", address, err)
		}
	}
}
