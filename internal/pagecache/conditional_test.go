package pagecache

import (
	"strings"
	"testing"
)

func TestMatchesETag(t *testing.T) {
	const etag = `"abc-br"`
	for _, tc := range []struct {
		line string
		want bool
	}{
		{`"abc-br"`, true},
		{`W/"abc-br"`, true},
		{`*`, true},
		{` * `, true},
		{`"x", "abc-br"`, true},
		{`"x","y" , W/"abc-br" , "z"`, true},
		{`, ,"abc-br"`, true},
		{`"a,b", "abc-br"`, true},
		{``, false},
		{`abc-br`, false},
		{`"abc"`, false},
		{`"abc-gzip"`, false},
		{`"abc-br`, false},
		{`w/"abc-br"`, false},
		{`"x" "abc-br"`, false},
		{`"x, abc-br"`, false},
		{`"x\" , "abc-br"`, true}, // there are no escapes in an entity tag
		{"\"x\x01\", \"abc-br\"", false},
		{`"*"`, false},
	} {
		if got := matchesETag([]string{tc.line}, etag); got != tc.want {
			t.Errorf("matchesETag(%q) = %v, want %v", tc.line, got, tc.want)
		}
	}
	if !matchesETag([]string{`"x"`, `"abc-br"`}, etag) {
		t.Error("the second header line is not read")
	}
}

// FuzzMatchesETag holds that a match is in the line, and that what was not matched
// is matched when it is put in front.
func FuzzMatchesETag(f *testing.F) {
	f.Add(`"abc"`, `abc`)
	f.Add(`W/"x", "a,b"`, `a,b`)
	f.Add(`*`, ``)
	f.Add(`"unclosed, W/`, `unclosed`)
	f.Fuzz(func(t *testing.T, line, opaque string) {
		for i := range len(opaque) {
			if opaque[i] < 0x21 || opaque[i] == 0x7f || opaque[i] == '"' {
				t.Skip()
			}
		}
		etag := `"` + opaque + `"`
		if matchesETag([]string{line}, etag) && !strings.Contains(line, etag) && strings.Trim(line, " \t") != "*" {
			t.Errorf("%q matched in %q", etag, line)
		}
		if !matchesETag([]string{"W/" + etag + ", " + line}, etag) {
			t.Errorf("%q not matched before %q", etag, line)
		}
	})
}
