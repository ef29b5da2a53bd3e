package discuss

import (
	"context"
	"encoding/json"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// Person is what is kept of a reader who writes.
type Person struct {
	Reader   standfirst.Commenter
	Comments []standfirst.Comment // the newest first
}

// MarshalJSON writes everything that is kept of the reader, as they get it who ask for it
// themselves, and as the command exports it.
func (p Person) MarshalJSON() ([]byte, error) {
	out := struct {
		Email     string            `json:"email"`
		Name      string            `json:"name"`
		FirstSeen time.Time         `json:"firstSeen"`
		LastSeen  time.Time         `json:"lastSeen"`
		Confirmed time.Time         `json:"confirmed"`
		Approved  int               `json:"commentsApproved"`
		Rejected  int               `json:"commentsRejected"`
		Comments  []exportedComment `json:"comments"`
	}{
		Email: p.Reader.Email, Name: p.Reader.Name, FirstSeen: p.Reader.CreatedAt, LastSeen: p.Reader.SeenAt, Confirmed: p.Reader.ConfirmedAt,
		Approved: p.Reader.Approved, Rejected: p.Reader.Rejected, Comments: []exportedComment{},
	}
	for _, c := range p.Comments {
		out.Comments = append(out.Comments, exportedComment{
			Number: c.ID, Answers: c.Parent, Story: c.Story, Name: c.Name, Text: c.Text, State: c.State, Rule: c.Rule, Reason: c.Reason,
			Note: c.Note, Notify: c.Notify, Score: c.Score, Address: c.Address, Agent: c.Agent, Written: c.CreatedAt, Edited: c.EditedAt,
			Decided: c.DecidedAt, WaitsFor: c.QueuedAt,
		})
	}
	return json.Marshal(out)
}

// exportedComment is everything that is kept of one comment.
type exportedComment struct {
	Number   standfirst.CommentID    `json:"number"`
	Answers  standfirst.CommentID    `json:"answersNumber,omitempty"`
	Story    standfirst.StoryID      `json:"storyNumber"`
	Name     string                  `json:"name"`
	Text     string                  `json:"text"`
	State    standfirst.CommentState `json:"state"`
	Rule     standfirst.Rule         `json:"heldBy,omitempty"`
	Reason   standfirst.Reason       `json:"reason,omitempty"`
	Note     string                  `json:"moderatorsNote,omitempty"`
	Notify   bool                    `json:"mailForAnswers"`
	Score    int                     `json:"spamScoreInThousandths"`
	Address  string                  `json:"networkAddress,omitempty"`
	Agent    string                  `json:"browser,omitempty"`
	Written  time.Time               `json:"written"`
	Edited   time.Time               `json:"edited,omitzero"`
	Decided  time.Time               `json:"decided,omitzero"`
	WaitsFor time.Time               `json:"waitsSince,omitzero"`
}

// personPage is how many comments are read at a time.
const personPage = 200

// Export returns everything that is kept of the reader with the address.
func (t *Talk) Export(ctx context.Context, actor standfirst.Actor, email string) (p Person, err error) {
	if err := actor.Require(standfirst.ModerateComments); err != nil {
		return Person{}, err
	}
	err = t.store.View(ctx, func(tx *store.ReadTx) error {
		reader, err := tx.CommenterByEmail(standfirst.CleanEmail(email))
		if err == nil {
			p, err = person(tx, reader)
		}
		return err
	})
	return p, err
}

// person reads everything of the reader.
func person(tx *store.ReadTx, reader standfirst.Commenter) (Person, error) {
	p := Person{Reader: reader}
	for before := standfirst.CommentID(0); ; {
		page, err := tx.CommentsByReader(p.Reader.ID, before, personPage)
		p.Comments = append(p.Comments, page...)
		if err != nil || len(page) < personPage {
			return p, err
		}
		before = page[len(page)-1].ID
	}
}

// Erase removes the words of a comment for good, with who wrote it, from its story too if
// they stand there as a voice. A stub stays where answers to it are shown. Legal complaints
// about it keep their evidence until they are answered.
func (t *Talk) Erase(ctx context.Context, actor standfirst.Actor, id standfirst.CommentID) error {
	if err := actor.Require(standfirst.ModerateComments); err != nil {
		return err
	}
	return t.erase(ctx, actor, id)
}

func (t *Talk) erase(ctx context.Context, actor standfirst.Actor, id standfirst.CommentID) error {
	now := t.now()
	return t.update(ctx, "erase comment "+id.String(), func(tx *store.Tx) error {
		c, err := tx.Comment(id)
		if err != nil {
			return err
		}
		return t.eraseIn(tx, actor, c, now)
	})
}

// ErasePerson erases every comment of the reader with the address, and what is known of
// them. It returns how many there were.
func (t *Talk) ErasePerson(ctx context.Context, actor standfirst.Actor, email string) (erased int, err error) {
	if err := actor.Require(standfirst.ModerateComments); err != nil {
		return 0, err
	}
	p, err := t.Export(ctx, actor, email)
	if err != nil {
		return 0, err
	}
	return t.erasePerson(ctx, actor, p)
}

func (t *Talk) erasePerson(ctx context.Context, actor standfirst.Actor, p Person) (erased int, err error) {
	for _, c := range p.Comments { // one by one: a writer may have thousands
		if err := t.erase(ctx, actor, c.ID); err != nil {
			return erased, err
		}
		erased++
	}
	late := 0 // written meanwhile
	err = t.update(ctx, "erase a reader", func(tx *store.Tx) error {
		last, err := person(&tx.ReadTx, p.Reader)
		if err != nil {
			return err
		}
		for _, c := range last.Comments {
			if err := t.eraseIn(tx, actor, c, t.now()); err != nil {
				return err
			}
		}
		late = len(last.Comments)
		if err := tx.EraseCommenter(p.Reader.ID); err != nil {
			return err
		}
		if err := tx.DeleteReaderLinks(p.Reader.Email); err != nil {
			return err
		}
		return tx.Audit(standfirst.AuditEntry{At: t.now(), Actor: actor, Action: "reader.erase", Object: "reader:" + p.Reader.ID.String()})
	})
	return erased + late, err
}

func (t *Talk) eraseIn(tx *store.Tx, actor standfirst.Actor, c standfirst.Comment, now time.Time) error {
	if c.State == standfirst.CommentErased {
		return nil
	}
	if err := t.become(tx, c, Decision{State: standfirst.CommentErased, Reason: c.Reason}, now); err != nil {
		return err
	}
	tx.Touch(standfirst.CommentsTag(c.Story)) // a stub may have said more
	if err := eraseVoices(tx, actor, c.ID, now); err != nil {
		return err
	}
	for _, erase := range []func(standfirst.CommentID) error{tx.EraseComment, tx.EraseDecisions, tx.EraseReports} {
		if err := erase(c.ID); err != nil {
			return err
		}
	}
	return tx.Audit(standfirst.AuditEntry{At: now, Actor: actor, Action: "comment.erase", Object: commentObject(c.ID)})
}
