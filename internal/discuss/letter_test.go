package discuss_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/store"
)

// work does what is due, and returns the mails that went out.
func (r *room) work() (mails []standfirst.Mail) {
	r.t.Helper()
	for {
		var due []standfirst.Job
		r.update(func(tx *store.Tx) (err error) {
			due, err = tx.LeaseJobs(r.now, r.now.Add(time.Minute), "test", 10)
			return err
		})
		if len(due) == 0 {
			return mails
		}
		for _, job := range due {
			switch job.Kind {
			case standfirst.JobNoticeAnswers:
				r.must(r.NoticeJob(r.t.Context(), job))
			case standfirst.JobTellWriter:
				r.must(r.TellJob(r.t.Context(), job))
			case standfirst.JobTellAkismet:
				r.must(r.TellAkismetJob(r.t.Context(), job))
			case standfirst.JobSendMail:
				var m standfirst.Mail
				r.must(json.Unmarshal(job.Payload, &m))
				mails = append(mails, m)
			}
			r.update(func(tx *store.Tx) error { return tx.FinishJob(job.ID) })
		}
	}
}

// wantMail holds that one mail went out, to the address and with the words.
func (r *room) wantMail(mails []standfirst.Mail, to string, words ...string) standfirst.Mail {
	r.t.Helper()
	if len(mails) != 1 {
		r.t.Fatalf("%d mails went out, want one: %+v", len(mails), mails)
	}
	m := mails[0]
	r.want("the receiver", to, m.To)
	for _, w := range words {
		if !strings.Contains(m.Subject+"\n"+m.Text, w) {
			r.t.Errorf("the mail lacks %q:\n%s\n%s", w, m.Subject, m.Text)
		}
	}
	return m
}

// asks posts a comment by Ana, who wants a mail for each answer.
func (r *room) asks(text string) discuss.Posted {
	r.t.Helper()
	p := r.posting("Ana", text, 0)
	p.Notify = true
	posted, err := r.Post(r.t.Context(), p)
	r.must(err)
	return posted
}

func TestNoticeOfAnAnswer(t *testing.T) {
	onEach(t, func(r *room) {
		r.mode(standfirst.ModeOpen)
		question := r.asks("Who insures it?")
		r.post("Ana", "I mean the third line.", question.Comment.ID)
		silent := r.post("Cy", "I want no mail.", 0)
		r.post("Ben", "Nobody asked you.", silent.ID)
		if mails := r.work(); len(mails) != 0 {
			t.Fatalf("nobody is to be told yet: %+v", mails)
		}
		answer := r.post("Ben", "A pool of\nfive insurers.", question.Comment.ID)
		m := r.wantMail(r.work(), "ana@readers.example", "Ben answered your comment", "> A pool of\n> five insurers.",
			"https://harbour.example/comment/"+answer.ID.String(), "https://harbour.example/comment/"+question.Comment.ID.String()+"/"+question.Key)
		if !strings.HasPrefix(m.Unsubscribe, "https://harbour.example/unsubscribe/"+question.Comment.ID.String()+"/") {
			t.Errorf("the address that ends the mails is %q", m.Unsubscribe)
		}

		// Taken away and put back, it is told once.
		r.decide(standfirst.CommentRejected, standfirst.ReasonOffTopic, answer.ID)
		r.decide(standfirst.CommentApproved, "", answer.ID)
		r.now = r.now.Add(time.Hour)
		if mails := r.work(); len(mails) != 0 {
			t.Errorf("the same answer is told again: %+v", mails)
		}
	})
}

func TestNoticeOfAnApprovedAnswer(t *testing.T) {
	onEach(t, func(r *room) {
		question := r.asks("Who insures it?")
		r.decide(standfirst.CommentApproved, "", question.Comment.ID)
		answer := r.post("Ben", "A pool of five.", question.Comment.ID)
		if mails := r.work(); len(mails) != 0 {
			t.Errorf("an answer that is held is told: %+v", mails)
		}
		r.decide(standfirst.CommentApproved, "", answer.ID)
		r.wantMail(r.work(), "ana@readers.example", "A pool of five.")

		// Of a comment that is gone nobody is told.
		r.now = r.now.Add(time.Hour)
		r.post("Ben", "And the state.", question.Comment.ID)
		r.must(r.Delete(t.Context(), question.Comment.ID, question.Key))
		if mails := r.work(); len(mails) != 0 {
			t.Errorf("an answer to a comment that is gone is told: %+v", mails)
		}
	})
}

