-- +goose Up

-- What programs were answered that may ask again, with the same key, for what is to be done
-- once. The status is NULL while the answer is being made.
CREATE TABLE api_answer (
    token_id    INTEGER NOT NULL REFERENCES api_token (id) ON DELETE CASCADE,
    request_key TEXT    NOT NULL, -- its digest
    request     TEXT    NOT NULL, -- digest of what is asked
    begun_at    INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    status      INTEGER,
    header      TEXT    NOT NULL DEFAULT '', -- a JSON object
    body        TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (token_id, request_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX api_answer_by_expiry ON api_answer (expires_at);
