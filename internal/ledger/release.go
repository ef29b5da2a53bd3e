package ledger

import (
	"context"
	"slices"
	"time"

	"standfirst"
	"standfirst/internal/record"
	"standfirst/internal/store"
)

// releasing makes versions visible to readers in one transaction, with everything that
// follows: the entities and deals that they are about, the ends of the versions that
// they supersede, one notice for each of those, the prepared revisions of the stories
// that cite them, and the tags of every page that shows one of them.
type releasing struct {
	tx    *store.Tx
	actor standfirst.Actor
	at    time.Time
	// publishing is the story whose publication releases, if one does: it says itself
	// what changed in it.
	publishing standfirst.StoryID
	before     []standfirst.Citation // of the text that readers saw until now

	entities map[standfirst.EntityID]bool
	deals    map[standfirst.DealID]bool
	notices  []standfirst.NoticeID
}

func (l *Ledger) newReleasing(tx *store.Tx, actor standfirst.Actor) *releasing {
	return &releasing{
		tx: tx, actor: actor, at: l.now(),
		entities: make(map[standfirst.EntityID]bool), deals: make(map[standfirst.DealID]bool),
	}
}

// claim releases those of the versions that readers do not see yet. All versions are
// given, in the order of recording, so that what was superseded is at hand.
func (r *releasing) claim(c standfirst.Claim, all []standfirst.ClaimVersion, wanted func(standfirst.ClaimVersion) bool) error {
	var fresh []standfirst.ClaimVersion
	var ids []standfirst.ClaimVersionID
	for _, v := range all {
		if v.ReleasedAt.IsZero() && !v.Erased && wanted(v) {
			fresh, ids = append(fresh, v), append(ids, v.ID)
		}
	}
	if err := r.subject(c); err != nil {
		return err
	}
	if len(fresh) == 0 {
		return nil
	}
	if _, err := r.tx.ReleaseVersions(ids, r.at); err != nil {
		return err
	}
	record.Append(r.tx, record.Claims(r.at, c, fresh...)...)
	for _, v := range fresh {
		if v.Supersedes == 0 || overtaken(v, all, fresh) {
			continue
		}
		if err := r.supersede(c, v, all); err != nil {
			return err
		}
	}
	return r.touch(c)
}

// subject releases what the claim is about.
func (r *releasing) subject(c standfirst.Claim) error {
	if id := c.Subject.Deal; id != 0 && !r.deals[id] {
		r.deals[id] = true
		deal, err := r.tx.Deal(id)
		if err != nil {
			return err
		}
		if err := r.deal(deal); err != nil {
			return err
		}
	}
	return r.entity(c.Subject.Entity, c.Dimensions.Party)
}

// deal releases the deal with its target and its parties.
func (r *releasing) deal(d standfirst.Deal) error {
	if err := r.retitle(d); err != nil {
		return err
	}
	if _, err := r.tx.ReleaseDeals([]standfirst.DealID{d.ID}, r.at); err != nil {
		return err
	}
	entities := []standfirst.EntityID{d.Target}
	for _, p := range d.Parties {
		if p.Story == 0 || p.Story == r.publishing {
			entities = append(entities, p.Entity)
		}
	}
	return r.entity(entities...)
}

// retitle names a deal that readers are about to see for the first time after the parties
// that they will see with it: the draft that made it may name others.
func (r *releasing) retitle(d standfirst.Deal) error {
	if !d.ReleasedAt.IsZero() || !slices.ContainsFunc(d.Parties, func(p standfirst.DealParty) bool { return p.Story != 0 }) {
		return nil
	}
	ids := []standfirst.EntityID{d.Target}
	for _, p := range d.Parties {
		if namesDeal(p.Role) && (p.Story == 0 || p.Story == r.publishing) {
			ids = append(ids, p.Entity)
			break
		}
	}
	found, err := r.tx.EntitiesByID(ids)
	if err != nil {
		return err
	}
	names := make([]string, 2)
	for _, e := range found {
		if at := slices.Index(ids, e.ID); at >= 0 {
			names[at] = standfirst.ShortName(e.Name)
		}
	}
	title := dealTitle(d.Kind, names[0], names[1])
	if title == d.Title {
		return nil
	}
	return r.tx.RetitleDeal(d.ID, title)
}

// entity releases the entities; zero is none.
func (r *releasing) entity(ids ...standfirst.EntityID) error {
	var wanted []standfirst.EntityID
	for _, id := range ids {
		if id != 0 && !r.entities[id] {
			r.entities[id] = true
			wanted = append(wanted, id)
		}
	}
	fresh, err := r.tx.ReleaseEntities(wanted, r.at)
	if err != nil || len(fresh) == 0 {
		return err
	}
	entities, err := r.tx.EntitiesByID(fresh)
	for _, e := range entities { // texts may have named it before it was there
		r.tx.Touch(standfirst.NamesTag, standfirst.EntityTag(e.ID), standfirst.MentionTag(e.Slug))
		for _, t := range e.Tickers {
			r.tx.Touch(standfirst.TickerTag(t))
		}
	}
	return err
}

