package discuss

import (
	"context"
	"strconv"
	"strings"

	"standfirst"
	"standfirst/internal/store"
)

// Logged is a decision with what a moderator reads of it.
type Logged struct {
	Decision standfirst.CommentDecision
	By       string // name of who decided; empty for the command and the system
	Comment  standfirst.Comment
	Headline string // of the story
}

// Case is everything that is kept of one comment.
type Case struct {
	Waiting
	Decisions []Logged            // about it, the newest first
	Answered  []standfirst.Report // reports that were answered, the newest first; ResolvedBy is a name
	History   []standfirst.Comment
}

// Limits of what a case shows.
const (
	caseDecisions = 50
	caseReports   = 50
	caseHistory   = 20
)

// Case returns the comment with everything that a moderator may want to know of it.
func (t *Talk) Case(ctx context.Context, actor standfirst.Actor, id standfirst.CommentID) (out Case, err error) {
	if err := actor.Require(standfirst.ModerateComments); err != nil {
		return Case{}, err
	}
	err = t.store.View(ctx, func(tx *store.ReadTx) error {
		out = Case{}
		c, err := tx.Comment(id)
		if err != nil {
			return err
		}
		list, err := t.around(tx, actor, []standfirst.Comment{c}, t.now())
		if err != nil {
			return err
		}
		out.Waiting = list[0]
		decisions, err := tx.Decisions(id, caseDecisions)
		if err != nil {
			return err
		}
		if out.Decisions, err = logged(tx, decisions); err != nil {
			return err
		}
		if out.Answered, err = answered(tx, id); err != nil || c.Reader == 0 {
			return err
		}
		out.History, err = tx.CommentsByReader(c.Reader, 0, caseHistory)
		return err
	})
	return out, err
}

func answered(tx *store.ReadTx, id standfirst.CommentID) (list []standfirst.Report, err error) {
	reports, err := tx.ReportsOf(id, caseReports)
	if err != nil {
		return nil, err
	}
	for _, r := range reports {
		if r.ResolvedAt.IsZero() {
			continue
		}
		if r.ResolvedBy, err = actorName(tx, r.ResolvedBy); err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, nil
}

// Log returns the last limit decisions before the one given, or before none for zero, the
// newest first, with what they are about.
func (t *Talk) Log(ctx context.Context, actor standfirst.Actor, before standfirst.DecisionID, limit int) (list []Logged, err error) {
	if err := actor.Require(standfirst.ModerateComments); err != nil {
		return nil, err
	}
	err = t.store.View(ctx, func(tx *store.ReadTx) error {
		decisions, err := tx.LastDecisions(before, limit)
		if err != nil {
			return err
		}
		list, err = logged(tx, decisions)
		return err
	})
	return list, err
}

// Batch returns the decisions that were taken at once. There are none for an unknown batch.
func (t *Talk) Batch(ctx context.Context, actor standfirst.Actor, batch string) (list []standfirst.CommentDecision, err error) {
	if err := actor.Require(standfirst.ModerateComments); err != nil {
		return nil, err
	}
	err = t.store.View(ctx, func(tx *store.ReadTx) error {
		list, err = tx.DecisionsOfBatch(batch)
		return err
	})
	return list, err
}

// logged reads what stands around decisions.
func logged(tx *store.ReadTx, decisions []standfirst.CommentDecision) ([]Logged, error) {
	list := make([]Logged, len(decisions))
	around := newSurroundings(tx)
	for i, d := range decisions {
		l := &list[i]
		var err error
		if l.Decision = d; d.Staff != 0 {
			if l.By, err = around.staff(d.Staff); err != nil {
				return nil, err
			}
		}
		if l.Comment, l.Headline, err = around.comment(d.Comment); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// surroundings reads each thing once that several rows of a list are about.
type surroundings struct {
	tx        *store.ReadTx
	names     map[standfirst.UserID]string
	headlines map[standfirst.StoryID]string
	comments  map[standfirst.CommentID]standfirst.Comment
}

func newSurroundings(tx *store.ReadTx) *surroundings {
	return &surroundings{tx, make(map[standfirst.UserID]string), make(map[standfirst.StoryID]string), make(map[standfirst.CommentID]standfirst.Comment)}
}

func (s *surroundings) staff(id standfirst.UserID) (string, error) {
	if name, ok := s.names[id]; ok {
		return name, nil
	}
	member, err := s.tx.Staff(id)
	s.names[id] = member.Name
	return member.Name, err
}

// comment returns the comment and the headline of its story.
func (s *surroundings) comment(id standfirst.CommentID) (c standfirst.Comment, headline string, err error) {
	c, ok := s.comments[id]
	if !ok {
		if c, err = s.tx.Comment(id); err != nil {
			return c, "", err
		}
		s.comments[id] = c
	}
	headline, ok = s.headlines[c.Story]
	if !ok {
		w := Waiting{Comment: c}
		err = w.readStory(s.tx)
		headline = w.Headline
		s.headlines[c.Story] = headline
	}
	return c, headline, err
}

// actorName returns the name of a member of the staff whom the trail calls "staff:7", and
// what it says of anybody else.
func actorName(tx *store.ReadTx, actor string) (string, error) {
	number, _ := strings.CutPrefix(actor, string(standfirst.ActorStaff)+":")
	id, err := strconv.ParseInt(number, 10, 64)
	if number == actor || err != nil {
		return actor, nil //nolint:nilerr // it names somebody else
	}
	member, err := tx.Staff(standfirst.UserID(id))
	return member.Name, err
}

// Due is a report that must be answered by a time, with what it is about.
type Due struct {
	Report   standfirst.Report
	Comment  standfirst.Comment
	Headline string // of the story
}

// DueReports returns the same as [Talk.LegalReports] with what each is about.
func (t *Talk) DueReports(ctx context.Context, actor standfirst.Actor, after standfirst.Report, limit int) (list []Due, err error) {
	if err := actor.Require(standfirst.ModerateComments); err != nil {
		return nil, err
	}
	err = t.store.View(ctx, func(tx *store.ReadTx) error {
		reports, err := tx.DueReports(after.DueAt, after.ID, limit)
		list = make([]Due, len(reports))
		around := newSurroundings(tx)
		for i, r := range reports {
			list[i].Report = r
			if list[i].Comment, list[i].Headline, err = around.comment(r.Comment); err != nil {
				return err
			}
		}
		return err
	})
	return list, err
}

// Backlog says how much waits, each number up to the limit that was asked for.
type Backlog struct {
	Queue     int
	Escalated int // zero for who does not review them
	Reported  int // reports by readers that nobody has answered
	Due       int // reports that must be answered by a time
}

// Backlog returns how much waits for whom asks, counting to limit at most.
func (t *Talk) Backlog(ctx context.Context, actor standfirst.Actor, limit int) (b Backlog, err error) {
	if err := actor.Require(standfirst.ModerateComments); err != nil {
		return b, err
	}
	err = t.store.View(ctx, func(tx *store.ReadTx) error {
		if b.Queue, err = tx.CountQueued(false, limit); err != nil {
			return err
		}
		if actor.Require(standfirst.ReviewEscalated) == nil {
			if b.Escalated, err = tx.CountQueued(true, limit); err != nil {
				return err
			}
		}
		if b.Reported, err = tx.CountReported(limit); err != nil {
			return err
		}
		b.Due, err = tx.CountDue(limit)
		return err
	})
	return b, err
}
