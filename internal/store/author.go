package store

import "standfirst"

// Author returns the author with the identifier.
func (tx *ReadTx) Author(id standfirst.AuthorID) (standfirst.Author, error) {
	a, err := one(tx, scanAuthor, "Author", int64(id))
	return a, missing(err, "there is no author %d", id)
}

// AuthorBySlug returns the author at the address.
func (tx *ReadTx) AuthorBySlug(slug standfirst.Slug) (standfirst.Author, error) {
	a, err := one(tx, scanAuthor, "AuthorBySlug", string(slug))
	return a, missing(err, "there is no author at the address %q", slug)
}

// AuthorByName returns the author of the name; case does not matter.
func (tx *ReadTx) AuthorByName(name string) (standfirst.Author, error) {
	a, err := one(tx, scanAuthor, "AuthorByName", nameKey(name))
	return a, missing(err, "there is no author called %q", name)
}

// Authors returns up to limit authors whose names come after the given one, in their order.
func (tx *ReadTx) Authors(after string, limit int) ([]standfirst.Author, error) {
	return all(tx, scanAuthor, "Authors", nameKey(after), int64(limit))
}

// StoryAuthors returns the authors of the listed revision of the story, in its
// order, and none for a story that is not listed.
func (tx *ReadTx) StoryAuthors(id standfirst.StoryID) ([]standfirst.Author, error) {
	return all(tx, scanAuthor, "StoryAuthors", int64(id))
}

// AuthorsOfPicture returns up to limit authors whose picture it is, the first one first.
func (tx *ReadTx) AuthorsOfPicture(id standfirst.PictureID, limit int) ([]standfirst.Author, error) {
	return all(tx, scanAuthor, "AuthorsOfPicture", int64(id), int64(limit))
}

func scanAuthor(row scanner) (a standfirst.Author, err error) {
	err = row.Scan(&a.ID, &a.Slug, &a.Name, &a.Role, &a.Bio, &a.Disclosure, numberInto(&a.Picture), (*instant)(&a.CreatedAt))
	return a, err
}

// InsertAuthor stores a new author. It returns a Conflict error if the name or
// slug is taken. A zero time of creation becomes now.
func (tx *Tx) InsertAuthor(a standfirst.Author) (standfirst.AuthorID, error) {
	id, err := one(&tx.ReadTx, scanID[standfirst.AuthorID], "InsertAuthor",
		string(a.Slug), a.Name, nameKey(a.Name), a.Role, a.Bio, a.Disclosure, toNumber(a.Picture), toMicros(tx.orNow(a.CreatedAt)))
	return id, taken(err, "there is already an author called %q or at the address %q", a.Name, a.Slug)
}

// UpdateAuthor stores everything of the author but the time of creation. It
// returns a Conflict error if the name or slug is another's.
func (tx *Tx) UpdateAuthor(a standfirst.Author) error {
	_, err := one(&tx.ReadTx, scanID[standfirst.AuthorID], "AuthorTaken", int64(a.ID), string(a.Slug), nameKey(a.Name))
	if err == nil {
		return standfirst.Errorf(standfirst.Conflict, "there is already another author called %q or at the address %q", a.Name, a.Slug)
	}
	if err != errNoRow {
		return err
	}
	changed, err := tx.exec("UpdateAuthor", string(a.Slug), a.Name, nameKey(a.Name), a.Role, a.Bio, a.Disclosure, toNumber(a.Picture), int64(a.ID))
	if err == nil && changed == 0 {
		err = errNoRow
	}
	return missing(err, "there is no author %d", a.ID)
}
