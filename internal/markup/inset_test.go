package markup_test

import (
	"html/template"
	"slices"
	"strings"
	"testing"

	"standfirst/internal/markup"
)

func TestPictures(t *testing.T) {
	body := "![Two *cranes*](picture:12) and ![](picture:7 \"A quay\")\n\n:::figure\n![Again][crane]\nCaption\n:::\n\n" +
		"`![code](picture:3)` ![no](picture:0) ![no](picture:+4) ![no](picture:x) [link](picture:5)\n\n[crane]: picture:12\n"
	want := []markup.InsetPicture{{ID: 12, Alt: "Two cranes"}, {ID: 7}, {ID: 12, Alt: "Again"}}
	if got := markup.Pictures(body); !slices.Equal(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := markup.Pictures("no picture"); got != nil {
		t.Errorf("%+v", got)
	}
}

// A figure says under which terms its pictures are shown, each once.
func TestFigureLicence(t *testing.T) {
	o := markup.Options{Picture: func(name string) (markup.Picture, bool) {
		return markup.Picture{Address: "/media/a.png", Licence: map[string]string{"picture:1": "CC BY 4.0", "picture:2": "CC BY 4.0", "picture:3": "a < b"}[name]}, true
	}}
	for body, want := range map[string]string{
		":::figure\n![a](picture:1)\n![b](picture:2)\nThe quay.\nCredit: Jo\n:::": `<figcaption>The quay. <span class="credit">Credit: Jo</span> <span class="licence"><a href="https://creativecommons.org/licenses/by/4.0/" rel="license noopener">CC BY 4.0</a></span></figcaption>`,
		":::figure\n![a](picture:1)\n:::":                                         `<figcaption><span class="licence"><a href="https://creativecommons.org/licenses/by/4.0/" rel="license noopener">CC BY 4.0</a></span></figcaption>`,
		"![a](picture:3 \"Quay\")":                                                `<figcaption>Quay <span class="licence">a &lt; b</span></figcaption>`,
		":::figure\n![a](picture:4)\n:::":                                         "",
	} {
		html := string(render(t, body, o).HTML)
		if want == "" && strings.Contains(html, "figcaption") || !strings.Contains(html, want) {
			t.Errorf("%q: %s", body, html)
		}
	}
}

// What is written as a figure says the same words again.
func TestWriteFigure(t *testing.T) {
	for _, words := range []string{"Two cranes", "", `a [b](c) ]] \\ *d* _e_ &amp; <i> ![x](y)`, "# 1. Credit"} {
		text := markup.WriteFigure(12, words, words, words)
		if got := markup.Pictures(text); len(got) != 1 || got[0] != (markup.InsetPicture{ID: 12, Alt: words}) {
			t.Errorf("%q: %+v\n%s", words, got, text)
		}
		o := markup.Options{Picture: func(name string) (markup.Picture, bool) {
			return markup.Picture{Address: "/media/a.png"}, name == "picture:12"
		}}
		html := string(render(t, text, o).HTML)
		escaped := template.HTMLEscapeString(words)
		if words != "" && strings.Count(html, strings.ReplaceAll(escaped, "&#34;", `"`)) != 3 {
			t.Errorf("%q: %s", words, html)
		}
	}
}
