-- +goose Up

-- What programs show to act for a member.
CREATE TABLE api_token (
    id         INTEGER PRIMARY KEY,
    token      TEXT    NOT NULL UNIQUE, -- its digest
    staff_id   INTEGER NOT NULL REFERENCES staff (id),
    name       TEXT    NOT NULL,
    scopes     TEXT    NOT NULL, -- a JSON list
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at    INTEGER
) STRICT;

CREATE INDEX api_token_by_staff ON api_token (staff_id, id);
CREATE INDEX api_token_by_expiry ON api_token (expires_at);

-- By what a provider of OpenID Connect knows a member.
CREATE TABLE staff_identity (
    issuer   TEXT    NOT NULL,
    subject  TEXT    NOT NULL,
    staff_id INTEGER NOT NULL REFERENCES staff (id),
    since    INTEGER NOT NULL,
    PRIMARY KEY (issuer, subject)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX staff_identity_by_staff ON staff_identity (staff_id, issuer);

-- Whose name and address for answers mails carry; empty for that of the publication, and
-- for none.
ALTER TABLE publication ADD COLUMN mail_name TEXT NOT NULL DEFAULT '';
ALTER TABLE publication ADD COLUMN mail_reply_to TEXT NOT NULL DEFAULT '';

-- Jobs that failed and are tried again, or are set aside.
CREATE INDEX job_failing ON job (kind, id) WHERE last_error <> '';
