package newsroom

import (
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// places are the section, topics and authors under which a text is listed, and
// those among them that had to be made.
type places struct {
	section standfirst.SectionID
	topics  []standfirst.TopicID
	authors []standfirst.AuthorID

	newSections []standfirst.Section
	newTopics   []standfirst.Topic
	newAuthors  []standfirst.Author
}

// freeSlug returns a slug made of the name, or of the word when the name yields
// none, with the first number that is not taken.
func freeSlug(name string, word standfirst.Slug, taken func(standfirst.Slug) (bool, error)) (standfirst.Slug, error) {
	base := standfirst.Slugify(name)
	if base == "" {
		base = word
	}
	slug := base
	for number := 2; ; number++ {
		is, err := taken(slug)
		if err != nil || !is {
			return slug, err
		}
		slug = base.Numbered(number)
	}
}

// found turns the error of a lookup into whether there was something.
func found(err error) (bool, error) {
	if isNotFound(err) {
		return false, nil
	}
	return err == nil, err
}

// foundOrOld turns the error of a lookup into whether there is something at the path, or was
// and leads elsewhere now.
func foundOrOld(tx *store.Tx, err error, path string) (bool, error) {
	is, err := found(err)
	if is || err != nil {
		return is, err
	}
	old, err := tx.OldAddress(path)
	is, err = found(err)
	return is && old.Target != "", err
}

// authorSlugFor returns the slug of the author of that name, or the one that an
// author of that name would get.
func authorSlugFor(tx *store.Tx, name string) (standfirst.Slug, error) {
	author, err := tx.AuthorByName(name)
	if is, err := found(err); err != nil || is {
		return author.Slug, err
	}
	return freeSlug(name, "author", func(s standfirst.Slug) (bool, error) {
		_, err := tx.AuthorBySlug(s)
		return found(err)
	})
}

// withAuthorSlugs returns the content with the slugs of its authors in the
// bylines. The bylines are copied: a transaction may run more than once.
func withAuthorSlugs(tx *store.Tx, c standfirst.Content) (standfirst.Content, error) {
	var bylines []standfirst.Byline
	for _, b := range c.Bylines {
		slug, err := authorSlugFor(tx, b.Name)
		if err != nil {
			return c, err
		}
		b.Slug = slug
		bylines = append(bylines, b)
	}
	c.Bylines = bylines
	return c, nil
}

// place finds, and makes where there is none, the section, the topics and the
// authors that the content names, and puts the authors' slugs in its bylines.
func place(tx *store.Tx, c standfirst.Content, now time.Time) (places, standfirst.Content, error) {
	var p places
	if c.Section != "" {
		if err := p.placeSection(tx, c.Section); err != nil {
			return p, c, err
		}
	}
	for _, name := range c.Topics {
		if err := p.placeTopic(tx, name); err != nil {
			return p, c, err
		}
	}
	var bylines []standfirst.Byline
	for _, b := range c.Bylines {
		author, err := p.placeAuthor(tx, b, now)
		if err != nil {
			return p, c, err
		}
		b.Slug, b.Disclosure = author.Slug, author.Disclosure
		bylines = append(bylines, b)
	}
	c.Bylines = bylines
	return p, c, nil
}

func (p *places) placeSection(tx *store.Tx, name string) error {
	section, err := tx.SectionByName(name)
	is, err := found(err)
	if err != nil {
		return err
	}
	if !is {
		if section, err = insertSection(tx, name); err != nil {
			return err
		}
		p.newSections = append(p.newSections, section)
	}
	p.section = section.ID
	return nil
}

// insertSection makes a section at the end of the menu.
func insertSection(tx *store.Tx, name string) (standfirst.Section, error) {
	all, err := tx.Sections()
	if err != nil {
		return standfirst.Section{}, err
	}
	section := standfirst.Section{Name: name, Position: 1}
	for _, s := range all {
		section.Position = max(section.Position, s.Position+1)
	}
	section.Slug, err = freeSlug(name, "section", func(s standfirst.Slug) (bool, error) {
		_, err := tx.SectionBySlug(s)
		return foundOrOld(tx, err, standfirst.SectionPath(s))
	})
	if err != nil {
		return section, err
	}
	section.ID, err = tx.InsertSection(section)
	tx.Touch(standfirst.SectionTag(section.ID))
	return section, err
}

func (p *places) placeTopic(tx *store.Tx, name string) error {
	topic, err := tx.TopicByName(name)
	is, err := found(err)
	if err != nil {
		return err
	}
	if !is {
		topic = standfirst.Topic{Name: name}
		topic.Slug, err = freeSlug(name, "topic", func(s standfirst.Slug) (bool, error) {
			_, err := tx.TopicBySlug(s)
			return foundOrOld(tx, err, standfirst.TopicPath(s))
		})
		if err != nil {
			return err
		}
		if topic.ID, err = tx.InsertTopic(topic); err != nil {
			return err
		}
		p.newTopics = append(p.newTopics, topic)
	}
	p.topics = append(p.topics, topic.ID)
	return nil
}

// placeAuthor finds or makes the author.
func (p *places) placeAuthor(tx *store.Tx, b standfirst.Byline, now time.Time) (standfirst.Author, error) {
	author, err := tx.AuthorByName(b.Name)
	is, err := found(err)
	if err != nil {
		return author, err
	}
	if !is {
		author = standfirst.Author{Name: b.Name, Role: b.Role, CreatedAt: now}
		if author.Slug, err = authorSlugFor(tx, b.Name); err != nil {
			return author, err
		}
		if author.ID, err = tx.InsertAuthor(author); err != nil {
			return author, err
		}
		p.newAuthors = append(p.newAuthors, author)
	}
	p.authors = append(p.authors, author.ID)
	return author, nil
}

// updateRoles gives each author of the story the role that stands in its byline,
// unless there is a newer story of theirs.
func updateRoles(tx *store.Tx, story standfirst.Story, bylines []standfirst.Byline) error {
	for _, b := range bylines {
		author, err := tx.AuthorByName(b.Name)
		if err != nil {
			return err
		}
		if b.Role == "" || b.Role == author.Role {
			continue
		}
		newest, err := tx.AuthorCards(author.ID, standfirst.Position{}, 1)
		if err != nil {
			return err
		}
		if len(newest) > 0 && newest[0].ID != story.ID && newest[0].FirstPublished.After(story.FirstPublished) {
			continue
		}
		author.Role = b.Role
		if err := tx.UpdateAuthor(author); err != nil {
			return err
		}
	}
	return nil
}
