-- +goose Up

-- The picture of an author, on their page.
ALTER TABLE author ADD COLUMN picture_id INTEGER REFERENCES picture (id);

CREATE INDEX author_by_picture ON author (picture_id) WHERE picture_id IS NOT NULL;
