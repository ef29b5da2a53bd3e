package intake

import (
	"errors"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"standfirst"
)

// maxFrontMatter bounds the front matter of a text, in bytes. It holds the longest
// that the newsroom keeps; the YAML parser's time grows with the square of it.
const maxFrontMatter = 32 << 10

// headerLine is the line of the file on which front matter begins.
const headerLine = 2

// frontMatterKeys are the keys that front matter may have, in the order in which
// it is written.
var frontMatterKeys = []string{"headline", "standfirst", "bylines", "disclosure", "dateline", "section", "topics", "picture", "social", "date", "slug", "access"}

var pictureKeys = []string{"file", "id", "alt", "caption", "credit"}

// parseFrontMatter reads front matter into the document and tells which keys it has.
func parseFrontMatter(header string, d *Document) (said map[string]bool, err error) {
	if len(header) > maxFrontMatter {
		return nil, standfirst.Errorf(standfirst.TooLarge, "the front matter is %d bytes long; %d is the most", len(header), maxFrontMatter)
	}
	file, err := parser.ParseBytes([]byte(header), 0)
	if err != nil {
		return nil, yamlError(err)
	}
	said = make(map[string]bool)
	for _, doc := range file.Docs {
		if doc == nil || doc.Body == nil {
			continue
		}
		entries, ok := mapping(doc.Body)
		if !ok {
			return nil, atLine(doc.Body, "front matter must be lines of the form “key: value”")
		}
		for _, e := range entries {
			key, err := keyOf(e, frontMatterKeys)
			if err != nil {
				return nil, err
			}
			said[key] = true
			if err := setKey(d, key, e.Value); err != nil {
				return nil, err
			}
		}
	}
	return said, nil
}

// setKey reads the value of one key.
func setKey(d *Document, key string, value ast.Node) (err error) {
	c := &d.Content
	switch key {
	case "headline":
		c.Headline, err = scalar(key, value)
	case "standfirst":
		c.Standfirst, err = scalar(key, value)
	case "disclosure":
		c.Disclosure, err = scalar(key, value)
	case "dateline":
		c.Dateline, err = scalar(key, value)
	case "section":
		c.Section, err = scalar(key, value)
	case "bylines":
		c.Bylines, err = bylines(value)
	case "topics":
		c.Topics, err = texts(key, value)
	case "picture":
		err = setPicture(d, value)
	case "social":
		err = setSocial(&c.Social, value)
	case "slug":
		err = setChecked(&d.Slug, key, value, func(s standfirst.Slug) error { return s.Validate() })
	case "access":
		err = setChecked(&d.Access, key, value, standfirst.Access.Validate)
	case "date":
		err = setChecked(&d.Date, key, value, checkDate)
	}
	return err
}

// setChecked reads a text that has rules of its own; empty is as good as absent.
func setChecked[T ~string](to *T, key string, value ast.Node, check func(T) error) error {
	s, err := scalar(key, value)
	if err != nil || s == "" {
		return err
	}
	*to = T(s)
	if err := check(*to); err != nil {
		return atLine(value, standfirst.PublicMessage(err))
	}
	return nil
}

// setPicture reads the lead picture: a file beside the text, or the number of a
// picture that is stored already.
func setPicture(d *Document, value ast.Node) error {
	if _, null := value.(*ast.NullNode); null {
		return nil
	}
	entries, ok := mapping(value)
	if !ok {
		return atLine(value, "picture must have lines of its own below it: file, alt, caption, credit")
	}
	p := &standfirst.LeadPicture{}
	for _, e := range entries {
		key, err := keyOf(e, pictureKeys)
		if err != nil {
			return err
		}
		s, err := scalar(key, e.Value)
		if err != nil {
			return err
		}
		switch key {
		case "file":
			d.PictureFile = s
		case "id":
			if p.ID, ok = pictureID(s); !ok {
				return atLine(e.Value, "the picture's id must be a number")
			}
		case "alt":
			p.Alt = s
		case "caption":
			p.Caption = s
		case "credit":
			p.Credit = s
		}
	}
	if (d.PictureFile == "") == (p.ID == 0) {
		return atLine(value, "picture needs either file, the path of a picture beside this text, or id, the number of a stored one")
	}
	d.Content.Picture = p
	return nil
}

var socialKeys = []string{"title", "picture", "alt"}

// setSocial reads how the story is announced where it is shared.
func setSocial(to *standfirst.Social, value ast.Node) error {
	if _, null := value.(*ast.NullNode); null {
		return nil
	}
	entries, ok := mapping(value)
	if !ok {
		return atLine(value, "social must have lines of its own below it: title, picture (the number of a stored one), alt")
	}
	for _, e := range entries {
		key, err := keyOf(e, socialKeys)
		if err != nil {
			return err
		}
		s, err := scalar(key, e.Value)
		if err != nil {
			return err
		}
		switch key {
		case "title":
			to.Title = s
		case "picture":
			if to.Picture, ok = pictureID(s); !ok {
				return atLine(e.Value, "the picture for shared links must be the number of a stored one")
			}
		case "alt":
			to.Alt = s
		}
	}
	return nil
}

