-- +goose Up

-- Stories that editors put on top of the front page (section 0) or of a section's page. The
-- one at place 0 leads.
CREATE TABLE pin (
    section_id INTEGER NOT NULL,
    place      INTEGER NOT NULL,
    story_id   INTEGER NOT NULL REFERENCES story (id),
    until      INTEGER,
    PRIMARY KEY (section_id, place)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX pin_by_story ON pin (story_id, section_id);
CREATE INDEX pin_by_end ON pin (until) WHERE until IS NOT NULL;

-- The menus that somebody arranged. A menu without rows shows what there is.
CREATE TABLE menu_item (
    menu       TEXT    NOT NULL,
    place      INTEGER NOT NULL,
    section_id INTEGER REFERENCES section (id),
    page_id    INTEGER REFERENCES story (id),
    label      TEXT    NOT NULL,
    address    TEXT    NOT NULL,
    PRIMARY KEY (menu, place)
) STRICT, WITHOUT ROWID;

-- Names that sections and topics had: texts that still have them mean these.
CREATE TABLE former_section (
    name_key   TEXT    PRIMARY KEY,
    section_id INTEGER NOT NULL REFERENCES section (id)
) STRICT, WITHOUT ROWID;

CREATE INDEX former_section_by_section ON former_section (section_id);

CREATE TABLE former_topic (
    name_key TEXT    PRIMARY KEY,
    topic_id INTEGER NOT NULL REFERENCES topic (id)
) STRICT, WITHOUT ROWID;

CREATE INDEX former_topic_by_topic ON former_topic (topic_id);
CREATE INDEX story_by_section_id ON story (section_id) WHERE section_id IS NOT NULL;

ALTER TABLE author ADD COLUMN disclosure TEXT NOT NULL DEFAULT '';
