-- +goose Up

-- The time-based codes of a member. Until one was shown they do not count.
CREATE TABLE staff_code (
    staff_id   INTEGER PRIMARY KEY REFERENCES staff (id),
    secret     TEXT    NOT NULL,
    confirmed  INTEGER NOT NULL,
    step       INTEGER NOT NULL, -- of the code that was used last: each counts once
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE recovery_code (
    code     TEXT    PRIMARY KEY, -- its digest
    staff_id INTEGER NOT NULL REFERENCES staff (id)
) STRICT;

CREATE INDEX recovery_code_by_staff ON recovery_code (staff_id);

CREATE TABLE passkey (
    id         INTEGER PRIMARY KEY,
    credential TEXT    NOT NULL UNIQUE,
    staff_id   INTEGER NOT NULL REFERENCES staff (id),
    name       TEXT    NOT NULL,
    data       TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    used_at    INTEGER
) STRICT;

CREATE INDEX passkey_by_staff ON passkey (staff_id, id);

-- A sign-in, or the making of a passkey, that waits for its next step.
CREATE TABLE sign_in_step (
    token      TEXT    PRIMARY KEY,
    kind       TEXT    NOT NULL,
    staff_id   INTEGER REFERENCES staff (id),
    data       TEXT    NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX sign_in_step_by_staff ON sign_in_step (staff_id) WHERE staff_id IS NOT NULL;
CREATE INDEX sign_in_step_by_expiry ON sign_in_step (expires_at);
