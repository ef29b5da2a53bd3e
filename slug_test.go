package standfirst_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"standfirst"
)

func TestSlugify(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"Northwind in advanced talks to put up to $6bn into Halcyon Compute", "northwind-in-advanced-talks-to-put-up-to-6bn-into-halcyon-compute"},
		{"Saltmarsh’s “quiet” quarter", "saltmarshs-quiet-quarter"},
		{"  Überseehafen: Ørsund & Łódź  ", "uberseehafen-orsund-and-lodz"},
		{"Profit up 12% — again", "profit-up-12-percent-again"},
		{"…", ""},
		{"港", ""},
		{"cafe\u0301 society", "cafe-society"},
		{strings.Repeat("long ", 40), strings.TrimSuffix(strings.Repeat("long-", 16), "-")},
		{strings.Repeat("x", 200), strings.Repeat("x", standfirst.MaxSlugLength)},
	} {
		if got := standfirst.Slugify(test.text); string(got) != test.want {
			t.Errorf("Slugify(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}

// What Slugify makes is a slug or nothing, and numbering it keeps it one.
func TestSlugifyMakesSlugs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		slug := standfirst.Slugify(rapid.String().Draw(t, "text"))
		if slug == "" {
			return
		}
		if err := slug.Validate(); err != nil {
			t.Fatalf("Slugify made %q: %v", slug, err)
		}
		numbered := slug.Numbered(rapid.IntRange(2, 1_000_000).Draw(t, "n"))
		if err := numbered.Validate(); err != nil {
			t.Fatalf("%q numbered is %q: %v", slug, numbered, err)
		}
	})
}

func TestSlugValidate(t *testing.T) {
	for _, bad := range []standfirst.Slug{"", "-a", "a-", "a--b", "A", "a b", "ä", standfirst.Slug(strings.Repeat("a", 81))} {
		if err := bad.Validate(); err == nil || standfirst.KindOf(err) != standfirst.Invalid {
			t.Errorf("%q.Validate() = %v, want an Invalid error", bad, err)
		}
	}
}

func TestValidatePageSlug(t *testing.T) {
	for _, bad := range []standfirst.Slug{"section", "archive", "2026", "media"} {
		if standfirst.ValidatePageSlug(bad) == nil {
			t.Errorf("a page may be called %q", bad)
		}
	}
	if err := standfirst.ValidatePageSlug("about"); err != nil {
		t.Error(err)
	}
}

func TestParseStoryPath(t *testing.T) {
	day := standfirst.Day{Year: 2026, Month: 3, Day: 5}
	if d, slug, ok := standfirst.ParseStoryPath(standfirst.StoryPath(day, "northwind")); !ok || d != day || slug != "northwind" {
		t.Errorf("got %v %q %v", d, slug, ok)
	}
	for _, bad := range []string{"", "/", "/2026/03/05/", "/2026/3/5/northwind", "/2026/02/30/northwind", "/2026/03/05/North", "/2026/03/05/a/b", "2026/03/05/a"} {
		if _, _, ok := standfirst.ParseStoryPath(bad); ok {
			t.Errorf("ParseStoryPath(%q) took it", bad)
		}
	}
}
