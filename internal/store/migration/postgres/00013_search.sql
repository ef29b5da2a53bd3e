-- +goose Up

-- What readers find, a row a thing. The key is in the order of time: the minute of
-- publication, and a number within it.
CREATE TABLE search_doc (
    doc_key   BIGINT PRIMARY KEY,
    kind      TEXT    NOT NULL,
    thing     BIGINT NOT NULL,
    story_id  BIGINT REFERENCES story (id),
    path      TEXT    NOT NULL,
    title     TEXT    NOT NULL,
    summary   TEXT    NOT NULL,
    at        BIGINT NOT NULL,
    retracted BIGINT NOT NULL,
    digest    TEXT    NOT NULL,
    UNIQUE (kind, thing)
);

CREATE INDEX search_doc_by_story ON search_doc (story_id, kind) WHERE story_id IS NOT NULL;

-- The words are cut and stemmed before they come here; marks begin with an underscore.
-- Insertions that wait in a list would be read by every search.
CREATE TABLE search_index (
    doc_key BIGINT   PRIMARY KEY,
    words   TSVECTOR NOT NULL
);

CREATE INDEX search_index_by_words ON search_index USING gin (words) WITH (fastupdate = off);

-- The words of names, for suggestions.
CREATE TABLE search_name (
    word  TEXT COLLATE "C" NOT NULL,
    kind  TEXT    NOT NULL,
    thing BIGINT NOT NULL,
    name  TEXT    NOT NULL,
    path  TEXT    NOT NULL,
    PRIMARY KEY (word, kind, thing)
);

CREATE INDEX search_name_by_thing ON search_name (kind, thing);

-- The words of names with one letter left out, for typing mistakes.
CREATE TABLE search_near (
    variant TEXT COLLATE "C" NOT NULL,
    word    TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (variant, word)
);

CREATE INDEX search_near_by_word ON search_near (word);

-- How the words were cut when everything was indexed last.
CREATE TABLE search_state (
    id       BIGINT PRIMARY KEY CHECK (id = 1),
    analysis TEXT    NOT NULL
);
