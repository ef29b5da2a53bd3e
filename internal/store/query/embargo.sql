-- name: Embargo
SELECT story_id, until, note, set_by, set_name, set_at FROM embargo WHERE story_id = $1

-- name: PutEmbargo
INSERT INTO embargo (story_id, until, note, set_by, set_name, set_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (story_id) DO UPDATE SET
    until = excluded.until, note = excluded.note, set_by = excluded.set_by, set_name = excluded.set_name, set_at = excluded.set_at

-- name: DeleteEmbargo
DELETE FROM embargo WHERE story_id = $1
