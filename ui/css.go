package ui

import (
	"bytes"
	"fmt"
	"path"
	"strings"
)

// bundleCSS returns the style sheet with the files that its @import lines name in
// their places, minified. It follows imports one level deep.
func bundleCSS(name string) (string, error) {
	source, err := files.ReadFile(name)
	if err != nil {
		return "", fmt.Errorf("ui: bundle %s: %w", name, err)
	}
	var b strings.Builder
	for line := range strings.Lines(string(source)) {
		imported, ok := strings.CutPrefix(strings.TrimSpace(line), `@import "`)
		if !ok {
			b.WriteString(line)
			continue
		}
		imported = path.Join(path.Dir(name), strings.TrimSuffix(imported, `";`))
		part, err := files.ReadFile(imported)
		if err != nil {
			return "", fmt.Errorf("ui: bundle %s: %w", name, err)
		}
		b.Write(part)
	}
	return minifyCSS(b.String()), nil
}

// minifyCSS takes out comments, line breaks and the blanks that carry no meaning.
// It leaves strings alone, and the blanks around + and - that calc needs. It knows
// the style sheets of this project; it is not a parser of CSS at large.
func minifyCSS(source string) string {
	out := make([]byte, 0, len(source))
	blank := false // white space was seen and not yet written
	last := byte('{')
	for i := 0; i < len(source); i++ {
		c := source[i]
		switch c {
		case ' ', '\n', '\t', '\r':
			blank = true
			continue
		case '/':
			if strings.HasPrefix(source[i:], "/*") {
				i += 2 + skipPast(source[i+2:], "*/") - 1
				blank = true
				continue
			}
		case '}':
			out = bytes.TrimSuffix(out, []byte(";")) // the last declaration needs none
		}
		if blank && !dropsBlankAfter(last) && !dropsBlankBefore(c) {
			out = append(out, ' ')
		}
		blank, last = false, c
		if c == '"' {
			n := 1 + skipPast(source[i+1:], `"`)
			out = append(out, source[i:i+n]...)
			i += n - 1
			continue
		}
		out = append(out, c)
	}
	return string(out)
}

// skipPast returns how many bytes of text lie up to and including the end mark,
// and the length of text if it is missing.
func skipPast(text, end string) int {
	if i := strings.Index(text, end); i >= 0 {
		return i + len(end)
	}
	return len(text)
}

func dropsBlankAfter(c byte) bool  { return strings.IndexByte("{};,:>(", c) >= 0 }
func dropsBlankBefore(c byte) bool { return strings.IndexByte("{};,>)", c) >= 0 }
