-- +goose Up

-- What is to happen: results, hearings, votes, deadlines. An instant has at and zone; due_at
-- is the last moment at which it may happen, by which events are listed. With which version
-- of its story readers see it is story_number.
CREATE TABLE event (
    id             INTEGER PRIMARY KEY,
    kind           TEXT    NOT NULL,
    title          TEXT    NOT NULL,
    date_from      TEXT    NOT NULL,
    date_to        TEXT    NOT NULL,
    date_precision TEXT    NOT NULL,
    at             INTEGER,
    zone           TEXT    NOT NULL,
    due_at         INTEGER NOT NULL,
    confirmed      INTEGER NOT NULL,
    place          TEXT    NOT NULL,
    address        TEXT    NOT NULL,
    story_id       INTEGER REFERENCES story (id),
    story_number   INTEGER NOT NULL,
    claim_id       INTEGER REFERENCES claim (id),
    entity_id      INTEGER REFERENCES entity (id),
    deal_id        INTEGER REFERENCES deal (id),
    cancelled      INTEGER NOT NULL,
    released_at    INTEGER,
    sequence       INTEGER NOT NULL,
    created_at     INTEGER NOT NULL,
    created_by     TEXT    NOT NULL,
    changed_at     INTEGER NOT NULL
) STRICT;

CREATE INDEX event_by_due ON event (due_at, id);
CREATE INDEX event_by_entity ON event (entity_id, due_at, id);
CREATE INDEX event_by_deal ON event (deal_id, due_at, id);
CREATE INDEX event_by_story ON event (story_id, id);

-- What an event was before it was moved or cancelled, and whether readers saw it then.
CREATE TABLE event_change (
    id             INTEGER PRIMARY KEY,
    event_id       INTEGER NOT NULL REFERENCES event (id),
    date_from      TEXT    NOT NULL,
    date_to        TEXT    NOT NULL,
    date_precision TEXT    NOT NULL,
    at             INTEGER,
    zone           TEXT    NOT NULL,
    cancelled      INTEGER NOT NULL,
    note           TEXT    NOT NULL,
    shown          INTEGER NOT NULL,
    changed_at     INTEGER NOT NULL,
    changed_by     TEXT    NOT NULL
) STRICT;

CREATE INDEX event_change_by_event ON event_change (event_id, id);

-- Words of a story that somebody said announce no event: the copy desk proposes them no more.
CREATE TABLE not_event (
    story_id INTEGER NOT NULL REFERENCES story (id),
    words    TEXT    NOT NULL,
    said_at  INTEGER NOT NULL,
    said_by  TEXT    NOT NULL,
    PRIMARY KEY (story_id, words)
) STRICT, WITHOUT ROWID;
