package newsroom_test

import (
	"strings"
	"testing"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

// proposed returns the words that the copy desk proposes of the text.
func (d *desk) proposed(id standfirst.StoryID, c standfirst.Content) (words []string) {
	d.Helper()
	seen, err := d.newsroom.ReviewFigures(d.Context(), reporter, id, c)
	if err != nil {
		d.Fatal(err)
	}
	for _, f := range seen.Claims {
		words = append(words, f.Text)
	}
	return words
}

func TestAcceptFigure(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		c := text("Northwind in talks to put up to $6 billion into Halcyon")
		c.Body = roundBody
		s, err := d.newsroom.Create(d.Context(), reporter, newsroom.Draft{Content: c})
		if err != nil {
			d.Fatal(err)
		}
		d.equal("proposed", d.proposed(s.ID, c), []string{"up to $6 billion", "about $96 billion"})

		// Of a text that is not saved, and with other line ends.
		typed := c
		typed.Body = "\r\nA line above.\r\n\r\n" + strings.ReplaceAll(roundBody, "\n", "\r\n")
		got, err := d.newsroom.AcceptFigure(d.Context(), reporter, s.ID, newsroom.Acceptance{Content: typed, Words: "up to $6 billion", Start: 50})
		if err != nil {
			d.Fatal(err)
		}
		body := strings.ReplaceAll(typed.Body, "\r\n", "\n")
		d.equal("words", body[got.Start:got.End], "up to $6 billion")
		d.equal("link", got.Link, "[up to $6 billion](claim:"+got.Claim.String()+")")
		d.equal("version", d.version(s.ID), 1)

		// Saved with the text; the claim that is there is taken again.
		again, err := d.newsroom.AcceptFigure(d.Context(), reporter, s.ID, newsroom.Acceptance{
			Content: c, Words: "Up to  $6 billion", Save: &newsroom.Saving{Version: 1},
		})
		if err != nil {
			d.Fatal(err)
		}
		d.equal("claim", again.Claim, got.Claim)
		d.equal("saved", again.Saved.Version, 2)
		d.equal("cites", len(again.Saved.Content.Citations), 1)
		seen, err := d.newsroom.ReviewFigures(d.Context(), editor, s.ID, again.Saved.Content)
		if err != nil {
			d.Fatal(err)
		}
		d.equal("left", len(seen.Claims), 1)
		d.equal("title", seen.Claims[0].Title, "the valuation in “Halcyon Compute round”")
		d.equal("cited", len(seen.Cited), 1)
		cited := seen.Cited[0]
		d.equal("cited title", cited.Title, "the commitment of Northwind Freight in “Halcyon Compute round”")
		d.equal("cited words", again.Saved.Content.Body[cited.Start:cited.End], got.Link)
		d.equal("unchecked", cited.Cited.Unchecked, true)
		d.view(func(tx *store.ReadTx) error {
			_, err := tx.Versions(got.Claim, store.ForReaders)
			versions, _ := tx.Versions(got.Claim, store.ForReaders)
			d.equal("versions for readers", len(versions), 0)
			return err
		})

		// An editor's is checked, and may differ from the proposal.
		value := quantity(t, "about $95 billion")
		_, err = d.newsroom.AcceptFigure(d.Context(), editor, s.ID, newsroom.Acceptance{
			Content: again.Saved.Content, Words: "about $96 billion", Value: value, Evidence: standfirst.Documented,
			Source: &standfirst.Attribution{Kind: standfirst.FromDocument, Words: "a term sheet"},
		})
		if err != nil {
			d.Fatal(err)
		}
		seen, err = d.newsroom.ReviewFigures(d.Context(), editor, s.ID, again.Saved.Content)
		if err != nil {
			d.Fatal(err)
		}
		held := seen.Claims[0].Held
		if len(held) != 1 || held[0].Unchecked || held[0].Evidence != standfirst.Documented || !held[0].Value.Quantity.Equal(*value) ||
			held[0].Attributions[0].Words != "a term sheet" {
			d.Errorf("held is %+v", held)
		}
		d.equal("known", seen.Claims[0].Known != 0, true)

		for name, a := range map[string]newsroom.Acceptance{
			"no such words": {Content: c, Words: "$7 billion"},
			"stale":         {Content: c, Words: "up to $6 billion", Save: &newsroom.Saving{Version: 1}},
		} {
			if _, err := d.newsroom.AcceptFigure(d.Context(), editor, s.ID, a); standfirst.KindOf(err) != standfirst.Conflict {
				d.Errorf("%s: %v", name, err)
			}
		}
		_, err = d.newsroom.AcceptFigure(d.Context(), editor, s.ID, newsroom.Acceptance{Content: c, Words: "up to $6 billion", Value: quantity(t, "12%")})
		d.wantKind(err, standfirst.Invalid, "not a value")
		_, err = d.newsroom.AcceptFigure(d.Context(), other, s.ID, newsroom.Acceptance{Content: c, Words: "up to $6 billion"})
		d.wantKind(err, standfirst.Forbidden)
		_, err = d.newsroom.AcceptFigure(d.Context(), moderator, s.ID, newsroom.Acceptance{Content: c, Words: "up to $6 billion"})
		d.wantKind(err, standfirst.Forbidden)
	})
}

func TestNotAFigure(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		c := text("Northwind in talks to put up to $6 billion into Halcyon")
		c.Body = roundBody
		s, err := d.newsroom.Create(d.Context(), reporter, newsroom.Draft{Content: c})
		if err != nil {
			d.Fatal(err)
		}
		if err := d.newsroom.NotAFigure(d.Context(), reporter, s.ID, "Up to  $6 billion"); err != nil {
			d.Fatal(err)
		}
		moved := c
		moved.Body = "The port stood still.\n\n" + roundBody
		d.equal("proposed", d.proposed(s.ID, moved), []string{"about $96 billion"})
		d.wantKind(d.newsroom.NotAFigure(d.Context(), other, s.ID, "$1"), standfirst.Forbidden)
		d.wantKind(d.newsroom.NotAFigure(d.Context(), reporter, s.ID, " "), standfirst.Invalid)
		if err := d.newsroom.ProposeAgain(d.Context(), reporter, s.ID, ""); err != nil {
			d.Fatal(err)
		}
		d.equal("proposed again", d.proposed(s.ID, moved), []string{"up to $6 billion", "about $96 billion"})
		d.equal("trail", d.actions(s.ID), []string{"propose-again", "not-a-figure", "create"})
	})
}
