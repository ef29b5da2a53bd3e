package ui

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
)

// AssetPrefix is the address below which the assets are served.
const AssetPrefix = "/assets/"

// Asset is one file that pages ask for.
type Asset struct {
	// Path is the address: /assets/{name}.{hash}.{ext}. The hash is of the
	// content, so what an address answers never changes.
	Path        string
	ContentType string
	Body        []byte
}

// Assets are all files that pages ask for, by source name ("site.css",
// "share.js", "fonts/….woff2") and by address.
type Assets struct {
	byName map[string]Asset
	byPath map[string]Asset
}

// assetTypes are the media types of what may be an asset, by extension.
var assetTypes = map[string]string{
	".css":   "text/css; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".svg":   "image/svg+xml",
	".woff2": "font/woff2",
}

// Path returns the address of the asset with the source name.
func (a *Assets) Path(name string) (string, error) {
	asset, ok := a.byName[name]
	if !ok {
		return "", fmt.Errorf("ui: there is no asset %q", name)
	}
	return asset.Path, nil
}

// At returns the asset at the address.
func (a *Assets) At(address string) (Asset, bool) {
	asset, ok := a.byPath[address]
	return asset, ok
}

// All returns every asset, ordered by address.
func (a *Assets) All() []Asset {
	all := make([]Asset, 0, len(a.byPath))
	for _, asset := range a.byPath {
		all = append(all, asset)
	}
	slices.SortFunc(all, func(x, y Asset) int { return strings.Compare(x.Path, y.Path) })
	return all
}

// loadAssets reads the embedded files, once for all pages. The style sheets come last, because they
// name the addresses of the fonts.
var loadAssets = sync.OnceValues(func() (*Assets, error) {
	a := &Assets{byName: make(map[string]Asset), byPath: make(map[string]Asset)}
	for _, folder := range []string{"bundle", "fonts", "icons", "js"} {
		entries, err := files.ReadDir(folder)
		if err != nil {
			return nil, fmt.Errorf("ui: load assets: %w", err)
		}
		for _, entry := range entries {
			name := path.Join(folder, entry.Name())
			if assetTypes[path.Ext(name)] == "" {
				continue // a licence
			}
			body, err := files.ReadFile(name)
			if err != nil {
				return nil, fmt.Errorf("ui: load asset %s: %w", name, err)
			}
			a.add(name, body)
		}
	}
	for _, sheet := range []string{"site.css", "focus.css", "search.css", "disclosure.css", "portrait.css", "embed.css", "api.css", "desk.css"} {
		if err := a.addCSS(sheet); err != nil {
			return nil, err
		}
	}
	return a, nil
})

// addCSS adds a style sheet with its parts, and the addresses of the files that it names.
func (a *Assets) addCSS(name string) error {
	css, err := bundleCSS("css/" + name)
	if err != nil {
		return err
	}
	for file, asset := range a.byName {
		css = strings.ReplaceAll(css, "../"+file, asset.Path)
	}
	if strings.Contains(css, "../") {
		return fmt.Errorf("ui: load assets: %s names a file that is not there", name)
	}
	a.add(name, []byte(css))
	return nil
}

func (a *Assets) add(name string, body []byte) {
	sum := sha256.Sum256(body)
	ext := path.Ext(name)
	stem := strings.TrimSuffix(path.Base(name), ext)
	asset := Asset{
		Path:        AssetPrefix + stem + "." + hex.EncodeToString(sum[:6]) + ext,
		ContentType: assetTypes[ext],
		Body:        body,
	}
	a.byName[name] = asset
	a.byPath[asset.Path] = asset
}
