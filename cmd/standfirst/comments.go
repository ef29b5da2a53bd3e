package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/markup"
)

type commentsCommand struct {
	List    commentsListCommand    `cmd:"" help:"List comments, one a line that begins with its number: those that wait, or those in a state."`
	Approve commentsApproveCommand `cmd:"" help:"Let readers see comments."`
	Reject  commentsRejectCommand  `cmd:"" help:"Take comments away, or do not let them through. Their writers are told the reason."`
	Spam    commentsSpamCommand    `cmd:"" help:"The same for spam: the filter learns from it."`
	Undo    commentsUndoCommand    `cmd:"" help:"Take a decision back."`
	Ban     commentsBanCommand     `cmd:"" help:"Hold every comment of an e-mail address, name, network address or network, for a time."`
	Export  commentsExportCommand  `cmd:"" help:"Print all that is kept of a reader, as JSON."`
	Erase   commentsEraseCommand   `cmd:"" help:"Erase comments for good, or everything of a reader."`
	Mode    commentsModeCommand    `cmd:"" help:"Say which comments appear by themselves: open, first (a writer's first is held), all (all are held) or closed."`
	Akismet commentsAkismetCommand `cmd:"" help:"Say whether Akismet, a service outside, is asked if comments are spam. It gets the words, name, e-mail and network address of whoever writes."`
}

type commentsListCommand struct {
	place
	State     string `enum:",held,approved,rejected,spam,deleted,erased" default:"" help:"Those in the state, the newest first; without it, those that wait for a decision, the longest waiting first."`
	Escalated bool   `help:"Those that wait for an editor."`
	Before    int64  `help:"With --state: those before the comment of this number."`
	Limit     int    `default:"50" help:"How many."`
}

// Run prints a line for each comment.
func (c *commentsListCommand) Run(ctx context.Context, con *console) error {
	if c.Limit < 1 || c.Limit > 10_000 {
		return usageError{"--limit takes 1 to 10000"}
	}
	return c.within(ctx, con, func(r *room, _ standfirst.Publication) error {
		if c.State != "" {
			list, err := r.talk.List(ctx, standfirst.Command(), standfirst.CommentState(c.State), standfirst.CommentID(c.Before), c.Limit)
			for _, comment := range list {
				con.printf("%s", commentLine(comment, string(comment.Reason)))
			}
			return err
		}
		waiting, err := r.talk.Queue(ctx, standfirst.Command(), c.Escalated, discuss.QueuePosition{}, c.Limit)
		for _, w := range waiting {
			why := string(w.Comment.Rule)
			if w.Comment.Detail != "" {
				why += " (" + w.Comment.Detail + ")"
			}
			con.printf("%s", commentLine(w.Comment, why))
			for _, report := range w.Reports {
				con.printf("        %s report, %s: %s", report.Kind, report.Reason, oneLine(report.Text, 100))
			}
		}
		if err == nil && len(waiting) == 0 {
			con.notef("Nothing waits.")
		}
		return err
	})
}

// commentLine returns the line of a list for the comment.
func commentLine(c standfirst.Comment, why string) string {
	plain := c.Text
	if rendered, err := markup.RenderComment(c.Text); err == nil {
		plain = rendered.Plain
	}
	return fmt.Sprintf("%6d  %s  story %-6d  %-8s  %-24s  %-20s  %s",
		c.ID, c.CreatedAt.Format("2006-01-02 15:04"), c.Story, c.State, why, oneLine(c.Name, 20), oneLine(plain, 70))
}

// oneLine returns the beginning of the text on one line.
func oneLine(text string, most int) string {
	text = strings.Join(strings.Fields(text), " ")
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most-1]) + "…"
}

// commentNumbers are the comments that a command is about.
type commentNumbers struct {
	Numbers []int64 `arg:"" help:"Numbers of the comments, as the list has them."`
}

func (n commentNumbers) ids() []standfirst.CommentID {
	ids := make([]standfirst.CommentID, len(n.Numbers))
	for i, number := range n.Numbers {
		ids[i] = standfirst.CommentID(number)
	}
	return ids
}

// decide decides about the comments and prints what came of it.
func (n commentNumbers) decide(ctx context.Context, con *console, p place, d discuss.Decision) error {
	return p.within(ctx, con, func(r *room, _ standfirst.Publication) error {
		done, err := r.talk.Decide(ctx, standfirst.Command(), n.ids(), d)
		if err != nil {
			return err
		}
		became := string(d.State)
		if d.State == standfirst.CommentSpam {
			became = "taken for spam"
		}
		con.printf("%s %s", counted(done.Changed, "comment"), became)
		if done.Batch != "" {
			con.notef("Take it back with: standfirst comments undo %s --data %s", done.Batch, p.Data)
		}
		if len(done.Missing) > 0 {
			return standfirst.Errorf(standfirst.NotFound, "there are no comments %s, or their words are gone", numberList(done.Missing))
		}
		return nil
	})
}

func numberList(ids []standfirst.CommentID) string {
	var words []string
	for _, id := range ids {
		words = append(words, id.String())
	}
	return strings.Join(words, ", ")
}

type commentsApproveCommand struct {
	place
	commentNumbers
}

