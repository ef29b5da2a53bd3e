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

// TopicByName returns the topic of the name; case does not matter.
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
