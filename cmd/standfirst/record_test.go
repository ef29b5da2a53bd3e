package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"standfirst/internal/record"
	"standfirst/internal/store"
)

// A server says when it starts that it does not sign, and why; doctor and the page for
// readers are in the script.
func TestServeSaysThatItDoesNotSign(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(t *testing.T, data string) error
		says  string
	}{
		"all is well": {func(*testing.T, string) error { return nil }, ""},
		"restored": {func(_ *testing.T, data string) error {
			return record.HoldBack(filepath.Join(data, seenFile), "made on Tuesday")
		}, "WARNING: the record is not signed: this newsroom was restored from a backup (made on Tuesday)"},
		"others may read the key": {func(_ *testing.T, data string) error {
			return os.Chmod(filepath.Join(data, keyFile), 0o644)
		}, "WARNING: others may read the key"},
		"the key is elsewhere": {func(_ *testing.T, data string) error {
			return os.Remove(filepath.Join(data, keyFile))
		}, "This machine does not sign the record"},
	} {
		t.Run(name, func(t *testing.T) {
			data := filepath.Join(t.TempDir(), "news")
			out := &lines{wrote: make(chan struct{}, 1)}
			con := &console{in: strings.NewReader(""), out: out, err: out}
			if code := run(t.Context(), []string{"init", "--data", data, "--name", "The Harbour Ledger"}, con); code != exitDone {
				t.Fatal(out)
			}
			if err := c.spoil(t, data); err != nil {
				t.Fatal(err)
			}
			ctx, stop := context.WithCancel(t.Context())
			ended := make(chan int, 1)
			go func() { ended <- run(ctx, []string{"serve", "--data", data, "--listen=127.0.0.1:0"}, con) }()
			_, err := out.await(listening, ended)
			stop()
			if err != nil {
				t.Fatal(err)
			}
			<-ended
			if said := out.String(); !strings.Contains(said, c.says) || c.says == "" && strings.Contains(said, "WARNING") {
				t.Errorf("it says\n%s", said)
			}
		})
	}
}

// The doctor tells of entries that nobody signs although nothing forbids it.
func TestDoctorTellsOfWhatWaits(t *testing.T) {
	data := filepath.Join(t.TempDir(), "news")
	con := &console{in: strings.NewReader(""), out: t.Output(), err: t.Output()}
	if code := run(t.Context(), []string{"init", "--data", data, "--name", "The Harbour Ledger"}, con); code != exitDone {
		t.Fatal(code)
	}
	r, err := place{Data: data}.open(t.Context(), con)
	if err != nil {
		t.Fatal(err)
	}
	defer r.close()
	for _, age := range []time.Duration{0, time.Hour} {
		if err := r.record.Sign(t.Context()); err != nil {
			t.Fatal(err)
		}
		entry := record.Entry{Kind: record.UnpublishedKind, Story: 7, Time: time.Now().Add(-age)}
		if err := r.store.Update(t.Context(), func(tx *store.Tx) error { record.Append(tx, entry); return nil }); err != nil {
			t.Fatal(err)
		}
		findings, err := r.checkRecord(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if told := len(findings) > 0; told != (age > longUnsigned) {
			t.Errorf("after %v: %v", age, findings)
		}
	}
}
