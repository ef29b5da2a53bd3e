package discuss

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/discuss/akismet"
	"standfirst/internal/outbound"
	"standfirst/internal/store"
)

// A service outside is asked whether comments are spam, where an administrator says so: see
// [standfirst.Akismet]. What leaves the house is in [akismet.Comment].

const (
	// akismetWait is for how long a writer waits for the service.
	akismetWait = 2 * time.Second
	// akismetQuiet is how often at most the log says that it does not answer.
	akismetQuiet = 10 * time.Minute
)

// discard is what a rule found where the service says that nobody need look at it.
const discard = "discard"

// SetOutbound names the client by which foreign services are asked; before, none is. It is
// called before anything else.
func (t *Talk) SetOutbound(client *outbound.Client) { t.outbound = client }

// site is in whose name a service is asked.
type site struct{ base, language string }

// siteOf returns the site of the publication; without a base address where nobody named one.
func (t *Talk) siteOf(pub standfirst.Publication) site {
	base := strings.TrimSuffix(t.base, "/")
	if base == "" {
		base = strings.TrimSuffix(pub.BaseURL, "/")
	}
	return site{base, pub.Language}
}

// service returns what is asked with the settings, and false where nobody is.
func (t *Talk) service(a standfirst.Akismet, s site) (akismet.Service, bool) {
	if !a.On() || t.outbound == nil {
		return akismet.Service{}, false
	}
	return akismet.Service{Client: t.outbound, Address: a.Address, Key: a.Key, Site: s.base}, true
}

// gentler are the rules that come after what the service says. What an earlier one holds
// stays in the house.
var gentler = []standfirst.Rule{"", standfirst.RuleScore, standfirst.RuleEverything, standfirst.RuleHours, standfirst.RuleFirst, standfirst.RuleElsewhere}

// asksOutside reports whether a service outside is to be asked of what the rules said this.
func (t *Talk) asksOutside(p Posting, s sight, r ruling) bool {
	return s.settings.Akismet.On() && t.outbound != nil && p.Staff.ID == 0 && !r.drop && slices.Contains(gentler, r.rule)
}

// askOutside asks the service of the comment; nothing where it does not answer. It must not
// be called in a transaction.
func (t *Talk) askOutside(ctx context.Context, p Posting, s sight, now time.Time) akismet.Verdict {
	service, on := t.service(s.settings.Akismet, s.site)
	if !on {
		return ""
	}
	limited, cancel := context.WithTimeout(ctx, akismetWait)
	defer cancel()
	verdict, err := checkOutside(limited, service, akismet.Comment{
		Address: p.Address, Agent: p.Agent, Page: s.site.base + s.story.Path(), Answer: p.Parent != 0,
		Name: p.Name, Email: p.Email, Text: p.Text, Written: now, Language: s.site.language,
	})
	if err != nil && ctx.Err() == nil {
		t.sayOutside(now, err)
	}
	return verdict
}

func checkOutside(ctx context.Context, service akismet.Service, c akismet.Comment) (akismet.Verdict, error) {
	if service.Site == "" {
		return "", standfirst.Errorf(standfirst.Conflict, "nobody said at what address the site is (--base-url)")
	}
	return service.Check(ctx, c)
}

// sayOutside says in the log that the service does not answer, unless it was said lately.
func (t *Talk) sayOutside(now time.Time, err error) {
	said := t.outsideSaid.Load()
	if said != nil && now.Sub(*said) < akismetQuiet || !t.outsideSaid.CompareAndSwap(said, &now) {
		return
	}
	t.log.Warn("Akismet does not answer as it should; comments are judged without it", "error", err)
}

// askOfEdit asks the service of new words of a comment that readers see.
func (t *Talk) askOfEdit(ctx context.Context, own Own, p Posting, now time.Time) (verdict akismet.Verdict, err error) {
	c := own.Comment
	if !own.settings.Akismet.On() || t.outbound == nil || c.State != standfirst.CommentApproved || c.Staff != 0 || !c.DecidedAt.IsZero() {
		return "", nil
	}
	s := sight{settings: own.settings, story: own.Story}
	err = t.store.View(ctx, func(tx *store.ReadTx) error {
		pub, err := tx.Publication()
		if s.site = t.siteOf(pub); err != nil || c.Reader == 0 {
			return err
		}
		writer, err := tx.Commenter(c.Reader)
		p.Email = writer.Email
		return err
	})
	if err != nil {
		return "", err
	}
	return t.askOutside(ctx, p, s, now), nil
}

