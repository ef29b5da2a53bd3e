package newsroom_test

import (
	"fmt"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// arrange pins the stories to the page of the section.
func (d *desk) arrange(section standfirst.SectionID, pins ...standfirst.Pin) error {
	return d.newsroom.ArrangeTop(d.Context(), editor, section, d.pins(section), pins)
}

// pins returns the pins of the page as they stand now.
func (d *desk) pins(section standfirst.SectionID) (pins []standfirst.Pin) {
	d.view(func(tx *store.ReadTx) (err error) { pins, err = tx.Pins(section); return err })
	return pins
}

func TestArrangeTop(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		out := func(headline string) standfirst.StoryID {
			s := d.create(headline)
			d.publish(s.ID)
			return s.ID
		}
		one, two, draft := out("One"), out("Two"), d.create("Three")
		section := d.story(one).Section
		d.takeTouched()

		d.must(d.arrange(0, standfirst.Pin{Story: two, Lead: true}, standfirst.Pin{Story: one}))
		d.equal("touched", d.takeTouched(), []string{"front"})
		d.must(d.arrange(section, standfirst.Pin{Story: one}))
		d.equal("touched by the section", d.takeTouched(), []string{"top:" + section.String()})
		d.must(d.arrange(section, standfirst.Pin{Story: one}))
		d.equal("touched by nothing", d.takeTouched(), []string(nil))

		d.wantKind(d.newsroom.ArrangeTop(d.Context(), reporter, 0, nil, nil), standfirst.Forbidden)
		d.wantKind(d.newsroom.ArrangeTop(d.Context(), editor, 0, nil, nil), standfirst.Conflict, "somebody else")
		d.wantKind(d.arrange(0, standfirst.Pin{Story: draft.ID}), standfirst.Invalid, "is not")
		d.wantKind(d.arrange(0, standfirst.Pin{Story: one}, standfirst.Pin{Story: two, Lead: true}), standfirst.Invalid, "one story leads")
		d.wantKind(d.arrange(0, standfirst.Pin{Story: one}, standfirst.Pin{Story: one}), standfirst.Invalid, "already")
		d.wantKind(d.arrange(section+1, standfirst.Pin{Story: one}), standfirst.Invalid, "another section")
		d.wantKind(d.arrange(999, standfirst.Pin{Story: one}), standfirst.NotFound)
		d.wantKind(d.arrange(0, standfirst.Pin{Story: one, Until: d.now()}), standfirst.Invalid, "passed")

		// A retracted story leaves every page; nothing else does.
		if _, err := d.newsroom.Retract(d.Context(), editor, one, "It was not so."); err != nil {
			d.Fatal(err)
		}
		d.equal("front page", fmt.Sprint(d.pins(0)), fmt.Sprint([]standfirst.Pin{{Story: two, Lead: true}}))
		d.equal("section", len(d.pins(section)), 0)
		// One that moves to another section leaves the page of the one before.
		d.must(d.arrange(section, standfirst.Pin{Story: two}))
		moved := text("Two")
		moved.Section = "Economy"
		d.save(two, moved)
		d.publish(two)
		d.equal("front page", len(d.pins(0)), 1)
		d.equal("section", len(d.pins(section)), 0)
	})
}

func TestPinsEnd(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		one, two := d.create("One"), d.create("Two")
		d.publish(one.ID)
		d.publish(two.ID)
		end := startOfTest.Add(time.Hour)
		d.must(d.arrange(0, standfirst.Pin{Story: one.ID, Until: end}, standfirst.Pin{Story: two.ID, Until: end.Add(time.Hour)}))
		d.takeTouched()
		d.runJobs()
		d.equal("before the end", len(d.pins(0)), 2)
		d.setTime(end)
		d.runJobs()
		d.equal("after it", fmt.Sprint(d.pins(0)), fmt.Sprint([]standfirst.Pin{{Story: two.ID, Until: end.Add(time.Hour)}}))
		d.equal("touched", d.takeTouched(), []string{"front"})
		d.setTime(end.Add(time.Hour))
		d.runJobs()
		d.equal("after the last", len(d.pins(0)), 0)
	})
}
