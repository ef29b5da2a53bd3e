package site

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"time"

	"standfirst/internal/pagecache"
	"standfirst/ui"
)

// immutable is for addresses that hold a hash of what they answer.
const immutable = "public, max-age=31536000, immutable"

// serveAsset answers with an embedded file. Text goes through the page cache,
// which makes its compressed forms once; it carries no tag, so no change drops it.
func (s *Site) serveAsset(w http.ResponseWriter, r *http.Request) error {
	asset, ok := s.ui.Assets.At(r.URL.Path)
	if !ok {
		return errNoPage
	}
	if strings.HasPrefix(asset.ContentType, "font/") { // compressed as it is
		h := w.Header()
		h.Set("Content-Type", asset.ContentType)
		h.Set("Cache-Control", immutable)
		h.Set("Etag", `"`+asset.Path[len(ui.AssetPrefix):]+`"`)
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(asset.Body))
		return nil
	}
	entry, err := s.cache.Get(r.Context(), asset.Path, func(context.Context) (pagecache.Page, error) {
		return pagecache.Page{ContentType: asset.ContentType, CacheControl: immutable, Body: asset.Body}, nil
	})
	if err != nil {
		return err
	}
	entry.ServeHTTP(w, r)
	return nil
}
