package outside

import (
	"testing"
	"time"

	"github.com/gowebpki/jcs"
	"pgregory.net/rapid"

	"standfirst"
	"standfirst/internal/record"
)

// Whatever an entry says, its bytes are those that a library for RFC 8785 makes of them.
func TestEntriesAreCanonical(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.Int64Range(0, 1<<53-1)
		text := rapid.StringMatching(`[ -~]{0,40}`)
		e := record.Entry{
			Kind:  rapid.SampledFrom([]record.Kind{record.RevisionKind, record.ClaimKind, record.TakedownKind, record.KeyKind}).Draw(t, "kind"),
			Story: standfirst.StoryID(id.Draw(t, "story")), Claim: standfirst.ClaimID(id.Draw(t, "claim")),
			Notice: standfirst.NoticeID(id.Draw(t, "notice")), Number: rapid.IntRange(0, 1<<31-1).Draw(t, "number"),
			Change: standfirst.ChangeClass(text.Draw(t, "change")), Digest: text.Draw(t, "digest"),
			Previous: rapid.Int64Range(-1, 1<<53-1).Draw(t, "previous"), Backfilled: rapid.Bool().Draw(t, "backfilled"),
			Parts: rapid.SliceOfN(text, 0, 4).Draw(t, "parts"),
			Time:  time.UnixMicro(rapid.Int64Range(0, 4e15).Draw(t, "time")).UTC(),
		}
		if rapid.Bool().Draw(t, "has key") {
			e.Key = &record.KeyChange{Public: text.Draw(t, "public"), Before: text.Draw(t, "before"), Signature: text.Draw(t, "signature")}
		}
		if rapid.Bool().Draw(t, "has epoch") {
			e.Epoch = &record.EpochChange{
				Number: rapid.IntRange(0, 9).Draw(t, "epoch"), Origin: text.Draw(t, "origin"), OldOrigin: text.Draw(t, "old origin"),
				OldSize: id.Draw(t, "old size"), OldRoot: text.Draw(t, "old root"),
			}
		}
		got := e.Canonical()
		want, err := jcs.Transform(got)
		if err != nil {
			t.Fatalf("%s: %v", got, err)
		}
		if string(got) != string(want) {
			t.Fatalf("we write %s, the library %s", got, want)
		}
	})
}
