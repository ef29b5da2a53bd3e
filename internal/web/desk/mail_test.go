package desk

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

func TestMailSettings(t *testing.T) {
	r := newTalkRoom(t)
	boss := standfirst.Administrator
	see := func() string { return r.ask(boss, mailPath, nil).Body.String() }
	has(t, see(), "There is no mail server", "Nothing failed in the last days.", "Send a test mail to administrator@ledger.example")
	r.desk.mail = MailRoute{Server: "mail.harbour.example:587", From: "desk@harbour.example", Refused: func() []standfirst.RefusedMail {
		return []standfirst.RefusedMail{{To: "ana@readers.example", Subject: "Your comment", Reason: "550 no ana@readers.example here", At: r.now}}
	}}
	page := see()
	has(t, page, "mail.harbour.example:587", "desk@harbour.example", "Your comment", "550 no …@readers.example here", "not tried again")
	lacks(t, page, "ana@")

	if w := r.ask(boss, mailPath, url.Values{"mail-name": {"The desk"}, "reply-to": {"nobody"}}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a wrong address answers %d", w.Code)
	} else {
		has(t, w.Body.String(), `value="The desk"`, `value="nobody"`, "is not an e-mail address")
	}
	if w := r.ask(boss, mailPath, url.Values{"mail-name": {"The desk"}, "reply-to": {"Answers@harbour.example"}}); w.Code != http.StatusSeeOther {
		t.Errorf("saving answers %d", w.Code)
	}
	has(t, see(), `value="The desk"`, `value="answers@harbour.example"`)

	// A test mail waits, fails, and is told of.
	for i := range 7 {
		want := http.StatusSeeOther
		if i == 6 {
			want = http.StatusTooManyRequests
		}
		if w := r.ask(boss, mailPath+"/test", url.Values{}); w.Code != want {
			t.Errorf("test mail %d answers %d", i+1, w.Code)
		}
	}
	r.must(r.store.Update(t.Context(), func(tx *store.Tx) error {
		jobs, err := tx.LeaseJobsOf(standfirst.JobSendMail, r.now, r.now.Add(time.Minute), "test", 2)
		if err != nil {
			return err
		}
		if to, subject := standfirst.MailIn(jobs[0]); to != "administrator@ledger.example" || subject != "Mail from The Newsroom arrives" {
			t.Errorf("it is %q to %s", subject, to)
		}
		if err := tx.RetryJob(jobs[0].ID, r.now.Add(time.Hour), "connection refused"); err != nil {
			return err
		}
		return tx.SetAsideJob(jobs[1].ID, "given up at last")
	}))
	has(t, see(), "connection refused", "tried again at", "given up at last")
	if w := r.ask(standfirst.Editor, mailPath, nil); w.Code != http.StatusForbidden {
		t.Errorf("an editor gets %d", w.Code)
	}
}