// supersede makes the end of the version that readers know visible, tells them of it, and
// prepares new words for the stories that cite it. What readers never saw ends in
// silence.
func (r *releasing) supersede(c standfirst.Claim, now standfirst.ClaimVersion, all []standfirst.ClaimVersion) error {
	took := succeeds(now, all)
	if _, err := r.tx.ReleaseEnds(took.by, r.at); err != nil {
		return err
	}
	if took.before.ID == 0 {
		return nil
	}
	now.Class = took.class
	if c.Property == standfirst.Stage {
		return r.tellStage(c, took.before, now)
	}
	return r.tell(c, took.before, now)
}

// tell makes the notice of a change and the revisions that it asks for. Those of the other
// stories that are out are told as well.
func (r *releasing) tell(c standfirst.Claim, before, now standfirst.ClaimVersion, others ...standfirst.StoryID) error {
	citing, err := r.tx.StoriesCiting([]standfirst.ClaimID{c.ID})
	if err != nil {
		return err
	}
	title, err := subjectName(&r.tx.ReadTx, c)
	if err != nil {
		return err
	}
	citing = slices.DeleteFunc(citing, func(id standfirst.StoryID) bool {
		return id == r.publishing && !slices.Contains(claimsOf(r.before), c.ID)
	})
	printed, err := r.printed(c, before)
	if err != nil {
		return err
	}
	for _, id := range others {
		if id != r.publishing && !slices.Contains(printed, id) {
			printed = append(printed, id)
			r.tx.Touch(standfirst.StoryTag(id))
		}
	}
	slices.Sort(printed)
	notice := standfirst.Notice{
		Class: now.Class, Text: now.Note, At: r.at, Claim: c.ID, Version: now.ID, Stories: printed,
	}
	if notice.Text == "" {
		notice.Text = draftNotice(c.Property, title, before, now)
	}
	id, err := AddNotice(r.tx, notice)
	if err != nil {
		return err
	}
	r.notices = append(r.notices, id)
	for _, story := range citing {
		r.tx.Touch(standfirst.StoryTag(story))
		if story == r.publishing {
			continue
		}
		if err := prepare(r.tx, r.actor, r.at, story, c.ID, before, now); err != nil {
			return err
		}
	}
	return nil
}

// printed returns the stories whose readers were told the value that has changed. The one
// that is being published counts if the text which readers saw until now did.
func (r *releasing) printed(c standfirst.Claim, before standfirst.ClaimVersion) ([]standfirst.StoryID, error) {
	stories, err := r.tx.StoriesCitingVersion(c.ID, before.ID)
	if err != nil {
		return nil, err
	}
	stories = slices.DeleteFunc(stories, func(id standfirst.StoryID) bool { return id == r.publishing })
	if slices.ContainsFunc(r.before, func(b standfirst.Citation) bool { return b.Version == before.ID }) {
		stories = append(stories, r.publishing)
		slices.Sort(stories)
	}
	return stories, nil
}

// touch touches every page that shows the claim: its own, its subject's, and the
// stories that cite it.
func (r *releasing) touch(c standfirst.Claim) error {
	r.tx.Touch(claimTags(c)...)
	citing, err := r.tx.StoriesCiting([]standfirst.ClaimID{c.ID})
	if err != nil {
		return err
	}
	for _, story := range citing {
		r.tx.Touch(standfirst.StoryTag(story))
	}
	return nil
}

// Release lets readers see everything that is recorded of the claim, without a story
// that cites it. It returns a NotFound error if there is no such claim.
func (l *Ledger) Release(ctx context.Context, actor standfirst.Actor, id standfirst.ClaimID) error {
	if err := actor.Require(standfirst.ReleaseClaim); err != nil {
		return err
	}
	return l.update(ctx, "release claim "+id.String(), func(tx *store.Tx) error {
		c, err := tx.Claim(id)
		if err != nil {
			return err
		}
		versions, err := tx.Versions(id, store.ForDesk)
		if err != nil {
			return err
		}
		r := l.newReleasing(tx, actor)
		if err := r.claim(c, versions, func(v standfirst.ClaimVersion) bool { return v.Ended != standfirst.RetractedClaim }); err != nil {
			return err
		}
		if err := r.retractions(c, versions); err != nil {
			return err
		}
		if err := r.finish(); err != nil {
			return err
		}
		return l.audit(tx, actor, "claim.release", c.ID, "")
	})
}

// finish brings the lists of deals in step with what readers see now.
func (r *releasing) finish() error {
	for id := range r.deals {
		if err := refreshDealListing(r.tx, id); err != nil {
			return err
		}
		r.tx.Touch(standfirst.DealTag(id), standfirst.DealsTag)
		deal, err := r.tx.Deal(id)
		if err != nil {
			return err
		}
		r.tx.Touch(standfirst.EntityTag(deal.Target))
		for _, p := range deal.ShownParties() {
			r.tx.Touch(standfirst.EntityTag(p.Entity))
		}
	}
	return nil
}

// audit leaves the row that says who did what to the claim, and when.
func (l *Ledger) audit(tx *store.Tx, actor standfirst.Actor, action string, id standfirst.ClaimID, detail string) error {
	return tx.Audit(standfirst.AuditEntry{At: l.now(), Actor: actor, Action: action, Object: "claim:" + id.String(), Detail: detail})
}
