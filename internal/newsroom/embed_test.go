package newsroom_test

import (
	"testing"

	"standfirst"
	"standfirst/internal/store"
)

func TestSetEmbedHosts(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		hosts := func() (hosts []string) {
			d.view(func(tx *store.ReadTx) (err error) { hosts, err = tx.EmbedHosts(); return err })
			return hosts
		}
		d.equal("at first", hosts(), standfirst.DefaultEmbedHosts())
		d.takeTouched()
		d.must(d.newsroom.SetEmbedHosts(d.Context(), standfirst.Command(), "b.example\r\n\r\nA.example\r\n", ""))
		d.equal("touched", d.takeTouched(), []string{"site"})
		d.equal("then", hosts(), []string{"b.example", "a.example"})
		d.must(d.newsroom.SetEmbedHosts(d.Context(), standfirst.Command(), "b.example\na.example", ""))
		d.equal("touched by the same", len(d.takeTouched()), 0)
		d.wantKind(d.newsroom.SetEmbedHosts(d.Context(), standfirst.Command(), "https://a.example", ""), standfirst.Invalid, "no host")
		d.wantKind(d.newsroom.SetEmbedHosts(d.Context(), editor, "", ""), standfirst.Forbidden, "")
		d.must(d.newsroom.SetEmbedHosts(d.Context(), standfirst.Command(), "", ""))
		d.equal("none", len(hosts()), 0)
	})
}
