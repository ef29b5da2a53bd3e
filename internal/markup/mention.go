package markup

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"

	"standfirst"
)

// entityScheme begins the address of a link that mentions an entity.
const entityScheme = "entity:"

// unlinked writes the words of a link that is none to an address: as a link to the page
// of the entity that it mentions, or alone where there is no such page.
func (p *page) unlinked(n *ast.Link, a address) {
	slug, mention := strings.CutPrefix(a.text, entityScheme)
	if !mention || p.inLink || p.options.Entity == nil || p.plainBetween(n.FirstChild(), nil) == "" {
		p.inlines(n.FirstChild(), nil)
		return
	}
	path := p.options.Entity(slug)
	if path == "" {
		p.inlines(n.FirstChild(), nil)
		return
	}
	p.openLink(address{kind: ownAddress, href: path}, "")
	p.inlines(n.FirstChild(), nil)
	p.closeLink()
}

// panel writes the panel of a deal, or what was written for readers without it. A
// panel brings headings of its own, so it stands at the top level of the text only.
func (p *page) panel(n *container) {
	number, err := strconv.ParseInt(string(n.argument), 10, 64)
	if err == nil && p.options.Panel != nil && n.Parent().Kind() == ast.KindDocument {
		if panel := p.options.Panel(n.name, standfirst.DealID(number)); panel != "" {
			p.inset(&panel)
			return
		}
	}
	p.blocks(n)
}
