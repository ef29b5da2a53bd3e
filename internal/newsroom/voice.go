package newsroom

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/copydesk"
	"standfirst/internal/discuss"
	"standfirst/internal/markup"
	"standfirst/internal/record"
	"standfirst/internal/store"
)

// What readers are told of a voice that joins a published story.
const (
	voiceNote        = "Adds a voice."
	commentVoiceNote = "Adds a voice from the comments."
	fromComments     = "from the comments"
)

// DeskVoice is a voice that the desk obtained itself.
type DeskVoice struct {
	Story      standfirst.StoryID
	Voice      standfirst.Voice
	Source     standfirst.VoiceSource
	ObtainedOn standfirst.Day // zero if that is not known
}

// AddVoice publishes the story with one more voice in it, and keeps how the desk got it. It
// returns an Invalid error for a voice that cannot stand and a Conflict if the story cannot
// take one now: readers do not see it, or an update of it is scheduled.
func (n *Newsroom) AddVoice(ctx context.Context, actor standfirst.Actor, d DeskVoice) (v standfirst.VoiceRecord, err error) {
	if err := actor.Require(standfirst.PublishStory); err != nil {
		return v, err
	}
	d.Voice = discuss.CleanVoice(d.Voice)
	if err := d.Voice.Validate(); err != nil {
		return v, err
	}
	if !slices.Contains(standfirst.DeskVoiceSources, d.Source) {
		return v, standfirst.Errorf(standfirst.Invalid, "say how the words were obtained")
	}
	now := n.now()
	if d.ObtainedOn.In(time.UTC).After(now.AddDate(0, 0, 1)) {
		return v, standfirst.Errorf(standfirst.Invalid, "the words cannot have been obtained on %s, which has not come yet", d.ObtainedOn)
	}
	err = n.update(ctx, storyOperation("add a voice to", d.Story), func(tx *store.Tx) error {
		v = standfirst.VoiceRecord{
			Story: d.Story, State: standfirst.VoicePlaced, Voice: d.Voice, Source: d.Source, ObtainedOn: d.ObtainedOn,
			CreatedAt: now, CreatedBy: actor.String(), PlacedAt: now,
		}
		if v.ID, err = tx.InsertVoice(v); err != nil {
			return err
		}
		return n.placeIn(tx, actor, v)
	})
	return v, err
}

// VoiceJob brings a story in step with what became of a voice; it is the handler of
// [standfirst.JobSettleVoice]. It may run any number of times.
func (n *Newsroom) VoiceJob(ctx context.Context, job standfirst.Job) error {
	var payload standfirst.VoiceSettling
	if err := json.Unmarshal(job.Payload, &payload); err != nil {
		return fmt.Errorf("newsroom: settle a voice: payload of job %s: %w", job.ID, err)
	}
	return n.SettleVoice(ctx, payload.Voice)
}

// SettleVoice publishes the story with a voice whose writer agreed to it, and takes one out
// that was taken back. What keeps a voice from being placed is kept with it for the desk, and
// is no error: [Newsroom.RetryVoice] tries again.
func (n *Newsroom) SettleVoice(ctx context.Context, id standfirst.VoiceID) error {
	err := n.settleVoice(ctx, id)
	switch standfirst.KindOf(err) {
	case standfirst.Invalid, standfirst.Conflict, standfirst.NotFound, standfirst.TooLarge:
	default:
		return err
	}
	problem := standfirst.PublicMessage(err)
	n.log.WarnContext(ctx, "a voice could not be settled", "voice", int64(id), "error", err)
	return n.update(ctx, "keep why voice "+id.String()+" waits", func(tx *store.Tx) error {
		v, err := tx.Voice(id)
		if err != nil || settled(v) {
			return err
		}
		v.Problem = problem
		return tx.UpdateVoice(v)
	})
}

// settled reports whether the story is in step with the voice.
func settled(v standfirst.VoiceRecord) bool {
	return v.State != standfirst.VoiceAgreed && (v.State != standfirst.VoiceWithdrawn || v.PlacedAt.IsZero())
}

func (n *Newsroom) settleVoice(ctx context.Context, id standfirst.VoiceID) error {
	return n.update(ctx, "settle voice "+id.String(), func(tx *store.Tx) error {
		v, err := tx.Voice(id)
		switch {
		case isNotFound(err):
			return nil // there was never one: nothing to keep a problem with
		case err != nil || settled(v):
			return err
		case v.State == standfirst.VoiceWithdrawn:
			return n.takeOutIn(tx, v)
		}
		if err := stillStands(tx, v); err != nil {
			return err
		}
		if waits, err := n.waitForSchedule(tx, v); err != nil || waits {
			return err
		}
		if err := n.placeIn(tx, standfirst.System(), v); err != nil {
			return err
		}
		v.State, v.PlacedAt, v.Problem = standfirst.VoicePlaced, n.now(), ""
		return tx.UpdateVoice(v)
	})
}

