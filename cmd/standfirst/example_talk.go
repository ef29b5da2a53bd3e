package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"standfirst"
	"standfirst/examples"
	"standfirst/internal/discuss"
	"standfirst/internal/store"
)

// discussExample posts what was said under the example story, each remark at its time, and
// does with it what a moderator did then.
func (r *room) discussExample(ctx context.Context, story standfirst.StoryID, remarks []examples.Remark) error {
	ids := make([]standfirst.CommentID, len(remarks))
	for i, remark := range remarks {
		then := r.asOf(remark.At)
		p := discuss.Posting{Story: story, Text: remark.Text, Address: fmt.Sprintf("192.0.2.%d", i+1)}
		if remark.To > 0 {
			p.Parent = ids[remark.To-1]
		}
		if remark.Staff {
			member, err := r.hireExample(ctx, remark.Name)
			if err != nil {
				return err
			}
			p.Staff = member
		} else {
			p.Name, p.Email = remark.Name, exampleEmail(remark.Name, "readers.example")
		}
		posted, err := then.talk.Post(ctx, p)
		if err != nil {
			return fmt.Errorf("remark %d: %w", i+1, err)
		}
		ids[i] = posted.Comment.ID
		if err := r.asOf(remark.At.Add(time.Minute)).moderateExample(ctx, ids[i], remark); err != nil {
			return fmt.Errorf("remark %d: %w", i+1, err)
		}
	}
	if len(remarks) == 0 {
		return nil
	}
	for i, remark := range remarks {
		if remark.Voice == nil {
			continue
		}
		if err := r.pickExample(ctx, ids[i], *remark.Voice); err != nil {
			return fmt.Errorf("voice of remark %d: %w", i+1, err)
		}
	}
	after := r.asOf(remarks[len(remarks)-1].At.Add(time.Hour))
	for i, remark := range remarks {
		if remark.Removed == "" {
			continue
		}
		if err := after.decideExample(ctx, ids[i], discuss.Decision{
			State: standfirst.CommentRejected, Reason: standfirst.Reason(remark.Removed), Note: remark.Note,
		}); err != nil {
			return fmt.Errorf("remark %d: %w", i+1, err)
		}
	}
	return nil
}

// pickExample asks for the words of the comment as a moderator did, agrees as its writer did,
// and places them.
func (r *room) pickExample(ctx context.Context, id standfirst.CommentID, voice examples.Voice) error {
	asked, agreed := r.asOf(voice.At.Add(-time.Hour)), r.asOf(voice.At)
	v, err := asked.talk.Pick(ctx, standfirst.Command(), discuss.Pick{
		Comment: id, Voice: standfirst.Voice{Text: voice.Words, Speaker: standfirst.Speaker{Name: voice.Name}},
		Site: "https://harbour.example", // nobody reads the mail, and no server runs yet
	})
	if err != nil {
		return err
	}
	key, err := agreed.talk.VoiceKey(ctx, v.ID)
	if err != nil {
		return err
	}
	speaker := standfirst.Speaker{Name: voice.Name, Role: voice.Role, Affiliation: voice.Affiliation}
	if err := agreed.talk.Agree(ctx, v.ID, key, speaker, voice.Disclosure); err != nil {
		return err
	}
	if err := agreed.newsroom.SettleVoice(ctx, v.ID); err != nil {
		return err
	}
	return r.store.Update(ctx, func(tx *store.Tx) error { // what was done needs no server to do it again
		return tx.CancelJob("mail:voice/" + v.ID.String())
	})
}

// moderateExample does with the comment what a moderator did first, or a reader who
// reported it.
func (r *room) moderateExample(ctx context.Context, id standfirst.CommentID, remark examples.Remark) error {
	if remark.Decide != "" {
		if err := r.decideExample(ctx, id, discuss.Decision{State: standfirst.CommentState(remark.Decide)}); err != nil {
			return err
		}
	}
	if remark.Report == "" {
		return nil
	}
	return r.talk.Report(ctx, discuss.Complaint{Comment: id, Reason: standfirst.ReasonInterest, Text: remark.Report, Address: "192.0.2.200"})
}

func (r *room) decideExample(ctx context.Context, id standfirst.CommentID, d discuss.Decision) error {
	_, err := r.talk.Decide(ctx, standfirst.Command(), []standfirst.CommentID{id}, d)
	return err
}

// hireExample returns the member of the staff with the name, put on the staff if need be.
func (r *room) hireExample(ctx context.Context, name string) (standfirst.Staff, error) {
	email := exampleEmail(name, "harbour.example")
	staff, err := r.accounts.List(ctx, standfirst.Command(), "", listed)
	if err != nil {
		return standfirst.Staff{}, err
	}
	for _, s := range staff {
		if s.Email == email {
			return s, nil
		}
	}
	return r.accounts.Add(ctx, standfirst.Command(), standfirst.Staff{Email: email, Name: name, Role: standfirst.Reporter})
}

// exampleEmail makes an address of the name.
func exampleEmail(name, domain string) string {
	local := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			return r
		case r == ' ':
			return '.'
		}
		return -1
	}, strings.ToLower(name))
	return strings.Trim(local, ".") + "@" + domain
}
