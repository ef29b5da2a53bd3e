package site

import "standfirst"

// topicPage lists the stories of a topic.
type topicPage struct {
	Layout layout
	Name   string
	List   list
}

func loadTopic(rd *reading, at address) (*view, error) {
	topic, err := rd.tx.TopicBySlug(at.slug)
	if err != nil {
		return nil, err
	}
	rd.tag(standfirst.TopicTag(topic.ID))
	p := &topicPage{Name: topic.Name}
	if p.Layout, err = rd.layout(at); err != nil {
		return nil, err
	}
	p.Layout.describe(rd, "website", rd.listTitle(at, topic.Name), "", at.key)
	p.Layout.followed(at.path, topic.Name)
	p.List, err = rd.list(at, layoutList, func(after standfirst.Position, limit int) ([]standfirst.Card, error) {
		return rd.tx.TopicCards(topic.ID, after, limit)
	})
	if err != nil {
		return nil, err
	}
	return &view{template: "topic", data: p}, rd.describeList(&p.Layout, at, topic.Name, p.List.Cards)
}
