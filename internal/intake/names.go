package intake

import (
	"context"
	"fmt"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

// willMake tells which names in the text publishing it would make: its section, its
// topics and its authors, as far as they are not there yet.
func (f *filing) willMake(ctx context.Context) (notes []string, err error) {
	c := newsroom.Prepare(f.Content)
	err = f.intake.store.View(ctx, func(tx *store.ReadTx) error {
		notes = nil
		missing := func(name, format string, err error) error {
			if name == "" || err == nil {
				return nil
			}
			if standfirst.KindOf(err) != standfirst.NotFound {
				return err
			}
			notes = append(notes, fmt.Sprintf(format, name))
			return nil
		}
		_, err := tx.SectionByName(c.Section)
		if err := missing(c.Section, "publishing will make the section “%s” in the menu", err); err != nil {
			return err
		}
		for _, topic := range c.Topics {
			_, err := tx.TopicByName(topic)
			if err := missing(topic, "publishing will make the topic “%s”", err); err != nil {
				return err
			}
		}
		for _, b := range c.Bylines {
			_, err := tx.AuthorByName(b.Name)
			if err := missing(b.Name, "publishing will make a page for the author %s", err); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("intake: look for the names in %s: %w", f.name, err)
	}
	return notes, nil
}