// stillStands returns a Conflict error if the comment was taken back or taken away after its
// writer agreed.
func stillStands(tx *store.Tx, v standfirst.VoiceRecord) error {
	if v.Comment == 0 {
		return nil
	}
	c, err := tx.Comment(v.Comment)
	if err == nil && !discuss.CanStand(c.State) {
		err = standfirst.Errorf(standfirst.Conflict, "its comment is %s since its writer agreed; take the voice back, or approve the comment first", c.State)
	}
	return err
}

// waitForSchedule puts the voice off until a scheduled update of its story went out, whose
// text was fixed before, and reports whether there is one.
func (n *Newsroom) waitForSchedule(tx *store.Tx, v standfirst.VoiceRecord) (bool, error) {
	s, err := tx.Schedule(v.Story)
	if err != nil {
		if isNotFound(err) {
			err = nil
		}
		return false, err
	}
	again := s.At.Add(time.Minute)
	if again.Before(n.now()) {
		again = n.now().Add(time.Minute)
	}
	v.Problem = "it waits for the update of the story that is scheduled for " + s.At.Format("2 January 2006, 15:04 MST")
	if err := tx.UpdateVoice(v); err != nil {
		return true, err
	}
	return true, discuss.SettleVoice(tx, v.ID, again)
}

// RetryVoice settles a voice again after the desk removed what kept it from its place.
func (n *Newsroom) RetryVoice(ctx context.Context, actor standfirst.Actor, id standfirst.VoiceID) error {
	if err := actor.Require(standfirst.PublishStory); err != nil {
		return err
	}
	return n.SettleVoice(ctx, id)
}

// placeIn publishes the story with the voice in it. What somebody works on, or what waits to
// be published because a figure changed, gets the voice too and stays as it was otherwise.
func (n *Newsroom) placeIn(tx *store.Tx, actor standfirst.Actor, v standfirst.VoiceRecord) error {
	story, err := tx.Story(v.Story)
	if err != nil {
		return err
	}
	if story.State != standfirst.Published || story.Kind != standfirst.KindStory {
		return standfirst.Errorf(standfirst.Conflict, "the story is %s, so readers would not see the voice", story.State)
	}
	if _, err := tx.Schedule(story.ID); err == nil {
		return standfirst.Errorf(standfirst.Conflict, "an update of the story is scheduled; put the voice into that text, or wait until it is out")
	} else if !isNotFound(err) {
		return err
	}
	before, err := tx.Revision(story.Current)
	if err != nil {
		return err
	}
	waiting, err := tx.Pending(story.ID)
	if err != nil && !isNotFound(err) {
		return err
	}
	block := voiceBlock(v)
	now := withVoice(before.Content, block)
	note := voiceNote
	if v.Comment != 0 {
		note = commentVoiceNote
	}
	change := standfirst.Change{Class: standfirst.Update, Note: note}
	if _, err := n.publishIn(tx, publishing{actor: actor, story: story, content: now, change: change, aside: true}); err != nil {
		return err
	}
	if err := n.prepareWithVoice(tx, actor, waiting, block); err != nil {
		return err
	}
	if err := n.workWithVoice(tx, actor, story.ID, before.Content, now, block); err != nil {
		return err
	}
	return touchPicked(tx, v, n.now())
}

// touchPicked lets readers see that the comment was picked, or no longer is.
func touchPicked(tx *store.Tx, v standfirst.VoiceRecord, now time.Time) error {
	if v.Comment == 0 {
		return nil
	}
	tx.Touch(standfirst.CommentsTag(v.Story))
	c, err := tx.Comment(v.Comment)
	if err != nil || c.State != standfirst.CommentApproved {
		return err
	}
	return tx.SetCommentChanged(c.ID, now)
}

// prepareWithVoice prepares again, with the voice, what waited because a figure changed:
// the publication of the voice ended that.
func (n *Newsroom) prepareWithVoice(tx *store.Tx, actor standfirst.Actor, waiting store.Pending, block string) error {
	if waiting.Revision == 0 {
		return nil
	}
	prepared, err := tx.Revision(waiting.Revision)
	if err != nil {
		return err
	}
	now := n.now()
	waiting.Revision, err = tx.InsertRevision(standfirst.Revision{
		StoryID: waiting.Story, Purpose: standfirst.ForSupersession, Content: withVoice(prepared.Content, block), CreatedAt: now, CreatedBy: actor.String(),
	})
	if err != nil {
		return err
	}
	return tx.SetPending(waiting)
}

