package markup

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"standfirst"
)

// Citations returns the places in a story text where figures are cited, in order:
// the links such as [up to $6 billion](claim:88), with the words that readers see.
// Their versions are zero: which version of a claim is meant is for the newsroom to
// say. A link by reference, or one inside another, cites nothing.
func Citations(body string) []standfirst.Citation {
	source, kept := clean(body)
	if !kept || !bytes.Contains(source, []byte("]("+standfirst.ClaimScheme)) {
		return nil
	}
	var found []standfirst.Citation
	// Walk fails only where the function does.
	_ = ast.Walk(storyParser.Parse(text.NewReader(source)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		link, ok := n.(*ast.Link)
		if !ok || !entering {
			return ast.WalkContinue, nil
		}
		if c, ok := citationOf(link, source); ok {
			found = append(found, c)
		}
		return ast.WalkSkipChildren, nil
	})
	return found
}

// citationOf returns the citation that the link is, and false if it is none.
func citationOf(link *ast.Link, source []byte) (standfirst.Citation, bool) {
	claim, ok := standfirst.ParseClaimLink(string(link.Destination))
	if !ok {
		return standfirst.Citation{}, false
	}
	inner, ok := extentOf(link)
	if !ok {
		return standfirst.Citation{}, false
	}
	start := bytes.LastIndexByte(source[:inner.Start], '[')
	target := "](" + standfirst.ClaimScheme + claim.String() + ")"
	end := bytes.Index(source[inner.End:], []byte(target))
	// What stands between the words and the brackets are signs of emphasis at the most.
	if start < 0 || end < 0 || !isEmphasis(source[start+1:inner.Start]) || !isEmphasis(source[inner.End:inner.End+end]) {
		return standfirst.Citation{}, false
	}
	w := plainWriter{source: source}
	w.inlines(link.FirstChild(), nil)
	return standfirst.Citation{
		Claim: claim, Words: string(bytes.TrimSpace(w.out)), Start: start, End: inner.End + end + len(target),
	}, true
}

// extentOf returns from where to where the texts below the node stand.
func extentOf(n ast.Node) (standfirst.Range, bool) {
	r := standfirst.Range{Start: -1}
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok && entering {
			if r.Start < 0 {
				r.Start = t.Segment.Start
			}
			r.End = t.Segment.Stop
		}
		return ast.WalkContinue, nil
	})
	return r, r.Start >= 0
}

// isEmphasis reports whether the bytes are signs of emphasis or code, and no others.
func isEmphasis(b []byte) bool { return len(bytes.Trim(b, "*_` ")) == 0 }
