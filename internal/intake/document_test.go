package intake_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"standfirst"
	"standfirst/internal/intake"
)

// documents generates documents as the newsroom may keep them.
func documents() *rapid.Generator[intake.Document] {
	line := rapid.OneOf(
		rapid.String(), rapid.StringMatching(`[A-Za-z0-9 .,:;'"#&*!|>%@\[\]{}–—“”-]{0,60}`),
		rapid.SampledFrom([]string{"", "yes", "null", "~", "- a", "007", "1e3", ".inf", "0x1F", "a: b", "a #b", "'", `"`, "|", ">", "---", "? x", "!tag", "&a", "*a", " a ", "a\nb", "2026-03-05", "\u2028", "é", "<<"}),
	).Filter(utf8.ValidString)
	filled := line.Filter(func(s string) bool { return s != "" })
	return rapid.Custom(func(t *rapid.T) intake.Document {
		var d intake.Document
		c := &d.Content
		c.Headline, c.Standfirst, c.Dateline, c.Section = line.Draw(t, "headline"), line.Draw(t, "standfirst"), line.Draw(t, "dateline"), line.Draw(t, "section")
		c.Topics = rapid.SliceOfN(filled, 0, 3).Draw(t, "topics")
		if len(c.Topics) == 0 {
			c.Topics = nil
		}
		for range rapid.IntRange(0, 3).Draw(t, "bylines") {
			c.Bylines = append(c.Bylines, standfirst.Byline{Name: filled.Draw(t, "name"), Role: line.Draw(t, "role")})
		}
		c.Body = rapid.OneOf(rapid.SampledFrom([]string{"", "---\nx: y\n---", "# Not the headline", "One.\n\nTwo.", "    code", ":::voices\n> a\n:::"}), line).Draw(t, "body")
		c.Body = strings.ReplaceAll(c.Body, "\r", "")
		c.Body = strings.TrimRight(strings.TrimLeft(c.Body, "\n"), " \t\n")
		if strings.TrimSpace(strings.SplitN(c.Body, "\n", 2)[0]) == "" {
			c.Body = strings.TrimSpace(c.Body)
		}
		if rapid.Bool().Draw(t, "picture") {
			c.Picture = &standfirst.LeadPicture{Alt: line.Draw(t, "alt"), Caption: line.Draw(t, "caption"), Credit: line.Draw(t, "credit")}
			if d.PictureFile = line.Draw(t, "file"); d.PictureFile == "" {
				c.Picture.ID = standfirst.PictureID(rapid.Int64Range(1, 1<<40).Draw(t, "id"))
			}
		}
		if c.Social.Title = line.Draw(t, "social"); rapid.Bool().Draw(t, "social picture") {
			c.Social.Picture, c.Social.Alt = standfirst.PictureID(rapid.Int64Range(1, 1<<40).Draw(t, "social id")), line.Draw(t, "social alt")
		}
		d.Slug = rapid.SampledFrom([]standfirst.Slug{"", "a", "true", "2026", "northwind-2"}).Draw(t, "slug")
		d.Access = rapid.SampledFrom([]standfirst.Access{"", standfirst.AccessMembers}).Draw(t, "access")
		d.Date = rapid.SampledFrom([]string{"", "2026-03-05", "2026-03-05 14:10", "2026-03-05T14:10:00Z", "2026-03-05T14:10:00+01:00"}).Draw(t, "date")
		return d
	})
}

func TestDocumentsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := documents().Draw(t, "document")
		text, err := intake.FormatDocument(d)
		if err != nil {
			t.Fatal(err)
		}
		got, err := intake.ParseDocument(string(text))
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if diff := cmp.Diff(d, got); diff != "" {
			t.Fatalf("%s\n%s", diff, text)
		}
	})
}

func TestParseDocument(t *testing.T) {
	d, err := intake.ParseDocument("\ufeff---\r\nheadline: 'It''s up'\r\nstandfirst: >-\r\n  One\r\n  line\r\nbylines:\r\n  - Ann Lee, Jr., Senior Editor, Markets\r\n  - {name: Bo, role: Editor}\r\n  - Cy | Reporter\r\ntopics: Ports\r\npicture:\r\n  file: a/b.jpg\r\n  alt: Sea\r\nslug: 2026\r\n# a comment\r\n...\r\n\r\n\r\nBody\r\n")
	if err != nil {
		t.Fatal(err)
	}
	want := intake.Document{
		Slug: "2026", PictureFile: "a/b.jpg",
		Content: standfirst.Content{
			Headline: "It's up", Standfirst: "One line", Body: "Body", Topics: []string{"Ports"},
			Bylines: []standfirst.Byline{{Name: "Ann Lee, Jr.", Role: "Senior Editor, Markets"}, {Name: "Bo", Role: "Editor"}, {Name: "Cy", Role: "Reporter"}},
			Picture: &standfirst.LeadPicture{Alt: "Sea"},
		},
	}
	if diff := cmp.Diff(want, d); diff != "" {
		t.Error(diff)
	}
}

func TestSeveralNamesInOneByline(t *testing.T) {
	for line, want := range map[string][]standfirst.Byline{
		"Ada Brandt, Bo Lee and Cy Moor":        {{Name: "Ada Brandt"}, {Name: "Bo Lee"}, {Name: "Cy Moor"}},
		"Ada Brandt, Bo Lee":                    {{Name: "Ada Brandt"}, {Name: "Bo Lee"}},
		"Ada Brandt, Senior Editor, and Bo Lee": {{Name: "Ada Brandt", Role: "Senior Editor"}, {Name: "Bo Lee"}},
		"Ada Brandt, Editor, Ports and Rail":    {{Name: "Ada Brandt", Role: "Editor, Ports and Rail"}},
	} {
		d, err := intake.ParseDocument("---\nheadline: x\nbylines: " + line + "\n---\nBody\n")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, d.Content.Bylines); diff != "" {
			t.Errorf("%s: %s", line, diff)
		}
	}
}

func TestWhatIsNoFrontMatter(t *testing.T) {
	for _, text := range []string{"---\nA line, and no key\n---\nBody", "---\nNote: not a key of ours\n", "----\nheadline: x\n----\n", "--- \n"} {
		d, err := intake.ParseDocument(text)
		if err != nil || d.Content.Headline != "" || d.Content.Body != strings.TrimSpace(text) {
			t.Errorf("%q: %+v, %v", text, d, err)
		}
	}
}

func FuzzParseDocument(f *testing.F) {
	for name, text := range shapes(f) {
		if strings.HasSuffix(name, ".md") {
			f.Add(string(text))
		}
	}
	f.Add("---\n[[[[{a: b}: c]]\n---\n")
	f.Add("---\nheadline: \"\\u00e9\\x41\"\nbylines: [a, {name: b}]\n---\n# H\n")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := intake.ParseDocument(text)
		if err != nil {
			if k := standfirst.KindOf(err); k != standfirst.Invalid && k != standfirst.TooLarge {
				t.Fatalf("%s error: %v", k, err)
			}
			return
		}
		written, err := intake.FormatDocument(d)
		if err != nil {
			t.Fatal(err)
		}
		if !utf8.ValidString(text) {
			return
		}
		again, err := intake.ParseDocument(string(written))
		if err != nil || !cmp.Equal(d, again) {
			t.Fatalf("%v\n%s\n%s", err, cmp.Diff(d, again), written)
		}
	})
}
