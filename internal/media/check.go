package media

import (
	"context"
	"fmt"

	"standfirst"
	"standfirst/internal/store"
)

// Missing returns the names of the files that the database knows and the folder
// does not have as they were stored: missing, or of another size. It looks at every picture once.
func (l *Library) Missing(ctx context.Context) ([]string, error) {
	const page = 500
	var missing []string
	for after := standfirst.PictureID(0); ; {
		var pictures []standfirst.Picture
		err := l.store.View(ctx, func(tx *store.ReadTx) (err error) {
			pictures, err = tx.Pictures(after, page)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("media: look for missing files: %w", err)
		}
		for _, p := range pictures {
			for _, f := range append(p.Renditions, p.File) {
				if size, ok := l.files.size(f.Name); !ok || size != f.Bytes {
					missing = append(missing, f.Name)
				}
			}
			after = p.ID
		}
		if len(pictures) < page {
			return missing, nil
		}
	}
}
