package newsroom_test

import (
	"testing"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/record"
	"standfirst/internal/store"
)

// What an author discloses is in the versions that go out from then on, and on the record;
// what is out keeps what it said.
func TestDisclosure(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		c := text("One")
		c.Bylines = []standfirst.Byline{{Name: "Mara Oduya", Role: "Reporter"}}
		c.Disclosure = " Northwind  advertises here. "
		one, err := d.newsroom.CreateAndPublish(d.Context(), editor, newsroom.Draft{Content: c})
		d.must(err)
		var mara standfirst.Author
		d.view(func(tx *store.ReadTx) (err error) { mara, err = tx.AuthorByName("Mara Oduya"); return err })
		d.wantKind(d.newsroom.EditAuthor(d.Context(), reporter, mara.ID, newsroom.Profile{}, ""), standfirst.Forbidden)
		d.wantKind(d.newsroom.EditAuthor(d.Context(), editor, 999, newsroom.Profile{}, ""), standfirst.NotFound)
		d.wantKind(d.newsroom.EditAuthor(d.Context(), editor, mara.ID, newsroom.Profile{Disclosure: string(make([]byte, 600))}, ""), standfirst.Invalid)
		d.takeTouched()
		d.must(d.newsroom.EditAuthor(d.Context(), editor, mara.ID, newsroom.Profile{Role: "Editor", Bio: "Writes about ships.", Disclosure: "She holds Northwind shares."}, ""))
		d.equal("touched", d.takeTouched(), []string{"author:" + mara.ID.String()})
		same, err := d.newsroom.Publish(d.Context(), editor, one.ID, newsroom.PublishOptions{})
		d.must(err)
		d.equal("what is out stays", same.Unchanged, true)

		c.Headline, c.Disclosure = "Two", ""
		two, err := d.newsroom.CreateAndPublish(d.Context(), editor, newsroom.Draft{Content: c})
		d.must(err)
		disclosed := func(s newsroom.Published) (own, byline string) {
			d.view(func(tx *store.ReadTx) error {
				r, err := tx.Revision(d.story(s.ID).Current)
				own, byline = r.Content.Disclosure, r.Content.Bylines[0].Disclosure
				parts := record.RevisionParts(r.Content, r.PublishedAt)
				for _, p := range parts {
					if p.Name == "disclosure" && p.Text != own || p.Name == "disclosure.1" && p.Text != byline {
						d.Errorf("the record has %+v", p)
					}
				}
				return err
			})
			return own, byline
		}
		own, byline := disclosed(one)
		d.equal("of the story", own, "Northwind advertises here.")
		d.equal("of its author then", byline, "")
		own, byline = disclosed(two)
		d.equal("of the second story", own, "")
		d.equal("of its author now", byline, "She holds Northwind shares.")
	})
}
