package mail

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"standfirst"
)

// filled returns an outbox that was given the mails.
func filled(t *testing.T, mails ...standfirst.Mail) *Outbox {
	t.Helper()
	o := NewOutbox(func() time.Time { return sentAt }, slog.New(slog.DiscardHandler))
	for i, m := range mails {
		if err := o.SendJob(t.Context(), jobFor(t, standfirst.JobID(i+1), m)); err != nil {
			t.Fatal(err)
		}
	}
	return o
}

func TestOutboxShowsTheNewestFirst(t *testing.T) {
	evening := morning()
	evening.Subject = "The evening edition"
	o := filled(t, morning(), evening)
	mails := o.Mails()
	if len(mails) != 2 || mails[0].Mail != evening || mails[0].Number != 2 || mails[1].Mail != morning() || !mails[0].At.Equal(sentAt) {
		t.Errorf("%+v", mails)
	}
	if m, err := o.Mail(1); err != nil || m.Mail != morning() {
		t.Errorf("%+v, %v", m, err)
	}
	if _, err := o.Mail(3); err == nil || standfirst.KindOf(err) != standfirst.NotFound {
		t.Errorf("%v", err)
	}
}

func TestOutboxKeepsTheLast(t *testing.T) {
	var many []standfirst.Mail
	for i := range maxKept + 50 {
		m := morning()
		m.Subject = fmt.Sprintf("Edition %d", i+1)
		many = append(many, m)
	}
	mails := filled(t, many...).Mails()
	if len(mails) != maxKept || mails[0].Number != maxKept+50 || mails[maxKept-1].Number != 51 {
		t.Errorf("%d mails, from %d to %d", len(mails), mails[0].Number, mails[len(mails)-1].Number)
	}
}

func TestOutboxHoldsNoMoreThanItMay(t *testing.T) {
	long := morning()
	long.Text = strings.Repeat("x", standfirst.MaxMailText)
	var many []standfirst.Mail
	for range 40 {
		many = append(many, long)
	}
	o := filled(t, many...)
	mails := o.Mails()
	held := 0
	for _, m := range mails {
		held += size(m.Mail)
	}
	if held != o.bytes || held > maxKeptBytes || held+size(long) <= maxKeptBytes || mails[0].Number != 40 {
		t.Errorf("%d mails of %d bytes, counted %d", len(mails), held, o.bytes)
	}
}
