-- +goose Up

-- Since when a comment waited before it was decided about: an undone decision gives that back.
ALTER TABLE comment_decision ADD COLUMN was_queued_at INTEGER;

-- Claims that figures of other claims may contradict.
CREATE INDEX claim_compared ON claim (id) WHERE property IN ('stake', 'amount-raised');
