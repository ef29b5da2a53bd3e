package markup

import (
	"strings"

	"golang.org/x/net/html"

	"standfirst"
)

// maxPageLength is the longest article that is taken from a page, in bytes of HTML.
const maxPageLength = 4 << 20

// FromHTML returns the article of a saved page as story text. Headings begin at the
// second level; pictures are left out and their captions kept as paragraphs; links
// keep their words, and their address if it is one of the web, mail or telephone;
// scripts, styles, forms and whatever else is not text are left out. It returns a
// TooLarge error for more than 4 MB of HTML and an Invalid one for HTML that cannot
// be read.
//
// It writes through the same escaping as [EscapeText], so that the words come out as
// readers of the page saw them, and in time that grows with the page's length. (The
// converters that we tried do not hold either: they show "&lt;" for "&amp;lt;", take
// minutes for a page of brackets, and fill memory for a colspan of a million.)
func FromHTML(page string) (string, error) {
	if len(page) > maxPageLength {
		return "", standfirst.Errorf(standfirst.TooLarge, "the page is %d bytes long; %d is the most", len(page), maxPageLength)
	}
	source, _ := clean(page)
	doc, err := html.Parse(strings.NewReader(string(source)))
	if err != nil {
		return "", standfirst.WrapError(standfirst.Invalid, err, "the page's HTML cannot be read; its elements may stand too deep inside each other")
	}
	tidyPage(doc)
	w := pageWriter{holdsBlock: make(map[*html.Node]bool)}
	w.findBlocks(doc)
	return strings.Join(w.blocks(doc, 0), "\n\n"), nil
}
