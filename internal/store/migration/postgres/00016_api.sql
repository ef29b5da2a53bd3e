-- +goose Up

-- What programs were answered that may ask again, with the same key, for what is to be done
-- once. The status is NULL while the answer is being made.
CREATE TABLE api_answer (
    token_id    BIGINT NOT NULL REFERENCES api_token (id) ON DELETE CASCADE,
    request_key TEXT    NOT NULL, -- its digest
    request     TEXT    NOT NULL, -- digest of what is asked
    begun_at    BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    status      BIGINT,
    header      TEXT    NOT NULL DEFAULT '', -- a JSON object
    body        TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (token_id, request_key)
);

CREATE INDEX api_answer_by_expiry ON api_answer (expires_at);
