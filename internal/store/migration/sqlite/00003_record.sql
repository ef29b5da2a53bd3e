-- +goose Up

-- Its one row is made with the first entry.
CREATE TABLE record_head (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    size       INTEGER NOT NULL,
    edge       TEXT    NOT NULL,
    backfilled INTEGER NOT NULL
) STRICT;

CREATE TABLE record_entry (
    position INTEGER PRIMARY KEY,
    subject  TEXT    NOT NULL,
    kind     TEXT    NOT NULL,
    number   INTEGER NOT NULL,
    body     TEXT    NOT NULL,
    hashes   TEXT    NOT NULL,
    parts    TEXT
) STRICT;

CREATE INDEX record_entry_by_subject ON record_entry (subject, position);

CREATE TABLE record_epoch (
    number     INTEGER PRIMARY KEY,
    origin     TEXT    NOT NULL UNIQUE,
    began_at   INTEGER NOT NULL,
    old_origin TEXT    NOT NULL,
    old_size   INTEGER NOT NULL,
    old_root   TEXT    NOT NULL
) STRICT;

CREATE TABLE record_key (
    number   INTEGER PRIMARY KEY,
    public   TEXT    NOT NULL,
    added_at INTEGER NOT NULL
) STRICT;

CREATE TABLE record_checkpoint (
    epoch     INTEGER NOT NULL,
    size      INTEGER NOT NULL,
    note      TEXT    NOT NULL,
    signed_at INTEGER NOT NULL,
    PRIMARY KEY (epoch, size)
) STRICT, WITHOUT ROWID;

CREATE TABLE record_lease (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    holder TEXT    NOT NULL,
    until  INTEGER NOT NULL
) STRICT;
