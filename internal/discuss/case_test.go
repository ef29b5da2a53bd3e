package discuss_test

import (
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/store"
)

func TestCaseTellsEverything(t *testing.T) {
	onEach(t, func(r *room) {
		first := r.post("Ana", "Is the third line insured?", 0)
		r.decide(standfirst.CommentApproved, "", first.ID)
		second := r.post("Ana", "And by whom?", first.ID)
		r.must(r.Report(t.Context(), discuss.Complaint{Comment: second.ID, Reason: standfirst.ReasonOffTopic, Address: "10.9.9.9"}))
		decided := r.decide(standfirst.CommentRejected, standfirst.ReasonOffTopic, second.ID)
		r.must(r.Report(t.Context(), discuss.Complaint{Comment: first.ID, Reason: standfirst.ReasonFalse, Legal: true, Text: "It was insured.", Name: "Ines Falk", Email: "ines@skerry.example"}))

		c, err := r.Case(t.Context(), r.moderator, second.ID)
		r.must(err)
		if c.Parent.ID != first.ID || c.Writer.Name != "Ana" || len(c.History) != 2 || len(c.Reports) != 0 {
			t.Errorf("the case is %+v", c)
		}
		if len(c.Decisions) != 1 || c.Decisions[0].By != "Mara Quist" || c.Decisions[0].Headline != c.Headline {
			t.Errorf("the decisions are %+v", c.Decisions)
		}
		if len(c.Answered) != 1 || c.Answered[0].ResolvedBy != "Mara Quist" || c.Answered[0].Outcome != "rejected" {
			t.Errorf("the answered reports are %+v", c.Answered)
		}
		log, err := r.Log(t.Context(), r.moderator, 0, 1)
		r.must(err)
		if len(log) != 1 || log[0].Comment.ID != second.ID {
			t.Errorf("the log begins with %+v", log)
		}
		log, err = r.Log(t.Context(), r.moderator, log[0].Decision.ID, 10)
		r.must(err)
		if len(log) != 1 || log[0].Comment.ID != first.ID {
			t.Errorf("the log goes on with %+v", log)
		}
		batch, err := r.Batch(t.Context(), r.moderator, decided.Batch)
		r.must(err)
		if len(batch) != 1 || batch[0].Comment != second.ID {
			t.Errorf("the batch has %+v", batch)
		}
		due, err := r.DueReports(t.Context(), r.moderator, standfirst.Report{}, 10)
		r.must(err)
		if len(due) != 1 || due[0].Comment.ID != first.ID || due[0].Headline == "" {
			t.Errorf("due are %+v", due)
		}
		if due, err = r.DueReports(t.Context(), r.moderator, due[0].Report, 10); err != nil || len(due) != 0 {
			t.Errorf("after the last are %+v, %v", due, err)
		}
	})
}

func TestBacklogCountsToItsLimit(t *testing.T) {
	onEach(t, func(r *room) {
		editor := r.moderator
		editor.Role = standfirst.Editor
		for _, name := range []string{"Ana", "Ben", "Cyd", "Dee"} {
			r.post(name, "A question by "+name, 0)
			r.now = r.now.Add(time.Second)
		}
		up := r.post("Eva", "My brother says that it is signed.", 0)
		r.must(r.Escalate(t.Context(), r.moderator, up.ID, true))
		shown := r.post("Fay", "It is signed.", 0)
		r.decide(standfirst.CommentApproved, "", shown.ID)
		r.must(r.Report(t.Context(), discuss.Complaint{Comment: shown.ID, Reason: standfirst.ReasonFalse, Text: "It is not.", Address: "10.9.9.9"}))
		for _, c := range []struct {
			actor standfirst.Actor
			want  discuss.Backlog
		}{{r.moderator, discuss.Backlog{Queue: 3, Reported: 1}}, {editor, discuss.Backlog{Queue: 3, Escalated: 1, Reported: 1}}} {
			got, err := r.Backlog(t.Context(), c.actor, 3)
			r.must(err)
			if got != c.want {
				t.Errorf("for the %s wait %+v, want %+v", c.actor.Role, got, c.want)
			}
		}
		_, err := r.Queue(t.Context(), r.moderator, true, discuss.QueuePosition{}, 10)
		r.wantKind(err, standfirst.Forbidden)
		reporter := standfirst.Actor{Kind: standfirst.ActorStaff, Role: standfirst.Reporter}
		_, err = r.Case(t.Context(), reporter, up.ID)
		r.wantKind(err, standfirst.Forbidden)
		_, err = r.Log(t.Context(), reporter, 0, 10)
		r.wantKind(err, standfirst.Forbidden)
		_, err = r.Batch(t.Context(), reporter, "x")
		r.wantKind(err, standfirst.Forbidden)
		_, err = r.DueReports(t.Context(), reporter, standfirst.Report{}, 10)
		r.wantKind(err, standfirst.Forbidden)
		_, err = r.Backlog(t.Context(), reporter, 10)
		r.wantKind(err, standfirst.Forbidden)
	})
}

