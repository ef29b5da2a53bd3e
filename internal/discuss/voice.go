package discuss

import (
	"context"
	"net/url"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/markup"
	"standfirst/internal/store"
)

// Pick is a comment, or a part of one, as a moderator would have it stand in the story.
type Pick struct {
	Comment standfirst.CommentID
	Voice   standfirst.Voice // its text is of the comment; "[…]" stands for what is left out
	Domain  string           // of the organisation's addresses, such as quay.example; needs an affiliation; may be empty
	Site    string           // the address with which the mail's link begins; empty for that in the settings
}

// clean brings what was typed into the form in which it is kept.
func (p *Pick) clean() {
	p.Voice = CleanVoice(p.Voice)
	p.Domain = strings.TrimPrefix(strings.ToLower(strings.TrimSpace(p.Domain)), "@")
}

// CleanVoice returns the voice as it is kept: its paragraphs and parts without blanks that
// do not count and without characters that nobody sees.
func CleanVoice(v standfirst.Voice) standfirst.Voice {
	v.Text = strings.ReplaceAll(strings.ReplaceAll(strings.ToValidUTF8(v.Text, "\uFFFD"), "\r\n", "\n"), "\r", "\n")
	paragraphs := v.Paragraphs()
	for i, p := range paragraphs {
		paragraphs[i] = markup.CleanLine(p, standfirst.MaxVoiceWords+1)
	}
	v.Text = strings.Join(paragraphs, "\n\n")
	for _, part := range []*string{&v.Speaker.Name, &v.Speaker.Role, &v.Speaker.Affiliation} {
		*part = markup.CleanLine(*part, standfirst.MaxVoicePart+1)
	}
	v.Disclosure = markup.CleanLine(v.Disclosure, standfirst.MaxDisclosureText+1)
	return v
}

// Pick asks the writer of an approved comment by mail whether its words may stand in the
// story. It returns an Invalid error for words that the comment does not have or a voice
// that cannot stand, and a Conflict where nobody can be asked: the comment is not shown, its
// writer left no address, or was asked before.
func (t *Talk) Pick(ctx context.Context, actor standfirst.Actor, p Pick) (v standfirst.VoiceRecord, err error) {
	if err := actor.Require(standfirst.ModerateComments); err != nil {
		return v, err
	}
	p.clean()
	if err := p.Voice.Validate(); err != nil {
		return v, err
	}
	if err := validateDomain(p.Domain); err != nil {
		return v, err
	}
	if p.Domain != "" && p.Voice.Speaker.Affiliation == "" {
		return v, standfirst.Errorf(standfirst.Invalid, "the addresses of %s say nothing of a voice without an organisation; fill in the affiliation, or leave the domain empty", p.Domain)
	}
	seed, err := t.seed(ctx)
	if err != nil {
		return v, err
	}
	now := t.now()
	err = t.update(ctx, "pick comment "+p.Comment.String(), func(tx *store.Tx) error {
		c, reader, err := askable(tx, p.Comment)
		if err != nil {
			return err
		}
		if err := saysSo(c, p.Voice); err != nil {
			return err
		}
		v = standfirst.VoiceRecord{
			Story: c.Story, Comment: c.ID, State: standfirst.VoiceAsked, Voice: p.Voice, Domain: p.Domain, Employer: atDomain(reader.Email, p.Domain),
			Source: standfirst.VoiceComment, CreatedAt: now, CreatedBy: actor.String(),
		}
		if v.ID, err = tx.InsertVoice(v); err != nil {
			return err
		}
		ask := asking{actor: actor, voice: v, reader: reader, site: p.Site, key: keyOf(seed, voicePurpose, int64(v.ID))}
		if err := ask.enqueue(tx); err != nil {
			return err
		}
		return auditVoice(tx, actor, now, "voice.ask", v)
	})
	return v, err
}

// askable returns the comment if its words can be asked for, and its writer.
func askable(tx *store.Tx, id standfirst.CommentID) (c standfirst.Comment, reader standfirst.Commenter, err error) {
	if c, err = tx.Comment(id); err != nil {
		return c, reader, err
	}
	if c.State != standfirst.CommentApproved {
		return c, reader, standfirst.Errorf(standfirst.Conflict, "readers do not see this comment; approve it first")
	}
	story, err := tx.Story(c.Story)
	if err != nil {
		return c, reader, err
	}
	if !Talks(story) {
		return c, reader, standfirst.Errorf(standfirst.Conflict, "readers do not see the story, so it can have no more voices")
	}
	earlier, err := tx.VoicesOfComment(id)
	if err != nil {
		return c, reader, err
	}
	if len(earlier) > 0 {
		return c, reader, standfirst.Errorf(standfirst.Conflict, "its writer was asked already, and is not asked twice")
	}
	if c.Reader != 0 {
		if reader, err = tx.Commenter(c.Reader); err != nil {
			return c, reader, err
		}
	}
	if reader.Email == "" {
		return c, reader, standfirst.Errorf(standfirst.Conflict, "its writer cannot be asked: there is no address of theirs, or it was forgotten as promised")
	}
	return c, reader, nil
}

