package store

import "standfirst"

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

// NewestPictures returns at most limit pictures, the newest first.
func (tx *ReadTx) NewestPictures(limit int) ([]standfirst.Picture, error) {
	return all(tx, scanPicture, "NewestPictures", int64(limit))
}

func scanPicture(row scanner) (p standfirst.Picture, err error) {
	var file storedFile
	var renditions []storedFile
	err = row.Scan(&p.ID, &p.Digest, &p.Format, fromJSON{&file}, fromJSON{&renditions}, (*instant)(&p.CreatedAt))
	p.File = standfirst.PictureFile(file)
	p.Renditions = fromFiles(renditions)
	return p, err
}

// InsertPicture stores a new picture. A zero time of creation becomes now. It
// returns a Conflict error if there is one of the same digest.
func (tx *Tx) InsertPicture(p standfirst.Picture) (standfirst.PictureID, error) {
	id, err := one(&tx.ReadTx, scanID[standfirst.PictureID], "InsertPicture",
		p.Digest, p.Format, toJSON(storedFile(p.File)), toJSON(toFiles(p.Renditions)), toMicros(tx.orNow(p.CreatedAt)))
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
