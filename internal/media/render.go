package media

import (
	"context"
	"encoding/json"
	"fmt"
	"image"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"standfirst"
	"standfirst/internal/store"
)

// RenderJob makes the renditions of the picture that the job names, stores them and
// touches the pages that show the picture. Doing it again changes nothing.
func (l *Library) RenderJob(ctx context.Context, job standfirst.Job) error {
	var payload standfirst.PictureRendering
	if err := json.Unmarshal(job.Payload, &payload); err != nil {
		return fmt.Errorf("media: render picture: read payload of job %s: %w", job.ID, err)
	}
	if err := l.render(ctx, payload.Picture); err != nil {
		return fmt.Errorf("media: render picture %s: %w", payload.Picture, err)
	}
	return nil
}

func (l *Library) render(ctx context.Context, id standfirst.PictureID) error {
	var p standfirst.Picture
	err := l.store.View(ctx, func(tx *store.ReadTx) (err error) {
		p, err = tx.Picture(id)
		return err
	})
	if standfirst.KindOf(err) == standfirst.NotFound {
		return nil // it was deleted meanwhile
	}
	if err != nil {
		return err
	}
	if l.rendered(p) {
		return nil
	}
	made, err := l.renditions(ctx, p)
	if err != nil {
		return err
	}
	return l.store.Update(ctx, func(tx *store.Tx) error {
		if err := tx.InsertRenditions(id, made); err != nil {
			return err
		}
		tx.Touch(standfirst.PictureTag(id))
		return nil
	})
}

// rendered reports whether all renditions are recorded and there.
func (l *Library) rendered(p standfirst.Picture) bool {
	if len(p.Renditions) != len(widthsOf(p.File)) {
		return false
	}
	return !slices.ContainsFunc(p.Renditions, func(f standfirst.PictureFile) bool {
		_, there := l.files.size(f.Name)
		return !there
	})
}

// renditions makes and stores the renditions of a picture, and returns them,
// narrowest first.
func (l *Library) renditions(ctx context.Context, p standfirst.Picture) ([]standfirst.PictureFile, error) {
	enc, err := encodingOf(p.Format)
	if err != nil {
		return nil, err
	}
	release, err := l.turn(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	m, err := l.load(p.File)
	if err != nil {
		return nil, err
	}
	defer giveBack(pixels(m))
	var made []standfirst.PictureFile
	for _, width := range slices.Backward(widthsOf(p.File)) {
		if err := ctx.Err(); err != nil {
			return nil, context.Cause(ctx)
		}
		// Each is made of the next wider one, which is sharp enough and far smaller
		// than the picture itself.
		m = scale(m, width)
		file, err := l.save(renditionName(p.File.Name, width), enc, m, renditionQuality)
		if err != nil {
			return nil, err
		}
		made = append(made, file)
	}
	slices.Reverse(made)
	return made, nil
}

// load decodes a stored picture.
func (l *Library) load(file standfirst.PictureFile) (image.Image, error) {
	f, err := l.files.Open(file.Name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	d, err := l.limits.decode(file.Name, b)
	return d.image, err
}

// widthsOf returns the widths of the renditions of a picture, narrowest first.
func widthsOf(file standfirst.PictureFile) []int {
	n := 0
	for n < len(standfirst.PictureWidths) && standfirst.PictureWidths[n] <= file.Width {
		n++
	}
	return standfirst.PictureWidths[:n]
}

// renditionName returns the name of a picture's rendition.
func renditionName(name string, width int) string {
	extension := path.Ext(name)
	return strings.TrimSuffix(name, extension) + "-" + strconv.Itoa(width) + extension
}
