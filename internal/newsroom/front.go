package newsroom

import (
	"context"
	"slices"

	"standfirst"
	"standfirst/internal/store"
)

// pinEndKey keeps it at one waiting job.
const pinEndKey = "pin.end"

// ArrangeTop puts the stories on top of the page of the section, or for zero of the front
// page, in their order. Seen is what was there for whoever arranges it: if that is so no
// more, nothing changes and the error is a Conflict. It returns an Invalid error for more
// than [standfirst.MaxPins], for one that readers do not see on that page, and for an end
// that has passed.
func (n *Newsroom) ArrangeTop(ctx context.Context, actor standfirst.Actor, section standfirst.SectionID, seen, pins []standfirst.Pin) error {
	if err := actor.Require(standfirst.OrderFront); err != nil {
		return err
	}
	return n.update(ctx, "arrange the top of a page", func(tx *store.Tx) error {
		now := n.now()
		if section != 0 {
			if _, err := tx.Section(section); err != nil {
				return err
			}
		}
		stored, err := tx.Pins(section)
		if err != nil {
			return err
		}
		stored = slices.DeleteFunc(stored, func(p standfirst.Pin) bool { return p.Ended(now) })
		switch {
		case slices.EqualFunc(stored, pins, samePin):
			return nil
		case !slices.EqualFunc(stored, seen, samePin):
			return standfirst.Errorf(standfirst.Conflict, "somebody else arranged this page meanwhile, and nothing was changed; look at it again")
		}
		if err := checkTop(tx, section, stored, pins); err != nil {
			return err
		}
		for _, p := range pins {
			if p.Ended(now) {
				return standfirst.Errorf(standfirst.Invalid, "the time at which a story leaves the page has passed")
			}
		}
		if err := tx.SetPins(section, pins); err != nil {
			return err
		}
		if err := planPinEnd(tx); err != nil {
			return err
		}
		tx.Touch(standfirst.TopTag(section))
		object := "front"
		if section != 0 {
			object = "section:" + section.String()
		}
		return tx.Audit(standfirst.AuditEntry{At: now, Actor: actor, Action: "front.arrange", Object: object, Detail: pinList(pins)})
	})
}

// samePin reports whether the pins say the same.
func samePin(a, b standfirst.Pin) bool {
	return a.Story == b.Story && a.Lead == b.Lead && a.Until.Equal(b.Until)
}

// pinList names the stories, for the audit trail.
func pinList(pins []standfirst.Pin) string {
	list := "stories"
	for _, p := range pins {
		list += " " + p.Story.String()
	}
	if len(pins) == 0 {
		return "none"
	}
	return list
}

// checkTop returns an Invalid error if the pins cannot stand on the page. Those that stood
// there before may stay.
func checkTop(tx *store.Tx, section standfirst.SectionID, stored, pins []standfirst.Pin) error {
	if len(pins) > standfirst.MaxPins {
		return standfirst.Errorf(standfirst.Invalid, "%d stories can be pinned to a page; take one off first", standfirst.MaxPins)
	}
	for i, p := range pins {
		same := func(o standfirst.Pin) bool { return o.Story == p.Story }
		if slices.ContainsFunc(pins[:i], same) {
			return standfirst.Errorf(standfirst.Invalid, "story %s is pinned to this page already", p.Story)
		}
		if p.Lead && (i > 0 || section != 0) {
			return standfirst.Errorf(standfirst.Invalid, "one story leads, and only on the front page")
		}
		if slices.ContainsFunc(stored, same) {
			continue
		}
		story, err := tx.Story(p.Story)
		if err != nil {
			return err
		}
		switch {
		case story.Kind != standfirst.KindStory || story.State != standfirst.Published:
			return standfirst.Errorf(standfirst.Invalid, "only a story that is published can be pinned, and story %s is not", p.Story)
		case section != 0 && story.Section != section:
			return standfirst.Errorf(standfirst.Invalid, "story %s is in another section", p.Story)
		}
	}
	return nil
}

// unpin takes the story from the top of every page on which it no longer stands: of all of
// them while readers do not see it as a story.
func unpin(tx *store.Tx, story standfirst.Story) error {
	pins, err := tx.PinsOf(story.ID)
	if err != nil {
		return err
	}
	for _, p := range pins {
		if story.State == standfirst.Published && (p.Section == 0 || p.Section == story.Section) {
			continue
		}
		if err := tx.DeletePin(p.Section, story.ID); err != nil {
			return err
		}
		tx.Touch(standfirst.TopTag(p.Section))
	}
	return nil
}

// EndPinsJob takes stories from the top of pages whose time there is over, and enqueues its
// successor; it is the handler of [standfirst.JobEndPins].
func (n *Newsroom) EndPinsJob(ctx context.Context, _ standfirst.Job) error {
	return n.update(ctx, "end pins", func(tx *store.Tx) error {
		ended, err := tx.EndedPins(n.now())
		if err != nil {
			return err
		}
		for _, p := range ended {
			if err := tx.DeletePin(p.Section, p.Story); err != nil {
				return err
			}
			tx.Touch(standfirst.TopTag(p.Section))
			if err := audit(tx, standfirst.System(), n.now(), "front.end", p.Story, ""); err != nil {
				return err
			}
		}
		return planPinEnd(tx)
	})
}

// planPinEnd enqueues the job for the next pin that ends by itself.
func planPinEnd(tx *store.Tx) error {
	at, ok, err := tx.NextPinEnd()
	if err != nil || !ok {
		return err
	}
	_, err = tx.Enqueue(standfirst.Job{Kind: standfirst.JobEndPins, Key: pinEndKey, RunAt: at})
	return err
}
