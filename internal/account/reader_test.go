package account

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

const ana = "ana@readers.example"

// onEachSite runs the test on both engines, with a publication.
func onEachSite(t *testing.T, test func(d *deskFixture)) {
	onEach(t, func(d *deskFixture) {
		pub := standfirst.DefaultPublication()
		pub.Name = "The Harbour Ledger"
		d.must(d.store.Update(d.t.Context(), func(tx *store.Tx) error { return tx.PutPublication(pub) }))
		test(d)
	})
}

// linkTo asks for a link and returns the mails that are to go out.
func (d *deskFixture) linkTo(email, address string) (mails []standfirst.Mail) {
	d.t.Helper()
	d.must(d.SendReaderLink(d.t.Context(), ReaderRequest{
		Email: email, Name: "Ana", Next: "/2026/03/03/a-story/reply", BaseURL: "https://ledger.example", From: Origin{Address: address},
	}))
	return d.mails()
}

// mails returns the mails that are to go out, and takes them away.
func (d *deskFixture) mails() (mails []standfirst.Mail) {
	d.t.Helper()
	d.must(d.store.Update(d.t.Context(), func(tx *store.Tx) error {
		mails = nil
		due, err := tx.LeaseJobs(d.now.AddDate(1, 0, 0), d.now.AddDate(2, 0, 0), "test", 100)
		for _, job := range due {
			var m standfirst.Mail
			if job.Kind != standfirst.JobSendMail {
				continue
			}
			if err := json.Unmarshal(job.Payload, &m); err != nil {
				return err
			}
			mails = append(mails, m)
			if err := tx.FinishJob(job.ID); err != nil {
				return err
			}
		}
		return err
	}))
	return mails
}

// readerToken asks for a link and returns its token.
func (d *deskFixture) readerToken(email string) string {
	d.t.Helper()
	mails := d.linkTo(email, "192.0.2.7")
	if len(mails) != 1 || mails[0].To != email {
		d.t.Fatalf("the mails are %+v", mails)
	}
	_, token, ok := strings.Cut(mails[0].Text, "https://ledger.example/sign-in/")
	if !ok {
		d.t.Fatalf("there is no link in %q", mails[0].Text)
	}
	token, _, _ = strings.Cut(token, "\n")
	return token
}

func (d *deskFixture) readerIn(token string) (in ReaderSignedIn, ok bool) {
	d.t.Helper()
	in, err := d.Reader(d.t.Context(), token)
	if err != nil {
		d.wantKind(err, standfirst.Unauthenticated)
	}
	return in, err == nil
}

func TestReaderSignsInByALink(t *testing.T) {
	onEachSite(t, func(d *deskFixture) {
		token := d.readerToken(ana)
		link, err := d.ReaderLink(t.Context(), token)
		d.must(err)
		if link.Email != ana || link.Next == "" {
			t.Errorf("the link is for %+v", link)
		}
		in, err := d.UseReaderLink(t.Context(), token)
		d.must(err)
		if in.Reader.Email != ana || in.Reader.Name != "Ana" || in.Reader.ConfirmedAt.IsZero() || in.Next != link.Next {
			t.Errorf("signed in as %+v", in)
		}
		if again, ok := d.readerIn(in.Token); !ok || again.Reader.ID != in.Reader.ID || again.Renewed {
			t.Errorf("the session is of %+v", again)
		}
		_, err = d.UseReaderLink(t.Context(), token)
		d.wantKind(err, standfirst.NotFound)
		if _, ok := d.readerIn(token); ok {
			t.Error("the token of a link is that of a session")
		}
		late := d.readerToken(ana)
		d.now = d.now.Add(time.Hour)
		_, err = d.UseReaderLink(t.Context(), late)
		d.wantKind(err, standfirst.NotFound)
	})
}

func TestTokensOfReadersAreStoredAsDigests(t *testing.T) {
	onEachSite(t, func(d *deskFixture) {
		token := d.readerToken(ana)
		d.must(d.store.View(t.Context(), func(tx *store.ReadTx) error {
			_, err := tx.ReaderLink(token, d.now)
			d.wantKind(err, standfirst.NotFound)
			return nil
		}))
		in, err := d.UseReaderLink(t.Context(), token)
		d.must(err)
		d.must(d.store.View(t.Context(), func(tx *store.ReadTx) error {
			_, err := tx.ReaderSession(in.Token)
			d.wantKind(err, standfirst.NotFound)
			return nil
		}))
	})
}