// Run approves.
func (c *commentsApproveCommand) Run(ctx context.Context, con *console) error {
	return c.decide(ctx, con, c.place, discuss.Decision{State: standfirst.CommentApproved})
}

type commentsRejectCommand struct {
	place
	commentNumbers
	Reason string `required:"" enum:"off-topic,abuse,hate,promotion,interest,false,personal,unlawful,duplicate,rules,other" help:"Why, for the writers: ${enum}."`
	Note   string `help:"A sentence for the writers besides."`
}

// Run rejects.
func (c *commentsRejectCommand) Run(ctx context.Context, con *console) error {
	return c.decide(ctx, con, c.place, discuss.Decision{State: standfirst.CommentRejected, Reason: standfirst.Reason(c.Reason), Note: c.Note})
}

type commentsSpamCommand struct {
	place
	commentNumbers
}

// Run takes them for spam.
func (c *commentsSpamCommand) Run(ctx context.Context, con *console) error {
	return c.decide(ctx, con, c.place, discuss.Decision{State: standfirst.CommentSpam})
}

type commentsUndoCommand struct {
	place
	Batch string `arg:"" help:"What the decision printed."`
}

// Run takes the decision back.
func (c *commentsUndoCommand) Run(ctx context.Context, con *console) error {
	return c.within(ctx, con, func(r *room, _ standfirst.Publication) error {
		n, err := r.talk.Undo(ctx, standfirst.Command(), c.Batch)
		if err == nil {
			con.printf("%s as before", counted(n, "comment"))
		}
		return err
	})
}

type commentsBanCommand struct {
	place
	Kind   string `arg:"" enum:"email,name,address,network" help:"What is banned: ${enum}."`
	Value  string `arg:"" help:"Which one, such as troll@mail.example, 192.0.2.7 or 192.0.2.0/24."`
	Days   int    `default:"30" help:"For how many days."`
	Reason string `help:"Why, for colleagues."`
}

// Run bans.
func (c *commentsBanCommand) Run(ctx context.Context, con *console) error {
	return c.within(ctx, con, func(r *room, pub standfirst.Publication) error {
		ban, err := r.talk.Ban(ctx, standfirst.Command(), standfirst.Ban{
			Kind: standfirst.BanKind(c.Kind), Value: c.Value, Reason: c.Reason, ExpiresAt: time.Now().AddDate(0, 0, c.Days),
		})
		if err == nil {
			con.printf("comments by %s %s are held until %s", ban.Kind, ban.Value, ban.ExpiresAt.In(pub.Location()).Format("2 January 2006, 15:04"))
		}
		return err
	})
}

type commentsExportCommand struct {
	place
	Email string `arg:"" help:"Address of the reader."`
}

// Run prints the JSON.
func (c *commentsExportCommand) Run(ctx context.Context, con *console) error {
	return c.within(ctx, con, func(r *room, _ standfirst.Publication) error {
		person, err := r.talk.Export(ctx, standfirst.Command(), c.Email)
		if err != nil {
			return err
		}
		enc := json.NewEncoder(con.out)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		return enc.Encode(person)
	})
}

type commentsEraseCommand struct {
	place
	Numbers []int64 `arg:"" optional:"" help:"Numbers of the comments."`
	Reader  string  `help:"Address of a reader: every comment of theirs, and what is known of them."`
}

// Run erases.
func (c *commentsEraseCommand) Run(ctx context.Context, con *console) error {
	if (len(c.Numbers) == 0) == (c.Reader == "") {
		return usageError{"comments erase takes numbers of comments, or --reader ADDRESS"}
	}
	return c.within(ctx, con, func(r *room, _ standfirst.Publication) error {
		if c.Reader != "" {
			n, err := r.talk.ErasePerson(ctx, standfirst.Command(), c.Reader)
			if err == nil {
				con.printf("%s erased, and what was known of %s", counted(n, "comment"), standfirst.CleanEmail(c.Reader))
				con.notef("Backups that were made before still hold the words.")
			}
			return err
		}
		for _, id := range (commentNumbers{c.Numbers}).ids() {
			if err := r.talk.Erase(ctx, standfirst.Command(), id); err != nil {
				return err
			}
			con.printf("comment %d erased", id)
		}
		con.notef("Backups that were made before still hold the words.")
		return nil
	})
}

type commentsModeCommand struct {
	place
	Mode  string `arg:"" enum:"open,first,all,closed" help:"Which: ${enum}."`
	Story int64  `help:"Under the story of this number alone."`
}

// Run sets the mode and leaves the other settings as they are.
func (c *commentsModeCommand) Run(ctx context.Context, con *console) error {
	return c.within(ctx, con, func(r *room, _ standfirst.Publication) error {
		scope, where := standfirst.PublicationScope, "everywhere"
		if c.Story != 0 {
			scope, where = standfirst.StoryScope(standfirst.StoryID(c.Story)), fmt.Sprintf("under story %d", c.Story)
		}
		if err := r.talk.SetMode(ctx, standfirst.Command(), scope, standfirst.DiscussionMode(c.Mode)); err != nil {
			return err
		}
		con.printf("comments %s: %s", where, c.Mode)
		return nil
	})
}
