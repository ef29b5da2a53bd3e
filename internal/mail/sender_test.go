package mail

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"mime"
	"mime/quotedprintable"
	"net"
	netmail "net/mail"
	"net/url"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/jobs"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

var sentAt = time.Date(2026, 3, 5, 6, 30, 0, 0, time.UTC)

func harbourLedger(context.Context) (standfirst.Publication, error) {
	pub := standfirst.DefaultPublication()
	pub.Name, pub.TimeZone = "The Harbour Ledger", "Europe/Oslo"
	return pub, nil
}

// sender returns a sender to the server, and what it logs. The address takes the server's
// host and port in the place of HOST.
func (s *mailServer) sender(t *testing.T, address string) (*Sender, *bytes.Buffer) {
	t.Helper()
	server, err := ParseServer(strings.ReplaceAll(address, "HOST", s.address))
	if err != nil {
		t.Fatal(err)
	}
	logged := new(bytes.Buffer)
	return NewSender(Options{
		Server: server, Publication: harbourLedger, Roots: s.roots,
		Clock: func() time.Time { return sentAt }, Logger: slog.New(slog.NewTextHandler(logged, nil)),
	}), logged
}

func morning() standfirst.Mail {
	return standfirst.Mail{To: "ida@quayside.example", ToName: "Ida Brandt", Subject: "The morning edition", Text: "Freight rates rose.\n"}
}

func jobFor(t testing.TB, id standfirst.JobID, m standfirst.Mail) standfirst.Job {
	t.Helper()
	job, err := m.Job()
	if err != nil {
		t.Fatal(err)
	}
	job.ID = id
	return job
}

const plain = "smtp://HOST?from=desk@harbour.example"

// deliverOne sends the mail and returns the one message that the server got.
func deliverOne(t *testing.T, m standfirst.Mail) received {
	t.Helper()
	server := newMailServer(t, serverOptions{})
	sender, _ := server.sender(t, plain)
	if err := sender.SendJob(t.Context(), jobFor(t, 7, m)); err != nil {
		t.Fatal(err)
	}
	messages := server.messages()
	if len(messages) != 1 {
		t.Fatalf("%d messages", len(messages))
	}
	return messages[0]
}

// text returns the body as a mail program shows it.
func (r received) text(t *testing.T) string {
	t.Helper()
	if got := r.header.Get("Content-Transfer-Encoding"); got != "quoted-printable" {
		t.Fatalf("Content-Transfer-Encoding: %s", got)
	}
	b, err := io.ReadAll(quotedprintable.NewReader(bytes.NewReader(r.body)))
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(b), "\r\n", "\n")
}

func TestSendJobDelivers(t *testing.T) {
	got := deliverOne(t, morning())
	if got.from != "desk@harbour.example" || got.to != "ida@quayside.example" {
		t.Errorf("from %s to %s", got.from, got.to)
	}
	for header, want := range map[string]string{
		"From":                  `"The Harbour Ledger" <desk@harbour.example>`,
		"To":                    `"Ida Brandt" <ida@quayside.example>`,
		"Subject":               "The morning edition",
		"Date":                  "Thu, 05 Mar 2026 07:30:00 +0100",
		"Auto-Submitted":        "auto-generated",
		"Mime-Version":          "1.0",
		"Content-Type":          "text/plain; charset=UTF-8",
		"List-Unsubscribe":      "",
		"List-Unsubscribe-Post": "",
		"User-Agent":            "",
		"X-Mailer":              "",
	} {
		if got := got.header.Get(header); got != want {
			t.Errorf("%s: %q, want %q", header, got, want)
		}
	}
	if id := got.header.Get("Message-Id"); !strings.HasPrefix(id, "<job-7.") || !strings.HasSuffix(id, "@harbour.example>") {
		t.Errorf("Message-ID: %s", id)
	}
	if text := got.text(t); text != morning().Text {
		t.Errorf("text %q", text)
	}
}