func TestAFloodOfAnswersIsOneMail(t *testing.T) {
	onEach(t, func(r *room) {
		r.mode(standfirst.ModeOpen)
		question := r.asks("Who insures it?")
		r.post("Ben", "First.", question.Comment.ID)
		r.wantMail(r.work(), "ana@readers.example", "First.")
		for _, name := range []string{"Cy", "Dee", "Eli", "Flo", "Gus", "Hal"} {
			r.now = r.now.Add(time.Minute)
			r.post(name, "Me too, says "+name+".", question.Comment.ID)
			if mails := r.work(); len(mails) != 0 {
				t.Fatalf("a second mail within a quarter of an hour: %+v", mails)
			}
		}
		r.now = r.now.Add(10 * time.Minute)
		m := r.wantMail(r.work(), "ana@readers.example", "Cy and others answered", "says Dee.", "says Gus.", "There are more answers")
		if strings.Contains(m.Text, "says Hal.") {
			t.Error("one mail has more answers than it may")
		}
	})
}

func TestAnAddressThatNobodyConfirmedGetsFewMails(t *testing.T) {
	onEach(t, func(r *room) {
		r.mode(standfirst.ModeOpen)
		ask := func(n int, reader standfirst.ReaderID) {
			p := r.posting("Ana", fmt.Sprintf("Question %d?", n), 0)
			p.Notify, p.Reader = true, reader
			question, err := r.Post(t.Context(), p)
			r.must(err)
			r.post("Ben", fmt.Sprintf("Answer %d.", n), question.Comment.ID)
		}
		for n := range 8 {
			ask(n, 0)
		}
		if n := len(r.work()); n != 6 {
			t.Errorf("%d mails went out at once", n)
		}
		r.now = r.now.Add(time.Hour)
		if n := len(r.work()); n != 2 {
			t.Errorf("%d mails went out later, want the other two", n)
		}
		ana := r.confirmed("ana@readers.example", "Ana")
		for n := range 8 {
			ask(10+n, ana)
		}
		if n := len(r.work()); n != 8 {
			t.Errorf("%d mails went out to a reader whose address is confirmed", n)
		}
	})
}

func TestUnsubscribe(t *testing.T) {
	onEach(t, func(r *room) {
		r.mode(standfirst.ModeOpen)
		question := r.asks("Who insures it?")
		r.post("Ben", "A pool.", question.Comment.ID)
		m := r.wantMail(r.work(), "ana@readers.example")
		key := m.Unsubscribe[strings.LastIndexByte(m.Unsubscribe, '/')+1:]
		r.wantKind(r.Unsubscribe(t.Context(), question.Comment.ID, key+"x"), standfirst.NotFound)
		r.wantKind(r.Unsubscribe(t.Context(), question.Comment.ID, question.Key), standfirst.NotFound)
		r.now = r.now.Add(time.Hour)
		r.post("Cy", "Two pools.", question.Comment.ID)
		r.must(r.Unsubscribe(t.Context(), question.Comment.ID, key))
		r.must(r.Unsubscribe(t.Context(), question.Comment.ID, key))
		r.post("Dee", "Three.", question.Comment.ID)
		if mails := r.work(); len(mails) != 0 {
			t.Errorf("mails go on: %+v", mails)
		}
	})
}

