package intake_test

import (
	"strings"
	"testing"

	"standfirst/internal/intake"
)

func TestNotesOfADraft(t *testing.T) {
	d := newDesk(t)
	text := "---\nheadline: A quay\nsection: Shipping\ntopics: [Quays]\nbylines: Ada Brandt, Editor\n---\nSee ![A chart](harbour.jpg) and ![it](harbour.jpg).\n\n```\n![no](picture.jpg)\n```\n"
	r := d.filed(d.write("a.md", text), intake.Options{})
	for _, want := range []string{
		"publishing will make the section “Shipping” in the menu", "publishing will make the topic “Quays”",
		"publishing will make a page for the author Ada Brandt", "the picture harbour.jpg inside the text is not shown yet; only a lead picture is",
	} {
		if !hasNote(r, want) {
			t.Errorf("no note %q in %q", want, r.Notes)
		}
	}
	if len(r.Notes) != 4 {
		t.Errorf("notes %q", r.Notes)
	}
	d.filed(d.write("b.md", strings.Replace(text, "A quay", "Another quay", 1)), intake.Options{Publish: true})
	if r = d.filed(d.write("c.md", strings.Replace(text, "A quay", "A third quay", 1)), intake.Options{}); hasNote(r, "publishing will make") {
		t.Errorf("notes %q", r.Notes)
	}
}

func TestKickerNamesASectionThatIsThere(t *testing.T) {
	d := newDesk(t)
	r := d.filed(d.write("a.txt", string(shapes(t)["bylines.txt"])), intake.Options{Publish: true})
	if c := d.content(r.Story.ID); c.Section != "Markets" {
		t.Errorf("section %q; kicker %q", c.Section, r.Composition.Kicker)
	}
	if hasNote(r, "made the section") || !hasNote(r, "made a page for the author Hanne Vos") {
		t.Errorf("notes %q", r.Notes)
	}
}
