package markup_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"standfirst/internal/markup"
)

func TestEmbed(t *testing.T) {
	link := func(href, host string) string {
		return `<p><a href="` + href + `" rel="noopener">Opens at ` + host + "</a></p>\n"
	}
	card := func(inside string) string {
		return `<figure class="embed" data-show="Show it here">` + "\n" + inside + "</figure>\n"
	}
	const film = "https://player.example/video/1?a=1&copy=2"
	o := markup.Options{Embeds: func(host string) bool { return host == "player.example" }}
	for body, want := range map[string]string{
		":::embed " + film + "\nThe *old* yard\n:::":                   card("<p>The <em>old</em> yard</p>\n" + link("https://player.example/video/1?a=1&amp;copy=2", "player.example")),
		":::embed https://PLAYER.example/a":                            card(link("https://PLAYER.example/a", "player.example")),
		":::embed //player.example/a\n:::":                             card(link("https://player.example/a", "player.example")),
		":::embed http://player.example/a\n:::":                        link("http://player.example/a", "player.example"),
		":::embed https://player.example:8443/\n:::":                   link("https://player.example:8443/", "player.example:8443"),
		":::embed https://jo@player.example/\n:::":                     link("https://jo@player.example/", "player.example"),
		":::embed https://player.example@other.example/\nA chart\n:::": "<p>A chart</p>\n" + link("https://player.example@other.example/", "other.example"),
		":::embed https://x.player.example/\n:::":                      link("https://x.player.example/", "x.player.example"),
		":::embed javascript:alert(1)":                                 "<p>:::embed javascript:alert(1)</p>\n",
		":::embed /media/a.jpg":                                        "<p>:::embed /media/a.jpg</p>\n",
		":::embed":                                                     "<p>:::embed</p>\n",
		":::embed https://player.example/a chart\nWages\n:::":          card("<p>Wages</p>\n<p>Chart · " + strings.TrimPrefix(link("https://player.example/a", "player.example"), "<p>")),
		":::embed https://player.vimeo.com/video/1":                    "<p>Video · " + strings.TrimPrefix(link("https://player.vimeo.com/video/1", "player.vimeo.com"), "<p>"),
		":::embed https://player.vimeo.com/video/1 audio":              "<p>Audio · " + strings.TrimPrefix(link("https://player.vimeo.com/video/1", "player.vimeo.com"), "<p>"),
		":::embed https://player.example/a b":                          "<p>:::embed https://player.example/a b</p>\n",
		":::embed https://player.example\\@other.example/":             "",
	} {
		got := string(render(t, body, o).HTML)
		if want != "" && got != want || want == "" && strings.Contains(got, "<a") {
			t.Errorf("%q:\n%s, want\n%s", body, got, want)
		}
		if plain := string(render(t, body, markup.Options{}).HTML); strings.Contains(plain, "figure") {
			t.Errorf("%q is shown where nothing may be: %s", body, plain)
		}
	}
	base := &url.URL{Scheme: "https", Host: "ledger.example"}
	portable := markup.Portable(render(t, ":::embed "+film+"\nThe yard\n:::", o).HTML, base)
	if want := `<a href="https://player.example/video/1?a=1&amp;copy=2">Opens at player.example</a>`; !strings.Contains(portable, want) || strings.Contains(portable, "Show it") {
		t.Errorf("others are told\n%s", portable)
	}
}

func TestFindEmbeds(t *testing.T) {
	body := "A\n\n:::embed https://A.example/1\n:::\n\n> :::embed https://b.example/\n\n- ::: embed https://a.example/2\n\n:::embed http://c.example/\n\n:::embed https://d.example/ x\n"
	if got := markup.FindNamed(body).Embeds; !slices.Equal(got, []string{"a.example", "b.example"}) {
		t.Error(got)
	}
}
