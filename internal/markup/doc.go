// Package markup turns canonical story text into HTML and back. Its one
// responsibility is the form of a story's text: which Markdown is story text, what
// HTML it becomes, how plain words are written in it, and how a saved page is
// brought into it.
//
// It is pure: the same text always gives the same result. It must not know how a
// story is stored, published or laid out around its text, who may write it, or what
// the figures and companies in it are.
//
// Story text is CommonMark with tables and footnotes, with containers (":::voices"),
// with ticker chips, and without raw HTML: what looks like HTML in it is shown as
// text. goldmark parses it; the HTML is written by this package alone, so that the
// elements, attributes and addresses that can reach a page are the ones that stand
// in its source, and there is nothing to sanitise afterwards. The tests hold that,
// on hostile input, with an HTML parser of their own.
//
// The text of comments is a small subset of its own, see [RenderComment]: what a
// comment cannot have shows as its writer typed it. The same discipline holds for it.
//
// An attribution stands in the last line of a block quote, whether in ":::voices" or
// alone: "— Name, role, affiliation".
package markup
