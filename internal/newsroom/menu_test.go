package newsroom_test

import (
	"testing"

	"standfirst"
	"standfirst/internal/store"
)

func TestSetMenu(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		var about standfirst.Story
		var sections []standfirst.Section
		d.view(func(tx *store.ReadTx) (err error) {
			if about, err = tx.PageAt("about"); err != nil {
				return err
			}
			sections, err = tx.Sections()
			return err
		})
		story := d.create("One")
		d.takeTouched()
		set := func(seen []standfirst.MenuItem, items ...standfirst.MenuItem) error {
			return d.newsroom.SetMenu(d.Context(), editor, standfirst.HeaderMenu, seen, items)
		}
		one := standfirst.MenuItem{Section: sections[0].ID, Label: "  The\tmarkets "}
		d.must(set(nil, one, standfirst.MenuItem{Page: about.ID}, standfirst.MenuItem{Address: "/deals", Label: "Deals"}))
		d.equal("touched", d.takeTouched(), []string{"site"})
		var stored []standfirst.MenuItem
		d.view(func(tx *store.ReadTx) (err error) { stored, err = tx.Menu(standfirst.HeaderMenu); return err })
		d.equal("words", stored[0].Label, "The markets")

		d.wantKind(set(nil, one), standfirst.Conflict, "somebody else")
		d.wantKind(set(stored, one, one), standfirst.Invalid, "once")
		d.wantKind(set(stored, standfirst.MenuItem{Page: story.ID}), standfirst.Invalid, "is a story")
		d.wantKind(set(stored, standfirst.MenuItem{Section: 999}), standfirst.Invalid, "exist")
		d.wantKind(set(stored, standfirst.MenuItem{Address: "javascript:alert(1)", Label: "A"}), standfirst.Invalid, "begin with")
		d.wantKind(d.newsroom.SetMenu(d.Context(), reporter, standfirst.HeaderMenu, stored, nil), standfirst.Forbidden)
		d.wantKind(d.newsroom.SetMenu(d.Context(), editor, "side", nil, nil), standfirst.NotFound)
		d.must(set(stored))
	})
}