func TestSendJobSetsOneClickUnsubscribe(t *testing.T) {
	m := morning()
	m.Unsubscribe = "https://harbour.example/unsubscribe/" + strings.Repeat("token", 40) + "?edition=morning&who=12"
	got := deliverOne(t, m)
	if want := "<" + m.Unsubscribe + ">"; got.header.Get("List-Unsubscribe") != want {
		t.Errorf("List-Unsubscribe: %s, want %s", got.header.Get("List-Unsubscribe"), want)
	}
	if h := got.header.Get("List-Unsubscribe-Post"); h != "List-Unsubscribe=One-Click" {
		t.Errorf("List-Unsubscribe-Post: %s", h)
	}
	if !bytes.Contains(got.raw, []byte("List-Unsubscribe: <"+m.Unsubscribe+">\r\n")) {
		t.Error("the address is not on one line as it is")
	}
}

func TestSendJobKeepsAllLetters(t *testing.T) {
	m := morning()
	m.ToName = `Søren "Skipper" Łoś`
	m.Subject = "Zinsen +0,25 %: 日経平均 steigt, und noch ein langer Rest, damit die Zeile gefaltet werden muss – morgen früh"
	m.Text = "Ein Satz über Zölle.\n.\n.. two dots\nFrom the quay\n" + strings.Repeat("a very long line – ", 400) + "\n\n=3D is no equals sign\nno line feed at the end "
	got := deliverOne(t, m)
	subject, err := new(mime.WordDecoder).DecodeHeader(got.header.Get("Subject"))
	if err != nil || subject != m.Subject {
		t.Errorf("subject %q, %v", subject, err)
	}
	to, err := netmail.ParseAddress(got.header.Get("To"))
	if err != nil || to.Name != m.ToName || to.Address != m.To {
		t.Errorf("to %+v, %v", to, err)
	}
	if text := strings.TrimSuffix(got.text(t), "\n"); text != m.Text {
		t.Errorf("text %q, want %q", text, m.Text)
	}
	for line := range strings.SplitSeq(string(got.raw), "\r\n") {
		if len(line) > 78 {
			t.Errorf("a line of %d bytes: %s", len(line), line)
		}
		if strings.ContainsFunc(line, func(r rune) bool { return r > 126 }) {
			t.Errorf("a line that is not ASCII: %q", line)
		}
	}
}

func TestSendJobTriesAgainUnderTheSameName(t *testing.T) {
	for name, refuse := range map[string]func(*mailServer){
		"recipient later": func(s *mailServer) { s.onRcpt = []error{refusal(451, "greylisted")} },
		"contents later":  func(s *mailServer) { s.onData = []error{refusal(452, "disk full")} },
		"sign in first":   func(s *mailServer) { s.onRcpt = []error{refusal(530, "sign in first")} },
	} {
		t.Run(name, func(t *testing.T) {
			server := newMailServer(t, serverOptions{})
			sender, _ := server.sender(t, plain)
			storetestBoth(t, func(t *testing.T, st *store.Store) {
				before := len(server.messages())
				now := sentAt
				worker := jobs.New(st, jobs.Options{Clock: func() time.Time { return now }, Logger: slog.New(slog.DiscardHandler)})
				var tried []standfirst.Job
				worker.Handle(standfirst.JobSendMail, func(ctx context.Context, job standfirst.Job) error {
					tried = append(tried, job)
					return sender.SendJob(ctx, job)
				})
				refuse(server)
				enqueue(t, st, now, morning())
				for range 2 {
					if err := worker.Drain(t.Context()); err != nil {
						t.Fatal(err)
					}
					now = now.Add(time.Minute)
				}
				if len(tried) != 2 || waits(t, st) {
					t.Errorf("tried %d times", len(tried))
				}
				got := server.messages()[before:]
				if len(got) != 1 {
					t.Fatalf("%d messages", len(got))
				}
				for _, job := range tried {
					if want := "<" + messageID(job, "harbour.example") + ">"; got[0].header.Get("Message-Id") != want {
						t.Errorf("Message-ID %s, want %s", got[0].header.Get("Message-Id"), want)
					}
				}
			})
		})
	}
}

