package store

import (
	"slices"

	"standfirst"
)

// SearchName is one word of the name of something that is suggested.
type SearchName struct {
	Word  string // in lower case, without marks on its letters
	Kind  standfirst.SearchKind
	Thing int64
	Name  string
	Path  string
}

// PutSearchNames makes the thing be suggested by these words and no others; all of them are
// of its kind and number. With none it is not suggested any more.
func (tx *Tx) PutSearchNames(kind standfirst.SearchKind, thing int64, names []SearchName) error {
	names = slices.Clone(names)
	slices.SortFunc(names, func(a, b SearchName) int {
		if a.Word < b.Word {
			return -1
		}
		if a.Word > b.Word {
			return 1
		}
		return 0
	})
	names = slices.CompactFunc(names, func(a, b SearchName) bool { return a.Word == b.Word })
	old, err := all(&tx.ReadTx, scanSearchName, "SearchNamesOf", string(kind), thing)
	if err != nil || slices.Equal(old, names) {
		return err
	}
	if _, err := tx.exec("DeleteSearchNames", string(kind), thing); err != nil {
		return err
	}
	for _, n := range names {
		if _, err := tx.exec("InsertSearchName", n.Word, string(kind), thing, n.Name, n.Path); err != nil {
			return err
		}
		for _, variant := range NearWords(n.Word) {
			if _, err := tx.exec("InsertSearchNear", variant, n.Word); err != nil {
				return err
			}
		}
	}
	for _, n := range old {
		if !slices.ContainsFunc(names, func(now SearchName) bool { return now.Word == n.Word }) {
			if _, err := tx.exec("DeleteSearchNear", n.Word); err != nil {
				return err
			}
		}
	}
	return nil
}

// nearLength is that of the shortest word in which a typing mistake is looked for, in letters.
const nearLength = 4

// NearWords returns the word and each that is it with one letter left out, or nothing for
// one that is too short: two words of which these meet are one or two mistakes apart.
func NearWords(word string) []string {
	letters := []rune(word)
	if len(letters) < nearLength || len(letters) > 40 {
		return nil
	}
	near := []string{word}
	for i := range letters {
		if i > 0 && letters[i] == letters[i-1] {
			continue
		}
		near = append(near, string(letters[:i])+string(letters[i+1:]))
	}
	return near
}

// SearchNames returns up to limit words of names that begin with the letters, by word.
func (tx *ReadTx) SearchNames(prefix string, limit int) ([]SearchName, error) {
	return all(tx, scanSearchName, "SearchNames", prefix, prefix+"\U0010ffff", int64(limit))
}

// SearchNear returns up to limit words of names that may be meant by the word.
func (tx *ReadTx) SearchNear(word string, limit int) ([]string, error) {
	variants := NearWords(word)
	if len(variants) == 0 {
		return nil, nil
	}
	return all(tx, scanText, "SearchNear", toList(variants), int64(limit))
}

func scanSearchName(row scanner) (n SearchName, err error) {
	err = row.Scan(&n.Word, textInto(&n.Kind), &n.Thing, &n.Name, &n.Path)
	return n, err
}

// SearchAnalysis returns how the words were cut when everything was indexed last, and ""
// before that.
func (tx *ReadTx) SearchAnalysis() (string, error) {
	analysis, err := one(tx, scanText, "SearchAnalysis")
	if err == errNoRow {
		return "", nil
	}
	return analysis, err
}

// PutSearchAnalysis stores how the words were cut when everything was indexed.
func (tx *Tx) PutSearchAnalysis(analysis string) error {
	_, err := tx.exec("PutSearchAnalysis", analysis)
	return err
}

// StoriesToIndex returns the next limit stories after the one given, whatever their state,
// and the functions after it the same of other things.
func (tx *ReadTx) StoriesToIndex(after standfirst.StoryID, limit int) ([]standfirst.StoryID, error) {
	return all(tx, scanID[standfirst.StoryID], "StoriesToIndex", int64(after), int64(limit))
}

// DealsToIndex returns deals, see [ReadTx.StoriesToIndex].
func (tx *ReadTx) DealsToIndex(after standfirst.DealID, limit int) ([]standfirst.DealID, error) {
	return all(tx, scanID[standfirst.DealID], "DealsToIndex", int64(after), int64(limit))
}

// EntitiesToIndex returns entities, see [ReadTx.StoriesToIndex].
func (tx *ReadTx) EntitiesToIndex(after standfirst.EntityID, limit int) ([]standfirst.EntityID, error) {
	return all(tx, scanID[standfirst.EntityID], "EntitiesToIndex", int64(after), int64(limit))
}

// ClaimsToIndex returns claims, see [ReadTx.StoriesToIndex].
func (tx *ReadTx) ClaimsToIndex(after standfirst.ClaimID, limit int) ([]standfirst.ClaimID, error) {
	return all(tx, scanID[standfirst.ClaimID], "ClaimsToIndex", int64(after), int64(limit))
}

// CommentsToIndex returns comments, see [ReadTx.StoriesToIndex].
func (tx *ReadTx) CommentsToIndex(after standfirst.CommentID, limit int) ([]standfirst.CommentID, error) {
	return all(tx, scanID[standfirst.CommentID], "CommentsToIndex", int64(after), int64(limit))
}

// CommentsNotIndexed returns the next limit comments after the one given that have a place in
// their thread and are not found.
func (tx *ReadTx) CommentsNotIndexed(after standfirst.CommentID, limit int) ([]standfirst.CommentID, error) {
	return all(tx, scanID[standfirst.CommentID], "CommentsNotIndexed", int64(after), string(standfirst.FindComment), int64(limit))
}

// SectionsToIndex returns sections, see [ReadTx.StoriesToIndex].
func (tx *ReadTx) SectionsToIndex(after standfirst.SectionID, limit int) ([]standfirst.SectionID, error) {
	return all(tx, scanID[standfirst.SectionID], "SectionsToIndex", int64(after), int64(limit))
}

// AuthorsToIndex returns authors, see [ReadTx.StoriesToIndex].
func (tx *ReadTx) AuthorsToIndex(after standfirst.AuthorID, limit int) ([]standfirst.AuthorID, error) {
	return all(tx, scanID[standfirst.AuthorID], "AuthorsToIndex", int64(after), int64(limit))
}
