-- name: Filing
SELECT story_id FROM filing WHERE digest = $1

-- name: InsertFiling
INSERT INTO filing (digest, story_id, filed_at)
VALUES ($1, $2, $3)
ON CONFLICT DO NOTHING