func TestReaderSessionsSlide(t *testing.T) {
	onEachSite(t, func(d *deskFixture) {
		first, err := d.UseReaderLink(t.Context(), d.readerToken(ana))
		d.must(err)
		second, err := d.UseReaderLink(t.Context(), d.readerToken(ana))
		d.must(err)
		for range 3 {
			d.now = d.now.AddDate(0, 0, 40)
			if in, ok := d.readerIn(first.Token); !ok || !in.Renewed {
				t.Fatal("a session that is used is over, or not renewed")
			}
		}
		if _, ok := d.readerIn(second.Token); ok {
			t.Error("a session that nobody used for 120 days goes on")
		}
		d.must(d.PruneJob(t.Context(), standfirst.Job{}))
		d.must(d.store.View(t.Context(), func(tx *store.ReadTx) error {
			_, err := tx.ReaderSession(digest(second.Token))
			d.wantKind(err, standfirst.NotFound)
			return nil
		}))
		third, err := d.UseReaderLink(t.Context(), d.readerToken(ana))
		d.must(err)
		d.must(d.EndOtherReaderSessions(t.Context(), third.Reader.ID, third.Token))
		if _, ok := d.readerIn(first.Token); ok {
			t.Error("another session goes on")
		}
		d.must(d.EndReaderSession(t.Context(), third.Token))
		if _, ok := d.readerIn(third.Token); ok {
			t.Error("the session goes on")
		}
	})
}

func TestErasedReadersAreSignedOut(t *testing.T) {
	onEachSite(t, func(d *deskFixture) {
		in, err := d.UseReaderLink(t.Context(), d.readerToken(ana))
		d.must(err)
		d.must(d.store.Update(t.Context(), func(tx *store.Tx) error { return tx.EraseCommenter(in.Reader.ID) }))
		if _, ok := d.readerIn(in.Token); ok {
			t.Error("a reader who was erased is signed in")
		}
		in, err = d.UseReaderLink(t.Context(), d.readerToken(ana))
		d.must(err)
		d.must(d.SignOutEverybody(t.Context(), standfirst.Command()))
		if _, ok := d.readerIn(in.Token); ok {
			t.Error("a reader is signed in after everybody was signed out")
		}
	})
}

func TestLinksAreThrottled(t *testing.T) {
	onEachSite(t, func(d *deskFixture) {
		sent := 0
		for i := range 6 {
			sent += len(d.linkTo(ana, fmt.Sprintf("198.51.%d.1", i)))
		}
		if sent != maxLinksTo {
			t.Errorf("%d links were sent to one address", sent)
		}
		for i := range maxLinksFrom {
			d.linkTo(fmt.Sprintf("reader%d@readers.example", i), "192.0.2.7")
		}
		err := d.SendReaderLink(t.Context(), ReaderRequest{Email: "eve@readers.example", Name: "Eve", BaseURL: "https://ledger.example", From: Origin{Address: "192.0.2.9"}})
		d.wantKind(err, standfirst.TooMany)
		d.now = d.now.Add(AttemptWindow)
		if n := len(d.linkTo(ana, "192.0.2.7")); n != 1 {
			t.Errorf("%d links were sent when the window was over", n)
		}
	})
}

func TestWhatIsNoRequestForALink(t *testing.T) {
	onEachSite(t, func(d *deskFixture) {
		for name, q := range map[string]ReaderRequest{
			"no address":     {Name: "Ana", BaseURL: "https://ledger.example"},
			"an odd address": {Email: "ana at readers", Name: "Ana", BaseURL: "https://ledger.example"},
			"no name":        {Email: ana, BaseURL: "https://ledger.example"},
			"a long name":    {Email: ana, Name: strings.Repeat("a", 81), BaseURL: "https://ledger.example"},
			"two lines":      {Email: ana, Name: "A\nB", BaseURL: "https://ledger.example"},
		} {
			if err := d.SendReaderLink(t.Context(), q); err == nil || standfirst.KindOf(err) != standfirst.Invalid {
				t.Errorf("%s: %v", name, err)
			}
		}
		d.wantKind(d.SendReaderLink(t.Context(), ReaderRequest{Email: ana, Name: "Ana"}), standfirst.Unavailable)
	})
}
