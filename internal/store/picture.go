package store

import (
	"time"

	"standfirst"
)

type storedFile struct {
	Name   string `json:"name"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
	Bytes  int64  `json:"bytes"`
}

func toFiles(files []standfirst.PictureFile) []storedFile {
	stored := make([]storedFile, 0, len(files))
	for _, f := range files {
		stored = append(stored, storedFile(f))
	}
	return stored
}

func fromFiles(stored []storedFile) []standfirst.PictureFile {
	var files []standfirst.PictureFile
	for _, f := range stored {
		files = append(files, standfirst.PictureFile(f))
	}
	return files
}

// Picture returns the picture with its renditions.
func (tx *ReadTx) Picture(id standfirst.PictureID) (standfirst.Picture, error) {
	p, err := one(tx, scanPicture, "Picture", int64(id))
	return p, missing(err, "there is no picture %d", id)
}

// PictureByDigest returns the picture that was made of the file with the digest,
// in lower-case hexadecimal.
func (tx *ReadTx) PictureByDigest(digest string) (standfirst.Picture, error) {
	p, err := one(tx, scanPicture, "PictureByDigest", digest)
	return p, missing(err, "there is no picture of the file %s", digest)
}

// Pictures returns at most limit pictures with a greater number, the smallest
// first; after is zero for the first.
func (tx *ReadTx) Pictures(after standfirst.PictureID, limit int) ([]standfirst.Picture, error) {
	return all(tx, scanPicture, "Pictures", int64(after), int64(limit))
}

// NewestPictures returns at most limit pictures, the newest first. A list goes on with
// those before the last one it showed; it begins with before = 0.
func (tx *ReadTx) NewestPictures(before standfirst.PictureID, limit int) ([]standfirst.Picture, error) {
	return all(tx, scanPicture, "NewestPictures", belowID(before), int64(limit))
}

// PicturesBy returns at most limit pictures that the actor added, the newest first, as
// [ReadTx.NewestPictures] does.
func (tx *ReadTx) PicturesBy(actor string, before standfirst.PictureID, limit int) ([]standfirst.Picture, error) {
	return all(tx, scanPicture, "PicturesBy", actor, belowID(before), int64(limit))
}

// PicturesByID returns those of the pictures that are stored, the oldest first.
func (tx *ReadTx) PicturesByID(ids []standfirst.PictureID) ([]standfirst.Picture, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return all(tx, scanPicture, "PicturesByID", toList(ids))
}

// PictureUses returns at most limit stories that use the picture, the newest story first. A
// list goes on with those before the last one it showed; it begins with before = 0.
func (tx *ReadTx) PictureUses(id standfirst.PictureID, before standfirst.StoryID, limit int) ([]standfirst.PictureUse, error) {
	return all(tx, func(row scanner) (u standfirst.PictureUse, err error) {
		var first, last int64 // revisions; the working copy counts as number 0
		err = row.Scan(&u.Story, &first, &last)
		u.Draft, u.Version = first == 0, last > 0
		return u, err
	}, "PictureUses", int64(id), belowID(before), int64(limit))
}

func scanPicture(row scanner) (p standfirst.Picture, err error) {
	var file storedFile
	var renditions []storedFile
	err = row.Scan(&p.ID, &p.Digest, &p.Format, fromJSON{&file}, fromJSON{&renditions}, &p.Name, &p.Alt, &p.Caption, &p.Credit, &p.Licence,
		&p.Focus.X, &p.Focus.Y, (*instant)(&p.CreatedAt), &p.CreatedBy)
	p.File = standfirst.PictureFile(file)
	p.Renditions = fromFiles(renditions)
	return p, err
}

// InsertPicture stores a new picture, under a number that no other had. A zero time of
// creation becomes now. It returns a Conflict error if there is one of the same digest.
func (tx *Tx) InsertPicture(p standfirst.Picture) (standfirst.PictureID, error) {
	id, err := one(&tx.ReadTx, scanID[standfirst.PictureID], "InsertPicture",
		p.Digest, p.Format, toJSON(storedFile(p.File)), toJSON(toFiles(p.Renditions)), p.Name, p.Alt, p.Caption, p.Credit, p.Licence,
		int64(p.Focus.X), int64(p.Focus.Y), toMicros(tx.orNow(p.CreatedAt)), p.CreatedBy)
	return id, taken(err, "the picture of the file %s is already stored", p.Digest)
}

// InsertRenditions stores the renditions of the picture, narrowest first, over any
// that it had.
func (tx *Tx) InsertRenditions(id standfirst.PictureID, files []standfirst.PictureFile) error {
	changed, err := tx.exec("InsertRenditions", toJSON(toFiles(files)), int64(id))
	if err == nil && changed == 0 {
		err = errNoRow
	}
	return missing(err, "there is no picture %d", id)
}

// DescribePicture stores what is said of the picture, and its focus.
func (tx *Tx) DescribePicture(id standfirst.PictureID, words standfirst.PictureWords, focus standfirst.Focus) error {
	changed, err := tx.exec("DescribePicture", words.Alt, words.Caption, words.Credit, words.Licence, int64(focus.X), int64(focus.Y), int64(id))
	if err == nil && changed == 0 {
		err = errNoRow
	}
	return missing(err, "there is no picture %d", id)
}

// DeletePicture removes the row of a picture that nothing uses. Its number is not given to
// another.
func (tx *Tx) DeletePicture(id standfirst.PictureID) error {
	if _, err := tx.exec("InsertPictureGone", toMicros(tx.orNow(time.Time{})), int64(id)); err != nil {
		return err
	}
	changed, err := tx.exec("DeletePicture", int64(id))
	if err == nil && changed == 0 {
		err = errNoRow
	}
	return missing(err, "there is no picture %d", id)
}

// usePictures records which stored pictures a text uses: the working copy of the story for a
// zero revision.
func (tx *Tx) usePictures(story standfirst.StoryID, revision standfirst.RevisionID, c standfirst.Content) error {
	used := c.Pictures()
	if len(used) == 0 {
		return nil
	}
	_, err := tx.exec("InsertPictureUses", int64(story), int64(revision), toList(used))
	return err
}

// forgetUses removes what usePictures recorded.
func (tx *Tx) forgetUses(story standfirst.StoryID, revision standfirst.RevisionID) error {
	_, err := tx.exec("DeletePictureUses", int64(story), int64(revision))
	return err
}
