-- +goose Up

-- The pictures by which stories are shared, of those that are out.
CREATE TABLE card (
    story_id INTEGER PRIMARY KEY REFERENCES story (id),
    file     TEXT NOT NULL,
    digest   TEXT NOT NULL
);
