package markup

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"

	"standfirst"
)

// mediaPath is the folder of addresses that pictures may come from.
const mediaPath = "/media/"

// findPicture returns what an image in the text refers to. A picture of another
// site is never one: readers' browsers ask nobody but this site.
func (p *page) findPicture(n *ast.Image) (Picture, bool) {
	name := strings.TrimSpace(decode(n.Destination))
	if p.options.Picture != nil {
		if picture, ok := p.options.Picture(name); ok {
			return picture, true
		}
	}
	if strings.HasPrefix(name, mediaPath) && path.Clean(name) == name {
		if a := parseAddress(name); a.kind == ownAddress && !strings.ContainsAny(name, "?#") {
			return Picture{Address: a.href}, true
		}
	}
	return Picture{}, false
}

// image writes an image among the words of a paragraph, or a link to it where it
// is not ours to show.
func (p *page) image(n *ast.Image) {
	if picture, ok := p.findPicture(n); ok {
		p.img(picture, p.plainOf(n))
		return
	}
	a := parseAddress(decode(n.Destination))
	if a.kind != foreignAddress || p.inLink {
		p.inlines(n.FirstChild(), nil)
		return
	}
	p.openLink(a, decode(n.Title))
	if alt := p.plainOf(n); alt != "" {
		p.literal(alt)
	} else {
		p.literal(a.text)
	}
	p.closeLink()
}

// img writes the element itself.
func (p *page) img(picture Picture, alt string) {
	p.tag(`<img src="`)
	p.attribute(picture.Address)
	if picture.Set != "" {
		p.tag(`" srcset="`)
		p.attribute(picture.Set)
		p.tag(`" sizes="`)
		p.attribute(picture.Sizes)
	}
	if picture.Width > 0 && picture.Height > 0 {
		p.tag(`" width="` + strconv.Itoa(picture.Width) + `" height="` + strconv.Itoa(picture.Height))
	}
	p.tag(`" alt="`)
	p.attribute(alt)
	p.tag(`" loading="lazy" decoding="async">`)
}

// lonePicture writes a paragraph that is nothing but a picture as a figure, with the
// image's title as its caption. It reports false for any other paragraph.
func (p *page) lonePicture(n *ast.Paragraph) bool {
	image, ok := n.FirstChild().(*ast.Image)
	if !ok || image.NextSibling() != nil {
		return false
	}
	picture, ok := p.findPicture(image)
	if !ok {
		return false
	}
	p.tag(`<figure class="picture">` + "\n")
	p.img(picture, p.plainOf(image))
	if title := decode(image.Title); title != "" || picture.Licence != "" {
		p.tag("\n<figcaption>")
		p.literal(title)
		p.licences([]string{picture.Licence}, title != "")
		p.tag("</figcaption>")
	}
	p.tag("\n</figure>\n")
	return true
}

// span is a line of inline nodes, from first up to end, exclusive.
type span struct{ first, end ast.Node }

// creditStart begins the line of a figure that says whose picture it is.
const creditStart = "credit:"

// figure writes a container with a picture: a line with the image, then lines with
// its caption, one of which may begin with "Credit:". Without a picture that can be
// shown, its words are ordinary paragraphs.
func (p *page) figure(n *container) {
	var pictures []*ast.Image
	var caption []span
	var credit *span
	var others []ast.Node
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		if _, ok := child.(*ast.Paragraph); !ok {
			others = append(others, child)
			continue
		}
		for _, line := range linesOf(child) {
			image, isImage := line.first.(*ast.Image)
			if isImage && image.NextSibling() != line.end && !endsImageLine(image, line.end) {
				isImage = false
			}
			if isImage {
				if _, ok := p.findPicture(image); !ok {
					isImage = false
				}
			}
			switch {
			case isImage:
				pictures = append(pictures, image)
			case credit == nil && strings.HasPrefix(strings.ToLower(p.plainBetween(line.first, line.end)), creditStart):
				credit = &line
			default:
				caption = append(caption, line)
			}
		}
	}
	if len(pictures) == 0 {
		p.blocks(n)
		return
	}
	p.tag(`<figure class="picture">` + "\n")
	var licences []string
	for _, image := range pictures {
		picture, _ := p.findPicture(image)
		p.img(picture, p.plainOf(image))
		p.tag("\n")
		licences = append(licences, picture.Licence)
	}
	p.figureCaption(caption, credit, licences)
	p.tag("</figure>\n")
	for _, other := range others {
		p.block(other)
	}
}

// endsImageLine reports whether nothing but the end of the line stands between the
// image and end.
func endsImageLine(image *ast.Image, end ast.Node) bool {
	t, ok := image.NextSibling().(*ast.Text)
	return ok && t.Segment.Len() == 0 && t.NextSibling() == end
}

// figureCaption writes the lines of a caption, whose picture it is, and under which terms it
// is shown.
func (p *page) figureCaption(caption []span, credit *span, licences []string) {
	if len(caption) == 0 && credit == nil && strings.Join(licences, "") == "" {
		return
	}
	p.inWord = false
	p.tag("<figcaption>")
	for i, line := range caption {
		if i > 0 {
			p.char(' ')
		}
		p.inlines(line.first, line.end)
		p.trim()
	}
	if credit != nil {
		if len(caption) > 0 {
			p.char(' ')
		}
		p.tag(`<span class="credit">`)
		p.inlines(credit.first, credit.end)
		p.trim()
		p.tag("</span>")
	}
	p.licences(licences, len(caption) > 0 || credit != nil)
	p.tag("</figcaption>\n")
}

// licences writes the terms under which pictures are shown, each once.
func (p *page) licences(licences []string, after bool) {
	var written []string
	for _, licence := range licences {
		if licence == "" || slices.Contains(written, licence) {
			continue
		}
		if after {
			p.literal(" ")
		}
		after = true
		written = append(written, licence)
		p.tag(`<span class="licence">`)
		name, link := standfirst.ReadLicence(licence)
		if link != "" {
			p.tag(`<a href="`)
			p.attribute(link)
			p.tag(`" rel="license noopener">`)
		}
		p.literal(name)
		if link != "" {
			p.tag("</a>")
		}
		p.tag("</span>")
	}
}

// linesOf returns the lines of a paragraph as they stand in the source.
func linesOf(paragraph ast.Node) []span {
	var lines []span
	first := paragraph.FirstChild()
	for n := first; n != nil; n = n.NextSibling() {
		if endsLine(n) || n.NextSibling() == nil {
			lines = append(lines, span{first, n.NextSibling()})
			first = n.NextSibling()
		}
	}
	return lines
}
