package newsroom_test

import (
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

func TestPreviewAddresses(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		n, ctx := d.newsroom, d.Context()
		s := d.create("Pier talks")
		_, _, err := n.SharePreview(ctx, editor, s.ID, newsroom.MaxPreviewLifetime+1)
		d.wantKind(err, standfirst.Invalid, "90 days")
		token, p, err := n.SharePreview(ctx, editor, s.ID, 0)
		d.must(err)
		d.equal("good until", p.ExpiresAt, startOfTest.Add(7*24*time.Hour))
		other, second, err := n.SharePreview(ctx, editor, s.ID, time.Hour)
		d.must(err)
		if token == other || len(token) < 20 {
			d.Errorf("the tokens are %q and %q", token, other)
		}
		list, err := n.Previews(ctx, editor, s.ID, 0, 10)
		d.must(err)
		d.equal("previews", len(list), 2)
		d.view(func(tx *store.ReadTx) error {
			_, err := tx.PreviewByToken(token, d.now())
			d.wantKind(err, standfirst.NotFound)
			found, err := tx.PreviewByToken(newsroom.PreviewDigest(token), d.now())
			d.equal("preview", found.Story, s.ID)
			return err
		})
		d.must(n.RevokePreview(ctx, editor, s.ID, second.ID))
		d.wantKind(n.RevokePreview(ctx, editor, s.ID, second.ID), standfirst.NotFound)
		list, err = n.Previews(ctx, editor, s.ID, 0, 10)
		d.must(err)
		d.equal("previews", len(list), 1)
	})
}
