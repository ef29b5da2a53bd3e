package newsroom_test

import (
	"strings"
	"testing"

	"standfirst"
)

func TestOutlook(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		s := d.create("Northwind eyes a pier")
		o, err := d.newsroom.Outlook(d.Context(), editor, s.ID)
		if err != nil {
			d.Fatal(err)
		}
		d.equal("first", o.Before == nil && !o.NeedsClass && o.Problem == nil, true)
		c := text("Northwind eyes a pier")
		c.Body = ""
		d.save(s.ID, c)
		if o, err = d.newsroom.Outlook(d.Context(), editor, s.ID); err != nil || o.Problem == nil {
			d.Errorf("an empty text has no problem: %v", err)
		}
		c.Body = "The pier has cost $5 million.\n\nThe talks go on."
		d.save(s.ID, c)
		d.publish(s.ID)
		if o, err = d.newsroom.Outlook(d.Context(), editor, s.ID); err != nil || o.Pending || o.NeedsClass {
			d.Errorf("what was published has changed: %+v, %v", o, err)
		}
		c.Body = "The pier has cost $6 million.\n\nThe talks go on."
		d.save(s.ID, c)
		o, err = d.newsroom.Outlook(d.Context(), editor, s.ID)
		if err != nil {
			d.Fatal(err)
		}
		d.equal("needs a class", o.NeedsClass, true)
		d.equal("figures", o.Figures, "“$5 million” becomes “$6 million”")
		d.equal("note", o.Note, "An earlier version of this story gave “$5 million”; it is “$6 million”.")
		d.equal("before", strings.Contains(o.Before.Body, "$5"), true)
		c.Body = "The pier has cost $5 million.\n\nThe talks ended."
		d.save(s.ID, c)
		o, err = d.newsroom.Outlook(d.Context(), editor, s.ID)
		if err != nil || o.Figures != "" || o.Note != "An earlier version of this story said “go on.”; it says “ended.” now." {
			d.Errorf("%q, %q, %v", o.Figures, o.Note, err)
		}
		c.Body = "The pier has cost [$5 million](claim:99)."
		d.save(s.ID, c)
		o, err = d.newsroom.Outlook(d.Context(), editor, s.ID)
		if err != nil || o.Problem == nil || !strings.Contains(o.Problem.Error(), "there is no such figure") {
			d.Errorf("%v, %v", o.Problem, err)
		}
		if _, err := d.newsroom.Retract(d.Context(), editor, s.ID, "The pier was never sold."); err != nil {
			d.Fatal(err)
		}
		o, err = d.newsroom.Outlook(d.Context(), editor, s.ID)
		if err != nil || o.Problem == nil || !strings.Contains(o.Problem.Error(), "retracted stays so") {
			d.Errorf("%v, %v", o.Problem, err)
		}
		_, err = d.newsroom.Outlook(d.Context(), reporter, s.ID)
		d.wantKind(err, standfirst.Forbidden)
	})
}
