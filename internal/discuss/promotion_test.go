package discuss

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestPitchNeedsItsWords holds that looking for words first finds no less than the
// pattern alone.
func TestPitchNeedsItsWords(t *testing.T) {
	pieces := strings.Split("buy|load up on|get in|accumulate|short|DUMP|Sell|now|today|before it|before the|while you|asap|immediately|to the moon|moonshot|next 10x|next ten|bagger|10-bagger|hundred bagger|"+
		"guaranteed gains|cannot lose|can't lose|risk-free|Risk free|insider tip|sure thing|300%|20x|gain|returns|profits|upside|from here|by next|by the end|join|DM|follow|contact|signals|telegram|whats app|whatsapp|"+
		"discord|group|channel|mentor|coach|shares|stock|tickers|calls|puts|coins|token|crypto|bitcoin|position|market|$ABC|(NYSE: AB)|the|. |\u017fhares|bitcoin", "|")
	all := append([]pitch{subject}, promotion...)
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 8).Draw(t, "words"), rapid.SampledFrom([]string{" ", "", ", "}).Draw(t, "between"))
		for _, p := range all {
			if got, want := p.find(text, strings.ToLower(text)), p.pattern().FindString(text); got != want {
				t.Fatalf("%q finds %q, want %q", text, got, want)
			}
		}
	})
}