// workWithVoice brings the working copy in step with the published text.
func (n *Newsroom) workWithVoice(tx *store.Tx, actor standfirst.Actor, id standfirst.StoryID, before, now standfirst.Content, block string) error {
	work, err := tx.WorkingCopy(id)
	if err != nil {
		return err
	}
	same, err := sameTextNow(&tx.ReadTx, work.Content, before)
	if err != nil {
		return err
	}
	if same {
		work.Content = now
	} else {
		work.Content = withVoice(work.Content, block)
	}
	work.UpdatedAt, work.UpdatedBy = n.now(), actor.String()
	return tx.SaveWorkingCopy(work)
}

// voiceBlock returns the voice as it stands in story text.
func voiceBlock(v standfirst.VoiceRecord) string {
	shown := v.Shown()
	if v.Comment == 0 {
		return markup.WriteQuote(shown.Paragraphs(), shown.Line())
	}
	return markup.WriteVoiceFrom(shown.Paragraphs(), shown.Line(), fromComments, standfirst.CommentPath(v.Comment))
}

// VoiceText returns a block with the voice alone, as story text.
func VoiceText(v standfirst.VoiceRecord) string { return ":::voices\n" + voiceBlock(v) + "\n:::" }

// withVoice returns the content with the voice at the end of its first block of voices, or
// in a new one at its end. A content that has it already is returned as it is.
func withVoice(c standfirst.Content, block string) standfirst.Content {
	if slices.ContainsFunc(record.Blocks(c.Body), func(b record.Block) bool { return strings.TrimSpace(c.Body[b.Start:b.End]) == block }) {
		return c
	}
	at, found := endOfVoices(c.Body)
	if !found {
		return withBody(c, strings.TrimRight(c.Body, "\n")+"\n\n:::voices\n"+block+"\n:::", c.Citations)
	}
	above := strings.TrimRight(c.Body[:at], "\n")
	if !strings.HasPrefix(above[strings.LastIndexByte(above, '\n')+1:], ":::") {
		above += "\n" // between two voices
	}
	body := above + "\n" + block + "\n"
	if below := strings.TrimLeft(c.Body[at:], "\n"); below != "" {
		body += below
	}
	return withBody(c, strings.TrimRight(body, "\n"), c.Citations)
}

// endOfVoices returns where the first block of voices in the text ends: the offset of the
// line that closes it, or of the end of the text.
func endOfVoices(body string) (at int, found bool) {
	depth := 0
	for _, b := range record.Blocks(body) {
		line, _, _ := strings.Cut(strings.TrimSpace(body[b.Start:b.End]), "\n")
		if !strings.HasPrefix(line, ":::") {
			continue
		}
		name, _, _ := strings.Cut(strings.TrimLeft(line, ": "), " ")
		switch {
		case !found:
			found = name == "voices"
		case name != "":
			depth++
		case depth > 0:
			depth--
		default:
			return b.Start, true
		}
	}
	return len(body), found
}

// withBody returns the content with another body, whose citations are the given ones in the
// same order, and mean the same versions.
func withBody(c standfirst.Content, body string, cited []standfirst.Citation) standfirst.Content {
	c.Body = body
	c.Quotations, c.Citations, c.Inset = copydesk.Quotations(c.Body), markup.Citations(c.Body), inset(c.Body)
	for i := range c.Citations {
		if i < len(cited) && cited[i].Claim == c.Citations[i].Claim {
			c.Citations[i].Version = cited[i].Version
		}
	}
	return c
}

// takeOutIn erases the words of the voice from the story, with its older versions and what
// is worked on, and forgets them.
func (n *Newsroom) takeOutIn(tx *store.Tx, v standfirst.VoiceRecord) error {
	story, err := tx.Story(v.Story)
	if err != nil {
		return err
	}
	x := &erasing{n: n, tx: tx, story: story, found: make(map[Left]bool)}
	if err := x.said(voiceBlock(v)); err != nil {
		return err
	}
	if err := x.finish(standfirst.System(), "voice "+v.ID.String()); err != nil {
		return err
	}
	if err := touchPicked(tx, v, n.now()); err != nil {
		return err
	}
	v = discuss.Forgotten(v)
	v.PlacedAt, v.Problem = time.Time{}, leftWords(x.left)
	return tx.UpdateVoice(v)
}

// leftWords says where words of a voice that was taken out still stand.
func leftWords(left []Left) string {
	if len(left) == 0 {
		return ""
	}
	var parts []string
	for _, l := range left {
		part := strings.ReplaceAll(l.Part, ".", " ")
		if l.Version != 0 {
			part += fmt.Sprintf(" of version %d", l.Version)
		}
		parts = append(parts, part)
	}
	return "words of it still stand in " + strings.Join(parts, ", ") + "; erase them there if they are to go"
}
