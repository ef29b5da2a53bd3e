package diff_test

import (
	"strings"
	"testing"
	"unicode"

	"standfirst/internal/diff"
)

// FuzzCompare holds that a comparison has both texts in it, whole and in order, and that
// a text does not differ from itself.
func FuzzCompare(f *testing.F) {
	f.Add("headline: One\n\nIt pays [$6 billion](claim:1@1).", "headline: Two\n\nIt pays [$5 billion](claim:1@2), or 3%.")
	f.Add("a b c a b c a b c", "c b a c b a c b a")
	f.Add("", "\n\n")
	f.Add(strings.Repeat("x y z ", 300), strings.Repeat("z x y ", 310))
	f.Add(strings.Repeat("one\n\ntwo\n\n", 90), strings.Repeat("two\n\nthree one\n\n", 110))
	f.Add("价格上涨了 \xff\u0301 $", "价格下跌了 €$ %")
	f.Fuzz(func(t *testing.T, a, b string) {
		old, now := story(a), story(b)
		c := diff.Compare(old, now)
		var before, after []string
		for _, change := range c.Blocks {
			del, ins := texts(change.Runs)
			if change.Old != nil {
				before = append(before, change.Old.Text)
				if folded(change.Old.Text) != folded(del) {
					t.Errorf("the old block %q is shown as %q", change.Old.Text, del)
				}
			}
			if change.New != nil {
				after = append(after, change.New.Text)
				if folded(change.New.Text) != folded(ins) {
					t.Errorf("the new block %q is shown as %q", change.New.Text, ins)
				}
			}
		}
		if got, want := strings.Join(before, "|"), textOf(old.Blocks); got != want {
			t.Errorf("old blocks %q, want %q", got, want)
		}
		if got, want := strings.Join(after, "|"), textOf(now.Blocks); got != want {
			t.Errorf("new blocks %q, want %q", got, want)
		}
		if !diff.Compare(old, old).Same() {
			t.Errorf("%q differs from itself", a)
		}
	})
}

// texts returns the text of each side.
func texts(runs []diff.Run) (old, now string) {
	for _, r := range runs {
		if r.Op != diff.Insert {
			old += r.Text
		}
		if r.Op != diff.Delete {
			now += r.Text
		}
	}
	return old, now
}

// folded returns the text without white space, of which a run has that of the new text.
func folded(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

func textOf(blocks []diff.Block) string {
	var list []string
	for _, b := range blocks {
		list = append(list, b.Text)
	}
	return strings.Join(list, "|")
}
