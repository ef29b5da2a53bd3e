package store

import (
	"math"
	"time"

	"standfirst"
)

// SearchDoc is one thing that readers find.
type SearchDoc struct {
	Key       int64 // in the order of time; given by [Tx.PutSearchDoc]
	Kind      standfirst.SearchKind
	Thing     int64              // its identifier
	Story     standfirst.StoryID // of a comment, under which story it stands; else zero
	Path      string
	Title     string
	Summary   string // what is shown of it; of a story, the sentence under its headline
	At        time.Time
	Retracted bool
	// Digest is of everything that is indexed: what has not changed is not written again.
	Digest string
}

// SearchWords are the words under which a thing is found, cut and stemmed: letters, digits
// and combining marks alone. Marks begin with an underscore and a letter other than t, and
// are found as a whole.
type SearchWords struct{ Title, Text, Marks []string }

// The key of a document is its minute and a number within it, so that the order of keys is
// that of time and the index is walked from the newest without sorting.
const (
	searchKeysPerMinute = 1 << 12
	secondsPerMinute    = 60
)

// searchKeyAt returns the first key of the minute.
func searchKeyAt(at time.Time) int64 { return max(at.Unix()/secondsPerMinute, 0) * searchKeysPerMinute }

// PutSearchDoc makes the thing be found by the words, and by no others. The key of the
// document is given here.
func (tx *Tx) PutSearchDoc(d SearchDoc, w SearchWords) error {
	old, err := tx.searchDoc(d.Kind, d.Thing)
	if err != nil && err != errNoRow {
		return err
	}
	if err == nil {
		if old.Digest == d.Digest {
			return nil
		}
		if err := tx.deleteSearchDoc(old.Key); err != nil {
			return err
		}
	}
	if err == nil && searchKeyAt(old.At) == searchKeyAt(d.At) {
		d.Key = old.Key
	} else if d.Key, err = tx.freeSearchKey(searchKeyAt(d.At), d.Thing); err != nil {
		return err
	}
	_, err = tx.exec("InsertSearchDoc", d.Key, string(d.Kind), d.Thing, toNumber(d.Story), d.Path, d.Title, d.Summary,
		d.At.UnixMicro(), toFlag(d.Retracted), d.Digest)
	if err != nil {
		return err
	}
	_, err = tx.exec("InsertSearchWords", append([]any{d.Key}, w.columns(tx.engine)...)...)
	return err
}

// freeSearchKey returns a key of the minute that begins with base, or where that is full
// one of those after it.
func (tx *Tx) freeSearchKey(base, thing int64) (int64, error) {
	key := base + thing%searchKeysPerMinute // things that come at once are not in each other's way
	if _, err := one(&tx.ReadTx, scanID[int64], "SearchKeyTaken", key); err != nil {
		if err == errNoRow {
			return key, nil
		}
		return 0, err
	}
	for span := int64(searchKeysPerMinute); ; span *= 2 {
		last, err := one(&tx.ReadTx, scanID[int64], "LastSearchKey", base, base+span)
		switch {
		case err == errNoRow:
			return base, nil
		case err != nil:
			return 0, err
		case last+1 < base+span:
			return last + 1, nil
		}
	}
}

// DeleteSearchDoc makes the thing not be found any more.
func (tx *Tx) DeleteSearchDoc(kind standfirst.SearchKind, thing int64) error {
	old, err := tx.searchDoc(kind, thing)
	if err == errNoRow {
		return nil
	}
	if err != nil {
		return err
	}
	return tx.deleteSearchDoc(old.Key)
}

func (tx *Tx) deleteSearchDoc(key int64) error {
	if _, err := tx.exec("DeleteSearchDoc", key); err != nil {
		return err
	}
	_, err := tx.exec("DeleteSearchWords", key)
	return err
}

// DeleteSearchComments makes the comments under the story not be found any more, and
// returns how many those were.
func (tx *Tx) DeleteSearchComments(story standfirst.StoryID) (int, error) {
	found, err := all(&tx.ReadTx, scanSearchDoc, "SearchDocsOfStory", int64(story), string(standfirst.FindComment), int64(math.MaxInt32))
	for _, d := range found {
		if err := tx.deleteSearchDoc(d.Key); err != nil {
			return 0, err
		}
	}
	return len(found), err
}

// SearchDoc returns what is found of the thing.
func (tx *ReadTx) SearchDoc(kind standfirst.SearchKind, thing int64) (SearchDoc, error) {
	d, err := tx.searchDoc(kind, thing)
	return d, missing(err, "the %s %d is not found", kind, thing)
}

// searchDoc returns what is found of the thing, and errNoRow if it is not found.
func (tx *ReadTx) searchDoc(kind standfirst.SearchKind, thing int64) (SearchDoc, error) {
	return one(tx, scanSearchDoc, "SearchDoc", string(kind), thing)
}

func scanSearchDoc(row scanner) (d SearchDoc, err error) {
	err = row.Scan(&d.Key, textInto(&d.Kind), &d.Thing, numberInto(&d.Story), &d.Path, &d.Title, &d.Summary,
		(*instant)(&d.At), (*flag)(&d.Retracted), &d.Digest)
	return d, err
}

// SearchQuery says what is looked for.
type SearchQuery struct {
	Match   SearchMatch
	Without []SearchMatch // nothing that any of them finds
	// Before is the key before which is looked, zero for all. From is the first moment that
	// counts and To the first that does not any more, to the minute; zero for no bound.
	Before   int64
	From, To time.Time
}

// SearchMatch finds what each of its groups finds by one of its terms.
type SearchMatch [][]SearchTerm

// SearchTerm is words that stand one after the other, or a mark.
type SearchTerm struct {
	Words  []string
	Prefix bool // the last one is the beginning of a word
	Title  bool // in the title alone
}

// SearchKeys returns the keys of the newest limit documents that the query finds. A query
// that says nothing finds nothing.
func (tx *ReadTx) SearchKeys(q SearchQuery, limit int) ([]int64, error) {
	text := q.text(tx.engine)
	if text == "" {
		return nil, nil
	}
	before, from := q.Before, int64(0)
	if before == 0 {
		before = math.MaxInt64
	}
	if !q.To.IsZero() {
		before = min(before, searchKeyAt(q.To))
	}
	if !q.From.IsZero() {
		from = searchKeyAt(q.From)
	}
	if tx.engine == Postgres {
		if found, err := tx.newestSearchKeys(text, before, from, limit); err != nil || len(found) == limit {
			return found, err
		}
	}
	return all(tx, scanID[int64], "SearchKeys", text, before, from, int64(limit))
}

// newestLookedAt is how many of the newest documents PostgreSQL looks at first. Its index of
// words has no order: it reads all that have the word and sorts them, which is for words that
// few have. What many have is found sooner among the newest.
const newestLookedAt = 400

// newestSearchKeys returns what is found among the newest documents before the key.
func (tx *ReadTx) newestSearchKeys(text string, before, from int64, limit int) ([]int64, error) {
	err := tx.each(func(scanner) error { return nil }, "SearchPlan")
	if err != nil {
		return nil, err
	}
	return all(tx, scanID[int64], "SearchNewestKeys", before, from, int64(newestLookedAt), text, int64(limit))
}

// SearchDocs returns those of the documents that there are, the newest first.
func (tx *ReadTx) SearchDocs(keys []int64) ([]SearchDoc, error) {
	return all(tx, scanSearchDoc, "SearchDocs", toList(keys))
}