// tellOutsideLater sees to it that the service is told of a decision by which it was wrong:
// spam that it did not take for spam, and what it took for spam and is none.
func tellOutsideLater(tx *store.Tx, was standfirst.Comment, became standfirst.CommentState, now time.Time) error {
	missed := became == standfirst.CommentSpam && (was.Rule != standfirst.RuleAkismet || !was.DecidedAt.IsZero())
	mistaken := became == standfirst.CommentApproved && (was.Rule == standfirst.RuleAkismet || was.State == standfirst.CommentSpam)
	if !missed && !mistaken || was.Staff != 0 {
		return nil
	}
	settings, err := PublicationSettings(&tx.ReadTx)
	if err != nil || !settings.Akismet.On() {
		return err
	}
	return enqueueAbout(tx, standfirst.JobTellAkismet, was.ID, now.Add(tellAfter))
}

// TellAkismetJob tells Akismet what a comment is, as it stands now. What Akismet refuses is
// logged and done with. It is the handler of [standfirst.JobTellAkismet].
func (t *Talk) TellAkismetJob(ctx context.Context, job standfirst.Job) error {
	var work standfirst.CommentWork
	if err := json.Unmarshal(job.Payload, &work); err != nil {
		return fmt.Errorf("discuss: payload of job %s: %w", job.ID, err)
	}
	var c standfirst.Comment
	var said akismet.Comment
	var service akismet.Service
	on := false
	err := t.store.View(ctx, func(tx *store.ReadTx) (err error) {
		if c, err = tx.Comment(work.Comment); err != nil {
			return err
		}
		settings, err := PublicationSettings(tx)
		if err != nil {
			return err
		}
		pub, err := tx.Publication()
		if err != nil {
			return err
		}
		in := t.siteOf(pub)
		if service, on = t.service(settings.Akismet, in); !on {
			return nil
		}
		said, err = outsideComment(tx, c, in)
		return err
	})
	switch {
	case err != nil:
		return fmt.Errorf("discuss: tell Akismet of comment %s: %w", work.Comment, err)
	case !on || service.Site == "" || c.State != standfirst.CommentSpam && c.State != standfirst.CommentApproved:
		return nil
	}
	err = service.Tell(ctx, said, c.State == standfirst.CommentSpam)
	if err == nil || standfirst.KindOf(err) == standfirst.Unavailable {
		return err
	}
	t.sayOutside(t.now(), err) // a wrong key is none the better for being tried again
	return nil
}

// outsideComment returns what is said of a comment that is kept, as far as it still is.
func outsideComment(tx *store.ReadTx, c standfirst.Comment, in site) (akismet.Comment, error) {
	story, err := tx.Story(c.Story)
	if err != nil {
		return akismet.Comment{}, err
	}
	said := akismet.Comment{
		Address: c.Address, Agent: c.Agent, Page: in.base + story.Path(), Answer: c.Parent != 0, Name: c.Name, Text: c.Text,
		Written: c.CreatedAt, Language: in.language,
	}
	if c.Reader != 0 {
		writer, err := tx.Commenter(c.Reader)
		if err != nil {
			return said, err
		}
		said.Email = writer.Email
	}
	return said, nil
}

// SetAkismet says whether, with which key and where Akismet is asked; the zero value ends
// it. It returns an Invalid error for what cannot stand.
func (t *Talk) SetAkismet(ctx context.Context, actor standfirst.Actor, a standfirst.Akismet) error {
	if err := actor.Require(standfirst.ManageSettings); err != nil {
		return err
	}
	if err := a.Validate(); err != nil {
		return err
	}
	action := "talk.akismet"
	if !a.On() {
		action = "talk.akismet.off"
	}
	return t.putSettings(ctx, actor, standfirst.PublicationScope, action, func(d standfirst.Discussion) (standfirst.Discussion, error) {
		d.Akismet = a
		return d, nil
	})
}