func TestStatementOfReasons(t *testing.T) {
	onEach(t, func(r *room) {
		settings := standfirst.Discussion{Mode: standfirst.ModeOpen, Exact: []string{"numpty"}, HouseRules: "Speak as at the captain's table."}
		r.must(r.SetSettings(t.Context(), standfirst.Command(), standfirst.PublicationScope, settings, ""))
		held := r.post("Ben", "What a numpty.", 0)
		key, err := r.Key(t.Context(), held.ID)
		r.must(err)
		r.now = r.now.Add(time.Minute)
		_, err = r.Decide(t.Context(), r.moderator, []standfirst.CommentID{held.ID}, discuss.Decision{State: standfirst.CommentRejected, Reason: standfirst.ReasonAbuse, Note: "He has a name."})
		r.must(err)
		if mails := r.work(); len(mails) != 0 {
			t.Errorf("a decision is told before it can be undone: %+v", mails)
		}
		r.now = r.now.Add(11 * time.Minute)
		r.wantMail(r.work(), "ben@readers.example", "was not published", "> What a numpty.", "insults or harassment", "> He has a name.", "captain's table",
			"a moderator, who is a person", "held without a person, because it has a word of our list", "https://harbour.example/comment/"+held.ID.String()+"/"+key, "article 17")

		// An objection that is not followed is answered, one that is followed reverses.
		r.must(r.Object(t.Context(), held.ID, key, "It is a word of endearment."))
		_, err = r.Decide(t.Context(), r.moderator, []standfirst.CommentID{held.ID}, discuss.Decision{State: standfirst.CommentRejected, Reason: standfirst.ReasonAbuse, Note: "He has a name."})
		r.must(err)
		r.now = r.now.Add(11 * time.Minute)
		r.wantMail(r.work(), "ben@readers.example", "Your objection", "> It is a word of endearment.", "The decision stands.")
		r.must(r.Object(t.Context(), held.ID, key, "It is, look it up."))
		r.decide(standfirst.CommentApproved, "", held.ID)
		r.now = r.now.Add(11 * time.Minute)
		r.wantMail(r.work(), "ben@readers.example", "is published again", "> What a numpty.")
	})
}

func TestWhoIsNotTold(t *testing.T) {
	onEach(t, func(r *room) {
		r.mode(standfirst.ModeOpen)
		undone, spam := r.post("Ben", "Nonsense.", 0), r.post("Cy", "Cheap pills.", 0)
		batch := r.decide(standfirst.CommentRejected, standfirst.ReasonOffTopic, undone.ID).Batch
		_, err := r.Undo(t.Context(), r.moderator, batch)
		r.must(err)
		r.decide(standfirst.CommentSpam, "", spam.ID)
		r.now = r.now.Add(time.Hour)
		if mails := r.work(); len(mails) != 0 {
			t.Errorf("somebody is told of spam, or of a decision that was undone: %+v", mails)
		}

		// One that was told is told of the undoing.
		batch = r.decide(standfirst.CommentRejected, standfirst.ReasonOffTopic, undone.ID).Batch
		r.now = r.now.Add(11 * time.Minute)
		r.wantMail(r.work(), "ben@readers.example", "was removed", "off the subject")
		_, err = r.Undo(t.Context(), r.moderator, batch)
		r.must(err)
		r.now = r.now.Add(11 * time.Minute)
		r.wantMail(r.work(), "ben@readers.example", "is published again")
	})
}

func TestAnswersToReports(t *testing.T) {
	onEach(t, func(r *room) {
		r.mode(standfirst.ModeOpen)
		c := r.post("Ben", "They all cheat.", 0)
		complain := func(legal bool, email string) {
			t.Helper()
			r.must(r.Report(t.Context(), discuss.Complaint{
				Comment: c.ID, Reason: standfirst.ReasonFalse, Legal: legal, Text: "None of us does.", Name: "Counsel", Email: email, Address: "192.0.2." + c.ID.String(),
			}))
		}
		complain(true, "law@skerry.example")
		var open []standfirst.Report
		r.view(func(tx *store.ReadTx) (err error) {
			open, err = tx.OpenReports([]standfirst.CommentID{c.ID})
			return err
		})
		r.must(r.Answer(t.Context(), r.moderator, open[0].ID, "We asked the writer\nfor proof."))
		r.wantMail(r.work(), "law@skerry.example", "What you told us", "> None of us does.", "> We asked the writer\n> for proof.")

		complain(false, "eve@readers.example")
		r.decide(standfirst.CommentApproved, "", c.ID)
		r.now = r.now.Add(11 * time.Minute)
		r.wantMail(r.work(), "eve@readers.example", "The comment stays.")
		complain(false, "")
		r.decide(standfirst.CommentApproved, "", c.ID)
		complain(false, "eve@readers.example")
		batch := r.decide(standfirst.CommentRejected, standfirst.ReasonFalse, c.ID).Batch
		_, err := r.Undo(t.Context(), r.moderator, batch)
		r.must(err)
		r.now = r.now.Add(11 * time.Minute)
		if mails := r.work(); len(mails) != 0 {
			t.Errorf("a decision that was undone is told to who reported: %+v", mails)
		}
	})
}