func TestUndoOpensReportsAgain(t *testing.T) {
	onEach(t, func(r *room) {
		c := r.post("Ana", "The repair took a winter.", 0)
		r.decide(standfirst.CommentApproved, "", c.ID)
		r.must(r.Report(t.Context(), discuss.Complaint{Comment: c.ID, Reason: standfirst.ReasonFalse, Text: "Three weeks.", Address: "10.9.9.9"}))
		r.now = r.now.Add(time.Minute)
		decided := r.decide(standfirst.CommentRejected, standfirst.ReasonFalse, c.ID)
		r.want("the queue", "", r.waiting())
		_, err := r.Undo(t.Context(), r.moderator, decided.Batch)
		r.must(err)
		r.want("the thread", "Ana", r.thread(standfirst.OldestFirst, 10))
		again, err := r.Case(t.Context(), r.moderator, c.ID)
		r.must(err)
		if len(again.Reports) != 1 || again.Reports[0].Outcome != "" || again.Comment.QueuedAt.IsZero() {
			t.Errorf("after undoing the case is %+v", again)
		}
	})
}

func TestNothingIsReportedUnderAStoryThatIsGone(t *testing.T) {
	onEach(t, func(r *room) {
		r.mode(standfirst.ModeOpen)
		c := r.post("Ana", "They sank the ship themselves.", 0)
		_, err := r.desk.Unpublish(t.Context(), standfirst.Command(), r.story.ID)
		r.must(err)
		r.wantKind(r.Report(t.Context(), discuss.Complaint{Comment: c.ID, Reason: standfirst.ReasonFalse, Address: "10.9.9.9"}), standfirst.NotFound)
		r.want("the queue", "", r.waiting())
	})
}

func TestEvidenceGoesWithTheLastAnswer(t *testing.T) {
	onEach(t, func(r *room) {
		r.mode(standfirst.ModeOpen)
		legal := func(c standfirst.Comment) (report standfirst.Report) {
			r.must(r.Report(t.Context(), discuss.Complaint{
				Comment: c.ID, Reason: standfirst.ReasonUnlawful, Legal: true, Text: "It is libel.", Name: "Rune Falk", Email: "rune@falk.example", Address: "10.9.9.9",
			}))
			r.view(func(tx *store.ReadTx) error {
				reports, err := tx.ReportsOf(c.ID, 1)
				report = reports[0]
				return err
			})
			return report
		}
		kept := func(id standfirst.ReportID) (report standfirst.Report) {
			r.view(func(tx *store.ReadTx) (err error) { report, err = tx.Report(id); return err })
			return report
		}
		before, after := r.post("Ana", "They sank the ship themselves.", 0), r.post("Ben", "They bribed the harbour master.", 0)
		answered, open := legal(before), legal(after)
		r.must(r.Answer(t.Context(), r.moderator, answered.ID, "It is removed."))
		r.must(r.Erase(t.Context(), r.moderator, before.ID))
		r.must(r.Erase(t.Context(), r.moderator, after.ID))
		if k := kept(open.ID); k.Evidence == "" || k.Email == "" {
			t.Errorf("nobody can answer the complaint %+v", k)
		}
		r.must(r.Answer(t.Context(), r.moderator, open.ID, "It is erased."))
		for _, id := range []standfirst.ReportID{answered.ID, open.ID} {
			if k := kept(id); k.Evidence+k.Text+k.Email+k.Name+k.Address != "" {
				t.Errorf("of an answered complaint about an erased comment there is kept %+v", k)
			}
		}
	})
}