// elision stands for words that are left out of a voice.
const elision = "[…]"

// saysSo returns an Invalid error unless the comment has the words of the voice, in that order.
func saysSo(c standfirst.Comment, v standfirst.Voice) error {
	rendered, err := markup.RenderComment(c.Text)
	if err != nil {
		return err
	}
	said := strings.Join(strings.Fields(rendered.Plain), " ")
	for part := range strings.SplitSeq(strings.ReplaceAll(v.Text, "[...]", elision), elision) {
		words := strings.Join(strings.Fields(part), " ")
		_, after, found := strings.Cut(said, words)
		if !found {
			return standfirst.Errorf(standfirst.Invalid, "the comment does not say “%s”; the words stand as they were written, with %s for what is left out", words, elision)
		}
		said = after
	}
	return nil
}

const voicePurpose = "voice"

// VoiceKey returns the key with which the writer of the voice answers.
func (t *Talk) VoiceKey(ctx context.Context, id standfirst.VoiceID) (string, error) {
	return t.sign(ctx, voicePurpose, int64(id))
}

// VoicePath returns the address at which the writer of the voice answers.
func VoicePath(id standfirst.VoiceID, key string) string {
	return standfirst.VoiceRecord{ID: id}.Path() + "/" + url.PathEscape(key)
}

// AskedVoice is a voice as its writer sees it.
type AskedVoice struct {
	Voice   standfirst.VoiceRecord
	Story   standfirst.Story
	Comment standfirst.Comment
}

// Open reports whether the writer can agree: they were asked, and the comment was neither
// taken back nor taken away since.
func (a AskedVoice) Open() bool {
	return a.Voice.State == standfirst.VoiceAsked && CanStand(a.Comment.State)
}

// CanStand reports whether the words of a comment in the state may join its story. One
// that its writer changed waits for a moderator, and what was asked for stands.
func CanStand(s standfirst.CommentState) bool {
	return s == standfirst.CommentApproved || s == standfirst.CommentHeld
}

// AskedVoice returns the voice to whom has its key. It returns a NotFound error for any other.
func (t *Talk) AskedVoice(ctx context.Context, id standfirst.VoiceID, key string) (a AskedVoice, err error) {
	if err := t.signed(ctx, voicePurpose, int64(id), key); err != nil {
		return a, err
	}
	err = t.store.View(ctx, func(tx *store.ReadTx) error {
		a, err = readAsked(tx, id)
		return err
	})
	return a, err
}

func readAsked(tx *store.ReadTx, id standfirst.VoiceID) (a AskedVoice, err error) {
	if a.Voice, err = tx.Voice(id); err != nil {
		return a, err
	}
	if a.Story, err = tx.Story(a.Voice.Story); err != nil {
		return a, err
	}
	a.Comment, err = tx.Comment(a.Voice.Comment)
	return a, err
}

// Named returns the voice as it would stand if its writer were named so. An address of an
// organisation says nothing about another one.
func Named(v standfirst.VoiceRecord, speaker standfirst.Speaker, disclosure string) standfirst.VoiceRecord {
	named := v.Voice
	named.Speaker, named.Disclosure = speaker, disclosure
	named = CleanVoice(named)
	v.Employer = v.Employer && named.Speaker.Affiliation == v.Voice.Speaker.Affiliation
	v.Voice = named
	return v
}

// Agree lets the words stand in the story, over the name and the rest as the writer wants
// them. Agreeing again changes nothing. It returns an Invalid error for a line that cannot
// stand, and a Conflict once there is nothing to agree to.
func (t *Talk) Agree(ctx context.Context, id standfirst.VoiceID, key string, speaker standfirst.Speaker, disclosure string) error {
	if err := t.signed(ctx, voicePurpose, int64(id), key); err != nil {
		return err
	}
	now := t.now()
	return t.update(ctx, "agree to voice "+id.String(), func(tx *store.Tx) error {
		a, err := readAsked(&tx.ReadTx, id)
		if err != nil {
			return err
		}
		switch {
		case a.Voice.State == standfirst.VoiceAgreed, a.Voice.State == standfirst.VoicePlaced:
			return nil
		case !a.Open():
			return standfirst.Errorf(standfirst.Conflict, "there is nothing to agree to any more")
		}
		asked := a.Voice
		v := Named(asked, speaker, disclosure)
		if err := v.Voice.ValidateSpeaker(); err != nil {
			return err
		}
		if v.Voice.Speaker.Name != asked.Voice.Speaker.Name {
			if seen, err := tx.Sighting(store.SightingQuery{Name: v.Voice.Speaker.Name, Now: now}); err != nil {
				return err
			} else if seen.Staff {
				return standfirst.Errorf(standfirst.Invalid, "%q is the name of somebody who works here; add something to it so that readers can tell you apart", v.Voice.Speaker.Name)
			}
		}
		v.State, v.AnsweredAt = standfirst.VoiceAgreed, now
		return settle(tx, readerActor(), v, "voice.agree", now)
	})
}

