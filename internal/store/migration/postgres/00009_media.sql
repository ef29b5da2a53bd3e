-- +goose Up

-- What is said of a picture, which point of it stays in sight where it is cropped (in percent),
-- and who added it under which name.
ALTER TABLE picture ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE picture ADD COLUMN alt TEXT NOT NULL DEFAULT '';
ALTER TABLE picture ADD COLUMN caption TEXT NOT NULL DEFAULT '';
ALTER TABLE picture ADD COLUMN credit TEXT NOT NULL DEFAULT '';
ALTER TABLE picture ADD COLUMN licence TEXT NOT NULL DEFAULT '';
ALTER TABLE picture ADD COLUMN focus_x BIGINT NOT NULL DEFAULT 50;
ALTER TABLE picture ADD COLUMN focus_y BIGINT NOT NULL DEFAULT 50;
ALTER TABLE picture ADD COLUMN created_by TEXT NOT NULL DEFAULT '';

UPDATE picture SET
    name = COALESCE((SELECT a.detail FROM audit a WHERE a.object = 'picture:' || picture.id AND a.action = 'picture.add' ORDER BY a.id LIMIT 1), ''),
    created_by = COALESCE((
        SELECT CASE a.actor_id WHEN 0 THEN a.actor_kind ELSE a.actor_kind || ':' || a.actor_id END
        FROM audit a WHERE a.object = 'picture:' || picture.id AND a.action = 'picture.add' ORDER BY a.id LIMIT 1), '');

CREATE INDEX picture_by_adder ON picture (created_by, id);

-- Which texts use a picture: a revision, or the working copy where its number is 0.
CREATE TABLE picture_use (
    picture_id  BIGINT NOT NULL REFERENCES picture (id),
    story_id    BIGINT NOT NULL REFERENCES story (id),
    revision_id BIGINT NOT NULL,
    PRIMARY KEY (picture_id, story_id, revision_id)
);

CREATE INDEX picture_use_by_text ON picture_use (story_id, revision_id);

INSERT INTO picture_use (picture_id, story_id, revision_id)
SELECT p.id, u.story_id, u.revision_id
FROM (
    SELECT (rest::jsonb -> 'picture' ->> 'id')::bigint AS picture_id, story_id, 0 AS revision_id FROM working_copy
    UNION SELECT (rest::jsonb -> 'social' ->> 'picture')::bigint, story_id, 0 FROM working_copy
    UNION SELECT (rest::jsonb -> 'picture' ->> 'id')::bigint, story_id, id FROM revision
    UNION SELECT (rest::jsonb -> 'social' ->> 'picture')::bigint, story_id, id FROM revision
) u
JOIN picture p ON p.id = u.picture_id;

-- Numbers of pictures that were deleted. They are given to no other.
CREATE TABLE picture_gone (
    picture_id BIGINT PRIMARY KEY,
    gone_at    BIGINT NOT NULL
);