// bylines reads a list of "Name, Role" texts or of maps with name and role.
func bylines(value ast.Node) ([]standfirst.Byline, error) {
	var out []standfirst.Byline
	for _, item := range items(value) {
		entries, ok := mapping(item)
		if !ok {
			s, err := scalar("bylines", item)
			if err != nil {
				return nil, err
			}
			out = append(out, parseBylines(s)...)
			continue
		}
		var b standfirst.Byline
		for _, e := range entries {
			key, err := keyOf(e, []string{"name", "role"})
			if err != nil {
				return nil, err
			}
			s, err := scalar(key, e.Value)
			if err != nil {
				return nil, err
			}
			if key == "name" {
				b.Name = s
			} else {
				b.Role = s
			}
		}
		if b.Name == "" {
			return nil, atLine(item, "a byline needs a name")
		}
		out = append(out, b)
	}
	return out, nil
}

// parseBylines reads one byline, or several names on a line where the copy desk sees
// them and loses none of the words.
func parseBylines(s string) []standfirst.Byline {
	if several := bylinesIn(s); len(several) > 1 && !strings.Contains(s, "|") {
		all := ""
		for _, b := range several {
			all += b.Name + " " + b.Role + " "
		}
		if letters(all) == letters(withoutBy("by "+s)) {
			return several
		}
	}
	if b := parseByline(s); b.Name != "" {
		return []standfirst.Byline{b}
	}
	return nil
}

// parseByline reads "Name, Role" or "Name | Role".
func parseByline(s string) standfirst.Byline {
	if name, role, found := strings.Cut(s, "|"); found {
		return standfirst.Byline{Name: strings.TrimSpace(name), Role: strings.TrimSpace(role)}
	}
	s = strings.TrimSpace(s)
	speaker, _ := standfirst.ParseSpeaker(s)
	rest, ok := strings.CutPrefix(s, speaker.Name)
	if speaker.Name == "" || !ok {
		name, role, _ := strings.Cut(s, ",")
		return standfirst.Byline{Name: strings.TrimSpace(name), Role: strings.TrimSpace(role)}
	}
	return standfirst.Byline{Name: speaker.Name, Role: strings.TrimLeft(rest, ",; \t")}
}

// texts reads a list of texts, or one alone.
func texts(key string, value ast.Node) ([]string, error) {
	var out []string
	for _, item := range items(value) {
		s, err := scalar(key, item)
		if err != nil {
			return nil, err
		}
		if s != "" {
			out = append(out, s)
		}
	}
	return out, nil
}

// items returns the elements of a list, and anything else as the one element.
func items(value ast.Node) []ast.Node {
	switch v := value.(type) {
	case *ast.SequenceNode:
		return v.Values
	case *ast.NullNode:
		return nil
	}
	return []ast.Node{value}
}

// mapping returns the entries of a map.
func mapping(value ast.Node) ([]*ast.MappingValueNode, bool) {
	switch v := value.(type) {
	case *ast.MappingNode:
		return v.Values, true
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{v}, true
	}
	return nil, false
}

// keyOf returns the key of the entry, which must be one of those known.
func keyOf(e *ast.MappingValueNode, known []string) (string, error) {
	key, err := scalar("a key", e.Key)
	if err != nil {
		return "", err
	}
	if !slices.Contains(known, key) {
		message := "the key “" + clip(key, 40) + "” is not known; "
		if meant := meantKey(key, known); meant != "" {
			message += "it is called " + meant + " here; "
		}
		return "", atLine(e.Key, message+"the keys are "+strings.Join(known, ", "))
	}
	return key, nil
}

// scalar returns the text of a value that is one; numbers and the like are what
// stands in the file.
func scalar(key string, value ast.Node) (string, error) {
	switch v := value.(type) {
	case *ast.StringNode:
		return v.Value, nil
	case *ast.LiteralNode:
		return v.Value.Value, nil
	case *ast.NullNode:
		return "", nil
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return v.GetToken().Value, nil
	}
	return "", atLine(value, key+" must be a text")
}

// atLine returns an Invalid error that names the line of the file.
func atLine(n ast.Node, message string) error {
	line := headerLine
	if n != nil && n.GetToken() != nil && n.GetToken().Position != nil {
		line = n.GetToken().Position.Line + headerLine - 1
	}
	return standfirst.Errorf(standfirst.Invalid, "line %d: %s", line, message)
}

// yamlError tells what the YAML parser found, and on which line of the file.
func yamlError(err error) error {
	// The whole text of the error is a picture of the source, and dear to make.
	line, message := headerLine, "it is no YAML"
	var y yaml.Error
	if errors.As(err, &y) {
		message = y.GetMessage()
		if t := y.GetToken(); t != nil && t.Position != nil {
			line = t.Position.Line + headerLine - 1
		}
	}
	message, _, _ = strings.Cut(message, "\n")
	return standfirst.Errorf(standfirst.Invalid, "line %d: the front matter cannot be read: %s; put a text with a colon or quotation marks between quotes", line, message)
}
