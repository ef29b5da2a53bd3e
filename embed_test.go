package standfirst_test

import (
	"slices"
	"strings"
	"testing"

	"standfirst"
)

func TestParseEmbedHosts(t *testing.T) {
	for text, want := range map[string][]string{
		"": nil, " \r\n\n": nil,
		"player.vimeo.com": {"player.vimeo.com"},
		" Charts.Example \r\nb.example\ncharts.example":    {"charts.example", "b.example"},
		strings.Join(standfirst.DefaultEmbedHosts(), "\n"): standfirst.DefaultEmbedHosts(),
	} {
		if got, err := standfirst.ParseEmbedHosts(text); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	for _, text := range []string{
		"https://a.example", "a.example/b", "a.example:443", "*.a.example", "a", "a..b", "-a.example", "a.example; script-src *", "'self'", "*", "a b.example", "é.example",
		strings.Repeat("a", 64) + ".example", strings.Repeat("a.", 130) + "b",
	} {
		if got, err := standfirst.ParseEmbedHosts(text); standfirst.KindOf(err) != standfirst.Invalid {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	var many []string
	for i := range standfirst.MaxEmbedHosts + 1 {
		many = append(many, "a"+strings.Repeat("a", i)+".example")
	}
	if _, err := standfirst.ParseEmbedHosts(strings.Join(many, "\n")); standfirst.KindOf(err) != standfirst.Invalid {
		t.Error("too many hosts are taken")
	}
}
