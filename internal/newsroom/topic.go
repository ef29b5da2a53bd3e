package newsroom

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"standfirst"
	"standfirst/internal/store"
)

// RenameTopic gives the topic another name and slug, as [Newsroom.RenameSection] does.
func (n *Newsroom) RenameTopic(ctx context.Context, actor standfirst.Actor, id standfirst.TopicID, name string, slug standfirst.Slug, seen standfirst.Fingerprint) error {
	if err := actor.Require(standfirst.ManageSections); err != nil {
		return err
	}
	name = standfirst.OneLine(name)
	return n.update(ctx, "rename a topic", func(tx *store.Tx) error {
		old, err := tx.Topic(id)
		if err != nil {
			return err
		}
		now := old
		now.Name, now.Slug = name, cmp.Or(slug, old.Slug)
		if err := checkNaming("topic", now.Name, now.Slug); err != nil || now == old {
			return err
		}
		if err := seen.Check(old.Fingerprint(), "the topic "+old.Name); err != nil {
			return err
		}
		other, err := tx.TopicByName(now.Name)
		if is, err := found(err); err != nil {
			return err
		} else if is && other.ID != id {
			return nameTaken("topic", now.Name, other.Name)
		}
		if err := tx.RenameTopic(now); err != nil {
			return err
		}
		if err := moveList(tx, standfirst.TopicPath(old.Slug), standfirst.TopicPath(now.Slug)); err != nil {
			return err
		}
		tx.Touch(standfirst.SiteTag)
		return tx.Audit(standfirst.AuditEntry{At: n.now(), Actor: actor, Action: "topic.rename", Object: "topic:" + id.String(), Detail: old.Name + " to " + now.Name + " at " + string(now.Slug)})
	})
}

// MergeTopic puts the stories of the topic into the one of the name, for good: its address
// leads there, and texts that name it mean that one. It returns a NotFound error if there is
// no topic of the name, and an Invalid one if it is the same.
func (n *Newsroom) MergeTopic(ctx context.Context, actor standfirst.Actor, id standfirst.TopicID, into string) (standfirst.Topic, error) {
	if err := actor.Require(standfirst.ManageSections); err != nil {
		return standfirst.Topic{}, err
	}
	into = standfirst.OneLine(into)
	var target standfirst.Topic
	err := n.update(ctx, "merge a topic", func(tx *store.Tx) error {
		from, err := tx.Topic(id)
		if err != nil {
			return err
		}
		target, err = tx.TopicByName(into)
		if isNotFound(err) {
			return standfirst.Errorf(standfirst.Invalid, "there is no topic %q to merge into", into)
		}
		if err != nil {
			return err
		}
		if target.ID == id {
			return standfirst.Errorf(standfirst.Invalid, "a topic cannot be merged into itself")
		}
		if err := tx.MergeTopic(from, target.ID); err != nil {
			return err
		}
		if err := moveList(tx, standfirst.TopicPath(from.Slug), standfirst.TopicPath(target.Slug)); err != nil {
			return err
		}
		tx.Touch(standfirst.SiteTag)
		return tx.Audit(standfirst.AuditEntry{At: n.now(), Actor: actor, Action: "topic.merge", Object: "topic:" + target.ID.String(), Detail: from.Name + " into " + target.Name})
	})
	return target, err
}

// inCurrentNames returns the content with the names that its section and topics have now. The
// topics are copied: a transaction may run more than once.
func inCurrentNames(tx *store.ReadTx, c standfirst.Content) (standfirst.Content, error) {
	section, renamed, err := tx.CurrentNames(c.Section, c.Topics)
	if err != nil {
		return c, err
	}
	if section != "" {
		c.Section = section
	}
	if len(renamed) == 0 {
		return c, nil
	}
	topics := slices.Clone(c.Topics)
	for i, name := range topics {
		topics[i] = cmp.Or(renamed[name], name)
	}
	c.Topics = nil
	for _, name := range topics { // two may have been merged
		if !slices.ContainsFunc(c.Topics, func(o string) bool { return strings.EqualFold(o, name) }) {
			c.Topics = append(c.Topics, name)
		}
	}
	return c, nil
}

// sameTextNow reports whether the two texts say the same to a reader, where a section or
// topic that was renamed is still the same.
func sameTextNow(tx *store.ReadTx, a, b standfirst.Content) (bool, error) {
	if a.Section == b.Section && slices.Equal(a.Topics, b.Topics) {
		return sameText(a, b), nil
	}
	a, err := inCurrentNames(tx, a)
	if err != nil {
		return false, err
	}
	b, err = inCurrentNames(tx, b)
	return sameText(a, b), err
}
