package discuss

import (
	"context"

	"standfirst"
	"standfirst/internal/store"
)

// Settings returns how the talk is held under the story: what is said of it, of its section
// and of the publication, with the defaults below.
func Settings(tx *store.ReadTx, story standfirst.Story) (standfirst.Discussion, error) {
	section, own := standfirst.SectionScope(story.Section), standfirst.StoryScope(story.ID)
	found, err := tx.Discussions(standfirst.PublicationScope, section, own)
	return found[own].Under(found[section].Under(found[standfirst.PublicationScope].WithDefaults())), err
}

// PublicationSettings returns how the talk is held where nothing else is said.
func PublicationSettings(tx *store.ReadTx) (standfirst.Discussion, error) {
	found, err := tx.Discussions(standfirst.PublicationScope)
	return found[standfirst.PublicationScope].WithDefaults(), err
}

// SettingsOf returns what is said of the scope itself, with no more of a key than tells
// which it is.
func (t *Talk) SettingsOf(ctx context.Context, scope standfirst.DiscussionScope) (d standfirst.Discussion, err error) {
	err = t.store.View(ctx, func(tx *store.ReadTx) error {
		found, err := tx.Discussions(scope)
		d = found[scope]
		d.Akismet = d.Akismet.Masked()
		return err
	})
	return d, err
}

// SetSettings replaces what is said of the scope, but for what [Talk.HoldNow] and
// [Talk.SetAkismet] change. For the publication it needs the permission to manage
// settings; a section or story only that to moderate, and has nothing of what is of the
// publication alone. It returns an Invalid error for what cannot stand, and a Conflict if it
// was changed since it was seen.
func (t *Talk) SetSettings(ctx context.Context, actor standfirst.Actor, scope standfirst.DiscussionScope, d standfirst.Discussion, seen standfirst.Fingerprint) error {
	if err := actor.Require(toSet(scope)); err != nil {
		return err
	}
	if err := d.Validate(); err != nil {
		return err
	}
	if scope != standfirst.PublicationScope {
		d = d.OfPart()
	}
	return t.putSettings(ctx, actor, scope, "talk.settings", func(is standfirst.Discussion) (standfirst.Discussion, error) {
		d := d
		d.HoldNow, d.Akismet = is.HoldNow, is.Akismet
		if d.Fingerprint() == is.Fingerprint() {
			return d, nil
		}
		return d, seen.Check(is.Fingerprint(), "how the talk is held here")
	})
}

// SetMode says who may comment in the scope, and leaves the other settings as they are. What
// it needs and returns is as with [Talk.SetSettings].
func (t *Talk) SetMode(ctx context.Context, actor standfirst.Actor, scope standfirst.DiscussionScope, mode standfirst.DiscussionMode) error {
	if err := actor.Require(toSet(scope)); err != nil {
		return err
	}
	if err := (standfirst.Discussion{Mode: mode}).Validate(); err != nil {
		return err
	}
	return t.putSettings(ctx, actor, scope, "talk.settings", func(d standfirst.Discussion) (standfirst.Discussion, error) {
		d.Mode = mode
		return d, nil
	})
}

// toSet returns the permission that it takes to change the settings of the scope.
func toSet(scope standfirst.DiscussionScope) standfirst.Permission {
	if scope == standfirst.PublicationScope {
		return standfirst.ManageSettings
	}
	return standfirst.ModerateComments
}

// HoldNow holds everything in the scope from now on, or lets go of it.
func (t *Talk) HoldNow(ctx context.Context, actor standfirst.Actor, scope standfirst.DiscussionScope, hold bool) error {
	if err := actor.Require(standfirst.ModerateComments); err != nil {
		return err
	}
	action := "talk.release"
	if hold {
		action = "talk.hold"
	}
	return t.putSettings(ctx, actor, scope, action, func(d standfirst.Discussion) (standfirst.Discussion, error) {
		d.HoldNow = hold
		return d, nil
	})
}

func (t *Talk) putSettings(ctx context.Context, actor standfirst.Actor, scope standfirst.DiscussionScope, action string, change func(standfirst.Discussion) (standfirst.Discussion, error)) error {
	return t.update(ctx, "change the talk of "+string(scope), func(tx *store.Tx) error {
		found, err := tx.Discussions(scope)
		if err != nil {
			return err
		}
		d, err := change(found[scope])
		if err != nil {
			return err
		}
		if err := tx.PutDiscussion(scope, d); err != nil {
			return err
		}
		tx.Touch(standfirst.TalkTag(scope))
		return tx.Audit(standfirst.AuditEntry{At: t.now(), Actor: actor, Action: action, Object: string(scope), Detail: string(d.Mode)})
	})
}
