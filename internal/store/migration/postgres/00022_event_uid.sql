-- +goose Up

-- By which calendars of readers know the event: it stays, and tells nothing of when or in
-- which order events were recorded.
ALTER TABLE event ADD COLUMN uid TEXT NOT NULL DEFAULT '';

UPDATE event SET uid = REPLACE(CAST(GEN_RANDOM_UUID() AS TEXT), '-', '');
