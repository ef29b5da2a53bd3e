package markup

import (
	"html/template"
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// portable are the elements of a text that programs show which have none of our styles
// and scripts, each with the attributes that it keeps. Of other elements the words stay.
var portable = map[atom.Atom][]string{
	atom.P: nil, atom.H2: nil, atom.H3: nil, atom.H4: nil, atom.H5: nil, atom.H6: nil, atom.Hr: nil, atom.Br: nil,
	atom.Ul: nil, atom.Ol: {"start"}, atom.Li: nil, atom.Dl: nil, atom.Dt: nil, atom.Dd: nil,
	atom.Blockquote: nil, atom.Q: nil, atom.Cite: nil, atom.Pre: nil, atom.Code: nil,
	atom.Figure: nil, atom.Figcaption: nil, atom.Img: {"src", "alt", "width", "height"},
	atom.A: {"href"}, atom.Em: nil, atom.Strong: nil, atom.B: nil, atom.I: nil, atom.S: nil, atom.Del: nil, atom.Ins: nil,
	atom.Sup: nil, atom.Sub: nil, atom.Abbr: {"title"},
	atom.Table: nil, atom.Caption: nil, atom.Thead: nil, atom.Tbody: nil, atom.Tr: nil, atom.Th: {"scope", "colspan", "rowspan"}, atom.Td: {"colspan", "rowspan"},
}

// unportable are elements that say nothing where they cannot be used.
var unportable = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Template: true, atom.Svg: true, atom.Nav: true, atom.Form: true, atom.Button: true, atom.Iframe: true,
}

// Portable returns HTML that [Render] wrote as others show it, in a feed or a mail: without
// classes, IDs and scripts, its addresses absolute. Base is the address of the page that the
// text stands on.
func Portable(text template.HTML, base *url.URL) string {
	var out strings.Builder
	out.Grow(len(text))
	tokens := html.NewTokenizer(strings.NewReader(string(text)))
	var left atom.Atom // the element that is being left out, zero for none
	depth := 0         // how often it stands in itself
	for {
		kind := tokens.Next()
		if kind == html.ErrorToken {
			return strings.TrimSpace(out.String()) // at the end: what is read is in memory
		}
		token := tokens.Token()
		switch {
		case left != 0 && token.DataAtom == left && kind == html.StartTagToken:
			depth++
		case left != 0 && token.DataAtom == left && kind == html.EndTagToken:
			if depth--; depth == 0 {
				left = 0
			}
		case left != 0:
		case kind == html.TextToken:
			out.WriteString(token.String())
		case unportable[token.DataAtom]:
			if kind == html.StartTagToken {
				left, depth = token.DataAtom, 1
			}
		case kind == html.StartTagToken, kind == html.SelfClosingTagToken:
			if kept, ok := portable[token.DataAtom]; ok {
				token.Attr = portableAttributes(token.Attr, kept, base)
				token.Type = html.StartTagToken
				out.WriteString(token.String())
			}
		case kind == html.EndTagToken:
			if _, ok := portable[token.DataAtom]; ok {
				out.WriteString(token.String())
			}
		}
	}
}

// portableAttributes returns the attributes that are kept, addresses among them resolved.
func portableAttributes(attributes []html.Attribute, kept []string, base *url.URL) []html.Attribute {
	var out []html.Attribute
	for _, name := range kept {
		for _, a := range attributes {
			if a.Key != name || a.Namespace != "" {
				continue
			}
			if name == "href" || name == "src" {
				address, err := base.Parse(a.Val)
				if err != nil || address.Scheme != "https" && address.Scheme != "http" && address.Scheme != "mailto" {
					continue
				}
				a.Val = address.String()
			}
			out = append(out, a)
		}
	}
	return out
}
