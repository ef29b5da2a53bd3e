package newsroom_test

import (
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/newsroom"
)

func TestStart(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		look := func() newsroom.Start {
			d.Helper()
			s, err := d.newsroom.Start(d.Context(), editor)
			if err != nil {
				d.Fatal(err)
			}
			return s
		}
		s := look()
		d.equal("standing pages are no stories", s.Over, false)
		d.equal("named", s.Named, true)
		d.equal("sections", len(s.Sections), 5)
		d.equal("no draft", s.Draft.ID, standfirst.StoryID(0))
		first := d.create("Northwind eyes a pier")
		second := d.create("Northwind eyes a quay")
		d.equal("the newest", look().Draft.ID, second.ID)
		d.schedule(first.ID, d.now().Add(time.Hour))
		d.equal("the newest, whatever its state", look().Draft.ID, second.ID)
		d.publish(first.ID)
		d.equal("published", look().Over, true)
		d.equal("nothing else is told", look().Draft.ID, standfirst.StoryID(0))
		if _, err := d.newsroom.Unpublish(d.Context(), editor, first.ID); err != nil {
			d.Fatal(err)
		}
		d.equal("unpublished", look().Over, true)
		d.schedule(first.ID, d.now().Add(time.Hour))
		d.equal("scheduled anew", look().Over, true)
		_, err := d.newsroom.Start(d.Context(), reporter)
		d.wantKind(err, standfirst.Forbidden)
	})
}
