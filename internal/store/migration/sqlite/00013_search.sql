-- +goose Up

-- What readers find, a row a thing. The key is in the order of time: the minute of
-- publication, and a number within it.
CREATE TABLE search_doc (
    doc_key   INTEGER PRIMARY KEY,
    kind      TEXT    NOT NULL,
    thing     INTEGER NOT NULL,
    story_id  INTEGER REFERENCES story (id),
    path      TEXT    NOT NULL,
    title     TEXT    NOT NULL,
    summary   TEXT    NOT NULL,
    at        INTEGER NOT NULL,
    retracted INTEGER NOT NULL,
    digest    TEXT    NOT NULL,
    UNIQUE (kind, thing)
) STRICT;

CREATE INDEX search_doc_by_story ON search_doc (story_id, kind) WHERE story_id IS NOT NULL;

-- The words are cut and stemmed before they come here; marks begin with an underscore.
CREATE VIRTUAL TABLE search_index USING fts5 (title, text, marks, content = '', contentless_delete = 1, prefix = '3 4',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* Co' tokenchars '_'");

-- The words of names, for suggestions.
CREATE TABLE search_name (
    word  TEXT    NOT NULL,
    kind  TEXT    NOT NULL,
    thing INTEGER NOT NULL,
    name  TEXT    NOT NULL,
    path  TEXT    NOT NULL,
    PRIMARY KEY (word, kind, thing)
) STRICT, WITHOUT ROWID;

CREATE INDEX search_name_by_thing ON search_name (kind, thing);

-- The words of names with one letter left out, for typing mistakes.
CREATE TABLE search_near (
    variant TEXT NOT NULL,
    word    TEXT NOT NULL,
    PRIMARY KEY (variant, word)
) STRICT, WITHOUT ROWID;

CREATE INDEX search_near_by_word ON search_near (word);

-- How the words were cut when everything was indexed last.
CREATE TABLE search_state (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    analysis TEXT    NOT NULL
) STRICT;
