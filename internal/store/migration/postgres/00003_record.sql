-- +goose Up

-- Its one row is made with the first entry.
CREATE TABLE record_head (
    id         BIGINT PRIMARY KEY CHECK (id = 1),
    size       BIGINT NOT NULL,
    edge       TEXT   NOT NULL,
    backfilled BIGINT NOT NULL
);

CREATE TABLE record_entry (
    position BIGINT PRIMARY KEY,
    subject  TEXT   NOT NULL,
    kind     TEXT   NOT NULL,
    number   BIGINT NOT NULL,
    body     TEXT   NOT NULL,
    hashes   TEXT   NOT NULL,
    parts    TEXT
);

CREATE INDEX record_entry_by_subject ON record_entry (subject, position);

CREATE TABLE record_epoch (
    number     BIGINT PRIMARY KEY,
    origin     TEXT   NOT NULL UNIQUE,
    began_at   BIGINT NOT NULL,
    old_origin TEXT   NOT NULL,
    old_size   BIGINT NOT NULL,
    old_root   TEXT   NOT NULL
);

CREATE TABLE record_key (
    number   BIGINT PRIMARY KEY,
    public   TEXT   NOT NULL,
    added_at BIGINT NOT NULL
);

CREATE TABLE record_checkpoint (
    epoch     BIGINT NOT NULL,
    size      BIGINT NOT NULL,
    note      TEXT   NOT NULL,
    signed_at BIGINT NOT NULL,
    PRIMARY KEY (epoch, size)
);

CREATE TABLE record_lease (
    id     BIGINT PRIMARY KEY CHECK (id = 1),
    holder TEXT   NOT NULL,
    until  BIGINT NOT NULL
);
