package ui

import (
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"strings"
	"sync"
)

// Pages is what the pages of one audience are made of.
type Pages struct {
	Strings Catalogue
	Assets  *Assets
	pages   map[string]func() (*template.Template, error) // made when it is first asked for
}

// LoadSite reads the assets and the strings, and what the readers' pages share. The
// templates of a page are read when it is first rendered: a server that has just begun
// shows its first page before it has read those of all others.
func LoadSite() (*Pages, error) { return load("site") }

// LoadDesk reads the same of the staff's pages.
func LoadDesk() (*Pages, error) { return load("desk") }

// LoadAPI reads the same of the page that documents what programs are served.
func LoadAPI() (*Pages, error) { return load("api") }

// load reads the templates of the pages in the folder: base.html and parts/ are what they
// share, and each other folder is a page.
func load(folder string) (*Pages, error) {
	words, err := LoadCatalogue("en")
	if err != nil {
		return nil, err
	}
	assets, err := loadAssets()
	if err != nil {
		return nil, err
	}
	s := &Pages{Strings: words, Assets: assets, pages: make(map[string]func() (*template.Template, error))}
	shared := template.New("").Funcs(template.FuncMap{"t": words.Text, "asset": assets.Path})
	if err := parse(shared, path.Join(folder, "base.html"), path.Join(folder, "parts", "*.html")); err != nil {
		return nil, err
	}
	entries, err := fs.ReadDir(files, folder)
	if err != nil {
		return nil, fmt.Errorf("ui: list pages: %w", err)
	}
	for _, entry := range entries {
		name := entry.Name()
		if !entry.IsDir() || name == "parts" {
			continue
		}
		s.pages[name] = sync.OnceValues(func() (*template.Template, error) {
			page, err := shared.Clone()
			if err != nil {
				return nil, fmt.Errorf("ui: page %s: %w", name, err)
			}
			return page, parse(page, path.Join(folder, name, "*.html"))
		})
	}
	return s, nil
}

// page returns the templates of the page.
func (s *Pages) page(name string) (*template.Template, error) {
	made, ok := s.pages[name]
	if !ok {
		return nil, fmt.Errorf("ui: render %s: there is no such page", name)
	}
	return made()
}

// Render writes the page, named after its folder, with the data its
// templates expect.
func (s *Pages) Render(w io.Writer, page string, data any) error {
	t, err := s.page(page)
	if err != nil {
		return err
	}
	if err := t.ExecuteTemplate(w, "base", data); err != nil {
		return fmt.Errorf("ui: render %s: %w", page, err)
	}
	return nil
}

// Part writes one part of the page, named as its template is, with the data it expects:
// a piece that is set into something else.
func (s *Pages) Part(w io.Writer, page, part string, data any) error {
	t, err := s.page(page)
	if err != nil {
		return err
	}
	if err := t.ExecuteTemplate(w, part, data); err != nil {
		return fmt.Errorf("ui: render %s of %s: %w", part, page, err)
	}
	return nil
}

// Templates returns the templates of the pages by name, for the tests that check them
// against their data.
func (s *Pages) Templates() (map[string]*template.Template, error) {
	all := make(map[string]*template.Template, len(s.pages))
	for name := range s.pages {
		var err error
		if all[name], err = s.page(name); err != nil {
			return nil, err
		}
	}
	return all, nil
}

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