func TestAnUndoneDecisionIsToldToNoneOfMany(t *testing.T) {
	onEach(t, func(r *room) {
		r.mode(standfirst.ModeOpen)
		c := r.post("Ben", "They all cheat.", 0)
		r.update(func(tx *store.Tx) error {
			for i := range 60 {
				report := standfirst.Report{Comment: c.ID, Kind: standfirst.ReportReader, Reason: standfirst.ReasonFalse, Email: fmt.Sprintf("reader%d@readers.example", i), CreatedAt: r.now}
				if _, err := tx.InsertReport(report); err != nil {
					return err
				}
			}
			return nil
		})
		_, err := r.Undo(t.Context(), r.moderator, r.decide(standfirst.CommentRejected, standfirst.ReasonFalse, c.ID).Batch)
		r.must(err)
		r.now = r.now.Add(time.Hour)
		if mails := r.work(); len(mails) != 0 {
			t.Errorf("a decision that was undone is told to %d who reported", len(mails))
		}
	})
}

func TestNoMailWithoutABaseAddress(t *testing.T) {
	onEach(t, func(r *room) {
		r.mode(standfirst.ModeOpen)
		r.update(func(tx *store.Tx) error {
			pub, err := tx.Publication()
			if err != nil {
				return err
			}
			pub.BaseURL = ""
			return tx.PutPublication(pub)
		})
		question := r.asks("Who insures it?")
		r.post("Ben", "A pool.", question.Comment.ID)
		if mails := r.work(); len(mails) != 0 {
			t.Errorf("a mail without links went out: %+v", mails)
		}
		r.SetBaseURL("http://127.0.0.1:8080")
		r.post("Cy", "Two pools.", question.Comment.ID)
		if m := r.wantMail(r.work(), "ana@readers.example", "http://127.0.0.1:8080/unsubscribe/"); m.Unsubscribe != "" {
			t.Errorf("a mail program is told to post to %q", m.Unsubscribe)
		}
	})
}

func TestAfterTheAddressWasForgotten(t *testing.T) {
	onEach(t, func(r *room) {
		r.mode(standfirst.ModeOpen)
		question := r.asks("Who insures it?")
		r.update(func(tx *store.Tx) error {
			_, err := tx.ConfirmCommenter("dee@readers.example", "Dee", r.now)
			return err
		})
		email := func(id standfirst.ReaderID) (email string) {
			r.view(func(tx *store.ReadTx) error {
				c, err := tx.Commenter(id)
				email = c.Email
				return err
			})
			return email
		}
		r.now = r.now.AddDate(0, 0, 91)
		r.must(r.PruneJob(t.Context(), standfirst.Job{}))
		r.want("the address of a guest after 91 days", "", email(question.Comment.Reader))
		r.post("Ben", "A pool.", question.Comment.ID)
		r.decide(standfirst.CommentRejected, standfirst.ReasonOffTopic, question.Comment.ID)
		r.now = r.now.Add(time.Hour)
		if mails := r.work(); len(mails) != 0 {
			t.Errorf("mails go out: %+v", mails)
		}
		r.want("the address of a reader after 91 days", "dee@readers.example", email(question.Comment.Reader+1))
		r.now = r.now.AddDate(0, 0, 310)
		r.must(r.PruneJob(t.Context(), standfirst.Job{}))
		r.want("the address of a reader after 401 days", "", email(question.Comment.Reader+1))
	})
}
