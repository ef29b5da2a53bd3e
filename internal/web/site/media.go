package site

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

// mediaTypes are the kinds of files that may leave the media folder.
var mediaTypes = map[string]string{".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}

// serveMedia answers with a stored picture. Its name holds a hash of the content,
// so it never changes. Other sites may show it, feed readers for one.
func (s *Site) serveMedia(w http.ResponseWriter, r *http.Request) error {
	name := strings.TrimPrefix(r.URL.Path, mediaPrefix)
	if s.media == nil || !isMediaName(name) {
		return errNoPage
	}
	file, err := s.media.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return errNoPage
	}
	if err != nil {
		return fmt.Errorf("site: media %s: %w", name, err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return fmt.Errorf("site: media %s: %w", name, err)
	}
	if !info.Mode().IsRegular() {
		return errNoPage
	}
	content, ok := file.(io.ReadSeeker)
	if !ok { // a file system that only reads on; pictures are small
		b, err := io.ReadAll(file)
		if err != nil {
			return fmt.Errorf("site: media %s: %w", name, err)
		}
		content = bytes.NewReader(b)
	}
	h := w.Header()
	h.Set("Content-Type", mediaTypes[path.Ext(name)])
	h.Set("Cache-Control", immutable)
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("Etag", `"`+name+`"`)
	http.ServeContent(w, r, "", info.ModTime(), content)
	return nil
}

// isMediaName reports whether the name is made of what names in the media folder
// are made of: no dot but before a known extension, no empty part, no way out.
func isMediaName(name string) bool {
	stem := strings.TrimSuffix(name, path.Ext(name))
	if mediaTypes[path.Ext(name)] == "" || stem == "" || strings.HasSuffix(stem, "/") {
		return false
	}
	for _, c := range []byte(stem) {
		if !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '/') {
			return false
		}
	}
	return fs.ValidPath(name)
}
