package mail

import (
	"bytes"
	"io"
	"log/slog"
	"mime/quotedprintable"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/account"
	"standfirst/internal/discuss"
	"standfirst/internal/jobs"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

// TestMailsOfTheTalkArrive has the mails about comments and the sign-in link go from the
// use case that is their reason, through the jobs, to a mail server.
func TestMailsOfTheTalkArrive(t *testing.T) {
	for name, open := range map[string]func(testing.TB) *store.Store{"SQLite": storetest.Open, "Postgres": storetest.Postgres} {
		t.Run(name, func(t *testing.T) { mailsOfTheTalk(t, open(t)) })
	}
}

func mailsOfTheTalk(t *testing.T, st *store.Store) {
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	now := sentAt
	clock := func() time.Time { return now }
	talk := discuss.New(st, discuss.Options{Clock: clock})
	accounts := account.New(st, account.Options{Clock: clock})
	news := newsroom.New(st, newsroom.Options{Clock: clock})
	pub, err := harbourLedger(t.Context())
	must(err)
	pub.BaseURL = "https://harbour.example"
	must(news.SetUp(t.Context(), standfirst.Command(), pub))
	must(talk.SetSettings(t.Context(), standfirst.Command(), standfirst.PublicationScope, standfirst.Discussion{Mode: standfirst.ModeOpen}, ""))
	story, err := news.Create(t.Context(), standfirst.Command(), newsroom.Draft{Kind: standfirst.KindStory, Content: standfirst.Content{Headline: "Skerry Cable lays a third line", Body: "It is 90 kilometres long."}})
	must(err)
	_, err = news.Publish(t.Context(), standfirst.Command(), story.ID, newsroom.PublishOptions{})
	must(err)

	server := newMailServer(t, serverOptions{})
	sender, _ := server.sender(t, plain)
	worker := jobs.New(st, jobs.Options{Clock: clock, Logger: slog.New(slog.DiscardHandler)})
	worker.Handle(standfirst.JobNoticeAnswers, talk.NoticeJob)
	worker.Handle(standfirst.JobTellWriter, talk.TellJob)
	worker.Handle(standfirst.JobSendMail, sender.SendJob)
	seen := 0
	arrived := func() (received, string) {
		t.Helper()
		must(worker.Drain(t.Context()))
		for range 5 { // on a busy machine the server may be late, and the job comes back
			if len(server.messages()) > seen {
				break
			}
			now = now.Add(2 * time.Minute)
			must(worker.Drain(t.Context()))
		}
		messages := server.messages()
		if len(messages) != seen+1 {
			t.Fatalf("%d messages more, want one", len(messages)-seen)
		}
		seen++
		m := messages[seen-1]
		text, err := io.ReadAll(quotedprintable.NewReader(bytes.NewReader(m.body)))
		must(err)
		return m, strings.ReplaceAll(string(text), "\r\n", "\n")
	}

	question, err := talk.Post(t.Context(), discuss.Posting{Story: story.ID, Name: "Ana", Email: "ana@readers.example", Text: "Who insures it?", Notify: true, Address: "192.0.2.1"})
	must(err)
	answer, err := talk.Post(t.Context(), discuss.Posting{Story: story.ID, Parent: question.Comment.ID, Name: "Ben", Email: "ben@readers.example", Text: "A pool of five. Ünsurely.", Address: "192.0.2.2"})
	must(err)
	m, text := arrived()
	if m.to != "ana@readers.example" || !strings.Contains(text, "> A pool of five. Ünsurely.") {
		t.Errorf("to %s: %s", m.to, text)
	}
	unsubscribe := m.header.Get("List-Unsubscribe")
	if !strings.HasPrefix(unsubscribe, "<https://harbour.example/unsubscribe/1/") || m.header.Get("List-Unsubscribe-Post") != "List-Unsubscribe=One-Click" {
		t.Errorf("the headers are %v", m.header)
	}

	_, err = talk.Decide(t.Context(), standfirst.Command(), []standfirst.CommentID{answer.Comment.ID}, discuss.Decision{State: standfirst.CommentRejected, Reason: standfirst.ReasonFalse, Note: "There are four."})
	must(err)
	now = now.Add(11 * time.Minute)
	m, text = arrived()
	if m.to != "ben@readers.example" || m.header.Get("List-Unsubscribe") != "" || !strings.Contains(text, "a false statement of fact") || !strings.Contains(text, "> There are four.") {
		t.Errorf("to %s: %s", m.to, text)
	}

	must(accounts.SendReaderLink(t.Context(), account.ReaderRequest{Email: "ana@readers.example", Name: "Ana", BaseURL: pub.BaseURL, From: account.Origin{Address: "192.0.2.1"}}))
	m, text = arrived()
	_, token, ok := strings.Cut(text, "https://harbour.example/sign-in/")
	token, _, _ = strings.Cut(token, "\n")
	if _, err := accounts.ReaderLink(t.Context(), token); m.to != "ana@readers.example" || !ok || err != nil {
		t.Errorf("to %s (%v): %s", m.to, err, text)
	}
}
