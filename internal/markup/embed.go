package markup

import (
	"bytes"
	"net/url"
	"slices"
	"strings"

	"standfirst"
)

// maxEmbedAddress is the length in bytes of the longest address of an embed.
const maxEmbedAddress = 2000

// embedded is what a container ":::embed address" asks for.
type embedded struct {
	address address
	host    string // as readers are told it
	secure  bool   // it may be shown in a page, if its host may
	kind    standfirst.EmbedKind
}

// parseEmbedded reads the argument of an embed: its address, and what it is where the host does
// not say so. It reports false for what does not lead to another site.
func parseEmbedded(argument []byte) (embedded, bool) {
	link, word, chosen := strings.Cut(string(argument), " ")
	kind := standfirst.EmbedKind(strings.TrimSpace(word))
	if len(link) > maxEmbedAddress || strings.Contains(link, "\t") || chosen && !kind.Valid() {
		return embedded{}, false
	}
	a := parseAddress(link)
	if a.kind != foreignAddress {
		return embedded{}, false
	}
	u, err := url.Parse(a.href)
	if err != nil || u.Host == "" {
		return embedded{}, false
	}
	host := strings.ToLower(u.Host)
	if !chosen {
		kind = standfirst.EmbedKindOf(host)
	}
	return embedded{a, host, u.Scheme == "https" && u.User == nil, kind}, true
}

// embed writes what stands in the container, what it is, and a link to its address. Both stand in a
// figure if a reader can have it shown there; nothing of it is loaded before. The words are
// the same either way: which hosts may be embedded is no part of the text.
func (p *page) embed(n *container) {
	e, ok := parseEmbedded(n.argument)
	shown := ok && e.secure && p.options.Embeds != nil && p.options.Embeds(e.host)
	if shown {
		p.tag(`<figure class="embed" data-show="`)
		p.attribute(p.options.EmbedButton)
		p.tag(`">` + "\n")
	}
	p.blocks(n)
	if ok {
		p.inWord = false
		p.tag("<p>")
		if e.kind != "" {
			p.literal(p.options.EmbedKind(e.kind) + " · ")
		}
		p.openLink(e.address, "")
		p.literal(p.options.EmbedLabel + " " + e.host)
		p.closeLink()
		p.tag("</p>\n")
	}
	if shown {
		p.tag("</figure>\n")
	}
}

// findEmbeds finds the hosts of the lines that begin an embed.
func findEmbeds(text []byte) []string {
	var found []string
	if !bytes.Contains(text, []byte(embedName)) {
		return nil
	}
	for line := range bytes.Lines(text) {
		if len(found) == mostNamed {
			break
		}
		line = bytes.TrimLeft(line, " \t>-*+0123456789.)") // also one in a quote or list
		name, argument, ok := parseOpening(line)
		if !ok || name != embedName {
			continue
		}
		if e, ok := parseEmbedded(argument); ok && e.secure && !slices.Contains(found, e.host) {
			found = append(found, e.host)
		}
	}
	return found
}
