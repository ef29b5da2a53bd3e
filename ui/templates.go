package ui

import (
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"strings"
)

// Site is what the readers' pages are made of.
type Site struct {
	Strings Catalogue
	Assets  *Assets
	pages   map[string]*template.Template
}

// LoadSite reads the assets, the strings and the templates of the readers' pages.
func LoadSite() (*Site, error) {
	words, err := LoadCatalogue("en")
	if err != nil {
		return nil, err
	}
	assets, err := loadAssets()
	if err != nil {
		return nil, err
	}
	s := &Site{Strings: words, Assets: assets, pages: make(map[string]*template.Template)}
	shared := template.New("").Funcs(template.FuncMap{"t": words.Text, "asset": assets.Path})
	if err := parse(shared, "site/base.html", "site/parts/*.html"); err != nil {
		return nil, err
	}
	folders, err := fs.ReadDir(files, "site")
	if err != nil {
		return nil, fmt.Errorf("ui: list pages: %w", err)
	}
	for _, folder := range folders {
		if !folder.IsDir() || folder.Name() == "parts" {
			continue
		}
		page, err := shared.Clone()
		if err != nil {
			return nil, fmt.Errorf("ui: page %s: %w", folder.Name(), err)
		}
		if err := parse(page, path.Join("site", folder.Name(), "*.html")); err != nil {
			return nil, err
		}
		s.pages[folder.Name()] = page
	}
	return s, nil
}

// Render writes the page, named after its folder under site/, with the data its
// templates expect.
func (s *Site) Render(w io.Writer, page string, data any) error {
	t, ok := s.pages[page]
	if !ok {
		return fmt.Errorf("ui: render %s: there is no such page", page)
	}
	if err := t.ExecuteTemplate(w, "base", data); err != nil {
		return fmt.Errorf("ui: render %s: %w", page, err)
	}
	return nil
}

// Part writes one part of the page, named as its template is, with the data it expects:
// a piece that is set into something else.
func (s *Site) Part(w io.Writer, page, part string, data any) error {
	t, ok := s.pages[page]
	if !ok {
		return fmt.Errorf("ui: render %s: there is no such page", page)
	}
	if err := t.ExecuteTemplate(w, part, data); err != nil {
		return fmt.Errorf("ui: render %s of %s: %w", part, page, err)
	}
	return nil
}

// Pages returns the templates of the pages by name, for the tests that check them
// against their data.
func (s *Site) Pages() map[string]*template.Template { return s.pages }

// parse adds the templates of the files that match the patterns. Indentation and
// empty lines of the sources are left out: they would be sent with every page.
func parse(t *template.Template, patterns ...string) error {
	for _, pattern := range patterns {
		names, err := fs.Glob(files, pattern)
		if err != nil {
			return fmt.Errorf("ui: parse %s: %w", pattern, err)
		}
		for _, name := range names {
			b, err := files.ReadFile(name)
			if err != nil {
				return fmt.Errorf("ui: parse %s: %w", name, err)
			}
			if _, err := t.New(name).Parse(squeeze(string(b))); err != nil {
				return fmt.Errorf("ui: parse %s: %w", name, err)
			}
		}
	}
	return nil
}

// squeeze takes the white space from both ends of every line, and the line break
// after a line that may write nothing: one control action, or one that is closed on
// the same line, whose line break goes inside.
func squeeze(source string) string {
	var b strings.Builder
	for line := range strings.Lines(source) {
		line = strings.TrimSpace(line)
		closed, ok := strings.CutSuffix(line, "{{end}}")
		switch {
		case line == "" || isControl(line):
			b.WriteString(line)
		case ok && isControl(firstAction(line)) && !strings.HasPrefix(line, "{{define"):
			b.WriteString(closed + "\n{{end}}")
		default:
			b.WriteString(line + "\n")
		}
	}
	return b.String()
}

// firstAction returns the action that the line begins with, or "".
func firstAction(line string) string {
	end := strings.Index(line, "}}")
	if end < 0 || !strings.HasPrefix(line, "{{") {
		return ""
	}
	return line[:end+2]
}

// isControl reports whether the line is a single action that writes nothing itself.
func isControl(line string) bool {
	inner, ok := strings.CutPrefix(line, "{{")
	if !ok || strings.Index(inner, "}}") != len(inner)-2 {
		return false
	}
	word, _, _ := strings.Cut(strings.TrimSuffix(inner, "}}"), " ")
	switch word {
	case "if", "else", "end", "with", "range", "template", "define":
		return true
	}
	return false
}
