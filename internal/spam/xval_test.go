package spam_test

import (
	"fmt"
	"slices"
"strings"
	"testing"
	"standfirst/internal/spam"
)

func TestXSweep(t *testing.T) {
	spams, hams := readSet(t, "spam"), readSet(t, "ham")
	const k = 6
	foldOf := map[string]int{}
	mark := func(set []example, pre string) []example {
		var out []example
		for _, e := range set {
			if e.Split == "unseen" { continue }
			key := pre + e.Part
			if _, ok := foldOf[key]; !ok { foldOf[key] = len(foldOf) % k }
			e.Split = fmt.Sprint(foldOf[key])
			out = append(out, e)
		}
		return out
	}
	spams, hams = mark(spams, "s"), mark(hams, "h")
	for _, skip := range []string{""} {
	spam.Skip = map[string]bool{}
	for _, w := range strings.Fields(skip) { spam.Skip[w] = true }
	var fs []filter
	for fold := range k {
		var rest []string
		for i := range k { if i != fold { rest = append(rest, fmt.Sprint(i)) } }
		fs = append(fs, learn(spams, hams, rest...))
	}
	feats := map[string][]string{}
	for _, e := range append(slices.Clone(spams), hams...) { feats[e.Name+e.Text] = spam.Features(e.message()) }
	spam.Set(3, 0.03, 150)
	per := map[string][]float64{}
	for _, e := range spams { f := fs[e.Split[0]-'0']; sc := spam.Score(feats[e.Name+e.Text], f.of, f.total); per["S "+e.Part] = append(per["S "+e.Part], sc) }
	for _, e := range hams { f := fs[e.Split[0]-'0']; sc := spam.Score(feats[e.Name+e.Text], f.of, f.total); per["H "+e.Part] = append(per["H "+e.Part], sc); if sc > 0.72 { t.Logf("HAM %.3f %s %s: %s", sc, e.Part, e.Name, e.Text) } }
	for k, v := range per { slices.Sort(v); if k[0] == 'S' && v[len(v)/2] < 0.85 || k[0] == 'H' && v[len(v)-1] > 0.6 { t.Logf("%s %.2f %.2f %.2f", k, v[0], v[len(v)/2], v[len(v)-1]) } }
	}
}
