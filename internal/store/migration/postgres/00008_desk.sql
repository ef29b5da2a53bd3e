-- +goose Up

-- Words of a story that somebody said are no figure: the copy desk proposes them no more.
CREATE TABLE not_figure (
    story_id BIGINT NOT NULL REFERENCES story (id),
    words    TEXT   NOT NULL,
    said_at  BIGINT NOT NULL,
    said_by  TEXT   NOT NULL,
    PRIMARY KEY (story_id, words)
);

-- The section of the working copy, as its name is compared.
ALTER TABLE story ADD COLUMN section_key TEXT NOT NULL DEFAULT '';

UPDATE story SET section_key = lower(COALESCE((SELECT rest::jsonb ->> 'section' FROM working_copy WHERE story_id = story.id), ''));

CREATE INDEX story_by_section ON story (kind, section_key, id);
CREATE INDEX story_by_writer ON story (kind, created_by, id);

CREATE INDEX voice_by_story ON voice (story_id, id);
