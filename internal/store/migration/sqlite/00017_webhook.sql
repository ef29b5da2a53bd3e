-- +goose Up

-- Programs elsewhere that are told of events.
CREATE TABLE webhook (
    id            INTEGER PRIMARY KEY,
    address       TEXT NOT NULL,
    events        TEXT NOT NULL, -- a JSON list
    secret        TEXT NOT NULL,
    former_secret TEXT NOT NULL DEFAULT '',
    former_until  INTEGER,
    paused        TEXT NOT NULL DEFAULT '', -- why; empty while it is told
    paused_at     INTEGER,
    created_at    INTEGER NOT NULL,
    created_by    TEXT NOT NULL
) STRICT;

-- What they are told, and what became of it.
CREATE TABLE webhook_delivery (
    id         INTEGER PRIMARY KEY,
    webhook_id INTEGER NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
    message    TEXT NOT NULL, -- the identifier that the receiver sees
    event      TEXT NOT NULL,
    subject    TEXT NOT NULL, -- what it is about
    data       TEXT NOT NULL, -- JSON
    created_at INTEGER NOT NULL,
    state      TEXT NOT NULL,
    attempts   INTEGER NOT NULL DEFAULT 0,
    tried_at   INTEGER,
    next_at    INTEGER,
    status     INTEGER NOT NULL DEFAULT 0,
    took       INTEGER NOT NULL DEFAULT 0, -- microseconds
    answer     TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX webhook_delivery_by_webhook ON webhook_delivery (webhook_id, id);
CREATE INDEX webhook_delivery_waiting ON webhook_delivery (webhook_id, subject, id) WHERE state = 'waiting';
CREATE INDEX webhook_delivery_by_age ON webhook_delivery (created_at);

-- Addresses that search engines are to be told of.
CREATE TABLE index_now (
    path       TEXT NOT NULL PRIMARY KEY,
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE publication ADD COLUMN hub TEXT NOT NULL DEFAULT '';
ALTER TABLE publication ADD COLUMN index_now_key TEXT NOT NULL DEFAULT '';
ALTER TABLE publication ADD COLUMN index_now_url TEXT NOT NULL DEFAULT 'https://api.indexnow.org/indexnow';
