-- +goose Up

-- Somebody who reads and writes comments. A guest has an address that nobody confirmed,
-- and loses it when it was kept for as long as the form said.
CREATE TABLE reader (
    id           INTEGER PRIMARY KEY,
    email        TEXT    UNIQUE,
    name         TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    seen_at      INTEGER NOT NULL,
    confirmed_at INTEGER,
    approved     INTEGER NOT NULL,
    rejected     INTEGER NOT NULL
) STRICT;

CREATE INDEX reader_by_seen ON reader (seen_at) WHERE email IS NOT NULL;

CREATE TABLE reader_session (
    token      TEXT    PRIMARY KEY,
    reader_id  INTEGER NOT NULL REFERENCES reader (id),
    created_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX reader_session_by_reader ON reader_session (reader_id);
CREATE INDEX reader_session_by_expiry ON reader_session (expires_at);

CREATE TABLE reader_link (
    token      TEXT    PRIMARY KEY,
    email      TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    next       TEXT    NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX reader_link_by_email ON reader_link (email);
CREATE INDEX reader_link_by_expiry ON reader_link (expires_at);

-- How many comments readers see under a story.
CREATE TABLE thread (
    story_id INTEGER PRIMARY KEY REFERENCES story (id),
    comments INTEGER NOT NULL
) STRICT;

-- A thread is in order by root_id, branch_id, id: a comment without a parent is its own
-- root and has branch 0; an answer to it is its own branch; what answers below belongs to
-- that branch.
CREATE TABLE comment (
    id          INTEGER PRIMARY KEY,
    story_id    INTEGER NOT NULL REFERENCES story (id),
    parent_id   INTEGER REFERENCES comment (id),
    root_id     INTEGER NOT NULL,
    branch_id   INTEGER NOT NULL,
    level       INTEGER NOT NULL,
    reader_id   INTEGER REFERENCES reader (id),
    staff_id    INTEGER REFERENCES staff (id),
    name        TEXT    NOT NULL,
    text        TEXT    NOT NULL,
    html        TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    rule        TEXT    NOT NULL,
    detail      TEXT    NOT NULL,
    reason      TEXT    NOT NULL,
    note        TEXT    NOT NULL,
    shown       INTEGER NOT NULL,
    replies     INTEGER NOT NULL,
    notify      INTEGER NOT NULL,
    score       INTEGER NOT NULL,
    address     TEXT    NOT NULL,
    agent       TEXT    NOT NULL,
    fingerprint TEXT    NOT NULL,
    words       TEXT    NOT NULL,
    created_at  INTEGER NOT NULL,
    edited_at   INTEGER,
    changed_at  INTEGER,
    decided_at  INTEGER,
    queued_at   INTEGER,
    escalated   INTEGER NOT NULL,
    claimed_by  INTEGER REFERENCES staff (id),
    claimed_at  INTEGER,
    notice      INTEGER NOT NULL DEFAULT 0,  -- whom it answers: 1 is to be told of it, 2 was
    noticed_at  INTEGER,                     -- when its writer was told of answers last
    told        TEXT    NOT NULL DEFAULT '' -- of which decision its writer was told last
) STRICT;

CREATE INDEX comment_oldest ON comment (story_id, root_id, branch_id, id) WHERE shown = 1;
CREATE INDEX comment_newest ON comment (story_id, root_id DESC, branch_id, id) WHERE shown = 1;
CREATE INDEX comment_changed ON comment (story_id, changed_at) WHERE changed_at IS NOT NULL;
CREATE INDEX comment_queued ON comment (escalated, queued_at, id) WHERE queued_at IS NOT NULL;
CREATE INDEX comment_by_parent ON comment (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX comment_awaited ON comment (parent_id, id) WHERE notice = 1;
CREATE INDEX comment_by_reader ON comment (reader_id, id) WHERE reader_id IS NOT NULL;
CREATE INDEX comment_by_fingerprint ON comment (fingerprint, created_at) WHERE fingerprint <> '';
CREATE INDEX comment_by_origin ON comment (created_at) WHERE fingerprint <> '';
CREATE INDEX comment_by_words ON comment (words, created_at) WHERE words <> '';
CREATE INDEX comment_by_state ON comment (state, id);

-- What was decided about a comment, with what undoes it. Decisions taken at once are one batch.
CREATE TABLE comment_decision (
    id         INTEGER PRIMARY KEY,
    batch      TEXT    NOT NULL,
    comment_id INTEGER NOT NULL REFERENCES comment (id),
    at         INTEGER NOT NULL,
    staff_id   INTEGER REFERENCES staff (id),
    actor      TEXT    NOT NULL,
    was        TEXT    NOT NULL,
    was_rule   TEXT    NOT NULL,
    was_reason TEXT    NOT NULL,
    was_note   TEXT    NOT NULL,
    became     TEXT    NOT NULL,
    reason     TEXT    NOT NULL,
    note       TEXT    NOT NULL,
    undone_at  INTEGER
) STRICT;

CREATE INDEX comment_decision_by_comment ON comment_decision (comment_id, id);
CREATE INDEX comment_decision_by_batch ON comment_decision (batch);

-- A report of a comment by somebody, an objection of its writer, or a legal complaint. The
-- evidence is the comment as it stood.
CREATE TABLE report (
    id          INTEGER PRIMARY KEY,
    comment_id  INTEGER NOT NULL REFERENCES comment (id),
    kind        TEXT    NOT NULL,
    reason      TEXT    NOT NULL,
    text        TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    email       TEXT    NOT NULL,
    address     TEXT    NOT NULL,
    evidence    TEXT    NOT NULL,
    created_at  INTEGER NOT NULL,
    due_at      INTEGER,
    resolved_at INTEGER,
    resolved_by TEXT    NOT NULL,
    outcome     TEXT    NOT NULL
) STRICT;

CREATE INDEX report_by_comment ON report (comment_id, id);
CREATE INDEX report_open ON report (kind, id) WHERE resolved_at IS NULL;
CREATE INDEX report_due ON report (due_at, id) WHERE resolved_at IS NULL AND due_at IS NOT NULL;

CREATE TABLE ban (
    id         INTEGER PRIMARY KEY,
    kind       TEXT    NOT NULL,
    value      TEXT    NOT NULL,
    reason     TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT    NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX ban_by_value ON ban (value, expires_at);
CREATE INDEX ban_by_expiry ON ban (expires_at);

-- How the talk is held: for the publication, a section or a story.
CREATE TABLE discussion (
    scope    TEXT PRIMARY KEY,
    settings TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- In how many comments of each kind a feature was seen; the row of '' has the totals.
CREATE TABLE spam_feature (
    feature TEXT    PRIMARY KEY,
    spam    INTEGER NOT NULL,
    ham     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A voice in a story: picked from the comments, and what its writer answered, or the desk's
-- own. What it says is empty once it was declined or taken back.
CREATE TABLE voice (
    id           INTEGER PRIMARY KEY,
    story_id     INTEGER NOT NULL REFERENCES story (id),
    comment_id   INTEGER REFERENCES comment (id),
    state        TEXT NOT NULL,
    words        TEXT NOT NULL,
    name         TEXT NOT NULL,
    role         TEXT NOT NULL,
    affiliation  TEXT NOT NULL,
    disclosure   TEXT NOT NULL,
    domain       TEXT NOT NULL,
    employer     INTEGER NOT NULL,
    source       TEXT NOT NULL,
    obtained_on  TEXT,
    created_at   INTEGER NOT NULL,
    created_by   TEXT NOT NULL,
    answered_at  INTEGER,
    placed_at    INTEGER,
    withdrawn_at INTEGER,
    problem      TEXT NOT NULL
) STRICT;

CREATE INDEX voice_placed ON voice (story_id, id) WHERE placed_at IS NOT NULL;
CREATE INDEX voice_by_comment ON voice (comment_id) WHERE comment_id IS NOT NULL;

-- What addresses that only their receivers know are made of.
CREATE TABLE secret (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE staff ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
UPDATE staff SET name_key = lower(name);
CREATE INDEX staff_by_name ON staff (name_key);
