-- +goose Up

CREATE TABLE publication (
    id              INTEGER PRIMARY KEY CHECK (id = 1),
    name            TEXT    NOT NULL,
    description     TEXT    NOT NULL,
    base_url        TEXT    NOT NULL,
    time_zone       TEXT    NOT NULL,
    language        TEXT    NOT NULL,
    address_pattern TEXT    NOT NULL,
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL
) STRICT;

CREATE TABLE section (
    id       INTEGER PRIMARY KEY,
    slug     TEXT    NOT NULL UNIQUE,
    name     TEXT    NOT NULL,
    name_key TEXT    NOT NULL UNIQUE,
    position INTEGER NOT NULL
) STRICT;

CREATE TABLE topic (
    id       INTEGER PRIMARY KEY,
    slug     TEXT    NOT NULL UNIQUE,
    name     TEXT    NOT NULL,
    name_key TEXT    NOT NULL UNIQUE
) STRICT;

CREATE TABLE author (
    id         INTEGER PRIMARY KEY,
    slug       TEXT    NOT NULL UNIQUE,
    name       TEXT    NOT NULL,
    name_key   TEXT    NOT NULL UNIQUE,
    role       TEXT    NOT NULL,
    bio        TEXT    NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE picture (
    id         INTEGER PRIMARY KEY,
    digest     TEXT    NOT NULL UNIQUE,
    format     TEXT    NOT NULL,
    file       TEXT    NOT NULL,
    renditions TEXT    NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE story (
    id                  INTEGER PRIMARY KEY,
    kind                TEXT    NOT NULL,
    state               TEXT    NOT NULL,
    access              TEXT    NOT NULL,
    section_id          INTEGER REFERENCES section (id),
    slug                TEXT    NOT NULL,
    slug_chosen         INTEGER NOT NULL,
    day                 TEXT,
    first_published_at  INTEGER,
    updated_at          INTEGER,
    current_revision_id INTEGER REFERENCES revision (id),
    published_number    INTEGER NOT NULL,
    headline            TEXT    NOT NULL,
    retraction_note     TEXT    NOT NULL,
    foreign_id          TEXT    NOT NULL,
    feed_guid           TEXT    NOT NULL,
    original_date       INTEGER,
    created_at          INTEGER NOT NULL,
    created_by          TEXT    NOT NULL
) STRICT;

CREATE UNIQUE INDEX story_by_day_and_slug ON story (day, slug) WHERE day IS NOT NULL;
CREATE UNIQUE INDEX story_by_page_slug ON story (slug) WHERE kind = 'page';
CREATE INDEX story_by_state ON story (state, id);
CREATE INDEX story_by_kind ON story (kind, id);
CREATE INDEX story_by_kind_and_state ON story (kind, state, id);

CREATE TABLE working_copy (
    story_id   INTEGER PRIMARY KEY REFERENCES story (id),
    version    INTEGER NOT NULL,
    headline   TEXT    NOT NULL,
    standfirst TEXT    NOT NULL,
    body       TEXT    NOT NULL,
    rest       TEXT    NOT NULL,
    updated_at INTEGER NOT NULL,
    updated_by TEXT    NOT NULL
) STRICT;

CREATE TABLE revision (
    id           INTEGER PRIMARY KEY,
    story_id     INTEGER NOT NULL REFERENCES story (id),
    number       INTEGER,
    purpose      TEXT    NOT NULL,
    headline     TEXT    NOT NULL,
    standfirst   TEXT    NOT NULL,
    body         TEXT    NOT NULL,
    rest         TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    created_by   TEXT    NOT NULL,
    published_at INTEGER,
    change_class TEXT    NOT NULL,
    change_note  TEXT    NOT NULL,
    UNIQUE (story_id, number)
) STRICT;

CREATE INDEX revision_by_story ON revision (story_id, id);

CREATE TABLE listing (
    story_id   INTEGER PRIMARY KEY REFERENCES story (id),
    state      TEXT    NOT NULL,
    path       TEXT    NOT NULL,
    day        TEXT    NOT NULL,
    section_id INTEGER REFERENCES section (id),
    headline   TEXT    NOT NULL,
    standfirst TEXT    NOT NULL,
    bylines    TEXT    NOT NULL,
    picture_id INTEGER REFERENCES picture (id),
    picture    TEXT,
    listed_at  INTEGER NOT NULL,
    updated_at INTEGER
) STRICT;

CREATE INDEX listing_by_time ON listing (listed_at, story_id);
CREATE INDEX listing_by_section ON listing (section_id, listed_at, story_id);
CREATE INDEX listing_by_day ON listing (day, listed_at, story_id);

CREATE TABLE listing_topic (
    topic_id  INTEGER NOT NULL REFERENCES topic (id),
    listed_at INTEGER NOT NULL,
    story_id  INTEGER NOT NULL REFERENCES story (id),
    position  INTEGER NOT NULL,
    PRIMARY KEY (topic_id, listed_at, story_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX listing_topic_by_story ON listing_topic (story_id, position);

CREATE TABLE listing_author (
    author_id INTEGER NOT NULL REFERENCES author (id),
    listed_at INTEGER NOT NULL,
    story_id  INTEGER NOT NULL REFERENCES story (id),
    position  INTEGER NOT NULL,
    PRIMARY KEY (author_id, listed_at, story_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX listing_author_by_story ON listing_author (story_id, position);

CREATE TABLE old_address (
    path   TEXT PRIMARY KEY,
    target TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX old_address_by_target ON old_address (target) WHERE target IS NOT NULL;

CREATE TABLE schedule (
    story_id    INTEGER PRIMARY KEY REFERENCES story (id),
    revision_id INTEGER NOT NULL REFERENCES revision (id),
    due_at      INTEGER NOT NULL
) STRICT;

CREATE INDEX schedule_by_time ON schedule (due_at, story_id);

CREATE TABLE filing (
    digest   TEXT PRIMARY KEY,
    story_id INTEGER NOT NULL REFERENCES story (id),
    filed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE job (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    kind         TEXT    NOT NULL,
    payload      TEXT    NOT NULL,
    unique_key   TEXT    UNIQUE,
    run_at       INTEGER NOT NULL,
    due_at       INTEGER NOT NULL,
    attempts     INTEGER NOT NULL,
    max_attempts INTEGER NOT NULL,
    last_error   TEXT    NOT NULL,
    leased_by    TEXT,
    again        INTEGER NOT NULL,
    set_aside_at INTEGER
) STRICT;

CREATE INDEX job_by_due_time ON job (due_at, id) WHERE set_aside_at IS NULL;
CREATE INDEX job_set_aside ON job (set_aside_at) WHERE set_aside_at IS NOT NULL;

CREATE TABLE audit (
    id         INTEGER PRIMARY KEY,
    at         INTEGER NOT NULL,
    actor_kind TEXT    NOT NULL,
    actor_id   INTEGER NOT NULL,
    actor_name TEXT    NOT NULL,
    actor_role TEXT    NOT NULL,
    action     TEXT    NOT NULL,
    object     TEXT    NOT NULL,
    detail     TEXT    NOT NULL
) STRICT;

CREATE INDEX audit_by_object ON audit (object, id);

CREATE TABLE touched (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    origin TEXT    NOT NULL,
    tags   TEXT    NOT NULL,
    jobs   INTEGER NOT NULL,
    at     INTEGER NOT NULL
) STRICT;
