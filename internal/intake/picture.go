package intake

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"standfirst"
	"standfirst/internal/media"
	"standfirst/internal/store"
)

// addPicture takes in the picture that the text names. The messages name both files.
func (f *filing) addPicture(ctx context.Context) error {
	p := f.Content.Picture
	if p == nil {
		return nil
	}
	use := *p
	f.Content.Picture = &use
	if use.ID != 0 {
		return f.intake.store.View(ctx, func(tx *store.ReadTx) error {
			_, err := tx.Picture(use.ID)
			return err
		})
	}
	picture, err := f.openPicture()
	if err != nil {
		return err
	}
	defer func() { _ = picture.Close() }() // it was only read
	stored, err := f.intake.media.Add(ctx, f.actor, f.PictureFile, picture)
	if err != nil {
		return err
	}
	use.ID = stored.ID
	words := standfirst.PictureWords{Alt: use.Alt, Caption: use.Caption, Credit: use.Credit}
	if stored.PictureWords != (standfirst.PictureWords{}) || words == stored.PictureWords || media.MayChange(f.actor, stored) != nil {
		return nil
	}
	return f.intake.media.Describe(ctx, f.actor, stored.ID, words, stored.Focus, "") // what is said of it first is kept with it
}

// openPicture opens the picture in the folder of the text; nothing outside it can
// be reached, neither by a path nor through a link.
func (f *filing) openPicture() (fs.File, error) {
	file := path.Clean(f.PictureFile)
	if path.IsAbs(file) || filepath.IsAbs(file) || file == ".." || strings.HasPrefix(file, "../") || !fs.ValidPath(file) {
		return nil, standfirst.Errorf(standfirst.Invalid, "the picture %s must lie in the folder of the text, or below it", f.PictureFile)
	}
	folder := f.options.Folder
	if folder == nil {
		if info, err := os.Stat(f.name); err != nil || info.IsDir() {
			return nil, standfirst.Errorf(standfirst.Invalid, "the picture %s cannot be looked for, because the text is not in a file", f.PictureFile)
		}
		root, err := os.OpenRoot(filepath.Dir(f.name))
		if err != nil {
			return nil, f.pictureError(err)
		}
		defer func() { _ = root.Close() }() // an open file outlives its root
		folder = root.FS()
	}
	picture, err := folder.Open(file)
	if err != nil {
		return nil, f.pictureError(err)
	}
	if info, err := picture.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, errors.Join(f.pictureError(errors.New("it is no file")), picture.Close())
	}
	return picture, nil
}

func (f *filing) pictureError(err error) error {
	return standfirst.WrapError(standfirst.Invalid, err, "the picture %s cannot be read: %s", f.PictureFile, reason(err))
}
