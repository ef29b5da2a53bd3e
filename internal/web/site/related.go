package site

import (
	"cmp"
	"slices"

	"standfirst"
)

// related is what else there is to read: on a topic, on several, or in a section.
type related struct {
	Title string
	Cards []card
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
	on := make(map[string][]standfirst.Card)
	topics = topics[:min(len(topics), relatedTopics)]
	for _, topic := range topics {
		rd.tag(standfirst.TopicTag(topic.ID))
		cards, err := rd.tx.TopicCards(topic.ID, standfirst.Position{}, relatedLength+1)
		if err != nil {
			return nil, err
		}
		on[topic.Name] = without(cards, story.ID)
		found = append(found, on[topic.Name]...)
	}
	if len(found) > 0 {
		found = newest(found)
		return &related{rd.relatedTitle(found, topics, on), rd.cards(found, layoutShort, "")}, nil
	}
	if section == nil {
		return nil, nil
	}
	rd.tag(standfirst.SectionTag(story.Section))
	found, err := rd.tx.SectionCards(story.Section, standfirst.Position{}, relatedLength+1)
	if err != nil {
		return nil, err
	}
	if found = newest(without(found, story.ID)); len(found) == 0 {
		return nil, nil
	}
	return &related{rd.words.Text("related.section", section.Name), rd.cards(found, layoutShort, "")}, nil
}

// relatedTitle names the topic that all of the stories are on, if there is one.
func (rd *reading) relatedTitle(found []standfirst.Card, topics []standfirst.Topic, on map[string][]standfirst.Card) string {
	for _, topic := range topics {
		elsewhere := slices.ContainsFunc(found, func(c standfirst.Card) bool {
			return !slices.ContainsFunc(on[topic.Name], func(other standfirst.Card) bool { return other.ID == c.ID })
		})
		if !elsewhere {
			return rd.words.Text("related.topic", topic.Name)
		}
	}
	return rd.words.Text("related")
}

// without returns the cards but for that of the story.
func without(cards []standfirst.Card, id standfirst.StoryID) []standfirst.Card {
	return slices.DeleteFunc(cards, func(c standfirst.Card) bool { return c.ID == id })
}

// newest returns the newest of the cards, each once.
func newest(found []standfirst.Card) []standfirst.Card {
	slices.SortFunc(found, func(a, b standfirst.Card) int {
		return cmp.Or(b.FirstPublished.Compare(a.FirstPublished), cmp.Compare(b.ID, a.ID))
	})
	found = slices.CompactFunc(found, func(a, b standfirst.Card) bool { return a.ID == b.ID })
	return found[:min(len(found), relatedLength)]
}
