-- +goose Up

-- A story that was handed to an editor, and what came of it.
CREATE TABLE review (
    story_id     INTEGER PRIMARY KEY REFERENCES story (id),
    stage        TEXT    NOT NULL,
    assignee_id  INTEGER REFERENCES staff (id),
    note         TEXT    NOT NULL,
    asked_by     TEXT    NOT NULL,
    asked_name   TEXT    NOT NULL,
    asked_at     INTEGER NOT NULL,
    decided_by   TEXT    NOT NULL,
    decided_name TEXT    NOT NULL,
    decided_at   INTEGER,
    reason       TEXT    NOT NULL,
    version      INTEGER NOT NULL
) STRICT;

CREATE INDEX review_by_assignee ON review (assignee_id, asked_at, story_id) WHERE stage = 'asked';
CREATE INDEX review_of_changes ON review (asked_by, decided_at, story_id) WHERE stage = 'changes asked';

-- What the desk says of a story among itself. An answer has a thread.
CREATE TABLE note (
    id            INTEGER PRIMARY KEY,
    story_id      INTEGER NOT NULL REFERENCES story (id),
    thread_id     INTEGER REFERENCES note (id),
    before        TEXT    NOT NULL,
    words         TEXT    NOT NULL,
    after         TEXT    NOT NULL,
    text          TEXT    NOT NULL,
    for_actor     TEXT    NOT NULL,
    written_by    TEXT    NOT NULL,
    written_name  TEXT    NOT NULL,
    written_at    INTEGER NOT NULL,
    resolved_by   TEXT    NOT NULL,
    resolved_name TEXT    NOT NULL,
    resolved_at   INTEGER
) STRICT;

CREATE INDEX note_by_story ON note (story_id, id);
CREATE INDEX note_by_thread ON note (thread_id) WHERE thread_id IS NOT NULL;
CREATE INDEX note_open ON note (for_actor, written_at, id) WHERE resolved_at IS NULL;

CREATE TABLE embargo (
    story_id INTEGER PRIMARY KEY REFERENCES story (id),
    until    INTEGER NOT NULL,
    note     TEXT    NOT NULL,
    set_by   TEXT    NOT NULL,
    set_name TEXT    NOT NULL,
    set_at   INTEGER NOT NULL
) STRICT;

CREATE TABLE edit_lock (
    story_id   INTEGER PRIMARY KEY REFERENCES story (id),
    holder     TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    since      INTEGER NOT NULL,
    renewed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE preview (
    id         INTEGER PRIMARY KEY,
    token      TEXT    NOT NULL UNIQUE,
    story_id   INTEGER NOT NULL REFERENCES story (id),
    made_by    TEXT    NOT NULL,
    made_name  TEXT    NOT NULL,
    made_at    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX preview_by_story ON preview (story_id, id);
CREATE INDEX preview_by_expiry ON preview (expires_at);

-- What editors stand for of what anonymous sources told.
CREATE TABLE source_approval (
    version_id    INTEGER PRIMARY KEY REFERENCES claim_version (id),
    story_id      INTEGER NOT NULL REFERENCES story (id),
    approved_by   TEXT    NOT NULL,
    approved_name TEXT    NOT NULL,
    approved_at   INTEGER NOT NULL
) STRICT;
