package site

import (
	"slices"

	"standfirst"
)

// related is what else there is to read: on a topic, or in a section.
type related struct {
	Topic   string // exactly one of Topic and Section is set
	Section string
	Cards   []card
}

const (
	relatedLength = 5
	// relatedTopics bounds the look-ups for a story of very many topics.
	relatedTopics = 4
)

// related returns the newest stories of the story's topics, or of its section if
// its topics have no other. It is nil if there are none of either. The page is
// tagged with the lists that were looked at, because a new story in one belongs
// here too.
func (rd *reading) related(story standfirst.Story, topics []standfirst.Topic, section *link) (*related, error) {
	var found []standfirst.Card
	name := ""
	for _, topic := range topics[:min(len(topics), relatedTopics)] {
		rd.tag(standfirst.TopicTag(topic.ID))
		cards, err := rd.tx.TopicCards(topic.ID, standfirst.Position{}, relatedLength+1)
		if err != nil {
			return nil, err
		}
		if cards = without(cards, story.ID); len(cards) > 0 && name == "" {
			name = topic.Name
		}
		found = append(found, cards...)
	}
	if len(found) > 0 {
		return &related{Topic: name, Cards: rd.newest(found)}, nil
	}
	if section == nil {
		return nil, nil
	}
	rd.tag(standfirst.SectionTag(story.Section))
	found, err := rd.tx.SectionCards(story.Section, standfirst.Position{}, relatedLength+1)
	if err != nil {
		return nil, err
	}
	if found = without(found, story.ID); len(found) == 0 {
		return nil, nil
	}
	return &related{Section: section.Name, Cards: rd.newest(found)}, nil
}

// without returns the cards but for that of the story.
func without(cards []standfirst.Card, id standfirst.StoryID) []standfirst.Card {
	return slices.DeleteFunc(cards, func(c standfirst.Card) bool { return c.ID == id })
}

// newest returns the newest of the cards, each once.
func (rd *reading) newest(found []standfirst.Card) []card {
	slices.SortFunc(found, func(a, b standfirst.Card) int {
		if c := b.FirstPublished.Compare(a.FirstPublished); c != 0 {
			return c
		}
		return int(b.ID - a.ID)
	})
	found = slices.CompactFunc(found, func(a, b standfirst.Card) bool { return a.ID == b.ID })
	return rd.cards(found[:min(len(found), relatedLength)], layoutShort, "")
}
