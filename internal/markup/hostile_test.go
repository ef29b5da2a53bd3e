package markup_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"standfirst/internal/markup"
)

// ownHostile returns the strings of our own that were written to get past a renderer
// or a template.
func ownHostile(t testing.TB) []string {
	t.Helper()
	return readStrings(t, filepath.Join("testdata", "hostile", "strings.json"))
}

// naughty returns the Big List of Naughty Strings, which npm carries. Without it the
// test is skipped, except in CI.
func naughty(t testing.TB) []string {
	t.Helper()
	name := filepath.Join("..", "..", "node_modules", "big-list-of-naughty-strings", "blns.json")
	if _, err := os.Stat(name); err != nil {
		why := "big-list-of-naughty-strings is not installed; run: npm ci"
		if os.Getenv("CI") != "" {
			t.Fatal(why)
		}
		t.Skip(why)
	}
	return readStrings(t, name)
}

func readStrings(t testing.TB, name string) []string {
	t.Helper()
	file, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	if err := json.Unmarshal(file, &list); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return list
}

// commentForms are the ways in which a hostile string is set into a comment.
var commentForms = []string{"%", "a % b", "> %", "*%*", "`%`", "```\n%\n```", "[%](https://x.example)", "[x](%)", "[x](<%>)", "[x](https://x.example/%)", "<%>", "https://x.example/%", "![%](%)", "%\n%", "# %"}

func TestHostileStringsStayWords(t *testing.T) {
	checkHostile(t, append(ownHostile(t), hostile...))
}

func TestNaughtyStringsStayWords(t *testing.T) {
	list := naughty(t)
	if len(list) < 300 {
		t.Errorf("only %d strings", len(list))
	}
	checkHostile(t, list)
}

func checkHostile(t *testing.T, list []string) {
	t.Helper()
	for _, s := range list {
		for _, form := range commentForms {
			text := strings.ReplaceAll(form, "%", s)
			if len(text) <= markup.MaxComment {
				vetComment(t, text, renderComment(t, text))
			}
		}
		vetName(t, s)
	}
}

func vetName(t testing.TB, s string) {
	t.Helper()
	name := markup.CleanName(s)
	vetCharacters(t, html.EscapeString(name))
	if strings.ContainsAny(name, "\n\t") || strings.Contains(name, "  ") || strings.TrimSpace(name) != name || len([]rune(name)) > markup.MaxName {
		t.Fatalf("CleanName(%q) = %q", s, name)
	}
	if again := markup.CleanName(name); again != name {
		t.Fatalf("CleanName(%q) = %q, and of that %q", s, name, again)
	}
}

func FuzzRenderComment(f *testing.F) {
	for _, s := range slices.Concat(hostile, ownHostile(f), []string{
		"a\nb", "https://x.org/_a_(b)).", "[www.a.org](https://b.org)", "*https://x.org*", "> > > > a", "```go\na\n```", "    a", "\\https://a.b", "Z\u0351\u0351\u0351\u0351\u0351\u200d\u0351",
	}) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := markup.RenderComment(text)
		if err != nil {
			t.Skip(err)
		}
		vetComment(t, text, r)
		vetName(t, text)
		if words := strings.Join(strings.FieldsFunc(vetTree(t, string(r.HTML)), isNoWord), " "); words != strings.Join(strings.FieldsFunc(r.Plain, isNoWord), " ") {
			t.Fatalf("%q shows %q, and in words %q", text, words, r.Plain)
		}
		for _, word := range shownWords(text) {
			if !strings.Contains(r.Plain, word) {
				t.Fatalf("%q of %q is not in %q", word, text, r.Plain)
			}
		}
	})
}

// TestHostileCommentsTakeLinearTime renders what costs much where a parser looks back
// or ahead again and again.
func TestHostileCommentsTakeLinearTime(t *testing.T) {
	for _, piece := range []string{
		"[", "![", "[a](", "[[]", "*", "*a ", "_a*", "**a*", "`", "`a``", "<", "<a:", "<a@", ">", "> ", "> a\n", "\\", "&#", "https://", "www.", "https://a.b(", "(((", "http://a.b)",
		"[https://a.b](https://c.d)", "[www.a.b", "a\n-\n[", "```\n", "~~~\n\n", "\u0351", "\u200d", "h", "w", "(h", " \"", "[a](<b", "[a](b \"", "*[a](b)", "a\n", "\t", "[a]: b\n", "https://a.b,",
	} {
		text := strings.Repeat(piece, markup.MaxComment/len(piece))
		start := time.Now()
		vetComment(t, text, renderComment(t, text))
		if took := time.Since(start); took > 2*time.Second { // most take less than a millisecond
			t.Errorf("%d times %q took %v", len(text)/len(piece), piece, took)
		}
	}
}

func BenchmarkRenderComment(b *testing.B) {
	text := strings.Repeat("The bank says *at most* five, and the [filing](https://x.example/filing) says six. ", 5) + "\n\n> Who says so?\n\nSee https://y.example/a_b for `all` of it.\n"
	b.ReportAllocs()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := markup.RenderComment(text); err != nil {
			b.Fatal(err)
		}
	}
}
