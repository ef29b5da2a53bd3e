package markup_test

import (
	"strings"
	"testing"

	"standfirst/internal/markup"
)

func TestVoices(t *testing.T) {
	for _, test := range []struct{ name, body, want string }{
		{"name alone", "> x\n>\n> — Mo", `<b class="name">Mo</b>`},
		{"affiliation after a comma", "> x\n>\n> — David P. Tarn, Antitrust Professor, Saltmarsh University",
			`<b class="name">David P. Tarn</b> <span class="role">Antitrust Professor</span>, <span class="affiliation">Saltmarsh University</span>`},
		{"affiliation after at", "> x\n> -- Mo Tarn, Researcher at MIA", `<b class="name">Mo Tarn</b> <span class="role">Researcher</span> at <span class="affiliation">MIA</span>`},
		{"disclosure in parentheses", "> x\n>\n> – Mo Tarn, Trader (holds Northwind shares)",
			`<b class="name">Mo Tarn</b> <span class="role">Trader</span> · <span class="disclosure">holds Northwind shares</span>`},
		{"disclosure after a semicolon", "> x\n>\n> — Mo Tarn, Trader at MIA; owns shares",
			`<b class="name">Mo Tarn</b> <span class="role">Trader</span> at <span class="affiliation">MIA</span> · <span class="disclosure">owns shares</span>`},
		{"suffix and marks", "> x\n>\n> — **Arlo Bray**, Jr., Engineer & <b>Owner</b>",
			`<b class="name">Arlo Bray, Jr.</b> <span class="role">Engineer &amp; &lt;b&gt;Owner&lt;/b&gt;</span>`},
	} {
		t.Run(test.name, func(t *testing.T) {
			want := `<section class="voices" aria-labelledby="h-voices">` + "\n" + `<h2 id="h-voices">Voices</h2>` + "\n" + `<div class="grid">` + "\n" +
				`<figure class="voice">` + "\n<blockquote>\n<p>x</p>\n</blockquote>\n<figcaption>" + test.want + "</figcaption>\n</figure>\n</div>\n</section>\n"
			if got := string(render(t, ":::voices\n"+test.body+"\n:::", markup.Options{}).HTML); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}

func TestVoicesTakeTheHeadingBeforeThem(t *testing.T) {
	got := string(render(t, "## Voices from *the* quay\n\n:::voices\n> x\n>\n> — Mo Tarn\n:::", markup.Options{}).HTML)
	if !strings.HasPrefix(got, `<section class="voices" aria-labelledby="h-voices-from-the-quay">`+"\n"+`<h2 id="h-voices-from-the-quay">Voices from <em>the</em> quay</h2>`) ||
		strings.Count(got, "<h2") != 1 {
		t.Error(got)
	}
}

func TestVoicesKeepWhatElseStandsThere(t *testing.T) {
	got := string(render(t, ":::voices\nAsked on Tuesday.\n\n> a\n>\n> — Mo Tarn\n>\n> b\n>\n> — Ada Bray\n\nAnd again.\n\n> c\n:::\n\nAfter.", markup.Options{}).HTML)
	for _, want := range []string{"<p>Asked on Tuesday.</p>", "<p>And again.</p>", "<p>c</p>", "</section>\n<p>After.</p>"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %s", want, got)
		}
	}
	if strings.Count(got, `<figure class="voice">`) != 3 || strings.Count(got, `<div class="grid">`) != 2 {
		t.Error(got)
	}
}

// The forms in which plain text is filed.
func TestWrittenForms(t *testing.T) {
	body := strings.Join([]string{
		markup.WriteHeading(1, "What # now?"),
		markup.WriteList([]string{"1. first", "*second*"}, -1),
		markup.WriteList([]string{"third", "- fourth"}, 3),
		markup.WriteQuote([]string{"# One", "> Two"}, "-- Mo Tarn, Trader_at_large"),
		markup.WriteVoices("Voices: *all*", []markup.WrittenVoice{{"“It is [sic] so.”", "— Ada Bray, Professor, Saltmarsh"}, {"x", ""}}),
		markup.WriteTable([][]string{{"a|b", `c\|d`}, {"*e*"}}),
	}, "\n\n")
	r := render(t, body, markup.Options{})
	text := vet(t, string(r.HTML))
	for _, want := range []string{"What # now?", "1. first", "*second*", "- fourth", "# One", "> Two", "Trader_at_large",
		"Voices: *all*", "“It is [sic] so.”", "a|b", `c\|d`, "*e*"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q was lost from\n%s\nwritten as\n%s", want, text, body)
		}
	}
	for element, want := range map[string]int{"<h2": 2, "<li>": 4, `<figure class="quote">`: 1, `<figure class="voice">`: 2, "<td>": 2, "<th ": 2, "<ol start=\"3\">": 1} {
		if got := strings.Count(string(r.HTML), element); got != want {
			t.Errorf("%d of %s, want %d in\n%s", got, element, want, r.HTML)
		}
	}
}

func TestVoiceFromAComment(t *testing.T) {
	for name, c := range map[string]struct{ line, want string }{
		"with all": {"Ida Holm, Driver, Quay Haulage · employer address confirmed · holds Northwind shares",
			`<b class="name">Ida Holm</b> <span class="role">Driver</span>, <span class="affiliation">Quay Haulage</span> · <span class="disclosure">employer address confirmed · holds Northwind shares</span> · <a href="/comment/12">from the comments</a>`},
		"name alone": {"dockside_9", `<b class="name">dockside_9</b> <a href="/comment/12">from the comments</a>`},
		"what is disclosed": {"dockside_9 · holds Northwind shares",
			`<b class="name">dockside_9</b> <span class="disclosure">holds Northwind shares</span> · <a href="/comment/12">from the comments</a>`},
	} {
		body := ":::voices\n" + markup.WriteVoiceFrom([]string{"I booked *lorries*.", "1. Always."}, c.line, "from the comments", "/comment/12") + "\n\n> Another.\n>\n> — Ada Bray\n:::"
		html := string(render(t, body, markup.Options{}).HTML)
		for _, want := range []string{c.want, `<figure class="voice" id="voice-12">`, "<p>I booked *lorries*.</p>", "<p>1. Always.</p>"} {
			if !strings.Contains(html, want) {
				t.Errorf("%s: %q is not in\n%s\nwritten as\n%s", name, want, html, body)
			}
		}
		if n := strings.Count(html, `<figure class="voice"`); n != 2 {
			t.Errorf("%s: %d voices in\n%s", name, n, html)
		}
	}
	for _, other := range []string{"/comment/012", "/comment/x", "/comments/1", "https://elsewhere.example/comment/1"} {
		html := string(render(t, ":::voices\n> x\n>\n> — Ada Bray · [y]("+other+")\n:::", markup.Options{}).HTML)
		if strings.Contains(html, "id=\"voice-") {
			t.Errorf("%s makes a place in\n%s", other, html)
		}
	}
}
