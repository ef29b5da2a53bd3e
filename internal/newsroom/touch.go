package newsroom

import (
	"standfirst"
	"standfirst/internal/store"
)

// listTags returns the tags of the section, topics and authors under which the
// story is listed before a change.
func listTags(tx *store.Tx, story standfirst.Story) ([]standfirst.Tag, error) {
	if story.PublishedNumber == 0 || story.Kind == standfirst.KindPage {
		return nil, nil
	}
	topics, err := tx.StoryTopics(story.ID)
	if err != nil {
		return nil, err
	}
	authors, err := tx.StoryAuthors(story.ID)
	if err != nil {
		return nil, err
	}
	var p places
	p.section = story.Section
	for _, t := range topics {
		p.topics = append(p.topics, t.ID)
	}
	for _, a := range authors {
		p.authors = append(p.authors, a.ID)
	}
	return p.tags(), nil
}

// tags returns the tags of the lists in these places.
func (p places) tags() []standfirst.Tag {
	var tags []standfirst.Tag
	if p.section != 0 {
		tags = append(tags, standfirst.SectionTag(p.section))
	}
	for _, id := range p.topics {
		tags = append(tags, standfirst.TopicTag(id))
	}
	for _, id := range p.authors {
		tags = append(tags, standfirst.AuthorTag(id))
	}
	return tags
}

// storyTags returns the tags of every page on which the story stands whatever its
// section: its own, the front page, the archive and its day. A standing page is in
// the footer of every page, and in no list.
func storyTags(story standfirst.Story) []standfirst.Tag {
	if story.Kind == standfirst.KindPage {
		return []standfirst.Tag{standfirst.StoryTag(story.ID), standfirst.SiteTag}
	}
	return []standfirst.Tag{standfirst.StoryTag(story.ID), standfirst.FrontTag, standfirst.ArchiveTag, standfirst.DayTag(story.Day)}
}

// touchPublished touches what a publication changes: where the story stood before
// and where it stands now, and every page when the menu has a new section.
func touchPublished(tx *store.Tx, story standfirst.Story, where places, before []standfirst.Tag) {
	tx.Touch(storyTags(story)...)
	tx.Touch(before...)
	if story.Kind == standfirst.KindStory {
		tx.Touch(where.tags()...)
	}
	if len(where.newSections) > 0 {
		tx.Touch(standfirst.SiteTag)
	}
}

// touchStory touches every page on which the story stands, with its lists.
func touchStory(tx *store.Tx, story standfirst.Story) error {
	lists, err := listTags(tx, story)
	tx.Touch(storyTags(story)...)
	tx.Touch(lists...)
	return err
}