// Decline says that the words are not to stand in the story; where they do already, it is
// [Talk.Withdraw]. What was asked for is forgotten.
func (t *Talk) Decline(ctx context.Context, id standfirst.VoiceID, key string) error {
	if err := t.signed(ctx, voicePurpose, int64(id), key); err != nil {
		return err
	}
	now := t.now()
	return t.update(ctx, "decline voice "+id.String(), func(tx *store.Tx) error { return endVoice(tx, readerActor(), id, now) })
}

// Withdraw takes the words back, at any time: they go out of the story, its older versions
// and what the desk works on. Withdrawing again changes nothing.
func (t *Talk) Withdraw(ctx context.Context, id standfirst.VoiceID, key string) error {
	return t.Decline(ctx, id, key)
}

// TakeBack takes back what a writer was asked for, or takes a voice out of its story, as if
// its writer had withdrawn it. What readers see already needs the permission to erase.
func (t *Talk) TakeBack(ctx context.Context, actor standfirst.Actor, id standfirst.VoiceID) error {
	if err := actor.Require(standfirst.ModerateComments); err != nil {
		return err
	}
	now := t.now()
	return t.update(ctx, "take back voice "+id.String(), func(tx *store.Tx) error {
		v, err := tx.Voice(id)
		if err != nil {
			return err
		}
		if !v.PlacedAt.IsZero() {
			if err := actor.Require(standfirst.EraseStory); err != nil {
				return err
			}
		}
		return endVoice(tx, actor, id, now)
	})
}

// endVoice ends the voice, whatever became of it until now.
func endVoice(tx *store.Tx, actor standfirst.Actor, id standfirst.VoiceID, now time.Time) error {
	v, err := tx.Voice(id)
	if err != nil {
		return err
	}
	action := "voice.withdraw"
	switch v.State {
	case standfirst.VoiceDeclined, standfirst.VoiceWithdrawn:
		return nil
	case standfirst.VoiceAsked:
		v.State, v.AnsweredAt = standfirst.VoiceWithdrawn, now
		if actor.Kind == standfirst.ActorReader {
			v.State, action = standfirst.VoiceDeclined, "voice.decline"
		}
	default:
		v.State = standfirst.VoiceWithdrawn
	}
	v.WithdrawnAt = now
	if v.PlacedAt.IsZero() {
		v = Forgotten(v)
		if err := tx.UpdateVoice(v); err != nil {
			return err
		}
		return auditVoice(tx, actor, now, action, v)
	}
	return settle(tx, actor, v, action, now)
}

// Forgotten returns the voice without what it says.
func Forgotten(v standfirst.VoiceRecord) standfirst.VoiceRecord {
	v.Voice, v.Domain, v.Employer, v.Problem = standfirst.Voice{}, "", false, ""
	return v
}

// settle stores what became of the voice, and has its story brought in step with it.
func settle(tx *store.Tx, actor standfirst.Actor, v standfirst.VoiceRecord, action string, now time.Time) error {
	v.Problem = ""
	if err := tx.UpdateVoice(v); err != nil {
		return err
	}
	if err := SettleVoice(tx, v.ID, now); err != nil {
		return err
	}
	return auditVoice(tx, actor, now, action, v)
}

// eraseVoices takes the words of the comment out of its story, and ends what was asked of
// its writer.
func eraseVoices(tx *store.Tx, actor standfirst.Actor, id standfirst.CommentID, now time.Time) error {
	voices, err := tx.VoicesOfComment(id)
	for _, v := range voices {
		if err := endVoice(tx, actor, v.ID, now); err != nil {
			return err
		}
	}
	return err
}

func readerActor() standfirst.Actor {
	return standfirst.Actor{Kind: standfirst.ActorReader, Role: standfirst.Reader}
}

func auditVoice(tx *store.Tx, actor standfirst.Actor, at time.Time, action string, v standfirst.VoiceRecord) error {
	detail := "in story " + v.Story.String()
	if v.Comment != 0 {
		detail = "of comment " + v.Comment.String() + " " + detail
	}
	return tx.Audit(standfirst.AuditEntry{At: at, Actor: actor, Action: action, Object: "voice:" + v.ID.String(), Detail: detail})
}

// Voices returns the last limit voices before the one given, or before none for zero, the
// newest first.
func (t *Talk) Voices(ctx context.Context, actor standfirst.Actor, before standfirst.VoiceID, limit int) (list []standfirst.VoiceRecord, err error) {
	if err := actor.Require(standfirst.ModerateComments); err != nil {
		return nil, err
	}
	err = t.store.View(ctx, func(tx *store.ReadTx) error {
		list, err = tx.Voices(before, limit)
		return err
	})
	return list, err
}

// Voice returns the voice as the desk sees it.
func (t *Talk) Voice(ctx context.Context, actor standfirst.Actor, id standfirst.VoiceID) (v standfirst.VoiceRecord, err error) {
	if err := actor.Require(standfirst.ModerateComments); err != nil {
		return v, err
	}
	err = t.store.View(ctx, func(tx *store.ReadTx) error {
		v, err = tx.Voice(id)
		return err
	})
	return v, err
}
