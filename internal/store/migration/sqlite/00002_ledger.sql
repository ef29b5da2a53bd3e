-- +goose Up

CREATE TABLE entity (
    id            INTEGER PRIMARY KEY,
    kind          TEXT    NOT NULL,
    slug          TEXT    NOT NULL,
    name          TEXT    NOT NULL,
    aliases       TEXT    NOT NULL,
    tickers       TEXT    NOT NULL,
    lei           TEXT    NOT NULL,
    qid           TEXT    NOT NULL,
    public_figure INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,
    created_by    TEXT    NOT NULL,
    released_at   INTEGER,
    UNIQUE (kind, slug)
) STRICT;

CREATE INDEX entity_with_page ON entity (kind, slug)
    WHERE released_at IS NOT NULL AND (kind <> 'person' OR public_figure = 1);

CREATE TABLE entity_alias (
    name_key  TEXT    NOT NULL,
    entity_id INTEGER NOT NULL REFERENCES entity (id),
    PRIMARY KEY (name_key, entity_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE entity_ticker (
    mic       TEXT    NOT NULL,
    symbol    TEXT    NOT NULL,
    entity_id INTEGER NOT NULL REFERENCES entity (id),
    PRIMARY KEY (mic, symbol)
) STRICT, WITHOUT ROWID;

CREATE TABLE deal (
    id          INTEGER PRIMARY KEY,
    kind        TEXT    NOT NULL,
    slug        TEXT    NOT NULL UNIQUE,
    title       TEXT    NOT NULL,
    target_id   INTEGER NOT NULL REFERENCES entity (id),
    parties     TEXT    NOT NULL,
    created_at  INTEGER NOT NULL,
    created_by  TEXT    NOT NULL,
    released_at INTEGER
) STRICT;

CREATE INDEX deal_by_target ON deal (target_id, id);

CREATE TABLE deal_entity (
    entity_id INTEGER NOT NULL REFERENCES entity (id),
    deal_id   INTEGER NOT NULL REFERENCES deal (id),
    PRIMARY KEY (entity_id, deal_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE deal_listing (
    deal_id    INTEGER PRIMARY KEY REFERENCES deal (id),
    kind       TEXT    NOT NULL,
    stage      TEXT    NOT NULL,
    quantity   TEXT,
    currency   TEXT,
    size       REAL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE INDEX deal_listing_by_time ON deal_listing (updated_at, deal_id);
CREATE INDEX deal_listing_by_kind ON deal_listing (kind, updated_at, deal_id);
CREATE INDEX deal_listing_by_stage ON deal_listing (stage, updated_at, deal_id);
CREATE INDEX deal_listing_by_kind_and_stage ON deal_listing (kind, stage, updated_at, deal_id);
CREATE INDEX deal_listing_by_size ON deal_listing (currency, size, deal_id);
CREATE INDEX deal_listing_by_kind_and_size ON deal_listing (kind, currency, size, deal_id);
CREATE INDEX deal_listing_by_stage_and_size ON deal_listing (stage, currency, size, deal_id);
CREATE INDEX deal_listing_by_kind_stage_and_size ON deal_listing (kind, stage, currency, size, deal_id);

CREATE TABLE claim (
    id         INTEGER PRIMARY KEY,
    subject    TEXT    NOT NULL,
    deal_id    INTEGER REFERENCES deal (id),
    entity_id  INTEGER REFERENCES entity (id),
    property   TEXT    NOT NULL,
    dimensions TEXT    NOT NULL,
    party_id   INTEGER REFERENCES entity (id),
    tranche    TEXT    NOT NULL,
    day        TEXT,
    period     TEXT    NOT NULL,
    event      TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (subject, property, dimensions),
    CHECK ((deal_id IS NULL) <> (entity_id IS NULL))
) STRICT;

CREATE INDEX claim_by_subject ON claim (subject, id);

CREATE TABLE claim_version (
    id              INTEGER PRIMARY KEY,
    claim_id        INTEGER NOT NULL REFERENCES claim (id),
    subject         TEXT    NOT NULL,
    plain           INTEGER NOT NULL,
    number          INTEGER NOT NULL,
    quantity        TEXT,
    basis           TEXT    NOT NULL,
    stage           TEXT    NOT NULL,
    date_from       TEXT,
    date_to         TEXT,
    date_precision  TEXT    NOT NULL,
    as_of_from      TEXT,
    as_of_to        TEXT,
    as_of_precision TEXT    NOT NULL,
    modality        TEXT    NOT NULL,
    evidence        TEXT    NOT NULL,
    words           TEXT    NOT NULL,
    supersedes_id   INTEGER REFERENCES claim_version (id),
    class           TEXT    NOT NULL,
    cause           TEXT    NOT NULL,
    note            TEXT    NOT NULL,
    unchecked       INTEGER NOT NULL,
    checked_at      INTEGER,
    checked_by      TEXT,
    recorded_at     INTEGER NOT NULL,
    recorded_by     TEXT    NOT NULL,
    released_at     INTEGER,
    erased          INTEGER NOT NULL,
    UNIQUE (claim_id, number)
) STRICT;

CREATE INDEX claim_version_by_subject ON claim_version (subject, id);
CREATE INDEX claim_version_plain ON claim_version (subject, id) WHERE plain = 1;
CREATE INDEX claim_version_by_time ON claim_version (subject, recorded_at, id);
CREATE INDEX claim_version_unchecked ON claim_version (id) WHERE unchecked = 1 AND checked_at IS NULL;

CREATE TABLE claim_end (
    id            INTEGER PRIMARY KEY,
    version_id    INTEGER NOT NULL REFERENCES claim_version (id),
    lifecycle     TEXT    NOT NULL,
    at            INTEGER NOT NULL,
    by_version_id INTEGER REFERENCES claim_version (id),
    class         TEXT    NOT NULL,
    note          TEXT    NOT NULL,
    recorded_by   TEXT    NOT NULL,
    released_at   INTEGER
) STRICT;

CREATE INDEX claim_end_by_version ON claim_end (version_id, id);
CREATE INDEX claim_end_by_maker ON claim_end (by_version_id) WHERE by_version_id IS NOT NULL;

CREATE TABLE attribution (
    id            INTEGER PRIMARY KEY,
    version_id    INTEGER NOT NULL REFERENCES claim_version (id),
    story_id      INTEGER REFERENCES story (id),
    kind          TEXT    NOT NULL,
    name          TEXT    NOT NULL,
    entity_id     INTEGER REFERENCES entity (id),
    outlet        TEXT    NOT NULL,
    via_outlet    TEXT    NOT NULL,
    document_url  TEXT    NOT NULL,
    least_sources INTEGER NOT NULL,
    proximity     TEXT    NOT NULL,
    ground_rule   TEXT    NOT NULL,
    words         TEXT    NOT NULL,
    day           TEXT,
    recorded_at   INTEGER NOT NULL,
    released_at   INTEGER
) STRICT;

CREATE INDEX attribution_by_version ON attribution (version_id, id);
CREATE INDEX attribution_by_story ON attribution (story_id) WHERE story_id IS NOT NULL;

CREATE TABLE expiry (
    version_id INTEGER PRIMARY KEY REFERENCES claim_version (id),
    due_at     INTEGER NOT NULL
) STRICT;

CREATE INDEX expiry_by_time ON expiry (due_at, version_id);

CREATE TABLE response (
    id          INTEGER PRIMARY KEY,
    subject     TEXT    NOT NULL,
    deal_id     INTEGER REFERENCES deal (id),
    entity_id   INTEGER REFERENCES entity (id),
    claim_id    INTEGER REFERENCES claim (id),
    party_id    INTEGER REFERENCES entity (id),
    kind        TEXT    NOT NULL,
    words       TEXT    NOT NULL,
    day         TEXT,
    recorded_at INTEGER NOT NULL,
    recorded_by TEXT    NOT NULL,
    story_id    INTEGER REFERENCES story (id),
    released_at INTEGER,
    CHECK ((deal_id IS NULL) <> (entity_id IS NULL))
) STRICT;

CREATE INDEX response_by_subject ON response (subject, id);

CREATE TABLE citation (
    revision_id INTEGER NOT NULL REFERENCES revision (id),
    position    INTEGER NOT NULL,
    claim_id    INTEGER NOT NULL REFERENCES claim (id),
    version_id  INTEGER NOT NULL REFERENCES claim_version (id),
    words       TEXT    NOT NULL,
    start_at    INTEGER NOT NULL,
    end_at      INTEGER NOT NULL,
    PRIMARY KEY (revision_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE citing (
    claim_id  INTEGER NOT NULL REFERENCES claim (id),
    listed_at INTEGER NOT NULL,
    story_id  INTEGER NOT NULL REFERENCES story (id),
    PRIMARY KEY (claim_id, listed_at, story_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX citing_by_story ON citing (story_id);

CREATE TABLE citing_subject (
    subject   TEXT    NOT NULL,
    listed_at INTEGER NOT NULL,
    story_id  INTEGER NOT NULL REFERENCES story (id),
    PRIMARY KEY (subject, listed_at, story_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX citing_subject_by_story ON citing_subject (story_id);

CREATE TABLE notice (
    id         INTEGER PRIMARY KEY,
    class      TEXT    NOT NULL,
    text       TEXT    NOT NULL,
    at         INTEGER NOT NULL,
    claim_id   INTEGER REFERENCES claim (id),
    version_id INTEGER REFERENCES claim_version (id),
    subject    TEXT,
    erased     INTEGER NOT NULL
) STRICT;

CREATE INDEX notice_by_time ON notice (at, id);
CREATE INDEX notice_by_class ON notice (class, at, id);
CREATE INDEX notice_by_claim ON notice (claim_id, at, id) WHERE claim_id IS NOT NULL;
CREATE INDEX notice_by_subject ON notice (subject, at, id) WHERE subject IS NOT NULL;

CREATE TABLE notice_story (
    notice_id INTEGER NOT NULL REFERENCES notice (id),
    story_id  INTEGER NOT NULL REFERENCES story (id),
    PRIMARY KEY (notice_id, story_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX notice_story_by_story ON notice_story (story_id, notice_id);

CREATE TABLE pending (
    story_id    INTEGER PRIMARY KEY REFERENCES story (id),
    revision_id INTEGER NOT NULL REFERENCES revision (id),
    version_id  INTEGER REFERENCES claim_version (id),
    made_at     INTEGER NOT NULL
) STRICT;

CREATE INDEX pending_by_time ON pending (made_at, story_id);
