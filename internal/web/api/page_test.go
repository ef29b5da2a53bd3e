package api

import (
	"testing"
	"time"
)

func FuzzCursor(f *testing.F) {
	f.Add(formatCursor("stories", moment(time.Unix(1, 0), int64(12))...))
	f.Add(formatCursor("comments 1", "1", "2", "3"))
	f.Add("c3Rvcmllc3w=")
	f.Fuzz(func(t *testing.T, text string) {
		if parts, err := parseCursor("stories", text, 2); err == nil && text != "" && formatCursor("stories", parts...) != text {
			t.Errorf("%q is read as %q", text, parts)
		}
		if at, id, err := parseMoment("stories", text); err == nil && text != "" && formatCursor("stories", moment(at, id)...) != text {
			t.Errorf("%q is read as %v, %d", text, at, id)
		}
		if n, err := parseNumbers("comments 1", text, 3); err == nil && text != "" && formatCursor("comments 1", number(n[0]), number(n[1]), number(n[2])) != text {
			t.Errorf("%q is read as %v", text, n)
		}
	})
}
