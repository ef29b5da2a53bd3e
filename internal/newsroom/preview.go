package newsroom

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// How long a preview is good for: when nobody says, and at most.
const (
	DefaultPreviewLifetime = 7 * 24 * time.Hour
	MaxPreviewLifetime     = 90 * 24 * time.Hour
)

// SharePreview makes an address at which whoever knows it sees the working copy as readers
// would, for the time; zero means [DefaultPreviewLifetime]. The token is told this once:
// only its digest is stored. It returns an Invalid error for a time that is none or too
// long.
func (n *Newsroom) SharePreview(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID, lifetime time.Duration) (token string, p standfirst.Preview, err error) {
	if lifetime == 0 {
		lifetime = DefaultPreviewLifetime
	}
	if lifetime < 0 || lifetime > MaxPreviewLifetime {
		return "", p, standfirst.Errorf(standfirst.Invalid, "a preview can be good for %d days at most", MaxPreviewLifetime/(24*time.Hour))
	}
	token = rand.Text()
	_, err = n.reviewing(ctx, actor, id, "preview", func(tx *store.Tx, _ *standfirst.Story) (string, error) {
		now := n.now()
		p = standfirst.Preview{Story: id, Made: standfirst.DeedOf(actor, now), ExpiresAt: now.Add(lifetime)}
		var err error
		p.ID, err = tx.InsertPreview(PreviewDigest(token), p)
		return "until " + p.ExpiresAt.Format(time.RFC3339), err
	})
	return token, p, err
}

// PreviewDigest returns what is stored of the token of a preview. Tokens have 128 bits by
// chance, so that no salt is needed.
func PreviewDigest(token string) string {
	sum := sha256.Sum256([]byte("preview:" + token))
	return hex.EncodeToString(sum[:])
}

// RevokePreview takes a preview of the story back. It returns a NotFound error if there is
// none.
func (n *Newsroom) RevokePreview(ctx context.Context, actor standfirst.Actor, story standfirst.StoryID, id standfirst.PreviewID) error {
	_, err := n.reviewing(ctx, actor, story, "preview-revoke", func(tx *store.Tx, _ *standfirst.Story) (string, error) {
		return "", tx.DeletePreview(story, id)
	})
	return err
}

// Previews returns up to limit previews of the story that are good now and come before the
// given one, zero for the newest, newest first. The actor needs to be somebody who may
// edit the story.
func (n *Newsroom) Previews(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID, before standfirst.PreviewID, limit int) ([]standfirst.Preview, error) {
	if err := signedIn(actor); err != nil {
		return nil, err
	}
	var previews []standfirst.Preview
	err := n.store.View(ctx, func(tx *store.ReadTx) error {
		story, err := tx.Story(id)
		if err != nil {
			return err
		}
		if err := actor.RequireEdit(story); err != nil {
			return err
		}
		previews, err = tx.Previews(id, n.now(), before, limit)
		return err
	})
	return previews, named(err, storyOperation("list previews of", id))
}