// storetestBoth runs a test on SQLite and on PostgreSQL.
func storetestBoth(t *testing.T, test func(t *testing.T, st *store.Store)) {
	t.Run("sqlite", func(t *testing.T) { test(t, storetest.Open(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, storetest.Postgres(t)) })
}

// enqueue asks for the mail in a transaction.
func enqueue(t *testing.T, st *store.Store, at time.Time, m standfirst.Mail) {
	t.Helper()
	job := jobFor(t, 0, m)
	job.RunAt = at
	err := st.Update(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Enqueue(job)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// waits reports whether there is a job.
func waits(t *testing.T, st *store.Store) (ok bool) {
	t.Helper()
	err := st.View(t.Context(), func(tx *store.ReadTx) (err error) {
		_, ok, err = tx.NextJob()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return ok
}

func TestSendJobGivesUpWhatIsRefusedForGood(t *testing.T) {
	for name, refuse := range map[string]func(*mailServer){
		"no such mailbox": func(s *mailServer) { s.onRcpt = []error{refusal(550, "no such mailbox")} },
		"contents":        func(s *mailServer) { s.onData = []error{refusal(554, "we do not want this")} },
	} {
		t.Run(name, func(t *testing.T) {
			server := newMailServer(t, serverOptions{})
			refuse(server)
			sender, logged := server.sender(t, plain)
			if err := sender.SendJob(t.Context(), jobFor(t, 7, morning())); err != nil {
				t.Errorf("it would be tried again: %v", err)
			}
			if got := logged.String(); !strings.Contains(got, "level=ERROR") || !strings.Contains(got, "job=7") || !strings.Contains(got, "55") {
				t.Errorf("logged: %s", got)
			}
			if n := len(server.messages()); n != 0 {
				t.Errorf("%d messages", n)
			}
			if told := sender.Refused(); len(told) != 1 || told[0].To != "ida@quayside.example" || told[0].Subject != "The morning edition" || !strings.Contains(told[0].Reason, "55") || !told[0].At.Equal(sentAt) {
				t.Errorf("told: %+v", told)
			}
		})
	}
}

// TestSendersName holds that mails carry the name, and the address for answers, of the
// settings.
func TestSendersName(t *testing.T) {
	pub, err := harbourLedger(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	pub.MailName, pub.MailReplyTo = "The desk", "answers@harbour.example"
	var b bytes.Buffer
	if _, err := compose(morning(), envelope{id: "x@harbour.example", from: "desk@harbour.example", publication: pub, at: sentAt}).WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`From: "The desk" <desk@harbour.example>`, "Reply-To: <answers@harbour.example>"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %s in\n%s", want, b.String())
		}
	}
}

func TestSendJobRefusesWhatIsNoMail(t *testing.T) {
	injected := morning()
	injected.Subject = "Hello\r\nBcc: everybody@quayside.example"
	payload, err := json.Marshal(injected)
	if err != nil {
		t.Fatal(err)
	}
	server := newMailServer(t, serverOptions{})
	sender, logged := server.sender(t, plain)
	outbox := NewOutbox(nil, slog.New(slog.NewTextHandler(logged, nil)))
	for name, payload := range map[string]json.RawMessage{
		"header in the subject": payload, "no JSON": json.RawMessage("{"), "nothing": nil,
	} {
		for who, handler := range map[string]jobs.Handler{"sender": sender.SendJob, "outbox": outbox.SendJob} {
			logged.Reset()
			if err := handler(t.Context(), standfirst.Job{ID: 3, Payload: payload}); err != nil || !strings.Contains(logged.String(), "job=3") {
				t.Errorf("%s: %s: %v, logged: %s", name, who, err, logged)
			}
		}
	}
	if server.greetings != 0 || len(outbox.Mails()) != 0 {
		t.Errorf("%d connections, %d mails", server.greetings, len(outbox.Mails()))
	}
}

func TestMessageIDsTellMailsApart(t *testing.T) {
	other := morning()
	other.Text += "And fell again.\n"
	ids := map[string]bool{
		messageID(jobFor(t, 1, morning()), "a.example"): true, messageID(jobFor(t, 2, morning()), "a.example"): true,
		messageID(jobFor(t, 1, other), "a.example"): true, messageID(jobFor(t, 1, morning()), "b.example"): true,
	}
	if len(ids) != 4 {
		t.Errorf("%v", ids)
	}
}

func TestConnectionsAreEncrypted(t *testing.T) {
	password := url.PathEscape(serverPassword)
	for name, tc := range map[string]struct {
		server  serverOptions
		address string
		distrust,
		fails bool
		want received
	}{
		"STARTTLS":                          {serverOptions{startTLS: true}, plain + "&tls=required", false, false, received{secure: true}},
		"STARTTLS, signed in":               {serverOptions{startTLS: true, user: "desk"}, "smtp://desk:" + password + "@HOST?tls=required&from=desk@harbour.example", false, false, received{secure: true, user: "desk"}},
		"TLS from the start":                {serverOptions{implicitTLS: true}, "smtps://HOST?from=desk@harbour.example", false, false, received{secure: true}},
		"TLS from the start, signed in":     {serverOptions{implicitTLS: true, user: "desk"}, "smtps://desk:" + password + "@HOST?from=desk@harbour.example", false, false, received{secure: true, user: "desk"}},
		"this machine":                      {serverOptions{}, plain, false, false, received{}},
		"this machine, signed in":           {serverOptions{user: "desk"}, "smtp://desk:" + password + "@HOST?from=desk@harbour.example", false, false, received{user: "desk"}},
		"required and not offered":          {serverOptions{}, plain + "&tls=required", false, true, received{}},
		"STARTTLS with a stranger":          {serverOptions{startTLS: true}, plain + "&tls=required", true, true, received{}},
		"TLS from the start with stranger":  {serverOptions{implicitTLS: true}, "smtps://HOST?from=desk@harbour.example", true, true, received{}},
		"TLS from the start, not spoken":    {serverOptions{}, "smtps://HOST?from=desk@harbour.example", false, true, received{}},
		"wrong password is no final answer": {serverOptions{startTLS: true, user: "desk"}, "smtp://desk:wrong@HOST?tls=required&from=desk@harbour.example", false, true, received{}},
		"not signed in is no final answer":  {serverOptions{startTLS: true, user: "desk"}, plain + "&tls=required", false, true, received{}},
	} {
		t.Run(name, func(t *testing.T) {
			server := newMailServer(t, tc.server)
			sender, logged := server.sender(t, tc.address)
			if tc.distrust {
				sender.options.Roots = nil
			}
			err := sender.SendJob(t.Context(), jobFor(t, 7, morning()))
			if (err != nil) != tc.fails {
				t.Fatalf("%v", err)
			}
			if err != nil && (strings.Contains(err.Error(), "pier") || strings.Contains(err.Error(), "wrong")) {
				t.Errorf("the password is in the error: %v", err)
			}
			if logged.Len() > 0 {
				t.Errorf("logged: %s", logged)
			}
			if tc.fails {
				if n := len(server.messages()); n != 0 {
					t.Errorf("%d messages", n)
				}
				return
			}
			if got := server.messages()[0]; got.secure != tc.want.secure || got.user != tc.want.user {
				t.Errorf("secure %v, user %q", got.secure, got.user)
			}
		})
	}
}

// TestStoppingCutsTheConnection has a server that takes connections and says nothing.
func TestStoppingCutsTheConnection(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	silent := &mailServer{address: listener.Addr().String()}
	sender, _ := silent.sender(t, plain)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- sender.SendJob(ctx, jobFor(t, 7, morning())) }()
	conn, err := listener.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	stop()
	if err := <-ended; err == nil {
		t.Error("a mail that nobody took was sent")
	}
}

func TestSendJobNeedsItsPublication(t *testing.T) {
	server := newMailServer(t, serverOptions{})
	sender, _ := server.sender(t, plain)
	away := errors.New("the store is away")
	sender.options.Publication = func(context.Context) (standfirst.Publication, error) { return standfirst.Publication{}, away }
	if err := sender.SendJob(t.Context(), jobFor(t, 7, morning())); !errors.Is(err, away) {
		t.Errorf("%v", err)
	}
}
