package main

import (
	"bytes"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// TestMailWithoutAMailServer has a mail go from the transaction that asks for it into the
// outbox.
func TestMailWithoutAMailServer(t *testing.T) {
	p := place{Data: t.TempDir()}
	r, err := p.open(t.Context(), &console{in: strings.NewReader(""), out: io.Discard, err: io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	defer r.close()
	if err := r.setUp(t.Context(), demoPublication()); err != nil {
		t.Fatal(err)
	}
	wanted := standfirst.Mail{To: "ida@quayside.example", Subject: "The morning edition", Text: "Freight rates rose."}
	job, err := wanted.Job()
	if err != nil {
		t.Fatal(err)
	}
	err = r.store.Update(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Enqueue(job)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	post, err := new(serving).postOffice()
	if err != nil {
		t.Fatal(err)
	}
	post.open(r)
	if err := r.worker(time.Second, post.sendJob).Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if mails := post.shown().Mails(); len(mails) != 1 || mails[0].Mail != wanted {
		t.Errorf("%+v", mails)
	}
}

func TestServeSaysWhereMailGoes(t *testing.T) {
	for name, tc := range map[string]struct {
		serving serving
		want    string
		shown   bool
	}{
		"mail server": {serving{SMTP: "smtp://jane:secret@mx.example?from=desk@harbour.example"}, "smtp://mx.example:587 from desk@harbour.example", false},
		"outbox":      {serving{OpsListen: "127.0.0.1:0"}, "nowhere but to /outbox", true},
		"nowhere":     {serving{}, "mail goes nowhere, and --ops-listen", true},
	} {
		t.Run(name, func(t *testing.T) {
			post, err := tc.serving.postOffice()
			if err != nil {
				t.Fatal(err)
			}
			var logged bytes.Buffer
			post.open(&room{log: slog.New(slog.DiscardHandler)})
			post.sayWhereTo(slog.New(slog.NewTextHandler(&logged, nil)), tc.serving.OpsListen)
			if got := logged.String(); !strings.Contains(got, tc.want) || strings.Contains(got, "secret") {
				t.Errorf("logged %s", got)
			}
			if (post.shown() != nil) != tc.shown {
				t.Errorf("the outbox is shown: %v", post.shown() != nil)
			}
		})
	}
}
