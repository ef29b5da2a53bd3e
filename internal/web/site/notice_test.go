package site

import (
	"strings"
	"testing"

	"standfirst"
)

// TestNoticesUnderTheHeadline holds that a figure which is withdrawn hides no correction,
// and that its notice does not read as if the story was retracted.
func TestNoticesUnderTheHeadline(t *testing.T) {
	h := newHouse(t)
	story := h.publishRound()
	above := func() (texts []string) {
		for _, n := range get(h.site, story.Path()).all(".notice.above") {
			texts = append(texts, textOf(n))
		}
		return texts
	}
	_, err := h.ledger().Retract(t.Context(), standfirst.Command(), h.claimOf(story, "4,200 roles"), 0, "Nobody stands behind the roles.", false)
	h.must(err)
	got := above()
	if len(got) != 2 || !strings.HasPrefix(got[0], "Figure withdrawn, ") || !strings.HasPrefix(got[1], "Correction, ") {
		t.Errorf("above: %q", got)
	}
	if got := textOf(get(h.site, story.Path()).all(".byline .updated")[0]); !strings.HasPrefix(got, "Corrected ") {
		t.Errorf("the byline says %q", got)
	}
	if got := textOf(get(h.site, "/corrections/retraction").all(".notices b")[0]); got != "Figure withdrawn." {
		t.Errorf("among the corrections it is called %q", got)
	}
	for _, note := range []string{"First.", "Second."} {
		h.edit(story.ID, standfirst.Change{Class: standfirst.Clarification, Note: note}, func(c *standfirst.Content) { c.Body += "\n\n" + note })
	}
	got = above()
	if len(got) != 4 || !strings.Contains(got[0], "Second.") || !strings.Contains(got[2], "Figure withdrawn") || got[3] != "What changed" {
		t.Errorf("above: %q", got)
	}
}
