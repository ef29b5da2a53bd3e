-- name: PreviewByToken
SELECT id, story_id, made_by, made_name, made_at, expires_at FROM preview WHERE token = $1 AND expires_at > $2

-- name: Previews
SELECT id, story_id, made_by, made_name, made_at, expires_at
FROM preview
WHERE story_id = $1 AND id < $2 AND expires_at > $3
ORDER BY id DESC
LIMIT $4

-- name: InsertPreview
INSERT INTO preview (token, story_id, made_by, made_name, made_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6)
RETURNING id

-- name: DeletePreview
DELETE FROM preview WHERE id = $1 AND story_id = $2

-- name: DeletePreviews
DELETE FROM preview WHERE story_id = $1

-- name: DeleteExpiredPreviews
DELETE FROM preview WHERE expires_at <= $1

-- name: DeleteAllPreviews
DELETE FROM preview
