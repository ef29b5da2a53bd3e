package store

import "standfirst"

// Topic returns the topic with the identifier.
func (tx *ReadTx) Topic(id standfirst.TopicID) (standfirst.Topic, error) {
	t, err := one(tx, scanTopic, "Topic", int64(id))
	return t, missing(err, "there is no topic %d", id)
}

// TopicBySlug returns the topic at the address.
func (tx *ReadTx) TopicBySlug(slug standfirst.Slug) (standfirst.Topic, error) {
	t, err := one(tx, scanTopic, "TopicBySlug", string(slug))
	return t, missing(err, "there is no topic at the address %q", slug)
}

// Topics returns up to limit topics whose names come after the given one, in their order.
func (tx *ReadTx) Topics(after string, limit int) ([]standfirst.Topic, error) {
	return all(tx, scanTopic, "Topics", nameKey(after), int64(limit))
}

// TopicByName returns the topic that has the name, or had it; case does not matter.
func (tx *ReadTx) TopicByName(name string) (standfirst.Topic, error) {
	t, err := one(tx, scanTopic, "TopicByName", nameKey(name))
	return t, missing(err, "there is no topic called %q", name)
}

// StoryTopics returns the topics of the listed revision of the story, in its
// order, and none for a story that is not listed.
func (tx *ReadTx) StoryTopics(id standfirst.StoryID) ([]standfirst.Topic, error) {
	return all(tx, scanTopic, "StoryTopics", int64(id))
}

func scanTopic(row scanner) (t standfirst.Topic, err error) {
	err = row.Scan(&t.ID, &t.Slug, &t.Name)
	return t, err
}

// InsertTopic stores a new topic. It returns a Conflict error if its name or slug
// is taken.
func (tx *Tx) InsertTopic(t standfirst.Topic) (standfirst.TopicID, error) {
	id, err := one(&tx.ReadTx, scanID[standfirst.TopicID], "InsertTopic", string(t.Slug), t.Name, nameKey(t.Name))
	return id, taken(err, "there is already a topic called %q or at the address %q", t.Name, t.Slug)
}

// RenameTopic stores the name and slug of the topic. The name that it had stays its own, as
// with [Tx.RenameSection]. It returns a Conflict error if the name or slug is another's.
func (tx *Tx) RenameTopic(t standfirst.Topic) error {
	old, err := tx.Topic(t.ID)
	if err != nil {
		return err
	}
	_, err = one(&tx.ReadTx, scanID[standfirst.TopicID], "TopicTaken", int64(t.ID), string(t.Slug), nameKey(t.Name))
	if err == nil {
		return standfirst.Errorf(standfirst.Conflict, "there is already another topic called %q or at the address %q", t.Name, t.Slug)
	}
	if err != errNoRow {
		return err
	}
	if _, err := tx.exec("UpdateTopic", string(t.Slug), t.Name, nameKey(t.Name), int64(t.ID)); err != nil {
		return err
	}
	was, is := nameKey(old.Name), nameKey(t.Name)
	if was == is {
		return nil
	}
	if _, err := tx.exec("DeleteFormerTopic", is); err != nil {
		return err
	}
	_, err = tx.exec("PutFormerTopic", was, int64(t.ID))
	return err
}

// MergeTopic puts every story of the one topic into the other, which has its names from now
// on, and forgets it.
func (tx *Tx) MergeTopic(from standfirst.Topic, into standfirst.TopicID) error {
	if _, err := tx.exec("MergeListingTopics", int64(into), int64(from.ID)); err != nil {
		return err
	}
	if _, err := tx.exec("DeleteListingTopicsOf", int64(from.ID)); err != nil {
		return err
	}
	if _, err := tx.exec("MoveFormerTopics", int64(into), int64(from.ID)); err != nil {
		return err
	}
	if _, err := tx.exec("DeleteTopic", int64(from.ID)); err != nil {
		return err
	}
	_, err := tx.exec("PutFormerTopic", nameKey(from.Name), int64(into))
	return err
}
