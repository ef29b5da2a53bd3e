-- +goose Up

-- Since when a comment waited before it was decided about: an undone decision gives that back.
ALTER TABLE comment_decision ADD COLUMN was_queued_at BIGINT;
