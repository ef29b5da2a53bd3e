package markup

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"standfirst"
)

// InsetPicture is one place at which a story text shows a stored picture.
type InsetPicture struct {
	ID  standfirst.PictureID
	Alt string // plain text; empty if nothing says what is seen
}

// Pictures returns the places in a story text that show stored pictures, in order: the
// images such as ![Cranes](picture:12).
func Pictures(body string) []InsetPicture {
	source, _ := clean(body)
	if !bytes.Contains(source, []byte(standfirst.PictureScheme)) {
		return nil
	}
	var found []InsetPicture
	w := plainWriter{source: source}
	// Walk fails only where the function does.
	_ = ast.Walk(storyParser.Parse(text.NewReader(source)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		image, ok := n.(*ast.Image)
		if !ok || !entering {
			return ast.WalkContinue, nil
		}
		if id, ok := standfirst.ParsePictureAddress(string(image.Destination)); ok {
			w.out = w.out[:0]
			w.inlines(image.FirstChild(), nil)
			found = append(found, InsetPicture{id, string(bytes.TrimSpace(w.out))})
		}
		return ast.WalkSkipChildren, nil
	})
	return found
}
